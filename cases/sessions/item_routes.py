"""One item of a session on screen: what is missing, the ballots, discussion and conclusion, its minutes."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.decisions.limitation_view import vote_warnings
from cases.errors import UserFacingError
from cases.people.access import actor, now, requires, vault
from cases.people.permissions import Permission
from cases.sessions import operations, papers, queries
from cases.sessions.ballots import vote_barrier
from cases.sessions.blueprint import ITEM, blueprint
from cases.sessions.case_steps import waiting_for
from cases.sessions.open_votes import proposals_on
from cases.sessions.readiness import readiness_of
from cases.sessions.terms import BALLOT_STATES, ITEM_STATES
from forms.screens.fill import show_refusal
from forms.screens.sessions import ConcludeForm, PostponeForm


@blueprint.route(ITEM)
@requires(Permission.SEE_SESSIONS)
def item(item_id: int) -> ResponseReturnValue:
    found = queries.item_of(actor(), item_id)
    return render_template(
        "screens/sessions/item.html", item=found, case=found.case, session=found.session,
        readiness=readiness_of(found.case), ballots=queries.ballots_on(found),
        parties=queries.parties_on(found), waiting=waiting_for(found), barrier=vote_barrier(found),
        item_states=ITEM_STATES, ballot_states=BALLOT_STATES, stage_names=queries.stage_names(found.case),
        proposals=proposals_on(found.case), outcome_label=queries.outcome_label,
        limitation_warnings=vote_warnings(found.case, on=found.session.held_on),
    )  # fmt: skip


@blueprint.route(f"{ITEM}/ket-luan", methods=["GET", "POST"])
@requires(Permission.RUN_SESSIONS)
def conclude(item_id: int) -> ResponseReturnValue:
    found = queries.item_of(actor(), item_id)
    form = ConcludeForm(data={"reporter": found.reporter, "discussion": found.discussion})
    status = 200
    if form.validate_on_submit():
        try:
            operations.conclude_item(
                actor(), item_id, reporter=form.reporter.data or "", discussion=form.discussion.data or "",
                conclusion=form.conclusion.data, now=now(),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã ghi kết luận."), "success")
            return redirect(url_for("sessions.item", item_id=item_id))
    page = render_template("screens/sessions/conclude.html", item=found, form=form)
    return page, 422 if form.errors and status == 200 else status


@blueprint.route(f"{ITEM}/hoan", methods=["GET", "POST"])
@requires(Permission.RUN_SESSIONS)
def postpone(item_id: int) -> ResponseReturnValue:
    found = queries.item_of(actor(), item_id)
    form = PostponeForm()
    status = 200
    if form.validate_on_submit():
        try:
            operations.postpone_item(actor(), item_id, reason=form.reason.data, now=now())
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã hoãn nội dung này sang kỳ họp khác."), "success")
            return redirect(url_for("sessions.item", item_id=item_id))
    page = render_template("screens/sessions/postpone.html", item=found, form=form)
    return page, 422 if form.errors and status == 200 else status


@blueprint.route(f"{ITEM}/bien-ban", methods=["POST"])
@requires(Permission.WRITE_DOCUMENTS)
def minutes(item_id: int) -> ResponseReturnValue:
    document = papers.draft_session_minutes(actor(), item_id, vault=vault(), now=now())
    return redirect(url_for("documents.document", document_id=document.id))
