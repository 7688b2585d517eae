"""Commands of the installation itself: the database, and the wrapper every other command uses."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from flask.cli import with_appcontext

from cases import db
from cases.errors import UserFacingError

P = ParamSpec("P")
R = TypeVar("R")


def with_database(command: Callable[P, R]) -> Callable[P, R]:
    """Run a command with an open, migrated database; an expected refusal becomes one line, not a trace."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        db.database.connect(reuse_if_open=True)
        try:
            db.migrate()
            return command(*args, **kwargs)
        except UserFacingError as error:
            raise click.ClickException(error.message) from error
        finally:
            db.database.close()

    return with_appcontext(run)


@click.group("db")
def group() -> None:
    """Cơ sở dữ liệu."""


@group.command()
@with_database
def upgrade() -> None:
    """Nâng cấp cấu trúc cơ sở dữ liệu lên bản mới nhất."""
    click.echo("Cơ sở dữ liệu đã ở bản mới nhất.")


@group.command()
@with_appcontext
def status() -> None:
    """Liệt kê các bước nâng cấp chưa chạy."""
    db.database.connect(reuse_if_open=True)
    for name in db.pending_migrations():
        click.echo(name)
    db.database.close()
