"""Reads of organisations and members: the subtree that the actor's commission looks after."""

from datetime import date
from functools import reduce
from operator import and_
from typing import Literal, TypeVar

from peewee import CTE, Field, Model, ModelSelect

from cases.errors import NotFound
from cases.parties.models import Member, MemberPost, Organisation
from cases.people.actor import Actor
from cases.people.models import Commission
from cases.people.permissions import Permission
from cases.text import LONGEST_SEARCH_WORD, clean_line, search_words

M = TypeVar("M", bound=Model)
PROVINCE = "tinh"


def subtree(root_id: int) -> CTE:
    """The ids of an organisation, of all below it, and of the closed ones that any of these took over."""
    base = Organisation.select(Organisation.id).where(Organisation.id == root_id).cte("below", recursive=True)
    child = Organisation.alias()
    belongs = (child.parent == base.c.id) | (child.successor == base.c.id)
    return base.union(child.select(child.id).join(base, on=belongs))


def _scope(actor: Actor) -> Organisation | Literal["all"] | None:
    """The root of what the actor's commission looks after; None for nothing.

    A commission that stands in no tree yet (set-up, before the first import) looks after everything,
    unless others share the installation and it is not the province's.
    """
    commission: Commission = Commission.get_by_id(actor.commission_id)
    if commission.organisation is not None:
        root: Organisation = commission.organisation
        return root
    alone = not Commission.select().where(Commission.id != commission.id).exists()
    return "all" if alone or commission.level == PROVINCE else None


def visible_to(actor: Actor) -> "ModelSelect[Organisation]":
    """Organisations at and below the actor's commission, closed ones that were taken over included."""
    root = _scope(actor) if actor.may(Permission.SEE_PARTIES) else None
    if root is None:
        return Organisation.select().where(Organisation.id.is_null())
    if root == "all":
        return Organisation.select()
    tree = subtree(root.id)
    return Organisation.select().where(Organisation.id.in_(tree.select(tree.c.id))).with_cte(tree)


def members_visible_to(actor: Actor) -> "ModelSelect[Member]":
    """Members of the organisations the actor may see; those of no branch only at the top of the tree."""
    root = _scope(actor) if actor.may(Permission.SEE_PARTIES) else None
    if root is None:
        return Member.select().where(Member.id.is_null())
    if root == "all":
        return Member.select()
    tree = subtree(root.id)
    below = Member.branch.in_(tree.select(tree.c.id))
    if root.parent_id is None:
        below |= Member.branch.is_null()
    return Member.select().where(below).with_cte(tree)


def matching_members(actor: Actor, text: str) -> "ModelSelect[Member]":
    """Members whose name holds every word of `text`, tones aside, or whose card number begins with it."""
    return _matching(members_visible_to(actor), text, Member.name_fold, Member.card_number)


def matching_organisations(actor: Actor, text: str) -> "ModelSelect[Organisation]":
    """Organisations whose name holds every word of `text`, tones aside, or whose code begins with it."""
    return _matching(visible_to(actor), text, Organisation.name_fold, Organisation.code)


def _matching(query: "ModelSelect[M]", text: str, name: Field, number: Field) -> "ModelSelect[M]":
    words = search_words(text)
    if not words:
        return query
    by_name = reduce(and_, (name.contains(word) for word in words))
    return query.where(by_name | number.startswith(clean_line(text)[:LONGEST_SEARCH_WORD]))


def organisation_of(actor: Actor, organisation_id: int) -> Organisation:
    found: Organisation | None = visible_to(actor).where(Organisation.id == organisation_id).first()
    if found is None:
        raise NotFound("Không có tổ chức đảng này trong phạm vi của đồng chí.")
    return found


def member_of(actor: Actor, member_id: int) -> Member:
    found: Member | None = members_visible_to(actor).where(Member.id == member_id).first()
    if found is None:
        raise NotFound("Không có đảng viên này trong phạm vi của đồng chí.")
    return found


def visible_above(actor: Actor, organisation: Organisation) -> list[Organisation]:
    """The organisations above one, the highest first, as far up as the actor may see."""
    above: list[Organisation] = []
    parent = organisation.parent
    while parent is not None and visible_to(actor).where(Organisation.id == parent.id).exists():
        above.insert(0, parent)
        parent = parent.parent
    return above


def visible_children(actor: Actor, organisation: Organisation) -> list[Organisation]:
    """The organisations directly below, those still active first."""
    below = visible_to(actor).where(Organisation.parent == organisation.id)
    return list(below.order_by(Organisation.valid_to.is_null(False), Organisation.code))


def visible_predecessors(actor: Actor, organisation: Organisation) -> list[Organisation]:
    """The closed organisations that this one took over."""
    taken_over = visible_to(actor).where(Organisation.successor == organisation.id)
    return list(taken_over.order_by(Organisation.code))


def posts_of(member: Member) -> list[MemberPost]:
    """The posts a member held or holds, the latest first."""
    held = MemberPost.select().where(MemberPost.member == member.id)
    return sorted(held, key=lambda post: post.held_from or date.min, reverse=True)
