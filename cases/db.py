"""The database: one proxy, one connection per request, SQLite by default and PostgreSQL by address.

Nothing outside this module (and search) knows which of the two is behind it.
"""

import hashlib
import importlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from peewee import Database, DatabaseProxy, DateTimeField, Model, PostgresqlDatabase, SqliteDatabase
from playhouse.db_url import connect as connect_url
from playhouse.migrations import Runner

LONGEST_WAIT, BETWEEN_TRIES = 30.0, 0.02  # seconds
MIGRATIONS = Path(__file__).parent / "migrations"
FEATURES = (
    "parties", "people", "audit", "intake", "plans", "lifecycle", "evidence", "deadlines",
    "documents", "approvals", "sessions", "decisions", "imports",
)  # fmt: skip

database = DatabaseProxy()


class BaseModel(Model):
    class Meta:
        database = database
        legacy_table_names = False


class UtcDateTimeField(DateTimeField):
    """An event: aware UTC in Python, naive UTC in the database, the same on both engines."""

    def db_value(self, value: datetime | None) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone cannot be stored")
        plain: Any = super()
        return plain.db_value(value.astimezone(UTC).replace(tzinfo=None))

    def python_value(self, value: Any) -> Any:
        plain: Any = super()
        moment = plain.python_value(value)
        return moment.replace(tzinfo=UTC) if isinstance(moment, datetime) else moment


class PatientSqlite(SqliteDatabase):
    """SQLite that waits for its turn to connect.

    Turning on WAL in a new file is refused at once while another process does the same: the time-out
    of SQLite covers statements, not that.
    """

    def _connect(self) -> Any:
        plain: Any = super()
        until = time.monotonic() + LONGEST_WAIT
        while True:
            try:
                return plain._connect()
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
                time.sleep(BETWEEN_TRIES)


def connect(url: str) -> Database:
    """Open the database at `url` and bind every model to it.

    SQLite gets WAL, foreign keys and IMMEDIATE transactions (a transaction that reads, then writes,
    otherwise fails under concurrency); PostgreSQL is spoken to through psycopg 3.
    """
    if url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///")
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        opened: Database = PatientSqlite(
            path,
            pragmas={
                "journal_mode": "wal",
                "foreign_keys": 1,
                "busy_timeout": int(LONGEST_WAIT * 1000),
                "synchronous": "normal",
            },
            lock_type="IMMEDIATE",
        )
    else:
        opened = connect_url(url, prefer_psycopg3=True)
    database.initialize(opened)
    return opened


def is_sqlite() -> bool:
    return isinstance(database.obj, SqliteDatabase)


@contextmanager
def transaction() -> Iterator[None]:
    """One write transaction; nested calls become savepoints of the outer one."""
    with database.atomic():
        yield


def lock_row(query: Any) -> Any:
    """Hold the rows of `query` until the transaction ends (SQLite holds the whole database already)."""
    return query if is_sqlite() else query.for_update()


def lock_name(name: str) -> None:
    """Let one transaction at a time pass this point, by name."""
    if isinstance(database.obj, PostgresqlDatabase):
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        database.execute_sql("select pg_advisory_xact_lock(%s)", (number,))


def all_models() -> list[type[BaseModel]]:
    """Every model of every feature, in an order in which tables can be made."""
    for feature in FEATURES:
        importlib.import_module(f"cases.{feature}.models")
    return sorted(_subclasses(BaseModel), key=lambda model: (FEATURES.index(model.__module__.split(".")[1]),))


def _subclasses(model: type[BaseModel]) -> list[type[BaseModel]]:
    return [found for child in model.__subclasses__() for found in (child, *_subclasses(child))]


def migrate(opened: Database | None = None) -> list[str]:
    """Apply pending migrations in order; returns their names.

    All of them are one transaction: an upgrade that fails leaves the database as it was. Several
    processes may start at once: one works, the others wait for it and find nothing left to do.
    """
    runner = Runner(opened or database.obj, str(MIGRATIONS))
    if not _pending(runner):
        return []
    with runner.migrator.migration_context():
        lock_name("migrations")
        names: list[str] = runner.up()
    return names


def pending_migrations() -> list[str]:
    return _pending(Runner(database.obj, str(MIGRATIONS)))


def _pending(runner: Runner) -> list[str]:
    return [migration.name for migration in runner.status() if not migration.applied]


def append_only(table: str, *, keys: tuple[str, ...] = ("id",)) -> list[str]:
    """The statements that make a table refuse every change but a new row, for the engine in use.

    `keys`: its unique columns. REPLACE of SQLite removes the row it collides with without asking the
    triggers of deletion; PostgreSQL has TRUNCATE.
    """
    if is_sqlite():
        refusal = f"begin select raise(abort, '{table} is append-only'); end"
        same = " or ".join(f"{key} = new.{key}" for key in keys)
        clash = " ".join(("select 1 from", table, "where", same))
        return [
            f"CREATE TRIGGER {table}_no_update before update on {table} {refusal}",
            f"CREATE TRIGGER {table}_no_delete before delete on {table} {refusal}",
            f"CREATE TRIGGER {table}_no_replace before insert on {table} when exists ({clash}) {refusal}",
        ]
    return [
        f"CREATE FUNCTION {table}_refuses() returns trigger language plpgsql as "
        f"$$ begin raise exception '{table} is append-only'; end $$",
        f"CREATE TRIGGER {table}_append_only before update or delete or truncate on {table} "
        f"for each statement execute function {table}_refuses()",
    ]
