"""One step on screen, and what can be done with it; branches and closing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.errors import NotFound, UserFacingError
from cases.lifecycle import operations, queries
from cases.lifecycle.blueprint import Around, ask, blueprint, explained, named
from cases.lifecycle.frame import frame
from cases.lifecycle.models import Case, CaseStep
from cases.lifecycle.progress import edition_of, progress_of
from cases.lifecycle.views import StepView, steps_of
from cases.people.access import actor, now, requires, today
from cases.people.permissions import Permission
from forms.screens.fill import show_refusal
from forms.screens.lifecycle import (
    CompleteForm,
    ReasonForm,
    RepeatForm,
    ReturnForm,
    pick,
    with_papers,
)


@blueprint.route("/ho-so/<int:case_id>/buoc/<int:step_id>", methods=["GET", "POST"])
@requires(Permission.SEE_CASES)
def step(case_id: int, step_id: int) -> ResponseReturnValue:
    case, view = _find(case_id, step_id)
    form = with_papers(CompleteForm, named(view.lacking))()
    if request.method == "GET":
        form.on.data = today()
        return _page(case, view, form)
    if not form.validate_on_submit():
        return _page(case, view, form, status=422)
    try:
        operations.complete_step(
            actor(), step_id, on=form.on.data, note=form.note.data or "",
            without_papers=explained(form, view.lacking), now=now(),
        )  # fmt: skip
    except UserFacingError as error:
        return _page(case, view, form, status=show_refusal(form, error))
    flash(_("Đã hoàn thành bước “%(label)s”.", label=view.step.label), "success")
    return redirect(url_for("lifecycle.case", case_id=case.id))


@blueprint.route("/ho-so/<int:case_id>/buoc/<int:step_id>/tra-lai", methods=["GET", "POST"])
@requires(Permission.SEE_CASES)
def return_step(case_id: int, step_id: int) -> ResponseReturnValue:
    case, view = _find(case_id, step_id)
    form = ReturnForm()
    form.to.choices = pick((one.key, one.label) for one in progress_of(case).returns_from(view.step.key))
    return ask(
        form,
        lambda: operations.return_step(
            actor(), step_id, to=form.to.data or "", reason=form.reason.data, now=now()
        ),
        heading=_("Trả lại để làm lại bước trước"), submit=_("Trả lại"), done=_("Đã trả lại bước trước."),
        explain=_("Bước được chọn mở lại; bước này chờ đến khi bước đó xong."), **_around(case, view),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/buoc/<int:step_id>/lam-lai", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def repeat_step(case_id: int, step_id: int) -> ResponseReturnValue:
    case, view = _find(case_id, step_id)
    form = RepeatForm()
    return ask(
        form, lambda: operations.repeat_step(actor(), step_id, reason=form.reason.data or "", now=now()),
        heading=_("Làm thêm một lần bước này"), submit=_("Làm thêm lần nữa"), done=_("Đã mở thêm một lần."),
        **_around(case, view),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/buoc/<int:step_id>/bo-qua", methods=["GET", "POST"])
@requires(Permission.SEE_CASES)
def skip_step(case_id: int, step_id: int) -> ResponseReturnValue:
    case, view = _find(case_id, step_id)
    form = ReasonForm()
    return ask(
        form, lambda: operations.skip_step(actor(), step_id, reason=form.reason.data, now=now()),
        heading=_("Bỏ qua bước"), submit=_("Bỏ qua bước này"), done=_("Đã bỏ qua bước, lý do được lưu."),
        explain=_("Bước được coi là xong mà không thực hiện. Lý do hiện trong diễn biến và báo cáo vụ việc."),
        danger=True, **_around(case, view),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/thuc-hien/<key>", methods=["GET", "POST"])
@requires(Permission.SEE_CASES)
def take_step(case_id: int, key: str) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    found = edition_of(case).find_step(key)
    if found is None or not found.conditional:
        raise NotFound(_("Quy trình của hồ sơ không có bước này."))
    form = ReasonForm()
    back = url_for("lifecycle.steps", case_id=case.id)
    return ask(
        form, lambda: operations.take_step(actor(), case.id, key, reason=form.reason.data, now=now()),
        heading=_("Thực hiện: %(label)s", label=found.label), submit=_("Đưa vào việc phải làm"),
        done=_("Đã đưa bước vào việc phải làm."), explain=f"{found.condition}. {found.what}", back=back,
        parent=(case.code, back),
    )  # fmt: skip


def _find(case_id: int, step_id: int) -> tuple[Case, StepView]:
    case = queries.case_of(actor(), case_id)
    for view in steps_of(case):
        if view.row is not None and view.row.id == step_id:
            return case, view
    raise NotFound(_("Hồ sơ không có bước này."))


def _around(case: Case, view: StepView) -> Around:
    step_id = view.row.id if view.row is not None else 0
    address = url_for("lifecycle.step", case_id=case.id, step_id=step_id)
    return {"back": url_for("lifecycle.case", case_id=case.id), "parent": (view.step.label, address)}


def _page(case: Case, view: StepView, form: CompleteForm, *, status: int = 200) -> ResponseReturnValue:
    returns = progress_of(case).returns_from(view.step.key) if view.state == "ready" else ()
    page = render_template(
        "screens/lifecycle/step.html", **frame(case, "steps"), view=view, form=form, returns=returns,
        history=CaseStep.select()
        .where(CaseStep.case == case.id, CaseStep.key == view.step.key)
        .order_by(CaseStep.occurrence),
    )  # fmt: skip
    return page, status
