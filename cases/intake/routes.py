"""The register of letters: list, entry, one letter's page, sealed senders, export."""

from datetime import date
from io import BytesIO
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.decisions.limitation_view import letter_periods
from cases.definitions import forms, rules
from cases.errors import Invalid, UserFacingError
from cases.intake import handling_routes, operations, queries
from cases.intake.blueprint import LETTER, blueprint
from cases.intake.eligibility import checks_of
from cases.intake.history import history_of
from cases.intake.models import Letter
from cases.intake.next_steps import next_step, papers_for
from cases.intake.numbers import full_number
from cases.intake.terms import IDENTITIES, KINDS, SOURCES as SOURCE_TERMS, STATES, kind_label
from cases.intake.typed import (
    HANDLINGS,
    SOURCES,
    fill_letter_form,
    filter_of,
    id_of,
    letter_data,
    letter_number,
    people_choices,
    subject_choices,
)
from cases.lifecycle.models import Case, CaseLetter
from cases.lifecycle.queries import visible_to as visible_cases
from cases.paging import page_number
from cases.parties.queries import visible_to as visible_organisations
from cases.people.access import actor, now, requires, today
from cases.people.permissions import Permission
from forms.screens.fill import show_refusal
from forms.screens.intake import (
    IDENTITIES as IDENTITY_CHOICES,
    KINDS as KIND_CHOICES,
    DuplicateForm,
    ExportForm,
    FindSenderForm,
    LetterForm,
    SenderForm,
    pick,
)

__all__ = ["blueprint", "handling_routes"]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ALL_SUGGESTED = 400


@blueprint.route("/don-thu")
@requires(Permission.SEE_LETTERS)
def letters() -> ResponseReturnValue:
    wanted = filter_of(request.args)
    return render_template(
        "screens/intake/letters.html",
        page=queries.page_of(actor(), wanted, page=page_number()),
        counts=queries.counts_by_state(actor(), wanted),
        wanted=wanted, today=today(), may=actor().may, Permission=Permission, states=STATES, kinds=KINDS,
        kind_choices=KIND_CHOICES, identity_choices=IDENTITY_CHOICES, sources=SOURCES, handlings=HANDLINGS,
        handlers=people_choices(queries.possible_handlers(actor()), "")[1:],
    )  # fmt: skip


@blueprint.route("/don-thu/moi", methods=["GET", "POST"])
@requires(Permission.LOG_LETTERS)
def new_letter() -> ResponseReturnValue:
    form = _letter_form(received_on=_day_before() or today(), source=request.args.get("nguon", "post"))
    status = 200
    if "look_up" in request.form:
        form.subject.choices = pick(subject_choices(actor(), None, form.subject_name.data or ""))
    elif form.validate_on_submit():
        try:
            letter = operations.log_letter(actor(), letter_data(form), now=now())
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            return _after_logging(letter)
    return _letter_page(form, None), _status(form, status)


def _letter_form(*, received_on: date, source: str) -> LetterForm:
    form = LetterForm(received_on=received_on, source=source)
    form.source.choices = pick(SOURCES)
    chosen = form.subject.data
    offered = subject_choices(actor(), None, form.subject_name.data or "") if chosen else []
    form.subject.choices = pick(offered)
    return form


def _letter_page(form: LetterForm, letter: Letter | None) -> str:
    bodies: Any = visible_organisations(actor()).limit(_ALL_SUGGESTED)
    before = id_of(request.args.get("sau"))
    return render_template(
        "screens/intake/letter_form.html", form=form, letter=letter, places=[body.name for body in bodies],
        before=queries.visible_to(actor()).where(Letter.id == before).first() if before else None,
    )  # fmt: skip


def _status(form: LetterForm, status: int) -> int:
    return 422 if status == 200 and form.errors else status


def _day_before() -> date | None:
    """The day of receipt of the letter just entered: a pile has one day."""
    return filter_of({"tu-ngay": request.args.get("ngay", "")}).received_from


def _after_logging(letter: Letter) -> ResponseReturnValue:
    flash(_("Đã vào sổ đơn số %(number)s.", number=full_number(letter)), "success")
    if "another" not in request.form:
        return redirect(url_for("intake.letter", letter_id=letter.id))
    return redirect(
        url_for("intake.new_letter", sau=letter.id, ngay=letter.received_on.isoformat(), nguon=letter.source)
    )


@blueprint.route(f"{LETTER}/sua", methods=["GET", "POST"])
@requires(Permission.LOG_LETTERS)
def edit_letter(letter_id: int) -> ResponseReturnValue:
    letter = queries.letter_of(actor(), letter_id)
    form = _letter_form(received_on=letter.received_on, source=letter.source)
    status = 200
    if request.method == "GET":
        fill_letter_form(form, letter)
    elif "look_up" in request.form:
        form.subject.choices = pick(subject_choices(actor(), letter, form.subject_name.data or ""))
    elif form.validate_on_submit():
        version = int(form.version.data) if (form.version.data or "").isdecimal() else 0
        try:
            operations.change_letter(actor(), letter_id, letter_data(form), version=version, now=now())
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã sửa đơn số %(number)s.", number=full_number(letter)), "success")
            return redirect(url_for("intake.letter", letter_id=letter_id))
    return _letter_page(form, letter), _status(form, status)


