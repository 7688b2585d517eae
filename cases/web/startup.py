"""What script/server does before it serves: migrate, demonstration or first code, sign-ins."""

from pathlib import Path

import click
from flask import current_app

from cases.commands import with_database
from cases.demo.commands import load_when_empty, sign_in_lines
from cases.errors import Refused
from cases.people.operations import make_first_admin_code
from cases.settings import Settings

REAL = "real-commission"


@click.command("prepare")
@click.option("--empty", is_flag=True, help="Lập ủy ban kiểm tra thật, không nạp dữ liệu minh họa.")
@with_database
def prepare(empty: bool) -> None:
    """Chuẩn bị khởi động: nâng cấp cơ sở dữ liệu, nạp minh họa khi còn trống, in cách đăng nhập."""
    settings: Settings = current_app.extensions["settings"]
    # A commission started empty stays without demonstration data, also while nobody has signed in yet.
    mark: Path = settings.instance_path / REAL
    if empty or mark.exists():
        _first_steps(mark)
        return
    load_when_empty()
    for line in sign_in_lines():
        click.echo(line)


def _first_steps(mark: Path) -> None:
    try:
        code = make_first_admin_code(now=current_app.extensions["clock"].now())
    except Refused as refusal:
        click.echo(refusal.message)
        return
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    click.echo(f"Tạo người quản trị đầu tiên tại /khoi-tao bằng mã dùng một lần: {code}")
