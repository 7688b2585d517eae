"""Pauses of a limit: wherever one lies, what moves, what is traced, and what is said."""

from datetime import date

import pytest

from cases.deadlines.calendar import Calendar
from cases.deadlines.pauses import Pause, PauseBackwards, merge_pauses
from cases.deadlines.rules import count, due_date
from cases.deadlines.sheet import DeadlineSheet
from procedures.schema import RollPolicy, Unit

CALENDAR_2026 = Calendar(confirmed_years=frozenset({2026}))
START = date(2026, 3, 2)


def march(day: int) -> date:
    return date(2026, 3, day)


def paused_days(sheet: DeadlineSheet) -> tuple[list[int], list[int]]:
    """The paused days of March that the limit and its extension trace."""
    reason = "Không tính: đang tạm dừng"
    limit, extension = sheet.trace, sheet.extension_trace
    return (
        [day.day.day for day in limit if day.reason == reason],
        [day.day.day for day in extension if day.reason == reason],
    )


@pytest.mark.parametrize(
    ("first", "last", "due", "extended", "traced"),
    [
        (march(3), march(3), 13, 18, ([3], [])),
        (march(5), march(6), 14, 19, ([5, 6], [])),
        (date(2026, 2, 20), march(4), 14, 19, ([3, 4], [])),
        (march(2), march(4), 14, 19, ([3, 4], [])),
        (march(12), march(12), 13, 18, ([12], [])),
        (march(11), march(15), 17, 22, ([11, 12, 13, 14, 15], [])),
        (march(13), march(14), 12, 19, ([], [13, 14])),
        (march(15), march(16), 12, 19, ([], [15, 16])),
        (march(17), march(17), 12, 18, ([], [17])),
        (march(16), march(20), 12, 22, ([], [16, 17, 18, 19, 20])),
    ],
    ids=[
        "first day", "inside", "over the start", "from the start", "last day", "over the last day",
        "right after the due day", "inside the extension", "last day of the extension",
        "over the end of the extension",
    ],
)  # fmt: skip
def test_a_pause_moves_the_limit_it_lies_in_and_what_comes_after(
    first: date, last: date, due: int, extended: int, traced: tuple[list[int], list[int]]
) -> None:
    sheet = count(START, 10, Unit.CALENDAR_DAY, CALENDAR_2026, [(first, last)], 5, roll=RollPolicy.KEEP)
    assert (sheet.due, sheet.due_extended) == (march(due), march(extended))
    assert paused_days(sheet) == traced
    assert [line for line in sheet.lines if line.startswith("Tạm dừng")]
    assert sheet.warnings == ()


@pytest.mark.parametrize(
    ("first", "last", "where"),
    [
        (date(2026, 2, 20), date(2026, 2, 25), "trước ngày đầu tiên được tính"),
        (date(2026, 2, 20), march(2), "trước ngày đầu tiên được tính"),
        (march(2), march(2), "trước ngày đầu tiên được tính"),
        (march(18), march(20), "sau ngày cuối 17/03/2026"),
        (march(18), None, "sau ngày cuối 17/03/2026"),
    ],
)
def test_a_pause_outside_limit_and_extension_changes_nothing_and_is_told(
    first: date, last: date | None, where: str
) -> None:
    sheet = count(START, 10, Unit.CALENDAR_DAY, CALENDAR_2026, [(first, last)], 5, roll=RollPolicy.KEEP)
    assert (sheet.due, sheet.due_extended, paused_days(sheet)) == (march(12), march(17), ([], []))
    assert [f"({where}) nên không đổi thời hạn." in warning for warning in sheet.warnings] == [True]
    assert not [line for line in sheet.lines if line.startswith("Tạm dừng")]


def test_a_pause_after_the_due_day_of_a_limit_without_extension_changes_nothing() -> None:
    sheet = count(START, 10, Unit.CALENDAR_DAY, CALENDAR_2026, [(march(13), march(20))])
    assert (sheet.due, sheet.due_rolled) == (march(12), march(12))
    assert "sau ngày cuối 12/03/2026" in sheet.warnings[0]


def test_pauses_of_limit_and_extension_move_each_their_own_part() -> None:
    pauses = [(march(19), march(20)), (march(5), march(6))]
    sheet = count(START, 10, Unit.CALENDAR_DAY, CALENDAR_2026, pauses, 5, roll=RollPolicy.KEEP)
    assert (sheet.due, sheet.due_extended) == (march(14), march(21))
    assert paused_days(sheet) == ([5, 6], [19, 20])
    assert [day.number for day in sheet.extension_trace if day.counted] == [11, 12, 13, 14, 15]


