"""Small worlds for tests: a commission with its people, letters and cases in a known state.

Everything is made through the product's own operations where these exist, so that a world
cannot hold what the product would refuse.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from cases.parties.models import Member, Organisation
from cases.people.actor import Actor
from cases.people.models import Commission, User, UserRole
from cases.people.passwords import hash_password
from cases.text import fold, name_sort_key
from procedures.schema import Role

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
PASSWORD = "mật khẩu thử nghiệm"
# One hash for every test user: hashing is slow on purpose, and no test looks at the salt.
_HASH = hash_password(PASSWORD)


def a_commission(
    code: str = "as", *, name: str = "Ủy ban Kiểm tra Tỉnh ủy An Sơn", level: str = "tinh"
) -> Commission:
    return Commission.create(
        code=code,
        name=name,
        level=level,
        superior_line="TỈNH ỦY AN SƠN",
        issuer_line="ỦY BAN KIỂM TRA",
        symbol_suffix="UBKTTU",
        place="An Sơn",
        term_name="2025-2030",
    )


def a_user(
    commission: Commission,
    *roles: Role,
    name: str = "Lê Văn Thử",
    username: str | None = None,
    member: Member | None = None,
    unit: str = "",
    post: str = "",
) -> User:
    login = username or f"user{User.select().count() + 1}"
    user = User.create(
        commission=commission,
        username=login,
        full_name=name,
        name_fold=fold(name),
        name_sort=name_sort_key(name),
        password_hash=_HASH,
        member=member,
        unit=unit,
        post=post,
        created_at=NOW,
    )
    UserRole.insert_many([{"user": user, "role": role.value} for role in roles]).execute()
    return user


def an_organisation(
    code: str = "CB1",
    *,
    name: str = "Chi bộ cơ quan xã Thử",
    level: str = "chi_bo",
    parent: Organisation | None = None,
) -> Organisation:
    return Organisation.create(code=code, name=name, name_fold=fold(name), level=level, parent=parent)


def a_member(
    name: str = "Phạm Văn Mẫu",
    *,
    card: str | None = None,
    branch: Organisation | None = None,
    post: str = "Đảng viên",
) -> Member:
    return Member.create(
        card_number=card or f"90.{100000 + Member.select().count()}",
        full_name=name,
        name_fold=fold(name),
        name_sort=name_sort_key(name),
        branch=branch,
        party_post=post,
        birth_date=date(1975, 4, 12),
        joined_on=date(2001, 5, 19),
        official_on=date(2002, 5, 19),
        management_level="grassroots",
    )


@dataclass
class Staff:
    """A commission with one person of each role, as users and as actors."""

    commission: Commission
    users: dict[Role, User] = field(default_factory=dict)

    def actor(self, role: Role) -> Actor:
        return self.users[role].as_actor()


NAMES = {
    Role.CLERK: "Lê Văn Thư",
    Role.INSPECTOR: "Trần Thị Kiểm",
    Role.TEAM_HEAD: "Ngô Văn Đoàn",
    Role.HEAD_OF_SECTION: "Bùi Thị Phòng",
    Role.COMMISSIONER: "Đỗ Văn Ủy",
    Role.CHAIR: "Vũ Thị Nhiệm",
    Role.STATISTICIAN: "Hồ Văn Số",
    Role.ADMINISTRATOR: "Lý Thị Trị",
}


def a_staffed_commission(roles: Iterable[Role] = Role) -> Staff:
    staff = Staff(a_commission())
    for role in roles:
        staff.users[role] = a_user(
            staff.commission, role, name=NAMES[role], username=role.value, post=role.label
        )
    return staff
