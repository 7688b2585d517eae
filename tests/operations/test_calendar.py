"""The calendar of record: what a change moves, what the journal keeps of it, and counting many at once."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.audit.operations import first_broken_event
from cases.deadlines import calendar_operations, recount as counting
from cases.deadlines.calendar_operations import change_days, cited, confirm_year, number_and_day
from cases.deadlines.calendar_preview import DayChoice, calendar_if, days_of, fingerprint, preview
from cases.deadlines.models import CalendarYear, Deadline, RuleConfirmation
from cases.deadlines.queries import calendar_year, current_calendar, due_day
from cases.deadlines.recount import counted, moves, recount, recount_all
from cases.errors import Invalid, NotAllowed, Stale
from cases.lifecycle.models import Case
from procedures.schema import Role
from tests.support.letters import open_vault
from tests.support.many_clocks import many_cases
from tests.support.running_cases import loaded_rules
from tests.support.worlds import NOW, Staff, a_staffed_commission

SWAP = DayChoice(date(2026, 11, 23), "off", "Nghỉ hoán đổi với thứ Bảy 28/11")
WORKED = DayChoice(date(2026, 11, 28), "work", "Làm bù cho thứ Hai 23/11")
# In calendar days, working days, months; back from an event; of long ago; without a number.
LIMITS = ("T-01", "I-01", "I-09", "K-01", "Q-08", "T-11", "T-04", "T-12", "T-06")


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    open_vault()
    loaded_rules()
    yield a_staffed_commission()


@pytest.fixture
def clocks(staff: Staff) -> list[Deadline]:
    many_cases(staff, 60, limits=LIMITS)
    recount()
    return list(Deadline.select())


def days() -> dict[int, date | None]:
    return dict(Deadline.select(Deadline.id, Deadline.due_on).tuples())


def changed(*more: DayChoice) -> list[DayChoice]:
    return [*days_of(calendar_year(2026)), *more]


def test_many_counted_at_once_are_each_what_their_own_sheet_says(staff: Staff) -> None:
    many_cases(staff, 60, limits=LIMITS)
    for limit_id, amount in (("T-06", 11), ("T-12", 3)):
        RuleConfirmation.create(
            commission=staff.commission, rule_id=limit_id, verdict="corrected", amount=amount,
            version_from=next(one.valid_from for one in loaded_rules().time_limits if one.id == limit_id),
            basis="Văn bản thử", confirmed_by=staff.users[Role.CHAIR], confirmed_at=NOW,
        )  # fmt: skip
    for calendar in (current_calendar(), calendar_if(2026, changed(SWAP, WORKED), counts=True)):
        at_once = {one.id: day for one, day in counted(calendar)}
        each = {one.id: due_day(one, calendar) for one in Deadline.select()}
        assert at_once == each
        assert len(set(each.values())) > 50


def test_a_recount_writes_what_moved_and_a_second_one_nothing(staff: Staff) -> None:
    many_cases(staff, 30)
    first = recount()
    assert first.counted == 60
    assert first.written == Deadline.select().where(Deadline.due_on.is_null(False)).count() > 50
    assert recount() == counting.Recount(60, 0)


def test_deadlines_that_do_not_run_are_left_as_they_ended(staff: Staff) -> None:
    many_cases(staff, 4)
    met = Deadline.select().first()
    Deadline.update(state="met", met_on=met.started_on, due_on=met.started_on).where(
        Deadline.id == met.id
    ).execute()
    assert recount().counted == 7
    assert Deadline.get_by_id(met.id).due_on == met.started_on


def test_a_recount_that_was_interrupted_is_finished_by_the_next(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_cases(staff, 200)
    write, batches = counting._write_at_once, iter([True])

    def stop_after_one(some: Iterable[counting.Move]) -> int:
        if not next(batches, False):
            raise ConnectionError("the machine was switched off")
        return write(some)

    with monkeypatch.context() as broken, pytest.raises(ConnectionError):
        broken.setattr(counting, "_write_at_once", stop_after_one)
        counting.write(moves(current_calendar()))
    done = Deadline.select().where(Deadline.due_on.is_null(False)).count()
    assert done == counting.WRITTEN_AT_ONCE
    assert recount().written > 0
    assert moves(current_calendar()) == []


def test_a_day_written_meanwhile_is_not_written_over(staff: Staff) -> None:
    many_cases(staff, 2)
    found = moves(current_calendar())
    Deadline.update(due_on=date(2030, 1, 1)).where(Deadline.id == found[0].deadline.id).execute()
    assert counting.write(found) == len(found) - 1
    assert days()[found[0].deadline.id] == date(2030, 1, 1)


def test_changing_days_moves_the_clocks_and_one_event_names_every_move(
    staff: Staff, clocks: list[Deadline]
) -> None:
    before = days()
    change_days(staff.actor(Role.ADMINISTRATOR), 2026, changed(SWAP, WORKED), notice="1-TB/BNV", now=NOW)
    after = days()
    (event,) = AuditEvent.select().where(AuditEvent.verb == "calendar.changed")
    told = {
        number: (move["before"], move["after"])
        for move in event.data["moved"]
        for number in move["deadlines"]
    }
    moved = {one: (str(before[one]), str(after[one])) for one in before if before[one] != after[one]}
    assert told == moved
    assert event.data["moved_count"] == len(moved) > 5
    assert event.data["days"][0]["day"] == "2026-11-23"
    assert moves(current_calendar()) == []
    assert first_broken_event() is None


def test_a_preview_tells_what_the_change_then_does_and_stores_nothing(
    staff: Staff, clocks: list[Deadline]
) -> None:
    before, chair = days(), staff.actor(Role.CHAIR)
    shown = preview(chair, 2026, changed(SWAP), counts=True)
    assert days() == before
    assert CalendarYear.select().count() == 0
    change_days(chair, 2026, changed(SWAP), seen=shown.seen, now=NOW)
    after = days()
    assert {move.deadline.id: move.after for move in shown.listed} == {
        one: after[one] for one in before if before[one] != after[one]
    }
    assert (shown.others, shown.unlisted) == (0, 0)


def test_who_may_not_edit_learns_of_their_own_cases_only_and_may_not_store(
    staff: Staff, clocks: list[Deadline]
) -> None:
    inspector = staff.actor(Role.INSPECTOR)
    assert preview(inspector, 2026, changed(SWAP), counts=True).total == 0
    mine = moves(calendar_if(2026, changed(SWAP), counts=True))[0].deadline.case
    Case.update(directing=inspector.user_id).where(Case.id == mine.id).execute()
    shown = preview(inspector, 2026, changed(SWAP), counts=True)
    assert {move.deadline.case_id for move in shown.listed} == {mine.id}
    assert shown.others == 0
    with pytest.raises(NotAllowed):
        change_days(inspector, 2026, changed(SWAP), now=NOW)


def test_nobody_writes_over_a_year_they_have_not_seen(staff: Staff) -> None:
    seen = fingerprint(calendar_year(2026))
    change_days(staff.actor(Role.CHAIR), 2026, changed(SWAP), seen=seen, now=NOW)
    with pytest.raises(Stale):
        change_days(staff.actor(Role.CHAIR), 2026, changed(), seen=seen, now=NOW)
    with pytest.raises(Stale):
        confirm_year(staff.actor(Role.CHAIR), 2026, notice="1-TB/BNV", seen=seen, now=NOW)
    assert SWAP in days_of(calendar_year(2026))


def test_a_year_changed_while_it_was_counted_through_is_not_stored(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    chair, plain = staff.actor(Role.CHAIR), calendar_operations.moves

    def slow(*args: Any) -> Any:
        monkeypatch.setattr(calendar_operations, "moves", plain)
        change_days(chair, 2026, changed(WORKED), now=NOW)
        return plain(*args)

    monkeypatch.setattr(calendar_operations, "moves", slow)
    with pytest.raises(Stale):
        change_days(chair, 2026, changed(SWAP), now=NOW)
    assert WORKED in days_of(calendar_year(2026))
    assert SWAP not in days_of(calendar_year(2026))


def test_who_changes_a_year_that_counts_stands_for_it_by_name(staff: Staff) -> None:
    admin = staff.actor(Role.ADMINISTRATOR)
    kept = change_days(
        admin, 2026, changed(SWAP), notice=cited("9999/TB-BNV", date(2026, 11, 20)), now=NOW
    )  # fmt: skip
    assert (kept.notice, kept.confirmed_by_id) == ("9999/TB-BNV ngày 20/11/2026", admin.user_id)
    assert CalendarYear.get(CalendarYear.year == 2026).confirmed_at == NOW


def test_days_of_an_unconfirmed_year_are_kept_without_counting_on_them(staff: Staff) -> None:
    days = [*days_of(calendar_year(2027)), DayChoice(date(2027, 2, 8), "off", "Tết Nguyên đán")]
    change_days(staff.actor(Role.CHAIR), 2027, days, now=NOW)
    assert not calendar_year(2027).confirmed
    assert 2027 not in current_calendar().confirmed_years
    confirm_year(staff.actor(Role.CHAIR), 2027, notice="1-TB/BNV", notice_on=date(2026, 12, 1), now=NOW)
    assert calendar_year(2027).notice == "1-TB/BNV ngày 01/12/2026"
    assert current_calendar().why(date(2027, 2, 8)) == "Tết Nguyên đán"


def test_a_year_without_any_day_off_is_not_confirmed(staff: Staff) -> None:
    with pytest.raises(Invalid, match="chưa ghi ngày nghỉ nào"):
        confirm_year(staff.actor(Role.CHAIR), 2029, notice="1-TB/BNV", now=NOW)
    assert CalendarYear.select().count() == 0


@pytest.mark.parametrize(
    ("notice", "number", "on"),
    [
        ("9441/TB-BNV ngày 12/11/2025", "9441/TB-BNV", date(2025, 11, 12)),
        ("6150/TB-BLĐTBXH", "6150/TB-BLĐTBXH", None),
        ("", "", None),
    ],
)
def test_a_cited_notice_comes_apart_as_it_was_put_together(notice: str, number: str, on: date | None) -> None:
    assert number_and_day(notice) == (number, on)
    assert cited(number, on) == notice


def test_a_recount_asked_for_by_hand_is_told_in_the_journal_when_it_changed_something(staff: Staff) -> None:
    many_cases(staff, 3)
    done = recount_all(now=NOW)
    assert recount_all(now=NOW + timedelta(days=1)).written == 0
    (event,) = AuditEvent.select().where(AuditEvent.verb == "deadline.recounted")
    assert json.dumps(event.data) == json.dumps({"counted": 6, "written": done.written})


def test_a_batch_of_deadlines_costs_the_same_queries_however_many_they_are(
    staff: Staff, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def queries(cases: int) -> int:
        many_cases(staff, cases)
        sent: list[str] = []
        plain = database.execute_sql
        with monkeypatch.context() as watched:
            watched.setattr(
                database,
                "execute_sql",
                lambda sql, *rest, **more: sent.append(sql) or plain(sql, *rest, **more),
            )
            list(counted(current_calendar()))
        return len(sent)

    assert queries(5) == queries(100)
