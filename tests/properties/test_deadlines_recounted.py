"""Ten thousand deadlines, each recounted day by day by a counter that knows nothing of the engine.

What is compared is the sheet's own trace: each of its days, the number it was counted as, and its last.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cases.deadlines.calendar import Calendar, TraceDay
from cases.deadlines.rules import count, count_back, due_date
from cases.deadlines.sheet import DeadlineSheet
from procedures.schema import RollPolicy, Unit

DEADLINES, SEED = 10_000, 20260912
FIRST_YEAR, LAST_YEAR = 2017, 2032
DAY = timedelta(days=1)

# A day gone through with the number it is counted as, None where it is not.
Gone = tuple[date, int | None]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One deadline as drawn, and the plain facts the recount goes by."""

    start: date
    amount: int
    unit: Unit
    back: bool
    pauses: list[tuple[date, date | None]]
    extension: int | tuple[int, int] | None
    extension_unit: Unit | None
    roll: RollPolicy
    off: frozenset[date]
    worked: frozenset[date]
    calendar: Calendar

    def works(self, day: date) -> bool:
        return day in self.worked or (day.isoweekday() <= 5 and day not in self.off)

    def is_paused(self, day: date) -> bool:
        return any(first <= day and (last is None or day <= last) for first, last in self.pauses)

    def is_held(self, day: date) -> bool:
        """Whether no day from this one on is known to count again."""
        running = [first for first, last in self.pauses if last is None]
        if not running:
            return False
        until = max((min(running) - day).days, 0)
        return all(self.is_paused(day + DAY * n) for n in range(until + 1))

    def sheet(self) -> DeadlineSheet:
        if self.back:
            return count_back(self.start, self.amount, self.unit, self.calendar)
        return count(
            self.start, self.amount, self.unit, self.calendar, self.pauses, self.extension,
            extension_unit=self.extension_unit, roll=self.roll,
        )  # fmt: skip


def drawn_calendar(random: Random) -> tuple[frozenset[date], frozenset[date], Calendar]:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    days = [date(FIRST_YEAR, 1, 1) + DAY * n for n in range(len(years) * 365)]
    off = frozenset(random.sample(days, 14 * len(years)))
    worked = frozenset(random.sample([d for d in days if d.isoweekday() > 5 and d not in off], 60))
    names = dict.fromkeys(off, "Ngày nghỉ")
    return off, worked, Calendar(confirmed_years=frozenset(years), days_off=names, worked_saturdays=worked)


def drawn_pauses(random: Random, start: date) -> Iterator[tuple[date, date | None]]:
    for _ in range(random.choice([0, 0, 1, 1, 2, 3, 5])):
        first = start + DAY * random.randint(-40, 150)
        yield first, None if random.random() < 0.2 else first + DAY * random.choice([0, 1, 3, 10, 30, 90])


def drawn_deadlines() -> Iterator[Drawn]:
    random = Random(SEED)
    for number in range(DEADLINES):
        if number % 500 == 0:
            off, worked, calendar = drawn_calendar(random)
        start = date(2019, 1, 1) + DAY * random.randrange(2500)
        unit = random.choice(list(Unit))
        share = random.randint(0, 5), random.randint(1, 4)
        yield Drawn(
            start=start,
            amount=random.randint(0, 18 if unit is Unit.MONTH else random.choice([1, 10, 45, 120])),
            unit=unit,
            back=random.random() < 0.15,
            pauses=list(drawn_pauses(random, start)),
            extension=random.choice([None, None, random.randint(0, 40), share]),
            extension_unit=random.choice([None, None, *Unit]),
            roll=random.choice(list(RollPolicy)),
            off=off,
            worked=worked,
            calendar=calendar,
        )


def corresponding_day(day: date, months: int) -> date:
    """The same day so many months on (or back), else the last day there is of that month."""
    year, month, step = day.year, day.month, 1 if months > 0 else -1
    for _ in range(abs(months)):
        month += step
        if month not in range(1, 13):
            year, month = year + step, 1 if step > 0 else 12
    last = max(n for n in range(28, 32) if (date(year, month, 1) + DAY * (n - 1)).month == month)
    return date(year, month, min(day.day, last))


def recount(drawn: Drawn, start: date, amount: int, unit: Unit, number: int = 0) -> list[Gone]:
    """Every day after `start`, to the last one counted or the first one held."""
    gone: list[Gone] = []
    day, left = start, amount
    if unit is Unit.MONTH:
        left = (corresponding_day(start, amount) - start).days
    while left:
        day += DAY
        counts = not drawn.is_paused(day) and (unit is not Unit.WORKING_DAY or drawn.works(day))
        number, left = number + counts, left - counts
        gone.append((day, number if counts else None))
        if drawn.is_held(day):
            break
    return gone


