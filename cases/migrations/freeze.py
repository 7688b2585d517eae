"""Writes the statements of the first migration from the models: `python -m cases.migrations.freeze`.

Only before the first release. From then on the files of a released migration are never written
again: databases out there were made by them. A change of a model gets a new numbered migration,
written by hand, and this module is removed.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from peewee import Database, PostgresqlDatabase, SchemaManager, SqliteDatabase

from cases.db import MIGRATIONS, BaseModel, all_models, append_only, database

LONGEST_NAME = 63  # bytes PostgreSQL keeps of a name
HEADER = """\
-- The first house on {engine}. A statement ends with a semicolon at the end of a line.
-- Before the first release written anew by: python -m cases.migrations.freeze
-- After it never changed: what changes gets a new numbered migration, written by hand.
"""


def main() -> None:
    """Write both files. The engines are only asked how they spell; nothing is connected to."""
    engines: tuple[tuple[str, Database], ...] = (
        ("SQLite", SqliteDatabase(None)),
        ("PostgreSQL", PostgresqlDatabase(None, prefer_psycopg3=True)),
    )
    for engine, speaker in engines:
        database.initialize(speaker)
        text = "\n".join([HEADER.format(engine=engine), *_sections()])
        (MIGRATIONS / f"0001_house.{engine.lower()}.sql").write_text(text, encoding="utf-8")


def _sections() -> Iterator[str]:
    """One section per feature, tables in the order of their dependencies, the triggers last."""
    for feature, models in groupby(all_models(), key=lambda model: model.__module__.split(".")[1]):
        yield f"\n-- {feature}\n"
        for model in models:
            schema: Any = SchemaManager(model)  # what only spells, without executing, has no types
            yield _table(model, schema._create_table(safe=False).query()[0])
            indexes = [f"{index.query()[0]};" for index in schema._create_indexes(safe=False)]
            yield "\n".join([*indexes, ""])
    yield "\n-- the journal only grows\n"
    yield from (f"{statement};\n" for statement in append_only("audit_event", keys=("id", "hash")))


def _table(model: type[BaseModel], statement: str) -> str:
    """CREATE TABLE with one column or constraint per line."""
    head, _, body = statement.partition(" (")
    taken: set[str] = set()
    lines = [_named(model, item, taken) for item in _items(body.removesuffix(")"))]
    return f"{head} (\n    " + ",\n    ".join(lines) + "\n);\n"


def _items(body: str) -> Iterator[str]:
    """The columns and constraints between the outer brackets of CREATE TABLE."""
    depth, quoted, begin = 0, False, 0
    for place, letter in enumerate(body):
        if letter == "'":
            quoted = not quoted
        elif not quoted:
            depth += (letter == "(") - (letter == ")")
            if letter == "," and not depth:
                yield body[begin:place].strip()
                begin = place + 1
    yield body[begin:].strip()


def _named(model: type[BaseModel], item: str, taken: set[str]) -> str:
    """A constraint with a name made of its table and columns, so that a refusal says what it refused."""
    kind = {"FOREIGN": "fkey", "CHECK": "check"}.get(item.split(" ", 1)[0])
    if kind is None:
        return item
    subject = item.split("REFERENCES")[0] if kind == "fkey" else re.sub(r"'[^']*'", "", item)
    columns = [word for word in re.findall(r"\w+", subject) if word in model._meta.columns]
    stem = "_".join([model._meta.table_name, *dict.fromkeys(columns)])[: LONGEST_NAME - len(kind) - 2]
    name = next(n for count in ("", *range(2, 10)) if (n := f"{stem}_{kind}{count}") not in taken)
    taken.add(name)
    return f'CONSTRAINT "{name}" {item}'


if __name__ == "__main__":
    main()
