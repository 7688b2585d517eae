"""The yearly programme; each entry becomes a case."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cases.people.access import actor, requires, today
from cases.people.permissions import Permission
from cases.plans import queries
from cases.plans.models import ProgrammeItem

blueprint = Blueprint("plans", __name__)


@blueprint.route("/chuong-trinh")
@requires(Permission.SEE_PROGRAMME)
def programme() -> ResponseReturnValue:
    years = queries.years(actor())
    year = request.args.get("nam", type=int) or (years[0] if years else today().year)
    items = queries.visible_to(actor()).where(ProgrammeItem.year == year).order_by(ProgrammeItem.number)
    return render_template("screens/plans/programme.html", items=list(items), year=year, years=years)
