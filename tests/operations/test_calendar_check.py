"""The calendar beside the `holidays` package: differences shown, drafts made, nothing taken over unseen."""

from datetime import date

import pytest
from peewee import Database

from cases.deadlines.calendar_check import computed, cross_check, proposal
from cases.deadlines.calendar_preview import checked_days
from cases.deadlines.models import CalendarYear
from cases.deadlines.queries import YearView, calendar_year
from tests.support.running_cases import loaded_rules


def test_the_package_misses_a_swap_of_2026_and_the_saturday_worked_for_it(database: Database) -> None:
    loaded_rules()
    off, worked = cross_check(calendar_year(2026))
    assert (off.day, off.in_package) == (date(2026, 1, 2), "")
    assert (worked.day, worked.in_package) == (date(2026, 1, 10), "")
    assert "hoán đổi" in off.sentence
    assert "làm bù" in worked.sentence


def test_the_confirmed_year_2025_and_the_package_agree(database: Database) -> None:
    loaded_rules()
    assert cross_check(calendar_year(2025)) == ()


def test_what_the_table_lacks_is_said_with_the_name_the_package_gives_it(database: Database) -> None:
    loaded_rules()
    found = {remark.day: remark for remark in cross_check(calendar_year(2027))}
    assert found[date(2027, 4, 30)].in_package == "Ngày Chiến thắng"
    assert found[date(2027, 4, 30)].in_table == ""
    assert date(2027, 4, 16) not in found, "both know Giỗ Tổ"
    assert date(2027, 2, 6) not in found, "a Saturday is off anyway"


@pytest.mark.parametrize("year", range(2016, 2031))
def test_every_year_in_use_can_be_drafted_as_a_calendar_that_stands(year: int) -> None:
    draft = proposal(YearView(year=year, notice="", confirmed=False))
    assert checked_days(year, draft) == draft
    off = [one for one in draft if one.kind == "off"]
    assert len(off) >= 9
    assert {one.name for one in off} >= {"Tết Dương lịch"} or date(year, 1, 1).weekday() >= 5


def test_a_draft_keeps_what_is_known_of_the_year_under_its_own_name(database: Database) -> None:
    loaded_rules()
    draft = {one.day: one.name for one in proposal(calendar_year(2027))}
    assert draft[date(2027, 4, 16)] == "Giỗ Tổ Hùng Vương"
    assert draft[date(2027, 2, 8)] == "Mùng ba Tết Nguyên Đán"
    assert CalendarYear.select().count() == 0


def test_a_day_that_the_law_leaves_open_is_shown_and_not_drafted() -> None:
    year = YearView(year=2029, notice="", confirmed=False)
    monday = date(2029, 11, 26)
    assert monday in {one.day for one in computed(2029)}
    assert monday not in {one.day for one in proposal(year)}
    (remark,) = [one for one in cross_check(year) if one.day == monday]
    assert "Chưa rõ" in remark.sentence
