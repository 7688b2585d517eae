"""What a database says of its own tables: one sentence per fact, equal for equal schemas."""

import re
from collections.abc import Iterator

from peewee import Database, SqliteDatabase

HISTORY = "schema_migration"  # the runner's own table

POSTGRES_FACTS = {
    "column": "select c.relname, concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), "
    "case when a.attnotnull then 'not null' end, pg_get_expr(d.adbin, d.adrelid)) "
    "from pg_class c join pg_attribute a on a.attrelid = c.oid "
    "left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum "
    "where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' "
    "and a.attnum > 0 and not a.attisdropped",
    "index": "select tablename, indexdef from pg_indexes where schemaname = 'public'",
    "constraint": "select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint "
    "where connamespace = 'public'::regnamespace and contype <> 'n'",
    "trigger": "select t.tgrelid::regclass::text, pg_get_triggerdef(t.oid) || p.prosrc "
    "from pg_trigger t join pg_proc p on p.oid = t.tgfoid where not t.tgisinternal",
    "function": "select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace",
}


def facts(database: Database) -> set[str]:
    """Columns, indexes, constraints (without their names) and triggers of every table but the history."""
    found = _sqlite(database) if isinstance(database, SqliteDatabase) else _postgres(database)
    return {f"{table}: {kind} {fact}" for table, kind, fact in found if table.strip('"') != HISTORY}


def _postgres(database: Database) -> Iterator[tuple[str, str, str]]:
    for kind, query in POSTGRES_FACTS.items():
        for table, fact in database.execute_sql(query).fetchall():
            yield table, kind, fact


def _sqlite(database: Database) -> Iterator[tuple[str, str, str]]:
    def ask(query: str) -> list[tuple[str, ...]]:
        return list(database.execute_sql(query).fetchall())

    for name, statement in ask("select name, sql from sqlite_master where type = 'table'"):
        yield from ((name, "constraint", f"CHECK {check}") for check in _checks(statement))
        for column, kind, strict, default, key in ask(
            f"select name, type, \"notnull\", dflt_value, pk from pragma_table_info('{name}')"
        ):
            yield name, "column", f"{column} {kind}, not null {strict}, default {default}, key {key}"
        for column, table, target, on_update, on_delete in ask(
            f'select "from", "table", "to", on_update, on_delete from pragma_foreign_key_list(\'{name}\')'
        ):
            yield name, "constraint", f"{column} → {table}.{target} {on_update} / {on_delete}"
        for index, unique, partial in ask(
            f"select name, \"unique\", partial from pragma_index_list('{name}')"
        ):
            columns = [column for (column,) in ask(f"select name from pragma_index_info('{index}')")]
            yield name, "index", f"{index} {columns}, unique {unique}, partial {partial}"
    for table, statement in ask("select tbl_name, sql from sqlite_master where type = 'trigger'"):
        yield table, "trigger", statement


def _checks(statement: str) -> Iterator[str]:
    """The conditions of CREATE TABLE; SQLite can tell them only as the text they were made of."""
    for found in re.finditer(r"CHECK (?=\()", statement):
        depth = 0
        for piece in re.finditer(r"'[^']*'|[()]", statement[found.end() :]):
            depth += {"(": 1, ")": -1}.get(piece.group(), 0)
            if not depth:
                yield statement[found.end() : found.end() + piece.end()]
                break
