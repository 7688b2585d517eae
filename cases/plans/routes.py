"""The yearly programme; each entry becomes a case."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cases.people.access import actor, requires, today
from cases.people.permissions import Permission
from cases.plans import queries

blueprint = Blueprint("plans", __name__)


@blueprint.route("/chuong-trinh")
@requires(Permission.SEE_PROGRAMME)
def programme() -> ResponseReturnValue:
    years = queries.years(actor())
    asked = request.args.get("nam", type=int)
    year = asked if asked in years else (years[0] if years else today().year)
    items = queries.items_of_year(actor(), year)
    return render_template(
        "screens/plans/programme.html",
        items=items, year=year, years=[(one, one) for one in years], opened=queries.opened_items(items),
        cases=queries.visible_cases(actor(), items),
    )  # fmt: skip
