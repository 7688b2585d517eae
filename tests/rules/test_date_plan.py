"""The date plan of a case: what happened binds, what has not is expected, one change moves all behind it."""

from datetime import date, timedelta
from typing import Any

import pytest

from cases.deadlines.date_plan import Assumptions, Ground, PlannedLimit, date_plan, rule_day
from cases.deadlines.rules import calendar_from
from procedures.load import load_rulebook
from procedures.schema import EventType, Level, RuleBook, TimeLimit

BOOK: RuleBook = load_rulebook()
TODAY = date(2026, 3, 2)
E = EventType


def find_limit(limit_id: str, on: date) -> TimeLimit | None:
    return BOOK.time_limit(limit_id) if on == date.max else BOOK.time_limit(limit_id, on=on)


GROUND = Ground(find_limit, calendar_from(BOOK.calendar, confirmed_years={2025, 2026}), Level.PROVINCE)


def plan(code: str, **facts: Any) -> dict[str, PlannedLimit]:
    edition = BOOK.procedure(code, TODAY)
    assumptions = Assumptions(edition=edition, **facts)
    return {one.limit.id: one for one in date_plan(assumptions, GROUND)}


def test_a_limit_is_counted_from_what_happened() -> None:
    found = plan("TC-03", happened={E.LETTER_RECEIVED: TODAY})
    assert found["T-01"].due == TODAY + timedelta(days=90)
    assert not found["T-01"].expected


def test_what_has_not_happened_is_expected_on_the_last_day_of_what_it_meets() -> None:
    found = plan("TC-03", happened={E.LETTER_RECEIVED: TODAY, E.TEAM_DECISION_SIGNED: TODAY})
    archive = found["I-10"]
    assert archive.starts_on is None, "nobody can expect the notice of the conclusion: no limit ends with it"
    announced = found["I-09"]
    assert announced.due == date(2026, 3, 9)
    assert not announced.expected
    assert found["X-02"].starts_on == date(2026, 3, 9)
    assert found["X-02"].expected


def test_a_later_start_moves_every_date_behind_it() -> None:
    def due(start: date) -> dict[str, date | None]:
        return {key: one.due for key, one in plan("TC-03", happened={E.LETTER_RECEIVED: start}).items()}

    first, later = due(TODAY), due(TODAY + timedelta(days=7))
    moved = {key for key in first if first[key] is not None and first[key] != later[key]}
    assert "T-01" in moved
    assert later["T-01"] == TODAY + timedelta(days=97)


def test_a_met_limit_keeps_the_day_it_was_met() -> None:
    found = plan("TC-03", happened={E.LETTER_RECEIVED: TODAY, E.CONCLUSION_SIGNED: date(2026, 4, 1)})
    assert found["T-01"].met_on == date(2026, 4, 1)


def test_extensions_and_pauses_of_the_assumptions_are_counted_and_judged() -> None:
    held = {"T-01": [(date(2026, 3, 10), date(2026, 3, 19))]}
    found = plan("TC-03", happened={E.LETTER_RECEIVED: TODAY}, extensions={"T-01": [30]}, pauses=held)["T-01"]
    assert found.due == TODAY + timedelta(days=90 + 10 + 30)
    assert found.refused is not None, "an unread length of extension warns"
    everywhere = plan("TC-03", happened={E.LETTER_RECEIVED: TODAY}, pauses={"": held["T-01"]})["T-01"]
    assert everywhere.due == TODAY + timedelta(days=100)


def test_outside_the_calendar_the_plan_says_why_instead_of_a_date() -> None:
    found = plan("TC-03", happened={E.TEAM_DECISION_SIGNED: date(2026, 12, 30)})["I-09"]
    assert found.due is None
    assert "2027" in found.why


def test_a_date_in_the_plan_of_a_limit_says_so() -> None:
    found = plan("KT-04", happened={E.TEAM_DECISION_ANNOUNCED: TODAY})["X-02"]
    assert found.due is None
    assert "kế hoạch" in found.why


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2020, 1, 1), date(2025, 5, 30)),
        (date(2025, 8, 1), date(2025, 8, 1)),
        (date(2026, 6, 1), date(2026, 4, 10)),
    ],
)
def test_the_rules_of_an_edition_are_those_of_a_day_inside_it(start: date, expected: date) -> None:
    assert rule_day(BOOK.edition("TC-03", date(2025, 5, 30)), start) == expected


def test_a_rule_nobody_loaded_is_left_out() -> None:
    edition = BOOK.procedure("TC-03", TODAY)
    nothing = Ground(lambda limit_id, on: None, GROUND.calendar, Level.PROVINCE)
    assert date_plan(Assumptions(edition=edition, happened={}), nothing) == ()


def test_limits_of_another_level_are_left_out() -> None:
    cell = Ground(find_limit, GROUND.calendar, Level.CENTRAL)
    edition = BOOK.procedure("TC-03", TODAY)
    ids = {one.limit.id for one in date_plan(Assumptions(edition=edition, happened={}), cell)}
    assert "T-01" not in ids
