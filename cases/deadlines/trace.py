"""Going through the days of a limit: where it ends at once, every single day when somebody asks.

Pauses always come merged (`merge_pauses`): in order, apart, only the last one perhaps without an end.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from cases.deadlines.calendar import ONE_DAY, Calendar
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


class TraceDay(NamedTuple):
    """One day of a sheet: counted as day `number`, or not counted; `reason` in Vietnamese."""

    day: date
    counted: bool
    number: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A count from `start`, which is not counted, in one unit, over a calendar and its pauses.

    `end` is None when `stopped_by`, a running pause, leaves `remaining` days to count.
    """

    start: date
    unit: Unit
    calendar: Calendar
    pauses: Sequence[Pause] = ()
    end: date | None
    remaining: int = 0
    stopped_by: Pause | None = None
    first_number: int = 1
    backwards: bool = False

    @property
    def last_day(self) -> date:
        """The last day gone through: the end, or the first one on which a running pause holds the count."""
        if self.end is not None:
            return self.end
        # Only a running pause leaves no end.
        assert self.stopped_by is not None
        return max(self.stopped_by.first, self.start + ONE_DAY)

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
    return Walk(
        start=start,
        unit=unit,
        calendar=calendar,
        pauses=pauses,
        end=end,
        remaining=remaining,
        stopped_by=pauses[-1] if end is None else None,
        first_number=first_number,
    )


def walk_back(event_day: date, amount: int, unit: Unit, calendar: Calendar) -> Walk:
    """Count back `amount` days before `event_day`, which is not counted; the last day is the end."""
    if unit is Unit.WORKING_DAY and amount:
        end = calendar.working_day_back(event_day - ONE_DAY, amount)
    else:
        end = event_day - amount * ONE_DAY
    return Walk(start=event_day, unit=unit, calendar=calendar, end=end, backwards=True)


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


def _forward(
    first: date, number: int, unit: Unit, calendar: Calendar, last: date
) -> tuple[date | None, int]:
    """Return the `number`th day of the unit from `first` on, or None and how many are missing by `last`."""
    if unit is Unit.WORKING_DAY:
        return calendar.working_day_from(first, number, last)
    missing = number - (last - first).days - 1
    return (None, missing) if missing > 0 else (first + (number - 1) * ONE_DAY, 0)


def _within_reach(start: date, amount: int, day: date | None) -> date:
    if day is None or (day - start).days > _LONGEST_WALK:
        raise CountOutOfRange(start, amount)
    return day


def _days(walk: Walk) -> Iterator[TraceDay]:
    day, last, number = walk.start + ONE_DAY, walk.last_day, walk.first_number
    for pause in walk.pauses:
        if last < max(day, pause.first):
            break
        if pause.last is not None and pause.last < day:
            continue
        if day < pause.first:
            yield from (running := _running_days(day, pause.first - ONE_DAY, number, walk))
            number += sum(one.counted for one in running)
        if pause.last is None:
            yield TraceDay(last, False, None, _stopped_reason(pause, last))
            return
        yield from _paused_days(max(day, pause.first), pause.last)
        day = pause.last + ONE_DAY
    if day <= last:
        yield from _running_days(day, last, number, walk)


def _back_days(walk: Walk) -> Iterator[TraceDay]:
    if walk.last_day == walk.start:
        return
    forward = _running_days(walk.last_day, walk.start - ONE_DAY, 1, walk)
    beyond = sum(day.counted for day in forward) + 1
    for day in reversed(forward):
        yield day if day.number is None else day._replace(number=beyond - day.number)


def _running_days(first: date, last: date, number: int, walk: Walk) -> list[TraceDay]:
    """Return the days from `first` to `last` while the clock runs; `number` is that of the first counted."""
    found: list[TraceDay] = []
    for year, part in walk.calendar.slices(first, last):
        days = year.days[part]
        if walk.unit is Unit.WORKING_DAY:
            worked, before = year.worked[part], year.worked_before
            shift = number - before[part.start]
            numbers = [
                gone + shift if counted else None
                for gone, counted in zip(before[part], worked, strict=False)
            ]
            rows = zip(days, worked, numbers, year.working_day[part], strict=True)
            number = before[part.stop] + shift
        else:
            rows = zip(days, [True] * len(days), range(number, number + len(days)), year.every_day[part], strict=True)
            number += len(days)
        found += map(TraceDay._make, rows)
    return found


def _paused_days(first: date, last: date) -> Iterator[TraceDay]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield TraceDay(date.fromordinal(ordinal), False, None, "Không tính: đang tạm dừng")


def _stopped_reason(pause: Pause, day: date) -> str:
    since = "ngày này" if pause.first == day else f"ngày {short_date(pause.first)}"
    return f"Tạm dừng từ {since}, chưa kết thúc"
