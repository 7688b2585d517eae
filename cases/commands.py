"""Commands of the installation itself: the database, the rules, the journal, and the wrapper they share."""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from flask import current_app
from flask.cli import with_appcontext

from cases import db
from cases.audit.operations import first_broken_event
from cases.book.commands import calc
from cases.definitions import definitions, problems_of
from cases.errors import UserFacingError
from procedures.load import summary

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
def database_group() -> None:
    """Cơ sở dữ liệu."""


@database_group.command()
@with_database
def upgrade() -> None:
    """Nâng cấp cấu trúc cơ sở dữ liệu lên bản mới nhất."""
    click.echo("Cơ sở dữ liệu đã ở bản mới nhất.")


@database_group.command()
@with_appcontext
def status() -> None:
    """Liệt kê các bước nâng cấp chưa chạy."""
    db.database.connect(reuse_if_open=True)
    for name in db.pending_migrations():
        click.echo(name)
    db.database.close()


COUNTED = {
    "procedures": "quy trình",
    "editions": "bản hiệu lực",
    "steps": "bước",
    "packs_on": "gói bổ trợ đang bật",
    "pack_procedures": "quy trình bổ trợ",
    "limits": "thời hạn",
    "unconfirmed_limits": "thời hạn chưa xác nhận",
    "rules": "quy tắc các loại",
    "principles": "quy tắc không phải thời hạn",
    "forms": "mẫu văn bản",
    "problems": "lỗi",
}


@click.group("rules")
def rules_group() -> None:
    """Quy trình, thời hạn, mẫu văn bản."""


@rules_group.command()
@click.option("--json", "as_json", is_flag=True, help="In dưới dạng JSON.")
@with_appcontext
def check(as_json: bool) -> None:
    """Đọc lại, kiểm tra toàn bộ quy định và mẫu văn bản; in số lượng và từng lỗi."""
    loaded = definitions()
    problems = problems_of(current_app.extensions["settings"])
    counts = asdict(summary(loaded.rules)) | {"forms": len(loaded.forms), "problems": len(problems)}
    click.echo(
        json.dumps(counts) if as_json else "\n".join(f"{n} {COUNTED[name]}" for name, n in counts.items())
    )
    if problems:
        raise click.ClickException("\n".join(problems))


rules_group.add_command(calc)


@click.group("journal")
def journal_group() -> None:
    """Nhật ký."""


@journal_group.command()
@with_database
def verify() -> None:
    """Kiểm tra chuỗi mã băm của nhật ký; thoát với mã lỗi khi chuỗi bị đứt."""
    broken = first_broken_event()
    if broken is not None:
        raise click.ClickException(f"Chuỗi nhật ký đứt ở dòng số {broken}.")
    click.echo("Nhật ký liền mạch.")


GROUPS = (database_group, rules_group, journal_group)
