"""The dates of a decision, each with its rule and how it was counted (Q-01 to Q-11, Q-13, K-01 ff).

Every rule is taken as the decision's commission states it.
"""

from dataclasses import dataclass
from datetime import date

from cases.deadlines.calendar import CalendarNotConfirmed
from cases.deadlines.confirmations import statements_about
from cases.deadlines.operations import LEVELS
from cases.deadlines.queries import current_calendar
from cases.deadlines.rules import sheet_for
from cases.decisions.life_facts import LifeFacts, facts_of, new_violation_in
from cases.decisions.models import Decision
from cases.decisions.rules import (
    EndOfEffect,
    complaint_window,
    effect_date,
    effect_rule,
    end_of_effect,
)
from cases.definitions import rules
from cases.text import short_date
from procedures.schema import EventType, Level, RuleNotFound, SubjectKind, TimeLimit, Unit

HAND_OVER = "Q-02"
ANNOUNCE = "Q-03"
ENDS = "Q-08"
ENDS_CHANGED = "Q-10"
ENDS_UPHELD = "Q-11"
STATE_DISCIPLINE = "Q-13"
CELL = "chi bộ"  # how the name of a deciding cell begins
CONDITIONS = "Với điều kiện không khiếu nại, không tái phạm, không có vi phạm mới đến mức kỷ luật (Q-09)."
END = "Ngày tự chấm dứt hiệu lực"
WITHOUT_END = ("expulsion", "dissolution")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedDate:
    """One date (None: not known yet) with its words, the lines that explain it and the rule behind it."""

    label: str
    day: date | None
    lines: tuple[str, ...]
    limit: TimeLimit | None = None
    warnings: tuple[str, ...] = ()


def dates_of(decision: Decision, facts: LifeFacts | None = None) -> tuple[ExplainedDate, ...]:
    """Every date a reader of the decision needs."""
    return (
        _announce_by(decision),
        _effect(decision),
        end_date(decision, facts or facts_of(decision)),
        *_complaint(decision),
        *_state_discipline(decision),
    )


def effective_on(decision: Decision) -> date | None:
    """The day of effect by the rule in force on the day of signing (Q-01, Q-04, Q-05)."""
    return _effect(decision).day


def ends_on(decision: Decision) -> date | None:
    """The day to keep for lists: the end as planned from the decision's own dates (Q-08, Q-10).

    None for forms that do not end. Whether it does end then, the record of those months tells (`end_date`).
    """
    return _planned(decision, LifeFacts(form_changed=bool(decision.changed_to)))[0].day


def last_day(decision: Decision, facts: LifeFacts) -> date | None:
    """The last of the months of watch, whatever happens in them; None for forms without end."""
    return _planned(decision, facts)[0].day


def starts_with_signature(decision: Decision, on: date) -> bool:
    """Whether a decision signed that day takes effect by being signed."""
    rule = effect_rule(rules().time_limits, signed_on=on, level=level_of(decision))
    return rule is not None and rule.starts_on is EventType.DECISION_SIGNED


def level_of(decision: Decision) -> Level:
    """The level of the body that decided: a cell by its name, any other as our own commission."""
    if str(decision.deciding_body).strip().casefold().startswith(CELL):
        return Level.CELL
    return LEVELS[decision.commission.level]


def _announce_by(decision: Decision) -> ExplainedDate:
    """A cell hands its decision over after the vote (Q-02); any other body announces it (Q-03)."""
    if level_of(decision) is Level.CELL:
        return _within(
            decision, HAND_OVER, label="Hạn chi bộ giao quyết định", start=decision.announced_on,
            done=decision.received_on, since="công bố kết quả bỏ phiếu", late="Giao",
        )  # fmt: skip
    return _within(
        decision, ANNOUNCE, label="Hạn công bố quyết định", start=decision.signed_on,
        done=decision.announced_on, since="ký", late="Công bố",
    )  # fmt: skip


