"""The journal: one event per verb, never changed, every event chained to the one before."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from peewee import Database, DatabaseError

from cases.audit.models import AuditEvent
from cases.audit.operations import GENESIS, act, first_broken_event
from cases.people.models import NumberSeries
from cases.people.series import take_number
from procedures.schema import Role
from tests.support.races import TurnedBack, in_processes, write_events
from tests.support.worlds import NOW, Staff, a_commission, a_staffed_commission


@pytest.fixture
def staff(database: Database) -> Staff:
    return a_staffed_commission([Role.CLERK])


def write(staff: Staff, verb: str = "user.changed", *, now: datetime = NOW, **data: Any) -> None:
    with act(staff.actor(Role.CLERK), verb, now=now) as event:
        event.about(staff.users[Role.CLERK])
        event.say(**data)


def last() -> AuditEvent:
    found: AuditEvent = AuditEvent.select().order_by(AuditEvent.id.desc()).get()
    return found


def without_triggers(database: Database, statement: str) -> None:
    """Do what only somebody with the keys of the database server can do."""
    triggers = ["audit_event_no_update", "audit_event_no_delete"]
    if "sqlite" in type(database).__name__.lower():
        for name in triggers:
            database.execute_sql(f"drop trigger {name}")
    else:
        database.execute_sql("alter table audit_event disable trigger all")
    database.execute_sql(statement)


def test_an_event_says_who_when_what_and_about_which_object(staff: Staff) -> None:
    write(staff, roles=["clerk"])
    event, user = last(), staff.users[Role.CLERK]
    assert (event.at, event.actor_id, event.commission_id) == (NOW, user.id, staff.commission.id)
    assert (event.verb, event.object_type, event.object_id) == ("user.changed", "user", user.id)
    assert event.data == {"roles": ["clerk"]}


def test_a_verb_nobody_named_is_refused_before_anything_happens(staff: Staff) -> None:
    with pytest.raises(KeyError, match=r"verbs\.py"), act(staff.actor(Role.CLERK), "user.vanished", now=NOW):
        raise AssertionError("the body ran")


def test_a_verb_that_fails_leaves_neither_writes_nor_event(staff: Staff) -> None:
    with pytest.raises(TurnedBack), act(staff.actor(Role.CLERK), "document.numbered", now=NOW):
        take_number(staff.commission.id, "TB", "2025-2030")
        raise TurnedBack
    assert NumberSeries.select().count() == AuditEvent.select().count() == 0


def test_an_inner_verb_that_fails_takes_only_itself_back(staff: Staff) -> None:
    actor = staff.actor(Role.CLERK)
    with act(actor, "user.changed", now=NOW):
        with pytest.raises(TurnedBack), act(actor, "user.created", now=NOW):
            raise TurnedBack
        with act(actor, "document.numbered", now=NOW):
            take_number(staff.commission.id, "TB", "2025-2030")
    verbs = [event.verb for event in AuditEvent.select().order_by(AuditEvent.id)]
    assert verbs == ["document.numbered", "user.changed"]
    assert first_broken_event() is None


def test_what_the_installation_does_itself_belongs_to_the_commission_it_is_about(database: Database) -> None:
    commission = a_commission()
    with act(None, "commission.created", now=NOW) as event:
        event.about(commission)
    assert (last().actor_id, last().commission_id) == (None, commission.id)


def test_each_event_carries_the_hash_of_the_one_before(staff: Staff) -> None:
    for turn in range(3):
        write(staff, turn=turn)
    events = list(AuditEvent.select().order_by(AuditEvent.id))
    assert [event.previous_hash for event in events] == [GENESIS, events[0].hash, events[1].hash]
    assert first_broken_event() is None


@pytest.mark.parametrize(
    "data",
    [
        {"text": "Nguyễn Thị Ánh – “bí mật”"},
        {"nested": {"b": [1, (2, 3)], "a": None}},
        {"by_number": {10: "x", 9: "y"}},
        {"share": 0.1, "large": 10**15, "no": False},
        {},
    ],
)
def test_the_hash_is_the_same_before_and_after_the_database(staff: Staff, data: dict[str, Any]) -> None:
    write(staff, **data)
    assert first_broken_event() is None


def test_the_hash_does_not_depend_on_the_time_zone_of_the_clock(staff: Staff) -> None:
    write(staff, now=NOW.astimezone(timezone(timedelta(hours=7))))
    assert last().at == NOW and first_broken_event() is None


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_event set verb = 'user.created'",
        "delete from audit_event",
        "update audit_event set hash = hash where id = -1 or true",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete_an_event(
    database: Database, staff: Staff, statement: str
) -> None:
    write(staff)
    with pytest.raises(DatabaseError, match="append-only"), database.atomic():
        database.execute_sql(statement)
    assert AuditEvent.select().count() == 1 and last().verb == "user.changed"


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'user.created'",
        "at = '2026-01-01 00:00:00'",
        "actor_id = null",
        "commission_id = null",
        "object_id = 99",
        "case_id = 1",
        "letter_id = 1",
        "object_type = 'case'",
        "data = '{\"turn\": 8}'",
        "hash = '" + "0" * 64 + "'",
        "previous_hash = '" + "1" * 64 + "'",
    ],
)
def test_any_changed_byte_is_found_where_it_is(database: Database, staff: Staff, change: str) -> None:
    for turn in range(3):
        write(staff, turn=turn)
    second = AuditEvent.select().order_by(AuditEvent.id)[1].id
    without_triggers(database, f"update audit_event set {change} where id = {second}")
    assert first_broken_event() == second


def test_a_removed_event_is_found_at_the_one_after_it(database: Database, staff: Staff) -> None:
    for turn in range(3):
        write(staff, turn=turn)
    first, second, third = (event.id for event in AuditEvent.select().order_by(AuditEvent.id))
    without_triggers(database, f"delete from audit_event where id = {second}")
    assert first_broken_event() == third
    database.execute_sql(f"delete from audit_event where id = {first}")
    assert first_broken_event() == third


def test_two_processes_that_write_at_once_keep_one_chain(database_url: str, staff: Staff) -> None:
    user, commission = staff.users[Role.CLERK].id, staff.commission.id
    written = in_processes(
        write_events, (database_url, commission, user, 60), (database_url, commission, user, 60)
    )
    assert AuditEvent.select().count() == sum(written) == 180
    assert AuditEvent.select(AuditEvent.previous_hash).distinct().count() == 180
    assert first_broken_event() is None
