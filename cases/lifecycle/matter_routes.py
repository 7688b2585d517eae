"""Allegations, findings and follow-ups on screen."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.errors import NotFound
from cases.lifecycle import operations, queries
from cases.lifecycle.blueprint import ask, blueprint
from cases.lifecycle.models import Allegation, Finding, FollowUp
from cases.lifecycle.operations import FindingData
from cases.lifecycle.progress import parties_of
from cases.lifecycle.terms import CONCLUSIONS, violation_groups
from cases.people.access import actor, now, requires, today
from cases.people.permissions import Permission
from cases.text import typed_id
from forms.screens.lifecycle import (
    AllegationForm,
    ConclusionForm,
    FindingDaysForm,
    FindingForm,
    FollowUpDoneForm,
    FollowUpForm,
    pick,
)
from procedures.schema import NoLimitGround


@blueprint.route("/ho-so/<int:case_id>/noi-dung/them", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def add_allegation(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    form = AllegationForm()
    back = url_for("lifecycle.matter", case_id=case.id)
    return ask(
        form,
        lambda: operations.record_allegation(
            actor(), case.id, text=form.text.data, ended_on=form.ended_on.data, now=now()
        ),
        heading=_("Ghi nội dung tố cáo, dấu hiệu vi phạm"), submit=_("Ghi nội dung"),
        done=_("Đã ghi nội dung."), back=back, parent=(case.code, back),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/noi-dung/<int:allegation_id>", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def conclude(case_id: int, allegation_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    item = Allegation.get_or_none(Allegation.id == allegation_id, Allegation.case == case.id)
    if item is None:
        raise NotFound(_("Hồ sơ không có nội dung này."))
    form = ConclusionForm(obj=item)
    form.conclusion.choices = pick(CONCLUSIONS.items())
    back = url_for("lifecycle.matter", case_id=case.id)
    return ask(
        form,
        lambda: operations.conclude_allegation(
            actor(), item.id, conclusion=form.conclusion.data or "", verified=form.verified.data,
            evidence_note=form.evidence_note.data or "", ended_on=form.ended_on.data, now=now(),
        ),
        heading=_("Kết luận nội dung %(number)d", number=item.number), submit=_("Ghi kết luận"),
        done=_("Đã ghi kết luận."), explain=item.text, back=back, parent=(case.code, back),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/vi-pham/them", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def add_finding(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    parties = parties_of(case)
    kind = parties[0].kind if parties else "member"
    form = FindingForm()
    form.party_id.choices = pick([("", "–"), *((party.id, party.name) for party in parties)])
    form.group.choices = pick([("", "–"), *violation_groups(kind).items()])
    form.no_limit_ground.choices = pick([("", "–"), *((one.value, one.label) for one in NoLimitGround)])
    if request.method == "GET" and len(parties) == 1:
        form.party_id.data = str(parties[0].id)
    back = url_for("lifecycle.matter", case_id=case.id)
    return ask(
        form, lambda: operations.record_finding(actor(), case.id, _typed_finding(form), now=now()),
        heading=_("Ghi vi phạm"), submit=_("Ghi vi phạm"), done=_("Đã ghi vi phạm."), back=back,
        parent=(case.code, back),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/vi-pham/<int:finding_id>/ngay", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def date_finding(case_id: int, finding_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    found = Finding.get_or_none(Finding.id == finding_id, Finding.case == case.id)
    if found is None:
        raise NotFound(_("Hồ sơ không có vi phạm này."))
    form = FindingDaysForm(obj=found)
    back = url_for("lifecycle.matter", case_id=case.id)
    return ask(
        form,
        lambda: operations.date_finding(
            actor(), found.id, ended_on=form.ended_on.data, detected_on=form.detected_on.data, now=now()
        ),
        heading=_("Ghi ngày của vi phạm"), submit=_("Ghi ngày"), done=_("Đã ghi ngày của vi phạm."),
        explain=found.text, back=back, parent=(case.code, back),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/yeu-cau/them", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def add_follow_up(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    form = FollowUpForm()
    back = url_for("lifecycle.matter", case_id=case.id)
    return ask(
        form,
        lambda: operations.add_follow_up(
            actor(), case.id, text=form.text.data, responsible=form.responsible.data,
            due_on=form.due_on.data, now=now(),
        ),
        heading=_("Ghi yêu cầu sau kết luận"), submit=_("Ghi yêu cầu"), done=_("Đã ghi yêu cầu."), back=back,
        parent=(case.code, back),
    )  # fmt: skip


@blueprint.route("/ho-so/<int:case_id>/yeu-cau/<int:follow_up_id>", methods=["GET", "POST"])
@requires(Permission.RUN_CASES)
def finish_follow_up(case_id: int, follow_up_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    request_row = FollowUp.get_or_none(FollowUp.id == follow_up_id, FollowUp.case == case.id)
    if request_row is None:
        raise NotFound(_("Hồ sơ không có yêu cầu này."))
    form = FollowUpDoneForm()
    if request.method == "GET":
        form.done_on.data = today()
    back = url_for("lifecycle.matter", case_id=case.id)
    return ask(
        form,
        lambda: operations.finish_follow_up(
            actor(), request_row.id, done_on=form.done_on.data, note=form.done_note.data, now=now()
        ),
        heading=_("Yêu cầu đã thực hiện xong"), submit=_("Ghi hoàn thành"), done=_("Đã ghi hoàn thành."),
        explain=request_row.text, back=back, parent=(case.code, back),
    )  # fmt: skip


def _typed_finding(form: FindingForm) -> FindingData:
    return FindingData(
        text=form.text.data, party_id=typed_id(form.party_id.data),
        rule_broken=form.rule_broken.data or "", group=form.group.data or "", ended_on=form.ended_on.data,
        detected_on=form.detected_on.data, disciplinary=bool(form.disciplinary.data),
        no_limit_ground=form.no_limit_ground.data or "",
    )  # fmt: skip
