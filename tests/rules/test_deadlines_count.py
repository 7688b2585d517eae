"""Counting a limit forward: start, unit, pause, extension, roll."""

from datetime import date

import pytest

from cases.deadlines.calendar import Calendar, CalendarNotConfirmed
from cases.deadlines.months import months_of
from cases.deadlines.rules import count, count_back, due_date
from cases.deadlines.trace import CountOutOfRange, add_months
from procedures.schema import RollPolicy, Unit

TET = {date(2026, 2, day): "Tết Nguyên đán" for day in range(16, 21)}
CALENDAR_2026 = Calendar(
    confirmed_years=frozenset({2026}),
    days_off={**TET, date(2026, 1, 1): "Tết Dương lịch", date(2026, 1, 2): "Nghỉ hoán đổi"},
    worked_saturdays=frozenset({date(2026, 1, 10), date(2026, 8, 22)}),
)


def test_the_day_of_the_event_is_not_counted() -> None:
    sheet = count(date(2026, 3, 2), 1, Unit.CALENDAR_DAY, CALENDAR_2026)
    assert sheet.due == date(2026, 3, 3)
    assert [(day.day, day.number) for day in sheet.trace] == [(date(2026, 3, 3), 1)]


def test_a_limit_of_zero_days_ends_on_the_event_itself() -> None:
    sheet = count(date(2026, 3, 2), 0, Unit.CALENDAR_DAY, CALENDAR_2026, [(date(2026, 3, 2), None)])
    assert (sheet.due, sheet.trace) == (date(2026, 3, 2), ())


def test_working_days_skip_weekends_and_tet_and_say_so() -> None:
    sheet = count(date(2026, 2, 12), 10, Unit.WORKING_DAY, CALENDAR_2026)
    assert sheet.due == date(2026, 3, 5)
    skipped = {day.day: day.reason for day in sheet.trace if not day.counted}
    assert skipped[date(2026, 2, 14)] == "Không tính: Thứ bảy"
    assert skipped[date(2026, 2, 15)] == "Không tính: Chủ nhật"
    assert skipped[date(2026, 2, 17)] == "Không tính: Tết Nguyên đán"


def test_a_worked_saturday_counts_as_a_working_day() -> None:
    sheet = count(date(2026, 1, 9), 1, Unit.WORKING_DAY, CALENDAR_2026)
    assert sheet.due == date(2026, 1, 10)
    assert sheet.trace[0].reason == "Được tính: Thứ bảy làm bù"


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 15), 12, date(2027, 3, 15)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(
    start: date, months: int, due: date
) -> None:
    assert count(start, months, Unit.MONTH, Calendar(), roll=RollPolicy.KEEP).due == due


def test_months_can_be_taken_away_over_the_new_year() -> None:
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)


def test_an_extension_runs_on_from_the_unrolled_due() -> None:
    sheet = count(date(2026, 3, 4), 10, Unit.CALENDAR_DAY, CALENDAR_2026, (), 10)
    assert (sheet.due, sheet.due_rolled) == (date(2026, 3, 14), date(2026, 3, 16))
    assert (sheet.due_extended, sheet.due_effective) == (date(2026, 3, 24), date(2026, 3, 24))
    assert [day.number for day in sheet.extension_trace] == list(range(11, 21))


@pytest.mark.parametrize(("amount", "granted"), [(90, 30), (45, 15), (20, 6), (2, 0)])
def test_a_third_is_rounded_down(amount: int, granted: int) -> None:
    sheet = count(date(2026, 3, 4), amount, Unit.CALENDAR_DAY, CALENDAR_2026, (), (1, 3))
    assert sheet.extension == granted


def test_an_extension_may_be_in_another_unit_than_the_limit() -> None:
    sheet = count(
        date(2026, 3, 2), 10, Unit.CALENDAR_DAY, CALENDAR_2026, (), 2, extension_unit=Unit.WORKING_DAY
    )
    assert sheet.due_extended == date(2026, 3, 16)


def test_showing_both_days_warns_on_the_earlier() -> None:
    sheet = count(date(2026, 3, 4), 10, Unit.CALENDAR_DAY, CALENDAR_2026)
    assert (sheet.due_effective, sheet.due_rolled) == (date(2026, 3, 14), date(2026, 3, 16))
    assert [day.reason for day in sheet.roll_trace] == [
        "Ngày cuối rơi vào: Thứ bảy",
        "Ngày cuối rơi vào: Chủ nhật",
    ]
    assert any("nhắc theo ngày sớm hơn, 14/03/2026" in warning for warning in sheet.warnings)
    assert "Ngày cuối rơi vào: Thứ bảy (14/03/2026); ngày làm việc kế tiếp là 16/03/2026." in sheet.lines


