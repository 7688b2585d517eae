"""The working calendar on screen: years, their days, confirming."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext as _l

from cases.deadlines import queries
from cases.deadlines.blueprint import blueprint
from cases.deadlines.calendar_operations import FIRST_YEAR, LAST_YEAR, DayChoice, change_days, confirm_year
from cases.errors import Invalid, NotFound, UserFacingError
from cases.lifecycle.blueprint import ask
from cases.people.access import actor, now, requires, today
from cases.people.permissions import Permission
from forms.screens.deadlines import CalendarForm, ConfirmYearForm
from forms.screens.fill import show_refusal
from forms.screens.lifecycle import pick

KINDS = {"off": _l("Ngày nghỉ"), "work": _l("Ngày làm bù")}


@blueprint.route("/lich-lam-viec")
@requires(Permission.SEE_CALENDAR)
def calendar() -> ResponseReturnValue:
    return render_template("screens/deadlines/calendar.html", years=queries.calendar_years(today()))


@blueprint.route("/lich-lam-viec/<int:year>")
@requires(Permission.SEE_CALENDAR)
def calendar_year(year: int) -> ResponseReturnValue:
    _require_year(year)
    return render_template(
        "screens/deadlines/calendar_year.html", view=queries.calendar_year(year), kinds=KINDS,
        editing=actor().may(Permission.EDIT_CALENDAR),
    )  # fmt: skip


@blueprint.route("/lich-lam-viec/<int:year>/sua", methods=["GET", "POST"])
@requires(Permission.EDIT_CALENDAR)
def edit_year(year: int) -> ResponseReturnValue:
    _require_year(year)
    form = CalendarForm(data=_present(year) if request.method == "GET" else None)
    if "add_day" in request.form:
        form.days.append_entry()
    _offer(form)
    if request.method == "GET" or "add_day" in request.form:
        return _edit_page(form, year)
    if not form.validate_on_submit():
        return _edit_page(form, year, status=422)
    try:
        change_days(actor(), year, _typed(form), now=now())
    except UserFacingError as error:
        return _edit_page(form, year, status=show_refusal(form, error))
    flash(_("Đã ghi lịch năm %(year)d; các thời hạn đang tính được tính lại.", year=year), "success")
    return redirect(url_for("deadlines.calendar_year", year=year))


@blueprint.route("/lich-lam-viec/<int:year>/xac-nhan", methods=["GET", "POST"])
@requires(Permission.EDIT_CALENDAR)
def confirm_calendar_year(year: int) -> ResponseReturnValue:
    _require_year(year)
    form = ConfirmYearForm()
    if request.method == "GET":
        form.notice.data = queries.calendar_year(year).notice
    back = url_for("deadlines.calendar_year", year=year)
    return ask(
        form, lambda: confirm_year(actor(), year, notice=form.notice.data or "", now=now()),
        heading=_("Xác nhận lịch năm %(year)d", year=year), submit=_("Xác nhận"),
        done=_("Đã xác nhận lịch; các thời hạn chờ lịch này được tính."), back=back,
        explain=_("Chỉ xác nhận khi danh sách ngày nghỉ, ngày làm bù đúng như thông báo."),
        parent=(_("Lịch năm %(year)d", year=year), back),
    )  # fmt: skip


def _require_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound(_("Năm ngoài khoảng dùng được."))


def _present(year: int) -> dict[str, object]:
    days = queries.calendar_year(year).days
    return {"days": [{"day": day, "kind": kind, "name": name} for day, kind, name in days]}


def _offer(form: CalendarForm) -> None:
    for row in form.days:
        row.form.kind.choices = pick(KINDS.items())


def _typed(form: CalendarForm) -> list[DayChoice]:
    """The rows in which a day was typed; a row cleared of its day is taken out of the calendar."""
    found = []
    for row in form.days:
        if row.form.day.data is not None:
            found.append(DayChoice(row.form.day.data, row.form.kind.data or "", row.form.name.data or ""))
        elif (row.form.name.data or "").strip():
            raise Invalid(_("Dòng “%(name)s” chưa có ngày.", name=row.form.name.data), field="days")
    return found


def _edit_page(form: CalendarForm, year: int, *, status: int = 200) -> ResponseReturnValue:
    return render_template("screens/deadlines/calendar_edit.html", form=form, year=year), status
