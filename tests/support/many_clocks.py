"""Thousands of running deadlines at once, put into the tables in bulk: for tests of counting many."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from peewee import chunked

from cases.deadlines.models import Deadline, DeadlineChange
from cases.lifecycle.models import Case
from procedures.schema import EventType, Role
from tests.support.running_cases import loaded_rules
from tests.support.worlds import NOW, TODAY, Staff

EVERY = 9


def many_cases(staff: Staff, cases: int, *, limits: Sequence[str] = ("T-01", "I-01")) -> None:
    """Open cases with a running deadline of each limit, started over the last hundred days.

    Every ninth deadline was paused for some days, another ninth extended, another stands still; `due_on`
    is not counted yet.
    """
    loaded_rules()
    user = staff.users[Role.CHAIR].id
    first = Case.select().count() + 1
    rows = (
        {
            "commission": staff.commission.id, "code": f"HS-{number}", "procedure": "KT-04",
            "edition": date(2021, 12, 22), "title": f"Hồ sơ {number}", "origin": "other",
            "started_on": started(number), "opened_at": NOW, "opened_by": user,
        }
        for number in range(first, first + cases)
    )  # fmt: skip
    _insert(Case, rows)
    ids = [case.id for case in Case.select(Case.id).order_by(Case.id)][-cases:]
    _insert(Deadline, (_deadline(case, limit) for case in ids for limit in limits))
    made = Deadline.select(Deadline.id).order_by(Deadline.id.desc()).limit(cases * len(limits))
    _insert(DeadlineChange, _changes([one.id for one in made], staff))


def started(number: int) -> date:
    return TODAY - timedelta(days=number % 100)


def _deadline(case: int, limit: str) -> dict[str, Any]:
    return {
        "case": case, "limit_id": limit, "label": f"Thời hạn {limit}",
        "start_event": EventType.DECISION_SIGNED.value, "started_on": started(case), "waits_for": "team_head",
    }  # fmt: skip


def _changes(deadlines: list[int], staff: Staff) -> Iterator[dict[str, Any]]:
    asked = {
        "reason": "Chờ kết quả giám định", "state": "granted", "requested_by": staff.users[Role.TEAM_HEAD].id,
        "requested_at": NOW, "decided_by": staff.users[Role.CHAIR].id, "decided_at": NOW,
        "amount": None, "pause_from": None, "pause_to": None,
    }  # fmt: skip
    pause_from = TODAY + timedelta(days=1)
    for one in islice(deadlines, 0, None, EVERY):
        yield asked | {"deadline": one, "kind": "pause", "pause_from": pause_from,
                       "pause_to": pause_from + timedelta(days=4)}  # fmt: skip
    for one in islice(deadlines, 3, None, EVERY):
        yield asked | {"deadline": one, "kind": "extension", "amount": 5}
    for one in islice(deadlines, 6, None, EVERY * 2):
        yield asked | {"deadline": one, "kind": "pause", "pause_from": pause_from}


def _insert(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    with model._meta.database.atomic():
        for some in chunked(rows, 500):
            model.insert_many(some).execute()
