"""Limitation as people see it: at intake, in the case, before the vote; it warns and never decides."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from peewee import Database

from cases.deadlines.confirming import confirm_rule
from cases.decisions.limitation_view import (
    PartyPeriods,
    concluded_day,
    letter_periods,
    periods_in,
    periods_of,
    vote_warnings,
)
from cases.errors import Invalid
from cases.intake.models import Letter
from cases.lifecycle import operations
from cases.lifecycle.models import Allegation, Case, Finding, Party, Postponement
from cases.lifecycle.operations import NewParty
from procedures.schema import Role
from tests.support.letters import a_decided_letter, a_logged_letter, open_vault
from tests.support.running_cases import an_open_case, complete, complete_up_to, subject
from tests.support.voting import a_discipline_case
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, an_organisation


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    open_vault()
    subject()
    yield a_staffed_commission()


@pytest.fixture
def case(staff: Staff) -> Case:
    return an_open_case(staff, "KL-02")


def party_of(case: Case) -> Party:
    found: Party = Party.get(Party.case == case.id)
    return found


def violation(case: Case, ended_on: date | None, text: str = "Cấp đất sai", **changes: Any) -> Finding:
    given = {"case": case, "party": party_of(case), "disciplinary": True, **changes}
    return Finding.create(text=text, ended_on=ended_on, **given)


def postponed(party: Party, from_on: date, to_on: date | None, ground: str = "treatment") -> None:
    Postponement.create(
        party=party, ground=ground, from_on=from_on, to_on=to_on, document="Giấy ra viện",
        reason="Điều trị nội trú", recorded_by=party.case.opened_by, recorded_at=NOW,
    )  # fmt: skip


def last_days(case: Case) -> dict[str, date | None]:
    """The last day of the first violation under each form."""
    (found,) = periods_in(case, today=TODAY)
    return {one.penalty.id: one.counted.last_day for one in found.violations[0].forms}


def summary(found: PartyPeriods, penalty: str) -> tuple[bool | None, str]:
    one = next(form for form in found.forms if form.penalty.id == penalty)
    return one.expired, one.line


def test_each_form_has_its_own_last_day_and_expulsion_none(case: Case) -> None:
    violation(case, date(2024, 3, 1))
    assert last_days(case) == {"expulsion": None, "warning": date(2034, 3, 1), "reprimand": date(2029, 3, 1)}


def test_a_violation_marked_as_without_limitation_has_none_under_any_form(case: Case) -> None:
    violation(case, date(2010, 3, 1), no_limit_ground="diploma")
    assert set(last_days(case).values()) == {None}
    (found,) = periods_in(case, today=TODAY)
    assert summary(found, "reprimand")[0] is False
    assert found.warnings == ()


def test_an_unknown_end_counts_from_detection_and_without_any_day_says_what_is_missing(case: Case) -> None:
    found = violation(case, None, detected_on=date(2025, 1, 1))
    assert last_days(case)["reprimand"] == date(2030, 1, 1)
    Finding.update(detected_on=None).where(Finding.id == found.id).execute()
    (periods,) = periods_in(case, today=TODAY)
    assert summary(periods, "reprimand") == (None, "Khiển trách: chưa tính được, còn thiếu ngày của vi phạm.")
    assert (
        "Chưa có ngày chấm dứt" in periods.violations[0].under(periods.forms[-1].penalty).counted.warnings[0]
    )


def test_the_violation_with_the_latest_last_day_decides_for_a_form(case: Case) -> None:
    violation(case, date(2020, 1, 1), "Vi phạm cũ")
    violation(case, date(2025, 6, 1), "Vi phạm sau")
    (found,) = periods_in(case, today=TODAY)
    expired, line = summary(found, "reprimand")
    assert not expired
    assert line == "Khiển trách: còn thời hiệu đến hết ngày 01/06/2030, theo vi phạm “Vi phạm sau”."
    assert found.warnings == ()


def test_an_old_violation_warns_for_the_light_form_only(case: Case) -> None:
    violation(case, date(2020, 1, 1))
    (found,) = periods_in(case, today=TODAY)
    assert [summary(found, one)[0] for one in ("expulsion", "warning", "reprimand")] == [False, False, True]
    assert found.warnings == (
        "Khiển trách: đã hết thời hiệu từ sau ngày 01/01/2025 đối với mọi vi phạm; "
        "vi phạm có ngày cuối muộn nhất là “Cấp đất sai”.",
    )


def test_a_violation_without_day_keeps_the_warning_open(case: Case) -> None:
    violation(case, date(2020, 1, 1))
    violation(case, None, "Chưa rõ ngày")
    (found,) = periods_in(case, today=TODAY)
    assert summary(found, "reprimand")[0] is None and found.warnings == ()


@pytest.mark.parametrize(
    ("ground", "last"),
    [
        ("treatment", date(2029, 3, 11)),
        ("criminal_proceedings", date(2029, 3, 11)),
        ("deceased", date(2029, 3, 1)),
    ],
)
def test_days_of_a_postponement_do_not_count_where_its_ground_says_so(
    case: Case, ground: str, last: date
) -> None:
    violation(case, date(2024, 3, 1))
    postponed(party_of(case), date(2025, 1, 1), date(2025, 1, 10), ground)
    assert last_days(case)["reprimand"] == last


def test_a_ground_the_rules_no_longer_hold_takes_nothing_away(case: Case) -> None:
    violation(case, date(2024, 3, 1))
    postponed(party_of(case), date(2025, 1, 1), date(2025, 1, 10), "abolished")
    assert last_days(case)["reprimand"] == date(2029, 3, 1)


def test_a_postponement_recorded_in_another_case_of_the_same_member_counts(staff: Staff, case: Case) -> None:
    violation(case, date(2024, 3, 1))
    postponed(party_of(an_open_case(staff, "KT-04")), date(2025, 1, 1), date(2025, 1, 10))
    assert last_days(case)["reprimand"] == date(2029, 3, 11)


def test_a_new_violation_found_in_another_matter_starts_the_period_anew(staff: Staff, case: Case) -> None:
    violation(case, date(2024, 3, 1))
    violation(an_open_case(staff, "KT-04"), date(2026, 2, 1), "Vi phạm khác")
    assert last_days(case)["reprimand"] == date(2031, 2, 1)


def test_the_copy_of_a_violation_in_the_case_this_one_came_from_starts_nothing_anew(
    staff: Staff, case: Case
) -> None:
    first = an_open_case(staff, "KT-04")
    Case.update(parent=first.id, origin="branch", branch_kind="discipline").where(
        Case.id == case.id
    ).execute()
    violation(first, date(2025, 3, 1), "Ngày ghi lúc đầu")
    violation(case, date(2024, 3, 1), "Ngày đã xác minh")
    assert last_days(Case.get_by_id(case.id))["reprimand"] == date(2029, 3, 1)


def test_before_anything_is_found_the_allegations_are_told_but_not_refuted_ones(
    staff: Staff, case: Case
) -> None:
    Allegation.create(case=case, number=1, text="Nhận tiền", ended_on=date(2025, 5, 1))
    Allegation.create(case=case, number=2, text="Không đúng", conclusion="false", verified="Đã xác minh")
    (found,) = periods_in(case, today=TODAY)
    assert [(one.act.text, one.act.finding_id) for one in found.violations] == [("Nhận tiền", None)]
    assert last_days(case)["reprimand"] == date(2030, 5, 1)


def test_it_is_counted_to_the_day_of_the_session_once_that_is_over(staff: Staff) -> None:
    case = a_discipline_case(staff)
    assert concluded_day(case) is None
    assert [(one.concluded, one.concluded_on) for one in periods_in(case, today=TODAY)] == [(False, TODAY)]
    complete_up_to(staff, case, "KT1")
    complete(staff, case, "KT1")
    assert [(one.concluded, one.concluded_on) for one in periods_in(case, today=date(2030, 1, 1))] == [
        (True, TODAY)
    ]


def test_the_vote_is_warned_of_by_party_on_its_own_day(case: Case) -> None:
    violation(case, date(2021, 12, 1))
    assert vote_warnings(case, on=date(2026, 12, 1)) == []
    (told,) = vote_warnings(case, on=date(2026, 12, 2))
    assert (told.party, told.held) == (party_of(case), ())
    assert told.warnings[0].startswith("Khiển trách: đã hết thời hiệu từ sau ngày 01/12/2026")


def test_the_voters_are_told_that_the_subject_is_not_to_be_disciplined_yet(case: Case) -> None:
    violation(case, date(2025, 12, 1))
    postponed(party_of(case), date(2026, 11, 1), date(2026, 11, 30), "maternity")
    assert vote_warnings(case, on=date(2026, 12, 1)) == []
    (told,) = vote_warnings(case, on=date(2026, 11, 30))
    assert told.held == (
        "Mang thai, nghỉ thai sản, nuôi con dưới 12 tháng tuổi, từ ngày 01/11/2026 (chưa xem xét kỷ luật).",
    )


def test_the_rule_is_taken_as_the_commission_states_it(staff: Staff, case: Case) -> None:
    violation(case, date(2024, 3, 1))
    (before,) = periods_in(case, today=TODAY)
    assert not any(one.limit.confirmed_by_source for one in before.violations[0].forms if not one.unlimited)
    first = before.violations[0].under(before.forms[-1].penalty).limit.valid_from
    confirm_rule(staff.actor(Role.CHAIR), "H-01", first, basis="Quy định số 212-QĐ/TW, Điều 4", now=NOW)
    period = periods_of(party_of(case), on=TODAY).violations[0].under(before.forms[-1].penalty)
    assert period.limit.confirmed_by_source
    assert period.limit.basis == "Quy định số 212-QĐ/TW, Điều 4"


def test_a_letter_tells_the_last_days_of_each_form_for_a_member(staff: Staff) -> None:
    letter = a_logged_letter(staff, violation_ended_on=date(2020, 5, 1))
    found = letter_periods(letter, today=TODAY)
    assert found is not None
    told = {one.penalty.id: (one.counted.last_day, one.counted.expired) for one in found}
    assert told == {
        "expulsion": (None, False), "removal": (date(2030, 5, 1), False),
        "warning": (date(2030, 5, 1), False), "reprimand": (date(2025, 5, 1), True),
    }  # fmt: skip


def test_a_letter_about_a_body_tells_the_forms_for_bodies(staff: Staff) -> None:
    body = an_organisation()
    letter = a_logged_letter(staff, violation_ended_on=date(2020, 5, 1))
    Letter.update(subject_organisation=body, subject_member=None).execute()
    found = letter_periods(Letter.get_by_id(letter.id), today=TODAY) or ()
    assert [one.penalty.id for one in found] == ["dissolution", "warning", "reprimand"]


def test_a_complaint_has_no_limitation_and_a_letter_without_day_an_unknown_one(staff: Staff) -> None:
    assert letter_periods(a_logged_letter(staff, kind="complaint"), today=TODAY) is None
    found = letter_periods(a_logged_letter(staff), today=TODAY) or ()
    assert {one.counted.expired for one in found if not one.unlimited} == {None}


def test_a_day_after_the_letter_came_is_refused(staff: Staff) -> None:
    with pytest.raises(Invalid) as refused:
        a_logged_letter(staff, received_on=date(2026, 11, 1), violation_ended_on=date(2026, 11, 2))
    assert refused.value.field == "violation_ended_on"


def test_a_case_opened_from_one_letter_knows_when_the_act_told_of_ended(staff: Staff) -> None:
    letter = a_decided_letter(staff, handling="accepted", violation_ended_on=date(2025, 5, 1))
    case = an_open_case(staff, "TC-03", by=Role.CHAIR, letter_ids=[letter.id], allegations=["Cấp đất sai"])
    assert [one.ended_on for one in case.allegations] == [date(2025, 5, 1)]


def test_the_end_of_an_act_is_recorded_with_the_allegation_and_its_conclusion(
    staff: Staff, case: Case
) -> None:
    head = staff.actor(Role.TEAM_HEAD)
    item = operations.record_allegation(head, case.id, text="Nhận tiền", now=NOW)
    conclude = {"conclusion": "true_violation", "verified": "Đúng", "now": NOW}
    done = operations.conclude_allegation(head, item.id, ended_on=date(2025, 5, 1), **conclude)
    assert done.ended_on == date(2025, 5, 1)
    assert operations.conclude_allegation(head, item.id, **conclude).ended_on == date(2025, 5, 1)
    with pytest.raises(Invalid) as refused:
        operations.record_allegation(head, case.id, text="x", ended_on=date(2026, 11, 23), now=NOW)
    assert refused.value.field == "ended_on"


def test_the_days_of_a_violation_are_written_down_later(staff: Staff, case: Case) -> None:
    found = violation(case, None)
    head = staff.actor(Role.TEAM_HEAD)
    operations.date_finding(head, found.id, ended_on=date(2024, 3, 1), detected_on=None, now=NOW)
    assert last_days(case)["reprimand"] == date(2029, 3, 1)
    with pytest.raises(Invalid):
        operations.date_finding(head, found.id, ended_on=date(2027, 1, 1), detected_on=None, now=NOW)


def test_a_party_known_by_name_only_is_counted_by_itself(staff: Staff) -> None:
    case = an_open_case(staff, "KL-02", parties=[NewParty(name="Lê Văn Chưa Rõ", kind="member")])
    violation(case, date(2024, 3, 1))
    assert last_days(case)["reprimand"] == date(2029, 3, 1)
