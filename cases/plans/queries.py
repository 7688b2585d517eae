"""Reads of the yearly programme."""

from collections.abc import Iterable

from peewee import ModelSelect

from cases.errors import NotFound
from cases.lifecycle import queries as lifecycle
from cases.lifecycle.models import Case
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.plans.models import ProgrammeItem


def visible_to(actor: Actor) -> "ModelSelect[ProgrammeItem]":
    """The programme of the actor's own commission, without entries about the actor."""
    if not actor.may(Permission.SEE_PROGRAMME):
        return ProgrammeItem.select().where(ProgrammeItem.id.is_null())
    query = ProgrammeItem.select().where(ProgrammeItem.commission == actor.commission_id)
    if actor.member_id is not None:
        about = ProgrammeItem.subject_member
        query = query.where(about.is_null() | (about != actor.member_id))
    return query


def item_of(actor: Actor, item_id: int) -> ProgrammeItem:
    found: ProgrammeItem | None = visible_to(actor).where(ProgrammeItem.id == item_id).first()
    if found is None:
        raise NotFound("Không có cuộc kiểm tra, giám sát này trong chương trình.")
    return found


def items_of_year(actor: Actor, year: int) -> list[ProgrammeItem]:
    return list(visible_to(actor).where(ProgrammeItem.year == year).order_by(ProgrammeItem.number))


def years(actor: Actor) -> list[int]:
    """The years that have a programme, latest first."""
    chosen = visible_to(actor).select(ProgrammeItem.year).distinct().order_by(ProgrammeItem.year.desc())
    return [item.year for item in chosen]


def opened_items(items: Iterable[ProgrammeItem]) -> set[int]:
    """Which items already became a case, whoever may see it: nobody opens one twice."""
    ids = [item.id for item in items]
    opened = Case.select(Case.programme_item).where(Case.programme_item.in_(ids)).distinct()
    return {case.programme_item_id for case in opened if case.programme_item_id is not None}


def visible_cases(actor: Actor, items: Iterable[ProgrammeItem]) -> dict[int, Case]:
    """The case an item became, by item id; the first one, and only if the actor may see it."""
    ids = [item.id for item in items]
    found = lifecycle.visible_to(actor).where(Case.programme_item.in_(ids)).order_by(Case.id.desc())
    return {case.programme_item_id: case for case in found if case.programme_item_id is not None}
