"""The calendar, the limits of the rule book, requests to extend or pause, and how urgent a day is."""

from datetime import date

import pytest

from cases.deadlines.calendar import Calendar, CalendarNotConfirmed
from cases.deadlines.extensions import (
    Verdict,
    check_extension,
    check_extension_of,
    check_pause_of,
    longest_extension,
)
from cases.deadlines.rules import (
    DeadlineState,
    LimitWithoutNumber,
    calendar_from,
    days_left,
    sheet_for,
    state,
)
from procedures.schema import (
    CalendarDay,
    Confidence,
    EventType,
    Extension,
    Fraction,
    HolidayYear,
    Measure,
    Role,
    RollPolicy,
    TimeLimit,
    Unit,
)

THIRD = Extension(
    fraction=Fraction(numerator=1, denominator=3),
    unit=Unit.CALENDAR_DAY,
    times=1,
    decided_by=Role.CHAIR,
    confidence=Confidence.SOURCE,
)
LIMIT = TimeLimit(
    id="T-01",
    label="Giải quyết tố cáo",
    amount=90,
    unit=Unit.CALENDAR_DAY,
    starts_on=EventType.LETTER_RECEIVED,
    extension=THIRD,
    pauses=("expert_opinion",),
    basis="22-QĐ/TW",
    article="Điều 20",
    source="S01",
    confidence=Confidence.SOURCE,
)
YEAR = HolidayYear(
    year=2026,
    complete=True,
    days_off=(CalendarDay(day=date(2026, 9, 2), name="Quốc khánh"),),
    worked_days=(CalendarDay(day=date(2026, 8, 22), name="Làm bù"),),
    notice="9441/TB-BNV",
    confidence=Confidence.SOURCE,
)
CALENDAR = calendar_from([YEAR], confirmed_years=[2026])


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        (date(2026, 9, 1), True, "ngày làm việc"),
        (date(2026, 9, 2), False, "Quốc khánh"),
        (date(2026, 8, 22), True, "Thứ bảy làm bù"),
        (date(2026, 8, 29), False, "Thứ bảy"),
        (date(2026, 8, 30), False, "Chủ nhật"),
    ],
)
def test_the_calendar_says_whether_and_why(day: date, works: bool, why: str) -> None:
    assert (CALENDAR.is_working_day(day), CALENDAR.why(day)) == (works, why)


def test_a_year_that_is_only_written_down_is_not_confirmed() -> None:
    unconfirmed = calendar_from([YEAR], confirmed_years=[])
    with pytest.raises(CalendarNotConfirmed):
        unconfirmed.is_working_day(date(2026, 9, 2))
    with pytest.raises(CalendarNotConfirmed):
        unconfirmed.why(date(2026, 9, 2))


@pytest.mark.parametrize("day", [date(2026, 8, 21), date(2026, 8, 22)])
def test_only_a_free_weekend_day_can_be_worked_instead(day: date) -> None:
    with pytest.raises(ValueError, match="weekend"):
        Calendar(worked_saturdays=frozenset({day}), days_off={date(2026, 8, 22): "Nghỉ"})


def test_a_sheet_names_its_rule_article_and_confidence() -> None:
    sheet = sheet_for(LIMIT, date(2026, 3, 2), CALENDAR)
    assert sheet.lines[0] == "T-01 – Giải quyết tố cáo. Căn cứ: 22-QĐ/TW Điều 20 (đã đọc trong văn bản)."
    assert (sheet.due, sheet.extension, sheet.warnings) == (
        date(2026, 5, 31),
        None,
        ("Văn bản của Đảng không nói rõ ngày cuối rơi vào ngày nghỉ thì có lùi hay không: "
         "nhắc theo ngày sớm hơn, 31/05/2026.",),
    )  # fmt: skip


def test_granted_extensions_add_up_in_the_unit_of_the_extension() -> None:
    sheet = sheet_for(LIMIT, date(2026, 3, 2), CALENDAR, granted=[10, 20], pauses=[])
    assert (sheet.due_extended, sheet.extension_unit) == (date(2026, 6, 30), Unit.CALENDAR_DAY)


def test_an_unconfirmed_limit_warns_until_the_commission_confirms_it() -> None:
    doubtful = LIMIT.model_copy(
        update={
            "confidence": Confidence.INFERRED,
            "basis": None,
            "article": None,
            "extension": None,
            "roll": RollPolicy.KEEP,
        }
    )
    warned = sheet_for(doubtful, date(2026, 3, 2), CALENDAR)
    assert warned.warnings == ("Thời hạn T-01: suy ra, chưa xác nhận; chỉ để nhắc việc.",)
    assert "chưa có văn bản" in warned.lines[0]
    assert sheet_for(doubtful, date(2026, 3, 2), CALENDAR, confirmed_by_commission=True).warnings == ()


def test_a_backward_limit_is_counted_back() -> None:
    backward = LIMIT.model_copy(update={"backwards": True, "amount": 5})
    assert sheet_for(backward, date(2026, 3, 12), CALENDAR).due == date(2026, 3, 7)


