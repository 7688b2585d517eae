"""Counting many running deadlines anew, and keeping the copies of their due days that lists show.

`Deadline.due_on` decides nothing: a sheet is always counted from events, rule and calendar of the moment.
The copy only orders lists, finds what is late and colours a chip. So a recount need not be one
transaction, and must not be: nobody could write while ten thousand cases are counted.

* Days are counted outside any transaction, a batch of deadlines at a time, with a fixed number of queries
  for a batch. Then only rows whose day moved are written, `WRITTEN_AT_ONCE` to a transaction: none holds
  the database for longer than a blink (200 ms at the most, which a test measures).
* What readers see in between: the calendar is already the new one, so every sheet, simulator and paper
  shows the new day at once; a list may still show the old day of a deadline whose turn has not come. Two
  rows of one list may for some seconds follow different calendars. No act reads the copy to allow or
  refuse anything, so nothing wrong can be stored meanwhile.
* A row is written only while it is running and still holds the day it was compared with. Somebody who
  extends, pauses or meets the deadline meanwhile has counted it anew under the calendar of that moment;
  that day stays. Should it be the old calendar's (counted just before the change, written just after),
  the next recount finds it, as it finds what an interrupted one left over or a clock that just started.
* Counting is repeatable: a second run over unchanged events writes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from peewee import ModelSelect, chunked

from cases.audit.operations import act
from cases.db import transaction
from cases.deadlines.calendar import Calendar
from cases.deadlines.confirmations import Statements, all_statements, rule_of
from cases.deadlines.holds import holds_of_all
from cases.deadlines.models import Deadline
from cases.deadlines.queries import changes_of_all, current_calendar, due_day
from cases.lifecycle.models import Case

READ_AT_ONCE: Final = 1_000
WRITTEN_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Move:
    """A running deadline whose day is another than its copy; None: it cannot be counted (yet)."""

    deadline: Deadline
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Recount:
    """What a recount did: deadlines counted, rows that moved and were written."""

    counted: int
    written: int


def counted(
    calendar: Calendar,
    among: "ModelSelect[Deadline] | None" = None,
    *,
    statements: Statements | None = None,
) -> Iterator[tuple[Deadline, date | None]]:
    """Every running deadline (of those in `among`) with its day under a calendar; nothing is written.

    `statements`: those to count under instead of the ones in force.
    """
    statements = statements or all_statements()
    for batch in _batches(among):
        changes = changes_of_all([one.id for one in batch])
        holds = holds_of_all([one.case_id for one in batch])
        for one in batch:
            rule, held = rule_of(one, statements), holds.get(one.case_id, ())
            yield one, due_day(one, calendar, rule, changes.get(one.id, ()), held)


def moves(calendar: Calendar, among: "ModelSelect[Deadline] | None" = None) -> list[Move]:
    """The running deadlines whose day under a calendar is another than the one lists show."""
    found = (Move(one, one.due_on, day) for one, day in counted(calendar, among))
    return [move for move in found if move.before != move.after]


def recount() -> Recount:
    """Count every running deadline under the calendar of record and write the days that moved."""
    seen, waiting, written = 0, list[Move](), 0
    for one, day in counted(current_calendar()):
        seen += 1
        if day != one.due_on:
            waiting.append(Move(one, one.due_on, day))
        if len(waiting) >= READ_AT_ONCE:
            written += write(waiting)
            waiting = []
    return Recount(seen, written + write(waiting))


def recount_all(*, now: datetime) -> Recount:
    """A recount asked for by the installation itself; the journal tells when it changed something."""
    done = recount()
    if done.written:
        with act(None, "deadline.recounted", now=now) as event:
            event.say(counted=done.counted, written=done.written)
    return done


def said(found: Sequence[Move]) -> list[dict[str, object]]:
    """The moves for the journal, short even for thousands: each pair of days with the ids that made it."""
    return [
        {"before": _iso(before), "after": _iso(after), "deadlines": [move.deadline.id for move in same]}
        for (before, after), same in groupby(sorted(found, key=_order), key=_days)
    ]


def _batches(among: "ModelSelect[Deadline] | None") -> Iterator[list[Deadline]]:
    """The running deadlines with their cases, by id; no query stays open while they are counted."""
    query = (among if among is not None else Deadline.select()).where(Deadline.state == "running")
    with_case = query.select(Deadline, Case.id, Case.commission, Case.code, Case.title).join(Case)
    last = 0
    while batch := list(with_case.where(Deadline.id > last).order_by(Deadline.id).limit(READ_AT_ONCE)):
        yield batch
        last = batch[-1].id


def write(found: Sequence[Move]) -> int:
    """Write days that moved, some at a time; returns how many rows still held the day compared with."""
    return sum(map(_write_at_once, chunked(sorted(found, key=_order), WRITTEN_AT_ONCE)))


def _write_at_once(some: Iterable[Move]) -> int:
    written = 0
    with transaction():
        for (before, after), same in groupby(some, key=_days):
            unchanged = Deadline.due_on.is_null() if before is None else Deadline.due_on == before
            ids = [move.deadline.id for move in same]
            still = Deadline.id.in_(ids) & (Deadline.state == "running") & unchanged
            written += Deadline.update(due_on=after).where(still).execute()
    return written


def _days(move: Move) -> tuple[date | None, date | None]:
    return move.before, move.after


def _order(move: Move) -> tuple[date, date, int]:
    return move.before or date.min, move.after or date.min, move.deadline.id


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
