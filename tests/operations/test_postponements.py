"""Times in which a party may not be disciplined yet: recorded with a paper, ended, lifted on request."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.deadlines.models import Deadline, DeadlineChange
from cases.deadlines.operations import decide_change
from cases.definitions import definitions
from cases.errors import Invalid, NotAllowed, NotFound, Refused
from cases.lifecycle import postponements
from cases.lifecycle.models import Case, Party, Postponement
from cases.lifecycle.postponements import PostponementData, is_liftable, is_running, last_day_of
from procedures.schema import PauseReason, Role, TimeLimit
from tests.support.letters import a_decided_letter, open_vault
from tests.support.running_cases import an_open_case
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, a_user

FROM = date(2026, 11, 1)


@pytest.fixture
def staff(database: Database) -> Staff:
    open_vault()
    return a_staffed_commission()


@pytest.fixture
def case(staff: Staff) -> Case:
    letter = a_decided_letter(staff, handling="accepted")
    return an_open_case(staff, "TC-03", by=Role.CHAIR, letter_ids=[letter.id])


def record(staff: Staff, case: Case, *, by: Role = Role.INSPECTOR, **changes: Any) -> Postponement:
    data = PostponementData(
        party_id=Party.get(Party.case == case.id).id, ground="maternity", from_on=FROM,
        document="Giấy chứng sinh số 12", reason="Sinh con ngày 01/11/2026",
    )  # fmt: skip
    given = {name: changes.pop(name, getattr(data, name)) for name in PostponementData.__dataclass_fields__}
    assert not changes
    return postponements.record_postponement(staff.actor(by), case.id, PostponementData(**given), now=NOW)


def test_it_is_recorded_with_its_paper_and_stands_in_the_journal_of_the_case(
    staff: Staff, case: Case
) -> None:
    made = record(staff, case)
    assert (made.ground, made.from_on, made.to_on, made.document) == (
        "maternity", FROM, None, "Giấy chứng sinh số 12",
    )  # fmt: skip
    assert is_running(made, TODAY) and not is_running(made, date(2026, 10, 31))
    event = AuditEvent.get(AuditEvent.verb == "case.postponement_recorded")
    assert (event.case_id, event.data["label"]) == (
        case.id,
        "Mang thai, nghỉ thai sản, nuôi con dưới 12 tháng tuổi",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"party_id": None}, "party_id"), ({"party_id": 999}, "party_id"), ({"ground": "holiday"}, "ground"),
        ({"from_on": date(2026, 11, 23)}, "from_on"), ({"to_on": date(2026, 10, 31)}, "to_on"),
        ({"document": " "}, "document"), ({"reason": ""}, "reason"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_at_its_field(
    staff: Staff, case: Case, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        record(staff, case, **changes)
    assert refused.value.field == field
    assert not Postponement.select().exists()


def test_the_same_ground_does_not_run_twice_over_the_same_days(staff: Staff, case: Case) -> None:
    record(staff, case, to_on=date(2026, 11, 10))
    record(staff, case, from_on=date(2026, 11, 11))
    with pytest.raises(Invalid, match="11/11/2026"):
        record(staff, case, from_on=date(2026, 11, 15))
    assert record(staff, case, ground="treatment").ground == "treatment"


def test_a_body_has_only_the_ground_that_fits_it(staff: Staff, case: Case) -> None:
    Party.update(kind="body", member=None).execute()
    assert [one.id for one in postponements.grounds_for(case)] == ["criminal_proceedings"]
    with pytest.raises(Invalid) as refused:
        record(staff, case)
    assert refused.value.field == "ground"


def test_only_who_works_on_the_case_records_it_and_nobody_from_outside(staff: Staff, case: Case) -> None:
    with pytest.raises(NotAllowed):
        record(staff, case, by=Role.CHAIR)
    stranger = a_user(staff.commission, Role.INSPECTOR, name="Người Ngoài Đoàn").as_actor()
    with pytest.raises(NotFound):
        postponements.end_postponement(stranger, record(staff, case).id, on=TODAY, now=NOW)


def test_it_ends_on_its_last_day_once(staff: Staff, case: Case) -> None:
    made, head = record(staff, case), staff.actor(Role.TEAM_HEAD)
    for wrong in (date(2026, 10, 31), date(2026, 11, 23)):
        with pytest.raises(Invalid) as refused:
            postponements.end_postponement(head, made.id, on=wrong, now=NOW)
        assert refused.value.field == "on"
    done = postponements.end_postponement(head, made.id, on=date(2026, 11, 20), now=NOW)
    assert last_day_of(done) == date(2026, 11, 20) and not is_running(done, date(2026, 11, 21))
    assert AuditEvent.get(AuditEvent.verb == "case.postponement_ended").case_id == case.id
    with pytest.raises(Refused, match="20/11/2026"):
        postponements.end_postponement(head, made.id, on=TODAY, now=NOW)


def test_the_request_of_the_party_lifts_it_and_the_day_of_the_request_is_the_last(
    staff: Staff, case: Case
) -> None:
    made = record(staff, case, to_on=date(2027, 10, 31))
    assert is_liftable(made, TODAY)
    lifted = postponements.lift_postponement(
        staff.actor(Role.INSPECTOR), made.id, on=date(2026, 11, 15), document="Đơn đề nghị ngày 15/11/2026",
        now=NOW,
    )  # fmt: skip
    assert (last_day_of(lifted), lifted.to_on) == (date(2026, 11, 15), date(2027, 10, 31))
    assert lifted.document == "Giấy chứng sinh số 12; Đơn đề nghị ngày 15/11/2026"
    with pytest.raises(Refused):
        postponements.end_postponement(staff.actor(Role.INSPECTOR), made.id, on=TODAY, now=NOW)


def test_no_request_lifts_it_before_the_rule_nor_a_ground_without_such_a_rule(
    staff: Staff, case: Case
) -> None:
    early = record(staff, case, from_on=date(2026, 6, 1))
    with pytest.raises(Refused, match="17/08/2026"):
        postponements.lift_postponement(
            staff.actor(Role.INSPECTOR), early.id, on=date(2026, 8, 16), document="Đơn", now=NOW
        )
    ill = record(staff, case, ground="treatment")
    assert not is_liftable(ill, TODAY)
    with pytest.raises(Refused, match="không có quy định"):
        postponements.lift_postponement(
            staff.actor(Role.INSPECTOR), ill.id, on=TODAY, document="Đơn", now=NOW
        )


def test_a_postponement_leaves_the_clocks_alone_by_default(staff: Staff, case: Case) -> None:
    record(staff, case, ground="criminal_proceedings")
    assert Deadline.select().where(Deadline.state == "running").exists()
    assert not DeadlineChange.select().exists()


@pytest.fixture
def stopping(monkeypatch: pytest.MonkeyPatch, case: Case) -> Iterator[None]:
    """Rules of a commission under which prosecution stops the clocks that allow it."""
    book = definitions().rules
    grounds = tuple(
        one.model_copy(update={"pauses_clock": True}) if one.id == "criminal_proceedings" else one
        for one in book.postponement_grounds
    )
    changed = book.model_copy(update={"postponement_grounds": grounds})
    monkeypatch.setattr(postponements, "rules", lambda: changed)
    yield


def test_where_the_rule_says_so_the_stop_of_the_clock_is_asked_for_and_ends_with_it(
    staff: Staff, case: Case, stopping: None
) -> None:
    made = record(staff, case, ground="criminal_proceedings", from_on=TODAY)
    (asked,) = DeadlineChange.select()
    assert (asked.deadline.limit_id, asked.reason_code, asked.state) == (
        "T-01", PauseReason.CRIMINAL_PROCEEDINGS.value, "requested",
    )  # fmt: skip
    assert asked.pause_from == date(2026, 11, 23)
    decide_change(staff.actor(Role.COMMISSIONER), asked.id, grant=True, now=NOW)
    later = datetime(2026, 12, 10, 2, tzinfo=UTC)
    before = Deadline.get_by_id(asked.deadline_id).due_on
    postponements.end_postponement(staff.actor(Role.INSPECTOR), made.id, on=date(2026, 12, 2), now=later)
    assert before is None
    assert DeadlineChange.get_by_id(asked.id).pause_to == date(2026, 12, 2)
    assert Deadline.get_by_id(asked.deadline_id).due_on == date(2027, 3, 2)


def test_a_clock_that_does_not_allow_the_reason_runs_on(
    staff: Staff, case: Case, stopping: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_pauses(deadline: Deadline) -> TimeLimit:
        return definitions().rules.time_limit(deadline.limit_id).model_copy(update={"pauses": ()})

    monkeypatch.setattr(postponements, "limit_of", without_pauses)
    record(staff, case, ground="criminal_proceedings", from_on=TODAY)
    assert not DeadlineChange.select().exists()


def test_with_several_parties_the_clock_runs_on_for_the_others(
    staff: Staff, case: Case, stopping: None
) -> None:
    Party.create(case=case, kind="member", name="Người thứ hai")
    record(staff, case, ground="criminal_proceedings", from_on=TODAY)
    assert not DeadlineChange.select().exists()
