"""The journal: what happened, who did it, and whether the chain holds."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cases.audit import queries
from cases.audit.models import AuditEvent
from cases.audit.operations import first_broken_event
from cases.audit.verbs import VERBS
from cases.paging import page_number, page_of
from cases.people.access import actor, requires
from cases.people.models import User
from cases.people.permissions import Permission

blueprint = Blueprint("audit", __name__)


@blueprint.route("/nhat-ky")
@requires(Permission.SEE_JOURNAL)
def journal() -> ResponseReturnValue:
    verb, person = request.args.get("viec", ""), request.args.get("nguoi", type=int)
    events = queries.visible_to(actor())
    if verb in VERBS:
        events = events.where(AuditEvent.verb == verb)
    people = {user.id: user.full_name for user in queries.people_in(actor())}
    if person in people:
        events = events.where(AuditEvent.actor == person)
    with_names = events.select(AuditEvent, User).left_outer_join(User, on=AuditEvent.actor)
    page = page_of(with_names.order_by(AuditEvent.id.desc()), page_number())
    return render_template(
        "screens/audit/journal.html", page=page, subjects=queries.subjects_of(actor(), page.rows),
        verbs=VERBS, verb=verb, people=list(people.items()), person=person,
    )  # fmt: skip


@blueprint.route("/nhat-ky/kiem-tra")
@requires(Permission.SEE_JOURNAL)
def verify() -> ResponseReturnValue:
    return render_template(
        "screens/audit/verify.html", broken=first_broken_event(), total=AuditEvent.select().count()
    )