def recount_back(drawn: Drawn) -> list[Gone]:
    gone: list[Gone] = []
    day, number, left = drawn.start, 0, drawn.amount
    if drawn.unit is Unit.MONTH:
        left = (day - corresponding_day(day, -drawn.amount)).days
    while left:
        day -= DAY
        counts = drawn.unit is not Unit.WORKING_DAY or drawn.works(day)
        number, left = number + counts, left - counts
        gone.append((day, number if counts else None))
    return gone


def last_of(drawn: Drawn, start: date, gone: Sequence[Gone]) -> date | None:
    if not gone:
        return start
    return None if drawn.is_held(gone[-1][0]) and not drawn.back else gone[-1][0]


def next_worked(drawn: Drawn, day: date | None) -> date | None:
    while day is not None and drawn.roll is not RollPolicy.KEEP and not drawn.works(day):
        day += DAY
    return day


def traced(days: Sequence[TraceDay]) -> list[Gone]:
    """The days of a trace, once what each says of itself agrees."""
    for day in days:
        assert day.counted is (day.number is not None) is day.reason.startswith("Được tính: ")
    return [(day.day, day.number) for day in days]


def dates_of(sheet: DeadlineSheet) -> list[date | None]:
    return [sheet.due, sheet.due_rolled, sheet.due_extended, sheet.due_extended_rolled, sheet.due_effective]


def agrees_back(drawn: Drawn, sheet: DeadlineSheet) -> bool:
    gone = recount_back(drawn)
    last = last_of(drawn, drawn.start, gone)
    return traced(sheet.trace) == gone and dates_of(sheet) == [last, last, None, None, last]


def agrees(drawn: Drawn, sheet: DeadlineSheet) -> bool:
    gone = recount(drawn, drawn.start, drawn.amount, drawn.unit)
    due = last_of(drawn, drawn.start, gone)
    granted, unit = drawn.extension, drawn.extension_unit or drawn.unit
    if isinstance(granted, tuple):
        granted, unit = drawn.amount * granted[0] // granted[1], drawn.unit
    more: list[Gone] = []
    extended = None
    if granted is not None and due is not None:
        more = recount(drawn, due, granted, unit, sum(number is not None for _, number in gone))
        extended = last_of(drawn, due, more)
    last = due if granted is None else extended
    shown = next_worked(drawn, last) if drawn.roll is RollPolicy.NEXT_WORKING_DAY else last
    expected = [due, next_worked(drawn, due), extended, next_worked(drawn, extended), shown]
    return (
        (traced(sheet.trace), traced(sheet.extension_trace), sheet.extension) == (gone, more, granted)
        and dates_of(sheet) == expected
    )  # fmt: skip


def test_ten_thousand_deadlines_recounted_from_their_traces_show_no_difference() -> None:
    different = []
    kinds: Counter[str] = Counter()
    for drawn in drawn_deadlines():
        sheet = drawn.sheet()
        if not (agrees_back if drawn.back else agrees)(drawn, sheet):
            different.append(drawn)
        kinds.update([drawn.unit, f"back={drawn.back}", drawn.roll, type(drawn.extension).__name__])
        kinds["held"] += sheet.due is None
        kinds["held in the extension"] += sheet.due is not None and sheet.running_pause is not None
        kinds["paused"] += any("đang tạm dừng" in day.reason for day in sheet.trace)
        kinds["paused in the extension"] += any("đang tạm dừng" in d.reason for d in sheet.extension_trace)
        kinds["rolled"] += sheet.due_rolled != sheet.due
        kinds["idle pause"] += any("nằm ngoài thời gian" in warning for warning in sheet.warnings)
    assert (len(different), different[:1]) == (0, [])
    assert sum(kinds[unit] for unit in Unit) == DEADLINES
    assert min(kinds.values()) >= 150, kinds


def test_the_day_counted_alone_is_the_last_day_of_each_of_the_ten_thousand_sheets() -> None:
    different = []
    for drawn in drawn_deadlines():
        if drawn.back:
            continue
        sheet = drawn.sheet()
        limit = drawn.start, drawn.amount, drawn.unit, drawn.calendar, drawn.pauses
        last = due_date(*limit, drawn.extension, extension_unit=drawn.extension_unit)
        if (due_date(*limit), last) != (sheet.due, sheet.final_days[0]):
            different.append(drawn)
    assert (len(different), different[:1]) == (0, [])
