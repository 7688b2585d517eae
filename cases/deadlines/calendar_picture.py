"""A year as twelve small tables of weeks, each day with what it is in words."""

from calendar import monthcalendar
from dataclasses import dataclass
from datetime import date

from cases.deadlines.calendar import WEEKDAYS
from cases.deadlines.queries import YearView

_SATURDAY = WEEKDAYS.index("Thứ bảy")


@dataclass(frozen=True, slots=True)
class PictureDay:
    """A day of the picture. `kind` is off, work, weekend or empty; `name` of a day off or worked instead."""

    number: int
    kind: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class PictureMonth:
    """A month in weeks from Monday; None where a week reaches into the next month."""

    month: int
    weeks: tuple[tuple[PictureDay | None, ...], ...]


def picture(view: YearView) -> tuple[PictureMonth, ...]:
    """The twelve months of a year of the calendar."""
    special = {day: (kind, name) for day, kind, name in view.days}
    return tuple(
        PictureMonth(
            month,
            tuple(
                tuple(_day(date(view.year, month, number), special) if number else None for number in week)
                for week in monthcalendar(view.year, month)
            ),
        )
        for month in range(1, 13)
    )


def _day(day: date, special: dict[date, tuple[str, str]]) -> PictureDay:
    kind, name = special.get(day, ("weekend" if day.weekday() >= _SATURDAY else "", ""))
    return PictureDay(day.day, kind, name)
