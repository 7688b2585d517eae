"""Going through the days of a limit: where it ends at once, every single day when somebody asks.

Pauses always come merged (`merge_pauses`): in order, apart, only the last one perhaps without an end.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from typing import Final

from cases.deadlines.calendar import ONE_DAY, Calendar, TraceDay
from cases.deadlines.pauses import Pause
from cases.errors import Invalid
from cases.text import short_date
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A count from `start`, which is not counted, in one unit, over a calendar and its pauses.

    `last_day` is the last one gone through: the `end`, or, where a running pause (`stopped_by`) leaves
    `remaining` days to count and no end, the first day on which it holds the count.
    """

    start: date
    unit: Unit
    calendar: Calendar = field(repr=False)
    pauses: Sequence[Pause] = ()
    end: date | None
    last_day: date
    remaining: int = 0
    stopped_by: Pause | None = None
    first_number: int = 1
    backwards: bool = False

    def days(self) -> tuple[TraceDay, ...]:
        """Return every day gone through, in the order it was gone through."""
        return tuple(_back_days(self) if self.backwards else _days(self))


def add_months(day: date, months: int) -> date:
    """Return the corresponding day `months` later (or earlier), else the last of that month (W-04)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_to_count(start: date, amount: int, unit: Unit) -> int:
    """Return how many days of the unit must be counted after `start`; months become their own days.

    So a month period ends on the corresponding day, and later by one day for each of its days paused.
    """
    if unit is Unit.MONTH:
        return (add_months(start, amount) - start).days
    return amount


def check_range(start: date, amount: int, unit: Unit) -> None:
    """Raise `CountOutOfRange` for a period nobody can mean, before anything is counted."""
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
    end, remaining = _reach(start, amount, unit, calendar, pauses)
    # Only the last of merged pauses can be without an end.
    stopped_by = pauses[-1] if end is None else None
    return Walk(
        start=start,
        unit=unit,
        calendar=calendar,
        pauses=pauses,
        end=end,
        last_day=end or max(pauses[-1].first, start + ONE_DAY),
        remaining=remaining,
        stopped_by=stopped_by,
        first_number=first_number,
    )


def walk_back(event_day: date, amount: int, unit: Unit, calendar: Calendar) -> Walk:
    """Count back `amount` days before `event_day`, which is not counted; the last day is the end."""
    if unit is Unit.WORKING_DAY and amount:
        end = calendar.working_day_back(event_day - ONE_DAY, amount)
    else:
        end = event_day - amount * ONE_DAY
    return Walk(start=event_day, unit=unit, calendar=calendar, end=end, last_day=end, backwards=True)


def roll_days(day: date, rolled: date, calendar: Calendar) -> tuple[TraceDay, ...]:
    """Return the days off between a last day and the next working day (W-05); none if it is worked."""
    days = map(date.fromordinal, range(day.toordinal(), rolled.toordinal()))
    return tuple(TraceDay(off, False, None, f"Ngày cuối rơi vào: {calendar.why(off)}") for off in days)


def _reach(
    start: date, amount: int, unit: Unit, calendar: Calendar, pauses: Sequence[Pause]
) -> tuple[date | None, int]:
    """Return the day that is counted last, or None and the days that a running pause keeps from it."""
    if amount == 0:
        return start, 0
    gone, left = start, amount
    for pause in pauses:
        if pause.last is not None and pause.last <= gone:
            continue
        if gone + ONE_DAY < pause.first:
            end, left = _forward(gone + ONE_DAY, left, unit, calendar, pause.first - ONE_DAY)
            if end is not None:
                return _within_reach(start, amount, end), 0
        if pause.last is None:
            return None, left
        gone = _within_reach(start, amount, pause.last)
    end, _ = _forward(gone + ONE_DAY, left, unit, calendar, date.max)
    return _within_reach(start, amount, end), 0


def _forward(first: date, number: int, unit: Unit, calendar: Calendar, last: date) -> tuple[date | None, int]:
    """Return the `number`th day of the unit from `first` on, or None and how many are missing by `last`."""
    if unit is Unit.WORKING_DAY:
        return calendar.working_day_from(first, number, last)
    missing = number - (last - first).days - 1
    return (None, missing) if missing > 0 else (first + (number - 1) * ONE_DAY, 0)


def _within_reach(start: date, amount: int, day: date | None) -> date:
    if day is None or (day - start).days > _LONGEST_WALK:
        raise CountOutOfRange(start, amount)
    return day


def _days(walk: Walk) -> list[TraceDay]:
    found: list[TraceDay] = []
    day, last, number = walk.start + ONE_DAY, walk.last_day, walk.first_number
    for pause in walk.pauses:
        if last < max(day, pause.first):
            break
        if pause.last is not None and pause.last < day:
            continue
        if day < pause.first:
            running = _running_days(day, pause.first - ONE_DAY, number, walk)
            number += sum(one.counted for one in running)
            found += running
        if pause.last is None:
            return [*found, TraceDay(last, False, None, _stopped_reason(pause, last))]
        found += _paused_days(max(day, pause.first), pause.last)
        day = pause.last + ONE_DAY
    return found + _running_days(day, last, number, walk) if day <= last else found


def _back_days(walk: Walk) -> list[TraceDay]:
    if walk.last_day == walk.start:
        return []
    forward = _running_days(walk.last_day, walk.start - ONE_DAY, 1, walk)
    beyond = sum(day.counted for day in forward) + 1
    return [
        day if day.number is None else day._replace(number=beyond - day.number) for day in reversed(forward)
    ]


def _running_days(first: date, last: date, number: int, walk: Walk) -> list[TraceDay]:
    """Return the days from `first` to `last` while the clock runs; `number` is that of the first counted."""
    found: list[TraceDay] = []
    for year, part in walk.calendar.slices(first, last):
        if walk.unit is Unit.WORKING_DAY:
            worked = slice(year.worked_before[part.start], year.worked_before[part.stop])
            counted = _counted_days(year.working[worked], year.worked_because[worked], number)
            number += worked.stop - worked.start
            found += [skipped or next(counted) for skipped in year.skipped[part]]
        else:
            found += _counted_days(year.days[part], year.because[part], number)
            number += part.stop - part.start
    return found


def _counted_days(days: Sequence[date], reasons: Sequence[str], number: int) -> Iterator[TraceDay]:
    # What TraceDay._make does, without a Python call for each day: sheets are counted by the thousand.
    return map(
        tuple.__new__, repeat(TraceDay), zip(days, repeat(True), range(number, number + len(days)), reasons)
    )


def _paused_days(first: date, last: date) -> Iterator[TraceDay]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield TraceDay(date.fromordinal(ordinal), False, None, "Không tính: đang tạm dừng")


def _stopped_reason(pause: Pause, day: date) -> str:
    since = "ngày này" if pause.first == day else f"ngày {short_date(pause.first)}"
    return f"Tạm dừng từ {since}, chưa kết thúc"
