"""Pauses of a time limit: closed intervals of days, the last one perhaps still running."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from cases.deadlines.calendar import ONE_DAY
from cases.errors import Invalid
from cases.text import short_date


class Pause(NamedTuple):
    """Days from `first` to `last`, both paused; `last` is None while the pause still runs."""

    first: date
    last: date | None = None


class PauseBackwards(Invalid):
    """A pause that ends before it begins."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(
            f"Ngày kết thúc tạm dừng ({short_date(last)}) trước ngày bắt đầu ({short_date(first)}). "
            "Hãy kiểm tra lại hai ngày này.",
            first=first,
            last=last,
        )
        self.first = first
        self.last = last


def merge_pauses(pauses: Iterable[tuple[date, date | None]]) -> tuple[Pause, ...]:
    """Return the pauses in order, overlapping and touching ones joined, so no day counts twice."""
    merged: list[Pause] = []
    for first, last in sorted(pauses, key=lambda pause: pause[0]):
        if last is not None and last < first:
            raise PauseBackwards(first, last)
        if merged and _touches(merged[-1], first):
            merged[-1] = Pause(merged[-1].first, _later(merged[-1].last, last))
        else:
            merged.append(Pause(first, last))
    return tuple(merged)


def _touches(earlier: Pause, first: date) -> bool:
    return earlier.last is None or first <= earlier.last + ONE_DAY


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
