"""Going on with a running case under another edition: shown first, then decided, each date's move kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from cases.audit.operations import act
from cases.clock import local_day
from cases.deadlines.changes import recompute
from cases.deadlines.date_plan import rule_day
from cases.deadlines.models import Deadline
from cases.deadlines.operations import serving_ids
from cases.deadlines.queries import deadlines_of, due_day
from cases.definitions import rules
from cases.errors import Invalid, Refused
from cases.lifecycle.holding import hold_open, refresh_steps, require_text
from cases.lifecycle.models import Case, CaseStep, EditionSwitch
from cases.lifecycle.progress import edition_of, rows_of
from cases.lifecycle.queries import case_of
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import clean_line, clean_text, short_date
from procedures.schema import ProcedureEdition


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDate:
    """One running deadline under the two editions; `after` None with `ends` says that it stops."""

    deadline: Deadline
    limit_before: str
    limit_after: str
    before: date | None
    after: date | None
    ends: bool = False

    @property
    def moves(self) -> bool:
        return self.ends or self.before != self.after or self.limit_before != self.limit_after


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchPreview:
    """What a switch would do: the dates, the steps that come and go, and what forbids it."""

    before: ProcedureEdition
    after: ProcedureEdition
    dates: tuple[MovedDate, ...]
    new_steps: tuple[str, ...]
    gone_steps: tuple[str, ...]
    stranded: tuple[str, ...]  # steps already done that the other edition does not know


def other_editions(case: Case) -> list[ProcedureEdition]:
    """The editions of the case's procedure it could go on under, the newest first."""
    return [one for one in reversed(rules().editions_of(case.procedure)) if one.valid_from != case.edition]


def preview_switch(actor: Actor, case_id: int, *, to: date) -> SwitchPreview:
    """What going on under the edition of that first day would change; nothing is stored."""
    return _preview(case_of(actor, case_id), to)


def switch_edition(
    actor: Actor, case_id: int, *, to: date, reason: str, document: str = "", now: datetime
) -> EditionSwitch:
    """Pin a running case to another edition of its procedure and count its running deadlines anew.

    Raises Refused where a step already done is unknown to the other edition: its history would be lost.
    """
    actor.require(Permission.SWITCH_EDITIONS)
    case_of(actor, case_id)
    words = require_text(clean_text(reason), what="lý do chuyển bản quy trình", field="reason")
    with act(actor, "case.edition_switched", now=now) as event:
        case = hold_open(case_id)
        found = _preview(case, to)
        if found.stranded:
            raise Refused(
                f"Bản {short_date(to)} không có bước đã làm: {'; '.join(found.stranded)}. Kết thúc hồ sơ này "
                "và mở hồ sơ mới theo bản đó.",
                field="to",
            )
        switch = EditionSwitch.create(
            case=case, from_edition=case.edition, to_edition=to, decided_on=local_day(now), reason=words,
            document=clean_line(document)[:200], effects=[_kept(one) for one in found.dates if one.moves],
            decided_by=actor.user_id, decided_at=now,
        )  # fmt: skip
        case.edition = to
        case.save()
        _renew_steps(case, on=local_day(now))
        for moved in found.dates:
            _rebind(moved, found.after)
        event.about(case)
        event.say(
            code=case.code, from_edition=found.before.id, to_edition=found.after.id, reason=words,
            document=switch.document, effects=switch.effects,
        )  # fmt: skip
    return switch


def switches_of(case: Case) -> list[EditionSwitch]:
    return list(EditionSwitch.select().where(EditionSwitch.case == case.id).order_by(EditionSwitch.id))


def _preview(case: Case, to: date) -> SwitchPreview:
    after = next((one for one in other_editions(case) if one.valid_from == to), None)
    if after is None:
        raise Invalid("Chọn một bản khác của quy trình này.", field="to")
    before = edition_of(case)
    rows, serving = rows_of(case), serving_ids(case)
    running = [one for one in deadlines_of(case) if one.state == "running"]
    known = {step.key for step in after.steps}
    settled = {row.key for row in rows if row.state in ("completed", "skipped")}
    return SwitchPreview(
        before=before,
        after=after,
        dates=tuple(_moved(one, before, after, serving) for one in running),
        new_steps=tuple(step.label for step in after.mandatory_steps if before.find_step(step.key) is None),
        gone_steps=tuple(
            before.step(key).label for key in dict.fromkeys(row.key for row in rows)
            if key not in known | settled
        ),
        stranded=tuple(before.step(key).label for key in sorted(settled - known)),
    )  # fmt: skip


def _moved(
    deadline: Deadline, before: ProcedureEdition, after: ProcedureEdition, serving: Callable[[str], str]
) -> MovedDate:
    limit_after = _limit_under(deadline, before, after, serving)
    moved = MovedDate(
        deadline=deadline, limit_before=deadline.limit_id, limit_after=limit_after or deadline.limit_id,
        before=deadline.due_on, after=None, ends=limit_after is None,
    )  # fmt: skip
    if limit_after is None:
        return moved
    copy = Deadline(**deadline.__data__)
    copy.limit_id, copy.rule_on = limit_after, rule_day(after, deadline.started_on)
    return MovedDate(
        deadline=deadline, limit_before=deadline.limit_id, limit_after=limit_after,
        before=deadline.due_on, after=due_day(copy),
    )  # fmt: skip


def _limit_under(
    deadline: Deadline, before: ProcedureEdition, after: ProcedureEdition, serving: Callable[[str], str]
) -> str | None:
    """The limit that takes the place of one: the same, that of the same step, or that of the whole case."""
    named = next((one for one in before.limits if serving(one) == deadline.limit_id), "")
    if named in after.limits:
        return str(deadline.limit_id)
    step_key = before.limits.get(named)
    step = after.find_step(step_key) if step_key else None
    instead = after.total_limit if named == before.total_limit else step.limit if step is not None else None
    return serving(instead) if instead else None


def _kept(moved: MovedDate) -> dict[str, str | None]:
    return {
        "label": moved.deadline.label,
        "limit_before": moved.limit_before,
        "limit_after": None if moved.ends else moved.limit_after,
        "before": moved.before.isoformat() if moved.before else None,
        "after": moved.after.isoformat() if moved.after else None,
    }


def _rebind(moved: MovedDate, after: ProcedureEdition) -> None:
    deadline: Deadline = Deadline.get_by_id(moved.deadline.id)
    if moved.ends:
        deadline.state = "cancelled"
    else:
        deadline.limit_id = moved.limit_after
        deadline.rule_on = rule_day(after, deadline.started_on)
    deadline.save()
    if not moved.ends:
        recompute(deadline)


def _renew_steps(case: Case, *, on: date) -> None:
    """Take out what was never done and is no step any more, put in what is new, in the new order."""
    after = edition_of(case)
    position = {step.key: place for place, step in enumerate(after.steps)}
    for row in rows_of(case):
        if row.key not in position:
            row.delete_instance()
        else:
            CaseStep.update(position=position[row.key]).where(CaseStep.id == row.id).execute()
    present = {row.key for row in rows_of(case)}
    for step in after.mandatory_steps:
        if step.key not in present:
            CaseStep.create(case=case, key=step.key, position=position[step.key])
    refresh_steps(case, on=on)
