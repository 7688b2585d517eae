"""Reads of organisations and members: the subtree that the actor's commission looks after."""

from functools import reduce
from operator import and_

from peewee import CTE, Field, ModelSelect

from cases.errors import NotFound
from cases.parties.models import Member, Organisation
from cases.people.actor import Actor
from cases.people.models import Commission
from cases.people.permissions import Permission
from cases.text import fold


def subtree(root_id: int) -> CTE:
    """The ids of an organisation and of all below it."""
    base = Organisation.select(Organisation.id).where(Organisation.id == root_id).cte("below", recursive=True)
    child = Organisation.alias()
    return base.union(child.select(child.id).join(base, on=(child.parent == base.c.id)))


def visible_to(actor: Actor) -> ModelSelect:
    """Organisations at and below the actor's commission; all of them while it stands in no tree."""
    if not actor.may(Permission.SEE_PARTIES):
        return Organisation.select().where(Organisation.id.is_null())
    root = Commission.get_by_id(actor.commission_id).organisation_id
    if root is None:
        return Organisation.select()
    tree = subtree(root)
    return Organisation.select().where(Organisation.id.in_(tree.select(tree.c.id))).with_cte(tree)


def members_visible_to(actor: Actor) -> ModelSelect:
    """Members of the organisations the actor may see."""
    if not actor.may(Permission.SEE_PARTIES):
        return Member.select().where(Member.id.is_null())
    root = Commission.get_by_id(actor.commission_id).organisation_id
    if root is None:
        return Member.select()
    tree = subtree(root)
    return (
        Member.select()
        .where(Member.branch.is_null() | Member.branch.in_(tree.select(tree.c.id)))
        .with_cte(tree)
    )


def matching_members(actor: Actor, text: str) -> ModelSelect:
    """Members whose name holds every word of `text`, tones aside, or whose card number begins with it."""
    return _matching(members_visible_to(actor), text, Member.name_fold, Member.card_number)


def matching_organisations(actor: Actor, text: str) -> ModelSelect:
    """Organisations whose name holds every word of `text`, tones aside, or whose code begins with it."""
    return _matching(visible_to(actor), text, Organisation.name_fold, Organisation.code)


def _matching(query: ModelSelect, text: str, name: Field, number: Field) -> ModelSelect:
    words = fold(text).split()
    if not words:
        return query
    by_name = reduce(and_, (name.contains(word) for word in words))
    return query.where(by_name | number.startswith(text.strip()))


def organisation_of(actor: Actor, organisation_id: int) -> Organisation:
    found = visible_to(actor).where(Organisation.id == organisation_id).first()
    if found is None:
        raise NotFound("Không có tổ chức đảng này trong phạm vi của đồng chí.")
    return found


def member_of(actor: Actor, member_id: int) -> Member:
    found = members_visible_to(actor).where(Member.id == member_id).first()
    if found is None:
        raise NotFound("Không có đảng viên này trong phạm vi của đồng chí.")
    return found
