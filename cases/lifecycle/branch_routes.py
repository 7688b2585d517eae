"""Ways out of a case on screen: another procedure, a case beside it, a stop, an end."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.definitions import rules
from cases.errors import NotFound
from cases.lifecycle import choosing, operations, queries
from cases.lifecycle.blueprint import ask, blueprint, explained, named
from cases.lifecycle.branches import DISCIPLINE, ways_out
from cases.lifecycle.models import Case
from cases.lifecycle.opening_routes import typed_party
from cases.lifecycle.operations import NewParty
from cases.lifecycle.papers import PaperView
from cases.lifecycle.progress import edition_of, parties_of
from cases.lifecycle.terms import BRANCHES
from cases.lifecycle.views import steps_of
from cases.people.access import actor, now, requires, today
from cases.people.permissions import Permission
from cases.text import typed_id
from forms.screens.lifecycle import (
    BranchForm,
    CloseForm,
    GoOnForm,
    HoldForm,
    OtherCaseForm,
    pick,
    with_papers,
)
from procedures.schema import LinkKind, PauseReason


@blueprint.route("/ho-so/<int:case_id>/chuyen-quy-trinh", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def switch(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    lacking = _lacking(case, (LinkKind.SWITCH,))
    form = with_papers(BranchForm, named(lacking))()
    form.to.choices = pick(_targets(case, (LinkKind.SWITCH,)))
    form.found.choices = pick(choosing.subject_pairs(actor(), form.name.data or ""))
    back = url_for("lifecycle.case", case_id=case.id)
    return ask(
        form,
        lambda: operations.switch_case(
            actor(), case.id, to=form.to.data or "", reason=form.reason.data, others=_others(form),
            without_papers=explained(form, lacking), now=now(),
        ),
        heading=_("Chuyển quy trình"), submit=_("Chuyển quy trình"),
        done=_("Đã mở hồ sơ theo quy trình mới."),
        explain=_(
            "Hồ sơ này kết thúc ở trạng thái “đã chuyển quy trình”. Hồ sơ mới nhận đối tượng, nội dung, "
            "chứng cứ, đoàn và đơn liên quan; danh tính người gửi đơn không đi theo."
        ),
        leads_to=_opened, danger=True, back=back, parent=(case.code, back), search=_("Tìm đối tượng"),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/mo-lien-quan/<kind>", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def branch(case_id: int, kind: str) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    kinds = _kinds(kind)
    lacking = _lacking(case, kinds)
    form = with_papers(OtherCaseForm, named(lacking))()
    form.to.choices = pick(_targets(case, kinds))
    form.party_ids.choices = pick((party.id, party.name) for party in parties_of(case))
    form.found.choices = pick(choosing.subject_pairs(actor(), form.name.data or ""))
    back = url_for("lifecycle.case", case_id=case.id)
    return ask(
        form,
        lambda: operations.open_branch(
            actor(), case.id, party_ids=[typed_id(one) or 0 for one in form.party_ids.data or []],
            to=form.to.data or None, kinds=kinds, reason=form.reason.data, others=_others(form),
            without_papers=explained(form, lacking), now=now(),
        ),
        heading=_("Mở hồ sơ %(what)s", what=BRANCHES[kind]), submit=_("Mở hồ sơ"),
        done=_("Đã mở hồ sơ liên quan."),
        explain=_("Hồ sơ mới nhận đối tượng được chọn, vi phạm đã ghi, chứng cứ và đoàn của hồ sơ này."),
        leads_to=_opened, back=back, parent=(case.code, back), search=_("Tìm đối tượng"),
    )  # fmt: skip


def _kinds(kind: str) -> tuple[LinkKind, ...]:
    """What a way out leads to; the dual procedure and discipline share one page."""
    if kind == LinkKind.DISCIPLINE:
        return DISCIPLINE
    for known in LinkKind:
        if known == kind and known not in (*DISCIPLINE, LinkKind.SWITCH):
            return (known,)
    raise NotFound(_("Không có cách mở hồ sơ này."))


@blueprint.route("/ho-so/<int:case_id>/tam-dung", methods=["GET", "POST"])
@requires(Permission.HOLD_CASES)
def hold(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    form = HoldForm()
    form.reason_code.choices = pick((reason.value, reason.label) for reason in PauseReason)
    if request.method == "GET":
        form.held_from.data = today()
    back = url_for("lifecycle.case", case_id=case.id)
    return ask(
        form,
        lambda: operations.hold_case(
            actor(), case.id, held_from=form.held_from.data, reason_code=form.reason_code.data or "",
            reason=form.reason.data, now=now(),
        ),
        heading=_("Tạm dừng hồ sơ"), submit=_("Tạm dừng hồ sơ"), done=_("Đã tạm dừng hồ sơ."),
        explain=_(
            "Trong thời gian tạm dừng, các bước của hồ sơ không ghi được; văn bản vẫn soạn được. "
            "Thời hạn nào không cho tạm dừng vì lý do này thì vẫn tính."
        ),
        back=back, parent=(case.code, back), danger=True,
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/tiep-tuc", methods=["GET", "POST"])
@requires(Permission.HOLD_CASES)
def go_on(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    form = GoOnForm()
    if request.method == "GET":
        form.on.data = today()
    back = url_for("lifecycle.case", case_id=case.id)
    return ask(
        form, lambda: operations.go_on(actor(), case.id, on=form.on.data, reason=form.reason.data, now=now()),
        heading=_("Tiếp tục hồ sơ"), submit=_("Tiếp tục hồ sơ"), done=_("Hồ sơ được tiếp tục."),
        explain=_("Ngày ghi ở đây là ngày đầu tiên được tính lại."), back=back, parent=(case.code, back),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/ket-thuc", methods=["GET", "POST"])
@requires(Permission.SEE_CASES)
def close(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    form = CloseForm()
    form.outcome.choices = pick((one.id, one.label) for one in edition_of(case).outcomes)
    back = url_for("lifecycle.case", case_id=case.id)
    return ask(
        form,
        lambda: operations.close_case(
            actor(), case.id, outcome=form.outcome.data or "", note=form.note.data or "", now=now()
        ),
        heading=_("Kết thúc hồ sơ"), submit=_("Kết thúc hồ sơ"), done=_("Đã kết thúc hồ sơ."), back=back,
        explain=_("Sau khi kết thúc, hồ sơ chỉ còn để xem."), parent=(case.code, back), danger=True,
    )  # fmt: skip


def _targets(case: Case, kinds: tuple[LinkKind, ...]) -> list[tuple[str, str]]:
    names = {one.code: one.name for one in rules().procedures}
    links = [link for link in ways_out(case, on=today()) if link.kind in kinds]
    codes = [code for link in links for code in link.to]
    return [(code, f"{code} – {names[code]}") for code in dict.fromkeys(codes)]


def _lacking(case: Case, kinds: tuple[LinkKind, ...]) -> tuple[PaperView, ...]:
    """The papers still missing for the step that leads out; none once that step is done."""
    steps = {link.step for link in ways_out(case, on=today()) if link.kind in kinds}
    views = [view for view in steps_of(case) if view.step.key in steps and view.latest]
    return tuple(paper for view in views if view.state in ("ready", "possible") for paper in view.lacking)


def _others(form: BranchForm | OtherCaseForm) -> list[NewParty]:
    """The subject who was not in this case, when one was typed."""
    return [typed_party(form)] if form.name.data or form.found.data else []


def _opened(case: Case) -> str:
    return url_for("lifecycle.case", case_id=case.id)
