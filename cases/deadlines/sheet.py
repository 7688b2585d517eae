"""The sheet behind a due date: every date, every day, and the sentences that explain them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cases.deadlines.calendar import TraceDay
from cases.deadlines.pauses import Pause
from cases.deadlines.trace import Walk, roll_days
from cases.text import short_date
from procedures.schema import RollPolicy, Unit


@dataclass(frozen=True, kw_only=True)
class DeadlineSheet:
    """A counted limit. Dates are None when a running pause keeps them unknown.

    `due` is the last day as counted, `due_rolled` the same moved off days off (None also when
    the calendar of that year is not confirmed and the caller accepted it), `due_extended` the
    unrolled due plus extension; `due_effective` is the day to show and warn on.
    `trace` runs to `due`, `extension_trace` on to `due_extended`, `roll_trace` over the days off after.
    Days and sentences are made when first asked for: counting many limits pays for neither.
    """

    start: date
    amount: int
    unit: Unit
    roll: RollPolicy = RollPolicy.KEEP
    backwards: bool = False
    due: date | None
    due_rolled: date | None
    due_extended: date | None = None
    due_extended_rolled: date | None = None
    due_effective: date | None
    extension: int | None = None
    extension_unit: Unit | None = None
    remaining: int = 0
    running_pause: Pause | None = None
    pauses: tuple[Pause, ...] = ()
    # The year that kept the roll open, nobody having confirmed it.
    unconfirmed_year: int | None = None
    main: Walk
    more: Walk | None = None
    # What the rule adds: its article before the lines, its doubts before the warnings.
    basis: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @cached_property
    def trace(self) -> tuple[TraceDay, ...]:
        """Every day of the limit itself."""
        return self.main.days()

    @cached_property
    def extension_trace(self) -> tuple[TraceDay, ...]:
        """Every day of the extension."""
        return self.more.days() if self.more else ()

    @cached_property
    def roll_trace(self) -> tuple[TraceDay, ...]:
        """The days off from the last day to the next working day."""
        last, rolled = self.final_days
        return roll_days(last, rolled, self.main.calendar) if last and rolled else ()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The sheet in Vietnamese sentences, in the order things were counted."""
        return (*self.basis, *(_back_lines(self) if self.backwards else _lines(self)))

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What a person must know before relying on the sheet, in Vietnamese."""
        return (*self.doubts, *_warnings(self))

    @property
    def final_days(self) -> tuple[date | None, date | None]:
        """The last day with extension, unrolled and rolled."""
        if self.extension is None:
            return self.due, self.due_rolled
        return self.due_extended, self.due_extended_rolled

    @property
    def last_walked(self) -> date:
        """The last day counted or skipped for the limit and its extension."""
        return (self.more or self.main).last_day


def _back_lines(sheet: DeadlineSheet) -> Iterator[str]:
    before = f"trước {short_date(sheet.start)} (không tính ngày này)"
    yield f"Tính ngược {sheet.amount} {sheet.unit.label} {before}."
    yield f"Ngày đầu tiên của khoảng này: {short_date(sheet.main.last_day)}."


def _lines(sheet: DeadlineSheet) -> Iterator[str]:
    length = f"{sheet.amount} {sheet.unit.label}"
    yield f"Ngày bắt đầu {short_date(sheet.start)} không tính; thời hạn {length}."
    for pause in sheet.pauses:
        if not _is_idle(sheet, pause):
            yield _pause_line(pause)
    if sheet.due is not None:
        yield f"Ngày cuối của thời hạn: {short_date(sheet.due)}."
        if sheet.extension is not None and sheet.extension_unit is not None:
            yield _extension_line(sheet.due, sheet.extension, sheet.extension_unit, sheet.due_extended)
    last, rolled = sheet.final_days
    if last is not None and rolled not in (None, last):
        why = sheet.roll_trace[0].reason
        yield f"{why} ({short_date(last)}); ngày làm việc kế tiếp là {short_date(rolled)}."
    if sheet.due_effective is not None:
        yield f"Ngày phải xong: {short_date(sheet.due_effective)}."


def _warnings(sheet: DeadlineSheet) -> Iterator[str]:
    for pause in sheet.pauses:
        if _is_idle(sheet, pause):
            yield _idle_line(pause, sheet)
    if sheet.running_pause is not None:
        yield (
            f"Đang tạm dừng từ {short_date(sheet.running_pause.first)}, chưa rõ ngày kết thúc "
            f"nên chưa biết ngày phải xong; còn {sheet.remaining} ngày chưa tính."
        )
    last, rolled = sheet.final_days
    if sheet.roll is RollPolicy.SHOW_BOTH and last is not None and rolled not in (None, last):
        yield (
            "Văn bản của Đảng không nói rõ ngày cuối rơi vào ngày nghỉ thì có lùi hay không: "
            f"nhắc theo ngày sớm hơn, {short_date(last)}."
        )
    if sheet.unconfirmed_year is not None:
        yield (
            f"Lịch làm việc năm {sheet.unconfirmed_year} chưa được xác nhận "
            "nên chưa biết ngày cuối có phải ngày nghỉ."
        )


def _is_idle(sheet: DeadlineSheet, pause: Pause) -> bool:
    """Tell whether no day of the pause lies between the start and the last day gone through."""
    before = pause.last is not None and pause.last <= sheet.start
    return before or pause.first > sheet.last_walked or sheet.last_walked == sheet.start


def _pause_line(pause: Pause) -> str:
    if pause.last is None:
        return f"Tạm dừng từ {short_date(pause.first)}, chưa kết thúc."
    return f"Tạm dừng từ {short_date(pause.first)} đến {short_date(pause.last)}: không tính các ngày này."


def _idle_line(pause: Pause, sheet: DeadlineSheet) -> str:
    if pause.first > sheet.last_walked:
        where = f"sau ngày cuối {short_date(sheet.last_walked)}"
    else:
        where = "trước ngày đầu tiên được tính"
    since = short_date(pause.first)
    return f"Lần tạm dừng từ {since} nằm ngoài thời gian đang tính ({where}) nên không đổi thời hạn."


def _extension_line(due: date, extension: int, unit: Unit, extended: date | None) -> str:
    granted = f"Gia hạn {extension} {unit.label}, tính tiếp từ {short_date(due)}"
    return f"{granted}." if extended is None else f"{granted}: đến {short_date(extended)}."