def test_rolling_makes_the_next_working_day_the_day_to_show() -> None:
    sheet = count(
        date(2026, 3, 4), 10, Unit.CALENDAR_DAY, CALENDAR_2026, (), 7, roll=RollPolicy.NEXT_WORKING_DAY
    )
    assert (sheet.due_extended, sheet.due_extended_rolled) == (date(2026, 3, 21), date(2026, 3, 23))
    assert sheet.due_effective == date(2026, 3, 23)
    assert sheet.warnings == ()


def test_keeping_the_day_off_needs_no_calendar() -> None:
    sheet = count(date(2030, 3, 4), 10, Unit.CALENDAR_DAY, Calendar(), roll=RollPolicy.KEEP)
    assert sheet.due == sheet.due_rolled == sheet.due_effective == date(2030, 3, 14)
    assert sheet.trace[0].reason == "Được tính: Thứ ba, lịch năm 2030 chưa xác nhận"


@pytest.mark.parametrize("unit", [Unit.CALENDAR_DAY, Unit.WORKING_DAY])
def test_leaving_the_confirmed_years_is_refused_naming_the_year(unit: Unit) -> None:
    with pytest.raises(CalendarNotConfirmed) as refused:
        count(date(2026, 12, 20), 40, unit, CALENDAR_2026)
    assert refused.value.year == 2027
    assert "2027" in refused.value.message


def test_a_roll_alone_may_be_left_open_and_is_then_told() -> None:
    sheet = count(date(2026, 12, 20), 40, Unit.CALENDAR_DAY, CALENDAR_2026, refuse_open_roll=False)
    assert (sheet.due, sheet.due_rolled, sheet.due_effective) == (
        date(2027, 1, 29),
        None,
        date(2027, 1, 29),
    )
    assert any("Lịch làm việc năm 2027 chưa được xác nhận" in warning for warning in sheet.warnings)


def test_only_the_extended_day_may_lie_outside_the_confirmed_years() -> None:
    sheet = count(date(2026, 12, 1), 10, Unit.CALENDAR_DAY, CALENDAR_2026, (), 30, refuse_open_roll=False)
    assert (sheet.due_rolled, sheet.due_extended_rolled) == (date(2026, 12, 11), None)
    assert any("năm 2027 chưa được xác nhận" in warning for warning in sheet.warnings)


def test_a_limit_shown_on_its_rolled_day_is_never_left_open() -> None:
    with pytest.raises(CalendarNotConfirmed):
        count(
            date(2026, 12, 20), 40, Unit.CALENDAR_DAY, CALENDAR_2026,
            roll=RollPolicy.NEXT_WORKING_DAY, refuse_open_roll=False,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "amount", "extension"),
    [
        (date(2026, 3, 2), -1, None),
        (date(2026, 3, 2), 10**9, None),
        (date(1800, 3, 2), 1, None),
        (date(2026, 3, 2), 1, -1),
        (date(2026, 3, 2), 1, (1, 0)),
        (date(2026, 3, 2), 1, (-1, 3)),
        (date(2026, 3, 2), 1, 10**9),
    ],
)
@pytest.mark.parametrize("unit", [Unit.CALENDAR_DAY, Unit.MONTH])
def test_a_period_nobody_can_mean_is_refused(
    unit: Unit, start: date, amount: int, extension: int | tuple[int, int] | None
) -> None:
    with pytest.raises(CountOutOfRange):
        count(start, amount, unit, Calendar(), (), extension, roll=RollPolicy.KEEP)


def test_a_pause_of_centuries_is_refused_instead_of_walked() -> None:
    endless = [(date(2026, 3, 3), date(9999, 12, 31))]
    with pytest.raises(CountOutOfRange):
        count(date(2026, 3, 2), 1, Unit.CALENDAR_DAY, Calendar(), endless, roll=RollPolicy.KEEP)


def test_counting_back_leaves_the_opening_day_out() -> None:
    sheet = count_back(date(2026, 3, 2), 25, Unit.WORKING_DAY, CALENDAR_2026)
    assert sheet.due == date(2026, 1, 19)
    assert sheet.backwards
    assert (sheet.trace[0].day, sheet.trace[0].counted) == (date(2026, 3, 1), False)
    assert sum(day.counted for day in sheet.trace) == 25


def test_counting_back_months_ends_on_the_corresponding_day() -> None:
    assert count_back(date(2026, 3, 31), 1, Unit.MONTH, CALENDAR_2026).due == date(2026, 2, 28)


def test_counting_back_months_without_that_day_ends_on_the_last_of_the_month() -> None:
    assert count_back(date(2028, 3, 31), 1, Unit.MONTH, CALENDAR_2026).due == date(2028, 2, 29)


