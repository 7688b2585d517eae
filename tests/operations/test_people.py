"""Keeping users: what is refused, in which words, and what is written."""

from typing import Any

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.audit.operations import first_broken_event
from cases.errors import Invalid, NotAllowed, NotFound, Refused
from cases.people import operations, queries
from cases.people.models import Commission, FirstAdminCode, SignInFailure, SignInSession, User, UserRole
from cases.people.passwords import matches
from procedures.schema import Role
from tests.support.worlds import (
    NOW,
    PASSWORD,
    Staff,
    a_commission,
    a_member,
    a_staffed_commission,
    a_user,
    an_organisation,
)

FIRST_PASSWORD = "câu đầu tiên của tôi"


@pytest.fixture
def staff(database: Database) -> Staff:
    return a_staffed_commission()


def create(staff: Staff, role: Role = Role.ADMINISTRATOR, **changes: Any) -> User:
    given = {
        "commission": staff.commission,
        "username": "nguyen.an",
        "full_name": "Nguyễn Văn An",
        "roles": [Role.CLERK],
        "password": FIRST_PASSWORD,
        "now": NOW,
    }
    return operations.create_user(staff.actor(role), **{**given, **changes})


def change(staff: Staff, user: User, **changes: Any) -> User:
    given: dict[str, Any] = {
        "full_name": user.full_name,
        "roles": [Role.CLERK],
        "post": "",
        "unit": "",
        "rank": "",
        "email": "",
        "phone": "",
        "card_number": "",
        "active": True,
        "now": NOW,
    }
    return operations.change_user(staff.actor(Role.ADMINISTRATOR), user.id, **{**given, **changes})


def test_a_new_user_is_stored_clean_searchable_and_must_change_the_password(staff: Staff) -> None:
    create(staff, full_name="  Nguyễn Văn  Đức ", roles=[Role.CLERK, Role.INSPECTOR, Role.CLERK])
    user = User.get(User.username == "nguyen.an")
    assert (user.full_name, user.name_fold) == ("Nguyễn Văn Đức", "nguyen van duc")
    assert user.must_change_password and user.active and matches(user.password_hash, FIRST_PASSWORD)
    assert queries.roles_of([user])[user.id] == [Role.CLERK, Role.INSPECTOR]
    event = AuditEvent.get(AuditEvent.verb == "user.created")
    assert event.data == {"username": "nguyen.an", "roles": ["clerk", "inspector", "clerk"]}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"username": "clerk"}, "username"),
        ({"username": "CLERK"}, "username"),
        ({"roles": []}, "roles"),
        ({"full_name": " \u200b "}, "full_name"),
        ({"password": "ngắn"}, "password"),
        ({"password": "nguyen.an 2026"}, "password"),
        ({"password": "aaaaaaaaaaaa"}, "password"),
        ({"card_number": "00.000000"}, "card_number"),
    ],
)
def test_a_wrong_particular_is_refused_at_its_field_and_nothing_is_written(
    staff: Staff, wrong: dict[str, Any], field: str
) -> None:
    users, events = User.select().count(), AuditEvent.select().count()
    with pytest.raises(Invalid) as refused:
        create(staff, **wrong)
    assert refused.value.field == field and refused.value.message.endswith(".")
    assert (User.select().count(), AuditEvent.select().count()) == (users, events)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR], ids=str)
def test_only_an_administrator_keeps_users(staff: Staff, role: Role) -> None:
    with pytest.raises(NotAllowed):
        create(staff, role)
    with pytest.raises(NotAllowed):
        operations.reset_password(staff.actor(role), staff.users[Role.CLERK].id, now=NOW)


def test_an_administrator_adds_and_changes_nobody_of_another_commission(staff: Staff) -> None:
    other = a_commission("x01", name="Ủy ban Kiểm tra Đảng ủy xã Bình Thạnh", level="xa")
    stranger = a_user(other, Role.CLERK)
    with pytest.raises(NotAllowed):
        create(staff, commission=other)
    with pytest.raises(NotFound):
        change(staff, stranger)
    with pytest.raises(NotFound):
        operations.reset_password(staff.actor(Role.ADMINISTRATOR), stranger.id, now=NOW)


def test_a_user_is_tied_to_the_member_of_the_card(staff: Staff) -> None:
    member = a_member(card="90.777777")
    assert create(staff, card_number=" 90.777777 ").as_actor().member_id == member.id


def test_the_tie_to_a_member_stays_until_the_card_number_is_taken_out(staff: Staff) -> None:
    member = a_member(card="90.777777")
    user = create(staff, card_number="90.777777")
    assert change(staff, user, card_number="90.777777").member_id == member.id
    assert change(staff, user, card_number="").member_id is None


def test_a_change_is_written_and_told_in_the_journal(staff: Staff) -> None:
    user = staff.users[Role.CLERK]
    changed = change(
        staff, user, full_name="Lê Văn Mới", roles=[Role.INSPECTOR], post="Kiểm tra viên", unit="Phòng II"
    )
    assert (changed.full_name, changed.name_fold, changed.post) == (
        "Lê Văn Mới",
        "le van moi",
        "Kiểm tra viên",
    )
    assert changed.as_actor().roles == {Role.INSPECTOR}
    assert AuditEvent.get().data == {"roles": ["inspector"], "active": True}


def test_a_closed_account_is_journalled_as_closed_and_signed_out(staff: Staff) -> None:
    token = operations.sign_in("clerk", PASSWORD, now=NOW)
    assert token
    change(staff, staff.users[Role.CLERK], active=False)
    assert AuditEvent.select().where(AuditEvent.verb == "user.deactivated").count() == 1
    assert SignInSession.get().ended_at == NOW


