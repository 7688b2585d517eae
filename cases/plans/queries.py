"""Reads of the yearly programme."""

from peewee import ModelSelect

from cases.errors import NotFound
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.plans.models import ProgrammeItem


def visible_to(actor: Actor) -> ModelSelect:
    """The programme of the actor's own commission, without entries about the actor."""
    if not actor.may(Permission.SEE_PROGRAMME):
        return ProgrammeItem.select().where(ProgrammeItem.id.is_null())
    query = ProgrammeItem.select().where(ProgrammeItem.commission == actor.commission_id)
    if actor.member_id is not None:
        about = ProgrammeItem.subject_member
        query = query.where(about.is_null() | (about != actor.member_id))
    return query


def item_of(actor: Actor, item_id: int) -> ProgrammeItem:
    found = visible_to(actor).where(ProgrammeItem.id == item_id).first()
    if found is None:
        raise NotFound("Không có cuộc kiểm tra, giám sát này trong chương trình.")
    return found


def years(actor: Actor) -> list[int]:
    """The years that have a programme, latest first."""
    chosen = visible_to(actor).select(ProgrammeItem.year).distinct().order_by(ProgrammeItem.year.desc())
    return [item.year for item in chosen]
