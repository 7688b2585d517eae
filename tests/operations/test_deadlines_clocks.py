"""Clocks of a case: what starts and meets them, requests to change them, the calendar behind them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from peewee import Database, IntegrityError

from cases.deadlines import operations, queries
from cases.deadlines.calendar import CalendarNotConfirmed
from cases.deadlines.calendar_operations import DayChoice
from cases.deadlines.confirming import confirm_rule
from cases.deadlines.models import CalendarDay, CalendarYear, Deadline, DeadlineChange
from cases.errors import Invalid, NotAllowed, NotFound, Refused, Stale
from cases.lifecycle.models import Case
from procedures.schema import EventType, Role
from tests.support.letters import a_decided_letter, open_vault
from tests.support.running_cases import an_open_case, complete, complete_up_to, loaded_rules, subject
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, a_user

SINCE_296 = date(2025, 5, 30)  # the version of T-01 in force on the day these tests happen
REASON = "Phải chờ cơ quan chuyên môn cung cấp hồ sơ"


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    open_vault()
    loaded_rules()
    yield a_staffed_commission()


@pytest.fixture
def case(staff: Staff) -> Case:
    letter = a_decided_letter(staff, handling="accepted")
    return an_open_case(staff, "TC-03", by=Role.CHAIR, letter_ids=[letter.id])


@pytest.fixture
def settling(case: Case) -> Deadline:
    """The limit to settle the denunciation: running since the letter came."""
    return Deadline.get(Deadline.case == case.id, Deadline.limit_id == "T-01")


def extended(staff: Staff, deadline: Deadline, amount: int, *, grant: bool = True) -> DeadlineChange:
    asked = operations.request_extension(
        staff.actor(Role.TEAM_HEAD), deadline.id, amount=amount, reason=REASON, now=NOW
    )
    return operations.decide_change(
        staff.actor(Role.CHAIR), asked.id, grant=grant, reason="Theo quy định", now=NOW
    )


def paused(staff: Staff, deadline: Deadline, *, to: date | None) -> DeadlineChange:
    asked = operations.request_pause(
        staff.actor(Role.TEAM_HEAD), deadline.id, reason_code="expert_opinion", reason=REASON,
        pause_from=date(2026, 12, 1), pause_to=to, now=NOW,
    )  # fmt: skip
    return operations.decide_change(staff.actor(Role.CHAIR), asked.id, grant=True, now=NOW)


def due(deadline: Deadline) -> date | None:
    found: date | None = Deadline.get_by_id(deadline.id).due_on
    return found


def test_the_copy_for_lists_is_what_the_sheet_says(staff: Staff, settling: Deadline) -> None:
    _deadline, limit, sheet = queries.sheet_of(staff.actor(Role.CHAIR), settling.id)
    assert limit.id == "T-01"
    assert settling.due_on == sheet.due_effective == date(2027, 2, 20)


def test_a_step_starts_the_clock_of_another_and_doing_that_one_meets_it(staff: Staff) -> None:
    case = an_open_case(staff)
    complete_up_to(staff, case, "CB2")
    complete(staff, case, "CB2")
    announced = Deadline.get(Deadline.case == case.id, Deadline.limit_id == "I-09")
    assert (announced.state, announced.step.key, announced.waits_for) == ("running", "TH1", "commissioner")
    assert announced.due_on == date(2026, 11, 30)  # five working days, 24/11 is a holiday
    complete_up_to(staff, case, "TH1")
    complete(staff, case, "TH1")
    assert (Deadline.get_by_id(announced.id).state, Deadline.get_by_id(announced.id).met_on) == ("met", TODAY)


def test_the_same_event_told_twice_starts_one_clock(staff: Staff, case: Case) -> None:
    actor = staff.actor(Role.CHAIR)
    operations.event_happened(case, EventType.LETTER_RECEIVED, TODAY, actor=actor, now=NOW)
    assert Deadline.select().where(Deadline.limit_id == "T-01").count() == 1


def test_a_granted_extension_moves_the_due_day_and_a_refused_one_does_not(
    staff: Staff, settling: Deadline
) -> None:
    extended(staff, settling, 30, grant=False)
    assert due(settling) == date(2027, 2, 20)
    extended(staff, settling, 30)
    assert due(settling) == date(2027, 3, 22)


def test_beyond_an_unconfirmed_cap_a_request_is_warned_and_the_warning_kept(
    staff: Staff, settling: Deadline
) -> None:
    change = operations.request_extension(
        staff.actor(Role.TEAM_HEAD), settling.id, amount=60, reason=REASON, now=NOW
    )
    assert "nhiều nhất 30" in change.warning
    assert "chưa được xác nhận" in change.warning


def test_beyond_a_confirmed_cap_a_request_is_refused(staff: Staff, settling: Deadline) -> None:
    confirm_rule(staff.actor(Role.CHAIR), "T-01", SINCE_296, basis="21-QĐ/TW", now=NOW)
    with pytest.raises(Refused, match="nhiều nhất 30") as refusal:
        operations.request_extension(
            staff.actor(Role.TEAM_HEAD), settling.id, amount=60, reason=REASON, now=NOW
        )
    assert refusal.value.field == "amount"
    assert DeadlineChange.select().count() == 0


def test_two_requests_within_the_cap_are_not_both_granted_beyond_it(staff: Staff, settling: Deadline) -> None:
    confirm_rule(staff.actor(Role.CHAIR), "T-01", SINCE_296, basis="21-QĐ/TW", now=NOW)
    second = operations.request_extension(
        staff.actor(Role.INSPECTOR), settling.id, amount=30, reason=REASON, now=NOW
    )
    extended(staff, settling, 30)
    with pytest.raises(Refused, match="nhiều nhất 1 lần"):
        operations.decide_change(staff.actor(Role.CHAIR), second.id, grant=True, now=NOW)
    assert DeadlineChange.get_by_id(second.id).state == "requested"


def test_who_asks_does_not_decide_in_the_operation(staff: Staff, settling: Deadline) -> None:
    both = a_user(staff.commission, Role.HEAD_OF_SECTION, Role.CHAIR).as_actor()
    asked = operations.request_extension(both, settling.id, amount=10, reason=REASON, now=NOW)
    with pytest.raises(NotAllowed, match="không được tự quyết định"):
        operations.decide_change(both, asked.id, grant=True, now=NOW)


def test_who_asks_does_not_decide_in_the_database_either(staff: Staff, settling: Deadline) -> None:
    asked = operations.request_extension(
        staff.actor(Role.TEAM_HEAD), settling.id, amount=10, reason=REASON, now=NOW
    )
    with pytest.raises(IntegrityError):
        DeadlineChange.update(state="granted", decided_by=staff.users[Role.TEAM_HEAD], decided_at=NOW).where(
            DeadlineChange.id == asked.id
        ).execute()


def test_only_the_role_the_rule_names_decides(staff: Staff, settling: Deadline) -> None:
    asked = operations.request_extension(
        staff.actor(Role.TEAM_HEAD), settling.id, amount=10, reason=REASON, now=NOW
    )
    with pytest.raises(NotAllowed, match="Thường trực"):
        operations.decide_change(staff.actor(Role.COMMISSIONER), asked.id, grant=True, now=NOW)


def test_a_decision_is_taken_once_and_a_refusal_says_why(staff: Staff, settling: Deadline) -> None:
    asked = operations.request_extension(
        staff.actor(Role.TEAM_HEAD), settling.id, amount=10, reason=REASON, now=NOW
    )
    chair = staff.actor(Role.CHAIR)
    with pytest.raises(Invalid):
        operations.decide_change(chair, asked.id, grant=False, now=NOW)
    operations.decide_change(chair, asked.id, grant=True, now=NOW)
    with pytest.raises(Stale):
        operations.decide_change(chair, asked.id, grant=True, now=NOW)


def test_a_closed_pause_moves_the_due_day_by_its_days(staff: Staff, settling: Deadline) -> None:
    paused(staff, settling, to=date(2026, 12, 10))
    assert due(settling) == date(2027, 3, 2)


def test_an_open_pause_leaves_the_due_day_unknown_until_it_is_resumed(
    staff: Staff, settling: Deadline
) -> None:
    change = paused(staff, settling, to=None)
    assert due(settling) is None
    with pytest.raises(Invalid):
        operations.resume(staff.actor(Role.TEAM_HEAD), change.id, on=date(2026, 12, 1), now=NOW)
    operations.resume(staff.actor(Role.TEAM_HEAD), change.id, on=date(2026, 12, 11), now=NOW)
    assert due(settling) == date(2027, 3, 2)
    with pytest.raises(Refused):
        operations.resume(staff.actor(Role.TEAM_HEAD), change.id, on=date(2026, 12, 20), now=NOW)


def test_a_pause_begins_after_the_clock_and_ends_after_it_begins(staff: Staff, settling: Deadline) -> None:
    actor = staff.actor(Role.TEAM_HEAD)
    for first, last, field in (
        (settling.started_on, None, "pause_from"),
        (date(2026, 12, 9), date(2026, 12, 1), "pause_to"),
    ):
        with pytest.raises(Invalid) as refusal:
            operations.request_pause(
                actor, settling.id, reason_code="expert_opinion", reason=REASON, pause_from=first,
                pause_to=last, now=NOW,
            )  # fmt: skip
        assert refusal.value.field == field


def test_the_subject_sees_no_clock_and_asks_for_nothing(staff: Staff, settling: Deadline) -> None:
    accused = a_user(staff.commission, Role.CHAIR, Role.INSPECTOR, member=subject()).as_actor()
    with pytest.raises(NotFound):
        queries.sheet_of(accused, settling.id)
    with pytest.raises(NotFound):
        operations.request_extension(accused, settling.id, amount=5, reason=REASON, now=NOW)


def test_a_working_day_clock_that_leaves_the_calendar_has_no_day_until_the_year_is_confirmed(
    staff: Staff,
) -> None:
    later = datetime(2026, 12, 30, 2, 0, tzinfo=UTC)
    case = an_open_case(staff, now=later)
    complete_up_to(staff, case, "CB2", on=date(2026, 12, 30), now=later)
    complete(staff, case, "CB2", on=date(2026, 12, 30), now=later)
    clock = Deadline.get(Deadline.case == case.id, Deadline.limit_id == "I-09")
    assert clock.due_on is None
    with pytest.raises(CalendarNotConfirmed) as refusal:
        queries.sheet_of(staff.actor(Role.CHAIR), clock.id)
    assert refusal.value.year == 2027
    assert queries.sheet_view(staff.actor(Role.CHAIR), clock.id).refused_year == 2027
    operations.confirm_year(staff.actor(Role.CHAIR), 2027, notice="1-TB/BNV", now=later)
    assert due(clock) == date(2027, 1, 7)


def test_changing_a_day_of_the_calendar_moves_running_clocks_in_the_same_act(staff: Staff) -> None:
    case = an_open_case(staff)
    complete_up_to(staff, case, "CB2")
    complete(staff, case, "CB2")
    clock = Deadline.get(Deadline.limit_id == "I-09")
    days = [DayChoice(day, kind, name) for day, kind, name in queries.calendar_year(2026).days]
    more = [*days, DayChoice(date(2026, 11, 23), "off", "Nghỉ hoán đổi")]
    operations.change_days(staff.actor(Role.ADMINISTRATOR), 2026, more, now=NOW)
    assert due(clock) == date(2026, 12, 1)


@pytest.mark.parametrize(
    "days",
    [
        [DayChoice(date(2025, 1, 1), "off", "Năm khác")],
        [DayChoice(date(2026, 12, 1), "off", "Nghỉ"), DayChoice(date(2026, 12, 1), "off", "Nghỉ")],
        [DayChoice(date(2026, 12, 1), "work", "Thứ Ba")],
        [DayChoice(date(2026, 12, 5), "off", "Thứ Bảy")],
        [DayChoice(date(2026, 12, 1), "off", " ")],
        [DayChoice(date(2026, 12, 1), "maybe", "Có thể")],
    ],
)
def test_a_calendar_that_cannot_be_right_is_refused_whole(staff: Staff, days: list[DayChoice]) -> None:
    before = queries.calendar_year(2026)
    with pytest.raises(Invalid):
        operations.change_days(staff.actor(Role.ADMINISTRATOR), 2026, days, now=NOW)
    assert queries.calendar_year(2026) == before
    assert CalendarYear.select().count() == 0


def test_the_seed_is_kept_once_and_counts_as_before(staff: Staff) -> None:
    before = queries.current_calendar()
    added = operations.seed_calendar(loaded_rules(), now=NOW)
    assert added == [year.year for year in loaded_rules().calendar]
    assert operations.seed_calendar(loaded_rules(), now=NOW) == []
    after = queries.current_calendar()
    assert after.confirmed_years == before.confirmed_years
    assert {day: after.why(day) for day in before.days_off} == {
        day: before.why(day) for day in before.days_off
    }
    assert CalendarDay.select().where(CalendarDay.kind == "work").count() > 0


def test_only_who_may_edit_the_calendar_changes_or_confirms_it(staff: Staff) -> None:
    for verb in (
        lambda: operations.change_days(staff.actor(Role.INSPECTOR), 2026, [], now=NOW),
        lambda: operations.confirm_year(staff.actor(Role.INSPECTOR), 2027, notice="x", now=NOW),
    ):
        with pytest.raises(NotAllowed):
            verb()
    with pytest.raises(Invalid):
        operations.confirm_year(staff.actor(Role.CHAIR), 2027, notice=" ", now=NOW)


def test_home_tells_what_is_mine_today_this_week_late_and_what_waits_for_others(
    staff: Staff, case: Case
) -> None:
    head, chair = staff.actor(Role.TEAM_HEAD), staff.actor(Role.CHAIR)
    settling = Deadline.get(Deadline.limit_id == "T-01")
    groups = {
        date(2027, 2, 21): "overdue",
        date(2027, 2, 20): "today",
        date(2027, 2, 16): "this_week",
        date(2026, 11, 22): "later",
    }
    for day, group in groups.items():
        assert getattr(queries.my_deadlines(head, day), group) == (settling,)
    assert queries.my_deadlines(chair, TODAY).waiting == (settling,)
    assert queries.my_deadlines(staff.actor(Role.CLERK), TODAY) == queries.MyDeadlines()
