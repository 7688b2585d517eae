"""What waits for my decision, and deciding it: paper, case in ten lines and remarks on one page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.approvals import operations, queries
from cases.documents import rendering
from cases.errors import UserFacingError
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
    approval = queries.approval_of(actor(), approval_id)
    form = DecideForm()
    status = 200
    if form.validate_on_submit():
        try:
            if request.form.get("act") == "return":
                operations.return_for_changes(
                    actor(), approval_id, remarks=form.remarks.data or "", now=now()
                )
                flash(_("Đã trả lại người trình."), "success")
            else:
                operations.approve(actor(), approval_id, remarks=form.remarks.data or "", now=now())
                flash(_("Đã duyệt. Văn thư có thể lấy số, ban hành."), "success")
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            return redirect(url_for("approvals.inbox"))
    return render_template(
        "screens/approvals/decide.html",
        approval=approval,
        document=approval.document,
        form=form,
        preview=rendering.preview(approval.document, today=today()),
    ), status


@blueprint.route("/cho-duyet/<int:approval_id>/rut", methods=["POST"])
@requires(Permission.WRITE_DOCUMENTS)
def withdraw(approval_id: int) -> ResponseReturnValue:
    approval = operations.withdraw(actor(), approval_id, now=now())
    flash(_("Đã rút lại để sửa tiếp."), "success")
    return redirect(url_for("documents.edit", document_id=approval.document_id))
