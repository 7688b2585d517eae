"""The dates of a decision, each with its rule and how it was counted (Q-03, Q-04, Q-05, Q-08, K-01 ff)."""

from dataclasses import dataclass
from datetime import date

from cases.deadlines.calendar import CalendarNotConfirmed
from cases.deadlines.operations import LEVELS
from cases.deadlines.queries import current_calendar
from cases.deadlines.rules import sheet_for
from cases.decisions.models import Decision
from cases.decisions.rules import complaint_window, effect_date, effect_rule, end_of_effect
from cases.definitions import rules
from cases.text import short_date
from procedures.schema import EventType, Level, RuleNotFound, TimeLimit, Unit

ANNOUNCE = "Q-03"
ENDS = "Q-08"
CONDITIONS = "Với điều kiện không khiếu nại, không tái phạm, không có vi phạm mới đến mức kỷ luật (Q-09)."
WITHOUT_END = ("expulsion", "dissolution")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedDate:
    """One date (None: not known yet) with its words, the lines that explain it and the rule behind it."""

    label: str
    day: date | None
    lines: tuple[str, ...]
    limit: TimeLimit | None = None
    warnings: tuple[str, ...] = ()

    @property
    def unconfirmed(self) -> bool:
        return self.limit is not None and not self.limit.confirmed_by_source


def dates_of(decision: Decision) -> tuple[ExplainedDate, ...]:
    """Every date a reader of the decision needs."""
    return (_announce_by(decision), _effect(decision), _end(decision), *_complaint(decision))


def effective_on(decision: Decision) -> date | None:
    """The day of effect by the rule in force on the day of signing (Q-04, Q-05)."""
    return _effect(decision).day


def ends_on(decision: Decision) -> date | None:
    """The day on which the decision ends by itself (Q-08), None for forms that do not end."""
    return _end(decision).day


def starts_with_signature(decision: Decision, on: date) -> bool:
    """Whether a decision signed that day takes effect by being signed."""
    rule = effect_rule(rules().time_limits, signed_on=on, level=level_of(decision))
    return rule is not None and rule.starts_on is EventType.DECISION_SIGNED


def level_of(decision: Decision) -> Level:
    return LEVELS[decision.commission.level]


def _announce_by(decision: Decision) -> ExplainedDate:
    label = "Hạn công bố quyết định"
    if decision.signed_on is None:
        return ExplainedDate(label=label, day=None, lines=("Chưa ký ban hành.",))
    limit = _limit(ANNOUNCE, decision.signed_on)
    if limit is None:
        return ExplainedDate(label=label, day=None, lines=("Chưa có quy định về thời hạn công bố.",))
    try:
        sheet = sheet_for(limit, decision.signed_on, current_calendar(), refuse_open_roll=False)
    except CalendarNotConfirmed as error:
        return ExplainedDate(label=label, day=None, lines=(error.message,), limit=limit)
    late = ""
    if decision.announced_on and sheet.due_effective and decision.announced_on > sheet.due_effective:
        late = f"Công bố ngày {short_date(decision.announced_on)}, sau hạn; phải báo cáo ngay cấp quyết định."
    return ExplainedDate(
        label=label, day=sheet.due_effective, limit=limit,
        lines=(f"{limit.amount} {limit.unit.label} kể từ ngày ký {short_date(decision.signed_on)}.",),
        warnings=(late,) if late else (),
    )  # fmt: skip


def _effect(decision: Decision) -> ExplainedDate:
    label = "Ngày có hiệu lực"
    if decision.signed_on is None:
        return ExplainedDate(label=label, day=None, lines=("Chưa ký ban hành.",))
    rule = effect_rule(rules().time_limits, signed_on=decision.signed_on, level=level_of(decision))
    if rule is None:
        return ExplainedDate(label=label, day=None, lines=("Chưa có quy định về hiệu lực vào ngày ký.",))
    happened = {EventType.DECISION_SIGNED: decision.signed_on}
    if decision.announced_on is not None:
        happened[EventType.DECISION_ANNOUNCED] = decision.announced_on
    found = effect_date(rule.starts_on, happened)
    return ExplainedDate(
        label=label,
        day=found.day,
        lines=(found.line,),
        limit=rule,
        warnings=_printed_otherwise(decision, found.day),
    )


def _printed_otherwise(decision: Decision, day: date | None) -> tuple[str, ...]:
    printed = decision.document.values.get("effective_on") if decision.document is not None else None
    if day is None or not printed or printed == day.isoformat():
        return ()
    on_paper = short_date(date.fromisoformat(printed))
    return (f"Văn bản ghi hiệu lực từ {on_paper}, khác ngày tính theo quy định ({short_date(day)}).",)


def _end(decision: Decision) -> ExplainedDate:
    label = "Ngày tự chấm dứt hiệu lực"
    if decision.penalty in WITHOUT_END:
        found = end_of_effect(None, announced_on=decision.announced_on)
        return ExplainedDate(label=label, day=None, lines=found.lines)
    limit = _limit(ENDS, decision.announced_on or decision.signed_on)
    months = limit.amount if limit is not None and limit.unit is Unit.MONTH else None
    if limit is None or months is None:
        return ExplainedDate(label=label, day=None, lines=("Chưa có quy định về thời gian hiệu lực.",))
    found = end_of_effect(
        months, announced_on=decision.announced_on, form_changed=bool(decision.changed_to)
    )  # fmt: skip
    return ExplainedDate(
        label=label, day=found.day, limit=limit, warnings=found.warnings,
        lines=found.lines + ((CONDITIONS,) if found.day else ()),
    )  # fmt: skip


def _complaint(decision: Decision) -> tuple[ExplainedDate, ...]:
    """The last days to complain, one per rule that may apply; people warn on the earliest."""
    label = "Hạn cuối khiếu nại"
    if decision.received_on is None:
        return (ExplainedDate(label=label, day=None, lines=("Tính từ ngày nhận quyết định; chưa nhận.",)),)
    received = decision.received_on
    limits = [
        limit
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


def _limit(limit_id: str, on: date | None) -> TimeLimit | None:
    try:
        return rules().time_limit(limit_id, on=on)
    except RuleNotFound:
        return None
