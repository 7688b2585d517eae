"""The whole date plan of a case on screen, and the question "what if"."""

from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.deadlines import simulating
from cases.deadlines.blueprint import blueprint
from cases.deadlines.simulating import PlanRow, Standing, WhatIf
from cases.definitions import rules
from cases.lifecycle import queries as lifecycle
from cases.lifecycle.frame import frame
from cases.lifecycle.progress import edition_of
from cases.people.access import actor, requires
from cases.people.permissions import Permission
from cases.text import short_date
from forms.screens.date_plan import WhatIfForm
from forms.screens.lifecycle import pick
from procedures.schema import Measure

SAME = ("", "–")


@blueprint.route("/ho-so/<int:case_id>/ke-hoach-ngay")
@requires(Permission.SEE_CASES)
def plan(case_id: int) -> ResponseReturnValue:
    case = lifecycle.case_of(actor(), case_id)
    form = WhatIfForm(request.args)
    today = simulating.plan_today(case)
    _offer(form, today)
    sound = form.validate() and _sensible(form)
    what_if = _typed(form) if sound else WhatIf()
    rows = simulating.compare(today, what_if)
    page = render_template(
        "screens/deadlines/plan.html", **frame(case, "deadlines"), form=form, rows=rows, what_if=what_if,
        start_label=simulating.start_event_of(edition_of(case)).label, worries=_worries(rows),
    )  # fmt: skip
    return page, 200 if sound else 422


def _offer(form: WhatIfForm, today: Standing) -> None:
    numbered = [
        (one.limit.id, f"{one.limit.id} – {one.limit.label}")
        for one in today.plan
        if one.limit.measure is Measure.NUMBER
    ]
    editions = [
        (one.valid_from.isoformat(), _("có hiệu lực từ %(day)s", day=short_date(one.valid_from)))
        for one in rules().editions_of(today.case.procedure)
    ]
    form.ban.choices = pick([SAME, *editions])
    form.gia_han_cho.choices = pick([SAME, *numbered])
    form.tam_dung_cho.choices = pick([("", _("Mọi thời hạn")), *numbered])


def _sensible(form: WhatIfForm) -> bool:
    """What the single fields cannot judge, told at the field it is about."""
    if form.gia_han.data is not None and not form.gia_han_cho.data:
        return _refuse(form.gia_han_cho, _("Chọn thời hạn được gia hạn."))
    if form.gia_han.data is not None and not 1 <= form.gia_han.data <= 1000:
        return _refuse(form.gia_han, _("Số gia hạn phải từ 1 đến 1000."))
    first, last = form.tam_dung_tu.data, form.tam_dung_den.data
    if last is not None and first is None:
        return _refuse(form.tam_dung_tu, _("Ghi ngày bắt đầu tạm dừng."))
    if first is not None and last is not None and last < first:
        return _refuse(form.tam_dung_den, _("Ngày cuối tạm dừng ở trước ngày đầu."))
    for field in (form.ban, form.gia_han_cho, form.tam_dung_cho):
        if (field.data or "") not in {choice.value for choice in field.choices}:
            return _refuse(field, _("Chọn một mục trong danh sách."))
    return True


def _refuse(field: Any, message: str) -> bool:
    field.errors = [*field.errors, message]
    return False


def _typed(form: WhatIfForm) -> WhatIf:
    chosen = next((one for one in form.ban.choices if one.value and one.value == form.ban.data), None)
    return WhatIf(
        started_on=form.bat_dau.data, extend_limit=form.gia_han_cho.data or "", extend_by=form.gia_han.data,
        pause_limit=form.tam_dung_cho.data or "", pause_from=form.tam_dung_tu.data,
        pause_to=form.tam_dung_den.data,
        edition=date.fromisoformat(chosen.value) if chosen is not None else None,
    )  # fmt: skip


def _worries(rows: tuple[PlanRow, ...]) -> list[str]:
    """What a rule says against the assumptions, once each."""
    found = [reason for row in rows if row.then and row.then.refused for reason in row.then.refused.reasons]
    found += [line for row in rows if row.then and row.then.sheet for line in row.then.sheet.warnings]
    return list(dict.fromkeys(found))