@pytest.mark.parametrize(("pauses", "granted"), [([(date(2026, 3, 9), None)], []), ([], [5])])
def test_a_backward_limit_says_that_nothing_stops_or_extends_it(
    pauses: list[tuple[date, date | None]], granted: list[int]
) -> None:
    backward = LIMIT.model_copy(update={"backwards": True, "amount": 5})
    sheet = sheet_for(backward, date(2026, 3, 12), CALENDAR, pauses=pauses, granted=granted)
    assert sheet.due == date(2026, 3, 7)
    assert sheet.warnings == (
        "Thời hạn tính ngược từ một ngày đã định: tạm dừng, gia hạn không làm đổi ngày này.",
    )


def test_a_limit_set_by_the_plan_cannot_be_counted() -> None:
    planned = LIMIT.model_copy(update={"measure": Measure.PLAN_DATE, "amount": None})
    with pytest.raises(LimitWithoutNumber, match="T-01"):
        sheet_for(planned, date(2026, 3, 2), CALENDAR)


def test_an_extension_within_a_confirmed_rule_is_allowed() -> None:
    assert check_extension_of(LIMIT, 30).verdict is Verdict.ALLOWED


@pytest.mark.parametrize(("asked", "granted"), [(31, ()), (1, (10,)), (0, ()), (-5, ())])
def test_an_extension_beyond_a_confirmed_rule_is_refused_with_a_reason(
    asked: int, granted: tuple[int, ...]
) -> None:
    answer = check_extension_of(LIMIT, asked, granted=granted)
    assert answer.verdict is Verdict.REFUSED
    assert len(answer.reasons) == 1


def test_an_extension_beyond_an_unconfirmed_rule_only_warns() -> None:
    doubtful = THIRD.model_copy(update={"confidence": Confidence.INFERRED})
    limit = LIMIT.model_copy(update={"extension": doubtful})
    answer = check_extension_of(limit, 31)
    assert answer.verdict is Verdict.WARNED
    assert len(answer.reasons) == 2
    assert check_extension_of(limit, 31, confirmed_by_commission=True).verdict is Verdict.REFUSED


def test_a_limit_that_names_no_extension_allows_none() -> None:
    assert check_extension_of(LIMIT.model_copy(update={"extension": None}), 1).verdict is Verdict.REFUSED


@pytest.mark.parametrize(("asked", "verdict"), [(90, Verdict.ALLOWED), (91, Verdict.REFUSED)])
def test_the_cap_bounds_the_limit_with_all_its_extensions(asked: int, verdict: Verdict) -> None:
    capped = Extension(
        cap=180, unit=Unit.CALENDAR_DAY, times=None, decided_by=Role.CHAIR, confidence=Confidence.UNKNOWN
    )
    limit = LIMIT.model_copy(update={"extension": capped})
    assert check_extension_of(limit, asked, confirmed_by_commission=True).verdict is verdict
    again = check_extension_of(limit, asked - 30, granted=[30], confirmed_by_commission=True)
    assert again.verdict is verdict
    other_unit = capped.model_copy(update={"unit": Unit.MONTH})
    limit = LIMIT.model_copy(update={"extension": other_unit})
    assert check_extension_of(limit, asked, confirmed_by_commission=True).verdict is Verdict.ALLOWED


def test_without_written_bounds_a_confirmed_rule_allows_any_length() -> None:
    assert check_extension(500, base=90, confirmed=True).verdict is Verdict.ALLOWED


def test_the_longest_extension_is_the_number_or_the_share_rounded_down() -> None:
    number = THIRD.model_copy(update={"fraction": None, "amount": 30})
    assert (longest_extension(THIRD, 20), longest_extension(number, 20)) == (6, 30)


def test_only_reasons_written_in_the_limit_stop_its_clock() -> None:
    assert check_pause_of(LIMIT, "expert_opinion").verdict is Verdict.ALLOWED
    assert check_pause_of(LIMIT, "holiday").verdict is Verdict.REFUSED
    doubtful = LIMIT.model_copy(update={"confidence": Confidence.SECONDARY})
    assert check_pause_of(doubtful, "holiday").verdict is Verdict.WARNED


@pytest.mark.parametrize(
    ("due", "met_on", "expected"),
    [
        (date(2026, 11, 22), None, DeadlineState.OVERDUE),
        (date(2026, 11, 25), None, DeadlineState.TODAY),
        (date(2026, 11, 29), None, DeadlineState.THIS_WEEK),
        (date(2026, 11, 30), None, DeadlineState.UPCOMING),
        (date(2026, 11, 22), date(2026, 11, 24), DeadlineState.MET),
        (None, None, DeadlineState.PAUSED),
    ],
)
def test_a_deadline_says_how_urgent_it_is(
    due: date | None, met_on: date | None, expected: DeadlineState
) -> None:
    assert state(due, date(2026, 11, 25), met_on) is expected


def test_days_left_are_negative_after_the_due_day() -> None:
    assert days_left(date(2026, 11, 20), date(2026, 11, 25)) == -5
