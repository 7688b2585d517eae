"""Limitation of a case on screen: per party, per violation, per form, with the times that do not count."""

from flask import render_template
from flask.typing import ResponseReturnValue

from cases.decisions.blueprint import blueprint
from cases.decisions.limitation_view import periods_in
from cases.definitions import rules
from cases.lifecycle import queries
from cases.lifecycle.frame import frame
from cases.lifecycle.postponements import ground_label, ground_of, is_liftable, is_running, last_day_of
from cases.people.access import actor, requires, today
from cases.people.permissions import Permission

# What the page counts by and what a person still has to weigh, in the words of the rules.
EXPLAINED = ("H-10", "H-11", "H-12", "H-13", "H-14", "H-16", "P-04", "P-06", "P-07")


@blueprint.route("/ho-so/<int:case_id>/thoi-hieu")
@requires(Permission.SEE_CASES)
def limitation(case_id: int) -> ResponseReturnValue:
    found = queries.case_of(actor(), case_id)
    book = rules()
    return render_template(
        "screens/decisions/limitation.html", **frame(found, "limitation"),
        parties=periods_in(found, today=today()), unlimited=book.time_limit("H-06"),
        explained=[book.principle(rule_id) for rule_id in EXPLAINED], ground_label=ground_label,
        ground_of=ground_of, last_day_of=last_day_of,
        liftable=lambda one: is_liftable(one, today()),
        still=lambda one: one.lifted_on is None and (is_running(one, today()) or one.from_on > today()),
    )  # fmt: skip
