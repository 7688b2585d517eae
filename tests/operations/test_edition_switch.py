"""Going on under another edition: what it would move is shown, then decided, kept and journalled."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.deadlines.models import Deadline
from cases.deadlines.queries import limit_of
from cases.errors import Invalid, NotAllowed, Refused
from cases.lifecycle import operations
from cases.lifecycle.edition_switch import preview_switch
from cases.lifecycle.models import Case, CaseStep, EditionSwitch
from cases.lifecycle.progress import edition_of
from procedures.schema import Role
from tests.support.letters import a_decided_letter, open_vault
from tests.support.running_cases import an_open_case, complete_up_to, loaded_rules
from tests.support.worlds import Staff, a_staffed_commission

# A denunciation received under Regulation 30: 90 working days (T-04), in a year with a confirmed calendar.
STARTED = date(2021, 7, 27)
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
UNDER_22 = date(2021, 7, 28)


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    open_vault()
    loaded_rules()
    yield a_staffed_commission()


@pytest.fixture
def case(staff: Staff) -> Case:
    letter = a_decided_letter(staff, handling="accepted")
    return an_open_case(staff, "TC-03", by=Role.CHAIR, letter_ids=[letter.id], started_on=STARTED)


def the_clock(case: Case) -> Deadline:
    return Deadline.get(Deadline.case == case.id, Deadline.step.is_null(), Deadline.state == "running")


def switch(staff: Staff, case: Case, to: date = UNDER_22, role: Role = Role.CHAIR) -> EditionSwitch:
    return operations.switch_edition(
        staff.actor(role), case.id, to=to, reason="Áp dụng Quy định 22", document="15-QĐ/UBKTTU", now=NOW
    )


def test_the_preview_shows_the_date_before_and_after_and_stores_nothing(staff: Staff, case: Case) -> None:
    assert the_clock(case).limit_id == "T-04"
    found = preview_switch(staff.actor(Role.CHAIR), case.id, to=UNDER_22)
    (moved,) = [one for one in found.dates if one.limit_before == "T-04"]
    # 27/7/2021 + 90 days; the working days of 2021 are not confirmed, so nothing stood before.
    assert (moved.limit_after, moved.before, moved.after) == ("T-01", None, date(2021, 10, 25))
    assert moved.moves
    assert Case.get_by_id(case.id).edition == date(2018, 5, 3)
    assert EditionSwitch.select().count() == 0


def test_a_switch_pins_the_case_anew_recounts_and_is_journalled(staff: Staff, case: Case) -> None:
    kept = switch(staff, case)
    switched = Case.get_by_id(case.id)
    assert (switched.edition, edition_of(switched).legal_basis[-1]) == (UNDER_22, "22-QĐ/TW")
    clock = the_clock(case)
    assert (clock.limit_id, clock.rule_on, clock.due_on) == ("T-01", UNDER_22, date(2021, 10, 25))
    assert limit_of(clock).basis == "22-QĐ/TW"
    (effect,) = [one for one in kept.effects if one["limit_before"] == "T-04"]
    assert (effect["before"], effect["after"]) == (None, "2021-10-25")
    event = AuditEvent.select().where(AuditEvent.verb == "case.edition_switched").get()
    assert event.data["effects"] == kept.effects
    assert event.data["reason"] == "Áp dụng Quy định 22"


def test_steps_already_done_stay_done_after_a_switch(staff: Staff, case: Case) -> None:
    complete_up_to(staff, case, "CB4")
    done = {
        row.key for row in CaseStep.select().where(CaseStep.case == case.id, CaseStep.state == "completed")
    }
    switch(staff, case)
    after = {row.key: row.state for row in CaseStep.select().where(CaseStep.case == case.id)}
    assert done
    assert {key for key, state in after.items() if state == "completed"} == done
    assert after["CB4"] == "ready"


def test_only_the_chair_decides_a_switch_and_only_to_another_edition(staff: Staff, case: Case) -> None:
    with pytest.raises(NotAllowed):
        switch(staff, case, role=Role.TEAM_HEAD)
    for to in (case.edition, date(2020, 1, 1)):
        with pytest.raises(Invalid):
            switch(staff, case, to=to)
    assert EditionSwitch.select().count() == 0


def test_a_closed_case_keeps_its_edition(staff: Staff, case: Case) -> None:
    Case.update(state="closed", closed_on=date(2026, 11, 1)).where(Case.id == case.id).execute()
    with pytest.raises(Refused):
        switch(staff, case)