def test_counting_back_goes_over_the_new_year_into_a_confirmed_year_only() -> None:
    both = Calendar(confirmed_years=frozenset({2025, 2026}), days_off=CALENDAR_2026.days_off)
    sheet = count_back(date(2026, 1, 7), 5, Unit.WORKING_DAY, both)
    assert sheet.due == date(2025, 12, 29)
    assert [day.number for day in sheet.trace if day.counted] == [1, 2, 3, 4, 5]
    assert [day.day for day in sheet.trace] == sorted((day.day for day in sheet.trace), reverse=True)
    with pytest.raises(CalendarNotConfirmed) as refused:
        count_back(date(2026, 1, 7), 5, Unit.WORKING_DAY, CALENDAR_2026)
    assert refused.value.year == 2025


def test_counting_back_never_rolls_and_says_what_it_found() -> None:
    sheet = count_back(date(2026, 3, 16), 2, Unit.CALENDAR_DAY, CALENDAR_2026)
    assert (sheet.due, sheet.due_rolled, sheet.due_effective) == (date(2026, 3, 14),) * 3
    assert (sheet.roll_trace, sheet.warnings) == ((), ())
    assert sheet.lines == (
        "Tính ngược 2 ngày trước 16/03/2026 (không tính ngày này).",
        "Ngày đầu tiên của khoảng này: 14/03/2026.",
    )


@pytest.mark.parametrize("unit", list(Unit))
def test_counting_back_nothing_stays_on_the_event(unit: Unit) -> None:
    sheet = count_back(date(2026, 3, 16), 0, unit, CALENDAR_2026)
    assert (sheet.due, sheet.trace) == (date(2026, 3, 16), ())


def test_a_share_is_counted_in_the_unit_of_the_limit_whatever_extensions_are_in() -> None:
    sheet = count(
        date(2026, 3, 2), 90, Unit.CALENDAR_DAY, CALENDAR_2026, (), (1, 3), extension_unit=Unit.MONTH
    )
    assert (sheet.extension, sheet.extension_unit) == (30, Unit.CALENDAR_DAY)
    assert sheet.due_extended == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("months", "extension", "due_extended"),
    [(1, 1, date(2026, 3, 28)), (1, (1, 3), date(2026, 2, 28)), (3, (1, 3), date(2026, 5, 30))],
)
def test_an_extension_by_months_runs_on_from_the_due_day_not_from_the_start(
    months: int, extension: int | tuple[int, int], due_extended: date
) -> None:
    start = date(2026, 1, 31) if months == 1 else date(2026, 1, 30)
    assert count(start, months, Unit.MONTH, CALENDAR_2026, (), extension).due_extended == due_extended


def test_the_extension_of_a_limit_that_ends_on_a_day_off_begins_there() -> None:
    sheet = count(
        date(2026, 3, 4), 10, Unit.CALENDAR_DAY, CALENDAR_2026, (), 10, roll=RollPolicy.NEXT_WORKING_DAY
    )
    assert (sheet.due_rolled, sheet.due_extended) == (date(2026, 3, 16), date(2026, 3, 24))


def test_working_days_go_on_over_the_new_year() -> None:
    both = Calendar(confirmed_years=frozenset({2025, 2026}), days_off=CALENDAR_2026.days_off)
    sheet = count(date(2025, 12, 29), 5, Unit.WORKING_DAY, both)
    assert sheet.due == due_date(date(2025, 12, 29), 5, Unit.WORKING_DAY, both) == date(2026, 1, 7)
    assert [day.number for day in sheet.trace] == [1, 2, None, None, None, None, 3, 4, 5]


def test_the_day_alone_is_refused_as_the_sheet_is() -> None:
    with pytest.raises(CalendarNotConfirmed):
        due_date(date(2026, 12, 20), 40, Unit.WORKING_DAY, CALENDAR_2026)
    with pytest.raises(CountOutOfRange):
        due_date(date(2026, 3, 2), -1, Unit.WORKING_DAY, CALENDAR_2026)
    assert due_date(date(2026, 12, 20), 40, Unit.CALENDAR_DAY, CALENDAR_2026) == date(2027, 1, 29)


def test_a_table_changed_after_it_became_a_calendar_changes_no_count() -> None:
    days_off = {date(2026, 3, 3): "Nghỉ"}
    calendar = Calendar(confirmed_years=frozenset({2026}), days_off=days_off)
    days_off.clear()
    assert due_date(date(2026, 3, 2), 1, Unit.WORKING_DAY, calendar) == date(2026, 3, 4)
    assert not calendar.is_working_day(date(2026, 3, 3))


def test_the_days_of_a_sheet_are_read_by_month_with_the_days_off_at_its_end() -> None:
    months = months_of(count(date(2026, 4, 28), 11, Unit.CALENDAR_DAY, CALENDAR_2026))
    assert [(found.month, found.counted, found.skipped) for found in months] == [(4, 2, 0), (5, 9, 1)]
    assert [(day.day, day.number) for day in months[-1].days][-2:] == [
        (date(2026, 5, 9), 11),
        (date(2026, 5, 10), None),
    ]
