"""Commands about deadlines."""

import click
from flask import current_app

from cases.commands import with_database
from cases.deadlines.recount import recount_all


@click.group("deadlines")
def group() -> None:
    """Thời hạn."""


@group.command()
@with_database
def recount() -> None:
    """Tính lại mọi thời hạn đang chạy; ghi những ngày bị dời. Chạy lại lúc nào cũng được."""
    done = recount_all(now=current_app.extensions["clock"].now())
    click.echo(f"Đã tính {done.counted} thời hạn đang chạy, {done.written} ngày bị dời đã ghi lại.")
