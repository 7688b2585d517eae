"""The confirmed working calendar: which days are worked, which are off, and why (W-05, W-09).

Days off are a table the commission confirms year by year, never computed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, compress
from typing import Final, NamedTuple

from cases.errors import Refused

ONE_DAY: Final = timedelta(days=1)
WEEKDAYS: Final = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_SATURDAY: Final = 5


class CalendarNotConfirmed(Refused):
    """The answer depends on a year whose days off nobody has confirmed; `year` says which."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"Lịch làm việc năm {year} chưa được xác nhận nên chưa tính được ngày này. "
            f"Hãy nhập và xác nhận ngày nghỉ năm {year} trong mục Lịch làm việc.",
            year=year,
        )
        self.year = year


class TraceDay(NamedTuple):
    """One day of a sheet: counted as day `number`, or not counted; `reason` in Vietnamese."""

    day: date
    counted: bool
    number: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfDays:
    """One year laid out once, so that counting looks up and tracing slices instead of walking.

    By index from 1 January (0): the day, and why a count of every day counts it. For a confirmed year
    also: how many days are worked before it (one entry more, for the whole year), and the day as a count
    of working days skips it, None if it is worked. `working` are the worked days alone, `worked_because`
    why each of them is counted.
    """

    first: int
    days: tuple[date, ...]
    because: tuple[str, ...]
    worked_before: tuple[int, ...] = ()
    skipped: tuple[TraceDay | None, ...] = ()
    working: tuple[date, ...] = ()
    worked_because: tuple[str, ...] = ()

    def index(self, day: date) -> int:
        """Return the place of a day of this year."""
        return day.toordinal() - self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Confirmed years, their days off with names, and the weekend days worked instead.

    Entries of a year that is not confirmed (a proposal, a first known holiday) are never used.
    """

    confirmed_years: frozenset[int] = frozenset()
    days_off: Mapping[date, str] = field(default_factory=dict)
    worked_saturdays: frozenset[date] = frozenset()
    _years: dict[int, YearOfDays] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for day in self.worked_saturdays:
            if day.weekday() < _SATURDAY or day in self.days_off:
                raise ValueError(f"{day}: only a weekend day that is not a day off can be worked instead")
        # Years are laid out once: a table the caller goes on changing must not be the one counted on.
        object.__setattr__(self, "days_off", dict(self.days_off))

    def is_confirmed(self, day: date) -> bool:
        """Tell whether the table covers this day."""
        return day.year in self.confirmed_years

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work; raise `CalendarNotConfirmed` outside the confirmed years."""
        if day.year not in self.confirmed_years:
            raise CalendarNotConfirmed(day.year)
        if day in self.worked_saturdays:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off

    def why(self, day: date) -> str:
        """Say in Vietnamese what kind of day it is; raise `CalendarNotConfirmed` as above."""
        if not self.is_confirmed(day):
            raise CalendarNotConfirmed(day.year)
        if day in self.worked_saturdays:
            return f"{WEEKDAYS[day.weekday()]} làm bù"
        if day in self.days_off:
            return self.days_off[day]
        return WEEKDAYS[day.weekday()] if day.weekday() >= _SATURDAY else "ngày làm việc"

    def next_working_day(self, day: date) -> date:
        """Return the day itself if worked, else the next worked one (W-05)."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def working_day_from(self, first: date, number: int, last: date = date.max) -> tuple[date | None, int]:
        """Return the `number`th working day from `first` on, or None and how many are missing by `last`.

        Only the years up to the answer must be confirmed; `number` is at least 1, `last` not before `first`.
        """
        year = self._confirmed_year(first.year)
        place = year.worked_before[year.index(first)] + number - 1
        for number_of_year in range(first.year, last.year + 1):
            year = self._confirmed_year(number_of_year)
            within = number_of_year == last.year
            available = year.worked_before[year.index(last) + 1] if within else len(year.working)
            if place < available:
                return year.working[place], 0
            place -= available
        return None, place + 1

    def working_day_back(self, last: date, number: int) -> date:
        """Return the `number`th working day from `last` on back; years up to it must be confirmed."""
        year = self._confirmed_year(last.year)
        place = year.worked_before[year.index(last) + 1] - number
        before = last.year
        while place < 0:
            before -= 1
            year = self._confirmed_year(before)
            place += len(year.working)
        return year.working[place]

    def slices(self, first: date, last: date) -> Iterator[tuple[YearOfDays, slice]]:
        """Yield each year from `first` to `last` with the part of it that lies between, both included."""
        for number in range(first.year, last.year + 1):
            year = self._year(number)
            begin = year.index(first) if number == first.year else 0
            end = year.index(last) + 1 if number == last.year else len(year.days)
            yield year, slice(begin, end)

    def _confirmed_year(self, number: int) -> YearOfDays:
        if number not in self.confirmed_years:
            raise CalendarNotConfirmed(number)
        return self._year(number)

    def _year(self, number: int) -> YearOfDays:
        known = self._years.get(number)
        if known is None:
            known = self._years[number] = self._laid_out(number)
        return known

    def _laid_out(self, number: int) -> YearOfDays:
        first, end = date(number, 1, 1).toordinal(), date(number, 12, 31).toordinal() + 1
        days = tuple(map(date.fromordinal, range(first, end)))
        if number not in self.confirmed_years:
            doubt = f"lịch năm {number} chưa xác nhận"
            unsure = tuple(f"Được tính: {WEEKDAYS[day.weekday()]}, {doubt}" for day in days)
            return YearOfDays(first=first, days=days, because=unsure)
        worked = tuple(map(self.is_working_day, days))
        because = tuple(f"Được tính: {self.why(day)}" for day in days)
        return YearOfDays(
            first=first,
            days=days,
            because=because,
            worked_before=tuple(accumulate(worked, initial=0)),
            skipped=tuple(
                None if is_worked else TraceDay(day, False, None, f"Không tính: {self.why(day)}")
                for day, is_worked in zip(days, worked, strict=True)
            ),
            working=tuple(compress(days, worked)),
            worked_because=tuple(compress(because, worked)),
        )
