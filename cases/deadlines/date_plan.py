"""The whole date plan of a case: every limit of its edition, counted from what happened or is to be expected.

Pure. What has not happened yet is expected on the last day of the limit it meets, so that one question
("if the letter had come a week later") moves every date behind it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cases.deadlines.calendar import Calendar, CalendarNotConfirmed
from cases.deadlines.extensions import Answer, check_extension_of
from cases.deadlines.rules import sheet_for
from cases.deadlines.sheet import DeadlineSheet
from procedures.schema import EventType, Level, Measure, ProcedureEdition, TimeLimit

FindLimit = Callable[[str, date], TimeLimit | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What a plan is counted on. `extensions` and `pauses` are by limit id; "" pauses every limit."""

    edition: ProcedureEdition
    happened: Mapping[EventType, date]
    extensions: Mapping[str, Sequence[int]] = field(default_factory=dict)
    pauses: Mapping[str, Sequence[tuple[date, date | None]]] = field(default_factory=dict)
    confirmed: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLimit:
    """One limit of the plan. `starts_on` None: its start is not known yet; `sheet` None: see `why`."""

    limit: TimeLimit
    step_key: str | None
    starts_on: date | None
    expected: bool
    met_on: date | None
    sheet: DeadlineSheet | None = None
    why: str = ""
    refused: Answer | None = None

    @property
    def due(self) -> date | None:
        return self.sheet.due_effective if self.sheet else None


@dataclass(frozen=True, slots=True)
class Ground:
    """What every plan stands on: the rules, the calendar, the level of the commission."""

    find_limit: FindLimit
    calendar: Calendar
    level: Level
    serving: Callable[[str], str] = str  # the id under which a rule applies here


def date_plan(facts: Assumptions, ground: Ground) -> tuple[PlannedLimit, ...]:
    """Every limit of the edition in the order of its steps, the whole procedure's own limit last."""
    expected: dict[EventType, date] = {}
    plan: tuple[PlannedLimit, ...] = ()
    for _round in range(len(facts.edition.limits) + 1):  # each round knows one expectation further ahead
        found = (_planned(*named, facts, expected, ground) for named in facts.edition.limits.items())
        plan = tuple(one for one in found if one is not None)
        ahead = _expectations(plan, facts.happened)
        if ahead == expected:
            break
        expected = ahead
    return plan


def rule_day(edition: ProcedureEdition, started_on: date) -> date:
    """The day whose rules bind under an edition: the start itself, moved into the edition's validity."""
    return min(max(started_on, edition.valid_from), edition.valid_to or date.max)


def _planned(
    limit_id: str,
    step_key: str | None,
    facts: Assumptions,
    expected: Mapping[EventType, date],
    ground: Ground,
) -> PlannedLimit | None:
    limit_id = ground.serving(limit_id)
    newest = ground.find_limit(limit_id, date.max)
    if newest is None:
        return None
    start = facts.happened.get(newest.starts_on) or expected.get(newest.starts_on)
    limit = newest if start is None else ground.find_limit(limit_id, rule_day(facts.edition, start)) or newest
    if not limit.applies_to(ground.level):
        return None
    ends = None if limit.ends_on is None else facts.happened.get(limit.ends_on)
    whole = PlannedLimit(
        limit=limit, step_key=step_key, starts_on=start,
        expected=start is not None and limit.starts_on not in facts.happened, met_on=ends,
    )  # fmt: skip
    if start is None:
        return replace(whole, why=f"Tính khi có: {limit.starts_on.label.lower()}.")
    if limit.measure is not Measure.NUMBER:
        return replace(whole, why=f"Thời hạn {limit.measure.label}.")
    return _counted(whole, facts, start, ground.calendar)


def _counted(planned: PlannedLimit, facts: Assumptions, start: date, calendar: Calendar) -> PlannedLimit:
    limit = planned.limit
    granted = list(facts.extensions.get(limit.id, ()))
    refused = None
    for position, asked in enumerate(granted):
        answer = check_extension_of(
            limit, asked, granted=granted[:position], confirmed_by_commission=limit.id in facts.confirmed
        )
        refused = answer if answer.reasons else refused
    try:
        sheet = sheet_for(
            limit, start, calendar, pauses=[*facts.pauses.get("", ()), *facts.pauses.get(limit.id, ())],
            granted=granted, confirmed_by_commission=limit.id in facts.confirmed, refuse_open_roll=False,
        )  # fmt: skip
    except CalendarNotConfirmed as error:
        return replace(planned, why=error.message)
    return replace(planned, sheet=sheet, refused=refused)


def _expectations(plan: Sequence[PlannedLimit], happened: Mapping[EventType, date]) -> dict[EventType, date]:
    """What a limit waits for is expected on its last day; of several limits the earliest day counts."""
    found: dict[EventType, date] = {}
    for planned in plan:
        ends, due = planned.limit.ends_on, planned.due
        if ends is not None and ends not in happened and due is not None:
            found[ends] = min(due, found.get(ends, due))
    return found
