"""Fresh databases for tests, on SQLite and on PostgreSQL.

Migrations run once per worker and engine, into a template; every test gets a copy. A copy is
sound where clearing tables is not: rows put in by migrations stay, triggers that forbid deletion
stay in force, tests may commit, use several connections or several processes.
"""

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from pathlib import Path

import psycopg
from peewee import Database
from psycopg import sql

from cases.db import connect, migrate
from tests.support import postgres

BOTH_ENGINES_FOLDERS = ("operations", "properties", "migrations")
_numbers = itertools.count(1)


class Engine(StrEnum):
    SQLITE = "sqlite"
    POSTGRES = "postgres"


@contextmanager
def empty(engine: Engine, folder: Path) -> Iterator[str]:
    """The address of a database without any table; `folder` holds the file on SQLite."""
    if engine is Engine.SQLITE:
        yield f"sqlite:///{folder / f'empty-{next(_numbers)}.sqlite3'}"
        return
    with _postgres_copy("template0") as url:
        yield url


@contextmanager
def migrated(engine: Engine, folder: Path) -> Iterator[str]:
    """The address of a database with every migration applied and no other row."""
    if engine is Engine.SQLITE:
        path = folder / f"test-{next(_numbers)}.sqlite3"
        shutil.copyfile(_sqlite_template(folder.parent), path)
        yield f"sqlite:///{path}"
        return
    with _postgres_copy(_postgres_template()) as url:
        yield url


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """Bind the models to the database at `url` for the time of the block."""
    database = connect(url)
    try:
        yield database
    finally:
        if not database.is_closed():
            database.close()


@cache
def _sqlite_template(folder: Path) -> Path:
    path = folder / "template.sqlite3"
    with opened(f"sqlite:///{path}") as database:
        migrate(database)
        # One file to copy: what is still in the log goes into it.
        database.execute_sql("pragma wal_checkpoint(truncate)")
    return path


@cache
def _postgres_template() -> str:
    name = f"template_{_worker()}"
    _administer(sql.SQL("create database {} template template0").format(sql.Identifier(name)))
    with opened(_postgres_url(name)) as database:
        migrate(database)
    return name


@contextmanager
def _postgres_copy(template: str) -> Iterator[str]:
    name = f"test_{_worker()}_{next(_numbers)}"
    _administer(
        sql.SQL("create database {} template {} strategy file_copy").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )
    try:
        yield _postgres_url(name)
    finally:
        _administer(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def _postgres_url(name: str) -> str:
    return f"postgresql://{postgres.SUPERUSER}@/{name}?host={postgres.running()}"


def _administer(statement: sql.Composed) -> None:
    with psycopg.connect(_postgres_url("postgres"), autocommit=True) as connection:
        connection.execute(statement)


def _worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")
