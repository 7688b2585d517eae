"""The migrations and the models tell of the same tables; nothing is left when the migrations are undone."""

from pathlib import Path

import pytest
from peewee import Database, IntegrityError, OperationalError, ProgrammingError
from playhouse.migrations import Runner

from cases.db import MIGRATIONS, all_models, append_only, is_sqlite, migrate, pending_migrations
from cases.people.models import User, UserRole
from procedures.schema import Role
from tests.support.databases import opened
from tests.support.table_facts import HISTORY, facts
from tests.support.worlds import a_member, a_staffed_commission, an_organisation

REMEDY = (
    "A model changed. Before the first release: .venv/bin/python -m cases.migrations.freeze;"
    " after it: a new numbered migration written by hand."
)


def _made_by_migrations(url: str) -> set[str]:
    with opened(url) as database:
        return facts(database)


def _made_from_models(url: str) -> set[str]:
    with opened(url) as database:
        database.create_tables(all_models())
        for statement in append_only("audit_event", keys=("id", "hash")):
            database.execute_sql(statement)
        return facts(database)


def test_migrations_make_the_tables_the_models_speak_of(database_url: str, empty_database_url: str) -> None:
    migrated, wanted = _made_by_migrations(database_url), _made_from_models(empty_database_url)
    lines = [f"+ {fact}" for fact in wanted - migrated] + [f"- {fact}" for fact in migrated - wanted]
    assert not lines, "\n".join([REMEDY, *sorted(lines, key=lambda line: line[2:])])


def test_every_model_has_its_table_with_columns_indexes_and_checks(database: Database) -> None:
    known = facts(database)
    for model in all_models():
        table, meta = model._meta.table_name, model._meta
        own = [fact for fact in known if fact.split(":")[0].strip('"') == table]
        assert sum(": column " in fact for fact in own) == len(meta.columns)
        assert sum(": constraint CHECK " in fact for fact in own) == len(meta.constraints or ())
        # Every foreign key and every column marked so has an index; SQLite keeps none for the key itself.
        indexes = len(meta.fields_to_index()) + (0 if is_sqlite() else 1)
        assert sum(": index " in fact for fact in own) == indexes


def test_an_empty_database_is_migrated_and_undone_without_a_trace(empty_database_url: str) -> None:
    with opened(empty_database_url) as database:
        for _ in range(2):
            assert pending_migrations() == ["0001_house"]
            assert migrate() == ["0001_house"]
            made = facts(database)
            assert migrate() == []
            assert facts(database) == made
            Runner(database, str(MIGRATIONS)).down("0001_house")
            assert facts(database) == set()
            assert database.get_tables() == [HISTORY]


def test_a_database_in_use_is_undone_too(database: Database) -> None:
    branch = an_organisation(parent=an_organisation("CB0", name="Đảng bộ xã Thử", level="co_so"))
    staff = a_staffed_commission([Role.CLERK])
    staff.commission.organisation = branch
    staff.commission.save()
    a_member(branch=branch)
    Runner(database, str(MIGRATIONS)).down("0001_house")
    assert facts(database) == set()
    assert migrate() == ["0001_house"]
    assert User.select().count() == 0


def test_foreign_keys_hold_again_after_a_migration(empty_database_url: str) -> None:
    with opened(empty_database_url):
        migrate()
        with pytest.raises(IntegrityError):
            UserRole.create(user=77, role=Role.CLERK.value)


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "0001_good.py").write_text(
        "def up(migrator, db): db.execute_sql('create table good (id int)')"
    )
    (tmp_path / "0002_bad.py").write_text("def up(migrator, db): db.execute_sql('create table')")
    monkeypatch.setattr("cases.db.MIGRATIONS", tmp_path)
    with opened(empty_database_url) as database:
        with pytest.raises((OperationalError, ProgrammingError)):
            migrate()
        assert database.get_tables() == []
        assert pending_migrations() == ["0001_good", "0002_bad"]
