"""The life of a decision: effect, hand-over, the months after it, what keeps it from ending."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from peewee import Database

from cases.deadlines.confirming import Correction, correct_rule
from cases.decisions.dates import ExplainedDate, dates_of, effective_on, ends_on
from cases.decisions.life import (
    Life,
    LifeState,
    decisions_in,
    life_of,
    moments_of,
    watching,
    watching_parties,
)
from cases.decisions.models import Decision
from cases.lifecycle.models import Case, CaseStep, ConflictDeclaration, Finding, Party
from cases.lifecycle.progress import edition_of, parties_of
from cases.parties.models import Member
from cases.sessions.models import OutsideVote
from procedures.schema import EventType, Role
from tests.support.letters import open_vault
from tests.support.running_cases import an_open_case, loaded_rules, subject
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, a_user

SIGNED, ANNOUNCED = date(2026, 5, 4), date(2026, 5, 11)


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    open_vault()
    loaded_rules()
    subject()
    yield a_staffed_commission()


def a_decision(staff: Staff, **changes: Any) -> Decision:
    given: dict[str, Any] = {
        "commission": staff.commission, "subject_name": "Phạm Văn Mẫu", "subject_member": subject(),
        "penalty": "warning", "number_text": "12-QĐ/UBKTTU", "signed_on": SIGNED, "announced_on": ANNOUNCED,
        "received_on": ANNOUNCED, "deciding_body": "Ủy ban Kiểm tra Tỉnh ủy", "created_at": NOW,
    }  # fmt: skip
    made: Decision = Decision.create(**{**given, **changes})
    made.effective_on, made.ends_on = effective_on(made), ends_on(made)
    made.save()
    return made


def date_called(found: Decision, label: str) -> ExplainedDate:
    return next(one for one in dates_of(found) if one.label.startswith(label))


def is_confirmed(found: ExplainedDate) -> bool:
    return found.limit is not None and found.limit.confirmed_by_source


def life(decision: Decision, today: date = TODAY) -> Life:
    return life_of(Decision.get_by_id(decision.id), today=today)


def a_complaint(staff: Staff, *, outcome: str = "", settled_on: date | None = None) -> Case:
    """A complaint of the subject, perhaps decided by a committee and announced."""
    case = an_open_case(staff, "KN-02", started_on=date(2026, 6, 1))
    if outcome:
        OutsideVote.create(
            case=case, step_key="KT2", party=Party.get(Party.case == case.id), body_name="Ban Thường vụ",
            held_on=date(2026, 7, 1), stage="decide", base_total=9, present=9, votes={outcome: 9}, result={},
            outcome=outcome, recorded_by=staff.users[Role.CHAIR], recorded_at=NOW,
        )  # fmt: skip
    if settled_on is not None:
        key = next(step.key for step in edition_of(case).steps if step.event is EventType.DECISION_ANNOUNCED)
        CaseStep.update(state="completed", completed_on=settled_on).where(
            CaseStep.case == case.id, CaseStep.key == key
        ).execute()
    return case


@pytest.mark.parametrize(
    ("signed", "announced", "effective", "rule"),
    [
        (date(2026, 4, 10), date(2026, 4, 20), date(2026, 4, 20), "Q-04"),
        (date(2026, 4, 11), date(2026, 4, 20), date(2026, 4, 11), "Q-05"),
        (date(2026, 4, 10), None, None, "Q-04"),
        (date(2026, 4, 11), None, date(2026, 4, 11), "Q-05"),
    ],
)
def test_effect_begins_with_the_announcement_or_with_the_signature_as_the_day_says(
    staff: Staff, signed: date, announced: date | None, effective: date | None, rule: str
) -> None:
    found = date_called(
        a_decision(staff, signed_on=signed, announced_on=announced, received_on=None), "Ngày có"
    )
    assert (found.day, found.limit and found.limit.id) == (effective, rule)


def test_a_cell_takes_effect_with_the_announced_vote_and_hands_its_decision_over(staff: Staff) -> None:
    made = a_decision(staff, deciding_body="Chi bộ thôn 1", received_on=date(2026, 5, 30))
    effect, hand_over = date_called(made, "Ngày có hiệu lực"), dates_of(made)[0]
    assert (effect.day, effect.limit and effect.limit.id) == (ANNOUNCED, "Q-01")
    assert (hand_over.label, hand_over.day) == ("Hạn chi bộ giao quyết định", date(2026, 5, 21))
    assert "sau hạn" in hand_over.warnings[0]


def test_a_late_announcement_is_told_with_its_limit(staff: Staff) -> None:
    found = date_called(a_decision(staff, announced_on=date(2026, 5, 25)), "Hạn công bố")
    assert (found.day, is_confirmed(found)) == (date(2026, 5, 19), False)
    assert "phải báo cáo ngay" in found.warnings[0]


def test_a_corrected_rule_counts_for_every_date(staff: Staff) -> None:
    made = a_decision(staff)
    first = loaded_rules().time_limit("Q-03", on=SIGNED).valid_from
    correct_rule(
        staff.actor(Role.CHAIR), "Q-03", first, correction=Correction(amount=10), basis="21-QĐ/TW, Điều 16",
        now=NOW,
    )  # fmt: skip
    found = date_called(made, "Hạn công bố")
    assert (found.day, is_confirmed(found)) == (date(2026, 5, 14), True)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 5, 3), LifeState.WAITING), (SIGNED, LifeState.RUNNING), (TODAY, LifeState.RUNNING),
        (date(2027, 4, 1), LifeState.ENDING), (date(2027, 5, 11), LifeState.ENDING),
        (date(2027, 5, 12), LifeState.ENDED),
    ],
)  # fmt: skip
def test_it_runs_a_year_from_the_announcement_and_ends_the_day_after(
    staff: Staff, today: date, state: LifeState
) -> None:
    found = life(a_decision(staff), today)
    assert (found.state, found.last_day) == (state, date(2027, 5, 11))
    assert found.watched == (state in (LifeState.RUNNING, LifeState.ENDING))


def test_expulsion_has_no_end_and_watches_nobody(staff: Staff) -> None:
    found = life(a_decision(staff, penalty="expulsion"))
    assert (found.state, found.last_day, found.watched) == (LifeState.ENDLESS, None, False)


def test_a_new_violation_within_the_months_keeps_it_from_ending(staff: Staff) -> None:
    made = a_decision(staff)
    other = an_open_case(staff, "KT-04")
    late = Finding.create(
        case=other, party=parties_of(other)[0], text="Tái phạm", ended_on=date(2027, 5, 12), disciplinary=True
    )  # fmt: skip
    assert life(made, date(2027, 6, 1)).state is LifeState.ENDED
    Finding.update(ended_on=date(2026, 9, 1)).where(Finding.id == late.id).execute()
    found = life(made, date(2027, 6, 1))
    assert (found.state, found.end.day, found.last_day) == (LifeState.KEPT, None, date(2027, 5, 11))
    assert found.words == (
        f"Có vi phạm mới ngày 01/09/2026 (hồ sơ {other.code}): không tự chấm dứt hiệu lực.",
    )


def test_a_violation_before_the_decision_or_not_to_be_disciplined_changes_nothing(staff: Staff) -> None:
    made, other = a_decision(staff), an_open_case(staff, "KT-04")
    common = {"case": other, "party": parties_of(other)[0], "text": "Vi phạm"}
    Finding.create(**common, ended_on=SIGNED, disciplinary=True)
    Finding.create(**common, ended_on=date(2026, 9, 1), disciplinary=False)
    assert life(made, date(2027, 6, 1)).state is LifeState.ENDED


def test_a_later_decision_whose_violation_has_no_day_is_left_to_a_person(staff: Staff) -> None:
    made = a_decision(staff)
    a_decision(staff, number_text="20-QĐ/UBKTTU", signed_on=date(2026, 10, 1), announced_on=None)
    found = life(made, date(2027, 6, 1))
    assert found.state is LifeState.UNSURE and found.watched
    assert "20-QĐ/UBKTTU ngày 01/10/2026" in found.words[0]


def test_while_a_complaint_is_being_settled_it_does_not_end(staff: Staff) -> None:
    made = a_decision(staff)
    a_complaint(staff)
    found = life(made, date(2027, 6, 1))
    assert (found.state, found.words) == (
        LifeState.KEPT, ("Đang giải quyết khiếu nại: chưa tự chấm dứt hiệu lực.",)
    )  # fmt: skip


def test_an_upheld_decision_shows_both_ends_and_counts_to_the_later(staff: Staff) -> None:
    made = a_decision(staff)
    a_complaint(staff, outcome="kept", settled_on=date(2026, 8, 3))
    end = life(made).end
    assert (end.day, end.limit and end.limit.id) == (date(2027, 8, 3), "Q-11")
    assert "11/05/2027 hoặc 03/08/2027" in end.warnings[0]


def test_a_changed_form_counts_the_time_served_since_the_first_announcement(staff: Staff) -> None:
    made = a_decision(staff)
    a_complaint(staff, outcome="reduced", settled_on=date(2026, 8, 3))
    end = life(made).end
    assert (end.day, end.limit and end.limit.id) == (date(2027, 5, 11), "Q-10")
    assert end.warnings == () and any("đã chấp hành" in line for line in end.lines)


def test_the_decision_that_replaces_another_counts_from_the_first_ones_announcement(staff: Staff) -> None:
    a_decision(staff, changed_to="reprimand")
    second = a_decision(
        staff, penalty="reprimand", number_text="30-QĐ/UBKTTU", signed_on=date(2026, 8, 3),
        announced_on=date(2026, 8, 5),
    )  # fmt: skip
    assert life(second).last_day == date(2027, 5, 11)


def test_a_form_lifted_on_complaint_ends_with_the_settlement(staff: Staff) -> None:
    made = a_decision(staff)
    a_complaint(staff, outcome="lifted", settled_on=date(2026, 8, 3))
    found = life(made)
    assert (found.state, found.end.day, found.watched) == (LifeState.ENDED, date(2026, 8, 3), False)


def test_a_complaint_told_by_the_old_register_only_is_left_to_a_person(staff: Staff) -> None:
    made = a_decision(staff, complaint="Có đơn ngày 20/5")
    found = life(made, date(2027, 6, 1))
    assert found.state is LifeState.UNSURE
    assert found.end.warnings[0].startswith("Sổ ghi có khiếu nại (Có đơn ngày 20/5)")


def test_the_time_line_holds_what_happened_and_what_is_ahead_in_order(staff: Staff) -> None:
    found = moments_of(life(a_decision(staff)), today=TODAY)
    assert [one.when for one in found] == sorted(one.when for one in found)
    titles = [one.title for one in found]
    assert titles[0] == "Ký ban hành" and titles[-1] == "Hết thời gian theo dõi"
    assert {one.title for one in found if one.ahead} == {"Hết thời gian theo dõi"}


def test_a_member_is_watched_for_readers_of_decisions_and_for_those_who_work_on_a_new_case(
    staff: Staff,
) -> None:
    made = a_decision(staff)
    member = subject()
    case = an_open_case(staff, "KT-04")
    clerk, inspector = staff.actor(Role.CLERK), staff.actor(Role.INSPECTOR)
    assert [one.decision for one in watching(clerk, member.id, today=TODAY)] == [made]
    assert watching(inspector, member.id, today=TODAY) == []
    (party,) = parties_of(case)
    found = watching_parties(inspector, [party], today=TODAY)
    assert {number: [one.decision for one in lives] for number, lives in found.items()} == {party.id: [made]}
    assert watching_parties(inspector, [party], today=date(2027, 5, 12)) == {}


def test_nobody_is_told_of_a_decision_about_himself_or_of_a_case_closed_to_him(staff: Staff) -> None:
    own = a_user(staff.commission, Role.CLERK, name="Phạm Văn Mẫu", member=subject()).as_actor()
    case = an_open_case(staff, "KL-02")
    a_decision(staff, case=case)
    assert watching(own, subject().id, today=TODAY) == []
    assert watching_parties(own, parties_of(case), today=TODAY) == {}
    conflicted = staff.users[Role.COMMISSIONER]
    ConflictDeclaration.create(case=case, user=conflicted, reason="Anh em", declared_at=NOW)
    for found in (
        watching(conflicted.as_actor(), subject().id, today=TODAY),
        watching_parties(conflicted.as_actor(), parties_of(case), today=TODAY),
    ):
        assert not found


def test_the_lists_hold_what_soon_ends_what_is_past_and_what_cannot_be_counted(staff: Staff) -> None:
    soon = a_decision(staff, signed_on=date(2025, 11, 20), announced_on=date(2025, 12, 1))
    past = a_decision(staff, signed_on=date(2025, 10, 1), announced_on=date(2025, 10, 8))
    a_decision(staff)
    a_decision(staff, penalty="expulsion")
    unknown = a_decision(staff)
    Decision.update(ends_on=None).where(Decision.id == unknown.id).execute()
    chair = staff.actor(Role.CHAIR)
    found = {view: list(decisions_in(chair, view, today=TODAY)) for view in ("sap-het", "da-het", "chua-ro")}
    assert found == {"sap-het": [soon], "da-het": [past], "chua-ro": [unknown]}


def test_a_body_lives_by_its_own_decisions(staff: Staff) -> None:
    made = a_decision(staff, subject_kind="body", subject_member=None, subject_name="Đảng ủy xã Thử")
    found = life(made, date(2027, 6, 1))
    assert (found.state, found.watched) == (LifeState.ENDED, False)
    assert not any(one.label.startswith("Hạn kỷ luật hành chính") for one in found.dates)


def test_state_discipline_follows_within_its_own_limit(staff: Staff) -> None:
    found = date_called(a_decision(staff), "Hạn kỷ luật hành chính")
    assert (found.day, is_confirmed(found)) == (date(2026, 6, 10), False)


def test_members_of_the_same_name_are_not_mixed_up(staff: Staff) -> None:
    made = a_decision(staff)
    other: Member = Member.create(
        card_number="90.999999", full_name="Phạm Văn Mẫu", name_fold="pham van mau", name_sort="mau"
    )  # fmt: skip
    a_decision(staff, subject_member=other, signed_on=date(2026, 10, 1), announced_on=None)
    assert life(made, date(2027, 6, 1)).state is LifeState.ENDED
