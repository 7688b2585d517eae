"""Times in which a party may not be disciplined yet: recorded, ended, or lifted at the party's own request.

Whoever works on the case records them (RUN_CASES): they are facts proved by a paper, like findings, and
decide nothing. Where the rule lets them stop the case's clocks, that is only asked for here; somebody who
may decide on deadlines grants it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.audit.operations import act
from cases.clock import local_day
from cases.deadlines.changes import recompute, request_pause
from cases.deadlines.models import Deadline, DeadlineChange
from cases.deadlines.queries import limit_of
from cases.definitions import rules
from cases.errors import Invalid, NotFound, Refused
from cases.lifecycle.holding import hold_open, require_text
from cases.lifecycle.models import Case, Party, Postponement
from cases.lifecycle.progress import parties_of
from cases.lifecycle.queries import case_of
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import clean_line, clean_text, short_date
from procedures.schema import PostponementGround, Principle, RuleNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponementData:
    """Whom it is about, why, from when, until when as far as known, and the paper that proves it."""

    party_id: int | None
    ground: str
    from_on: date
    to_on: date | None = None
    document: str = ""
    reason: str = ""


def record_postponement(actor: Actor, case_id: int, data: PostponementData, *, now: datetime) -> Postponement:
    """Write down a time in which a party may not be disciplined yet, with the paper that proves it."""
    actor.require(Permission.RUN_CASES)
    case = case_of(actor, case_id)
    party = _party(case, data.party_id)
    ground = _ground(data.ground, party)
    words = require_text(clean_text(data.reason), what="lý do cụ thể", field="reason")
    paper = require_text(clean_line(data.document), what="giấy tờ chứng minh", field="document")
    _check_days(data, today=local_day(now))
    with act(actor, "case.postponement_recorded", now=now) as event:
        case = hold_open(case_id)
        _refuse_overlap(party, data)
        made = Postponement.create(
            party=party, ground=ground.id, from_on=data.from_on, to_on=data.to_on, document=paper[:200],
            reason=words, recorded_by=actor.user_id, recorded_at=now,
        )  # fmt: skip
        event.about(case)
        event.about(made)
        event.say(
            name=party.name, ground=ground.id, label=ground.label, on=data.from_on.isoformat(),
            until=data.to_on.isoformat() if data.to_on else None, document=paper, reason=words,
        )  # fmt: skip
        _ask_to_pause(actor, case, made, ground, now=now)
    return made


def end_postponement(actor: Actor, postponement_id: int, *, on: date, now: datetime) -> Postponement:
    """Say on which day it ended: `on` is its last day, which still does not count."""
    found = _running(actor, postponement_id, now=now)
    _check_last(found, on, today=local_day(now))
    with act(actor, "case.postponement_ended", now=now) as event:
        case = hold_open(found.party.case_id)
        found.to_on = on
        found.save()
        event.about(case)
        event.about(found)
        event.say(name=found.party.name, label=ground_label(found), on=on.isoformat())
        _stop_pauses(case, found, last=on)
    return found


def lift_postponement(
    actor: Actor, postponement_id: int, *, on: date, document: str, now: datetime
) -> Postponement:
    """The party asked in writing to be considered all the same (P-02): that day is the last one.

    Only for grounds whose rule allows it, once that rule is in force.
    """
    found = _running(actor, postponement_id, now=now)
    paper = require_text(clean_line(document), what="đơn đề nghị", field="document")
    _check_last(found, on, today=local_day(now))
    _require_liftable(found, on)
    with act(actor, "case.postponement_ended", now=now) as event:
        case = hold_open(found.party.case_id)
        found.lifted_on = on
        found.document = "; ".join(filter(None, (found.document, paper)))[:200]
        found.save()
        event.about(case)
        event.about(found)
        event.say(
            name=found.party.name, label=ground_label(found), on=on.isoformat(), document=paper,
            reason="Đối tượng đề nghị bằng văn bản được xem xét ngay.",
        )  # fmt: skip
        _stop_pauses(case, found, last=on)
    return found


def last_day_of(postponement: Postponement) -> date | None:
    """The last day that does not count; None while it runs with no end known."""
    ends = [day for day in (postponement.to_on, postponement.lifted_on) if day is not None]
    return min(ends, default=None)


def is_running(postponement: Postponement, on: date) -> bool:
    """Whether the party may not be disciplined on a day."""
    last = last_day_of(postponement)
    return postponement.from_on <= on and (last is None or on <= last)


def is_liftable(postponement: Postponement, on: date) -> bool:
    """Whether the party's own request may end it on a day."""
    rule = _lift_rule(postponement)
    return rule is not None and rule.in_force(on)


def ground_of(postponement: Postponement) -> PostponementGround | None:
    """The rule behind it; None for a ground that the commission's own rules no longer hold."""
    try:
        return rules().postponement_ground(postponement.ground)
    except RuleNotFound:
        return None


def ground_label(postponement: Postponement) -> str:
    """The words of its ground; one that the rules no longer know shows its code."""
    ground = ground_of(postponement)
    return ground.label if ground else str(postponement.ground)


def _lift_rule(postponement: Postponement) -> Principle | None:
    ground = ground_of(postponement)
    return rules().principle(ground.lift_rule) if ground and ground.lift_rule else None


