"""Further commissions of one installation: a commune's beside the province's, each with its own people."""

from dataclasses import dataclass
from datetime import datetime

from peewee import IntegrityError

from cases.audit.operations import act
from cases.db import database
from cases.errors import Invalid
from cases.parties.models import Organisation
from cases.people.models import Commission, User
from cases.people.users import create_user
from cases.text import clean_line
from procedures.schema import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCommission:
    """What the papers of a commission say about it, and the organisation whose subtree it looks after."""

    code: str
    name: str
    level: str
    superior_line: str
    symbol_suffix: str
    place: str
    term_name: str
    organisation_code: str
    parent_code: str = ""


def add_commission(
    new: NewCommission, *, username: str, full_name: str, password: str, now: datetime
) -> User:
    """Set up a commission and its administrator, who changes the password at the first sign-in.

    Only the installation itself does this (a command); raises Invalid with the field at fault.
    """
    organisation = Organisation.get_or_none(Organisation.code == new.organisation_code.strip())
    if organisation is None:
        raise Invalid(
            f"Không có tổ chức đảng mang mã “{new.organisation_code}”. Nhập danh sách tổ chức đảng trước.",
            field="organisation_code",
        )
    parent = Commission.get_or_none(Commission.code == new.parent_code) if new.parent_code else None
    if new.parent_code and parent is None:
        raise Invalid(f"Không có ủy ban kiểm tra mang mã “{new.parent_code}”.", field="parent_code")
    with act(None, "commission.created", now=now) as event:
        made = _store(new, organisation, parent)
        event.about(made)
        event.say(name=made.name, organisation=organisation.code)
        return create_user(
            None, commission=made, username=username, full_name=full_name, roles=[Role.ADMINISTRATOR],
            password=password, now=now,
        )  # fmt: skip


def _store(new: NewCommission, organisation: Organisation, parent: Commission | None) -> Commission:
    try:
        with database.atomic():
            return Commission.create(
                code=clean_line(new.code), name=clean_line(new.name), level=new.level, parent=parent,
                organisation=organisation, superior_line=clean_line(new.superior_line),
                issuer_line="ỦY BAN KIỂM TRA", symbol_suffix=clean_line(new.symbol_suffix),
                place=clean_line(new.place), term_name=clean_line(new.term_name),
            )  # fmt: skip
    except IntegrityError as error:
        raise Invalid(f"Mã ủy ban kiểm tra “{new.code}” đã có.", field="code") from error