def _within(
    decision: Decision,
    limit_id: str,
    *,
    label: str,
    start: date | None,
    done: date | None,
    since: str,
    late: str,
) -> ExplainedDate:
    if start is None:
        return ExplainedDate(label=label, day=None, lines=(f"Tính từ ngày {since}; chưa có ngày này.",))
    limit = _limit(limit_id, start, decision)
    if limit is None:
        return ExplainedDate(label=label, day=None, lines=("Chưa có quy định về thời hạn này.",))
    try:
        sheet = sheet_for(limit, start, current_calendar(), refuse_open_roll=False)
    except CalendarNotConfirmed as error:
        return ExplainedDate(label=label, day=None, lines=(error.message,), limit=limit)
    told: tuple[str, ...] = ()
    if done and sheet.due_effective and done > sheet.due_effective:
        told = (f"{late} ngày {short_date(done)}, sau hạn; phải báo cáo ngay cấp quyết định.",)
    return ExplainedDate(
        label=label, day=sheet.due_effective, limit=limit, warnings=told,
        lines=(f"{limit.amount} {limit.unit.label} kể từ ngày {since} {short_date(start)}.",),
    )  # fmt: skip


def _effect(decision: Decision) -> ExplainedDate:
    label = "Ngày có hiệu lực"
    if decision.signed_on is None:
        return ExplainedDate(label=label, day=None, lines=("Chưa ký ban hành.",))
    rule = effect_rule(rules().time_limits, signed_on=decision.signed_on, level=level_of(decision))
    if rule is None:
        return ExplainedDate(label=label, day=None, lines=("Chưa có quy định về hiệu lực vào ngày ký.",))
    found = effect_date(rule.starts_on, _happened(decision))
    return ExplainedDate(
        label=label,
        day=found.day,
        lines=(found.line,),
        limit=_bound(rule, decision),
        warnings=_printed_otherwise(decision, found.day),
    )


def _happened(decision: Decision) -> dict[EventType, date]:
    days = {EventType.DECISION_SIGNED: decision.signed_on}
    # A cell announces the result of its vote: its register has no other day of announcement.
    announced = (EventType.DECISION_ANNOUNCED, EventType.VOTE_RESULT_ANNOUNCED)
    days |= dict.fromkeys(announced, decision.announced_on)
    return {event: day for event, day in days.items() if day is not None}


def _printed_otherwise(decision: Decision, day: date | None) -> tuple[str, ...]:
    printed = decision.document.values.get("effective_on") if decision.document is not None else None
    if day is None or not printed or printed == day.isoformat():
        return ()
    on_paper = short_date(date.fromisoformat(printed))
    return (f"Văn bản ghi hiệu lực từ {on_paper}, khác ngày tính theo quy định ({short_date(day)}).",)


def end_date(decision: Decision, facts: LifeFacts) -> ExplainedDate:
    """When the decision ends by itself, as the record of the months after it stands (Q-08 to Q-11)."""
    found, limit = _planned(decision, facts)
    if facts.lifted:
        line = "Hình thức kỷ luật được xóa khi giải quyết khiếu nại."
        return ExplainedDate(label=END, day=facts.settled_on, lines=(line,))
    if limit is None or found.day is None:
        return ExplainedDate(label=END, day=None, lines=found.lines, limit=limit)
    broken = _breaks(decision, facts, found.day)
    if broken:
        return ExplainedDate(
            label=END, day=None, limit=limit, warnings=found.warnings,
            lines=(f"{limit.amount} tháng theo dõi đến hết ngày {short_date(found.day)}.", broken),
        )  # fmt: skip
    told: tuple[str, ...] = ()
    if facts.told_complaint:
        told = (
            f"Sổ ghi có khiếu nại ({facts.told_complaint}) nhưng chưa có kết quả; "
            "phải xác định trước khi coi là tự chấm dứt.",
        )
    return ExplainedDate(
        label=END, day=found.day, limit=limit, warnings=found.warnings + told,
        lines=(*found.lines, CONDITIONS),
    )  # fmt: skip


