"""The calendar of record beside the `holidays` package: where the two differ, and a first draft of a year.

The package computes days by lunar calendar and law, offline. It is no source: which days Tết takes and what
is swapped for a Saturday is decided year by year in a notice, so the table a person confirmed rules, and
nothing from the package is ever stored or confirmed by itself.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from holidays import country_holidays

from cases.deadlines.calendar import WEEKDAYS
from cases.deadlines.calendar_preview import DayChoice, days_of
from cases.deadlines.queries import YearView
from cases.text import nfc

FIRST_CHECKED: Final = 2016
_SATURDAY: Final = WEEKDAYS.index("Thứ bảy")
_OFF, _WORK = "off", "work"
# As the package words it: the day itself may be swapped for the next working day.
_MADE_UP: Final = "nghỉ bù"
_CULTURE_DAY: Final = "Ngày Văn hóa Việt Nam"

_OPEN_MAKE_UP: Final = (
    "Chưa rõ Ngày Văn hóa Việt Nam rơi vào ngày nghỉ hằng tuần thì có được nghỉ bù hay không: "
    "chỉ ghi khi thông báo nêu ngày này."
)
# By what the day is said to be, and whether the table is the side that knows it.
_SENTENCES: Final = {
    (_OFF, False): "Phần mềm tính là ngày nghỉ, lịch chưa ghi: đối chiếu thông báo xem có sót không.",
    (_OFF, True): "Phần mềm không có ngày nghỉ này: thường là nghỉ hoán đổi theo thông báo của năm, "
    "phần mềm không biết hết các ngày đó.",
    (_WORK, False): "Phần mềm ghi ngày làm bù này, lịch chưa ghi: đối chiếu thông báo về hoán đổi.",
    (_WORK, True): "Phần mềm không có ngày làm bù này: ngày làm bù chỉ có trong thông báo của năm.",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A day on which table and package differ; either name is empty where that side does not know the day."""

    day: date
    in_table: str
    in_package: str
    sentence: str


def cross_check(view: YearView) -> tuple[Remark, ...]:
    """Every day that only one of the two knows, in order. Days off at a weekend change nothing: left out."""
    table = {(one.day, one.kind): one.name for one in days_of(view)}
    package = {(one.day, one.kind): one.name for one in computed(view.year)}
    return tuple(
        _remark(day, kind, table.get((day, kind), ""), package.get((day, kind), ""))
        for day, kind in sorted(table.keys() ^ package.keys())
    )


def proposal(view: YearView) -> list[DayChoice]:
    """A first draft of a year nobody confirmed: what is known of it and what the package computes besides."""
    known = {one.day: one for one in days_of(view)}
    drafted = {one.day: one for one in computed(view.year) if not _is_open(one.name)}
    return [(drafted | known)[day] for day in sorted(drafted | known)]


@cache
def computed(year: int) -> tuple[DayChoice, ...]:
    """The weekdays off and weekend days worked that the package knows of a year."""
    known = country_holidays("VN", years=year, language="vi")
    off = [DayChoice(day, _OFF, nfc(name)) for day, name in known.items() if _is_weekday_of(day, year)]
    worked = [DayChoice(day, _WORK, "Làm bù") for day in known.weekend_workdays if day.year == year]
    return tuple(sorted([*off, *worked], key=lambda one: one.day))


def _remark(day: date, kind: str, in_table: str, in_package: str) -> Remark:
    if _is_open(in_package):
        return Remark(day, in_table, in_package, _OPEN_MAKE_UP)
    return Remark(day, in_table, in_package, _SENTENCES[kind, bool(in_table)])


def _is_weekday_of(day: date, year: int) -> bool:
    return day.year == year and day.weekday() < _SATURDAY


def _is_open(name: str) -> bool:
    return _CULTURE_DAY in name and _MADE_UP in name
