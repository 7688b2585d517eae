"""The screens of deadlines: those of a case, the sheet of one, requests and decisions, the calendar."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.deadlines import calendar_routes, operations, plan_routes, queries
from cases.deadlines.blueprint import blueprint
from cases.deadlines.changes import deciders
from cases.deadlines.months import months_of
from cases.deadlines.queries import SheetView
from cases.deadlines.reasons import pause_reasons
from cases.lifecycle import queries as lifecycle
from cases.lifecycle.blueprint import Around, ask
from cases.lifecycle.frame import frame
from cases.people.access import actor, now, requires, today
from cases.people.permissions import Permission
from forms.screens.deadlines import DecisionForm, ExtensionForm, PauseForm, ResumeForm
from forms.screens.lifecycle import pick

# Naming the modules here registers their views with the blueprint.
__all__ = ["blueprint", "calendar_routes", "plan_routes"]


@blueprint.route("/ho-so/<int:case_id>/thoi-han")
@requires(Permission.SEE_CASES)
def of_case(case_id: int) -> ResponseReturnValue:
    case = lifecycle.case_of(actor(), case_id)
    sheets = [queries.sheet_view(actor(), one.id) for one in queries.deadlines_of(case)]
    return render_template("screens/deadlines/of_case.html", **frame(case, "deadlines"), sheets=sheets)


@blueprint.route("/thoi-han/<int:deadline_id>")
@requires(Permission.SEE_CASES)
def sheet(deadline_id: int) -> ResponseReturnValue:
    view = queries.sheet_view(actor(), deadline_id)
    return render_template(
        "screens/deadlines/sheet.html", **frame(view.deadline.case, "deadlines"), view=view,
        months=months_of(view.sheet) if view.sheet else [], pause_words=pause_reasons(),
        may_decide=[one.id for one in view.changes if _may_decide(view, one.kind, one.requested_by_id)],
    )  # fmt: skip


@blueprint.route("/thoi-han/<int:deadline_id>/gia-han", methods=["GET", "POST"])
@requires(Permission.REQUEST_DEADLINES)
def extend(deadline_id: int) -> ResponseReturnValue:
    view = queries.sheet_view(actor(), deadline_id)
    form = ExtensionForm()
    rule = view.limit.extension
    unit = (rule.unit if rule else view.limit.unit).label
    form.amount.label.text = _("Số %(unit)s xin gia hạn", unit=unit)
    return ask(
        form,
        lambda: operations.request_extension(
            actor(), deadline_id, amount=form.amount.data or 0, reason=form.reason.data, now=now()
        ),
        heading=_("Đề nghị gia hạn"), submit=_("Gửi đề nghị"), done=_("Đã gửi đề nghị gia hạn."),
        explain=_("Người khác có thẩm quyền quyết định. Quy định chưa xác nhận thì hệ thống chỉ cảnh báo."),
        **_around(view),
    )  # fmt: skip


@blueprint.route("/thoi-han/<int:deadline_id>/tam-dung", methods=["GET", "POST"])
@requires(Permission.REQUEST_DEADLINES)
def pause(deadline_id: int) -> ResponseReturnValue:
    view = queries.sheet_view(actor(), deadline_id)
    form = PauseForm()
    form.reason_code.choices = pick(pause_reasons().items())
    if request.method == "GET":
        form.pause_from.data = today()
    return ask(
        form,
        lambda: operations.request_pause(
            actor(), deadline_id, reason_code=form.reason_code.data or "", reason=form.reason.data,
            pause_from=form.pause_from.data, pause_to=form.pause_to.data, now=now(),
        ),
        heading=_("Đề nghị tạm dừng thời hạn"), submit=_("Gửi đề nghị"), done=_("Đã gửi đề nghị tạm dừng."),
        **_around(view),
    )  # fmt: skip


@blueprint.route("/thoi-han/de-nghi/<int:change_id>", methods=["GET", "POST"])
@requires(Permission.DECIDE_DEADLINES)
def decide(change_id: int) -> ResponseReturnValue:
    change = queries.change_of(actor(), change_id)
    view = queries.sheet_view(actor(), change.deadline_id)
    form = DecisionForm()
    return ask(
        form,
        lambda: operations.decide_change(
            actor(), change_id, grant=form.grant.data == "yes", reason=form.reason.data or "", now=now()
        ),
        heading=_("Quyết định đề nghị gia hạn, tạm dừng"), submit=_("Ghi quyết định"),
        done=_("Đã ghi quyết định."), explain=" ".join(filter(None, (change.reason, change.warning))),
        **_around(view),
    )  # fmt: skip


@blueprint.route("/thoi-han/de-nghi/<int:change_id>/tinh-tiep", methods=["GET", "POST"])
@requires(Permission.SEE_CASES)
def resume(change_id: int) -> ResponseReturnValue:
    change = queries.change_of(actor(), change_id)
    view = queries.sheet_view(actor(), change.deadline_id)
    form = ResumeForm()
    if request.method == "GET":
        form.on.data = today()
    return ask(
        form, lambda: operations.resume(actor(), change_id, on=form.on.data, now=now()),
        heading=_("Tính tiếp thời hạn"), submit=_("Tính tiếp"), done=_("Thời hạn được tính tiếp."),
        explain=_("Ngày ghi ở đây là ngày đầu tiên được tính lại."), **_around(view),
    )  # fmt: skip


@blueprint.route("/thoi-han")
@requires(Permission.SEE_CASES)
def mine() -> ResponseReturnValue:
    found = queries.my_deadlines(actor(), today())
    return render_template("screens/deadlines/mine.html", found=found, today=today())


def _may_decide(view: SheetView, kind: str, requested_by: int) -> bool:
    return actor().user_id != requested_by and bool(actor().roles & deciders(view.limit, kind))


def _around(view: SheetView) -> Around:
    back = url_for("deadlines.sheet", deadline_id=view.deadline.id)
    return {"back": back, "parent": (view.deadline.label, back)}
