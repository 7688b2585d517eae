"""Times in which a party may not be disciplined yet, on screen: recording, ending, lifting on request."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.errors import NotFound
from cases.lifecycle import postponements, queries
from cases.lifecycle.blueprint import ask, blueprint
from cases.lifecycle.models import Case, Postponement
from cases.lifecycle.postponements import PostponementData
from cases.lifecycle.progress import parties_of
from cases.people.access import actor, now, requires, today
from cases.people.permissions import Permission
from cases.text import short_date, typed_id
from forms.screens.lifecycle import EndPostponementForm, LiftPostponementForm, PostponementForm, pick

POSTPONEMENT = "/ho-so/<int:case_id>/chua-xem-xet/<int:postponement_id>"


@blueprint.route("/ho-so/<int:case_id>/chua-xem-xet/them", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def add_postponement(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    form = PostponementForm()
    parties = parties_of(case)
    form.party_id.choices = pick((party.id, party.name) for party in parties)
    form.ground.choices = pick((one.id, one.label) for one in postponements.grounds_for(case))
    back = _back(case)
    return ask(
        form,
        lambda: postponements.record_postponement(actor(), case.id, _typed(form), now=now()),
        heading=_("Ghi việc chưa xem xét kỷ luật"), submit=_("Ghi"),
        done=_("Đã ghi việc chưa xem xét kỷ luật."), back=back, parent=(case.code, back),
        explain=_(
            "Khoảng thời gian này không tính vào thời hiệu khi quy định cho phép. Hồ sơ vẫn tiến hành, "
            "trừ khi quy định của Ủy ban cho tạm dừng thời hạn vì lý do này."
        ),
    )  # fmt: skip


@blueprint.route(f"{POSTPONEMENT}/ket-thuc", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def end_postponement(case_id: int, postponement_id: int) -> ResponseReturnValue:
    case, found = _found(case_id, postponement_id)
    form = EndPostponementForm()
    if request.method == "GET":
        form.on.data = today()
    back = _back(case)
    return ask(
        form,
        lambda: postponements.end_postponement(actor(), found.id, on=form.on.data, now=now()),
        heading=_("Kết thúc việc chưa xem xét kỷ luật"), submit=_("Ghi ngày kết thúc"),
        done=_("Đã ghi ngày kết thúc."), explain=_told(found), back=back, parent=(case.code, back),
    )  # fmt: skip


@blueprint.route(f"{POSTPONEMENT}/xem-xet-ngay", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def lift_postponement(case_id: int, postponement_id: int) -> ResponseReturnValue:
    case, found = _found(case_id, postponement_id)
    form = LiftPostponementForm()
    if request.method == "GET":
        form.on.data = today()
    back = _back(case)
    return ask(
        form,
        lambda: postponements.lift_postponement(
            actor(), found.id, on=form.on.data, document=form.document.data or "", now=now()
        ),
        heading=_("Xem xét ngay theo đề nghị của đối tượng"), submit=_("Ghi đề nghị"),
        done=_("Đã ghi đề nghị được xem xét ngay."), explain=_told(found), back=back,
        parent=(case.code, back),
    )  # fmt: skip


def _found(case_id: int, postponement_id: int) -> tuple[Case, Postponement]:
    case = queries.case_of(actor(), case_id)
    found = postponements.postponement_of(actor(), postponement_id)
    if found.party.case_id != case.id:
        raise NotFound(_("Hồ sơ không có lần ghi này."))
    return case, found


def _back(case: Case) -> str:
    return url_for("decisions.limitation", case_id=case.id)


def _told(found: Postponement) -> str:
    ground = postponements.ground_label(found)
    return _(
        "%(name)s: %(ground)s, từ ngày %(day)s.", name=found.party.name, ground=ground,
        day=short_date(found.from_on),
    )  # fmt: skip


def _typed(form: PostponementForm) -> PostponementData:
    return PostponementData(
        party_id=typed_id(form.party_id.data), ground=form.ground.data or "", from_on=form.from_on.data,
        to_on=form.to_on.data, document=form.document.data or "", reason=form.reason.data,
    )  # fmt: skip
