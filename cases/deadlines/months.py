"""The days of a sheet, grouped by month for reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from cases.deadlines.calendar import TraceDay
from cases.deadlines.sheet import DeadlineSheet


@dataclass(frozen=True, slots=True)
class Month:
    """The days of one calendar month of a sheet, in the order they were walked."""

    year: int
    month: int
    days: tuple[TraceDay, ...]

    @property
    def counted(self) -> int:
        return sum(day.counted for day in self.days)

    @property
    def skipped(self) -> int:
        return len(self.days) - self.counted


def months_of(sheet: DeadlineSheet) -> list[Month]:
    """Every day of the sheet: counted, extension and roll, by month."""
    return list(_grouped((*sheet.trace, *sheet.extension_trace, *_rolled(sheet))))


def _rolled(sheet: DeadlineSheet) -> tuple[TraceDay, ...]:
    """The days off after the last day; the last day itself is in the trace already."""
    walked = {day.day for day in (*sheet.trace, *sheet.extension_trace)}
    return tuple(day for day in sheet.roll_trace if day.day not in walked)


def _grouped(days: Iterable[TraceDay]) -> Iterable[Month]:
    for (year, month), found in groupby(days, key=lambda day: (day.day.year, day.day.month)):
        yield Month(year, month, tuple(found))
