"""The journal: what happened, who did it, and whether the chain holds."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cases.audit import queries
from cases.audit.models import AuditEvent
from cases.audit.operations import first_broken_event
from cases.audit.verbs import VERBS
from cases.paging import page_number, page_of
from cases.people.access import actor, requires
from cases.people.permissions import Permission

blueprint = Blueprint("audit", __name__)


@blueprint.route("/nhat-ky")
@requires(Permission.SEE_JOURNAL)
def journal() -> ResponseReturnValue:
    verb = request.args.get("viec", "")
    events = queries.visible_to(actor())
    if verb:
        events = events.where(AuditEvent.verb == verb)
    page = page_of(events.order_by(AuditEvent.id.desc()), page_number())
    return render_template("screens/audit/journal.html", page=page, verbs=VERBS, verb=verb)


@blueprint.route("/nhat-ky/kiem-tra")
@requires(Permission.SEE_JOURNAL)
def verify() -> ResponseReturnValue:
    return render_template(
        "screens/audit/verify.html", broken=first_broken_event(), total=AuditEvent.select().count()
    )
