"""Counting days: the one home of every due date.

Pure and integer: `date` in, `date` out, calendar passed in. Sources: rules W-03 to W-09.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from cases.deadlines.calendar import Calendar, CalendarNotConfirmed
from cases.deadlines.pauses import Pause, merge_pauses, pause_on
from cases.deadlines.sheet import DeadlineSheet, explain, final_days, warn
from cases.deadlines.trace import (
    CountOutOfRange,
    Walk,
    add_months,
    check_range,
    days_to_count,
    walk,
    walk_back,
    walk_roll,
)
from cases.errors import Refused
from cases.text import short_date
from procedures.schema import HolidayYear, RollPolicy, TimeLimit, Unit


def count(
    start: date,
    amount: int,
    unit: Unit,
    calendar: Calendar,
    pauses: Iterable[tuple[date, date | None]] = (),
    extension: int | tuple[int, int] | None = None,
    *,
    extension_unit: Unit | None = None,
    roll: RollPolicy = RollPolicy.SHOW_BOTH,
    refuse_open_roll: bool = True,
) -> DeadlineSheet:
    """Count `amount` units after `start`, which is not counted, and return the sheet.

    `extension` is an amount, or a (numerator, denominator) share of `amount` rounded down (W-08);
    it runs on from the unrolled due in `extension_unit` (default: `unit`), pauses applying.
    Raises `CalendarNotConfirmed` when the result depends on a year outside the calendar, unless only
    the roll does and `refuse_open_roll` is False; `CountOutOfRange`, `PauseBackwards` for bad input.
    """
    check_range(start, amount, unit)
    merged = merge_pauses(pauses)
    main = walk(start, days_to_count(start, amount, unit), unit, calendar, merged)
    granted = extension_amount(start, amount, extension)
    more_unit = extension_unit or unit
    more = _walk_on(main, granted, more_unit, calendar, merged)
    sheet = DeadlineSheet(
        start=start,
        amount=amount,
        unit=unit,
        roll=roll,
        due=main.end,
        due_rolled=None,
        due_extended=more.end if more else None,
        due_effective=None,
        extension=granted,
        extension_unit=None if granted is None else more_unit,
        remaining=main.remaining or (more.remaining if more else 0),
        running_pause=_running_pause(main, more, merged),
        trace=main.days,
        extension_trace=more.days if more else (),
    )
    return _finished(sheet, calendar, merged, refuse_open_roll=refuse_open_roll)


def count_back(event_day: date, amount: int, unit: Unit, calendar: Calendar) -> DeadlineSheet:
    """Count `amount` units back from `event_day`, which is not counted (T-11: days before a congress)."""
    check_range(event_day, amount, unit)
    length = (event_day - add_months(event_day, -amount)).days if unit is Unit.MONTH else amount
    back = walk_back(event_day, length, unit, calendar)
    line = f"Tính ngược {amount} {unit.label} trước {short_date(event_day)} (không tính ngày này)."
    return DeadlineSheet(
        start=event_day,
        amount=amount,
        unit=unit,
        backwards=True,
        due=back.end,
        due_rolled=back.end,
        due_effective=back.end,
        trace=back.days,
        lines=(line,),
    )


def extension_amount(start: date, amount: int, extension: int | tuple[int, int] | None) -> int | None:
    """Return the extension in whole units: a share of the limit is rounded down (W-08)."""
    if extension is None or isinstance(extension, int):
        granted, valid = extension, extension is None or extension >= 0
    else:
        numerator, denominator = extension
        valid = numerator >= 0 and denominator > 0
        granted = amount * numerator // denominator if valid else None
    if not valid:
        raise CountOutOfRange(start, amount)
    return granted


def _walk_on(
    main: Walk, granted: int | None, unit: Unit, calendar: Calendar, pauses: Sequence[Pause]
) -> Walk | None:
    if granted is None or main.end is None:
        return None
    check_range(main.end, granted, unit)
    counted = sum(day.counted for day in main.days)
    length = days_to_count(main.end, granted, unit)
    return walk(main.end, length, unit, calendar, pauses, first_number=counted + 1)


def _running_pause(main: Walk, more: Walk | None, pauses: Sequence[Pause]) -> Pause | None:
    stopped = next((walked for walked in (main, more) if walked and walked.end is None), None)
    return pause_on(stopped.days[-1].day, pauses) if stopped else None


def _finished(
    sheet: DeadlineSheet, calendar: Calendar, pauses: Sequence[Pause], *, refuse_open_roll: bool
) -> DeadlineSheet:
    leave = not refuse_open_roll and sheet.roll is RollPolicy.SHOW_BOTH
    due, due_year = _rolled(sheet.due, calendar, sheet.roll, leave_open=leave)
    extended, extended_year = _rolled(sheet.due_extended, calendar, sheet.roll, leave_open=leave)
    last_roll = due if sheet.extension is None else extended
    sheet = replace(
        sheet,
        due_rolled=due.end if due else None,
        due_extended_rolled=extended.end if extended else None,
        roll_trace=last_roll.days if last_roll else (),
    )
    last, rolled = final_days(sheet)
    effective = rolled if sheet.roll is RollPolicy.NEXT_WORKING_DAY else last
    sheet = replace(sheet, due_effective=effective)
    warnings = warn(sheet, pauses, due_year if sheet.extension is None else extended_year)
    return replace(sheet, lines=explain(sheet, pauses), warnings=warnings)


def _rolled(
    day: date | None, calendar: Calendar, roll: RollPolicy, *, leave_open: bool
) -> tuple[Walk | None, int | None]:
    """Roll a last day; when left open, return instead the year that nobody has confirmed."""
    if day is None:
        return None, None
    if roll is RollPolicy.KEEP:
        return Walk(days=(), end=day), None
    try:
        return walk_roll(day, calendar), None
    except CalendarNotConfirmed as refusal:
        if not leave_open:
            raise
        return None, refusal.year


class LimitWithoutNumber(Refused):
    """A limit set by a plan date, or none at all, cannot be counted from its rule."""

    def __init__(self, limit: TimeLimit) -> None:
        super().__init__(
            f"Thời hạn {limit.id} {limit.measure.label}, "
            "không tính từ quy định được. Hãy ghi ngày phải xong.",
            limit_id=limit.id,
        )


def sheet_for(
    limit: TimeLimit,
    start: date,
    calendar: Calendar,
    *,
    pauses: Iterable[tuple[date, date | None]] = (),
    granted: Sequence[int] = (),
    confirmed_by_commission: bool = False,
    refuse_open_roll: bool = True,
) -> DeadlineSheet:
    """Return the sheet of a limit of the rule book, with its article and confidence in the lines.

    `granted` holds the extensions decided so far, in the unit of the limit's extension.
    """
    if limit.amount is None:
        raise LimitWithoutNumber(limit)
    if limit.backwards:
        sheet = count_back(start, limit.amount, limit.unit, calendar)
    else:
        sheet = count(
            start, limit.amount, limit.unit, calendar, pauses, sum(granted) if granted else None,
            extension_unit=limit.extension.unit if limit.extension else None,
            roll=limit.roll, refuse_open_roll=refuse_open_roll,
        )  # fmt: skip
    confirmed = confirmed_by_commission or limit.confirmed_by_source
    doubts = () if confirmed else (f"Thời hạn {limit.id}: {limit.confidence.label}; chỉ để nhắc việc.",)
    return replace(sheet, lines=(_basis_line(limit), *sheet.lines), warnings=(*doubts, *sheet.warnings))


def _basis_line(limit: TimeLimit) -> str:
    basis = " ".join(part for part in (limit.basis, limit.article) if part)
    return f"{limit.id} – {limit.label}. Căn cứ: {basis or 'chưa có văn bản'} ({limit.confidence.label})."


def calendar_from(years: Iterable[HolidayYear], *, confirmed_years: Iterable[int]) -> Calendar:
    """Return the calendar held in holiday years; only the years a person confirmed can be counted on."""
    held = tuple(years)
    return Calendar(
        confirmed_years=frozenset(confirmed_years),
        days_off={item.day: item.name for year in held for item in year.days_off},
        worked_saturdays=frozenset(item.day for year in held for item in year.worked_days),
    )


class DeadlineState(StrEnum):
    """How urgent a deadline is on a day."""

    UPCOMING = "upcoming"
    THIS_WEEK = "this_week"
    TODAY = "today"
    OVERDUE = "overdue"
    MET = "met"
    PAUSED = "paused"


def days_left(due: date, today: date) -> int:
    """Return the calendar days from today to the due day; negative when it has passed."""
    return (due - today).days


def state(due: date | None, today: date, met_on: date | None = None) -> DeadlineState:
    """Return how urgent it is; this week ends on Sunday. A due day of None means a running pause."""
    if met_on is not None:
        return DeadlineState.MET
    if due is None:
        return DeadlineState.PAUSED
    if due < today:
        return DeadlineState.OVERDUE
    if due == today:
        return DeadlineState.TODAY
    sunday = today + timedelta(days=6 - today.weekday())
    return DeadlineState.THIS_WEEK if due <= sunday else DeadlineState.UPCOMING
