"""What a case is about and what was found: allegations, violations, requests to follow up."""

from dataclasses import dataclass
from datetime import date, datetime

from peewee import fn

from cases.audit.operations import act
from cases.clock import local_day
from cases.errors import Invalid, NotFound, Refused
from cases.lifecycle.holding import hold_open, require_text
from cases.lifecycle.models import Allegation, Finding, FollowUp, Party
from cases.lifecycle.queries import case_of
from cases.lifecycle.terms import CONCLUSIONS, violation_groups
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import clean_line, clean_text
from procedures.schema import NoLimitGround


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingData:
    """One violation: what was done, which rule it broke, its statistical group, when it ended."""

    text: str
    party_id: int | None = None
    rule_broken: str = ""
    group: str = ""
    ended_on: date | None = None
    detected_on: date | None = None
    disciplinary: bool = False
    no_limit_ground: str = ""


def record_allegation(
    actor: Actor, case_id: int, *, text: str, ended_on: date | None = None, now: datetime
) -> Allegation:
    """Write down one item of a denunciation, or one sign of violation, and when the act ended if known."""
    actor.require(Permission.RUN_CASES)
    case_of(actor, case_id)
    words = require_text(clean_text(text), what="nội dung", field="text")
    _check_ended(ended_on, today=local_day(now))
    with act(actor, "case.allegation_recorded", now=now) as event:
        case = hold_open(case_id)
        last = Allegation.select(fn.MAX(Allegation.number)).where(Allegation.case == case.id).scalar()
        item = Allegation.create(case=case, number=(last or 0) + 1, text=words, ended_on=ended_on)
        event.about(item)
        event.say(number=item.number, text=words)
    return item


def conclude_allegation(
    actor: Actor,
    allegation_id: int,
    *,
    conclusion: str,
    verified: str,
    evidence_note: str = "",
    ended_on: date | None = None,
    now: datetime,
) -> Allegation:
    """State what was verified on one item and which of the four values it gets (T-41).

    `ended_on` is when the act ended, as far as verified; left out, what was known stays.
    """
    actor.require(Permission.RUN_CASES)
    item = Allegation.get_or_none(Allegation.id == allegation_id)
    if item is None:
        raise NotFound("Không có nội dung này.")
    case_of(actor, item.case_id)
    if conclusion not in CONCLUSIONS:
        raise Invalid("Chọn một trong bốn mức kết luận.", field="conclusion")
    words = require_text(clean_text(verified), what="kết quả thẩm tra, xác minh", field="verified")
    _check_ended(ended_on, today=local_day(now))
    with act(actor, "case.allegation_concluded", now=now) as event:
        hold_open(item.case_id)
        item.conclusion, item.verified, item.evidence_note = conclusion, words, clean_text(evidence_note)
        item.ended_on = ended_on or item.ended_on
        item.save()
        event.about(item)
        event.say(number=item.number, conclusion=conclusion, label=CONCLUSIONS[conclusion])
    return item


def record_finding(actor: Actor, case_id: int, data: FindingData, *, now: datetime) -> Finding:
    """Write down a violation found. Signs that reach discipline need the rule broken and the group."""
    actor.require(Permission.RUN_CASES)
    case = case_of(actor, case_id)
    words = require_text(clean_text(data.text), what="hành vi, nội dung vi phạm", field="text")
    party = _party(case_id, data.party_id)
    _check_finding(data, kind=party.kind if party else "member", today=local_day(now))
    with act(actor, "case.finding_recorded", now=now) as event:
        case = hold_open(case_id)
        found = Finding.create(
            case=case, party=party, text=words, rule_broken=clean_text(data.rule_broken), group=data.group,
            ended_on=data.ended_on, detected_on=data.detected_on, disciplinary=data.disciplinary,
            no_limit_ground=data.no_limit_ground,
        )  # fmt: skip
        event.about(found)
        event.say(text=words, group=data.group, disciplinary=data.disciplinary)
    return found


