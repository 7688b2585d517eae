"""How long ten thousand running cases take to be counted anew, and how long others must wait to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from time import perf_counter

import pytest
from peewee import Database

from cases.deadlines.calendar_operations import DayChoice, change_days
from cases.deadlines.calendar_preview import days_of
from cases.deadlines.models import Deadline
from cases.deadlines.queries import calendar_year
from cases.deadlines.recount import recount
from procedures.schema import Role
from tests.support.letters import open_vault
from tests.support.many_clocks import many_cases
from tests.support.worlds import NOW, Staff, a_staffed_commission

CASES = 10_000
MOST_SECONDS, LONGEST_LOCK = 30.0, 0.200


@pytest.fixture
def staff(database: Database) -> Staff:
    open_vault()
    staff = a_staffed_commission()
    many_cases(staff, CASES)
    return staff


@contextmanager
def held(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The seconds each transaction held the database: from before it begins until it has ended."""
    times: list[float] = []
    began: list[float] = []
    begin, commit = database.begin, database.commit

    def timed_begin(*args: object, **kwargs: object) -> object:
        begun = begin(*args, **kwargs)
        began.append(perf_counter())
        return begun

    def timed_commit() -> object:
        ended = commit()
        times.append(perf_counter() - began.pop())
        return ended

    with monkeypatch.context() as patched:
        patched.setattr(database, "begin", timed_begin)
        patched.setattr(database, "commit", timed_commit)
        yield times


def shown(what: str, seconds: float, locks: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(
            f"\n{what}: {seconds:.1f} s, {len(locks)} transactions, the longest {max(locks) * 1000:.0f} ms "
            f"(at most {MOST_SECONDS:.0f} s and {LONGEST_LOCK * 1000:.0f} ms)"
        )


def test_ten_thousand_cases_are_counted_anew_in_short_transactions(
    database: Database, staff: Staff, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with held(database, monkeypatch) as locks:
        start = perf_counter()
        done = recount()
        seconds = perf_counter() - start
    shown("every day of 10,000 cases written", seconds, locks, capsys)
    assert done.counted == 2 * CASES
    assert done.written > 1.8 * CASES, "only clocks that stand still have no day"
    assert recount().written == 0, "what is right is left alone"
    assert seconds <= MOST_SECONDS
    assert max(locks) <= LONGEST_LOCK


def test_changing_the_calendar_over_ten_thousand_cases_locks_nobody_out(
    database: Database, staff: Staff, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    recount()
    before = dict(Deadline.select(Deadline.id, Deadline.due_on).tuples())
    wednesdays = (date(2026, 9, 9) + timedelta(weeks=week) for week in range(16))
    days = [*days_of(calendar_year(2026)), *(DayChoice(day, "off", "Nghỉ thử") for day in wednesdays)]
    with held(database, monkeypatch) as locks:
        start = perf_counter()
        change_days(staff.actor(Role.ADMINISTRATOR), 2026, days, now=NOW)
        seconds = perf_counter() - start
    after = dict(Deadline.select(Deadline.id, Deadline.due_on).tuples())
    shown("the calendar changed under 10,000 cases", seconds, locks, capsys)
    assert sum(after[one] != before[one] for one in before) > CASES / 2
    assert seconds <= MOST_SECONDS
    assert max(locks) <= LONGEST_LOCK
