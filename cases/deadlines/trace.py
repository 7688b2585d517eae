"""Walking through the days one by one, so that every due date explains itself."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cases.deadlines.calendar import ONE_DAY, WEEKDAYS, Calendar
from cases.deadlines.pauses import Pause, pause_on
from cases.errors import Invalid
from procedures.schema import Unit

_LONGEST_WALK: Final = 40_000
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199


class CountOutOfRange(Invalid):
    """A period that is negative, runs past a hundred years or starts outside the years in use."""

    def __init__(self, start: date, amount: int) -> None:
        super().__init__(
            f"Không tính được thời hạn {amount} từ năm {start.year}. "
            "Hãy kiểm tra lại ngày bắt đầu và số ngày.",
            start=start,
            amount=amount,
        )
        self.start = start
        self.amount = amount


@dataclass(frozen=True, slots=True)
class TraceDay:
    """One day of a sheet: counted as day `number`, or not counted; `reason` in Vietnamese."""

    day: date
    counted: bool
    number: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Days gone through; `end` is None when a running pause stops the count with days `remaining`."""

    days: tuple[TraceDay, ...]
    end: date | None
    remaining: int = 0


def add_months(day: date, months: int) -> date:
    """Return the corresponding day `months` later (or earlier), else the last of that month (W-04)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_to_count(start: date, amount: int, unit: Unit) -> int:
    """Return how many days of the unit must be counted after `start`; months become their own days."""
    if unit is Unit.MONTH:
        return (add_months(start, amount) - start).days
    return amount


def check_range(start: date, amount: int, unit: Unit) -> None:
    """Raise `CountOutOfRange` for a period nobody can mean, before any day is walked."""
    length = amount * 31 if unit is Unit.MONTH else amount
    if not 0 <= length <= _LONGEST_WALK or not _FIRST_YEAR <= start.year <= _LAST_YEAR:
        raise CountOutOfRange(start, amount)


def walk(
    start: date,
    amount: int,
    unit: Unit,
    calendar: Calendar,
    pauses: Sequence[Pause],
    *,
    first_number: int = 1,
) -> Walk:
    """Count `amount` days (working days for that unit) after `start`, which is not counted (W-03)."""
    days: list[TraceDay] = []
    day, number = start, 0
    while number < amount:
        day += ONE_DAY
        if len(days) > _LONGEST_WALK:
            raise CountOutOfRange(start, amount)
        pause = pause_on(day, pauses)
        if pause is not None and pause.last is None:
            days.append(TraceDay(day, False, None, "Tạm dừng từ ngày này, chưa kết thúc"))
            return Walk(days=tuple(days), end=None, remaining=amount - number)
        counted = pause is None and _counts(day, unit, calendar)
        number += counted
        shown = first_number + number - 1 if counted else None
        reason = "Không tính: đang tạm dừng" if pause else day_reason(day, unit, calendar)
        days.append(TraceDay(day, counted, shown, reason))
    return Walk(days=tuple(days), end=day)


def walk_back(event_day: date, amount: int, unit: Unit, calendar: Calendar) -> Walk:
    """Count back `amount` days before `event_day`, which is not counted; the last day is the end."""
    days: list[TraceDay] = []
    day, number = event_day, 0
    while number < amount:
        day -= ONE_DAY
        counted = _counts(day, unit, calendar)
        number += counted
        days.append(TraceDay(day, counted, number if counted else None, day_reason(day, unit, calendar)))
    return Walk(days=tuple(days), end=day)


def walk_roll(day: date, calendar: Calendar) -> Walk:
    """Go from a last day to the next working day (W-05); no days when it is worked already."""
    end = calendar.next_working_day(day)
    skipped = (date.fromordinal(n) for n in range(day.toordinal(), end.toordinal()))
    days = tuple(TraceDay(off, False, None, f"Ngày cuối rơi vào: {calendar.why(off)}") for off in skipped)
    return Walk(days=days, end=end)


def _counts(day: date, unit: Unit, calendar: Calendar) -> bool:
    return unit is not Unit.WORKING_DAY or calendar.is_working_day(day)


def day_reason(day: date, unit: Unit, calendar: Calendar) -> str:
    """Say why a day outside any pause is counted or skipped; never needs more calendar than the count."""
    if unit is Unit.WORKING_DAY:
        worked = calendar.is_working_day(day)
        return f"{'Được tính' if worked else 'Không tính'}: {calendar.why(day)}"
    if calendar.is_confirmed(day):
        return f"Được tính: {calendar.why(day)}"
    return f"Được tính: {WEEKDAYS[day.weekday()]}, lịch năm {day.year} chưa xác nhận"
