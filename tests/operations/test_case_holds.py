"""A case that stands still: who lets it, what cannot be done meanwhile, and which clocks stand with it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from peewee import Database

from cases.deadlines.models import Deadline
from cases.deadlines.queries import count_sheet
from cases.errors import Invalid, NotAllowed, Refused
from cases.lifecycle import operations
from cases.lifecycle.models import Case, CaseHold
from procedures.schema import PauseReason, Role
from tests.support.letters import a_decided_letter, open_vault
from tests.support.running_cases import an_open_case, complete, loaded_rules, ready_keys
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission

LATER = NOW + timedelta(days=30)


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    open_vault()
    loaded_rules()
    yield a_staffed_commission()


@pytest.fixture
def case(staff: Staff) -> Case:
    letter = a_decided_letter(staff, handling="accepted")
    return an_open_case(staff, "TC-03", by=Role.CHAIR, letter_ids=[letter.id])


def hold(staff: Staff, case: Case, **changes: Any) -> CaseHold:
    how: dict[str, Any] = {
        "held_from": TODAY, "reason_code": PauseReason.CRIMINAL_PROCEEDINGS.value,
        "reason": "Cơ quan điều tra đã khởi tố", "now": NOW,
    } | changes  # fmt: skip
    return operations.hold_case(staff.actor(Role.CHAIR), case.id, **how)


def go_on(staff: Staff, case: Case, on: date) -> CaseHold:
    return operations.go_on(staff.actor(Role.CHAIR), case.id, on=on, reason="Đã có kết quả", now=LATER)


def test_nothing_is_recorded_in_a_held_case_until_it_goes_on(staff: Staff, case: Case) -> None:
    hold(staff, case)
    assert Case.get_by_id(case.id).state == "suspended"
    with pytest.raises(Refused):
        complete(staff, case, ready_keys(case)[0])
    go_on(staff, case, TODAY + timedelta(days=20))
    assert Case.get_by_id(case.id).state == "open"
    assert complete(staff, case, ready_keys(case)[0]).state == "completed"


def test_a_hold_ends_the_day_before_the_case_goes_on(staff: Staff, case: Case) -> None:
    kept = hold(staff, case)
    go_on(staff, case, TODAY + timedelta(days=20))
    assert CaseHold.get_by_id(kept.id).held_to == TODAY + timedelta(days=19)


def test_a_clock_stands_still_only_where_its_rule_allows_the_reason(staff: Staff, case: Case) -> None:
    clock = Deadline.get(Deadline.case == case.id, Deadline.limit_id == "T-01")
    before = count_sheet(clock)
    assert before.due is not None
    hold(staff, case, held_from=TODAY)
    go_on(staff, case, TODAY + timedelta(days=11))
    after = count_sheet(clock)
    allowed = PauseReason.CRIMINAL_PROCEEDINGS in loaded_rules().time_limit("T-01", on=TODAY).pauses
    moved = timedelta(days=10) if allowed else timedelta(0)
    assert after.due == before.due + moved
    if not allowed:
        assert any("không cho tạm dừng" in line for line in after.warnings)


def test_a_hold_needs_a_reason_a_day_and_somebody_who_may(staff: Staff, case: Case) -> None:
    for wrong in ({"reason": " "}, {"reason_code": "mưa"}, {"held_from": TODAY + timedelta(days=1)}):
        with pytest.raises(Invalid):
            hold(staff, case, **wrong)
    with pytest.raises(NotAllowed):
        operations.hold_case(
            staff.actor(Role.TEAM_HEAD),
            case.id,
            held_from=TODAY,
            reason_code="force_majeure",
            reason="Bão",
            now=NOW,
        )  # fmt: skip
    assert CaseHold.select().count() == 0


def test_a_case_is_not_held_twice_and_goes_on_only_when_held(staff: Staff, case: Case) -> None:
    with pytest.raises(Refused):
        go_on(staff, case, TODAY + timedelta(days=1))
    hold(staff, case)
    with pytest.raises(Refused):
        hold(staff, case)
    with pytest.raises(Invalid):
        go_on(staff, case, TODAY)
