"""Secret ballots on screen: opening, slips to print, the tellers' entry, and how it was counted."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from cases.decisions.limitation_view import PartyPeriods, periods_of, vote_warnings
from cases.decisions.queries import decision_from, next_paper
from cases.downloads import as_download
from cases.errors import UserFacingError
from cases.people.access import actor, now, requires, settings, today, vault
from cases.people.permissions import ROLE_PERMISSIONS, Permission
from cases.people.queries import holders
from cases.sessions import operations, papers, queries
from cases.sessions.attendance import present_voters, voters_excluded
from cases.sessions.ballots import require_teller, seal_holds, vote_barrier
from cases.sessions.blueprint import BALLOT, ITEM, blueprint
from cases.sessions.complaints import is_complaint
from cases.sessions.models import AgendaItem, Ballot
from cases.sessions.open_votes import earlier_ballot, open_points_of
from cases.sessions.tally import TallyRejected
from cases.sessions.terms import BALLOT_STATES, STAGES, TELLER_DUTIES
from forms.screens.fill import show_refusal
from forms.screens.intake import pick
from forms.screens.sessions import BallotForm, CopiesForm, tally_form
from procedures.schema import VoteKind

COUNTERS = [role for role, held in ROLE_PERMISSIONS.items() if Permission.COUNT_BALLOTS in held]


@blueprint.route(f"{ITEM}/bo-phieu", methods=["GET", "POST"])
@requires(Permission.RUN_SESSIONS)
def open_ballot(item_id: int) -> ResponseReturnValue:
    item = queries.item_of(actor(), item_id)
    form = BallotForm()
    people = _fill_choices(form, item)
    status = 200
    if form.validate_on_submit():
        try:
            ballot = operations.open_ballot(
                actor(), item_id, party_id=_number(form.party.data),
                stage=STAGES.get(form.stage.data, VoteKind.CONCLUDE), tellers=_tellers(form, people),
                again_reason=form.again_reason.data or "", now=now(),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã mở bỏ phiếu kín."), "success")
            return redirect(url_for("sessions.ballot", ballot_id=ballot.id))
    page = render_template(
        "screens/sessions/open_ballot.html", item=item, form=form, barrier=vote_barrier(item),
        voters=present_voters(item, session=item.session),
        points=open_points_of(item.session.commission), again=_voted_before(item),
        limitation_warnings=vote_warnings(item.case, on=item.session.held_on),
    )  # fmt: skip
    return page, 422 if form.errors and status == 200 else status


def _voted_before(item: AgendaItem) -> bool:
    """Whether another session voted in this case: then the form asks why one votes again."""
    parties = queries.parties_on(item)
    return any(earlier_ballot(item, party, stage) for party in parties for stage in STAGES.values())


def _fill_choices(form: BallotForm, item: AgendaItem) -> dict[str, Any]:
    excluded = voters_excluded(item)
    people = {str(user.id): user for user in holders(actor(), COUNTERS) if user.id not in excluded}
    names = [(number, f"{user.full_name} – {user.post}") for number, user in people.items()]
    form.party.choices = pick((str(party.id), party.name) for party in queries.parties_on(item))
    names_of_stages = queries.stage_names(item.case)
    form.stage.choices = pick((stage, names_of_stages[stage]) for stage in ("decide", "propose"))
    form.teller_head.choices = pick([("", _("— chọn —")), *names])
    for field in (form.teller_secretary, form.teller_member):
        field.choices = pick([("", _("không có")), *names])
    return people


def _tellers(form: BallotForm, people: Mapping[str, Any]) -> list[dict[str, Any]]:
    chosen = [
        (form.teller_head.data, "head"), (form.teller_secretary.data, "secretary"),
        (form.teller_member.data, "member"),
    ]  # fmt: skip
    return [
        {
            "full_name": people[number].full_name, "post": people[number].post,
            "duty": TELLER_DUTIES[duty], "user_id": people[number].id,
        }
        for number, duty in chosen
        if number in people
    ]  # fmt: skip


@blueprint.route(BALLOT)
@requires(Permission.SEE_SESSIONS)
def ballot(ballot_id: int) -> ResponseReturnValue:
    found = queries.ballot_of(actor(), ballot_id)
    return render_template(
        "screens/sessions/ballot.html", ballot=found, item=found.item, party=found.party,
        stage_names=queries.stage_names(found.item.case), ballot_states=BALLOT_STATES,
        lines=queries.lines_on_ballot(found.party, STAGES[found.stage]),
        points=open_points_of(found.item.session.commission),
        periods=_periods(found), follows=next_paper(found), decision=decision_from(found),
        may_count=_may_count(found), seal_holds=found.state == "counted" and seal_holds(found),
    )  # fmt: skip


def _periods(found: Ballot) -> PartyPeriods | None:
    """Limitation on the day of the session; none where one votes on a complaint."""
    if is_complaint(found.item.case):
        return None
    return periods_of(found.party, on=found.item.session.held_on, concluded=True)


def _may_count(found: Ballot) -> bool:
    if found.state != "open" or not actor().may(Permission.COUNT_BALLOTS):
        return False
    try:
        require_teller(actor(), found)
    except UserFacingError:
        return False
    return True


@blueprint.route(f"{BALLOT}/in-phieu", methods=["GET", "POST"])
@requires(Permission.WRITE_DOCUMENTS)
def slips(ballot_id: int) -> ResponseReturnValue:
    found = queries.ballot_of(actor(), ballot_id)
    form = CopiesForm(data={"copies": found.present})
    status = 200
    if form.validate_on_submit():
        try:
            data = papers.print_slips(
                actor(), ballot_id, copies=form.copies.data, vault=vault(), settings=settings(),
                today=today(), now=now(),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            return as_download(data, f"phieu-bieu-quyet-{found.id}.pdf")
    page = render_template("screens/sessions/slips.html", ballot=found, form=form)
    return page, 422 if form.errors and status == 200 else status


@blueprint.route(f"{BALLOT}/kiem-phieu", methods=["GET", "POST"])
@requires(Permission.COUNT_BALLOTS)
def count(ballot_id: int) -> ResponseReturnValue:
    found = queries.ballot_of(actor(), ballot_id)
    require_teller(actor(), found)
    lines = queries.lines_on_ballot(found.party, STAGES[found.stage])
    form = tally_form(lines)()
    status = 200
    if form.validate_on_submit():
        votes = {line.id: form[f"votes_{line.id}"].data for line in lines}
        try:
            operations.count_ballot(
                actor(), ballot_id, issued=form["issued"].data, returned=form["returned"].data,
                valid=form["valid"].data, invalid=form["invalid"].data, votes=votes, now=now(),
            )  # fmt: skip
        except TallyRejected as rejected:
            status = show_problems(form, rejected)
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã ghi kết quả kiểm phiếu."), "success")
            return redirect(url_for("sessions.ballot", ballot_id=ballot_id))
    page = render_template("screens/sessions/count.html", ballot=found, form=form, lines=lines)
    return page, 422 if form.errors and status == 200 else status


def show_problems(form: FlaskForm, rejected: TallyRejected) -> int:
    """Every problem at its own field; sums over all forms above the form."""
    for problem in rejected.problems:
        name = problem.field.replace("votes.", "votes_")
        if name in form:
            form[name].errors = [*form[name].errors, problem.message]
        else:
            form.form_errors.append(problem.message)
    return rejected.status


@blueprint.route(f"{BALLOT}/bien-ban", methods=["POST"])
@requires(Permission.WRITE_DOCUMENTS)
def count_minutes(ballot_id: int) -> ResponseReturnValue:
    document = papers.draft_count_minutes(actor(), ballot_id, vault=vault(), now=now())
    return redirect(url_for("documents.document", document_id=document.id))


def _number(text: str | None) -> int:
    """An id from a form; what is no id finds nothing."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
