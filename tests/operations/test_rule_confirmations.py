"""What a commission states about its rules: the numbers that count, the clocks that move, the journal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.audit.operations import act
from cases.deadlines import confirming, operations, queries
from cases.deadlines.confirmations import history_of, limit_version, statements_of
from cases.deadlines.confirmed import as_confirmed
from cases.deadlines.confirming import (
    Correction,
    confirm_rule,
    correct_rule,
    drafted,
    effect_of,
    effect_of_withdrawal,
    withdraw_confirmation,
)
from cases.deadlines.models import Deadline, RuleConfirmation
from cases.errors import Invalid, NotAllowed, NotFound, Refused, Stale
from cases.lifecycle.models import ConflictDeclaration
from procedures.schema import Confidence, Extension, Fraction, Role, RollPolicy, TimeLimit, Unit
from tests.support.letters import a_decided_letter, open_vault
from tests.support.running_cases import an_open_case, loaded_rules
from tests.support.worlds import NOW, TODAY, Staff, a_commission, a_staffed_commission, a_user

BASIS = "21-QĐ/TW, Điều 20"
# The two versions of T-01 that these tests tell apart, by their first days.
SINCE_22, SINCE_296 = date(2021, 7, 28), date(2025, 5, 30)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    open_vault()
    loaded_rules()
    yield a_staffed_commission()


@pytest.fixture
def open_one(staff: Staff) -> Callable[..., Deadline]:
    """Open a denunciation case and return its limit to settle it: 90 days, 20/02/2027."""

    def make(**changes: Any) -> Deadline:
        letter = a_decided_letter(staff, handling="accepted")
        case = an_open_case(staff, "TC-03", by=Role.CHAIR, letter_ids=[letter.id], **changes)
        return Deadline.get(Deadline.case == case.id, Deadline.limit_id == "T-01")

    return make


@pytest.fixture
def settling(open_one: Callable[..., Deadline]) -> Deadline:
    return open_one()


def corrected(staff: Staff, version: date = SINCE_296, **numbers: Any) -> RuleConfirmation:
    return correct_rule(
        staff.actor(Role.CHAIR), "T-01", version, correction=Correction(**numbers), basis=BASIS, now=NOW
    )


def due(deadline: Deadline) -> date | None:
    found: date | None = Deadline.get_by_id(deadline.id).due_on
    return found


def last_event() -> AuditEvent:
    return AuditEvent.select().order_by(AuditEvent.id.desc()).get()


def test_a_confirmed_rule_moves_nothing_and_the_sheet_says_who_stated_it(
    staff: Staff, settling: Deadline
) -> None:
    confirm_rule(staff.actor(Role.CHAIR), "T-01", SINCE_296, basis=BASIS, now=NOW)
    view = queries.sheet_view(staff.actor(Role.CHAIR), settling.id)
    assert due(settling) == date(2027, 2, 20)
    assert view.confirmed and view.rule.statement is not None
    assert view.sheet is not None
    assert view.sheet.lines[0].endswith("Căn cứ: 21-QĐ/TW, Điều 20 (Ủy ban xác nhận ngày 22/11/2026).")
    assert not [line for line in view.sheet.warnings if "chỉ để nhắc việc" in line]
    assert (last_event().verb, last_event().data["moved"]) == ("rule.confirmed", [])


def test_a_corrected_number_moves_the_running_clocks_in_one_journalled_act(
    staff: Staff, settling: Deadline
) -> None:
    events = AuditEvent.select().count()
    corrected(staff, amount=60)
    assert due(settling) == date(2027, 1, 21)
    assert queries.count_sheet(Deadline.get_by_id(settling.id)).amount == 60
    assert AuditEvent.select().count() == events + 1
    said = last_event()
    assert (said.verb, said.commission_id) == ("rule.corrected", staff.commission.id)
    assert said.data["moved"] == [{"before": "2027-02-20", "after": "2027-01-21", "deadlines": [settling.id]}]
    assert (said.data["rule"], said.data["version"], said.data["amount"]) == ("T-01", "2025-05-30", 60)


def test_a_clock_that_starts_after_the_correction_counts_with_it(
    staff: Staff, open_one: Callable[..., Deadline]
) -> None:
    corrected(staff, amount=60)
    assert open_one().due_on == date(2027, 1, 21)
    assert limit_version("T-01", TODAY, staff.commission.id).amount == 60


def test_a_clock_that_has_ended_keeps_its_day(staff: Staff, settling: Deadline) -> None:
    Deadline.update(state="met", met_on=TODAY).where(Deadline.id == settling.id).execute()
    corrected(staff, amount=60)
    assert due(settling) == date(2027, 2, 20)


def test_the_newest_statement_counts_and_withdrawing_it_brings_back_the_one_before(
    staff: Staff, settling: Deadline
) -> None:
    first, second = corrected(staff, amount=60), corrected(staff, amount=45)
    assert due(settling) == date(2027, 1, 6)
    chair = staff.actor(Role.CHAIR)
    (move,) = effect_of_withdrawal(chair, second.id).moves
    assert (move.before, move.after) == (date(2027, 1, 6), date(2027, 1, 21))
    withdraw_confirmation(chair, second.id, reason="Đọc nhầm khoản", now=LATER)
    assert due(settling) == date(2027, 1, 21)
    assert (last_event().verb, last_event().data["reason"]) == ("rule.withdrawn", "Đọc nhầm khoản")
    withdraw_confirmation(chair, first.id, reason="Chưa đủ căn cứ", now=LATER)
    assert due(settling) == date(2027, 2, 20)
    assert not queries.is_confirmed(Deadline.get_by_id(settling.id))
    kept = history_of(staff.commission.id, "T-01")
    assert [(one.amount, one.withdrawn_reason) for one in kept] == [
        (45, "Đọc nhầm khoản"),
        (60, "Chưa đủ căn cứ"),
    ]


def test_a_statement_about_another_version_or_of_another_commission_changes_nothing(
    staff: Staff, settling: Deadline
) -> None:
    corrected(staff, version=SINCE_22, amount=60)
    other = a_user(a_commission("xx", name="Ủy ban Kiểm tra khác"), Role.CHAIR).as_actor()
    correct_rule(other, "T-01", SINCE_296, correction=Correction(amount=30), basis=BASIS, now=NOW)
    assert due(settling) == date(2027, 2, 20)
    assert queries.limit_of(Deadline.get_by_id(settling.id)).amount == 90
    assert statements_of(staff.commission.id).about(staff.commission.id, "T-01", SINCE_296) is None


def test_the_day_whose_rules_bind_chooses_the_version(staff: Staff, settling: Deadline) -> None:
    Deadline.update(rule_on=date(2025, 1, 2)).where(Deadline.id == settling.id).execute()
    assert queries.limit_of(Deadline.get_by_id(settling.id)).valid_from == SINCE_22
    corrected(staff, amount=60)
    assert due(settling) == date(2027, 2, 20)
    corrected(staff, version=SINCE_22, amount=30)
    assert due(settling) == date(2026, 12, 22)


def test_an_extension_is_held_to_the_corrected_length_and_times(staff: Staff, settling: Deadline) -> None:
    corrected(staff, extension_amount=15, extension_times=2)
    head, chair = staff.actor(Role.TEAM_HEAD), staff.actor(Role.CHAIR)
    with pytest.raises(Refused, match="nhiều nhất 15"):
        operations.request_extension(head, settling.id, amount=16, reason="Phức tạp", now=NOW)
    for day in (date(2027, 3, 7), date(2027, 3, 22)):
        asked = operations.request_extension(head, settling.id, amount=15, reason="Phức tạp", now=NOW)
        assert asked.warning == ""
        operations.decide_change(chair, asked.id, grant=True, now=NOW)
        assert due(settling) == day
    with pytest.raises(Refused, match="nhiều nhất 2 lần"):
        operations.request_extension(head, settling.id, amount=1, reason="Phức tạp", now=NOW)


def test_no_times_at_all_means_no_extension(staff: Staff, settling: Deadline) -> None:
    corrected(staff, extension_times=0)
    with pytest.raises(Refused, match="không nói đến gia hạn"):
        operations.request_extension(
            staff.actor(Role.TEAM_HEAD), settling.id, amount=1, reason="Phức tạp", now=NOW
        )


def test_a_unit_the_calendar_cannot_count_leaves_the_day_open(staff: Staff, settling: Deadline) -> None:
    corrected(staff, unit=Unit.WORKING_DAY.value)
    assert due(settling) is None
    assert queries.sheet_view(staff.actor(Role.CHAIR), settling.id).refused_year == 2027
    assert last_event().data["moved"] == [{"before": "2027-02-20", "after": None, "deadlines": [settling.id]}]


def test_a_preview_names_what_the_person_may_see_counts_the_rest_and_stores_nothing(
    staff: Staff, open_one: Callable[..., Deadline]
) -> None:
    seen, closed = open_one(), open_one()
    ConflictDeclaration.create(
        case=closed.case_id, user=staff.users[Role.CHAIR], reason="Người thân", declared_at=NOW
    )
    draft = drafted(
        staff.actor(Role.CHAIR), "T-01", SINCE_296, basis=BASIS, correction=Correction(amount=60), now=NOW
    )
    effect = effect_of(staff.actor(Role.CHAIR), draft)
    assert [(move.deadline.id, move.after) for move in effect.moves] == [(seen.id, date(2027, 1, 21))]
    assert (effect.others, effect.depend) == (1, 2)
    assert RuleConfirmation.select().count() == 0
    assert due(seen) == date(2027, 2, 20)


def test_a_correction_keeps_only_what_differs_from_the_rule(staff: Staff) -> None:
    kept = corrected(staff, amount=60, unit="calendar_day", extension_amount=30, extension_times=1)
    assert (kept.amount, kept.unit, kept.extension_amount, kept.extension_times) == (60, "", None, None)


@pytest.mark.parametrize(
    ("numbers", "field"),
    [
        ({}, "amount"),
        ({"amount": 90, "unit": "calendar_day"}, "amount"),
        ({"unit": "fortnight"}, "unit"),
        ({"roll": "back"}, "roll"),
        ({"amount": 999_999_999}, "amount"),
        ({"amount": 60, "extension_amount": 0}, "extension_amount"),
    ],
)
def test_numbers_that_cannot_be_right_are_refused_at_their_field(
    staff: Staff, numbers: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        corrected(staff, **numbers)
    assert refusal.value.field == field
    assert RuleConfirmation.select().count() == 0


def test_a_statement_names_its_basis_and_a_rule_that_exists(staff: Staff) -> None:
    chair = staff.actor(Role.CHAIR)
    with pytest.raises(Invalid) as refusal:
        confirm_rule(chair, "T-01", SINCE_296, basis=" ", now=NOW)
    assert refusal.value.field == "basis"
    for rule_id, version in (("T-99", None), ("T-01", date(2001, 1, 1))):
        with pytest.raises(NotFound):
            confirm_rule(chair, rule_id, version, basis=BASIS, now=NOW)


def test_a_rule_that_is_no_limit_is_corrected_in_words(staff: Staff) -> None:
    chair = staff.actor(Role.CHAIR)
    with pytest.raises(Invalid) as refusal:
        correct_rule(chair, "W-02", None, correction=Correction(amount=5), basis=BASIS, now=NOW)
    assert refusal.value.field == "text"
    words = "Ngày hiểu là ngày làm việc."
    kept = correct_rule(chair, "W-02", None, correction=Correction(text=words), basis=BASIS, now=NOW)
    assert (kept.verdict, kept.text, kept.version_from) == ("corrected", words, None)


def test_a_clock_counted_anew_by_somebody_else_meanwhile_keeps_its_day(
    staff: Staff, settling: Deadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    other_day = date(2027, 3, 22)

    @contextmanager
    def after_somebody_else(*args: Any, **named: Any) -> Iterator[Any]:
        Deadline.update(due_on=other_day).where(Deadline.id == settling.id).execute()
        with act(*args, **named) as event:
            yield event

    monkeypatch.setattr(confirming, "act", after_somebody_else)
    corrected(staff, amount=60)
    assert due(settling) == other_day


def test_only_who_confirms_rules_states_or_withdraws(staff: Staff) -> None:
    statement = corrected(staff, amount=60)
    for role in set(Role) - {Role.CHAIR}:
        actor = staff.actor(role)
        for verb in (
            lambda actor=actor: confirm_rule(actor, "T-01", SINCE_296, basis=BASIS, now=NOW),
            lambda actor=actor: effect_of_withdrawal(actor, statement.id),
            lambda actor=actor: withdraw_confirmation(actor, statement.id, reason="Nhầm", now=NOW),
        ):
            with pytest.raises(NotAllowed):
                verb()


def test_a_statement_is_withdrawn_once_with_a_reason_by_its_own_commission(staff: Staff) -> None:
    statement, chair = corrected(staff, amount=60), staff.actor(Role.CHAIR)
    with pytest.raises(Invalid):
        withdraw_confirmation(chair, statement.id, reason=" ", now=NOW)
    other = a_user(a_commission("xx", name="Ủy ban Kiểm tra khác"), Role.CHAIR).as_actor()
    with pytest.raises(NotFound):
        withdraw_confirmation(other, statement.id, reason="Nhầm", now=NOW)
    withdraw_confirmation(chair, statement.id, reason="Nhầm", now=NOW)
    with pytest.raises(Stale):
        withdraw_confirmation(chair, statement.id, reason="Nhầm", now=NOW)


def a_limit(**changes: Any) -> TimeLimit:
    return loaded_rules().time_limit("T-01").model_copy(update=changes)


def an_extension(**changes: Any) -> Extension:
    plain: dict[str, Any] = {"unit": Unit.CALENDAR_DAY, "decided_by": Role.CHAIR, "confidence": "inferred"}
    return Extension(**(plain | changes))


def test_a_stated_limit_rests_on_the_basis_named_and_is_no_longer_provisional() -> None:
    doubtful = a_limit(provisional=True, confidence=Confidence.UNKNOWN, basis=None)
    read = as_confirmed(doubtful, RuleConfirmation(basis=BASIS))
    assert (read.basis, read.article, read.provisional, read.confirmed_by_source) == (
        BASIS,
        None,
        False,
        True,
    )
    assert (read.amount, read.unit, read.roll) == (doubtful.amount, doubtful.unit, doubtful.roll)
    rolled = as_confirmed(doubtful, RuleConfirmation(basis=BASIS, roll="next_working_day"))
    assert rolled.roll is RollPolicy.NEXT_WORKING_DAY


def test_the_extension_follows_the_limit_where_they_shared_a_unit() -> None:
    share = an_extension(fraction=Fraction(numerator=1, denominator=3))
    read = as_confirmed(a_limit(extension=share), RuleConfirmation(basis=BASIS, unit="month", amount=3))
    assert read.extension is not None
    assert (read.extension.unit, read.extension.fraction) == (Unit.MONTH, share.fraction)
    counted = as_confirmed(a_limit(extension=share), RuleConfirmation(basis=BASIS, extension_amount=20))
    assert counted.extension is not None
    assert (counted.extension.amount, counted.extension.fraction) == (20, None)


def test_the_longest_total_follows_the_stated_numbers() -> None:
    limit = a_limit(amount=180, extension=an_extension(amount=60, cap=240, times=1))
    same = as_confirmed(limit, RuleConfirmation(basis=BASIS))
    assert same.extension is not None
    assert same.extension.cap == 240
    shorter = as_confirmed(limit, RuleConfirmation(basis=BASIS, amount=120, extension_times=2))
    assert shorter.extension is not None
    assert shorter.extension.cap == 240
    halved = as_confirmed(limit, RuleConfirmation(basis=BASIS, amount=90))
    assert halved.extension is not None
    assert halved.extension.cap == 150


def test_an_extension_stated_where_the_rule_had_none_is_granted_by_the_standing_members() -> None:
    read = as_confirmed(a_limit(extension=None), RuleConfirmation(basis=BASIS, extension_amount=10))
    assert read.extension is not None
    assert (read.extension.amount, read.extension.decided_by) == (10, Role.CHAIR)


def test_cases_of_one_commission_all_move_at_once(staff: Staff, open_one: Callable[..., Deadline]) -> None:
    clocks = [open_one() for _number in range(3)]
    corrected(staff, amount=60)
    assert {due(clock) for clock in clocks} == {date(2027, 1, 21)}
    (together,) = last_event().data["moved"]
    assert together["deadlines"] == [clock.id for clock in clocks]
