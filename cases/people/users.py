"""Keeping users and the commission's own particulars."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from peewee import IntegrityError

from cases.audit.operations import act
from cases.errors import Invalid, NotAllowed, Refused
from cases.parties.models import Member, Organisation
from cases.parties.queries import members_visible_to, visible_to as organisations_visible_to
from cases.people.actor import Actor
from cases.people.models import Commission, User, UserRole
from cases.people.passwords import hash_password, require_strong
from cases.people.permissions import Permission
from cases.people.queries import commission_of, user_of
from cases.people.signing_in import end_sessions, forget_failures
from cases.people.vote_settings import vote_points
from cases.text import clean_line, fold, name_sort_key
from procedures.schema import Role

NO_CHOICES: Mapping[str, str] = {}


def create_user(
    actor: Actor | None,
    *,
    commission: Commission,
    username: str,
    full_name: str,
    roles: Sequence[Role],
    password: str,
    now: datetime,
    post: str = "",
    rank: str = "",
    unit: str = "",
    email: str = "",
    phone: str = "",
    entered_on: date | None = None,
    card_number: str = "",
    must_change_password: bool = True,
) -> User:
    """Add a person to a commission, for a colleague only to the own one. `actor` is None only at set-up."""
    if actor is not None:
        actor.require(Permission.MANAGE_USERS)
        if commission.get_id() != actor.commission_id:
            raise NotAllowed("Chỉ thêm được người dùng vào ủy ban kiểm tra của mình.")
    name = fold(username)
    _check(full_name, roles)
    require_strong(password, username=name)
    with act(actor, "user.created", now=now) as event:
        try:
            user = User.create(
                commission=commission, username=name, **_name(full_name), post=clean_line(post),
                rank=clean_line(rank), unit=clean_line(unit), email=clean_line(email),
                phone=clean_line(phone), entered_on=entered_on, member=member_with_card(actor, card_number),
                password_hash=hash_password(password), must_change_password=must_change_password,
                created_at=now,
            )  # fmt: skip
        except IntegrityError as error:
            raise Invalid(f"Tên đăng nhập “{name}” đã có người dùng.", field="username") from error
        _give(user, roles)
        event.about(user)
        event.say(username=name, roles=[role.value for role in roles])
    return user


def temporary_password() -> str:
    """A password for the first sign-in, shown once to the administrator."""
    return secrets.token_urlsafe(9)


def reset_password(actor: Actor, user_id: int, *, now: datetime) -> str:
    """Give a colleague a new temporary password, shown once; every open session of theirs ends."""
    actor.require(Permission.MANAGE_USERS)
    user = user_of(actor, user_id)
    if user.id == actor.user_id:
        raise Refused("Mật khẩu của chính mình thì đổi ở trang “Đổi mật khẩu”.")
    password = temporary_password()
    with act(actor, "user.password_changed", now=now) as event:
        User.update(password_hash=hash_password(password), must_change_password=True).where(
            User.id == user.id
        ).execute()
        forget_failures(user)
        end_sessions(user.id, now=now)
        event.about(user)
    return password


def change_user(
    actor: Actor,
    user_id: int,
    *,
    full_name: str,
    roles: Sequence[Role],
    post: str,
    unit: str,
    rank: str,
    email: str,
    phone: str,
    card_number: str,
    active: bool,
    now: datetime,
) -> User:
    """Change a colleague's particulars; an account that is closed is signed out everywhere."""
    actor.require(Permission.MANAGE_USERS)
    user = user_of(actor, user_id)
    _check(full_name, roles)
    if user.id == actor.user_id and (not active or Role.ADMINISTRATOR not in roles):
        raise Refused("Không thể tự bỏ quyền quản trị của mình; đề nghị một người quản trị khác thực hiện.")
    verb = "user.deactivated" if user.active and not active else "user.changed"
    with act(actor, verb, now=now) as event:
        member = member_with_card(actor, card_number, kept=user.member)
        User.update(
            **_name(full_name), post=clean_line(post), unit=clean_line(unit), rank=clean_line(rank),
            email=clean_line(email), phone=clean_line(phone), member=member, active=active,
        ).where(User.id == user.id).execute()  # fmt: skip
        UserRole.delete().where(UserRole.user == user.id).execute()
        _give(user, roles)
        if not active:
            end_sessions(user.id, now=now)
        event.about(user)
        event.say(roles=[role.value for role in roles], active=active)
    return user_of(actor, user_id)