def date_finding(
    actor: Actor, finding_id: int, *, ended_on: date | None, detected_on: date | None, now: datetime
) -> Finding:
    """Say when a violation ended and when it was found out: the days limitation counts from (H-11)."""
    actor.require(Permission.RUN_CASES)
    found: Finding | None = Finding.get_or_none(Finding.id == finding_id)
    if found is None:
        raise NotFound("Không có vi phạm này.")
    case_of(actor, found.case_id)
    _check_ended(ended_on, detected_on, today=local_day(now))
    with act(actor, "case.finding_recorded", now=now) as event:
        hold_open(found.case_id)
        found.ended_on, found.detected_on = ended_on, detected_on
        found.save()
        event.about(found)
        event.say(text=found.text, ended_on=_iso(ended_on), detected_on=_iso(detected_on))
    return found


def add_follow_up(
    actor: Actor, case_id: int, *, text: str, responsible: str, due_on: date | None = None, now: datetime
) -> FollowUp:
    """Write down a request of the conclusion, with who must carry it out and by when."""
    actor.require(Permission.RUN_CASES)
    case_of(actor, case_id)
    words = require_text(clean_text(text), what="nội dung yêu cầu", field="text")
    who = require_text(clean_line(responsible), what="nơi thực hiện", field="responsible")
    with act(actor, "case.follow_up_added", now=now) as event:
        case = hold_open(case_id)
        request = FollowUp.create(case=case, text=words, responsible=who[:300], due_on=due_on)
        event.about(request)
        event.say(text=words, responsible=who, due=due_on.isoformat() if due_on else None)
    return request


def finish_follow_up(actor: Actor, follow_up_id: int, *, done_on: date, note: str, now: datetime) -> FollowUp:
    """Record that a request was carried out, and how."""
    actor.require(Permission.RUN_CASES)
    request = FollowUp.get_or_none(FollowUp.id == follow_up_id)
    if request is None:
        raise NotFound("Không có yêu cầu này.")
    case_of(actor, request.case_id)
    words = require_text(clean_text(note), what="kết quả thực hiện", field="done_note")
    if done_on > local_day(now):
        raise Invalid("Ngày hoàn thành ở sau hôm nay.", field="done_on")
    with act(actor, "case.follow_up_done", now=now) as event:
        hold_open(request.case_id)
        changed = (
            FollowUp.update(done_on=done_on, done_note=words)
            .where(FollowUp.id == request.id, FollowUp.done_on.is_null())
            .execute()
        )
        if not changed:
            raise Refused("Yêu cầu này đã ghi hoàn thành trước đó.")
        event.about(request)
        event.say(text=request.text, note=words, on=done_on.isoformat())
    return FollowUp.get_by_id(request.id)


def _party(case_id: int, party_id: int | None) -> Party | None:
    if party_id is None:
        return None
    party = Party.get_or_none(Party.id == party_id, Party.case == case_id)
    if party is None:
        raise Invalid("Chọn đối tượng của hồ sơ này.", field="party_id")
    return party


def _check_finding(data: FindingData, *, kind: str, today: date) -> None:
    if data.group and data.group not in violation_groups(kind):
        raise Invalid("Chọn nhóm nội dung vi phạm trong danh sách.", field="group")
    if data.disciplinary and not (data.group and data.rule_broken.strip()):
        raise Invalid(
            "Vi phạm đến mức xem xét kỷ luật phải ghi quy định bị vi phạm và nhóm nội dung.",
            field="group" if data.rule_broken.strip() else "rule_broken",
        )
    if data.no_limit_ground and data.no_limit_ground not in set(NoLimitGround):
        raise Invalid("Chọn trường hợp không áp dụng thời hiệu trong danh sách.", field="no_limit_ground")
    _check_ended(data.ended_on, data.detected_on, today=today)


def _check_ended(*days: date | None, today: date) -> None:
    if any(day is not None and day > today for day in days):
        raise Invalid("Ngày vi phạm, ngày phát hiện không ở sau hôm nay.", field="ended_on")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
