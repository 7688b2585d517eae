"""Reads of approvals: what waits for a person, oldest first."""

from peewee import ModelSelect

from cases.approvals.models import Approval
from cases.documents.models import Document
from cases.documents.queries import visible_to as documents_visible_to
from cases.errors import NotFound
from cases.people.actor import Actor
from cases.people.permissions import Permission


def visible_to(actor: Actor) -> "ModelSelect[Approval]":
    """Approvals of papers the person may see."""
    if not actor.may(Permission.SEE_DOCUMENTS):
        return Approval.select().where(Approval.id.is_null())
    papers = documents_visible_to(actor).select(Document.id)
    return Approval.select().where(Approval.commission == actor.commission_id, Approval.document.in_(papers))


def inbox(actor: Actor) -> list[Approval]:
    """What waits for this person's decision: named to them, or to a role of theirs, and not their own
    request nor a paper they wrote."""
    if not actor.may(Permission.APPROVE_DOCUMENTS):
        return []
    roles = [role.value for role in actor.roles]
    mine = (Approval.approver == actor.user_id) | (Approval.approver.is_null() & Approval.role.in_(roles))
    return list(
        visible_to(actor)
        .join(Document, on=(Approval.document == Document.id))
        .where(
            Approval.state == "waiting",
            mine,
            Approval.requested_by != actor.user_id,
            Document.created_by != actor.user_id,
        )
        .order_by(Approval.requested_at)
    )


def sent(actor: Actor) -> list[Approval]:
    """What this person has asked for and others have not decided yet."""
    return list(
        visible_to(actor)
        .where(Approval.state == "waiting", Approval.requested_by == actor.user_id)
        .order_by(Approval.requested_at)
    )


def last_return(document: Document) -> Approval | None:
    """The remarks with which a paper last came back, while it is being changed after them."""
    last: Approval | None = (
        Approval.select().where(Approval.document == document.id).order_by(Approval.id.desc()).first()
    )
    return last if last is not None and last.state == "returned" else None


def approval_of(actor: Actor, approval_id: int) -> Approval:
    found: Approval | None = visible_to(actor).where(Approval.id == approval_id).first()
    if found is None:
        raise NotFound("Không có việc trình duyệt này, hoặc đồng chí không thuộc phạm vi được xem.")
    return found