def test_a_roll_does_not_stop_for_a_pause_that_begins_after_the_last_day() -> None:
    sheet = count(march(4), 10, Unit.CALENDAR_DAY, CALENDAR_2026, [(march(15), march(20))])
    assert (sheet.due, sheet.due_rolled, len(sheet.warnings)) == (march(14), march(16), 2)


def test_a_month_of_extension_grows_by_its_paused_days() -> None:
    pause = [(date(2026, 4, 20), date(2026, 4, 29))]
    sheet = count(START, 1, Unit.MONTH, CALENDAR_2026, pause, 1)
    assert (sheet.due, sheet.due_extended) == (date(2026, 4, 2), date(2026, 5, 12))


def test_a_pause_over_a_weekend_alone_moves_no_working_day_but_is_traced() -> None:
    sheet = count(START, 10, Unit.WORKING_DAY, CALENDAR_2026, [(march(7), march(8))])
    assert (sheet.due, paused_days(sheet)) == (march(16), ([7, 8], []))


def test_a_pause_inside_an_extension_of_working_days_moves_it_by_its_working_days() -> None:
    friday_to_monday = [(march(13), march(16))]
    sheet = count(
        START, 10, Unit.CALENDAR_DAY, CALENDAR_2026, friday_to_monday, 2, extension_unit=Unit.WORKING_DAY
    )
    assert (sheet.due, sheet.due_extended) == (march(12), march(18))


def test_a_pause_that_runs_since_before_the_start_holds_every_day_and_says_since_when() -> None:
    sheet = count(START, 10, Unit.CALENDAR_DAY, CALENDAR_2026, [(date(2026, 2, 20), None)])
    assert (sheet.due, sheet.remaining) == (None, 10)
    assert [tuple(day) for day in sheet.trace] == [
        (march(3), False, None, "Tạm dừng từ ngày 20/02/2026, chưa kết thúc")
    ]
    assert any("còn 10 ngày chưa tính" in warning for warning in sheet.warnings)


def test_a_pause_running_from_the_last_day_keeps_that_day_back() -> None:
    sheet = count(START, 10, Unit.CALENDAR_DAY, CALENDAR_2026, [(march(12), None)])
    assert (sheet.due, sheet.remaining, sheet.trace[-1].day) == (None, 1, march(12))


def test_paused_days_need_no_confirmed_calendar() -> None:
    over_the_year = [(date(2026, 12, 10), date(2027, 12, 31))]
    before = count(date(2026, 12, 1), 5, Unit.WORKING_DAY, CALENDAR_2026, over_the_year)
    assert before.due == date(2026, 12, 8)
    running = [(date(2026, 12, 10), None)]
    held = count(date(2026, 12, 1), 50, Unit.WORKING_DAY, CALENDAR_2026, running)
    assert (held.due, held.remaining, held.trace[-1].day) == (None, 44, date(2026, 12, 10))
    two_years = Calendar(confirmed_years=frozenset({2026, 2028}))
    after = count(date(2026, 12, 1), 8, Unit.WORKING_DAY, two_years, over_the_year)
    assert after.due == date(2028, 1, 4)


@pytest.mark.parametrize("last", [None, march(6)])
def test_the_day_alone_is_the_same_as_on_the_sheet(last: date | None) -> None:
    pauses = [(march(5), last)]
    sheet = count(START, 10, Unit.WORKING_DAY, CALENDAR_2026, pauses, (1, 3))
    assert due_date(START, 10, Unit.WORKING_DAY, CALENDAR_2026, pauses) == sheet.due
    assert due_date(START, 10, Unit.WORKING_DAY, CALENDAR_2026, pauses, (1, 3)) == sheet.due_extended


def test_days_inside_a_pause_do_not_count_and_overlapping_pauses_count_once() -> None:
    pauses = [(date(2026, 3, 5), date(2026, 3, 8)), (date(2026, 3, 7), date(2026, 3, 10))]
    sheet = count(date(2026, 3, 2), 10, Unit.CALENDAR_DAY, CALENDAR_2026, pauses)
    assert sheet.due == date(2026, 3, 18)
    paused = [day.day.day for day in sheet.trace if day.reason == "Không tính: đang tạm dừng"]
    assert paused == [5, 6, 7, 8, 9, 10]
    assert "Tạm dừng từ 05/03/2026 đến 10/03/2026: không tính các ngày này." in sheet.lines


