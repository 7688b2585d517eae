"""What waits for my decision, and deciding it: paper, case in ten lines and remarks on one page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.approvals import operations, queries
from cases.approvals.brief import case_in_ten_lines
from cases.approvals.models import Approval
from cases.documents import rendering
from cases.errors import NotAllowed, UserFacingError
from cases.people.access import actor, now, requires, today
from cases.people.permissions import Permission
from forms.screens.documents import DecideForm
from forms.screens.fill import show_refusal

blueprint = Blueprint("approvals", __name__)


@blueprint.route("/cho-duyet")
@requires(Permission.SEE_DOCUMENTS)
def inbox() -> ResponseReturnValue:
    return render_template(
        "screens/approvals/inbox.html",
        waiting=queries.inbox(actor()),
        sent=queries.sent(actor()),
        today=today(),
    )


@blueprint.route("/cho-duyet/<int:approval_id>", methods=["GET", "POST"])
@requires(Permission.APPROVE_DOCUMENTS)
def decide(approval_id: int) -> ResponseReturnValue:
    form = DecideForm()
    if not form.validate_on_submit():
        return _page(approval_id, form, status=422 if form.errors else 200)
    remarks = form.remarks.data or ""
    try:
        if request.form.get("act") == "return":
            operations.return_for_changes(actor(), approval_id, remarks=remarks, now=now())
            flash(_("Đã trả lại người trình."), "success")
        else:
            operations.approve(actor(), approval_id, remarks=remarks, now=now())
            flash(_("Đã duyệt. Văn thư có thể lấy số, ban hành."), "success")
    except UserFacingError as error:
        return _page(approval_id, form, status=show_refusal(form, error))
    return redirect(url_for("approvals.inbox"))


def _page(approval_id: int, form: DecideForm, *, status: int = 200) -> ResponseReturnValue:
    approval = queries.approval_of(actor(), approval_id)
    document = approval.document
    return (
        render_template(
            "screens/approvals/decide.html",
            approval=approval,
            document=document,
            form=form,
            refusal="" if form.errors else _why_not(approval),
            brief=case_in_ten_lines(document.case) if document.case else [],
            preview=rendering.preview(document, today=today()),
        ),
        status,
    )


def _why_not(approval: Approval) -> str:
    """Why the person who reads may not decide; empty when they may."""
    try:
        operations.require_may_decide(actor(), approval)
    except NotAllowed as refusal:
        return refusal.message
    return ""


@blueprint.route("/cho-duyet/<int:approval_id>/rut", methods=["POST"])
@requires(Permission.WRITE_DOCUMENTS)
def withdraw(approval_id: int) -> ResponseReturnValue:
    approval = operations.withdraw(actor(), approval_id, now=now())
    flash(_("Đã rút lại để sửa tiếp."), "success")
    return redirect(url_for("documents.edit", document_id=approval.document_id))
