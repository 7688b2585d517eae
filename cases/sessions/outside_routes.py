"""Votes of other bodies on screen: written down at their step, shown, put right, decided from."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from cases.decisions import papers
from cases.decisions.operations import record_outside_decision
from cases.decisions.queries import decision_from, paper_after
from cases.errors import NotAllowed, NotFound, UserFacingError
from cases.lifecycle.holding import require_recorder
from cases.lifecycle.models import Case, CaseStep, Party
from cases.lifecycle.progress import edition_of, parties_of, progress_of
from cases.lifecycle.queries import case_of, step_of
from cases.people.access import actor, now, requires, vault
from cases.people.permissions import Permission
from cases.sessions import outside_votes
from cases.sessions.ballot_routes import show_problems
from cases.sessions.blueprint import blueprint
from cases.sessions.models import OutsideVote
from cases.sessions.outside_votes import OutsideMinutes
from cases.sessions.queries import lines_on_ballot, outcome_label, stage_names
from cases.sessions.tally import TallyRejected
from cases.sessions.terms import STAGES
from cases.sessions.voting_steps import missing_dual, outside_stage
from forms.screens.decisions import RecordForm
from forms.screens.fill import show_refusal
from forms.screens.sessions import outside_vote_form
from procedures.schema import Step, VoteKind

VOTE = "/phieu-to-chuc/<int:vote_id>"
READ = ("body_name", "held_on", "minutes_note", "base_total", "present", "invalid", "subject_in_body")


@blueprint.app_template_global()
def outside_votes_at(case: Case, step: Step) -> dict[str, Any] | None:
    """What the page of a step shows of other bodies' votes; None where none is held."""
    edition = edition_of(case)
    stage = outside_stage(edition, step)
    if stage is None:
        return None
    return {
        "votes": outside_votes.outside_votes_on(case, step.key), "parties": parties_of(case),
        "name": stage_names(case)[stage.value], "missing": outside_votes.subjects_without_vote(case, step),
        "dual": missing_dual(progress_of(case), step), "outcome_label": outcome_label,
        "may_record": _may_record(step),
    }  # fmt: skip


def _may_record(step: Step) -> bool:
    try:
        require_recorder(actor(), step, proved=True)
    except NotAllowed:
        return False
    return True


@blueprint.route("/ho-so/<int:case_id>/buoc/<int:step_id>/phieu-to-chuc", methods=["GET", "POST"])
@requires(Permission.SEE_CASES)
def record_outside_vote(case_id: int, step_id: int) -> ResponseReturnValue:
    case, row = case_of(actor(), case_id), step_of(actor(), step_id)
    stage = outside_stage(edition_of(case), edition_of(case).step(row.key))
    if row.case_id != case.id or stage is None:
        raise NotFound(_("Bước này không có bỏ phiếu kín của tổ chức đảng khác."))
    party = _party(case)
    lines = lines_on_ballot(party, stage)
    form = outside_vote_form(lines, correcting=False)()
    status = 200
    if form.validate_on_submit():
        try:
            vote = outside_votes.record_outside_vote(
                actor(), step_id, party_id=party.id, minutes=_minutes(form, party, stage), now=now()
            )
        except UserFacingError as error:
            status = _refused(form, error)
        else:
            flash(_("Đã ghi kết quả bỏ phiếu của %(body)s.", body=vote.body_name), "success")
            return redirect(url_for("sessions.outside_vote", vote_id=vote.id))
    return _form_page(case, row, party, stage, form, status)


def _party(case: Case) -> Party:
    """The subject named in the address, else the first one of the case."""
    parties = parties_of(case)
    wanted = request.args.get("doi-tuong", type=int)
    found = next((party for party in parties if wanted in (None, party.id)), None)
    if found is None:
        raise NotFound(_("Hồ sơ không có đối tượng này."))
    return found


def _form_page(
    case: Case, row: CaseStep, party: Party, stage: VoteKind, form: FlaskForm, status: int
) -> ResponseReturnValue:
    step = edition_of(case).step(row.key)
    page = render_template(
        "screens/sessions/outside_form.html", case=case, row=row, step=step, party=party, form=form,
        lines=lines_on_ballot(party, stage), others=[one for one in parties_of(case) if one.id != party.id],
        stage_name=stage_names(case)[stage.value], vote=None,
    )  # fmt: skip
    return page, 422 if form.errors and status == 200 else status


