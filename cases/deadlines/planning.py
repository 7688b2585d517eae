"""What a case's date plan stands on: its facts from the record, its rules, its calendar. Stores nothing."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from cases.clock import local_day
from cases.deadlines.confirmations import statements_of, written_version
from cases.deadlines.date_plan import Assumptions, Ground
from cases.deadlines.holds import holds_of_all, stopped
from cases.deadlines.models import Deadline
from cases.deadlines.operations import level_of, limits_of, serving_id
from cases.deadlines.queries import changes_of, current_calendar, limit_of
from cases.lifecycle.models import Case, CaseStep
from cases.lifecycle.progress import edition_of
from procedures.schema import EventType, RuleNotFound, TimeLimit


def ground_of(case: Case) -> Ground:
    """The rules as the case's commission states them, the calendar of record, the commission's level."""
    statements = statements_of(case.commission_id)

    def find_limit(limit_id: str, on: date) -> TimeLimit | None:
        try:
            return statements.bound(case.commission_id, written_version(limit_id, on)).limit
        except RuleNotFound:
            return None

    return Ground(
        find_limit,
        current_calendar(),
        level_of(case),
        lambda limit_id: serving_id(case, limit_id),
    )


def facts_of(case: Case) -> Assumptions:
    """What really happened in a case: its dated events, the extensions and pauses granted."""
    extensions: defaultdict[str, list[int]] = defaultdict(list)
    pauses: defaultdict[str, list[tuple[date, date | None]]] = defaultdict(list)
    for deadline in Deadline.select().where(Deadline.case == case.id):
        for change in changes_of(deadline):
            if change.state == "granted" and change.amount is not None:
                extensions[deadline.limit_id].append(change.amount)
            elif change.state == "granted" and change.pause_from is not None:
                pauses[deadline.limit_id].append((change.pause_from, change.pause_to))
    for limit_id, held in _holds(case).items():
        pauses[limit_id] += held
    return Assumptions(
        edition=edition_of(case), happened=events_of(case), extensions=extensions, pauses=pauses,
        confirmed={rule_id for _, rule_id, _ in statements_of(case.commission_id).in_force},
    )  # fmt: skip


def events_of(case: Case) -> Mapping[EventType, date]:
    """The dated events of a case: from its opening, its steps, and the clocks that began or were met."""
    edition = edition_of(case)
    found = {EventType.CASE_OPENED: local_day(case.opened_at)}
    if edition.start_event is not None:
        found[edition.start_event] = case.started_on
    for row in CaseStep.select().where(CaseStep.case == case.id, CaseStep.state == "completed"):
        step = edition.find_step(row.key)
        if step is not None and step.event is not None:
            found[step.event] = max(row.completed_on or date.min, found.get(step.event, date.min))
    for deadline in Deadline.select().where(Deadline.case == case.id):
        found[EventType(deadline.start_event)] = deadline.started_on
        ends = limit_of(deadline).ends_on
        if deadline.met_on is not None and ends is not None:
            found[ends] = deadline.met_on
    return found


def _holds(case: Case) -> dict[str, list[tuple[date, date | None]]]:
    """The times the case stood still, for each limit whose clock stood still with it."""
    held = holds_of_all([case.id]).get(case.id, [])
    limits = {limit_id: written_version(limit_id, case.started_on) for limit_id in limits_of(case)}
    return {limit_id: stopped(limit, held) for limit_id, limit in limits.items()}
