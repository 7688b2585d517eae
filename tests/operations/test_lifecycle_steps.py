"""Doing the steps: order, papers, days, returning, repeating, skipping, branches on offer, closing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.errors import Invalid, NotAllowed, NotFound, Refused, Stale
from cases.lifecycle import operations
from cases.lifecycle.models import Case, CaseStep
from cases.lifecycle.progress import progress_of
from procedures.schema import Role
from tests.support.running_cases import (
    WITHOUT,
    an_issued_paper,
    an_open_case,
    complete,
    complete_up_to,
    keys_of,
    ready_keys,
    row,
    subject,
)
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, a_user


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    yield a_staffed_commission()


@pytest.fixture
def case(staff: Staff) -> Case:
    return an_open_case(staff)


def test_completing_a_step_makes_the_next_one_ready_and_is_journalled(staff: Staff, case: Case) -> None:
    complete(staff, case, "CB1", note="Đã trình Thường trực")
    assert ready_keys(case) == ["CB2"]
    assert row(case, "CB2").ready_on == TODAY
    event = AuditEvent.get(AuditEvent.verb == "case.step_completed")
    assert (event.case_id, event.data["step"]) == (case.id, "CB1")


def test_a_step_is_not_completed_before_those_it_waits_for(staff: Staff, case: Case) -> None:
    with pytest.raises(Refused, match="phải đợi"):
        complete(staff, case, "CB3")
    assert row(case, "CB3").state == "waiting"


def test_a_step_is_completed_once(staff: Staff, case: Case) -> None:
    done = complete(staff, case, "CB1")
    with pytest.raises(Stale):
        operations.complete_step(staff.actor(Role.TEAM_HEAD), done.id, on=TODAY, now=NOW)


def test_a_required_paper_is_issued_or_its_absence_explained(staff: Staff, case: Case) -> None:
    actor, step = staff.actor(Role.TEAM_HEAD), row(case, "CB1")
    with pytest.raises(Refused) as refusal:
        operations.complete_step(actor, step.id, on=TODAY, now=NOW)
    assert refusal.value.field == "without_papers"
    forms = refusal.value.data["forms"]
    assert isinstance(forms, list)
    assert forms
    for form in forms:
        an_issued_paper(staff, case, form, step=step)
    done = operations.complete_step(actor, step.id, on=TODAY, now=NOW)
    assert (done.state, done.missing_papers) == ("completed", {})


def test_the_reason_for_a_missing_paper_is_kept(staff: Staff, case: Case) -> None:
    done = complete(staff, case, "CB1")
    assert set(CaseStep.get_by_id(done.id).missing_papers.values()) == {WITHOUT}


def test_a_paper_of_an_earlier_occurrence_does_not_serve_the_new_one(staff: Staff, case: Case) -> None:
    actor, first = staff.actor(Role.TEAM_HEAD), row(case, "CB1")
    an_issued_paper(staff, case, "B05", step=first)
    operations.complete_step(actor, first.id, on=TODAY, now=NOW)
    operations.return_step(
        staff.actor(Role.CHAIR), row(case, "CB2").id, to="CB1", reason="Thiếu kế hoạch", now=NOW
    )
    with pytest.raises(Refused, match="B05"):
        operations.complete_step(actor, row(case, "CB1").id, on=TODAY, now=NOW)


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 1)])
def test_the_day_of_a_step_lies_between_the_start_of_the_case_and_today(
    staff: Staff, case: Case, day: date
) -> None:
    with pytest.raises(Invalid) as refusal:
        complete(staff, case, "CB1", on=day)
    assert refusal.value.field == "on"


def test_a_case_worker_records_a_decision_of_the_standing_members_only_from_its_paper(
    staff: Staff, case: Case
) -> None:
    complete(staff, case, "CB1")
    actor, step = staff.actor(Role.INSPECTOR), row(case, "CB2")
    reasons = {"C01": "x", "C02": "x"}
    with pytest.raises(NotAllowed):
        operations.complete_step(actor, step.id, on=TODAY, without_papers=reasons, now=NOW)
    an_issued_paper(staff, case, "C01", step=step)
    done = operations.complete_step(actor, step.id, on=TODAY, without_papers=reasons, now=NOW)
    assert done.completed_by == staff.users[Role.INSPECTOR]


def test_returning_opens_the_earlier_step_again_and_this_one_waits(staff: Staff, case: Case) -> None:
    complete_up_to(staff, case, "KT1")
    again = operations.return_step(
        staff.actor(Role.CHAIR), row(case, "KT1").id, to="TH3", reason="Chưa rõ chứng cứ", now=NOW
    )
    assert (again.occurrence, ready_keys(case)) == (2, ["TH3"])
    assert row(case, "KT1").state == "waiting"
    complete(staff, case, "TH3")
    assert ready_keys(case) == ["KT1"]


@pytest.mark.parametrize(("to", "reason", "field"), [("TH9", "Sớm", "to"), ("CB1", " ", "reason")])
def test_a_return_names_a_done_step_and_a_reason(
    staff: Staff, case: Case, to: str, reason: str, field: str
) -> None:
    complete(staff, case, "CB1")
    with pytest.raises(Invalid) as refusal:
        operations.return_step(staff.actor(Role.CHAIR), row(case, "CB2").id, to=to, reason=reason, now=NOW)
    assert refusal.value.field == field


def test_only_a_repeatable_step_is_repeated(staff: Staff, case: Case) -> None:
    complete_up_to(staff, case, "TH7")
    actor = staff.actor(Role.INSPECTOR)
    again = operations.repeat_step(actor, row(case, "TH3").id, reason="Gặp thêm người liên quan", now=NOW)
    assert (again.occurrence, ready_keys(case)) == (2, ["TH3"])
    with pytest.raises(Refused):
        operations.repeat_step(actor, row(case, "CB1").id, now=NOW)


def test_skipping_needs_a_reason_and_lets_the_case_go_on(staff: Staff, case: Case) -> None:
    with pytest.raises(Invalid):
        operations.skip_step(staff.actor(Role.TEAM_HEAD), row(case, "CB1").id, reason="", now=NOW)
    skipped = operations.skip_step(
        staff.actor(Role.TEAM_HEAD), row(case, "CB1").id, reason="Theo chỉ đạo của cấp ủy", now=NOW
    )
    assert (skipped.state, ready_keys(case)) == ("skipped", ["CB2"])


def test_a_conditional_step_is_taken_when_it_is_on_offer_and_then_waited_for(
    staff: Staff, case: Case
) -> None:
    actor = staff.actor(Role.TEAM_HEAD)
    with pytest.raises(Refused):
        operations.take_step(actor, case.id, "TH5", reason="Giám định chữ ký", now=NOW)
    complete_up_to(staff, case, "TH3")
    operations.take_step(actor, case.id, "TH5", reason="Giám định chữ ký", now=NOW)
    complete(staff, case, "TH3")
    assert ready_keys(case) == ["TH5"]
    complete(staff, case, "TH5")
    assert ready_keys(case) == ["TH7"]
    assert "TH5" not in keys_of(progress_of(case).possible())


def test_a_step_completed_elsewhere_is_found_by_its_key(staff: Staff, case: Case) -> None:
    complete_up_to(staff, case, "TH3")
    done = operations.complete_step_by_key(staff.actor(Role.CHAIR), case, "TH5", on=TODAY, now=NOW)
    assert (done.key, done.state) == ("TH5", "completed")


def test_items_of_a_denunciation_are_concluded_before_the_conclusion_is_signed(staff: Staff) -> None:
    case = an_open_case(staff, "TC-03", allegations=["Cấp đất sai đối tượng"])
    complete_up_to(staff, case, "KT3")
    with pytest.raises(Refused, match="T-41"):
        complete(staff, case, "KT3")
    item = case.allegations.get()
    operations.conclude_allegation(
        staff.actor(Role.INSPECTOR), item.id, conclusion="true_violation", verified="Đã xác minh", now=NOW
    )
    assert complete(staff, case, "KT3").state == "completed"


def test_following_up_ends_when_every_request_is_done(staff: Staff, case: Case) -> None:
    complete_up_to(staff, case, "KT8")
    actor = staff.actor(Role.INSPECTOR)
    request = operations.add_follow_up(
        actor, case.id, text="Kiểm điểm rút kinh nghiệm", responsible="Chi bộ", now=NOW
    )
    with pytest.raises(Refused):
        complete(staff, case, "KT8")
    operations.finish_follow_up(actor, request.id, done_on=TODAY, note="Đã kiểm điểm", now=NOW)
    assert complete(staff, case, "KT8").state == "completed"


def test_a_case_closes_when_every_step_is_settled(staff: Staff, case: Case) -> None:
    actor = staff.actor(Role.TEAM_HEAD)
    with pytest.raises(Refused, match="bước chưa xong"):
        operations.close_case(actor, case.id, outcome="no_violation", now=NOW)
    complete_up_to(staff, case, "KT8")
    complete(staff, case, "KT8")
    with pytest.raises(Invalid):
        operations.close_case(actor, case.id, outcome="made_up", now=NOW)
    closed = operations.close_case(actor, case.id, outcome="no_violation", now=NOW)
    assert (closed.state, closed.closed_on) == ("closed", TODAY)
    with pytest.raises(Refused, match="đã kết thúc"):
        operations.record_allegation(actor, case.id, text="Muộn", now=NOW)


def test_the_legal_day_of_a_step_is_the_day_in_vietnam(staff: Staff, case: Case) -> None:
    late_evening = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    assert complete(staff, case, "CB1", on=date(2026, 11, 23), now=late_evening).completed_on == date(
        2026, 11, 23
    )


def test_the_subject_and_a_person_in_conflict_never_handle_the_case(staff: Staff, case: Case) -> None:
    accused = a_user(staff.commission, Role.CHAIR, Role.INSPECTOR, member=subject()).as_actor()
    with pytest.raises(NotFound):
        operations.complete_step(accused, row(case, "CB1").id, on=TODAY, now=NOW)
    operations.declare_conflict(staff.actor(Role.TEAM_HEAD), case.id, reason="Là anh em ruột", now=NOW)
    with pytest.raises(NotFound):
        operations.complete_step(staff.actor(Role.TEAM_HEAD), row(case, "CB1").id, on=TODAY, now=NOW)
