"""Going on under another edition, on screen: first every date before and after, then the decision."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.errors import UserFacingError
from cases.lifecycle import queries
from cases.lifecycle.blueprint import blueprint
from cases.lifecycle.edition_switch import (
    SwitchPreview,
    other_editions,
    preview_switch,
    switch_edition,
    switches_of,
)
from cases.lifecycle.frame import frame
from cases.lifecycle.models import Case
from cases.people.access import actor, now, requires
from cases.people.permissions import Permission
from cases.text import short_date
from forms.screens.fill import show_refusal
from forms.screens.lifecycle import EditionSwitchForm, pick


@blueprint.route("/ho-so/<int:case_id>/chuyen-ban-quy-trinh", methods=["GET", "POST"])
@requires(Permission.SWITCH_EDITIONS)
def switch_edition_of(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    form = EditionSwitchForm()
    form.to.choices = pick(
        (one.valid_from.isoformat(), _choice(one.valid_from, one.legal_basis)) for one in other_editions(case)
    )
    if request.method == "GET":
        return _page(case, form)
    if not form.validate_on_submit():
        return _page(case, form, status=422)
    try:
        found = preview_switch(actor(), case.id, to=_day(form.to.data))
        if "confirm" not in request.form:
            return _page(case, form, found)
        switch_edition(
            actor(),
            case.id,
            to=_day(form.to.data),
            reason=form.reason.data or "",
            document=form.document.data or "",
            now=now(),
        )
    except UserFacingError as error:
        return _page(case, form, status=show_refusal(form, error))
    flash(_("Hồ sơ áp dụng bản quy trình mới; các thời hạn đã được tính lại."), "success")
    return redirect(url_for("lifecycle.case", case_id=case.id))


def _choice(valid_from: date, basis: tuple[str, ...]) -> str:
    return _("có hiệu lực từ %(day)s (%(basis)s)", day=short_date(valid_from), basis=", ".join(basis))


def _day(typed: str | None) -> date:
    try:
        return date.fromisoformat(typed or "")
    except ValueError:
        return date.min  # no edition of that day: the operation says so at the field


def _page(
    case: Case, form: EditionSwitchForm, found: SwitchPreview | None = None, *, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "screens/lifecycle/edition_switch.html", **frame(case, "case"), form=form, found=found,
        switches=switches_of(case),
    )  # fmt: skip
    return page, status
