"""Reads of the journal."""

from collections.abc import Iterable
from dataclasses import dataclass

from peewee import ModelSelect

from cases.audit.models import AuditEvent
from cases.intake import queries as intake
from cases.intake.models import Letter
from cases.lifecycle import queries as lifecycle
from cases.lifecycle.models import Case
from cases.people.actor import Actor
from cases.people.models import User
from cases.people.permissions import Permission


def visible_to(actor: Actor) -> "ModelSelect[AuditEvent]":
    """Events of the actor's commission. Of a case or letter about the actor, or of a case with a declared
    conflict, not even that something happened is shown."""
    if not actor.may(Permission.SEE_JOURNAL):
        return AuditEvent.select().where(AuditEvent.id.is_null())
    query = AuditEvent.select().where(
        AuditEvent.commission == actor.commission_id,
        AuditEvent.case_id.is_null() | AuditEvent.case_id.not_in(lifecycle.closed_to(actor)),
    )
    if actor.member_id is None:
        return query
    letters = Letter.select(Letter.id).where(Letter.subject_member == actor.member_id)
    return query.where(AuditEvent.letter_id.is_null() | AuditEvent.letter_id.not_in(letters))


@dataclass(frozen=True, slots=True)
class Subjects:
    """The cases and letters of some events that the reader may see, by id; of all others nothing is named."""

    cases: dict[int, Case]
    letters: dict[int, Letter]


def subjects_of(actor: Actor, events: Iterable[AuditEvent]) -> Subjects:
    """What the events of a page are about, as far as the actor may know it."""
    shown = list(events)
    cases = lifecycle.visible_to(actor).where(Case.id.in_([e.case_id for e in shown if e.case_id]))
    letters = intake.visible_to(actor).where(Letter.id.in_([e.letter_id for e in shown if e.letter_id]))
    return Subjects({case.id: case for case in cases}, {letter.id: letter for letter in letters})


def people_in(actor: Actor) -> list[User]:
    """Everybody of the commission, who may have done something, in Vietnamese name order."""
    return list(User.select().where(User.commission == actor.commission_id).order_by(User.name_sort))