def test_a_pause_moves_a_working_day_limit_by_its_working_days_only() -> None:
    friday_to_monday = [(date(2026, 3, 6), date(2026, 3, 9))]
    plain = count(date(2026, 3, 2), 5, Unit.WORKING_DAY, CALENDAR_2026)
    paused = count(date(2026, 3, 2), 5, Unit.WORKING_DAY, CALENDAR_2026, friday_to_monday)
    assert (plain.due, paused.due) == (date(2026, 3, 9), date(2026, 3, 11))


def test_a_pause_moves_a_month_limit_by_its_calendar_days() -> None:
    pause = [(date(2026, 3, 10), date(2026, 3, 19))]
    sheet = count(date(2026, 3, 1), 1, Unit.MONTH, CALENDAR_2026, pause)
    assert sheet.due == date(2026, 4, 11)


@pytest.mark.parametrize("pause", [(date(2026, 2, 1), date(2026, 3, 2)), (date(2026, 3, 13), None)])
def test_a_pause_outside_the_running_time_changes_nothing_and_is_told(
    pause: tuple[date, date | None],
) -> None:
    sheet = count(date(2026, 3, 2), 10, Unit.CALENDAR_DAY, CALENDAR_2026, [pause])
    assert sheet.due == date(2026, 3, 12)
    assert ["nằm ngoài thời gian đang tính" in warning for warning in sheet.warnings] == [True]


def test_a_pause_of_an_immediate_limit_is_told_as_idle() -> None:
    sheet = count(
        date(2026, 3, 2), 0, Unit.CALENDAR_DAY, CALENDAR_2026, [(date(2026, 3, 3), date(2026, 3, 4))]
    )
    assert len(sheet.warnings) == 1


def test_a_running_pause_leaves_the_due_day_unknown_and_says_what_remains() -> None:
    sheet = count(date(2026, 3, 2), 10, Unit.CALENDAR_DAY, CALENDAR_2026, [(date(2026, 3, 6), None)], 5)
    assert (sheet.due, sheet.due_rolled, sheet.due_extended, sheet.due_effective) == (None,) * 4
    assert sheet.remaining == 7
    assert sheet.running_pause == Pause(date(2026, 3, 6))
    assert sheet.trace[-1].reason == "Tạm dừng từ ngày này, chưa kết thúc"
    assert "Tạm dừng từ 06/03/2026, chưa kết thúc." in sheet.lines
    assert any("còn 7 ngày chưa tính" in warning for warning in sheet.warnings)


def test_a_pause_running_inside_the_extension_leaves_only_the_extended_day_unknown() -> None:
    sheet = count(date(2026, 3, 2), 10, Unit.CALENDAR_DAY, CALENDAR_2026, [(date(2026, 3, 15), None)], 5)
    assert (sheet.due, sheet.due_extended, sheet.due_effective) == (date(2026, 3, 12), None, None)
    assert sheet.remaining == 3
    assert "Gia hạn 5 ngày, tính tiếp từ 12/03/2026." in sheet.lines


def test_a_pause_ending_before_it_begins_is_refused_with_both_days() -> None:
    with pytest.raises(PauseBackwards) as refused:
        merge_pauses([(date(2026, 3, 5), date(2026, 3, 1))])
    assert (refused.value.first, refused.value.last) == (date(2026, 3, 5), date(2026, 3, 1))
    assert "05/03/2026" in refused.value.message


def test_pauses_that_touch_become_one() -> None:
    pauses = [(date(2026, 3, 5), date(2026, 3, 6)), (date(2026, 3, 7), date(2026, 3, 8))]
    assert merge_pauses(pauses) == (Pause(date(2026, 3, 5), date(2026, 3, 8)),)


@pytest.mark.parametrize("day", [date(2026, 3, 3), date(2026, 3, 12)])
def test_a_pause_on_the_first_or_on_the_last_day_is_told_as_a_pause(day: date) -> None:
    sheet = count(date(2026, 3, 2), 10, Unit.CALENDAR_DAY, CALENDAR_2026, [(day, day)])
    assert sheet.due == date(2026, 3, 13)
    assert sheet.warnings == ()
    assert len([line for line in sheet.lines if line.startswith("Tạm dừng")]) == 1


def test_a_running_pause_swallows_the_later_ones() -> None:
    pauses = [
        (date(2026, 3, 9), date(2026, 3, 10)),
        (date(2026, 3, 5), None),
        (date(2026, 3, 1), date(2026, 3, 2)),
    ]
    assert merge_pauses(pauses) == (Pause(date(2026, 3, 1), date(2026, 3, 2)), Pause(date(2026, 3, 5)))
