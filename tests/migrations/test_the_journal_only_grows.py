"""The journal refuses every change but a new row, whoever asks: the table itself holds it."""

import pytest
from peewee import Database, DatabaseError

from cases.audit.models import AuditEvent
from tests.support.databases import Engine
from tests.support.worlds import NOW

UPSERT = (
    "insert into audit_event (at, verb, object_type, data, previous_hash, hash) "
    "values ('2026-01-01', '', '', '{}', '', 'first') on conflict (hash) do update set verb = 'case.opened'"
)
REWRITING = {
    "update": "update audit_event set verb = 'case.opened'",
    "update of nothing that is there": "update audit_event set verb = verb where id = 1",
    "delete": "delete from audit_event where id = 1",
}
OF_ONE_ENGINE = {
    Engine.SQLITE: [
        "insert or replace into audit_event (id, at, verb, object_type, data, previous_hash, hash) "
        "values (1, '2026-01-01', 'case.opened', '', '{}', '', 'other')",
        "replace into audit_event (at, verb, object_type, data, previous_hash, hash) "
        "values ('2026-01-01', 'case.opened', '', '{}', '', 'first')",
        UPSERT,
    ],
    Engine.POSTGRES: [
        "truncate audit_event",
        "truncate audit_event cascade",
        UPSERT,
    ],
}


def _an_event(verb: str = "user.created", digest: str = "first") -> None:
    AuditEvent.create(at=NOW, verb=verb, previous_hash="", hash=digest)


def _refused(database: Database, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), database.atomic():
        database.execute_sql(statement)
    assert [(event.verb, event.hash) for event in AuditEvent.select()] == [("user.created", "first")]


@pytest.mark.parametrize("how", REWRITING)
def test_what_was_written_cannot_be_rewritten(database: Database, how: str) -> None:
    _an_event()
    _refused(database, REWRITING[how])


@pytest.mark.parametrize("which", range(3))
def test_nor_by_the_ways_only_one_engine_has(database: Database, engine: Engine, which: int) -> None:
    _an_event()
    _refused(database, OF_ONE_ENGINE[engine][which])


def test_a_new_event_is_taken(database: Database) -> None:
    _an_event()
    _an_event("case.opened", "second")
    assert AuditEvent.select().count() == 2
