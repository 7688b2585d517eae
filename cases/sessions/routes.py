"""Sessions on screen: the list, planning, attendance, the agenda, opening and closing."""

from collections.abc import Iterable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.errors import UserFacingError
from cases.paging import page_number, page_of
from cases.people.access import actor, now, requires, today
from cases.people.models import User
from cases.people.permissions import Permission
from cases.people.queries import visible_to as visible_users
from cases.sessions import ballot_routes, item_routes, operations, outside_routes, queries
from cases.sessions.attendance import members_of, quorum_of, seats_of
from cases.sessions.blueprint import SESSION, blueprint
from cases.sessions.models import Session
from cases.sessions.readiness import candidates
from cases.sessions.terms import ITEM_STATES, SESSION_STATES
from forms.screens.fill import show_refusal
from forms.screens.intake import pick
from forms.screens.sessions import AddItemForm, CloseForm, OpenForm, PlanForm, attendance_form

__all__ = ["ballot_routes", "blueprint", "item_routes", "outside_routes"]


@blueprint.route("/ky-hop")
@requires(Permission.SEE_SESSIONS)
def index() -> ResponseReturnValue:
    found = queries.visible_to(actor()).order_by(Session.held_on.desc(), Session.number.desc())
    return render_template(
        "screens/sessions/index.html", page=page_of(found, page_number()), states=SESSION_STATES
    )


@blueprint.route("/ky-hop/moi", methods=["GET", "POST"])
@requires(Permission.RUN_SESSIONS)
def plan() -> ResponseReturnValue:
    form = PlanForm()
    form.chair.choices = _people(members_of(actor().commission_id))
    form.secretary.choices = _people(visible_users(actor()).where(User.active).order_by(User.name_sort))
    status = 200
    if form.validate_on_submit():
        try:
            session = operations.plan_session(
                actor(), held_on=form.held_on.data, starts_at=form.starts_at.data.strftime("%H:%M"),
                place=form.place.data, chair_id=_number(form.chair.data),
                secretary_id=_number(form.secretary.data), now=now(),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã lập kỳ họp thứ %(number)d.", number=session.number), "success")
            return redirect(url_for("sessions.session", session_id=session.id))
    page = render_template("screens/sessions/plan.html", form=form)
    return page, 422 if form.errors and status == 200 else status


@blueprint.route(SESSION)
@requires(Permission.SEE_SESSIONS)
def session(session_id: int) -> ResponseReturnValue:
    return _page(session_id, OpenForm(), 200)


def _page(session_id: int, form: OpenForm, status: int) -> ResponseReturnValue:
    found = queries.session_of(actor(), session_id)
    items = queries.items_of(actor(), found)
    page = render_template(
        "screens/sessions/session.html", session=found, items=items, seats=seats_of(found),
        quorum=quorum_of(found), states=SESSION_STATES, item_states=ITEM_STATES, form=form,
        left=operations.open_points(found) if found.state == "open" else [], today=today(),
        ballots={item.id: queries.ballots_on(item) for item in items},
    )  # fmt: skip
    return page, status


@blueprint.route(f"{SESSION}/diem-danh", methods=["GET", "POST"])
@requires(Permission.RUN_SESSIONS)
def attendance(session_id: int) -> ResponseReturnValue:
    found = queries.session_of(actor(), session_id)
    seats = seats_of(found)
    form = attendance_form(
        [seat.user for seat in seats], [seat.user.id for seat in seats if seat.present is not False],
        {seat.user.id: seat.reason for seat in seats},
    )  # fmt: skip
    form["present"].choices = _people((seat.user for seat in seats), numbers=True)
    status = 200
    if form.validate_on_submit():
        reasons = {seat.user.id: form[f"reason_{seat.user.id}"].data or "" for seat in seats}
        try:
            operations.record_attendance(
                actor(), session_id, present=form["present"].data, reasons=reasons, now=now()
            )
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã điểm danh."), "success")
            return redirect(url_for("sessions.session", session_id=session_id))
    return render_template("screens/sessions/attendance.html", session=found, form=form, seats=seats), status


@blueprint.route(f"{SESSION}/khai-mac", methods=["POST"])
@requires(Permission.RUN_SESSIONS)
def open_session(session_id: int) -> ResponseReturnValue:
    form = OpenForm()
    try:
        operations.open_session(actor(), session_id, now=now())
    except UserFacingError as error:
        return _page(session_id, form, show_refusal(form, error))
    flash(_("Kỳ họp đã khai mạc."), "success")
    return redirect(url_for("sessions.session", session_id=session_id))


@blueprint.route(f"{SESSION}/noi-dung-moi", methods=["GET", "POST"])
@requires(Permission.RUN_SESSIONS)
def add_item(session_id: int) -> ResponseReturnValue:
    found = queries.session_of(actor(), session_id)
    ready = candidates(actor(), session_id=session_id)
    form = AddItemForm()
    form.case.choices = pick(
        (str(one.case.id), f"{one.case.code} – {one.case.title}") for one in ready if one.addable
    )
    status = 200
    if form.validate_on_submit():
        try:
            item = operations.add_item(
                actor(), session_id, case_id=_number(form.case.data), title=form.title.data or "",
                reporter=form.reporter.data or "", now=now(),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã đưa vào chương trình kỳ họp."), "success")
            return redirect(url_for("sessions.item", item_id=item.id))
    page = render_template("screens/sessions/add_item.html", session=found, form=form, ready=ready)
    return page, 422 if form.errors and status == 200 else status


@blueprint.route(f"{SESSION}/be-mac", methods=["GET", "POST"])
@requires(Permission.RUN_SESSIONS)
def close(session_id: int) -> ResponseReturnValue:
    found = queries.session_of(actor(), session_id)
    form = CloseForm()
    status = 200
    if form.validate_on_submit():
        try:
            operations.close_session(
                actor(), session_id, ends_at=form.ends_at.data.strftime("%H:%M"), now=now()
            )
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Kỳ họp đã bế mạc."), "success")
            return redirect(url_for("sessions.session", session_id=session_id))
    page = render_template(
        "screens/sessions/close.html", session=found, form=form, left=operations.open_points(found)
    )
    return page, 422 if form.errors and status == 200 else status


def _people(users: Iterable[User], *, numbers: bool = False) -> list[object]:
    pairs: list[tuple[Any, str]] = [(user.id if numbers else str(user.id), user.called) for user in users]
    return list(pick(pairs))


def _number(text: str | None) -> int:
    """An id from a form; what is no id finds nothing."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
