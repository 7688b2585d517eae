"""The first administrator of an empty installation, behind a code printed on the server's console."""

import secrets
from datetime import datetime

from cases.audit.operations import act
from cases.db import lock_name, transaction
from cases.errors import Invalid, NotFound, Refused
from cases.people.models import Commission, FirstAdminCode, User
from cases.people.passwords import hash_password, matches
from cases.people.users import create_user
from procedures.schema import Role


def make_first_admin_code(*, now: datetime) -> str:
    """A new one-time code for the first-administrator page; the one before stops working."""
    if User.select().exists():
        raise Refused("Hệ thống đã có người dùng; mã khởi tạo không còn dùng được.")
    code = "-".join(secrets.token_hex(2) for _ in range(4))
    with transaction():
        FirstAdminCode.delete().execute()
        FirstAdminCode.create(code_hash=hash_password(code), made_at=now)
    return code


def create_first_admin(
    *, code: str, commission: Commission, username: str, full_name: str, password: str, now: datetime
) -> User:
    """Turn the console's code into the commission and its first administrator, once."""
    with transaction():
        lock_name("first-admin")  # of two who hold the code, one comes first
        waiting = FirstAdminCode.get_or_none(FirstAdminCode.used_at.is_null())
        if waiting is None or User.select().exists():
            raise NotFound("Trang khởi tạo không còn dùng được.")
        if not matches(waiting.code_hash, code.strip()):
            raise Invalid("Mã khởi tạo không đúng. Mã in trên màn hình máy chủ khi khởi động.", field="code")
        waiting.used_at = now
        waiting.save()
        with act(None, "commission.created", now=now) as event:
            _keep(commission)
            event.about(commission)
        return create_user(
            None, commission=commission, username=username, full_name=full_name,
            roles=[Role.ADMINISTRATOR], password=password, now=now, must_change_password=False,
        )  # fmt: skip


def _keep(commission: Commission) -> None:
    """Store the commission; one that an import made before has only waited for its particulars."""
    made = list(Commission.select().limit(2))
    if len(made) == 1:
        commission.id, commission.code = made[0].id, made[0].code
        commission.organisation = made[0].organisation
    commission.save(force_insert=len(made) != 1)
