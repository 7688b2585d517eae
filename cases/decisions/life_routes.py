"""The decisions that soon end, have ended, or cannot be counted yet: the register's own watch list."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from cases.decisions.blueprint import blueprint
from cases.decisions.life import VIEWS, decisions_in, life_of, penalty_words
from cases.definitions import rules
from cases.paging import page_number, page_of
from cases.people.access import actor, requires, today
from cases.people.permissions import Permission


@blueprint.route("/so-sach/quyet-dinh-ky-luat/hieu-luc")
@requires(Permission.SEE_DECISIONS)
def lives() -> ResponseReturnValue:
    asked = request.args.get("xem", "")
    view = asked if asked in VIEWS else next(iter(VIEWS))
    page = page_of(decisions_in(actor(), view, today=today()), page_number())
    return render_template(
        "screens/decisions/lives.html", page=page, view=view, views=VIEWS,
        lives=[life_of(one, today=today()) for one in page.rows],
        labels={one.id: penalty_words(one) for one in page.rows},
        watch=rules().principle("Q-12"),
    )  # fmt: skip
