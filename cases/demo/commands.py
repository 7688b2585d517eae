"""Commands of the demonstration: load it, print who can sign in."""

import click
from flask import current_app

from cases.commands import with_database
from cases.demo.cast import Cast
from cases.demo.loading import add_cases, load_demonstration, sign_ins
from cases.people.models import Commission


@click.group("demo")
def group() -> None:
    """Dữ liệu minh họa."""


@group.command()
@click.option("--if-empty", is_flag=True, help="Chỉ nạp khi hệ thống chưa có ủy ban kiểm tra nào.")
@with_database
def load(if_empty: bool) -> None:
    """Nạp ủy ban kiểm tra minh họa từ các sổ mẫu."""
    if if_empty:
        load_when_empty()
    else:
        _load()


def load_when_empty() -> None:
    """Load the demonstration where there is no commission yet; otherwise say that nothing is done."""
    if Commission.select().exists():
        click.echo("Hệ thống đã có dữ liệu, không nạp dữ liệu minh họa.")
    else:
        _load()


def _load() -> None:
    report = load_demonstration(now=current_app.extensions["clock"].now())
    for name, one in report.reports.items():
        click.echo(f"{name}: lưu mới {one.stored}, không đổi {one.unchanged}, cần sửa {one.troubled}")
    own = current_app.extensions
    if add_cases(Cast(vault=own["vault"], settings=own["settings"])):
        click.echo("Đã lập các hồ sơ vụ việc minh họa.")


@group.command("sign-ins")
@with_database
def print_sign_ins() -> None:
    """In tên đăng nhập, chức vụ, vai trò và mật khẩu của ủy ban minh họa."""
    lines = sign_in_lines()
    if not lines:
        raise click.ClickException("Chưa có dữ liệu minh họa; nạp bằng lệnh demo load.")
    for line in lines:
        click.echo(line)


def sign_in_lines() -> list[str]:
    """The table of demonstration sign-ins, a line each, its head first; empty without the demonstration."""
    rows = [
        (one.username, one.full_name, one.post, ", ".join(one.roles), one.words or "đã đổi")
        for one in sign_ins()
    ]
    if not rows:
        return []
    rows.insert(0, ("Tên đăng nhập", "Họ và tên", "Chức vụ", "Vai trò", "Mật khẩu"))
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]
