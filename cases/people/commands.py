"""Commands about people: the one-time code of an empty installation."""

import click
from flask import current_app

from cases.commands import with_database
from cases.people.operations import make_first_admin_code


@click.group("first-admin")
def group() -> None:
    """Người quản trị đầu tiên."""


@group.command()
@with_database
def code() -> None:
    """In mã dùng một lần để mở trang khởi tạo của hệ thống trống."""
    click.echo(make_first_admin_code(now=current_app.extensions["clock"].now()))
