"""Signing in and out, and keeping users."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from peewee import IntegrityError

from cases.audit.operations import act
from cases.db import transaction
from cases.errors import Invalid, NotFound, Refused
from cases.parties.models import Member
from cases.people.actor import Actor
from cases.people.models import Commission, FirstAdminCode, SignInFailure, SignInSession, User, UserRole
from cases.people.passwords import hash_password, matches, require_strong, token_hash
from cases.people.permissions import Permission
from cases.people.queries import user_of
from cases.text import fold, name_sort_key, nfc
from procedures.schema import Role

FAILURES_ALLOWED = 5
FAILURES_WITHIN = timedelta(minutes=15)


def sign_in(username: str, password: str, *, now: datetime) -> str:
    """Open a session and return its token (for the cookie; only its hash is stored).

    Raises Refused, in the same words for an unknown name, a wrong password and a closed account.
    """
    name = fold(username)
    _refuse_after_too_many_failures(name, now=now)
    user = User.get_or_none(User.username == name)
    right = matches(user.password_hash if user else "", password)
    if not right or not user.active:
        _remember_failure(name, user, now=now)
        raise Refused("Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra lại bộ gõ và phím Caps Lock.")
    token = secrets.token_urlsafe(32)
    with act(user.as_actor(), "user.signed_in", now=now) as event:
        SignInFailure.delete().where(SignInFailure.username == name).execute()
        session = SignInSession.create(
            user=user, token_hash=token_hash(token), opened_at=now, last_seen_at=now
        )
        event.about(session)
    return token


def sign_out(token: str, *, actor: Actor, now: datetime) -> None:
    with act(actor, "user.signed_out", now=now):
        SignInSession.update(ended_at=now).where(
            SignInSession.token_hash == token_hash(token), SignInSession.ended_at.is_null()
        ).execute()


def _refuse_after_too_many_failures(name: str, *, now: datetime) -> None:
    recent = SignInFailure.select().where(
        SignInFailure.username == name, SignInFailure.at > now - FAILURES_WITHIN
    )
    if recent.count() >= FAILURES_ALLOWED:
        minutes = int(FAILURES_WITHIN.total_seconds() // 60)
        raise Refused(
            f"Tên đăng nhập này đã nhập sai {FAILURES_ALLOWED} lần. Đợi {minutes} phút rồi thử lại, "
            "hoặc đề nghị người quản trị đặt lại mật khẩu."
        )


def _remember_failure(name: str, user: User | None, *, now: datetime) -> None:
    with act(user.as_actor() if user else None, "user.sign_in_refused", now=now):
        SignInFailure.create(username=name[:60], at=now)


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
    """Add a person to a commission. `actor` is None only at set-up."""
    if actor is not None:
        actor.require(Permission.MANAGE_USERS)
    name = fold(username)
    if not roles:
        raise Invalid("Chọn ít nhất một vai trò.", field="roles")
    require_strong(password, username=name)
    with act(actor, "user.created", now=now) as event:
        try:
            user = User.create(
                commission=commission, username=name, full_name=nfc(full_name), name_fold=fold(full_name),
                name_sort=name_sort_key(full_name), post=post, rank=rank, unit=unit, email=email, phone=phone,
                entered_on=entered_on, member=member_with_card(card_number), password_hash=hash_password(password),
                must_change_password=must_change_password, created_at=now,
            )  # fmt: skip
        except IntegrityError as error:
            raise Invalid(f"Tên đăng nhập “{name}” đã có người dùng.", field="username") from error
        UserRole.insert_many([{"user": user, "role": role.value} for role in dict.fromkeys(roles)]).execute()
        event.about(user)
        event.say(username=name, roles=[role.value for role in roles])
    return user


def change_password(actor: Actor, *, old: str, new: str, now: datetime) -> None:
    user = User.get_by_id(actor.user_id)
    if not matches(user.password_hash, old):
        raise Invalid("Mật khẩu hiện tại không đúng.", field="old_password")
    require_strong(new, username=user.username)
    with act(actor, "user.password_changed", now=now) as event:
        user.password_hash = hash_password(new)
        user.must_change_password = False
        user.save()
        event.about(user)


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
    """Turn the console's code into the first administrator, once."""
    with transaction():
        waiting = FirstAdminCode.get_or_none(FirstAdminCode.used_at.is_null())
        if waiting is None or User.select().exists():
            raise NotFound("Trang khởi tạo không còn dùng được.")
        if not matches(waiting.code_hash, code.strip()):
            raise Invalid("Mã khởi tạo không đúng. Mã in trên màn hình máy chủ khi khởi động.", field="code")
        waiting.used_at = now
        waiting.save()
        if not commission.get_id():
            commission.save(force_insert=True)
        return create_user(
            None, commission=commission, username=username, full_name=full_name,
            roles=[Role.ADMINISTRATOR], password=password, now=now, must_change_password=False,
        )  # fmt: skip


def temporary_password() -> str:
    """A password for the first sign-in, shown once to the administrator."""
    return secrets.token_urlsafe(9)


def reset_password(actor: Actor, user_id: int, *, now: datetime) -> str:
    """Give a colleague a new temporary password, shown once; every open session of theirs ends."""
    actor.require(Permission.MANAGE_USERS)
    user = user_of(actor, user_id)
    password = temporary_password()
    with act(actor, "user.password_changed", now=now) as event:
        user.password_hash = hash_password(password)
        user.must_change_password = True
        user.save()
        _end_sessions(user, now=now)
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
    if not roles:
        raise Invalid("Chọn ít nhất một vai trò.", field="roles")
    if user.id == actor.user_id and (not active or Role.ADMINISTRATOR not in roles):
        raise Refused("Không thể tự bỏ quyền quản trị của mình; đề nghị một người quản trị khác thực hiện.")
    with act(actor, "user.changed", now=now) as event:
        user.full_name, user.name_fold, user.name_sort = nfc(full_name), fold(full_name), name_sort_key(full_name)
        user.post, user.unit, user.rank, user.email, user.phone = post, unit, rank, email, phone
        user.member = member_with_card(card_number)
        user.active = active
        user.save()
        UserRole.delete().where(UserRole.user == user).execute()
        UserRole.insert_many([{"user": user, "role": role.value} for role in dict.fromkeys(roles)]).execute()
        if not active:
            _end_sessions(user, now=now)
        event.about(user)
        event.say(roles=[role.value for role in roles], active=active)
    return user


def change_commission(actor: Actor, *, now: datetime, **particulars: str) -> Commission:
    """Change what the commission's papers say about it (header lines, symbol, place, term)."""
    actor.require(Permission.MANAGE_COMMISSION)
    commission = Commission.get_by_id(actor.commission_id)
    with act(actor, "commission.changed", now=now) as event:
        before = {name: getattr(commission, name) for name in particulars}
        for name, value in particulars.items():
            setattr(commission, name, nfc(value).strip())
        commission.save()
        event.about(commission)
        event.say(before=before, after=particulars)
    return commission


def member_with_card(card_number: str) -> Member | None:
    """The member of a card number; Invalid when the number is not in the list."""
    if not card_number.strip():
        return None
    member = Member.get_or_none(Member.card_number == card_number.strip())
    if member is None:
        raise Invalid(f"Không có đảng viên mang số thẻ “{card_number}”.", field="card_number")
    return member


def _end_sessions(user: User, *, now: datetime) -> None:
    SignInSession.update(ended_at=now).where(
        SignInSession.user == user, SignInSession.ended_at.is_null()
    ).execute()
