"""The only place that reads the time; everything else is handed a moment or a day."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Clock(Protocol):
    def now(self) -> datetime: ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still, for tests and for the demonstration data."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def local_day(moment: datetime) -> date:
    """The legal day in Vietnam on which a UTC moment falls."""
    return moment.astimezone(VIETNAM).date()