def grounds_for(case: Case) -> list[PostponementGround]:
    """The grounds that may be recorded of a party of this case."""
    kinds = {party.kind for party in parties_of(case)}
    return [one for one in rules().postponement_grounds if any(one.fits(kind) for kind in kinds)]


def postponement_of(actor: Actor, postponement_id: int) -> Postponement:
    """One postponement of a case the person may see."""
    found: Postponement | None = Postponement.get_or_none(Postponement.id == postponement_id)
    if found is None:
        raise NotFound("Không có lần ghi này.")
    case_of(actor, found.party.case_id)
    return found


def _party(case: Case, party_id: int | None) -> Party:
    found = next((party for party in parties_of(case) if party.id == party_id), None)
    if found is None:
        raise Invalid("Chọn đối tượng của hồ sơ này.", field="party_id")
    return found


def _ground(ground_id: str, party: Party) -> PostponementGround:
    fitting = {one.id: one for one in rules().postponement_grounds if one.fits(party.kind)}
    if ground_id not in fitting:
        raise Invalid("Chọn lý do áp dụng cho đối tượng này.", field="ground")
    return fitting[ground_id]


def _check_days(data: PostponementData, *, today: date) -> None:
    if data.from_on > today:
        raise Invalid("Ngày bắt đầu ở sau hôm nay. Chỉ ghi việc đã xảy ra.", field="from_on")
    if data.to_on is not None and data.to_on < data.from_on:
        raise Invalid(
            f"Ngày cuối ở trước ngày bắt đầu ({short_date(data.from_on)}). Kiểm tra lại hai ngày.",
            field="to_on",
        )


def _refuse_overlap(party: Party, data: PostponementData) -> None:
    same = Postponement.select().where(Postponement.party == party.id, Postponement.ground == data.ground)
    for one in same:
        last = last_day_of(one)
        if (last is None or data.from_on <= last) and (data.to_on is None or one.from_on <= data.to_on):
            raise Invalid(
                f"Đã ghi lý do này từ ngày {short_date(one.from_on)}. Kết thúc lần đó trước, "
                "hoặc sửa ngày để hai lần không trùng nhau.",
                field="from_on",
            )


def _running(actor: Actor, postponement_id: int, *, now: datetime) -> Postponement:
    actor.require(Permission.RUN_CASES)
    found = postponement_of(actor, postponement_id)
    last = last_day_of(found)
    if found.lifted_on is not None or (last is not None and last < local_day(now)):
        raise Refused(f"Việc chưa xem xét kỷ luật này đã kết thúc ngày {short_date(last or found.from_on)}.")
    return found


def _check_last(found: Postponement, on: date, *, today: date) -> None:
    if on < found.from_on:
        raise Invalid(f"Ngày cuối ở trước ngày bắt đầu ({short_date(found.from_on)}).", field="on")
    if on > today:
        raise Invalid("Ngày cuối ở sau hôm nay. Chỉ ghi việc đã xảy ra.", field="on")


def _require_liftable(found: Postponement, on: date) -> None:
    rule = _lift_rule(found)
    if rule is None:
        raise Refused(
            f"Lý do “{ground_label(found)}” không có quy định cho xem xét ngay theo đề nghị. "
            "Ghi ngày kết thúc khi lý do không còn.",
            field="on",
        )
    if not rule.in_force(on):
        since = f" từ ngày {short_date(rule.valid_from)}" if rule.valid_from else ""
        raise Refused(f"Quy định {rule.id} ({rule.label}) chỉ áp dụng{since}.", field="on")


def _ask_to_pause(
    actor: Actor, case: Case, made: Postponement, ground: PostponementGround, *, now: datetime
) -> None:
    """Ask to stop the clocks that the rule lets stop, in a case about this party alone."""
    if not ground.pauses_clock or len(parties_of(case)) != 1:
        return
    for deadline in Deadline.select().where(Deadline.case == case.id, Deadline.state == "running"):
        if ground.pause_reason not in limit_of(deadline).pauses:
            continue
        first = max(made.from_on, deadline.started_on + timedelta(days=1))
        if made.to_on is None or first <= made.to_on:
            request_pause(
                actor, deadline.id, reason_code=ground.pause_reason.value, reason=_pause_words(made),
                pause_from=first, pause_to=made.to_on, now=now,
            )  # fmt: skip


def _stop_pauses(case: Case, found: Postponement, *, last: date) -> None:
    """The pauses asked for with this postponement end with it, whether granted already or not."""
    running = Deadline.select(Deadline.id).where(Deadline.case == case.id, Deadline.state == "running")
    own = DeadlineChange.select().where(
        DeadlineChange.deadline.in_(running), DeadlineChange.reason == _pause_words(found),
        DeadlineChange.pause_from <= last,
    )  # fmt: skip
    for change in own:
        DeadlineChange.update(pause_to=last).where(DeadlineChange.id == change.id).execute()
        recompute(change.deadline)


def _pause_words(postponement: Postponement) -> str:
    """How a pause says which postponement it belongs to."""
    who = f"{postponement.party.name}, từ {short_date(postponement.from_on)}"
    return f"{ground_label(postponement)} ({who}): {postponement.reason}"
