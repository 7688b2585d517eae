"""The first house."""

from cases.db import all_models, append_only


def up(migrator, db):
    db.create_tables(all_models())
    for statement in append_only("audit_event"):
        db.execute_sql(statement)


def down(migrator, db):
    db.drop_tables(all_models())