@pytest.mark.parametrize("changes", [{"active": False}, {"roles": [Role.CLERK]}])
def test_nobody_takes_the_keys_from_himself(staff: Staff, changes: dict[str, Any]) -> None:
    given = {"roles": [Role.ADMINISTRATOR], **changes}
    with pytest.raises(Refused, match="tự bỏ quyền quản trị"):
        change(staff, staff.users[Role.ADMINISTRATOR], **given)


def test_a_reset_password_is_temporary_and_lets_the_person_in_at_once(staff: Staff) -> None:
    for _ in range(5):
        with pytest.raises(Refused):
            operations.sign_in("clerk", "sai mật khẩu", now=NOW)
    password = operations.reset_password(staff.actor(Role.ADMINISTRATOR), staff.users[Role.CLERK].id, now=NOW)
    assert operations.sign_in("clerk", password, now=NOW)
    assert User.get(User.username == "clerk").must_change_password
    assert SignInFailure.select().count() == 0


def test_the_own_password_is_changed_and_not_reset(staff: Staff) -> None:
    with pytest.raises(Refused, match="Đổi mật khẩu"):
        operations.reset_password(
            staff.actor(Role.ADMINISTRATOR), staff.users[Role.ADMINISTRATOR].id, now=NOW
        )


def test_no_password_and_no_token_is_in_the_journal(staff: Staff) -> None:
    token = operations.sign_in("clerk", PASSWORD, now=NOW)
    with pytest.raises(Refused):
        operations.sign_in("clerk", "câu sai của tôi", now=NOW)
    secret = operations.reset_password(staff.actor(Role.ADMINISTRATOR), staff.users[Role.CLERK].id, now=NOW)
    written = " ".join(str(event.data) for event in AuditEvent.select())
    for word in (PASSWORD, token, secret, "câu sai của tôi", "$argon2"):
        assert word not in written


def test_the_commission_is_tied_to_an_organisation_of_the_list(staff: Staff) -> None:
    root = an_organisation("TU", name="Tỉnh ủy An Sơn", level="tinh")
    administrator = staff.actor(Role.ADMINISTRATOR)
    particulars = {
        "name": "Ủy ban  Kiểm tra",
        "superior_line": "TỈNH ỦY",
        "issuer_line": "ỦY BAN KIỂM TRA",
        "symbol_suffix": "UBKTTU",
        "place": "An Sơn",
        "term_name": "2025-2030",
    }
    changed = operations.change_commission(administrator, **particulars, organisation_code="TU", now=NOW)
    assert changed.organisation == root and changed.name == "Ủy ban Kiểm tra"
    with pytest.raises(Invalid) as refused:
        operations.change_commission(administrator, **particulars, organisation_code="KHONG", now=NOW)
    assert refused.value.field == "organisation_code"


def an_unsaved_commission() -> Commission:
    return Commission(
        code="ubkt",
        name="Ủy ban Kiểm tra Đảng ủy xã Thử",
        level="xa",
        superior_line="ĐẢNG ỦY XÃ THỬ",
        issuer_line="ỦY BAN KIỂM TRA",
        symbol_suffix="UBKTĐU",
        place="Thử",
        term_name="2025-2030",
    )


def first_admin(code: str) -> User:
    return operations.create_first_admin(
        code=code,
        commission=an_unsaved_commission(),
        username="quan.tri",
        full_name="Lý Thị Trị",
        password=FIRST_PASSWORD,
        now=NOW,
    )


def test_the_code_makes_one_administrator_once(database: Database) -> None:
    code = operations.make_first_admin_code(now=NOW)
    user = first_admin(code)
    assert user.as_actor().roles == {Role.ADMINISTRATOR} and not user.must_change_password
    verbs = [event.verb for event in AuditEvent.select().order_by(AuditEvent.id)]
    assert verbs == ["commission.created", "user.created"] and first_broken_event() is None
    with pytest.raises(NotFound):
        first_admin(code)
    with pytest.raises(Refused):
        operations.make_first_admin_code(now=NOW)
    assert (User.select().count(), Commission.select().count()) == (1, 1)


def test_a_wrong_code_writes_nothing_and_can_be_corrected(database: Database) -> None:
    code = operations.make_first_admin_code(now=NOW)
    with pytest.raises(Invalid) as refused:
        first_admin("0000-0000-0000-0000")
    assert refused.value.field == "code"
    assert User.select().count() == Commission.select().count() == UserRole.select().count() == 0
    assert first_admin(f" {code} ").id


def test_a_new_code_ends_the_one_before_and_neither_is_stored_as_printed(database: Database) -> None:
    old = operations.make_first_admin_code(now=NOW)
    new = operations.make_first_admin_code(now=NOW)
    assert FirstAdminCode.select().count() == 1 and new not in FirstAdminCode.get().code_hash
    with pytest.raises(Invalid):
        first_admin(old)


def test_without_a_code_there_is_no_first_administrator(database: Database) -> None:
    with pytest.raises(NotFound):
        first_admin("")


def test_a_commission_that_an_import_made_is_taken_over_and_not_doubled(database: Database) -> None:
    a_commission("nhap", name="Chưa đặt tên", level="xa")
    user = first_admin(operations.make_first_admin_code(now=NOW))
    commission = Commission.get()
    assert user.commission_id == commission.id and commission.name == "Ủy ban Kiểm tra Đảng ủy xã Thử"
    assert commission.code == "nhap"
