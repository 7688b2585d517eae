"""What holds for every limitation, end of effect and complaint window."""

from datetime import date, timedelta

from hypothesis import given, strategies as st

from cases.deadlines.calendar import Calendar
from cases.decisions.rules import complaint_window, end_of_effect, limitation
from procedures.schema import TimeLimit

days = st.dates(date(2015, 1, 1), date(2020, 12, 31))
periods = st.integers(1, 24)
exclusions = st.lists(
    st.tuples(days, st.integers(0, 60)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))),
    max_size=3,
)
CALENDAR = Calendar(confirmed_years=frozenset(range(2015, 2030)))


@given(days, periods, exclusions, st.lists(days, max_size=3))
def test_exclusions_and_new_violations_never_shorten_limitation(ended, months, excluded, violations) -> None:
    plain = limitation(months, ended_on=ended, detected_on=None, concluded_on=None)
    longer = limitation(
        months,
        ended_on=ended,
        detected_on=None,
        concluded_on=None,
        exclusions=excluded,
        new_violations=violations,
    )
    assert longer.last_day >= plain.last_day


@given(days, periods, exclusions)
def test_the_last_day_is_in_time_and_the_next_is_not(ended, months, excluded) -> None:
    common = {"ended_on": ended, "detected_on": None, "exclusions": excluded}
    last_day = limitation(months, **common, concluded_on=None).last_day
    assert limitation(months, **common, concluded_on=last_day).expired is False
    assert limitation(months, **common, concluded_on=last_day + timedelta(days=1)).expired is True


@given(days, periods, st.none() | st.integers(0, 300), st.booleans())
def test_an_effect_never_ends_before_its_earliest_end(announced, months, later, changed) -> None:
    settlement = None if later is None else announced + timedelta(days=later)
    end = end_of_effect(
        months, announced_on=announced, settlement_announced_on=settlement, form_changed=changed
    )
    assert announced < end.earliest <= end.day
    assert end.earliest == end.day or end.warnings


@given(days, st.integers(1, 3), st.integers(20, 60))
def test_a_complaint_is_never_both_surely_in_time_and_surely_late(received, months, amount) -> None:
    limits = [
        TimeLimit.model_validate(
            {
                "id": f"K-{unit}", "label": unit, "amount": number, "unit": unit, "basis": "296-QĐ/TW",
                "starts_on": "decision_received", "source": "S23", "confidence": "secondary",
            }
        )
        for unit, number in (("month", months), ("calendar_day", amount))
    ]  # fmt: skip
    window = complaint_window(limits, received, CALENDAR)
    assert window is not None
    for offset in range(130):
        on = received + timedelta(days=offset)
        assert not (window.is_surely_open(on) and window.is_surely_closed(on))
    assert window.earliest <= window.latest
