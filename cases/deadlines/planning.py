"""What a case's date plan stands on: its facts from the record, its rules, its calendar. Stores nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from cases.clock import local_day
from cases.deadlines.confirmations import Statements, rule_of, statements_of, written_version
from cases.deadlines.date_plan import Assumptions, Ground
from cases.deadlines.holds import holds_of_all, stopped
from cases.deadlines.models import Deadline
from cases.deadlines.operations import level_of, limits_of, serving_ids
from cases.deadlines.queries import changes_of_all, current_calendar
from cases.lifecycle.models import Case, CaseStep
from cases.lifecycle.progress import edition_of
from procedures.schema import EventType, RuleNotFound, TimeLimit


def standing_of(case: Case) -> tuple[Assumptions, Ground]:
    """What happened in a case, and what its dates are counted on; the record is read once for both."""
    statements = statements_of(case.commission_id)
    return facts_of(case, statements), ground_of(case, statements)


def ground_of(case: Case, statements: Statements) -> Ground:
    """The rules as the case's commission states them, the calendar of record, the level of the case."""

    def find_limit(limit_id: str, on: date) -> TimeLimit | None:
        try:
            return statements.bound(case.commission_id, written_version(limit_id, on)).limit
        except RuleNotFound:
            return None

    return Ground(
        find_limit,
        current_calendar(),
        level_of(case),
        serving_ids(case),
    )


def facts_of(case: Case, statements: Statements) -> Assumptions:
    """What really happened in a case: its dated events, the extensions and pauses granted."""
    extensions: defaultdict[str, list[int]] = defaultdict(list)
    pauses: defaultdict[str, list[tuple[date, date | None]]] = defaultdict(list)
    deadlines = list(Deadline.select().where(Deadline.case == case.id))
    changes = changes_of_all(deadline.id for deadline in deadlines)
    for deadline in deadlines:
        for change in changes.get(deadline.id, ()):
            if change.state == "granted" and change.amount is not None:
                extensions[deadline.limit_id].append(change.amount)
            elif change.state == "granted" and change.pause_from is not None:
                pauses[deadline.limit_id].append((change.pause_from, change.pause_to))
    for limit_id, held in _holds(case).items():
        pauses[limit_id] += held
    return Assumptions(
        edition=edition_of(case), happened=events_of(case, deadlines, statements),
        extensions=extensions, pauses=pauses,
        confirmed={rule_id for _, rule_id, _ in statements.in_force},
    )  # fmt: skip


def events_of(case: Case, deadlines: Iterable[Deadline], statements: Statements) -> Mapping[EventType, date]:
    """The dated events of a case: from its opening, its steps, and the clocks that began or were met."""
    edition = edition_of(case)
    found = {EventType.CASE_OPENED: local_day(case.opened_at)}
    if edition.start_event is not None:
        found[edition.start_event] = case.started_on
    for row in CaseStep.select().where(CaseStep.case == case.id, CaseStep.state == "completed"):
        step = edition.find_step(row.key)
        if step is not None and step.event is not None:
            found[step.event] = max(row.completed_on or date.min, found.get(step.event, date.min))
    for deadline in deadlines:
        found[EventType(deadline.start_event)] = deadline.started_on
        ends = rule_of(deadline, statements).limit.ends_on
        if deadline.met_on is not None and ends is not None:
            found[ends] = deadline.met_on
    return found


def _holds(case: Case) -> dict[str, list[tuple[date, date | None]]]:
    """The times the case stood still, for each limit whose clock stood still with it."""
    held = holds_of_all([case.id]).get(case.id, [])
    limits = {limit_id: written_version(limit_id, case.started_on) for limit_id in limits_of(case)}
    return {limit_id: stopped(limit, held) for limit_id, limit in limits.items()}
