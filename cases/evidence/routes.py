"""Evidence on screen: add with a file, withdraw, download."""

from io import BytesIO

from flask import Blueprint, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases import files
from cases.evidence import operations, queries
from cases.evidence.operations import KINDS, EvidenceData, Upload
from cases.lifecycle import queries as lifecycle
from cases.lifecycle.blueprint import ask
from cases.people.access import actor, now, requires, settings, today
from cases.people.permissions import Permission
from forms.screens.evidence import EvidenceForm
from forms.screens.lifecycle import ReasonForm, pick

blueprint = Blueprint("evidence", __name__)


@blueprint.route("/ho-so/<int:case_id>/chung-cu/them", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def add(case_id: int) -> ResponseReturnValue:
    case = lifecycle.case_of(actor(), case_id)
    form = EvidenceForm()
    form.kind.choices = pick(KINDS.items())
    form.original.choices = pick([("original", _("Bản gốc")), ("copy", _("Bản sao"))])
    if request.method == "GET":
        form.received_on.data, form.original.data = today(), "copy"
    back = url_for("lifecycle.matter", case_id=case.id)
    return ask(
        form,
        lambda: operations.add_evidence(actor(), case.id, _typed(form), upload=_upload(form), now=now()),
        heading=_("Thêm tài liệu, chứng cứ"), submit=_("Thêm vào hồ sơ"), done=_("Đã thêm tài liệu."),
        back=back, parent=(case.code, back), multipart=True,
    )  # fmt: skip


@blueprint.route("/chung-cu/<int:evidence_id>/rut", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def withdraw(evidence_id: int) -> ResponseReturnValue:
    piece = queries.evidence_of(actor(), evidence_id)
    form = ReasonForm()
    back = url_for("lifecycle.matter", case_id=piece.case_id)
    return ask(
        form, lambda: operations.withdraw_evidence(actor(), piece.id, reason=form.reason.data, now=now()),
        heading=_("Rút tài liệu số %(number)d", number=piece.number), submit=_("Rút tài liệu"),
        done=_("Đã rút tài liệu; tệp gốc vẫn được lưu."), explain=piece.title, back=back,
        parent=(piece.case.code, back), danger=True,
    )  # fmt: skip


@blueprint.route("/chung-cu/<int:evidence_id>/tep")
@requires(Permission.SEE_CASES)
def download(evidence_id: int) -> ResponseReturnValue:
    piece = queries.evidence_of(actor(), evidence_id)
    data = files.read(settings().files, piece.sha256)
    response = send_file(
        BytesIO(data), mimetype=piece.media_type, as_attachment=True, download_name=piece.file_name, max_age=0
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _typed(form: EvidenceForm) -> EvidenceData:
    return EvidenceData(
        title=form.title.data, kind=form.kind.data or "", received_on=form.received_on.data,
        received_from=form.received_from.data or "", pages=form.pages.data,
        original=form.original.data or "", note=form.note.data or "",
    )  # fmt: skip


def _upload(form: EvidenceForm) -> Upload | None:
    """The file chosen, if any; it is read whole: the server refuses larger requests before this."""
    chosen = form.file.data
    if chosen is None or not chosen.filename:
        return None
    return Upload(chosen.filename, chosen.read(), settings().files, settings().max_upload_mib)