def change_commission(
    actor: Actor,
    *,
    name: str,
    superior_line: str,
    issuer_line: str,
    symbol_suffix: str,
    place: str,
    term_name: str,
    organisation_code: str = "",
    vote_choices: Mapping[str, str] = NO_CHOICES,
    now: datetime,
) -> Commission:
    """Change what papers say about the commission, the organisation whose tree it looks after, and what it
    answers to the open points on voting (`vote_choices`: setting → choice)."""
    actor.require(Permission.MANAGE_COMMISSION)
    commission = commission_of(actor)
    typed = {
        "name": name, "superior_line": superior_line, "issuer_line": issuer_line,
        "symbol_suffix": symbol_suffix, "place": place, "term_name": term_name,
    }  # fmt: skip
    after = {field: clean_line(value) for field, value in typed.items()}
    answers = _known_choices(vote_choices)
    before = {field: getattr(commission, field) for field in after}
    before |= {setting: commission.settings.get(setting, "") for setting in answers}
    with act(actor, "commission.changed", now=now) as event:
        organisation = _organisation_coded(actor, organisation_code, kept=commission.organisation)
        Commission.update(
            **after, organisation=organisation, settings={**commission.settings, **answers}
        ).where(Commission.id == commission.id).execute()
        event.about(commission)
        event.say(
            before=before, after={**after, **answers}, organisation=organisation.code if organisation else ""
        )
    return commission_of(actor)


def _known_choices(typed: Mapping[str, str]) -> dict[str, str]:
    """The answers to open points that the rules offer. Raises Invalid at the setting for any other."""
    offered = {point.setting: point.choices for point in vote_points()}
    for setting, choice in typed.items():
        if choice not in offered.get(setting, ()):
            raise Invalid("Chọn một cách trong danh sách.", field=setting)
    return dict(typed)


def member_with_card(actor: Actor | None, card_number: str, *, kept: Member | None = None) -> Member | None:
    """The member of a card number among those the actor may see, or the one linked before.

    Invalid when the number is not in the list; None for no number.
    """
    number = clean_line(card_number)
    if not number or (kept is not None and kept.card_number == number):
        return kept if number else None
    listed = Member.select() if actor is None else members_visible_to(actor)
    member: Member | None = listed.where(Member.card_number == number).first()
    if member is None:
        raise Invalid(f"Không có đảng viên mang số thẻ “{number}”.", field="card_number")
    return member


def _organisation_coded(actor: Actor, code: str, *, kept: Organisation | None) -> Organisation | None:
    code = clean_line(code)
    if not code or (kept is not None and kept.code == code):
        return kept
    found: Organisation | None = organisations_visible_to(actor).where(Organisation.code == code).first()
    if found is None:
        raise Invalid(f"Không có tổ chức đảng mang mã “{code}”.", field="organisation_code")
    return found


def _check(full_name: str, roles: Sequence[Role]) -> None:
    if not clean_line(full_name):
        raise Invalid("Ghi họ và tên.", field="full_name")
    if not roles:
        raise Invalid("Chọn ít nhất một vai trò.", field="roles")


def _name(full_name: str) -> dict[str, str]:
    name = clean_line(full_name)
    return {"full_name": name, "name_fold": fold(name), "name_sort": name_sort_key(name)}


def _give(user: User, roles: Sequence[Role]) -> None:
    UserRole.insert_many([{"user": user.id, "role": role.value} for role in dict.fromkeys(roles)]).execute()
