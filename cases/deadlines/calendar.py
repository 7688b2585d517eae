"""The confirmed working calendar: which days are worked, which are off, and why (W-05, W-09).

Days off are a table the commission confirms year by year, never computed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Confirmed years, their days off with names, and the weekend days worked instead.

    Entries of a year that is not confirmed (a proposal, a first known holiday) are never used.
    """

    confirmed_years: frozenset[int] = frozenset()
    days_off: Mapping[date, str] = field(default_factory=dict)
    worked_saturdays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        for day in self.worked_saturdays:
            if day.weekday() < _SATURDAY or day in self.days_off:
                raise ValueError(f"{day}: only a weekend day that is not a day off can be worked instead")

    def is_confirmed(self, day: date) -> bool:
        """Tell whether the table covers this day."""
        return day.year in self.confirmed_years

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work; raise `CalendarNotConfirmed` outside the confirmed years."""
        if not self.is_confirmed(day):
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
