"""What a case that stands still means for its clocks: a limit stands still only where its rule allows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from peewee import chunked

from cases.lifecycle.models import CaseHold
from cases.text import short_date
from procedures.schema import TimeLimit

MANY = 500  # databases bound the values of one query


def holds_of_all(case_ids: Iterable[int]) -> dict[int, list[CaseHold]]:
    """The times many cases stood still, by case; cases that never did are left out."""
    found: defaultdict[int, list[CaseHold]] = defaultdict(list)
    for some in chunked(sorted(set(case_ids)), MANY):
        for hold in CaseHold.select().where(CaseHold.case.in_(some)).order_by(CaseHold.held_from):
            found[hold.case_id].append(hold)
    return found


def stopped(limit: TimeLimit, holds: Sequence[CaseHold]) -> list[tuple[date, date | None]]:
    """The days on which this limit's clock stood still with its case."""
    return [(hold.held_from, hold.held_to) for hold in holds if hold.reason_code in limit.pauses]


def run_on(limit: TimeLimit, holds: Sequence[CaseHold]) -> tuple[str, ...]:
    """What the sheet says of the times the case stood still and this clock did not."""
    return tuple(
        f"Hồ sơ tạm dừng từ {short_date(hold.held_from)}, nhưng quy định về thời hạn này không cho tạm dừng "
        "vì lý do đó: vẫn tính các ngày này."
        for hold in holds
        if hold.reason_code not in limit.pauses
    )
