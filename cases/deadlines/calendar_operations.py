"""The calendar of record: proposed by the seed, edited and confirmed by a person, year by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cases.audit.operations import act
from cases.deadlines.calendar import WEEKDAYS
from cases.deadlines.changes import recompute
from cases.deadlines.models import CalendarDay, CalendarYear, Deadline
from cases.deadlines.queries import calendar_year
from cases.errors import Invalid
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import clean_line, short_date
from procedures.schema import RuleBook

_SATURDAY = WEEKDAYS.index("Thứ bảy")
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class DayChoice:
    """One day that differs from the week: `kind` is off or work."""

    day: date
    kind: str
    name: str


def seed_calendar(rules: RuleBook, *, now: datetime) -> list[int]:
    """Put the years of the rule book into the table where they are not yet; returns those added."""
    added = [seed.year for seed in rules.calendar if not _kept(seed.year)]
    if added:
        with act(None, "calendar.changed", now=now) as event:
            for year in added:
                _keep(year)
            event.say(years=added, source="seed")
    return added


def change_days(actor: Actor, year: int, days: Sequence[DayChoice], *, now: datetime) -> CalendarYear:
    """Replace the days off and days worked of a year; every running deadline is counted anew."""
    actor.require(Permission.EDIT_CALENDAR)
    chosen = _checked(year, days)
    with act(actor, "calendar.changed", now=now) as event:
        kept = _keep(year)
        CalendarDay.delete().where(CalendarDay.year == kept.id).execute()
        for choice in chosen:
            CalendarDay.create(year=kept, day=choice.day, kind=choice.kind, name=choice.name)
        event.about(kept)
        event.say(year=year, days=len(chosen), moved=_recompute_running())
    return kept


def confirm_year(actor: Actor, year: int, *, notice: str, now: datetime) -> CalendarYear:
    """State that the year is as the named notice says; deadlines that waited for it get their date."""
    actor.require(Permission.EDIT_CALENDAR)
    words = clean_line(notice)
    if not words:
        raise Invalid("Ghi số, ký hiệu thông báo nghỉ của năm này.", field="notice")
    with act(actor, "calendar.confirmed", now=now) as event:
        kept = _keep(year)
        kept.notice, kept.confirmed_by_id, kept.confirmed_at = words[:300], actor.user_id, now
        kept.save()
        event.about(kept)
        event.say(year=year, notice=words, moved=_recompute_running())
    return kept


def _kept(year: int) -> CalendarYear | None:
    return CalendarYear.get_or_none(CalendarYear.year == year)


def _keep(year: int) -> CalendarYear:
    """The year as a row; a first touch copies the seed so that nothing known is lost."""
    found = _kept(year)
    if found is not None:
        return found
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(f"Năm {year} ngoài khoảng dùng được ({FIRST_YEAR}–{LAST_YEAR}).", field="year")
    view = calendar_year(year)
    kept = CalendarYear.create(year=year, notice=view.notice)
    for day, kind, name in view.days:
        CalendarDay.create(year=kept, day=day, kind=kind, name=name)
    return kept


def _checked(year: int, days: Sequence[DayChoice]) -> list[DayChoice]:
    seen: set[date] = set()
    found = []
    for choice in days:
        shown, name = short_date(choice.day), clean_line(choice.name)
        if choice.day.year != year:
            raise Invalid(f"Ngày {shown} không thuộc năm {year}.", field="days")
        if choice.kind not in ("off", "work"):
            raise Invalid(f"Chọn ngày {shown} là ngày nghỉ hay ngày làm bù.", field="days")
        if choice.day in seen:
            raise Invalid(f"Ngày {shown} ghi hai lần.", field="days")
        if choice.kind == "work" and choice.day.weekday() < _SATURDAY:
            raise Invalid(f"Ngày {shown} là ngày thường; chỉ thứ Bảy, Chủ nhật mới làm bù.", field="days")
        if choice.kind == "off" and choice.day.weekday() >= _SATURDAY:
            raise Invalid(f"Ngày {shown} đã là ngày nghỉ hằng tuần; không cần ghi.", field="days")
        if not name:
            raise Invalid(f"Ngày {shown} chưa ghi tên ngày nghỉ hoặc làm bù.", field="days")
        seen.add(choice.day)
        found.append(DayChoice(choice.day, choice.kind, name[:120]))
    return found


def _recompute_running() -> int:
    """Count every running deadline anew; returns how many moved."""
    moved = 0
    for deadline in Deadline.select().where(Deadline.state == "running"):
        before = deadline.due_on
        recompute(deadline)
        moved += Deadline.get_by_id(deadline.id).due_on != before
    return moved
