"""Organisations as a tree, members with their posts."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cases.decisions.life import penalty_words, watching
from cases.paging import page_number, page_of
from cases.parties import queries
from cases.parties.labels import LEVELS, MANAGEMENT
from cases.parties.models import Member, Organisation
from cases.people.access import actor, requires, today
from cases.people.permissions import Permission

blueprint = Blueprint("parties", __name__)


@blueprint.route("/to-chuc")
@requires(Permission.SEE_PARTIES)
def organisations() -> ResponseReturnValue:
    text, closed = request.args.get("tim", ""), request.args.get("da-ket-thuc", "")
    found = queries.matching_organisations(actor(), text)
    if not closed:
        found = found.where(Organisation.valid_to.is_null() | (Organisation.valid_to >= today()))
    page = page_of(found.order_by(Organisation.code), page_number())
    return render_template(
        "screens/parties/organisations.html", page=page, text=text, closed=closed, levels=LEVELS
    )


@blueprint.route("/to-chuc/<int:organisation_id>")
@requires(Permission.SEE_PARTIES)
def organisation(organisation_id: int) -> ResponseReturnValue:
    found = queries.organisation_of(actor(), organisation_id)
    members = queries.members_visible_to(actor()).where(Member.branch == found).order_by(Member.name_sort)
    return render_template(
        "screens/parties/organisation.html",
        organisation=found,
        above=queries.visible_above(actor(), found),
        children=queries.visible_children(actor(), found),
        predecessors=queries.visible_predecessors(actor(), found),
        page=page_of(members, page_number()),
        levels=LEVELS,
    )


@blueprint.route("/dang-vien")
@requires(Permission.SEE_PARTIES)
def members() -> ResponseReturnValue:
    text = request.args.get("tim", "")
    page = page_of(queries.matching_members(actor(), text).order_by(Member.name_sort), page_number())
    return render_template("screens/parties/members.html", page=page, text=text)


@blueprint.route("/dang-vien/<int:member_id>")
@requires(Permission.SEE_PARTIES)
def member(member_id: int) -> ResponseReturnValue:
    found = queries.member_of(actor(), member_id)
    return render_template(
        "screens/parties/member.html", member=found, posts=queries.posts_of(found), management=MANAGEMENT,
        watching=watching(actor(), found.id, today=today()), penalty_words=penalty_words,
    )  # fmt: skip
