"""What holds for every limit, pause, extension and calendar."""

from datetime import date, timedelta

from hypothesis import given, strategies as st

from cases.deadlines.calendar import Calendar
from cases.deadlines.rules import count, count_back, days_left, state
from cases.deadlines.trace import add_months, days_to_count
from procedures.schema import RollPolicy, Unit

FIRST, LAST = date(2025, 1, 1), date(2026, 6, 30)
# Far enough for the longest limit of these tests with its longest extension: 40 months and five times that.
YEARS = frozenset(range(2020, 2061))
DAY = timedelta(days=1)

days = st.dates(FIRST, LAST)
units = st.sampled_from(list(Unit))
rolls = st.sampled_from(list(RollPolicy))
amounts = st.integers(0, 40)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    holidays = draw(st.sets(days, max_size=25))
    weekend = days.filter(lambda day: day.weekday() >= 5 and day not in holidays)
    return Calendar(
        confirmed_years=YEARS,
        days_off=dict.fromkeys(holidays, "Ngày nghỉ"),
        worked_saturdays=frozenset(draw(st.sets(weekend, max_size=5))),
    )


@st.composite
def pauses(draw: st.DrawFn) -> list[tuple[date, date | None]]:
    drawn = draw(st.lists(st.tuples(days, st.integers(0, 40)), max_size=4))
    return [(first, first + timedelta(days=length)) for first, length in drawn]


@given(days, amounts, units, calendars(), pauses(), rolls)
def test_the_trace_counts_each_day_of_the_limit_once(start, amount, unit, calendar, paused, roll) -> None:
    sheet = count(start, amount, unit, calendar, paused, roll=roll)
    numbers = [day.number for day in sheet.trace if day.counted]
    assert numbers == list(range(1, days_to_count(start, amount, unit) + 1))
    assert [day.day for day in sheet.trace] == [start + DAY * n for n in range(1, len(sheet.trace) + 1)]
    assert sheet.due == (sheet.trace[-1].day if sheet.trace else start)


@given(days, amounts, units, calendars(), pauses())
def test_a_longer_limit_never_ends_earlier(start, amount, unit, calendar, paused) -> None:
    shorter = count(start, amount, unit, calendar, paused).due
    longer = count(start, amount + 1, unit, calendar, paused).due
    assert shorter < longer


@given(days, amounts, units, calendars(), pauses(), rolls)
def test_a_roll_never_moves_earlier_and_lands_on_a_working_day(
    start, amount, unit, calendar, paused, roll
) -> None:
    sheet = count(start, amount, unit, calendar, paused, 3, roll=roll)
    assert sheet.due_rolled >= sheet.due
    assert sheet.due_extended_rolled >= sheet.due_extended >= sheet.due
    if roll is RollPolicy.KEEP:
        assert sheet.due_rolled == sheet.due
    else:
        assert calendar.is_working_day(sheet.due_rolled)
        between = [sheet.due + DAY * n for n in range((sheet.due_rolled - sheet.due).days)]
        assert not any(calendar.is_working_day(day) for day in between)


@given(days, st.integers(1, 40), calendars(), pauses())
def test_a_working_day_limit_ends_on_an_unpaused_working_day(start, amount, calendar, paused) -> None:
    sheet = count(start, amount, Unit.WORKING_DAY, calendar, paused)
    assert calendar.is_working_day(sheet.due)
    assert sheet.due == sheet.due_rolled
    assert not any(first <= sheet.due <= last for first, last in paused)


@given(days, amounts, units, calendars(), pauses())
def test_a_pause_never_shortens_a_limit(start, amount, unit, calendar, paused) -> None:
    plain = count(start, amount, unit, calendar)
    assert count(start, amount, unit, calendar, paused).due >= plain.due
    assert (
        count(start, amount, unit, calendar, paused[1:]).due
        <= count(start, amount, unit, calendar, paused).due
    )


@given(days, st.integers(0, 90), calendars(), pauses())
def test_a_calendar_limit_moves_by_exactly_its_paused_days(start, amount, calendar, paused) -> None:
    sheet = count(start, amount, Unit.CALENDAR_DAY, calendar, paused)
    running = [start + DAY * n for n in range(1, (sheet.due - start).days + 1)]
    stopped = [day for day in running if any(first <= day <= last for first, last in paused)]
    assert (sheet.due - start).days == amount + len(stopped)


