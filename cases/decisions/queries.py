"""Reads of discipline decisions (register R06)."""

from peewee import ModelSelect

from cases.decisions.models import Decision
from cases.errors import NotFound
from cases.lifecycle.queries import visible_to as cases_visible_to
from cases.people.actor import Actor
from cases.people.permissions import Permission


def visible_to(actor: Actor) -> ModelSelect:
    """Decisions of the actor's commission: issued ones for who may read the register, drafts only with
    the case; never those about the actor."""
    cases = cases_visible_to(actor)
    reachable = Decision.case.in_(cases.select(cases.model.id))
    if actor.may(Permission.SEE_DECISIONS):
        reachable |= Decision.signed_on.is_null(False)
    query = Decision.select().where(Decision.commission == actor.commission_id, reachable)
    if actor.member_id is not None:
        about = Decision.subject_member
        query = query.where(about.is_null() | (about != actor.member_id))
    return query


def decision_of(actor: Actor, decision_id: int) -> Decision:
    found = visible_to(actor).where(Decision.id == decision_id).first()
    if found is None:
        raise NotFound("Không có quyết định này, hoặc đồng chí không được xem.")
    return found