def _minutes(form: FlaskForm, party: Party, stage: VoteKind) -> OutsideMinutes:
    votes = {line.id: form[f"votes_{line.id}"].data for line in lines_on_ballot(party, stage)}
    typed = {name: form[name].data for name in READ}
    return OutsideMinutes(votes=votes, **{**typed, "minutes_note": typed["minutes_note"] or ""})


def _refused(form: FlaskForm, error: UserFacingError) -> int:
    return show_problems(form, error) if isinstance(error, TallyRejected) else show_refusal(form, error)


@blueprint.route(VOTE)
@requires(Permission.SEE_CASES)
def outside_vote(vote_id: int) -> ResponseReturnValue:
    vote = outside_votes.outside_vote_of(actor(), vote_id)
    case = vote.case
    return render_template(
        "screens/sessions/outside_vote.html", vote=vote, case=case, step=edition_of(case).step(vote.step_key),
        row=_row(vote), stage_name=stage_names(case)[vote.stage], follows=paper_after(vote),
        decision=decision_from(vote), label=outcome_label(vote.party, vote.outcome),
        may_correct=case.state == "open" and _may_record(edition_of(case).step(vote.step_key)),
    )  # fmt: skip


@blueprint.route(f"{VOTE}/sua", methods=["GET", "POST"])
@requires(Permission.SEE_CASES)
def correct_outside_vote(vote_id: int) -> ResponseReturnValue:
    vote = outside_votes.outside_vote_of(actor(), vote_id)
    stage, party = STAGES[vote.stage], vote.party
    lines = lines_on_ballot(party, stage)
    form = outside_vote_form(lines, correcting=True)(data=_stored(vote))
    status = 200
    if form.validate_on_submit():
        try:
            outside_votes.correct_outside_vote(
                actor(), vote_id, minutes=_minutes(form, party, stage), reason=form["reason"].data, now=now()
            )
        except UserFacingError as error:
            status = _refused(form, error)
        else:
            flash(_("Đã sửa kết quả bỏ phiếu."), "success")
            return redirect(url_for("sessions.outside_vote", vote_id=vote_id))
    page = render_template(
        "screens/sessions/outside_form.html", case=vote.case, vote=vote, party=party, form=form, lines=lines,
        step=edition_of(vote.case).step(vote.step_key), row=_row(vote), others=[],
        stage_name=stage_names(vote.case)[vote.stage],
    )  # fmt: skip
    return page, 422 if form.errors and status == 200 else status


@blueprint.route(f"{VOTE}/quyet-dinh", methods=["GET", "POST"])
@requires(Permission.RUN_SESSIONS)
def outside_decision(vote_id: int) -> ResponseReturnValue:
    vote = outside_votes.outside_vote_of(actor(), vote_id)
    form = RecordForm()
    status = 200
    if form.validate_on_submit():
        try:
            made = record_outside_decision(
                actor(), vote_id, removed_post=form.removed_post.data or "", now=now()
            )
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã lập quyết định, chờ soạn và ký ban hành."), "success")
            return redirect(url_for("decisions.decision", decision_id=made.id))
    page = render_template(
        "screens/sessions/outside_decision.html", vote=vote, form=form, follows=paper_after(vote)
    )
    return page, 422 if form.errors and status == 200 else status


@blueprint.route(f"{VOTE}/giai-quyet-khieu-nai", methods=["POST"])
@requires(Permission.WRITE_DOCUMENTS)
def outside_settlement(vote_id: int) -> ResponseReturnValue:
    vote = outside_votes.outside_vote_of(actor(), vote_id)
    document = papers.draft_settlement(actor(), vote, vault=vault(), now=now())
    return redirect(url_for("documents.document", document_id=document.id))


def _stored(vote: OutsideVote) -> dict[str, Any]:
    kept = {name: getattr(vote, name) for name in READ if name != "subject_in_body"}
    votes = {f"votes_{option}": count for option, count in vote.votes.items()}
    return {**kept, **votes, "subject_in_body": vote.result.get("subject_in_body", False)}


def _row(vote: OutsideVote) -> CaseStep:
    """The last occurrence of the step at which the vote was held."""
    found: CaseStep = (
        CaseStep.select()
        .where(CaseStep.case == vote.case_id, CaseStep.key == vote.step_key)
        .order_by(CaseStep.occurrence.desc())
        .get()
    )
    return found
