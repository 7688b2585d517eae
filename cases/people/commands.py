"""Commands about people: the first administrator's code, and further commissions of the installation."""

import click
from flask import current_app

from cases.commands import with_database
from cases.people.commissions import NewCommission, add_commission
from cases.people.operations import make_first_admin_code, temporary_password


@click.group("first-admin")
def group() -> None:
    """Người quản trị đầu tiên."""


@group.command()
@with_database
def code() -> None:
    """In mã dùng một lần để mở trang khởi tạo của hệ thống trống."""
    click.echo(make_first_admin_code(now=current_app.extensions["clock"].now()))


@click.group("commission")
def commissions_group() -> None:
    """Các ủy ban kiểm tra trên cùng một hệ thống."""


@commissions_group.command("add")
@click.argument("code")
@click.option("--name", required=True, help="Ví dụ: Ủy ban Kiểm tra Đảng ủy xã Thạnh Mỹ.")
@click.option("--organisation", required=True, help="Mã tổ chức đảng trong danh sách đã nhập.")
@click.option("--level", type=click.Choice(["tinh", "xa"]), default="xa", show_default=True)
@click.option("--superior", required=True, help="Dòng cơ quan cấp trên trên văn bản: ĐẢNG ỦY XÃ …")
@click.option("--symbol", default="UBKTĐU", show_default=True, help="Ký hiệu cơ quan.")
@click.option("--place", required=True, help="Địa danh trên văn bản.")
@click.option("--term", default="2025-2030", show_default=True)
@click.option("--parent", default="", help="Mã ủy ban kiểm tra cấp trên trên hệ thống này.")
@click.option("--admin", required=True, help="Tên đăng nhập của người quản trị.")
@click.option("--admin-name", required=True, help="Họ và tên người quản trị.")
@with_database
def add(
    code: str, name: str, organisation: str, level: str, superior: str, symbol: str, place: str, term: str,
    parent: str, admin: str, admin_name: str,
) -> None:  # fmt: skip
    """Lập thêm một ủy ban kiểm tra và người quản trị của ủy ban đó."""
    new = NewCommission(
        code=code, name=name, level=level, superior_line=superior, symbol_suffix=symbol, place=place,
        term_name=term, organisation_code=organisation, parent_code=parent,
    )  # fmt: skip
    password = temporary_password()
    user = add_commission(
        new, username=admin, full_name=admin_name, password=password,
        now=current_app.extensions["clock"].now(),
    )  # fmt: skip
    click.echo(f"Đã lập {name}. Đăng nhập: {user.username}, mật khẩu tạm: {password}")
