"""Discipline decisions: forms open to a person, limitation, effect, end, complaint window.

Numbers come in as arguments from the rule files.
Sources: F-01 to F-03, H-05 to H-14, Q-01 to Q-11, K-01, K-02.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.deadlines.calendar import Calendar
from cases.deadlines.pauses import Pause, merge_pauses
from cases.deadlines.rules import due_date, sheet_for
from cases.deadlines.sheet import DeadlineSheet
from cases.deadlines.trace import add_months
from cases.text import short_date
from procedures.schema import EventType, Level, Penalty, SubjectKind, TimeLimit, Unit


@dataclass(frozen=True, slots=True)
class PenaltyChoice:
    """A form of discipline for this subject: open, or closed with the reason in Vietnamese."""

    penalty: Penalty
    open: bool
    reason: str = ""


def penalties_open_to(
    penalties: Iterable[Penalty],
    *,
    on: date,
    subject_kind: SubjectKind = SubjectKind.MEMBER,
    official: bool = True,
    holds_post: bool = False,
) -> tuple[PenaltyChoice, ...]:
    """Return the forms in force for a subject, heaviest first, each open or closed with why (F-01 to F-03).

    `official` False is a probationary member. "Không kỷ luật" (weight 0) comes last.
    """
    fitting = (item for item in penalties if item.subject_kind is subject_kind and item.in_force(on))
    return tuple(
        PenaltyChoice(penalty, not reason, reason)
        for penalty in sorted(fitting, key=lambda item: -item.weight)
        for reason in [_why_closed(penalty, official=official, holds_post=holds_post)]
    )


def _why_closed(penalty: Penalty, *, official: bool, holds_post: bool) -> str:
    if penalty.official_only and not official:
        return f"Hình thức {penalty.label} không áp dụng đối với đảng viên dự bị."
    if penalty.needs_post and not holds_post:
        return f"Hình thức {penalty.label} chỉ áp dụng đối với người đang giữ chức vụ."
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limitation:
    """Limitation of one violation. `last_day` None: no limitation, or unknown; `expired` None: unknown."""

    starts_on: date | None
    last_day: date | None
    expired: bool | None
    lines: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def limitation(
    period_months: int | None,
    *,
    ended_on: date | None,
    detected_on: date | None,
    concluded_on: date | None,
    exclusions: Iterable[tuple[date, date | None]] = (),
    new_violations: Iterable[date] = (),
) -> Limitation:
    """Return until when a violation may be disciplined, and whether that had passed when concluded.

    From the end of the act, or from its detection when the end is unknown (H-11); restarted by a new
    violation inside the period (H-12); excluded intervals do not count (H-13).
    `period_months` None: a form or a violation without limitation (H-05, H-06).
    """
    start = ended_on or detected_on
    if period_months is None:
        return Limitation(
            starts_on=start, last_day=None, expired=False, lines=("Không áp dụng thời hiệu kỷ luật.",)
        )
    if start is None:
        unknown = "Chưa có ngày chấm dứt vi phạm và ngày phát hiện nên chưa tính được thời hiệu."
        return Limitation(starts_on=None, last_day=None, expired=None, lines=(), warnings=(unknown,))
    excluded = merge_pauses(exclusions)
    origin = "ngày chấm dứt vi phạm" if ended_on else "ngày phát hiện vi phạm (không rõ ngày chấm dứt)"
    lines = [f"Thời hiệu {period_months} tháng, tính từ {origin} {short_date(start)}."]
    lines += [_excluded_line(pause) for pause in excluded]
    last_day = _last_day(start, period_months, excluded)
    for restart in sorted(new_violations):
        if start < restart and (last_day is None or restart <= last_day):
            start, last_day = restart, _last_day(restart, period_months, excluded)
            lines.append(f"Có vi phạm mới trong thời hiệu: tính lại từ {short_date(restart)}.")
    return _limited(start, last_day, concluded_on, lines)


def _limited(
    start: date, last_day: date | None, concluded_on: date | None, lines: Sequence[str]
) -> Limitation:
    told = list(lines)
    warnings: tuple[str, ...] = ()
    if last_day is None:
        warnings = ("Khoảng thời gian không tính chưa kết thúc nên chưa biết ngày cuối của thời hiệu.",)
    else:
        told.append(f"Ngày cuối của thời hiệu: {short_date(last_day)}.")
    expired: bool | None = None
    if concluded_on is not None:
        # A running exclusion (no last day) began before the period was used up, so it cannot have expired.
        expired = last_day is not None and concluded_on > last_day
        verdict = "đã hết thời hiệu" if expired else "còn trong thời hiệu"
        told.append(f"Kết luận ngày {short_date(concluded_on)}: {verdict}.")
    if expired:
        told.append("Vẫn phải kiểm tra, kết luận, biểu quyết hình thức; hết thời hiệu thì không kỷ luật.")
    return Limitation(
        starts_on=start, last_day=last_day, expired=expired, lines=tuple(told), warnings=warnings
    )


def _excluded_line(excluded: Pause) -> str:
    until = f"đến {short_date(excluded.last)}" if excluded.last else "đến nay, chưa kết thúc"
    return f"Không tính vào thời hiệu: từ {short_date(excluded.first)} {until}."


def _last_day(start: date, months: int, excluded: Iterable[Pause]) -> date | None:
    return due_date(start, months, Unit.MONTH, Calendar(), excluded)


@dataclass(frozen=True, slots=True)
class EffectDate:
    """When a decision takes effect; None while the event it depends on has not happened."""

    day: date | None
    line: str


def effect_date(takes_effect_on: EventType, events: Mapping[EventType, date]) -> EffectDate:
    """Return the day of effect, which the rule in force ties to one event (Q-01, Q-04, Q-05)."""
    day = events.get(takes_effect_on)
    if day is None:
        return EffectDate(None, f"Chưa có hiệu lực: chưa có “{takes_effect_on.label}”.")
    return EffectDate(day, f"Có hiệu lực từ {short_date(day)} ({takes_effect_on.label}).")


def effect_rule(limits: Iterable[TimeLimit], *, signed_on: date, level: Level) -> TimeLimit | None:
    """Return the rule saying when a decision signed that day by that level takes effect, if one is loaded."""
    return next(
        (
            limit
            for limit in limits
            if limit.ends_on is EventType.DECISION_IN_FORCE
            and limit.in_force(signed_on)
            and limit.applies_to(level)
        ),
        None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOfEffect:
    """When a decision ends by itself. `earliest` differs from `day` only where the sources leave it open."""

    day: date | None
    earliest: date | None
    lines: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def end_of_effect(
    months: int | None,
    *,
    announced_on: date | None,
    settlement_announced_on: date | None = None,
    form_changed: bool = False,
    new_violation: bool = False,
    complaint_pending: bool = False,
) -> EndOfEffect:
    """Return when a decision ends by itself: `months` after announcement (Q-08 to Q-11).

    `months` None: expulsion, dissolution. A changed form counts from the first announcement (Q-10);
    for an upheld one the sources name both announcements: `day` is the later end (Q-11).
    """
    if months is None:
        return _no_end("Quyết định này không tự chấm dứt hiệu lực.")
    if announced_on is None:
        return _no_end("Chưa công bố quyết định nên chưa tính được ngày chấm dứt hiệu lực.")
    if new_violation or complaint_pending:
        why = "có vi phạm mới" if new_violation else "đang giải quyết khiếu nại"
        return _no_end(f"Không tự chấm dứt hiệu lực: {why}.")
    first = add_months(announced_on, months)
    lines = [f"Tự chấm dứt hiệu lực sau {months} tháng kể từ ngày công bố {short_date(announced_on)}."]
    if settlement_announced_on is None or form_changed:
        if form_changed:
            lines.append("Thay đổi hình thức: thời gian đã chấp hành được tính.")
        return EndOfEffect(day=first, earliest=first, lines=tuple(lines))
    last = add_months(settlement_announced_on, months)
    open_point = (
        "Q-11: chưa rõ tính từ ngày công bố quyết định kỷ luật hay quyết định giải quyết khiếu nại: "
        f"{short_date(first)} hoặc {short_date(last)}."
    )
    return EndOfEffect(
        day=max(first, last), earliest=min(first, last), lines=tuple(lines), warnings=(open_point,)
    )


def _no_end(line: str) -> EndOfEffect:
    return EndOfEffect(day=None, earliest=None, lines=(line,))


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLife:
    """From when to when a decision is in force.

    `last_day` closes the months of watch whatever happens in them; it is the corresponding day (W-04),
    on which the decision is still in force. `ends_on` is the same day where the decision ends by itself
    with it, and None where it does not.
    """

    effective: date | None
    last_day: date | None
    ends_on: date | None
    ends_by_itself: bool


def decision_life(
    months: int | None,
    takes_effect_on: EventType,
    events: Mapping[EventType, date],
    *,
    announced_on: date | None,
    first_announced_on: date | None = None,
    new_violation_on: date | None = None,
) -> DecisionLife:
    """Return the life of a decision: effect by its regime, end after `months` (Q-04, Q-05, Q-08 to Q-10).

    `months` None: expulsion, dissolution. With a changed form the time since the first announcement
    counts (Q-10). A new violation up to the last day keeps the decision from ending by itself (Q-09).
    """
    effective = effect_date(takes_effect_on, events).day
    counted_from = first_announced_on or announced_on
    last_day = None if months is None or counted_from is None else add_months(counted_from, months)
    repeated = (
        new_violation_on is not None
        and counted_from is not None
        and last_day is not None
        and min(effective or counted_from, counted_from) <= new_violation_on <= last_day
    )
    ends = months is not None and not repeated
    return DecisionLife(
        effective=effective, last_day=last_day, ends_on=last_day if ends else None, ends_by_itself=ends
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintWindow:
    """The last days to complain under each rule that may apply, by rule id; warn on the earliest.

    `latest` is None while the calendar cannot tell whether the last day moves to a working day.
    """

    sheets: tuple[tuple[str, DeadlineSheet], ...]
    earliest: date
    latest: date | None

    def is_surely_open(self, on: date) -> bool:
        """Tell whether a complaint of that day is in time under every rule."""
        return on <= self.earliest

    def is_surely_closed(self, on: date) -> bool:
        """Tell whether it is late under every rule; in between a person decides."""
        return self.latest is not None and on > self.latest


def complaint_window(
    limits: Sequence[TimeLimit], received_on: date, calendar: Calendar
) -> ComplaintWindow | None:
    """Return the window from the day the decision was received (K-01, K-02); None without a rule."""
    sheets = tuple(
        (limit.id, sheet_for(limit, received_on, calendar, refuse_open_roll=False)) for limit in limits
    )
    ends = [sheet.due for _, sheet in sheets if sheet.due is not None]
    if not ends:
        return None
    rolled = [sheet.due_rolled for _, sheet in sheets]
    known = [day for day in rolled if day is not None]
    latest = max(known) if len(known) == len(rolled) else None
    return ComplaintWindow(sheets=sheets, earliest=min(ends), latest=latest)
