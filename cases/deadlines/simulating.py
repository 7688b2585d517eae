"""What if: the date plan of a case under other facts, beside the one of today. Nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cases.deadlines.date_plan import Assumptions, Ground, PlannedLimit, date_plan
from cases.deadlines.planning import standing_of
from cases.definitions import rules
from cases.lifecycle.models import Case
from procedures.schema import EventType, ProcedureEdition


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Facts put in place of today's; None leaves them as they are. `limit_id` "" pauses every limit."""

    started_on: date | None = None
    extend_limit: str = ""
    extend_by: int | None = None
    pause_limit: str = ""
    pause_from: date | None = None
    pause_to: date | None = None
    edition: date | None = None

    @property
    def is_empty(self) -> bool:
        return self == WhatIf()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One limit as it is today and as it would be; either may be missing under another edition."""

    shown: PlannedLimit
    today: PlannedLimit | None
    then: PlannedLimit | None

    @property
    def days_moved(self) -> int | None:
        """Calendar days by which the last day moves; None while one of the two is not known."""
        if self.today is None or self.then is None or self.today.due is None or self.then.due is None:
            return None
        return (self.then.due - self.today.due).days


def start_event_of(edition: ProcedureEdition) -> EventType:
    """The event whose day a person may ask about: what the case started on."""
    return edition.start_event or EventType.CASE_OPENED


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A case as it is: its facts, what they are counted on, and the plan that follows."""

    case: Case
    facts: Assumptions
    ground: Ground
    plan: tuple[PlannedLimit, ...]


def plan_today(case: Case) -> Standing:
    facts, ground = standing_of(case)
    return Standing(case=case, facts=facts, ground=ground, plan=date_plan(facts, ground))


def compare(today: Standing, what_if: WhatIf) -> tuple[PlanRow, ...]:
    """Every limit of both plans, aligned by the step it binds or the whole case, in the order of today's."""
    then = date_plan(_assumed(today.case, today.facts, what_if), today.ground)
    rows = []
    for one in today.plan:
        same = _same(one, then)
        rows.append(PlanRow(shown=same or one, today=one, then=same))
    taken = {id(row.then) for row in rows}
    return (*rows, *(PlanRow(shown=one, today=None, then=one) for one in then if id(one) not in taken))


def _assumed(case: Case, facts: Assumptions, what_if: WhatIf) -> Assumptions:
    edition = facts.edition
    if what_if.edition is not None:
        edition = rules().edition(case.procedure, what_if.edition)
    happened = dict(facts.happened)
    if what_if.started_on is not None:
        happened[start_event_of(edition)] = what_if.started_on
    extensions = {limit_id: list(granted) for limit_id, granted in facts.extensions.items()}
    if what_if.extend_by is not None and what_if.extend_limit:
        extensions.setdefault(what_if.extend_limit, []).append(what_if.extend_by)
    pauses = {limit_id: list(held) for limit_id, held in facts.pauses.items()}
    if what_if.pause_from is not None:
        pauses.setdefault(what_if.pause_limit, []).append((what_if.pause_from, what_if.pause_to))
    return replace(facts, edition=edition, happened=happened, extensions=extensions, pauses=pauses)


def _same(one: PlannedLimit, others: Sequence[PlannedLimit]) -> PlannedLimit | None:
    """The limit that stands in the same place: of the same id, else of the same step or the whole case."""
    by_id = next((other for other in others if other.limit.id == one.limit.id), None)
    if by_id is not None:
        return by_id
    return next(
        (
            other
            for other in others
            if other.step_key == one.step_key and other.limit.ends_on == one.limit.ends_on
        ),
        None,
    )
