"""The working calendar on screen: years, their days, trying and storing a change, confirming."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext as _l
from flask_wtf import FlaskForm

from cases.deadlines import queries
from cases.deadlines.blueprint import blueprint
from cases.deadlines.calendar_check import FIRST_CHECKED, cross_check, proposal
from cases.deadlines.calendar_operations import (
    FIRST_YEAR,
    LAST_YEAR,
    change_days,
    cited,
    confirm_year,
    number_and_day,
)
from cases.deadlines.calendar_picture import picture
from cases.deadlines.calendar_preview import DayChoice, Preview, confirmed_at, days_of, preview
from cases.errors import Invalid, NotFound, UserFacingError
from cases.people.access import actor, now, requires, today
from cases.people.permissions import Permission
from forms.screens.deadlines import CalendarForm, ConfirmYearForm
from forms.screens.fill import show_refusal
from forms.screens.lifecycle import pick

KINDS = {"off": _l("Ngày nghỉ"), "work": _l("Ngày làm bù")}
# How far ahead a year without any day of its own is offered.
YEARS_AHEAD = 4


@blueprint.route("/lich-lam-viec")
@requires(Permission.SEE_CALENDAR)
def calendar() -> ResponseReturnValue:
    years = queries.calendar_years(today())
    known = {view.year for view in years}
    others = [year for year in range(FIRST_CHECKED, today().year + YEARS_AHEAD + 1) if year not in known]
    return render_template("screens/deadlines/calendar.html", years=years, others=others)


@blueprint.route("/lich-lam-viec/<int:year>")
@requires(Permission.SEE_CALENDAR)
def calendar_year(year: int) -> ResponseReturnValue:
    view = _view(year)
    return render_template(
        "screens/deadlines/calendar_year.html", view=view, kinds=KINDS, months=picture(view),
        remarks=cross_check(view), confirmed_at=confirmed_at(year),
        editing=actor().may(Permission.EDIT_CALENDAR),
    )  # fmt: skip


@blueprint.route("/lich-lam-viec/<int:year>/thu", methods=["GET", "POST"])
@requires(Permission.SEE_CALENDAR)
def try_year(year: int) -> ResponseReturnValue:
    """What other days off would move; the year is taken as confirmed, and nothing is stored."""
    return _asked(_view(year), storing=False)


@blueprint.route("/lich-lam-viec/<int:year>/sua", methods=["GET", "POST"])
@requires(Permission.EDIT_CALENDAR)
def edit_year(year: int) -> ResponseReturnValue:
    """The days are typed, then seen with all they move, then stored by the button under that."""
    view, form = _view(year), CalendarForm()
    if "store" not in request.form or "again" in request.form:
        return _asked(view, storing=True)
    _offer(form)
    notice = ConfirmYearForm() if view.confirmed else FlaskForm()
    if not form.validate():
        return _edit_page(form, year, storing=True, status=422)
    if not notice.validate():
        return _previewed(view, form, notice, storing=True, status=422)
    words = _cited(notice) if isinstance(notice, ConfirmYearForm) else ""
    try:
        change_days(actor(), year, _typed(form), notice=words, seen=request.form.get("seen", ""), now=now())
    except UserFacingError as error:
        return _previewed(view, form, notice, storing=True, status=show_refusal(notice, error))
    flash(_("Đã ghi lịch năm %(year)d; các thời hạn đang tính được tính lại.", year=year), "success")
    return redirect(url_for("deadlines.calendar_year", year=year))


@blueprint.route("/lich-lam-viec/<int:year>/xac-nhan", methods=["GET", "POST"])
@requires(Permission.EDIT_CALENDAR)
def confirm_calendar_year(year: int) -> ResponseReturnValue:
    view, form, status = _view(year), ConfirmYearForm(), 200
    if request.method == "GET":
        form.notice.data, form.notice_on.data = number_and_day(view.notice)
    elif not form.validate():
        status = 422
    else:
        try:
            confirm_year(
                actor(), year, notice=form.notice.data or "", notice_on=form.notice_on.data,
                seen=request.form.get("seen", ""), now=now(),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã xác nhận lịch; các thời hạn chờ lịch này được tính."), "success")
            return redirect(url_for("deadlines.calendar_year", year=year))
    shown = preview(actor(), year, days_of(view), counts=True)
    page = render_template(
        "screens/deadlines/calendar_confirm.html", view=view, form=form, shown=shown, kinds=KINDS,
        remarks=cross_check(view),
    )  # fmt: skip
    return page, status


def _view(year: int) -> queries.YearView:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound(_("Năm ngoài khoảng dùng được."))
    return queries.calendar_year(year)


def _asked(view: queries.YearView, *, storing: bool) -> ResponseReturnValue:
    """The days of a year to be typed; once they are, what they would move."""
    form = CalendarForm(data=_present(view) if request.method == "GET" else None)
    if "add_day" in request.form:
        form.days.append_entry()
    _offer(form)
    if request.method == "GET" or "add_day" in request.form or "again" in request.form:
        return _edit_page(form, view.year, storing=storing)
    if not form.validate():
        return _edit_page(form, view.year, storing=storing, status=422)
    notice = _prefilled(view) if storing and view.confirmed else FlaskForm()
    return _previewed(view, form, notice, storing=storing)


def _previewed(
    view: queries.YearView, form: CalendarForm, notice: FlaskForm, *, storing: bool, status: int = 200
) -> ResponseReturnValue:
    try:
        shown = preview(actor(), view.year, _typed(form), counts=view.confirmed or not storing)
    except UserFacingError as error:
        return _edit_page(form, view.year, storing=storing, status=show_refusal(form, error))
    return _preview_page(view, form, notice, shown, storing=storing), status


def _preview_page(
    view: queries.YearView, form: CalendarForm, notice: FlaskForm, shown: Preview, *, storing: bool
) -> str:
    return render_template(
        "screens/deadlines/calendar_preview.html", view=view, form=form, notice_form=notice, shown=shown,
        storing=storing, kinds=KINDS,
    )  # fmt: skip


def _edit_page(form: CalendarForm, year: int, *, storing: bool, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "screens/deadlines/calendar_edit.html", form=form, year=year, storing=storing,
        drafted="nhap" in request.args,
    )  # fmt: skip
    return page, status


def _present(view: queries.YearView) -> dict[str, object]:
    """The days of record; asked for a draft, also those the library computes: to be seen, not stored so."""
    drafted = "nhap" in request.args and not view.confirmed
    days = proposal(view) if drafted else days_of(view)
    return {"days": [{"day": one.day, "kind": one.kind, "name": one.name} for one in days]}


def _cited(form: ConfirmYearForm) -> str:
    return cited(form.notice.data or "", form.notice_on.data)


def _prefilled(view: queries.YearView) -> ConfirmYearForm:
    number, on = number_and_day(view.notice)
    return ConfirmYearForm(formdata=None, data={"notice": number, "notice_on": on})


def _offer(form: CalendarForm) -> None:
    for row in form.days:
        row.form.kind.choices = pick(KINDS.items())


def _typed(form: CalendarForm) -> list[DayChoice]:
    """The rows in which a day was typed; a row cleared of its day is taken out of the calendar."""
    found = []
    for row in form.days:
        on: date | None = row.form.day.data
        if on is not None:
            found.append(DayChoice(on, row.form.kind.data or "", row.form.name.data or ""))
        elif (row.form.name.data or "").strip():
            raise Invalid(_("Dòng “%(name)s” chưa có ngày.", name=row.form.name.data), field="days")
    return found