@given(days, amounts, units, calendars(), st.integers(0, 30), st.integers(1, 30))
def test_pausing_outside_the_running_time_changes_nothing(start, amount, unit, calendar, gap, length) -> None:
    plain = count(start, amount, unit, calendar)
    before = (start - DAY * (gap + length), start - DAY * gap)
    after = (plain.due + DAY * (gap + 1), None)
    paused = count(start, amount, unit, calendar, [before, after])
    assert (paused.due, paused.trace, paused.due_rolled) == (plain.due, plain.trace, plain.due_rolled)


@given(days, amounts, units, calendars(), pauses(), st.permutations(range(4)))
def test_the_order_and_overlap_of_pauses_do_not_matter(start, amount, unit, calendar, paused, order) -> None:
    shuffled = [paused[index] for index in order if index < len(paused)] + paused
    assert (
        count(start, amount, unit, calendar, shuffled).trace
        == count(start, amount, unit, calendar, paused).trace
    )


@given(days, st.integers(1, 40), units, calendars(), st.data())
def test_a_pause_still_running_inside_the_limit_leaves_its_end_unknown(
    start, amount, unit, calendar, data
) -> None:
    plain = count(start, amount, unit, calendar)
    since = data.draw(st.dates(start, plain.due))
    sheet = count(start, amount, unit, calendar, [(since, None)])
    assert (sheet.due, sheet.due_rolled, sheet.due_effective) == (None, None, None)
    gone = sum(day.counted for day in sheet.trace)
    assert gone + sheet.remaining == days_to_count(start, amount, unit)
    assert sheet.warnings


@given(days, amounts, units, calendars(), pauses(), st.integers(0, 5), st.integers(1, 5))
def test_a_share_is_rounded_down(start, amount, unit, calendar, paused, numerator, denominator) -> None:
    sheet = count(start, amount, unit, calendar, paused, (numerator, denominator))
    assert sheet.extension * denominator <= amount * numerator < (sheet.extension + 1) * denominator


@given(days, amounts, st.integers(0, 30), st.sampled_from([Unit.CALENDAR_DAY, Unit.WORKING_DAY]), calendars(),
       pauses())  # fmt: skip
def test_an_extension_in_days_is_the_same_as_a_longer_limit(
    start, amount, extension, unit, calendar, paused
) -> None:
    extended = count(start, amount, unit, calendar, paused, extension)
    longer = count(start, amount + extension, unit, calendar, paused)
    assert extended.due_extended == longer.due
    assert extended.trace + extended.extension_trace == longer.trace


@given(days, amounts, units, calendars(), pauses(), rolls)
def test_the_day_shown_follows_the_roll(start, amount, unit, calendar, paused, roll) -> None:
    sheet = count(start, amount, unit, calendar, paused, roll=roll)
    rolled = roll is RollPolicy.NEXT_WORKING_DAY
    assert sheet.due_effective == (sheet.due_rolled if rolled else sheet.due)


@given(days, st.integers(1, 40), calendars())
def test_counting_back_from_a_due_day_stops_after_as_many_working_days(start, amount, calendar) -> None:
    back = count_back(start, amount, Unit.WORKING_DAY, calendar)
    assert calendar.is_working_day(back.due)
    between = [back.due + DAY * n for n in range((start - back.due).days)]
    assert sum(calendar.is_working_day(day) for day in between) == amount


@given(days, st.integers(0, 400))
def test_counting_days_back_and_forth_returns(start, amount) -> None:
    back = count_back(start, amount, Unit.CALENDAR_DAY, Calendar())
    assert count(back.due, amount, Unit.CALENDAR_DAY, Calendar(), roll=RollPolicy.KEEP).due == start


@given(days, st.integers(-60, 60))
def test_months_keep_the_day_or_take_the_last_of_the_month(start, months) -> None:
    moved = add_months(start, months)
    assert (moved.year * 12 + moved.month) - (start.year * 12 + start.month) == months
    assert moved.day == start.day or (moved + DAY).day == 1


@given(days, days)
def test_urgency_agrees_with_the_days_left(due, today) -> None:
    left = days_left(due, today)
    expected = "overdue" if left < 0 else "today" if left == 0 else None
    week = due.isocalendar()[:2] == today.isocalendar()[:2]
    assert state(due, today) == (expected or ("this_week" if week else "upcoming"))
