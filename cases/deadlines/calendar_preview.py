"""What another calendar would do: the days that would differ and the running deadlines that would move.

Nothing here is stored. The same preview stands before every change of the calendar and behind the page
"if the days off changed so".
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cases.deadlines.calendar import WEEKDAYS, Calendar
from cases.deadlines.models import CalendarYear, Deadline
from cases.deadlines.queries import YearView, calendar_year, current_calendar, visible_to
from cases.deadlines.recount import Move, moves
from cases.errors import Invalid
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import clean_line, short_date

_SATURDAY: Final = WEEKDAYS.index("Thứ bảy")
LONGEST_NAME: Final = 120
# A page of more rows than this is read by nobody; the rest is a number.
LISTED: Final = 300


@dataclass(frozen=True, slots=True)
class DayChoice:
    """One day that differs from the week: `kind` is off or work."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class DayDifference:
    """A day that two calendars of a year name differently; None where it follows the week."""

    day: date
    before: DayChoice | None
    after: DayChoice | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A calendar that is not stored, beside the one of record.

    `seen` tells the table it was compared with; `counts`: whether working days of the year can be counted
    then. Of what moves, `listed` are cases the person may see, `unlisted` more of those than a page shows,
    `others` of cases the person may not know.
    """

    year: int
    seen: str
    counts: bool
    days: tuple[DayDifference, ...]
    listed: tuple[Move, ...]
    unlisted: int
    others: int

    @property
    def total(self) -> int:
        return len(self.listed) + self.unlisted + self.others


def checked_days(year: int, days: Iterable[DayChoice]) -> list[DayChoice]:
    """The days as they can stand in a calendar of the year, in order; raises Invalid for what cannot be."""
    found: dict[date, DayChoice] = {}
    for choice in days:
        if choice.day in found:
            raise Invalid(f"Ngày {short_date(choice.day)} ghi hai lần.", field="days")
        found[choice.day] = _checked(year, choice)
    return [found[day] for day in sorted(found)]


def calendar_if(year: int, days: Sequence[DayChoice], *, counts: bool) -> Calendar:
    """The calendar of record with one year as proposed, counted on or not."""
    now = current_calendar()
    off = {day: name for day, name in now.days_off.items() if day.year != year}
    worked = {day for day in now.worked_saturdays if day.year != year}
    return Calendar(
        confirmed_years=now.confirmed_years | {year} if counts else now.confirmed_years - {year},
        days_off=off | {one.day: one.name for one in days if one.kind == "off"},
        worked_saturdays=frozenset(worked | {one.day for one in days if one.kind == "work"}),
    )


def preview(actor: Actor, year: int, days: Iterable[DayChoice], *, counts: bool) -> Preview:
    """What a year of these days would move, stored by nobody.

    Who may edit the calendar learns of every running deadline, by name of the cases they may see; everybody
    else learns of their own cases only.
    """
    actor.require(Permission.SEE_CALENDAR)
    view, chosen = calendar_year(year), checked_days(year, days)
    all_cases = actor.may(Permission.EDIT_CALENDAR)
    found = moves(calendar_if(year, chosen, counts=counts), None if all_cases else visible_to(actor))
    seen = sorted(_may_see(actor, found) if all_cases else found, key=_order)
    return Preview(
        year=year, seen=fingerprint(view), counts=counts, days=differences(view, chosen),
        listed=tuple(seen[:LISTED]), unlisted=len(seen[LISTED:]), others=len(found) - len(seen),
    )  # fmt: skip


def days_of(view: YearView) -> list[DayChoice]:
    """The days of a year of record, as a person chose them."""
    return [DayChoice(day, kind, name) for day, kind, name in view.days]


def differences(view: YearView, days: Sequence[DayChoice]) -> tuple[DayDifference, ...]:
    """The days added, taken out, or named or kept otherwise than in the year of record."""
    before, after = {one.day: one for one in days_of(view)}, {one.day: one for one in days}
    found = (DayDifference(day, before.get(day), after.get(day)) for day in sorted(before | after))
    return tuple(one for one in found if one.before != one.after)


def fingerprint(view: YearView) -> str:
    """Tells two states of a year apart, so that nobody overwrites what they have not seen."""
    facts = (view.notice, view.confirmed_by, [(day.isoformat(), kind, name) for day, kind, name in view.days])
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def confirmed_at(year: int) -> datetime | None:
    """When a person confirmed the year; None while nobody has."""
    kept: CalendarYear | None = CalendarYear.get_or_none(CalendarYear.year == year)
    return kept.confirmed_at if kept is not None else None


def _may_see(actor: Actor, found: Sequence[Move]) -> list[Move]:
    running = visible_to(actor).select(Deadline.id).where(Deadline.state == "running")
    known = {one.id for one in running}
    return [move for move in found if move.deadline.id in known]


def _order(move: Move) -> tuple[date, str, int]:
    """By the earlier of the two days: what becomes urgent stands first."""
    days = [day for day in (move.before, move.after) if day is not None]
    return min(days), move.deadline.case.code, move.deadline.id


def _checked(year: int, choice: DayChoice) -> DayChoice:
    shown, name, weekend = short_date(choice.day), clean_line(choice.name), choice.day.weekday() >= _SATURDAY
    if choice.day.year != year:
        raise Invalid(f"Ngày {shown} không thuộc năm {year}.", field="days")
    if choice.kind not in ("off", "work"):
        raise Invalid(f"Chọn ngày {shown} là ngày nghỉ hay ngày làm bù.", field="days")
    if choice.kind == "work" and not weekend:
        raise Invalid(f"Ngày {shown} là ngày thường; chỉ thứ Bảy, Chủ nhật mới làm bù.", field="days")
    if choice.kind == "off" and weekend:
        raise Invalid(f"Ngày {shown} đã là ngày nghỉ hằng tuần; không cần ghi.", field="days")
    if not name:
        raise Invalid(f"Ngày {shown} chưa ghi tên ngày nghỉ hoặc làm bù.", field="days")
    return DayChoice(choice.day, choice.kind, name[:LONGEST_NAME])
