"""The home page: what is mine today, this week, overdue, and what waits for others."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from cases.home.queries import today_of
from cases.people.access import actor, requires, today
from cases.people.permissions import Permission
from procedures.schema import Role, StepActor

blueprint = Blueprint("home", __name__)

LETTER_STATES = {
    "logged": _l("đơn chờ phân loại"),
    "classified": _l("đơn chờ đề xuất xử lý"),
    "proposed": _l("đơn chờ quyết định xử lý"),
}


@blueprint.route("/")
@requires(Permission.SEE_HOME)
def index() -> ResponseReturnValue:
    return render_template(
        "screens/home/index.html",
        today=today(),
        work=today_of(actor(), today()),
        letter_states=LETTER_STATES,
        actor_label=lambda value: StepActor(value).label if value else "",
        role_label=lambda value: Role(value).label,
    )
