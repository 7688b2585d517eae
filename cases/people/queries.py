"""Reads of people: the signed-in one, colleagues, who can be assigned."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from peewee import ModelSelect

from cases.errors import NotFound
from cases.people.actor import Actor
from cases.people.models import Commission, SignInSession, User, UserRole
from cases.people.passwords import token_hash
from procedures.schema import Role


def user_of_token(token: str, *, now: datetime, hours: int) -> User | None:
    """The person of a live session: not ended, not older than `hours`, account still open."""
    session = (
        SignInSession.select(SignInSession, User)
        .join(User)
        .where(
            SignInSession.token_hash == token_hash(token),
            SignInSession.ended_at.is_null(),
            SignInSession.opened_at > now - timedelta(hours=hours),
            User.active,
        )
        .first()
    )
    return session.user if session else None


def visible_to(actor: Actor) -> ModelSelect:
    """Users of the actor's own commission."""
    return User.select().where(User.commission == actor.commission_id)


def user_of(actor: Actor, user_id: int) -> User:
    user = visible_to(actor).where(User.id == user_id).first()
    if user is None:
        raise NotFound("Không có người dùng này trong ủy ban kiểm tra của đồng chí.")
    return user


def holders(actor: Actor, roles: Iterable[Role]) -> list[User]:
    """Active colleagues who hold one of `roles`, in Vietnamese name order."""
    return list(
        visible_to(actor)
        .where(User.active, User.id.in_(UserRole.select(UserRole.user).where(UserRole.role.in_(list(roles)))))
        .order_by(User.name_sort)
    )


def commission_of(actor: Actor) -> Commission:
    return Commission.get_by_id(actor.commission_id)


def voting_members(commission_id: int) -> ModelSelect:
    """Everyone who votes in a commission: its commissioners, chair and deputies included."""
    voters = UserRole.select(UserRole.user).where(UserRole.role.in_([Role.COMMISSIONER, Role.CHAIR]))
    return User.select().where(User.commission == commission_id, User.active, User.id.in_(voters))
