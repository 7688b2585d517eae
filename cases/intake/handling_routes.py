"""From classification to the decision: one page per act."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from cases.definitions import rules
from cases.errors import UserFacingError
from cases.intake import operations, queries
from cases.intake.blueprint import LETTER, blueprint
from cases.intake.eligibility import CheckView, checks_of, computed_verdicts, open_points
from cases.intake.models import Letter
from cases.intake.terms import CheckAnswer, Classification, Handling, PartData
from cases.intake.typed import (
    HANDLINGS,
    id_of,
    matched_subject,
    people_choices,
    subject_choices,
    subject_of,
)
from cases.lifecycle.models import Case
from cases.lifecycle.queries import visible_to as visible_cases
from cases.people.access import actor, now, requires
from cases.people.permissions import Permission
from forms.screens.fill import show_refusal
from forms.screens.intake import (
    ClassifyForm,
    DecideForm,
    ProposeForm,
    ResultForm,
    SplitForm,
    checks_form,
    pick,
)


def _done(letter_id: int, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for("intake.letter", letter_id=letter_id))


def _version(form: FlaskForm) -> int:
    """The version the page showed; one that cannot be read is none, so the write is refused as stale."""
    typed = form["version"].data or ""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def _page(name: str, letter: Letter, form: FlaskForm, status: int, **values: object) -> ResponseReturnValue:
    """The page of an act, with its form and status; a form with errors answers 422."""
    status = 422 if status == 200 and form.errors else status
    return render_template(f"screens/intake/{name}.html", letter=letter, form=form, **values), status


@blueprint.route(f"{LETTER}/phan-loai", methods=["GET", "POST"])
@requires(Permission.CLASSIFY_LETTERS)
def classify(letter_id: int) -> ResponseReturnValue:
    letter = queries.letter_of(actor(), letter_id)
    form = _classify_form(letter)
    status = 200
    if "look_up" not in request.form and form.validate_on_submit():
        member_id, organisation_id = subject_of(form.subject.data)
        what = Classification(
            kind=form.kind.data, identity=form.identity.data, member_id=member_id,
            organisation_id=organisation_id, handler_id=id_of(form.handler_id.data),
        )  # fmt: skip
        try:
            operations.classify_letter(actor(), letter_id, what, version=_version(form), now=now())
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            return _done(letter_id, _("Đã phân loại đơn."))
    return _page("classify", letter, form, status)


def _classify_form(letter: Letter) -> ClassifyForm:
    form = ClassifyForm(
        kind=letter.kind, identity=letter.identity, handler_id=str(letter.handler_id or ""),
        subject=matched_subject(letter), version=str(letter.version),
    )  # fmt: skip
    form.subject.choices = pick(subject_choices(actor(), letter, form.search.data or letter.subject_name))
    form.handler_id.choices = pick(people_choices(queries.possible_handlers(actor()), _("chưa giao")))
    return form


@blueprint.route(f"{LETTER}/dieu-kien", methods=["GET", "POST"])
@requires(Permission.CLASSIFY_LETTERS)
def checks(letter_id: int) -> ResponseReturnValue:
    letter = queries.letter_of(actor(), letter_id)
    views = checks_of(letter, rules().eligibility)
    form = _checks_form(views, version=letter.version)
    status = 200
    if form.validate_on_submit():
        computed = computed_verdicts(views)
        answers = [
            CheckAnswer(rule_id=name, answer=form[name].data or "", note=form[f"{name}-note"].data or "")
            for name in computed
        ]
        try:
            operations.answer_checks(
                actor(), letter_id, answers, computed=computed, version=_version(form), now=now()
            )
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            return _done(letter_id, _("Đã ghi kết quả rà soát điều kiện."))
    return _page("checks", letter, form, status, views=views)


def _checks_form(views: list[CheckView], *, version: int) -> FlaskForm:
    asked = [view for view in views if not view.is_duty]
    given = {view.rule.id: view.given.answer if view.given else "" for view in asked}
    given |= {f"{view.rule.id}-note": view.given.note if view.given else "" for view in asked}
    given["version"] = str(version)
    return checks_form(view.rule for view in asked)(data=given)


@blueprint.route(f"{LETTER}/tach", methods=["GET", "POST"])
@requires(Permission.CLASSIFY_LETTERS)
def split(letter_id: int) -> ResponseReturnValue:
    letter = queries.letter_of(actor(), letter_id)
    form = SplitForm(
        a_summary=letter.summary, b_summary=letter.summary, a_subject_name=letter.subject_name,
        b_subject_name=letter.subject_name, version=str(letter.version),
    )  # fmt: skip
    form.a_handler_id.choices = pick(people_choices(queries.possible_handlers(actor()), _("chưa giao")))
    form.b_handler_id.choices = pick(people_choices(queries.possible_handlers(actor()), _("không giao")))
    status = 200
    if form.validate_on_submit():
        parts = [_part(form, "a"), _part(form, "b")]
        try:
            operations.split_letter(actor(), letter_id, parts, version=_version(form), now=now())
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            return _done(letter_id, _("Đã tách đơn thành hai phần."))
    return _page("split", letter, form, status)


def _part(form: SplitForm, name: str) -> PartData:
    return PartData(
        summary=form[f"{name}_summary"].data, subject_name=form[f"{name}_subject_name"].data or "",
        handler_id=id_of(form[f"{name}_handler_id"].data),
    )  # fmt: skip


@blueprint.route(f"{LETTER}/de-xuat", methods=["GET", "POST"])
@requires(Permission.CLASSIFY_LETTERS)
def propose(letter_id: int) -> ResponseReturnValue:
    letter = queries.letter_of(actor(), letter_id)
    form = ProposeForm(
        proposal=letter.proposal or None, note=letter.proposal_note, version=str(letter.version)
    )
    form.proposal.choices = pick(HANDLINGS)
    status = 200
    if form.validate_on_submit():
        try:
            operations.propose(
                actor(), letter_id, proposal=form.proposal.data, note=form.note.data,
                version=_version(form), now=now(),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            return _done(letter_id, _("Đã trình đề xuất xử lý đơn."))
    return _page("propose", letter, form, status, points=open_points(checks_of(letter, rules().eligibility)))


@blueprint.route(f"{LETTER}/quyet-dinh", methods=["GET", "POST"])
@requires(Permission.DECIDE_LETTERS)
def decide(letter_id: int) -> ResponseReturnValue:
    letter = queries.letter_of(actor(), letter_id)
    form = _decide_form(letter)
    status = 200
    if form.validate_on_submit():
        try:
            operations.decide_letter(
                actor(), letter_id, handling=form.handling.data, reason=form.reason.data,
                reference=form.reference.data or "", target=form.target.data or "",
                case_id=id_of(form.case_id.data), due_on=form.due_on.data, version=_version(form), now=now(),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            return _done(letter_id, _("Đã quyết định xử lý đơn."))
    return _page("decide", letter, form, status, points=open_points(checks_of(letter, rules().eligibility)))


def _decide_form(letter: Letter) -> DecideForm:
    form = DecideForm(handling=letter.proposal or None, due_on=letter.due_on, version=str(letter.version))
    form.handling.choices = pick(HANDLINGS)
    cases = visible_cases(actor()).where(Case.state == "open").order_by(Case.id.desc()).limit(200)
    joined = dict(HANDLINGS)[Handling.JOINED]
    nothing = ("", _("chỉ chọn khi %(handling)s", handling=joined))
    form.case_id.choices = pick(
        [nothing, *((str(case.id), f"{case.code} – {case.title[:80]}") for case in cases)]
    )
    return form


@blueprint.route(f"{LETTER}/ket-qua", methods=["GET", "POST"])
@requires(Permission.CLASSIFY_LETTERS)
def result(letter_id: int) -> ResponseReturnValue:
    letter = queries.letter_of(actor(), letter_id)
    form = ResultForm(result=letter.result)
    status = 200
    if form.validate_on_submit():
        try:
            operations.record_result(actor(), letter_id, result=form.result.data, now=now())
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            return _done(letter_id, _("Đã ghi kết quả."))
    return _page("result", letter, form, status)