def _planned(decision: Decision, facts: LifeFacts) -> tuple[EndOfEffect, TimeLimit | None]:
    """The end if nothing happens in between, and the rule it is counted by."""
    if decision.penalty in WITHOUT_END:
        return end_of_effect(None, announced_on=decision.announced_on), None
    changed = facts.form_changed or facts.first_announced_on is not None
    upheld = facts.settled_on is not None and not changed
    rule_id = ENDS_CHANGED if changed else ENDS_UPHELD if upheld else ENDS
    limit = _limit(rule_id, decision.announced_on or decision.signed_on, decision)
    limit = limit or _limit(ENDS, decision.announced_on or decision.signed_on, decision)
    if limit is None or limit.amount is None or limit.unit is not Unit.MONTH:
        return EndOfEffect(
            day=None, earliest=None, lines=("Chưa có quy định về thời gian hiệu lực.",)
        ), None  # fmt: skip
    found = end_of_effect(
        limit.amount, announced_on=facts.first_announced_on or decision.announced_on,
        settlement_announced_on=facts.settled_on, form_changed=changed,
    )  # fmt: skip
    return found, limit


def _breaks(decision: Decision, facts: LifeFacts, last: date) -> str:
    """Why the decision does not end by itself, in words; empty when nothing known keeps it from it (Q-09)."""
    if facts.complaint_pending:
        return "Đang giải quyết khiếu nại: chưa tự chấm dứt hiệu lực."
    new = new_violation_in(decision, watched_from(decision, facts), last)
    if new is None:
        return ""
    return f"Có vi phạm mới ngày {short_date(new.on)} (hồ sơ {new.case_code}): không tự chấm dứt hiệu lực."


def watched_from(decision: Decision, facts: LifeFacts) -> date:
    """From when a new violation keeps the decision from ending: it is in force, or announced."""
    known = (facts.first_announced_on, decision.announced_on, effective_on(decision))
    return min((day for day in known if day is not None), default=date.max)


def _state_discipline(decision: Decision) -> tuple[ExplainedDate, ...]:
    """Until when the State body disciplines its official after the Party did (Q-13); members only."""
    if decision.subject_kind != SubjectKind.MEMBER or decision.announced_on is None:
        return ()
    return (
        _within(
            decision, STATE_DISCIPLINE, label="Hạn kỷ luật hành chính đồng bộ (nếu có chức vụ nhà nước)",
            start=decision.announced_on, done=None, since="công bố", late="",
        ),
    )  # fmt: skip


def _complaint(decision: Decision) -> tuple[ExplainedDate, ...]:
    """The last days to complain, one per rule that may apply; people warn on the earliest."""
    label = "Hạn cuối khiếu nại"
    if decision.received_on is None:
        return (ExplainedDate(label=label, day=None, lines=("Tính từ ngày nhận quyết định; chưa nhận.",)),)
    received = decision.received_on
    limits = [
        _bound(limit, decision)
        for limit in rules().limits_in_force(received, starts_on=EventType.DECISION_RECEIVED)
        if limit.ends_on is EventType.COMPLAINT_LODGED
    ]
    try:
        window = complaint_window(limits, received, current_calendar())
    except CalendarNotConfirmed as error:
        return (ExplainedDate(label=label, day=None, lines=(error.message,)),)
    if window is None:
        return (ExplainedDate(label=label, day=None, lines=("Chưa có quy định về thời hạn khiếu nại.",)),)
    by_id = {limit.id: limit for limit in limits}
    return tuple(
        ExplainedDate(
            label=f"{label} ({key})", day=sheet.due, limit=by_id[key],
            lines=(
                f"{by_id[key].amount} {by_id[key].unit.label} kể từ ngày nhận {short_date(received)}.",
                *((f"Rơi vào ngày nghỉ; ngày làm việc kế tiếp {short_date(sheet.due_rolled)}.",)
                  if sheet.due_rolled and sheet.due_rolled != sheet.due else ()),
            ),
        )
        for key, sheet in window.sheets
    )  # fmt: skip


def _limit(limit_id: str, on: date | None, decision: Decision) -> TimeLimit | None:
    try:
        return _bound(rules().time_limit(limit_id, on=on), decision)
    except RuleNotFound:
        return None


def _bound(limit: TimeLimit, decision: Decision) -> TimeLimit:
    """A version of a rule as the commission states it."""
    commission = decision.commission_id
    return statements_about(commission, limit.id).bound(commission, limit).limit
