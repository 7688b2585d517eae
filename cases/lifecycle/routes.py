"""The screens of cases: the list, opening one, and the tabs of one. Acts live in modules beside."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from cases.decisions.life import penalty_words, watching_parties
from cases.definitions import rules
from cases.documents.models import Document
from cases.evidence.operations import KINDS as EVIDENCE_KINDS
from cases.evidence.queries import evidence_in
from cases.intake.queries import visible_among
from cases.lifecycle import (
    branch_routes,
    edition_routes,
    matter_routes,
    opening_routes,
    people_routes,
    postponement_routes,
    queries,
    step_routes,
)
from cases.lifecycle.blueprint import blueprint
from cases.lifecycle.frame import frame
from cases.lifecycle.models import ConflictDeclaration, TeamMember
from cases.lifecycle.papers import form_name
from cases.lifecycle.people_on_case import POSITIONS
from cases.lifecycle.progress import on_team, parties_of
from cases.lifecycle.terms import CONCLUSIONS, STATES, violation_groups
from cases.lifecycle.timeline import KINDS as TIMELINE_KINDS
from cases.lifecycle.views import next_steps
from cases.people.access import actor, requires, today
from cases.people.permissions import Permission
from procedures.schema import NoLimitGround, Stage

# Naming the modules of acts here registers their views with the blueprint.
__all__ = [
    "blueprint",
    "branch_routes",
    "edition_routes",
    "matter_routes",
    "opening_routes",
    "people_routes",
    "postponement_routes",
    "step_routes",
]


@blueprint.route("/ho-so")
@requires(Permission.SEE_CASES)
def cases() -> ResponseReturnValue:
    wanted = queries.CaseFilter(
        text=request.args.get("tim", ""), procedure=request.args.get("quy-trinh", ""),
        state=request.args.get("tinh-trang", ""), mine=bool(request.args.get("cua-toi")),
        overdue=bool(request.args.get("qua-han")), page=request.args.get("trang", 1, type=int),
    )  # fmt: skip
    found = queries.find_cases(actor(), wanted, today=today())
    names = {one.code: one.short_name for one in rules().procedures}
    return render_template(
        "screens/lifecycle/cases.html", found=found, procedures=names, states=STATES, today=today(),
        rows=[(case, next_steps(case), parties_of(case)) for case in found.cases],
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>")
@requires(Permission.SEE_CASES)
def case(case_id: int) -> ResponseReturnValue:
    found = queries.case_of(actor(), case_id)
    return render_template(
        "screens/lifecycle/case.html", **frame(found, "case"), parties=parties_of(found), team=on_team(found),
        positions=POSITIONS, watched=watching_parties(actor(), parties_of(found), today=today()),
        penalty_words=penalty_words, latest=queries.timeline(actor(), found)[:5],
        open_letters=visible_among(actor(), [link.letter_id for link in found.letters]),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/cac-buoc")
@requires(Permission.SEE_CASES)
def steps(case_id: int) -> ResponseReturnValue:
    found = queries.case_of(actor(), case_id)
    return render_template("screens/lifecycle/steps.html", **frame(found, "steps"), all_stages=list(Stage))


@blueprint.route("/ho-so/<int:case_id>/van-ban")
@requires(Permission.SEE_CASES)
def papers(case_id: int) -> ResponseReturnValue:
    found = queries.case_of(actor(), case_id)
    documents = Document.select().where(Document.case == found.id).order_by(Document.id.desc())
    return render_template(
        "screens/lifecycle/papers.html",
        **frame(found, "papers"),
        documents=list(documents),
        form_name=form_name,
    )


@blueprint.route("/ho-so/<int:case_id>/noi-dung")
@requires(Permission.SEE_CASES)
def matter(case_id: int) -> ResponseReturnValue:
    found = queries.case_of(actor(), case_id)
    return render_template(
        "screens/lifecycle/matter.html", **frame(found, "matter"), evidence=evidence_in(found),
        conclusions=CONCLUSIONS, groups=violation_groups("member") | violation_groups("body"),
        evidence_kinds=EVIDENCE_KINDS, no_limit={one.value: one.label for one in NoLimitGround},
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/nguoi-tham-gia")
@requires(Permission.SEE_CASES)
def people(case_id: int) -> ResponseReturnValue:
    found = queries.case_of(actor(), case_id)
    left = TeamMember.select().where(TeamMember.case == found.id, TeamMember.left_on.is_null(False))
    return render_template(
        "screens/lifecycle/people.html", **frame(found, "people"), parties=parties_of(found),
        team=on_team(found), left=list(left), positions=POSITIONS,
        conflicts=list(ConflictDeclaration.select().where(ConflictDeclaration.case == found.id)),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/dien-bien")
@requires(Permission.SEE_CASES)
def timeline(case_id: int) -> ResponseReturnValue:
    found = queries.case_of(actor(), case_id)
    kind = request.args.get("loai", "")
    return render_template(
        "screens/lifecycle/timeline.html", **frame(found, "timeline"), kinds=TIMELINE_KINDS,
        entries=queries.timeline(actor(), found, kind=kind),
    )  # fmt: skip
