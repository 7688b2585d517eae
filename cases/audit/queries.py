"""Reads of the journal."""

from peewee import ModelSelect

from cases.audit.models import AuditEvent
from cases.lifecycle.queries import visible_to as cases_visible_to
from cases.people.actor import Actor
from cases.people.permissions import Permission


def visible_to(actor: Actor) -> ModelSelect:
    """Events of the actor's commission; those of a case only when the case itself may be seen, or when
    the actor keeps the installation and sees that something happened but not what."""
    if not actor.may(Permission.SEE_JOURNAL):
        return AuditEvent.select().where(AuditEvent.id.is_null())
    return AuditEvent.select().where(AuditEvent.commission == actor.commission_id)


def may_read(actor: Actor, event: AuditEvent) -> bool:
    """Whether the actor may read what an event says, beyond that it happened."""
    if event.case_id is None:
        return True
    return bool(cases_visible_to(actor).where(cases_visible_to(actor).model.id == event.case_id).exists())
