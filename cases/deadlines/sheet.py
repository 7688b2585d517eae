"""The sheet behind a due date: every date, every day, and the sentences that explain them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.deadlines.pauses import Pause
from cases.deadlines.trace import TraceDay
from cases.text import short_date
from procedures.schema import RollPolicy, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineSheet:
    """A counted limit. Dates are None when a running pause keeps them unknown.

    `due` is the last day as counted, `due_rolled` the same moved off days off (None also when
    the calendar of that year is not confirmed and the caller accepted it), `due_extended` the
    unrolled due plus extension; `due_effective` is the day to show and warn on.
    `trace` runs to `due`, `extension_trace` on to `due_extended`, `roll_trace` over the days off after.
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
    trace: tuple[TraceDay, ...] = ()
    extension_trace: tuple[TraceDay, ...] = ()
    roll_trace: tuple[TraceDay, ...] = ()
    lines: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def explain(sheet: DeadlineSheet, pauses: Sequence[Pause]) -> tuple[str, ...]:
    """Return the sheet in Vietnamese sentences, in the order things were counted."""
    length = f"{sheet.amount} {sheet.unit.label}"
    lines = [f"Ngày bắt đầu {short_date(sheet.start)} không tính; thời hạn {length}."]
    gone = (*sheet.trace, *sheet.extension_trace)
    lines += [_pause_line(pause) for pause in pauses if gone and _overlaps(pause, gone[0].day, gone[-1].day)]
    if sheet.due is not None:
        lines.append(f"Ngày cuối của thời hạn: {short_date(sheet.due)}.")
    lines += _extension_lines(sheet)
    lines += _rolled_lines(sheet)
    if sheet.due_effective is not None:
        lines.append(f"Ngày phải xong: {short_date(sheet.due_effective)}.")
    return tuple(lines)


def warn(sheet: DeadlineSheet, pauses: Sequence[Pause], unconfirmed_year: int | None) -> tuple[str, ...]:
    """Return what a person must know before relying on the sheet, in Vietnamese."""
    warnings = [_idle_line(pause) for pause in pauses if _is_idle(sheet, pause)]
    if sheet.running_pause is not None:
        since = short_date(sheet.running_pause.first)
        warnings.append(
            f"Đang tạm dừng từ {since}, chưa rõ ngày kết thúc nên chưa biết ngày phải xong; "
            f"còn {sheet.remaining} ngày chưa tính."
        )
    last, rolled = final_days(sheet)
    if sheet.roll is RollPolicy.SHOW_BOTH and last is not None and rolled not in (None, last):
        warnings.append(
            "Văn bản của Đảng không nói rõ ngày cuối rơi vào ngày nghỉ thì có lùi hay không: "
            f"nhắc theo ngày sớm hơn, {short_date(last)}."
        )
    if unconfirmed_year is not None:
        warnings.append(
            f"Lịch làm việc năm {unconfirmed_year} chưa được xác nhận "
            "nên chưa biết ngày cuối có phải ngày nghỉ."
        )
    return tuple(warnings)


def final_days(sheet: DeadlineSheet) -> tuple[date | None, date | None]:
    """Return the last day with extension, unrolled and rolled."""
    if sheet.extension is None:
        return sheet.due, sheet.due_rolled
    return sheet.due_extended, sheet.due_extended_rolled


def _overlaps(pause: Pause, first: date, last: date) -> bool:
    return pause.first <= last and (pause.last is None or pause.last >= first)


def _is_idle(sheet: DeadlineSheet, pause: Pause) -> bool:
    gone = (*sheet.trace, *sheet.extension_trace)
    return not gone or not _overlaps(pause, gone[0].day, gone[-1].day)


def _pause_line(pause: Pause) -> str:
    if pause.last is None:
        return f"Tạm dừng từ {short_date(pause.first)}, chưa kết thúc."
    return f"Tạm dừng từ {short_date(pause.first)} đến {short_date(pause.last)}: không tính các ngày này."


def _idle_line(pause: Pause) -> str:
    return f"Lần tạm dừng từ {short_date(pause.first)} nằm ngoài thời gian đang tính nên không đổi thời hạn."


def _extension_lines(sheet: DeadlineSheet) -> list[str]:
    if sheet.extension is None or sheet.extension_unit is None or sheet.due is None:
        return []
    granted = f"Gia hạn {sheet.extension} {sheet.extension_unit.label}, tính tiếp từ {short_date(sheet.due)}"
    if sheet.due_extended is None:
        return [f"{granted}."]
    return [f"{granted}: đến {short_date(sheet.due_extended)}."]


def _rolled_lines(sheet: DeadlineSheet) -> list[str]:
    last, rolled = final_days(sheet)
    if last is None or rolled is None or rolled == last:
        return []
    why = sheet.roll_trace[0].reason
    return [f"{why} ({short_date(last)}); ngày làm việc kế tiếp là {short_date(rolled)}."]