@blueprint.route(LETTER)
@requires(Permission.SEE_LETTERS)
def letter(letter_id: int) -> ResponseReturnValue:
    return show_letter(letter_id)


def show_letter(
    letter_id: int,
    *,
    duplicate: DuplicateForm | None = None,
    sender: SenderForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """A letter's page; a form that was refused is shown with what was typed."""
    found = queries.letter_of(actor(), letter_id)
    views = checks_of(found, rules().eligibility)
    own_cases = CaseLetter.select(CaseLetter.case).where(CaseLetter.letter == found.id)
    cases = list(visible_cases(actor()).where(Case.id.in_(own_cases)))
    page = render_template(
        "screens/intake/letter.html", letter=found, views=views, cases=cases, today=today(),
        kind=kind_label(found.kind), identity=IDENTITIES[found.identity].label,
        source=SOURCE_TERMS[found.source].label, handlings=dict(HANDLINGS),
        next=next_step(actor(), found, views, has_case=own_cases.exists()),
        similar=queries.similar_letters(actor(), found), repeats=queries.duplicates_of(actor(), found),
        family=queries.family_of(actor(), found), history=history_of(found),
        sealed=queries.has_sealed_sender(found), may=actor().may, Permission=Permission,
        papers=[forms()[code] for code in papers_for(found) if code in forms()],
        duplicate=duplicate or DuplicateForm(formdata=None, prefix="duplicate"),
        sender=sender or SenderForm(formdata=None, prefix="sender"),
        original=_original(found), periods=letter_periods(found, today=today()),
    )  # fmt: skip
    return page, status


def _original(found: Letter) -> Letter | None:
    """The earlier letter this one repeats, when the reader may see it."""
    if found.duplicate_of_id is None:
        return None
    original: Letter | None = queries.visible_to(actor()).where(Letter.id == found.duplicate_of_id).first()
    return original


@blueprint.route(f"{LETTER}/trung", methods=["POST"])
@requires(Permission.CLASSIFY_LETTERS)
def duplicate(letter_id: int) -> ResponseReturnValue:
    found = queries.letter_of(actor(), letter_id)
    form = DuplicateForm(prefix="duplicate")
    if form.validate_on_submit():
        try:
            first = _letter_numbered(form.number.data or "", year=found.year)
            operations.mark_duplicate(actor(), letter_id, of=first.id if first else None, now=now())
        except UserFacingError as error:
            error.field = "number" if error.field == "of" else error.field
            return show_letter(letter_id, duplicate=form, status=show_refusal(form, error))
        flash(_("Đã ghi đơn trùng.") if first else _("Đã bỏ đánh dấu đơn trùng."), "success")
        return redirect(url_for("intake.letter", letter_id=letter_id))
    return show_letter(letter_id, duplicate=form, status=422)


def _letter_numbered(text: str, *, year: int) -> Letter | None:
    wanted = letter_number(text, year=year)
    if wanted is None:
        return None
    found = queries.letter_numbered(actor(), wanted[0], wanted[1], wanted[2])
    if found is None:
        number = f"{wanted[0]}{wanted[2]}/{wanted[1]}"
        raise Invalid(_("Không có đơn số %(number)s trong sổ.", number=number), field="number")
    return found


@blueprint.route(f"{LETTER}/danh-tinh", methods=["POST"])
@requires(Permission.SEE_SENDERS)
def sender(letter_id: int) -> ResponseReturnValue:
    form = SenderForm(prefix="sender")
    if not form.validate_on_submit():
        return show_letter(letter_id, sender=form, status=422)
    try:
        identity = operations.see_sender(actor(), letter_id, reason=form.reason.data, now=now())
    except UserFacingError as error:
        return show_letter(letter_id, sender=form, status=show_refusal(form, error))
    found = queries.letter_of(actor(), letter_id)
    return render_template("screens/intake/sender.html", letter=found, identity=identity)


@blueprint.route("/don-thu/tim-nguoi-gui", methods=["GET", "POST"])
@requires(Permission.SEE_SENDERS)
def find_sender() -> ResponseReturnValue:
    form = FindSenderForm()
    found: list[Letter] | None = None
    status = 200
    # The name is sent by POST: an address is kept in histories and logs.
    if form.validate_on_submit():
        try:
            found = operations.find_sender(actor(), form.name.data, now=now())
        except UserFacingError as error:
            status = show_refusal(form, error)
    elif form.errors:
        status = 422
    return render_template("screens/intake/find_sender.html", form=form, found=found), status


@blueprint.route("/don-thu/ket-xuat", methods=["GET", "POST"])
@requires(Permission.EXPORT_LETTERS)
def export() -> ResponseReturnValue:
    form = ExportForm()
    wanted = filter_of(request.args)
    status = 200
    if form.validate_on_submit():
        try:
            data = operations.export_register(
                actor(), wanted, with_senders=form.with_senders.data, reason=form.reason.data or "",
                title="SỔ TIẾP NHẬN, XỬ LÝ ĐƠN", now=now(),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            name = f"so-tiep-nhan-xu-ly-don-{today().isoformat()}.xlsx"
            return send_file(BytesIO(data), mimetype=_XLSX, as_attachment=True, download_name=name)
    rows = queries.filtered(actor(), wanted).count()
    return render_template(
        "screens/intake/export.html", form=form, rows=rows, senders=actor().may(Permission.SEE_SENDERS)
    ), status
