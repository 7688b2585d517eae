"""Bringing registers in on screen: upload, preview, confirm; the repair list and its rows."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext as _l
from flask_wtf import FlaskForm

from cases.errors import UserFacingError
from cases.imports import operations, queries, waiting
from cases.imports.cells import MAX_FILE_BYTES
from cases.imports.columns import REGISTERS, Kind
from cases.imports.comparing import preview_cells
from cases.imports.models import RepairRow
from cases.imports.privacy import SENDER_FIELDS
from cases.imports.reports import FileReport
from cases.intake.terms import SEALED
from cases.paging import page_number, page_of
from cases.people.access import actor, now, requires, settings, today
from cases.people.models import Commission
from cases.people.permissions import Permission
from forms.screens.fill import show_refusal
from forms.screens.imports import ConfirmForm, SetAsideForm, UploadForm, cells_form

blueprint = Blueprint("imports", __name__)
STATES = {
    "open": _l("Chờ sửa"),
    "conflict": _l("Đã có, nội dung khác"),
    "repaired": _l("Đã xử lý"),
    "set_aside": _l("Để riêng"),
}
KINDS = {kind.value: REGISTERS[kind].label for kind in Kind}


@blueprint.route("/nhap-so", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTERS)
def index() -> ResponseReturnValue:
    form = UploadForm()
    mine = [(kind.value, KINDS[kind.value]) for kind in queries.kinds_for(actor())]
    form.kind.choices = [("", _("tự nhận biết")), *mine]
    status = 200
    if form.validate_on_submit():
        try:
            with form.file.data.stream as stream:
                data = stream.read(MAX_FILE_BYTES + 1)
            kept = waiting.keep(
                actor(), form.file.data.filename or "", data,
                kind=form.kind.data, sheet=form.sheet.data or "", files_path=settings().files, now=now(),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            return redirect(url_for("imports.preview", waiting_id=kept.id))
    page = page_of(queries.history(actor()), page_number())
    return render_template(
        "screens/imports/index.html", form=form, page=page, kinds=KINDS, to_repair=queries.open_count(actor())
    ), 422 if form.errors and status == 200 else status


@blueprint.route("/nhap-so/xem-truoc/<int:waiting_id>", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTERS)
def preview(waiting_id: int) -> ResponseReturnValue:
    form = ConfirmForm()
    kept = waiting.waiting_of(actor(), waiting_id, now=now())
    confirmed = form.validate_on_submit()
    report = operations.import_file(
        actor(), Commission.get_by_id(actor().commission_id), kept.name,
        waiting.bytes_of(kept, files_path=settings().files), kind=Kind(kept.kind) if kept.kind else None,
        sheet=kept.sheet or None, dry_run=not confirmed, now=now(),
    )  # fmt: skip
    if confirmed:
        waiting.forget(kept, files_path=settings().files)
        flash(_("Đã nhập %(stored)d dòng.", stored=report.stored), "success")
        return redirect(url_for("imports.file", file_id=report.file_id))
    return render_template(
        "screens/imports/preview.html",
        form=form,
        waiting=kept,
        report=report,
        kinds=KINDS,
        rows=_sample(report),
    )


def _sample(report: FileReport) -> list[dict[str, str]]:
    """The first rows, without the columns that are empty in all of them; senders sealed."""
    rows = [preview_cells(row, dict.fromkeys(SENDER_FIELDS, SEALED)) for row in report.sample]
    used = [label for label in (rows[0] if rows else {}) if any(row[label] for row in rows)]
    return [{label: row[label] for label in used} for row in rows]


@blueprint.route("/nhap-so/xem-truoc/<int:waiting_id>/bo", methods=["POST"])
@requires(Permission.IMPORT_REGISTERS)
def give_up(waiting_id: int) -> ResponseReturnValue:
    waiting.forget(waiting.waiting_of(actor(), waiting_id, now=now()), files_path=settings().files)
    flash(_("Đã bỏ tệp, chưa nhập gì."), "info")
    return redirect(url_for("imports.index"))


@blueprint.route("/nhap-so/<int:file_id>")
@requires(Permission.IMPORT_REGISTERS)
def file(file_id: int) -> ResponseReturnValue:
    found = queries.file_of(actor(), file_id)
    rows = queries.to_repair(actor(), state="", file_id=file_id)
    return render_template(
        "screens/imports/file.html", file=found, rows=list(rows), kinds=KINDS, states=STATES
    )


@blueprint.route("/nhap-so/sua")
@requires(Permission.IMPORT_REGISTERS)
def repairs() -> ResponseReturnValue:
    state = request.args.get("trang-thai", "open")
    rows = queries.to_repair(actor(), state=state, kind=request.args.get("so", ""))
    return render_template(
        "screens/imports/repairs.html", page=page_of(rows, page_number()), state=state, states=STATES,
        kinds={kind.value: KINDS[kind.value] for kind in queries.kinds_for(actor())},
    )  # fmt: skip


@blueprint.route("/nhap-so/sua/<int:row_id>", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTERS)
def row(row_id: int) -> ResponseReturnValue:
    found = queries.row_of(actor(), row_id)
    if request.method == "GET" or found.state != "open":
        return _row_page(found)
    cells = queries.view_of(actor(), found).cells
    form = cells_form(cells)()
    if not form.validate_on_submit():
        return _row_page(found, form=form, status=422)
    typed = {cell.header: form[f"cell-{at}"].data or "" for at, cell in enumerate(cells)}
    try:
        done = operations.repair_row(actor(), row_id, typed, seen=form["seen"].data, now=now())
    except UserFacingError as error:
        return _row_page(found, form=form, status=show_refusal(form, error))
    if done.state == "open":
        return _row_page(done, status=422)
    flash(_("Đã lưu dòng %(number)d.", number=done.row_number), "success")
    return redirect(url_for("imports.repairs"))


@blueprint.route("/nhap-so/sua/<int:row_id>/de-rieng", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTERS)
def set_aside(row_id: int) -> ResponseReturnValue:
    found = queries.open_row_of(actor(), row_id)
    form = SetAsideForm(reason=_("Giữ nội dung đang có trong hệ thống.") if found.conflict else "")
    status = 200
    if form.validate_on_submit():
        try:
            operations.set_aside(actor(), row_id, reason=form.reason.data, now=now())
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã để riêng dòng %(number)d.", number=found.row_number), "success")
            return redirect(url_for("imports.repairs"))
    status = 422 if form.errors and status == 200 else status
    return render_template("screens/imports/set_aside.html", row=found, form=form, kinds=KINDS), status


@blueprint.route("/nhap-so/sua/<int:row_id>/thay", methods=["POST"])
@requires(Permission.IMPORT_REGISTERS)
def replace(row_id: int) -> ResponseReturnValue:
    found = queries.row_of(actor(), row_id)
    try:
        operations.replace_stored(actor(), row_id, seen=request.form.get("seen", ""), now=now())
    except UserFacingError as error:
        return _row_page(found, refusal=error.message, status=error.status)
    flash(_("Đã thay bằng nội dung của sổ ở dòng %(number)d.", number=found.row_number), "success")
    return redirect(url_for("imports.repairs"))


def _row_page(
    found: RepairRow, *, form: FlaskForm | None = None, refusal: str = "", status: int = 200
) -> ResponseReturnValue:
    """One row of the list: its cells with their problems, and the two versions when its number is taken."""
    view = queries.view_of(actor(), found)
    is_open = found.state == "open"
    if form is None:
        form = cells_form(view.cells)(formdata=None, seen=queries.mark_of(found))
        for at, cell in enumerate(view.cells if is_open else ()):
            form[f"cell-{at}"].errors = list(cell.problems)
    return render_template(
        "screens/imports/row.html", row=found, view=view, form=form, refusal=refusal, kinds=KINDS,
        states=STATES,
        conflict=queries.conflict_of(actor(), found, now=now(), today=today()) if is_open else None,
    ), status  # fmt: skip
