"""Naming the team and the directing member on screen; declaring a conflict of interest."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.lifecycle import choosing, operations, queries
from cases.lifecycle.blueprint import ask, blueprint
from cases.lifecycle.models import Case
from cases.lifecycle.opening_routes import offer_team, typed_party, typed_team
from cases.lifecycle.progress import on_team, parties_of
from cases.people.access import actor, now, requires
from cases.people.models import User
from cases.people.permissions import Permission
from cases.people.queries import visible_to as colleagues
from cases.text import typed_id
from forms.screens.lifecycle import ConflictForm, DirectingForm, SubjectForm, TeamForm, pick


@blueprint.route("/ho-so/<int:case_id>/doan", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASES)
def team(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    form = TeamForm(data=_present(case) if request.method == "GET" else None)
    offer_team(form)
    back = url_for("lifecycle.people", case_id=case.id)
    return ask(
        form, lambda: operations.name_team(actor(), case.id, typed_team(form), now=now()),
        heading=_("Phân công đoàn"), submit=_("Ghi đoàn"), done=_("Đã ghi đoàn của hồ sơ."), back=back,
        explain=_("Người không còn trong danh sách rời đoàn từ hôm nay."), parent=(case.code, back),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/chi-dao", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASES)
def directing(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    form = DirectingForm()
    form.directing.choices = pick(choosing.directing_pairs(actor()))
    back = url_for("lifecycle.people", case_id=case.id)
    return ask(
        form,
        lambda: operations.name_directing(
            actor(), case.id, user_id=typed_id(form.directing.data) or 0, now=now()
        ),
        heading=_("Phân công thành viên Ủy ban chỉ đạo"), submit=_("Phân công"),
        done=_("Đã phân công người chỉ đạo."), back=back, parent=(case.code, back),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/xung-dot", methods=["GET", "POST"])
@requires(Permission.SEE_CASES)
def conflict(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    form = ConflictForm()
    form.user_id.choices = pick(_declarable())
    back = url_for("lifecycle.people", case_id=case.id)
    return ask(
        form,
        lambda: operations.declare_conflict(
            actor(), case.id, reason=form.reason.data, user_id=typed_id(form.user_id.data) or 0, now=now()
        ),
        heading=_("Khai báo xung đột lợi ích"), submit=_("Khai báo"), done=_("Đã ghi xung đột lợi ích."),
        explain=_("Từ lúc khai báo, người này không xem, không xử lý hồ sơ nữa."),
        leads_to=lambda declared: (
            url_for("lifecycle.cases") if declared.user_id == actor().user_id else back
        ),
        back=back, parent=(case.code, back),
        danger=True,
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/doi-tuong/them", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def add_party(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    form = _subject_form()
    back = url_for("lifecycle.people", case_id=case.id)
    return ask(
        form, lambda: operations.add_party(actor(), case.id, typed_party(form), now=now()),
        heading=_("Ghi thêm đối tượng"), submit=_("Ghi đối tượng"), done=_("Đã ghi đối tượng."), back=back,
        explain=_("Người của Ủy ban trở thành đối tượng thì rời hồ sơ ngay."), parent=(case.code, back),
        search=_("Tìm đối tượng"),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/doi-tuong/<int:party_id>", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def identify_party(case_id: int, party_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    known = next((party.name for party in parties_of(case) if party.id == party_id), "")
    form = _subject_form(known)
    back = url_for("lifecycle.people", case_id=case.id)
    return ask(
        form,
        lambda: operations.identify_party(
            actor(), party_id, member_id=typed_party(form).member_id or 0, now=now()
        ),
        heading=_("Xác định đảng viên"), submit=_("Ghi đảng viên"), done=_("Đã xác định đảng viên."),
        back=back, explain=known, parent=(case.code, back), search=_("Tìm đối tượng"),
    )  # fmt: skip


def _subject_form(name: str = "") -> SubjectForm:
    form = SubjectForm(data={"name": name} if request.method == "GET" else None)
    form.found.choices = pick(choosing.subject_pairs(actor(), form.name.data or ""))
    return form


def _declarable() -> list[tuple[str, str]]:
    """Oneself; everybody for whoever assigns the work."""
    people: list[User] = list(colleagues(actor()).where(User.active).order_by(User.name_sort))
    if not actor().may(Permission.ASSIGN_CASES):
        return [(str(actor().user_id), actor().name)]
    return [(str(user.id), user.full_name) for user in people]


def _present(case: Case) -> dict[str, object]:
    by_position: dict[str, list[str]] = {}
    for member in on_team(case):
        by_position.setdefault(member.position, []).append(str(member.user_id))
    first = {position: ids[0] for position, ids in by_position.items()}
    return {
        "head": first.get("head", ""), "deputy": first.get("deputy", ""),
        "secretary": first.get("secretary", ""), "members": by_position.get("member", []),
    }  # fmt: skip
