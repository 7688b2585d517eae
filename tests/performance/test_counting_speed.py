"""How long one date takes, beside numpy's business days, which explain nothing.

Both are measured in turn in the same run, each by its fastest round: whatever else takes the processor
meanwhile slows rounds down, never up.
"""

from collections.abc import Callable
from datetime import date
from statistics import median
from timeit import timeit

import numpy
import pytest

from cases.deadlines.calendar import Calendar
from cases.deadlines.rules import count, due_date
from procedures.schema import Unit

START, AMOUNT = date(2026, 9, 14), 90
ROUNDS, CALLS, REPEATS = 15, 1_000, 5
DAYS_OFF = [date(2026, 11, 24), date(2027, 1, 1), *(date(2027, 2, day) for day in range(4, 11))]
CALENDAR = Calendar(confirmed_years=frozenset({2026, 2027}), days_off=dict.fromkeys(DAYS_OFF, "Ngày nghỉ"))
BUSINESS_DAYS = numpy.busdaycalendar(holidays=DAYS_OFF)


def by_numpy() -> numpy.datetime64:
    return numpy.busday_offset(START, AMOUNT, busdaycal=BUSINESS_DAYS)


def with_its_trace() -> date | None:
    sheet = count(START, AMOUNT, Unit.WORKING_DAY, CALENDAR)
    return sheet.trace[-1].day


def alone() -> date | None:
    return due_date(START, AMOUNT, Unit.WORKING_DAY, CALENDAR)


def times_as_long(one: Callable[[], object], other: Callable[[], object]) -> float:
    rounds = [(timeit(one, number=CALLS), timeit(other, number=CALLS)) for _ in range(ROUNDS)]
    return min(first for first, _ in rounds) / min(second for _, second in rounds)


@pytest.mark.parametrize(("counted", "most"), [(with_its_trace, 20), (alone, 5)])
def test_a_date_over_ninety_working_days_takes_at_most_so_many_times_as_long_as_numpy(
    counted: Callable[[], date | None], most: float, capsys: pytest.CaptureFixture[str]
) -> None:
    assert counted() == by_numpy().item(), "the same day, or the times compare nothing"
    ratios = [times_as_long(counted, by_numpy) for _ in range(REPEATS)]
    with capsys.disabled():
        print(f"\n{counted.__name__}: {median(ratios):.1f} times as long as numpy (at most {most})")
    assert median(ratios) <= most, f"{ratios} times as long"
