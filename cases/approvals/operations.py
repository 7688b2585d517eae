"""Verbs of approval: submit, approve, return with remarks, withdraw. Who asks, or wrote, never decides."""

from datetime import datetime

from peewee import ModelUpdate

from cases.approvals.models import Approval
from cases.approvals.queries import approval_of
from cases.audit.operations import act
from cases.documents.models import Document
from cases.documents.queries import document_of
from cases.documents.rendering import form_of
from cases.documents.rules import EDITABLE, missing_values
from cases.documents.signing import approver_of, outside_signer
from cases.documents.stored import values_of
from cases.errors import Invalid, NotAllowed, Refused
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.people.queries import user_of
from procedures.schema import Role


def submit(
    actor: Actor, document_id: int, *, now: datetime, approver_id: int | None = None, note: str = ""
) -> Approval:
    """Ask for approval of a paper by the role that signs it, or by a named person of that role."""
    actor.require(Permission.WRITE_DOCUMENTS)
    document = document_of(actor, document_id)
    form = form_of(document)
    signer = outside_signer(document)
    if signer is not None:
        raise Refused(
            f"Văn bản này do {signer.label} ký, không trình duyệt tại Ủy ban Kiểm tra. "
            "In bản thảo trình cơ quan đó; khi đã ký thì ghi số, ngày, người ký."
        )
    role = approver_of(document)
    if role is None:
        raise Refused("Biên bản, phiếu không phải trình duyệt; ghi nhận thẳng khi đã đủ nội dung.")
    missing = missing_values(form, values_of(form, document.values))
    if missing:
        raise Refused(f"Chưa trình được, còn thiếu: {', '.join(missing)}.")
    if approver_id is not None:
        _check_approver(actor, document, approver_id)
    with act(actor, "document.submitted", now=now) as event:
        changed = Document.update(state="submitted", updated_at=now, version=Document.version + 1).where(
            Document.id == document.id, Document.state.in_(list(EDITABLE))
        )
        if not changed.execute():
            raise Refused("Văn bản đã trình hoặc đã ban hành.")
        approval = Approval.create(
            commission=actor.commission_id,
            document=document,
            role=role.value,
            approver=approver_id,
            note=note,
            requested_by=actor.user_id,
            requested_at=now,
        )
        event.about(document)
        event.say(role=role.value)
    return approval


def _check_approver(actor: Actor, document: Document, approver_id: int) -> None:
    approver = user_of(actor, approver_id).as_actor()
    if approver.user_id in (actor.user_id, document.created_by_id):
        raise Invalid("Người trình và người soạn không được là người duyệt.", field="approver")
    if not approver.may(Permission.APPROVE_DOCUMENTS):
        raise Invalid("Người được chọn không có quyền duyệt văn bản.", field="approver")
    document_of(approver, document.id)  # who may not see the case may not approve its papers


def approve(actor: Actor, approval_id: int, *, now: datetime, remarks: str = "") -> Approval:
    return _decide(actor, approval_id, state="approved", paper="approved", remarks=remarks, now=now)


def return_for_changes(actor: Actor, approval_id: int, *, remarks: str, now: datetime) -> Approval:
    """Send a paper back to its writer; the remarks say what to change."""
    if not remarks.strip():
        raise Invalid("Ghi rõ cần sửa gì.", field="remarks")
    return _decide(actor, approval_id, state="returned", paper="returned", remarks=remarks, now=now)


def _decide(
    actor: Actor, approval_id: int, *, state: str, paper: str, remarks: str, now: datetime
) -> Approval:
    actor.require(Permission.APPROVE_DOCUMENTS)
    approval = approval_of(actor, approval_id)
    require_may_decide(actor, approval)
    with act(actor, f"document.{state}", now=now) as event:
        changed: ModelUpdate = Approval.update(
            state=state, decided_by=actor.user_id, decided_at=now, remarks=remarks.strip()
        ).where(Approval.id == approval.id, Approval.state == "waiting")
        if not changed.execute():
            raise Refused("Việc này đã được quyết định trước đó.")
        Document.update(state=paper, updated_at=now, version=Document.version + 1).where(
            Document.id == approval.document_id, Document.state == "submitted"
        ).execute()
        event.about(approval.document)
        event.say(remarks=remarks.strip())
    return Approval.get_by_id(approval.id)


def require_may_decide(actor: Actor, approval: Approval) -> None:
    """Refuse everyone but the named approver, or a holder of the asked role who neither asked nor wrote."""
    if actor.user_id in (approval.requested_by_id, approval.document.created_by_id):
        raise NotAllowed("Người trình hoặc người soạn văn bản không được tự duyệt.")
    if approval.approver_id is not None and approval.approver_id != actor.user_id:
        raise NotAllowed("Văn bản này trình đích danh đồng chí khác.")
    if approval.approver_id is None and Role(approval.role) not in actor.roles:
        raise NotAllowed("Văn bản này trình cấp có thẩm quyền khác.")


def withdraw(actor: Actor, approval_id: int, *, now: datetime) -> Approval:
    """Take back one's own request before it is decided, to go on writing."""
    approval = approval_of(actor, approval_id)
    if approval.requested_by_id != actor.user_id:
        raise NotAllowed("Chỉ người trình mới rút lại được.")
    with act(actor, "document.withdrawn", now=now) as event:
        changed = Approval.update(state="withdrawn").where(
            Approval.id == approval.id, Approval.state == "waiting"
        )
        if not changed.execute():
            raise Refused("Việc này đã được quyết định, không rút lại được.")
        Document.update(state="draft", updated_at=now, version=Document.version + 1).where(
            Document.id == approval.document_id, Document.state == "submitted"
        ).execute()
        event.about(approval.document)
    return Approval.get_by_id(approval.id)
