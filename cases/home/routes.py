"""The home page: what is mine today, this week, overdue, and what waits for others."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from cases.people.access import actor, requires, today
from cases.people.permissions import Permission

blueprint = Blueprint("home", __name__)


@blueprint.route("/")
@requires(Permission.SEE_HOME)
def index() -> ResponseReturnValue:
    return render_template("screens/home/index.html", today=today(), actor=actor())
