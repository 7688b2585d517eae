"""Counting days: the one home of every due date.

Pure and integer: `date` in, `date` out, calendar passed in. Sources: rules W-03 to W-09.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from cases.deadlines.calendar import Calendar, CalendarNotConfirmed
from cases.deadlines.pauses import Pause, merge_pauses
from cases.deadlines.sheet import DeadlineSheet
from cases.deadlines.trace import (
    CountOutOfRange,
    Walk,
    add_months,
    check_range,
    days_to_count,
    walk,
    walk_back,
)
from cases.errors import Refused
from procedures.schema import HolidayYear, RollPolicy, TimeLimit, Unit


def count(
    start: date,
    amount: int,
    unit: Unit,
    calendar: Calendar,
    pauses: Iterable[tuple[date, date | None]] = (),
    extension: int | tuple[int, int] | None = None,
    *,
    extension_unit: Unit | None = None,
    roll: RollPolicy = RollPolicy.SHOW_BOTH,
    refuse_open_roll: bool = True,
) -> DeadlineSheet:
    """Count `amount` units after `start`, which is not counted (W-03), and return the sheet.

    * Months end on the corresponding day, else on the last day of that month (W-04).
    * A paused day is never counted. A pause within the limit moves `due` (by its working days in a
      count of those, else by all its days), and with it `due_extended`; one that begins after `due`
      moves only `due_extended`. A pause before the first or after the last day changes nothing, which
      a warning tells. Pauses that overlap or touch are one. A running pause leaves the day unknown.
    * `extension` is an amount, or a (numerator, denominator) share of `amount` rounded down (W-08). It
      runs on from the unrolled due: an amount in `extension_unit` (default `unit`), a share in `unit`.
    * A last day on a day off moves to the next working day, paused or not, in the `…_rolled` dates (W-05);
      `due_effective` follows `roll`: kept, moved, or (both shown) the earlier with a warning.

    Raises `CalendarNotConfirmed` when the result depends on a year outside the calendar, unless only
    the roll does and `refuse_open_roll` is False; `CountOutOfRange`, `PauseBackwards` for bad input.
    """
    merged = merge_pauses(pauses)
    main, more, granted, more_unit = _walks(start, amount, unit, calendar, merged, extension, extension_unit)
    due, due_extended = main.end, more.end if more else None
    leave_open = not refuse_open_roll and roll is RollPolicy.SHOW_BOTH
    due_rolled, due_year = _rolled(due, calendar, roll, leave_open=leave_open)
    extended_rolled, extended_year = _rolled(due_extended, calendar, roll, leave_open=leave_open)
    last, rolled = (due, due_rolled) if granted is None else (due_extended, extended_rolled)
    stopped = more or main
    return DeadlineSheet(
        start=start,
        amount=amount,
        unit=unit,
        roll=roll,
        due=due,
        due_rolled=due_rolled,
        due_extended=due_extended,
        due_extended_rolled=extended_rolled,
        due_effective=rolled if roll is RollPolicy.NEXT_WORKING_DAY else last,
        extension=granted,
        extension_unit=None if granted is None else more_unit,
        remaining=stopped.remaining,
        running_pause=stopped.stopped_by,
        pauses=merged,
        unconfirmed_year=due_year if granted is None else extended_year,
        main=main,
        more=more,
    )


def due_date(
    start: date,
    amount: int,
    unit: Unit,
    calendar: Calendar,
    pauses: Iterable[tuple[date, date | None]] = (),
    extension: int | tuple[int, int] | None = None,
    *,
    extension_unit: Unit | None = None,
) -> date | None:
    """Return only the last day, unrolled: `count`'s `due`, with an extension its `due_extended`.

    The same arithmetic as `count`, so the same answers, refusals and None while a pause runs.
    """
    merged = merge_pauses(pauses)
    main, more, *_ = _walks(start, amount, unit, calendar, merged, extension, extension_unit)
    return (more or main).end


def count_back(event_day: date, amount: int, unit: Unit, calendar: Calendar) -> DeadlineSheet:
    """Count `amount` units back from `event_day`, which is not counted (T-11: days before a congress).

    `due` is the first day of that time. It never rolls, and nothing pauses or extends it: the event
    stands on its day.
    """
    check_range(event_day, amount, unit)
    length = (event_day - add_months(event_day, -amount)).days if unit is Unit.MONTH else amount
    back = walk_back(event_day, length, unit, calendar)
    return DeadlineSheet(
        start=event_day,
        amount=amount,
        unit=unit,
        backwards=True,
        due=back.end,
        due_rolled=back.end,
        due_effective=back.end,
        main=back,
    )


def extension_amount(start: date, amount: int, extension: int | tuple[int, int] | None) -> int | None:
    """Return the extension in whole units: a share of the limit is rounded down (W-08)."""
    if extension is None or isinstance(extension, int):
        granted, valid = extension, extension is None or extension >= 0
    else:
        numerator, denominator = extension
        valid = numerator >= 0 and denominator > 0
        granted = amount * numerator // denominator if valid else None
    if not valid:
        raise CountOutOfRange(start, amount)
    return granted


def _walks(
    start: date,
    amount: int,
    unit: Unit,
    calendar: Calendar,
    pauses: Sequence[Pause],
    extension: int | tuple[int, int] | None,
    extension_unit: Unit | None,
) -> tuple[Walk, Walk | None, int | None, Unit]:
    """Return the walk of the limit, that of its extension, and the extension in whole units of a unit."""
    check_range(start, amount, unit)
    granted = extension_amount(start, amount, extension)
    # A share of the limit is in the unit of the limit: a third of 90 days is 30 days.
    more_unit = unit if isinstance(extension, tuple) else extension_unit or unit
    length = days_to_count(start, amount, unit)
    main = walk(start, length, unit, calendar, pauses)
    if granted is None or main.end is None:
        return main, None, granted, more_unit
    check_range(main.end, granted, more_unit)
    more_length = days_to_count(main.end, granted, more_unit)
    more = walk(main.end, more_length, more_unit, calendar, pauses, first_number=length + 1)
    return main, more, granted, more_unit


def _rolled(
    day: date | None, calendar: Calendar, roll: RollPolicy, *, leave_open: bool
) -> tuple[date | None, int | None]:
    """Roll a last day; when left open, return instead the year that nobody has confirmed."""
    if day is None or roll is RollPolicy.KEEP:
        return day, None
    try:
        return calendar.next_working_day(day), None
    except CalendarNotConfirmed as refusal:
        if not leave_open:
            raise
        return None, refusal.year


class LimitWithoutNumber(Refused):
    """A limit set by a plan date, or none at all, cannot be counted from its rule."""

    def __init__(self, limit: TimeLimit) -> None:
        super().__init__(
            f"Thời hạn {limit.id} {limit.measure.label}, "
            "không tính từ quy định được. Hãy ghi ngày phải xong.",
            limit_id=limit.id,
        )


def sheet_for(
    limit: TimeLimit,
    start: date,
    calendar: Calendar,
    *,
    pauses: Iterable[tuple[date, date | None]] = (),
    granted: Sequence[int] = (),
    confirmed_by_commission: bool = False,
    refuse_open_roll: bool = True,
) -> DeadlineSheet:
    """Return the sheet of a limit of the rule book, with its article and confidence in the lines.

    `granted` holds the extensions decided so far, in the unit of the limit's extension; they run on as one.
    """
    if limit.amount is None:
        raise LimitWithoutNumber(limit)
    stops = tuple(pauses)
    doubts: list[str] = []
    if limit.backwards:
        sheet = count_back(start, limit.amount, limit.unit, calendar)
        if stops or granted:
            doubts.append(
                "Thời hạn tính ngược từ một ngày đã định: tạm dừng, gia hạn không làm đổi ngày này."
            )
    else:
        sheet = count(
            start, limit.amount, limit.unit, calendar, stops, sum(granted) if granted else None,
            extension_unit=limit.extension.unit if limit.extension else None,
            roll=limit.roll, refuse_open_roll=refuse_open_roll,
        )  # fmt: skip
    confirmed = confirmed_by_commission or limit.confirmed_by_source
    if not confirmed:
        doubts.insert(0, f"Thời hạn {limit.id}: {limit.confidence.label}; chỉ để nhắc việc.")
    return replace(sheet, basis=(_basis_line(limit),), doubts=tuple(doubts))


def _basis_line(limit: TimeLimit) -> str:
    basis = " ".join(part for part in (limit.basis, limit.article) if part)
    return f"{limit.id} – {limit.label}. Căn cứ: {basis or 'chưa có văn bản'} ({limit.confidence.label})."


def calendar_from(years: Iterable[HolidayYear], *, confirmed_years: Iterable[int]) -> Calendar:
    """Return the calendar held in holiday years; only the years a person confirmed can be counted on."""
    held = tuple(years)
    return Calendar(
        confirmed_years=frozenset(confirmed_years),
        days_off={item.day: item.name for year in held for item in year.days_off},
        worked_saturdays=frozenset(item.day for year in held for item in year.worked_days),
    )


class DeadlineState(StrEnum):
    """How urgent a deadline is on a day."""

    UPCOMING = "upcoming"
    THIS_WEEK = "this_week"
    TODAY = "today"
    OVERDUE = "overdue"
    MET = "met"
    PAUSED = "paused"


def days_left(due: date, today: date) -> int:
    """Return the calendar days from today to the due day; negative when it has passed."""
    return (due - today).days


def state(due: date | None, today: date, met_on: date | None = None) -> DeadlineState:
    """Return how urgent it is; this week ends on Sunday. A due day of None means a running pause."""
    if met_on is not None:
        return DeadlineState.MET
    if due is None:
        return DeadlineState.PAUSED
    if due < today:
        return DeadlineState.OVERDUE
    if due == today:
        return DeadlineState.TODAY
    sunday = today + timedelta(days=6 - today.weekday())
    return DeadlineState.THIS_WEEK if due <= sunday else DeadlineState.UPCOMING
