"""Staff of the commission: user accounts without a password until the administrator gives one."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from cases.errors import Refused
from cases.imports.desk import Desk
from cases.imports.reports import RowProblems
from cases.imports.rows import ReadRow
from cases.imports.stores.base import filled, or_none, text
from cases.imports.values import Value
from cases.people.models import User, UserRole
from cases.text import clean_line, fold, name_sort_key
from procedures.schema import Role

_COLUMNS: Final = {
    name: name for name in ("full_name", "post", "rank", "unit", "email", "phone", "entered_on")
}
_SENIOR: Final = "kiem tra vien chinh"
_UNIT_OF_POST: Final = re.compile(r"(?:Phó )?Trưởng phòng (?P<unit>.+)", re.IGNORECASE)


class StaffStore:
    def in_order(self, desk: Desk, rows: Sequence[ReadRow]) -> Sequence[ReadRow]:
        return rows

    def find(self, desk: Desk, row: ReadRow) -> User | None:
        found: User | None = User.get_or_none(User.username == self._username(row))
        if found is not None and found.commission_id != desk.commission.id:
            reason = "Tên đăng nhập theo thư này đã có người dùng ở ủy ban kiểm tra khác."
            raise RowProblems(("email", reason))
        return found

    def said(self, desk: Desk, row: ReadRow) -> Mapping[str, Value]:
        return {**row.values, "unit": _unit(row) or None, "roles": tuple(sorted(_roles(row)))}

    def written(self, found: User) -> Mapping[str, Value]:
        own = {name: or_none(getattr(found, name)) for name in _COLUMNS}
        return {**own, "roles": tuple(sorted(_held(found)))}

    def create(self, desk: Desk, row: ReadRow) -> User:
        name = text(row, "full_name")
        # An empty password hash matches no password: nobody signs in before the administrator says so.
        made = User.create(
            **{**filled(row, _COLUMNS), "unit": _unit(row)}, commission=desk.commission,
            username=self._username(row), name_fold=fold(name), name_sort=name_sort_key(name),
            password_hash="", must_change_password=True, created_at=desk.now,
        )  # fmt: skip
        _give_roles(made, _roles(row))
        return made

    def replace(self, desk: Desk, found: User, row: ReadRow) -> None:
        roles = _roles(row)
        if desk.actor and found.id == desk.actor.user_id and Role.ADMINISTRATOR not in roles:
            raise Refused("Không thể tự bỏ quyền quản trị của mình; đề nghị người quản trị khác thực hiện.")
        for column, value in {**filled(row, _COLUMNS), "unit": _unit(row) or found.unit}.items():
            setattr(found, column, value)
        found.name_fold, found.name_sort = fold(found.full_name), name_sort_key(found.full_name)
        found.save()
        UserRole.delete().where(UserRole.user == found).execute()
        _give_roles(found, roles)

    def _username(self, row: ReadRow) -> str:
        name = fold(text(row, "email").partition("@")[0])
        if not name:
            raise RowProblems(("email", "Cần thư điện tử: phần trước @ là tên đăng nhập."))
        if len(name) > User.username.max_length:
            raise RowProblems(("email", "Phần trước @ quá dài để làm tên đăng nhập."))
        return name


def _roles(row: ReadRow) -> set[str]:
    """The roles written, with those they bring: the chair sits on the commission, senior inspectors lead."""
    written = row.values.get("roles")
    roles = {str(role) for role in written} if isinstance(written, tuple) else set()
    if Role.CHAIR in roles:
        roles.add(Role.COMMISSIONER.value)
    senior = _SENIOR in (fold(text(row, "post")), fold(text(row, "rank")))
    if Role.INSPECTOR in roles and senior:
        roles.add(Role.TEAM_HEAD.value)
    return roles


def _held(user: User) -> list[str]:
    return [held.role for held in UserRole.select().where(UserRole.user == user)]


def _unit(row: ReadRow) -> str:
    of_post = _UNIT_OF_POST.fullmatch(text(row, "post"))
    return text(row, "unit") or (clean_line(of_post["unit"]) if of_post else "")


def _give_roles(user: User, roles: set[str]) -> None:
    UserRole.insert_many([{"user": user, "role": role} for role in sorted(roles)]).execute()
