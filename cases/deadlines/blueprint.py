"""The blueprint of the deadline and calendar screens, shared by the modules that hold its views."""

from flask import Blueprint, g

from cases.deadlines.confirmations import rule_day, statements_of, written_version
from cases.deadlines.models import Deadline
from cases.people.access import actor

blueprint = Blueprint("deadlines", __name__)


@blueprint.app_template_test("unconfirmed")
def unconfirmed(deadline: Deadline) -> bool:
    """Whether the rule behind a deadline of the own commission is neither stated by it nor read in the text.

    Lists of deadlines ask this of each; the statements are read once for a page.
    """
    own = actor().commission_id
    if "statements" not in g:
        g.statements = statements_of(own)
    written = written_version(deadline.limit_id, rule_day(deadline))
    return not g.statements.bound(own, written).confirmed
