"""What the commission states about the rules: the list to be confirmed, one rule whole, stating it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from cases.book.blueprint import blueprint
from cases.book.rule_page import rule_page, running_under
from cases.book.to_confirm import STATES, UNCONFIRMED, areas, to_confirm
from cases.deadlines import confirming
from cases.deadlines.confirmations import stated, statements_about
from cases.deadlines.confirming import Correction, Effect
from cases.deadlines.models import RuleConfirmation
from cases.deadlines.rule_versions import AnyRule, current_version, label_of, version_from, version_of
from cases.errors import NotFound, UserFacingError
from cases.paging import page_number, page_of
from cases.people.access import actor, now, requires, today
from cases.people.permissions import Permission
from forms.screens.book import ConfirmRuleForm, CorrectLimitForm, CorrectWordsForm
from forms.screens.fill import show_refusal
from forms.screens.lifecycle import ReasonForm, pick
from procedures.schema import RollPolicy, TimeLimit, Unit

UNDATED = "0"
NOT_TYPED = frozenset({"csrf_token", "previewed"})


@blueprint.route("/xac-nhan-quy-dinh")
@requires(Permission.SEE_RULES)
def confirmations() -> ResponseReturnValue:
    state, area = request.args.get("tinh-trang", UNCONFIRMED), request.args.get("linh-vuc", "")
    state = state if state in STATES else ""
    return render_template(
        "screens/book/confirmations.html", found=to_confirm(actor(), today(), state=state, area=area),
        states=STATES, state=state, areas=[(one, one) for one in areas()], area=area,
    )  # fmt: skip


@blueprint.route("/quy-dinh/<rule_id>")
@requires(Permission.SEE_RULES)
def rule(rule_id: str) -> ResponseReturnValue:
    found = rule_page(actor(), rule_id, today())
    return render_template(
        "screens/book/rule.html", rule=found, page=page_of(running_under(actor(), rule_id), page_number()),
        states=STATES, today=today(), ban=_ban,
    )  # fmt: skip


@blueprint.route("/quy-dinh/<rule_id>/xac-nhan", methods=["GET", "POST"])
@requires(Permission.CONFIRM_RULES)
def confirm_rule(rule_id: str) -> ResponseReturnValue:
    version, form = _asked(rule_id), ConfirmRuleForm()
    day = version_from(version)
    if request.method == "GET":
        form.basis.data = _basis(version)

    def preview() -> Effect:
        draft = confirming.drafted(
            actor(), rule_id, day, basis=form.basis.data or "", note=form.note.data or "", now=now()
        )
        return confirming.effect_of(actor(), draft)

    def store() -> None:
        confirming.confirm_rule(
            actor(), rule_id, day, basis=form.basis.data or "", note=form.note.data or "", now=now()
        )

    act = Act(_("Xác nhận quy định"), _("Ghi xác nhận"), _("Đã xác nhận quy định."))
    return _with_preview(version, form, preview, store, act)


@blueprint.route("/quy-dinh/<rule_id>/dinh-chinh", methods=["GET", "POST"])
@requires(Permission.CONFIRM_RULES)
def correct_rule(rule_id: str) -> ResponseReturnValue:
    version = _asked(rule_id)
    form = _limit_form(version) if isinstance(version, TimeLimit) else CorrectWordsForm()
    day = version_from(version)

    def preview() -> Effect:
        draft = confirming.drafted(
            actor(), rule_id, day, basis=form.basis.data or "", note=form.note.data or "",
            correction=_correction(form), now=now(),
        )  # fmt: skip
        return confirming.effect_of(actor(), draft)

    def store() -> None:
        confirming.correct_rule(
            actor(), rule_id, day, correction=_correction(form), basis=form.basis.data or "",
            note=form.note.data or "", now=now(),
        )  # fmt: skip

    act = Act(
        _("Đính chính quy định"), _("Ghi đính chính"), _("Đã đính chính quy định."), _what_stays(version)
    )
    return _with_preview(version, form, preview, store, act)


@blueprint.route("/quy-dinh/<rule_id>/rut", methods=["GET", "POST"])
@requires(Permission.CONFIRM_RULES)
def withdraw_confirmation(rule_id: str) -> ResponseReturnValue:
    version, form = _asked(rule_id), ReasonForm()
    statement = _statement(version)
    if statement is None:
        raise NotFound(_("Bản này của quy định chưa có xác nhận nào để rút."))
    number = statement.id

    def preview() -> Effect:
        return confirming.effect_of_withdrawal(actor(), number)

    def store() -> None:
        confirming.withdraw_confirmation(actor(), number, reason=form.reason.data or "", now=now())

    act = Act(_("Rút xác nhận, đính chính"), _("Rút"), _("Đã rút; quy định trở lại như trước đó."))
    return _with_preview(
        version,
        form,
        lambda: confirming.effect_of_withdrawal(actor(), number),
        store,
        act,
        statement=statement,
    )


@dataclass(frozen=True, slots=True)
class Act:
    """The words of one act: its heading, its button, what is said once it is done and beforehand."""

    heading: str
    submit: str
    done: str
    explain: str = ""


def _with_preview(
    version: AnyRule,
    form: FlaskForm,
    preview: Callable[[], Effect],
    store: Callable[[], object],
    act: Act,
    *,
    statement: RuleConfirmation | None = None,
) -> ResponseReturnValue:
    """Ask; show what would move; store once exactly that has been shown."""
    effect, seal, status = None, "", 200
    if request.method == "POST":
        status = 422
        if form.validate_on_submit():
            try:
                effect = preview()
                seal, status = _seal(effect), 200
                if request.form.get("previewed") == seal:
                    store()
                    flash(act.done, "success")
                    return redirect(url_for("book.rule", rule_id=version.id))
            except UserFacingError as error:
                effect, status = None, show_refusal(form, error)
    page = render_template(
        "screens/book/state_rule.html", form=form, act=act, version=version, label=label_of(version),
        effect=effect, seal=seal, again=bool(effect and request.form.get("previewed")),
        statement=statement, today=today(),
    )  # fmt: skip
    return page, status


def _seal(effect: Effect) -> str:
    """What was typed and what it moves, in one line: a preview of anything else is shown again first."""
    typed = sorted(
        (name, value) for name, value in request.form.items() if name not in ("csrf_token", "previewed")
    )
    moves = [(one.deadline.id, one.before, one.after) for one in effect.moves]
    return sha256(repr((typed, moves, effect.others)).encode()).hexdigest()


def _asked(rule_id: str) -> AnyRule:
    """The version the address names by its first day, else the one for today."""
    asked = request.args.get("ban", "")
    if not asked:
        return current_version(rule_id, today())
    try:
        return version_of(rule_id, None if asked == UNDATED else date.fromisoformat(asked))
    except ValueError:
        raise NotFound(_("Không có bản này của quy định.")) from None


def _ban(day: date | None) -> str:
    return day.isoformat() if day else UNDATED


def _statement(version: AnyRule) -> RuleConfirmation | None:
    own = actor().commission_id
    return statements_about(own, version.id).about(own, version.id, version_from(version))


def _basis(version: AnyRule) -> str:
    read = (getattr(version, "basis", None), getattr(version, "article", None))
    return ", ".join(filter(None, read))


def _limit_form(limit: TimeLimit) -> CorrectLimitForm:
    """The form with the numbers that count now, and the units and ways that can be chosen."""
    form = CorrectLimitForm()
    form.unit.choices = pick((one.value, one.label) for one in Unit)
    form.roll.choices = pick((one.value, one.label) for one in RollPolicy)
    if limit.extension and limit.extension.unit is not limit.unit:
        form.extension_amount.label.text = _("Gia hạn mỗi lần (%(unit)s)", unit=limit.extension.unit.label)
    if request.method == "GET":
        bound = stated(limit, _statement(limit))
        counted = bound.limit
        form.amount.data, form.unit.data = counted.amount, counted.unit.value
        form.roll.data = counted.roll.value
        if counted.extension:
            form.extension_amount.data = counted.extension.amount
            form.extension_times.data = counted.extension.times
        form.basis.data = bound.statement.basis if bound.statement else ""
    return form


def _what_stays(version: AnyRule) -> str:
    """What a correction does not do: only numbers of limits are counted with."""
    if isinstance(version, TimeLimit):
        return ""
    return str(
        _("Nội dung đính chính được lưu và hiện ở trang quy định; cách tính của phần mềm không tự đổi theo.")
    )


def _correction(form: CorrectLimitForm | CorrectWordsForm) -> Correction:
    if isinstance(form, CorrectWordsForm):
        return Correction(text=form.text.data or "")
    return Correction(
        amount=form.amount.data, unit=form.unit.data or "", roll=form.roll.data or "",
        extension_amount=form.extension_amount.data, extension_times=form.extension_times.data,
    )  # fmt: skip
