"""Signing in and out: the throttle, the sessions and their end."""

import secrets
from datetime import datetime, timedelta

from cases.audit.operations import act
from cases.errors import Invalid, Refused
from cases.people.actor import Actor
from cases.people.models import SignInFailure, SignInSession, User
from cases.people.passwords import hash_password, is_outdated, matches, require_strong, token_hash
from cases.people.queries import live_session
from cases.settings import SessionLifetime
from cases.text import fold

FAILURES_ALLOWED = 5
FAILURES_WITHIN = timedelta(minutes=15)
# One write per minute and browser tells enough about who is still there.
SEEN_EVERY = timedelta(minutes=1)


def sign_in(username: str, password: str, *, now: datetime) -> str:
    """Open a session and return its token (for the cookie; only its hash is stored).

    Raises Refused, in the same words for an unknown name, a wrong password and a closed account.
    """
    name = fold(username)[:60]
    _refuse_after_too_many_failures(name, now=now)
    user: User | None = User.get_or_none(User.username == name)
    right = matches(user.password_hash if user else "", password)
    if user is None or not right or not user.active:
        _remember_failure(name, user, now=now)
        raise Refused("Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra lại bộ gõ và phím Caps Lock.")
    token = secrets.token_urlsafe(32)
    with act(user.as_actor(), "user.signed_in", now=now) as event:
        forget_failures(user)
        if is_outdated(user.password_hash):
            User.update(password_hash=hash_password(password)).where(User.id == user.id).execute()
        opened = SignInSession.create(
            user=user, token_hash=token_hash(token), opened_at=now, last_seen_at=now
        )
        event.about(opened)
    return token


def resume(token: str, *, now: datetime, lifetime: SessionLifetime) -> User | None:
    """The person of a live session, noting at most once a minute that they are still there."""
    found = live_session(token, now=now, lifetime=lifetime)
    if found is None:
        return None
    if now - found.last_seen_at >= SEEN_EVERY:
        SignInSession.update(last_seen_at=now).where(SignInSession.id == found.id).execute()
    return found.user


def sign_out(token: str, *, actor: Actor, now: datetime) -> None:
    with act(actor, "user.signed_out", now=now):
        SignInSession.update(ended_at=now).where(
            SignInSession.token_hash == token_hash(token), SignInSession.ended_at.is_null()
        ).execute()


def sign_out_elsewhere(actor: Actor, *, token: str, now: datetime) -> int:
    """End the person's other sessions; returns how many there were."""
    with act(actor, "user.signed_out", now=now) as event:
        ended = end_sessions(actor.user_id, now=now, but=token)
        event.say(elsewhere=ended)
    return ended


def end_sessions(user_id: int, *, now: datetime, but: str = "") -> int:
    """End the open sessions of a person, except that of the token `but`. Call inside `act`."""
    ended = SignInSession.update(ended_at=now).where(
        SignInSession.user == user_id,
        SignInSession.ended_at.is_null(),
        SignInSession.token_hash != token_hash(but),
    )
    return int(ended.execute())


def forget_failures(user: User) -> None:
    """Let the person try again at once. Call inside `act`."""
    SignInFailure.delete().where(SignInFailure.username == user.username).execute()


def change_password(actor: Actor, *, old: str, new: str, token: str = "", now: datetime) -> None:
    """Replace the own password; sessions other than that of `token` end. Guessing is throttled, too."""
    user = User.get_by_id(actor.user_id)
    _refuse_after_too_many_failures(user.username, now=now)
    if not matches(user.password_hash, old):
        _remember_failure(user.username, user, now=now)
        raise Invalid("Mật khẩu hiện tại không đúng.", field="old_password")
    if new == old:
        raise Invalid("Mật khẩu mới phải khác mật khẩu hiện tại.", field="password")
    require_strong(new, username=user.username)
    with act(actor, "user.password_changed", now=now) as event:
        User.update(password_hash=hash_password(new), must_change_password=False).where(
            User.id == user.id
        ).execute()
        end_sessions(user.id, now=now, but=token)
        event.about(user)


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
    with act(user.as_actor() if user else None, "user.sign_in_refused", now=now) as event:
        SignInFailure.delete().where(SignInFailure.at <= now - FAILURES_WITHIN).execute()
        SignInFailure.create(username=name, at=now)
        if user is not None:
            event.about(user)
