"""The calendar of record: proposed by the seed, edited and confirmed by a person, year by year.

A change is counted through first, outside any transaction; then the year and one journal event that names
every deadline it moves are stored together; then the copies of the due days are brought up (recount.py).
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from cases.audit.operations import act
from cases.deadlines.calendar_preview import (
    DayChoice,
    DayDifference,
    calendar_if,
    checked_days,
    days_of,
    differences,
    fingerprint,
)
from cases.deadlines.models import CalendarDay, CalendarYear
from cases.deadlines.queries import YearView, calendar_year
from cases.deadlines.recount import Move, moves, recount, said
from cases.errors import Invalid, Stale
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import clean_line, parse_day, short_date
from procedures.schema import RuleBook

__all__ = [
    "FIRST_YEAR", "LAST_YEAR", "DayChoice", "change_days", "cited", "confirm_year", "number_and_day",
    "seed_calendar",
]  # fmt: skip
FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_NOTICE: Final = 300
_CITED: Final = re.compile(r"(.+) ngày (\d{2}/\d{2}/\d{4})")


def seed_calendar(rules: RuleBook, *, now: datetime) -> list[int]:
    """Put the years of the rule book into the table where they are not yet; returns those added."""
    added = [seed.year for seed in rules.calendar if not _kept(seed.year)]
    if added:
        with act(None, "calendar.changed", now=now) as event:
            for year in added:
                _keep(year)
            event.say(years=added, source="seed")
    return added


def change_days(
    actor: Actor, year: int, days: Sequence[DayChoice], *, notice: str = "", seen: str = "", now: datetime
) -> CalendarYear:
    """Replace the days off and days worked of a year; every running deadline is counted anew.

    A year that counts goes on counting: who changes it states that it is as `notice` says, or the notice
    it stood on. `seen` is the fingerprint of the year the person compared with; Stale if it changed since.
    """
    actor.require(Permission.EDIT_CALENDAR)
    view, chosen = calendar_year(year), checked_days(year, days)
    words = _notice(notice or view.notice)
    found = moves(calendar_if(year, chosen, counts=bool(words)))
    with act(actor, "calendar.changed", now=now) as event:
        _require_unchanged(view, seen)
        kept = _keep(year)
        CalendarDay.delete().where(CalendarDay.year == kept.id).execute()
        _store_days(kept, chosen)
        if words:
            _state(kept, words, actor, now)
        event.about(kept)
        event.say(
            year=year, notice=words, days=list(map(_day_said, differences(view, chosen))), **_moved(found)
        )
    recount()
    return kept


def confirm_year(
    actor: Actor, year: int, *, notice: str, notice_on: date | None = None, seen: str = "", now: datetime
) -> CalendarYear:
    """State that the year is as the named notice says; deadlines that waited for it get their date."""
    actor.require(Permission.EDIT_CALENDAR)
    words = _notice(cited(notice, notice_on))
    if not words:
        raise Invalid("Ghi số, ký hiệu thông báo nghỉ của năm này.", field="notice")
    view = calendar_year(year)
    if not view.days:
        raise Invalid(
            f"Lịch năm {year} chưa ghi ngày nghỉ nào nên chưa xác nhận được. "
            "Hãy nhập ngày nghỉ, ngày làm bù theo thông báo trước."
        )
    found = moves(calendar_if(year, days_of(view), counts=True))
    with act(actor, "calendar.confirmed", now=now) as event:
        _require_unchanged(view, seen)
        kept = _keep(year)
        _state(kept, words, actor, now)
        event.about(kept)
        event.say(year=year, notice=words, **_moved(found))
    recount()
    return kept


def cited(number: str, on: date | None) -> str:
    """A notice as it is cited: its number, and its date where known."""
    words = clean_line(number)
    return f"{words} ngày {short_date(on)}" if words and on is not None else words


def number_and_day(notice: str) -> tuple[str, date | None]:
    """The number and the date of a cited notice; no date where none was stated."""
    found = _CITED.fullmatch(notice)
    return (found[1], parse_day(found[2])) if found else (notice, None)


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
    _store_days(kept, days_of(view))
    return kept


def _store_days(kept: CalendarYear, days: Sequence[DayChoice]) -> None:
    rows = [{"year": kept.id, "day": one.day, "kind": one.kind, "name": one.name} for one in days]
    if rows:
        CalendarDay.insert_many(rows).execute()


def _state(kept: CalendarYear, notice: str, actor: Actor, now: datetime) -> None:
    kept.notice, kept.confirmed_by_id, kept.confirmed_at = notice, actor.user_id, now
    kept.save()


def _notice(notice: str) -> str:
    words = clean_line(notice)
    if len(words) > LONGEST_NOTICE:
        raise Invalid(f"Số, ký hiệu thông báo dài quá {LONGEST_NOTICE} ký tự.", field="notice")
    return words


def _require_unchanged(view: YearView, seen: str) -> None:
    """Nobody writes over a state of the year they have not seen, nor over one they did not count with."""
    found = fingerprint(calendar_year(view.year))
    if found != fingerprint(view) or (seen and found != seen):
        raise Stale(
            f"Lịch năm {view.year} vừa có người sửa. Xem lại các ngày thay đổi và thời hạn bị dời dưới đây "
            "trước khi ghi."
        )


def _moved(found: Sequence[Move]) -> dict[str, object]:
    return {"moved_count": len(found), "moved": said(found)}


def _day_said(one: DayDifference) -> dict[str, object]:
    before, after = (
        {"kind": choice.kind, "name": choice.name} if choice else None for choice in (one.before, one.after)
    )
    return {"day": one.day.isoformat(), "before": before, "after": after}
