"""Discipline decisions on screen: recorded from a ballot, drafted, announced, with every date explained."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.decisions import life_routes, limitation_routes, operations, papers, queries
from cases.decisions.blueprint import BALLOT, DECISION, blueprint
from cases.decisions.life import life_of, moments_of, penalty_words
from cases.decisions.limitation_view import periods_of
from cases.documents.models import Document
from cases.errors import UserFacingError
from cases.people.access import actor, now, requires, today, vault
from cases.people.permissions import Permission
from cases.sessions.queries import ballot_of
from forms.screens.decisions import AnnounceForm, RecordForm
from forms.screens.fill import show_refusal

# Naming the modules of pages here registers their views with the blueprint.
__all__ = ["blueprint", "life_routes", "limitation_routes"]


@blueprint.route(f"{BALLOT}/quyet-dinh", methods=["GET", "POST"])
@requires(Permission.RUN_SESSIONS)
def record(ballot_id: int) -> ResponseReturnValue:
    ballot = ballot_of(actor(), ballot_id)
    form = RecordForm()
    status = 200
    if form.validate_on_submit():
        try:
            made = operations.record_decision(
                actor(), ballot_id, removed_post=form.removed_post.data or "", now=now()
            )
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã lập quyết định, chờ soạn và ký ban hành."), "success")
            return redirect(url_for("decisions.decision", decision_id=made.id))
    page = render_template(
        "screens/decisions/record.html", ballot=ballot, form=form, follows=queries.next_paper(ballot),
        periods=periods_of(ballot.party, on=ballot.item.session.held_on, concluded=True),
    )  # fmt: skip
    return page, 422 if form.errors and status == 200 else status


@blueprint.route(f"{BALLOT}/to-trinh", methods=["POST"])
@requires(Permission.WRITE_DOCUMENTS)
def submission(ballot_id: int) -> ResponseReturnValue:
    return _open(papers.draft_submission(actor(), ballot_id, vault=vault(), now=now()))


@blueprint.route(f"{BALLOT}/giai-quyet-khieu-nai", methods=["POST"])
@requires(Permission.WRITE_DOCUMENTS)
def settlement(ballot_id: int) -> ResponseReturnValue:
    ballot = ballot_of(actor(), ballot_id)
    return _open(papers.draft_settlement(actor(), ballot, vault=vault(), now=now()))


@blueprint.route(DECISION)
@requires(Permission.SEE_DECISIONS)
def decision(decision_id: int) -> ResponseReturnValue:
    found = queries.decision_of(actor(), decision_id)
    life = life_of(found, today=today())
    return render_template(
        "screens/decisions/decision.html", decision=found, life=life, penalty=penalty_words(found),
        penalty_words=penalty_words, moments=moments_of(life, today=today()),
    )  # fmt: skip


@blueprint.route(f"{DECISION}/van-ban", methods=["POST"])
@requires(Permission.WRITE_DOCUMENTS)
def paper(decision_id: int) -> ResponseReturnValue:
    return _open(papers.draft_decision_paper(actor(), decision_id, vault=vault(), now=now()))


@blueprint.route(f"{DECISION}/bien-ban", methods=["POST"])
@requires(Permission.WRITE_DOCUMENTS)
def announcement(decision_id: int) -> ResponseReturnValue:
    return _open(papers.draft_announcement(actor(), decision_id, vault=vault(), now=now()))


@blueprint.route(f"{DECISION}/cong-bo", methods=["GET", "POST"])
@requires(Permission.RECORD_DECISIONS)
def announce(decision_id: int) -> ResponseReturnValue:
    found = queries.decision_of(actor(), decision_id)
    form = AnnounceForm(obj=found)
    status = 200
    if form.validate_on_submit():
        try:
            operations.announce_decision(
                actor(), decision_id, announced_on=form.announced_on.data, received_on=form.received_on.data,
                refusal=form.refusal.data or "", now=now(),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã ghi việc công bố quyết định."), "success")
            return redirect(url_for("decisions.decision", decision_id=decision_id))
    page = render_template("screens/decisions/announce.html", decision=found, form=form)
    return page, 422 if form.errors and status == 200 else status


def _open(document: Document) -> ResponseReturnValue:
    return redirect(url_for("documents.document", document_id=document.id))
