"""The first house: every table, index and constraint, and the journal that can only grow.

The statements stand beside this file, one file per engine. They do not know the models: a model that
changes later changes nothing here, it gets a migration of its own.
"""

import re
from pathlib import Path

from peewee import Database, SqliteDatabase
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    for statement in _statements(db).split(";\n"):
        if statement.strip():
            db.execute_sql(statement)


def down(migrator: SchemaMigrator, db: Database) -> None:
    statements = _statements(db)
    for table in reversed(re.findall(r"^CREATE TABLE (\S+)", statements, re.MULTILINE)):
        db.execute_sql(f"DROP TABLE {table}")
    for function in re.findall(r"^CREATE FUNCTION (\S+)", statements, re.MULTILINE):
        db.execute_sql(f"DROP FUNCTION {function}")


def _statements(db: Database) -> str:
    """The file for the engine of `db`; a statement ends with a semicolon at the end of a line."""
    engine = "sqlite" if isinstance(db, SqliteDatabase) else "postgresql"
    return Path(__file__).with_suffix(f".{engine}.sql").read_text(encoding="utf-8")
