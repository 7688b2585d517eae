"""Reads of people: the signed-in one, colleagues, who can be assigned."""

from collections.abc import Iterable
from datetime import datetime

from peewee import ModelSelect

from cases.errors import NotFound
from cases.people.actor import Actor
from cases.people.models import Commission, SignInSession, User, UserRole
from cases.people.passwords import token_hash
from cases.settings import SessionLifetime
from procedures.schema import Role


def live_session(token: str, *, now: datetime, lifetime: SessionLifetime) -> SignInSession | None:
    """The session of a token with its user: not ended, not too old or idle, account still open."""
    found: SignInSession | None = (
        _live(now=now, lifetime=lifetime)
        .select(SignInSession, User)
        .join(User)
        .where(SignInSession.token_hash == token_hash(token), User.active)
        .first()
    )
    return found


def own_sessions(actor: Actor, *, now: datetime, lifetime: SessionLifetime) -> list[SignInSession]:
    """The browsers in which a person is signed in, the one used last first."""
    own = _live(now=now, lifetime=lifetime).where(SignInSession.user == actor.user_id)
    return list(own.order_by(SignInSession.last_seen_at.desc()))


def _live(*, now: datetime, lifetime: SessionLifetime) -> "ModelSelect[SignInSession]":
    return SignInSession.select().where(
        SignInSession.ended_at.is_null(),
        SignInSession.opened_at > now - lifetime.whole,
        SignInSession.last_seen_at > now - lifetime.idle,
    )


def visible_to(actor: Actor) -> "ModelSelect[User]":
    """Users of the actor's own commission."""
    return User.select().where(User.commission == actor.commission_id)


def user_of(actor: Actor, user_id: int) -> User:
    user: User | None = visible_to(actor).where(User.id == user_id).first()
    if user is None:
        raise NotFound("Không có người dùng này trong ủy ban kiểm tra của đồng chí.")
    return user


def own_user(actor: Actor) -> User:
    return user_of(actor, actor.user_id)


def roles_of(users: Iterable[User]) -> dict[int, list[Role]]:
    """The roles of each user, by user id, in the order of `Role`."""
    held: dict[int, list[Role]] = {user.id: [] for user in users}
    for row in UserRole.select().where(UserRole.user.in_(list(held))):
        held[row.user_id].append(Role(row.role))
    order = list(Role)
    return {user_id: sorted(roles, key=order.index) for user_id, roles in held.items()}


def holders(actor: Actor, roles: Iterable[Role]) -> list[User]:
    """Active colleagues who hold one of `roles`, in Vietnamese name order."""
    having = UserRole.select(UserRole.user).where(UserRole.role.in_(list(roles)))
    return list(visible_to(actor).where(User.active, User.id.in_(having)).order_by(User.name_sort))


def commission_of(actor: Actor) -> Commission:
    found: Commission = Commission.get_by_id(actor.commission_id)
    return found


def voting_members(commission_id: int) -> "ModelSelect[User]":
    """Everyone who votes in a commission: its commissioners, chair and deputies included."""
    voters = UserRole.select(UserRole.user).where(UserRole.role.in_([Role.COMMISSIONER, Role.CHAIR]))
    return User.select().where(User.commission == commission_id, User.active, User.id.in_(voters))
