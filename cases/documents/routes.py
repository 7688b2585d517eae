"""Papers on screen: draft, edit with preview, submit, issue, download, void."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from cases.approvals.models import Approval
from cases.approvals.operations import submit as submit_for_approval
from cases.approvals.queries import last_return, visible_to as approvals_visible_to
from cases.definitions import forms
from cases.documents import operations, queries, rendering
from cases.documents.editing import differing_labels, sections_of
from cases.documents.html import stylesheet
from cases.documents.models import Document
from cases.documents.rules import EDITABLE, missing_values
from cases.documents.signing import OutsideIssue, approver_of, outside_signer
from cases.documents.stored import values_of
from cases.downloads import as_download
from cases.errors import Stale, UserFacingError
from cases.people.access import actor, now, requires, settings, today, vault
from cases.people.permissions import Permission
from cases.people.queries import holders
from cases.text import typed_id
from forms.build import add_asked_row, build_form, initial_values, typed_values
from forms.origins import ORIGINS
from forms.screens.documents import IssueForm, SubmitForm, VoidForm
from forms.screens.fill import show_refusal
from procedures.schema import Role

blueprint = Blueprint("documents", __name__)


@blueprint.route("/van-ban")
@requires(Permission.SEE_DOCUMENTS)
def index() -> ResponseReturnValue:
    mine = queries.visible_to(actor()).where(
        Document.created_by == actor().user_id, Document.state.in_(["draft", "returned", "submitted"])
    )
    return render_template(
        "screens/documents/index.html",
        waiting=queries.waiting_for_number(actor()),
        mine=list(mine.order_by(Document.updated_at.desc())),
        forms=forms(),
    )


@blueprint.route("/van-ban/kieu-trinh-bay.css")
@requires(Permission.SEE_DOCUMENTS)
def paper_style() -> ResponseReturnValue:
    return Response(stylesheet(), mimetype="text/css", headers={"Cache-Control": "private, max-age=3600"})


@blueprint.route("/van-ban/soan", methods=["POST"])
@requires(Permission.WRITE_DOCUMENTS)
def draft() -> ResponseReturnValue:
    document = operations.draft_document(
        actor(),
        form=request.form.get("form", ""),
        vault=vault(),
        now=now(),
        case_id=request.form.get("case_id", type=int),
        letter_id=request.form.get("letter_id", type=int),
        step_id=request.form.get("step_id", type=int),
    )
    return redirect(url_for("documents.edit", document_id=document.id))


@blueprint.route("/van-ban/<int:document_id>")
@requires(Permission.SEE_DOCUMENTS)
def document(document_id: int) -> ResponseReturnValue:
    return _page(document_id)


@dataclass(frozen=True)
class Acts:
    """The three small forms beside a paper: submit, issue, void."""

    submit: SubmitForm
    issue: IssueForm
    void: VoidForm


def _page(
    document_id: int,
    *,
    submit: SubmitForm | None = None,
    issue: IssueForm | None = None,
    void: VoidForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    found = queries.document_of(actor(), document_id)
    form = rendering.form_of(found)
    acts = Acts(submit or SubmitForm(), issue or IssueForm(issued_on=today()), void or VoidForm())
    _offer_people(acts, found)
    return (
        render_template(
            "screens/documents/document.html",
            document=found,
            form=form,
            role=approver_of(found),
            outside=outside_signer(found),
            acts=acts,
            preview=rendering.preview(found, today=today()),
            missing=missing_values(form, values_of(form, found.values)),
            approvals=list(approvals_visible_to(actor()).where(Approval.document == found)),
            editable=found.state in EDITABLE,
            labels={f.name: f.label for f in form.fields},
            origins=ORIGINS,
        ),
        status,
    )


def _offer_people(acts: Acts, found: Document) -> None:
    """Whom a paper may be submitted to, and who may sign it."""
    role = approver_of(found)
    approvers = [user for user in holders(actor(), [role] if role else []) if user.id != found.created_by_id]
    acts.submit.approver.choices = [SelectChoice("", _("Người có thẩm quyền bất kỳ"))] + [
        SelectChoice(str(user.id), user.called) for user in approvers if user.id != actor().user_id
    ]
    signers = holders(actor(), [Role.CHAIR, Role.HEAD_OF_SECTION])
    acts.issue.signer.choices = [SelectChoice(str(user.id), user.called) for user in signers]


@blueprint.route("/van-ban/<int:document_id>/sua", methods=["GET", "POST"])
@requires(Permission.WRITE_DOCUMENTS)
def edit(document_id: int) -> ResponseReturnValue:
    found = queries.document_of(actor(), document_id)
    definition = rendering.form_of(found)
    form_class = build_form(definition, draft=True)
    if request.method == "GET":
        if found.state not in EDITABLE:
            flash(_("Văn bản đã trình hoặc đã ban hành nên không sửa được."), "warning")
            return redirect(url_for("documents.document", document_id=document_id))
        values = values_of(definition, found.values)
        return _edit_page(found, form_class(data=initial_values(definition, values, defaults=False)))
    form = form_class()
    if add_asked_row(definition, form) or not form.validate_on_submit():
        return _edit_page(found, form, status=200 if not form.errors else 422)
    values, version = typed_values(definition, form), request.form.get("version", 0, type=int)
    try:
        operations.save_draft(actor(), document_id, values=values, version=version, now=now())
    except UserFacingError as error:
        return _edit_page(found, form, status=show_refusal(form, error), stale=isinstance(error, Stale))
    flash(_("Đã lưu bản thảo."), "success")
    target = "documents.edit" if request.form.get("act") == "go_on" else "documents.document"
    return redirect(url_for(target, document_id=document_id))


def _edit_page(
    found: Document, form: FlaskForm, *, status: int = 200, stale: bool = False
) -> ResponseReturnValue:
    current = queries.document_of(actor(), found.id)
    fresh = stale or request.method == "GET"
    return (
        render_template(
            "screens/documents/edit.html",
            document=current,
            definition=rendering.form_of(current),
            form=form,
            sections=sections_of(form, current),
            differing=differing_labels(form, current) if stale else [],
            returned=last_return(current),
            stale=stale,
            version=current.version if fresh else request.form.get("version", 0, type=int),
            preview=rendering.preview(current, today=today()) if stale else "",
        ),
        status,
    )


@blueprint.route("/van-ban/<int:document_id>/trinh", methods=["POST"])
@requires(Permission.WRITE_DOCUMENTS)
def send(document_id: int) -> ResponseReturnValue:
    form = SubmitForm()
    try:
        submit_for_approval(
            actor(),
            document_id,
            now=now(),
            note=form.note.data or "",
            approver_id=typed_id(form.approver.data),
        )
    except UserFacingError as error:
        return _page(document_id, submit=form, status=show_refusal(form, error))
    flash(_("Đã trình duyệt."), "success")
    return redirect(url_for("documents.document", document_id=document_id))


@blueprint.route("/van-ban/<int:document_id>/ban-hanh", methods=["POST"])
@requires(Permission.SEE_DOCUMENTS)
def issue(document_id: int) -> ResponseReturnValue:
    form = IssueForm()
    form.signer.choices = [SelectChoice(form.signer.data or "")]
    if not form.validate_on_submit():
        return _page(document_id, issue=form, status=422)
    try:
        issued = operations.issue_document(
            actor(),
            document_id,
            issued_on=form.issued_on.data,
            settings=settings(),
            now=now(),
            signer_id=typed_id(form.signer.data),
            outside=OutsideIssue(
                form.symbol.data or "", form.signer_title.data or "", form.signer_name.data or ""
            ),
        )
    except UserFacingError as error:
        return _page(document_id, issue=form, status=show_refusal(form, error))
    message = (
        _("Đã ban hành, số %(symbol)s.", symbol=issued.symbol) if issued.symbol else _("Đã ghi nhận văn bản.")
    )
    flash(message, "success")
    return redirect(url_for("documents.document", document_id=document_id))


@blueprint.route("/van-ban/<int:document_id>/huy", methods=["POST"])
@requires(Permission.ISSUE_DOCUMENTS)
def void(document_id: int) -> ResponseReturnValue:
    form = VoidForm()
    try:
        operations.void_document(actor(), document_id, reason=form.reason.data or "", now=now())
    except UserFacingError as error:
        return _page(document_id, void=form, status=show_refusal(form, error))
    flash(_("Đã hủy văn bản; số vẫn được giữ trong sổ."), "success")
    return redirect(url_for("documents.document", document_id=document_id))


@blueprint.route("/van-ban/<int:document_id>/xoa", methods=["POST"])
@requires(Permission.WRITE_DOCUMENTS)
def delete(document_id: int) -> ResponseReturnValue:
    found = queries.document_of(actor(), document_id)
    case_id, letter_id = found.case_id, found.letter_id
    operations.delete_draft(actor(), document_id, now=now())
    flash(_("Đã xóa bản thảo."), "success")
    if case_id:
        return redirect(url_for("lifecycle.case", case_id=case_id))
    return redirect(
        url_for("intake.letter", letter_id=letter_id) if letter_id else url_for("documents.index")
    )


@blueprint.route("/van-ban/<int:document_id>/tai/<any(pdf, docx):kind>")
@requires(Permission.SEE_DOCUMENTS)
def download(document_id: int, kind: str) -> ResponseReturnValue:
    found = queries.document_of(actor(), document_id)
    draw = rendering.pdf_of if kind == "pdf" else rendering.docx_of
    data = draw(found, today=today(), settings=settings())
    name = f"{found.symbol.replace('/', '-') or found.form}-{found.id}.{kind}"
    return as_download(data, name)
