"""Reads of deadlines. Every one of them starts from the cases the person may see."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from peewee import ModelSelect, chunked

from cases.deadlines.calendar import Calendar, CalendarNotConfirmed
from cases.deadlines.confirmations import BoundRule, is_confirmed, limit_of, limit_version, rule_of
from cases.deadlines.holds import MANY, holds_of_all, run_on, stopped
from cases.deadlines.models import CalendarDay, CalendarYear, Deadline, DeadlineChange
from cases.deadlines.rules import DeadlineState, LimitWithoutNumber, sheet_for, state
from cases.deadlines.sheet import DeadlineSheet
from cases.definitions import rules
from cases.errors import NotFound, Refused
from cases.lifecycle import queries as lifecycle
from cases.lifecycle.models import Case, CaseHold, TeamMember
from cases.people.actor import Actor
from procedures.schema import Role, StepActor, TimeLimit

__all__ = [
    "DeadlineSheet", "MyDeadlines", "SheetView", "YearView", "calendar_year", "calendar_years", "change_of",
    "changes_of", "changes_of_all", "count_sheet", "current_calendar", "deadline_of", "deadlines_of",
    "due_day", "is_confirmed", "is_for", "limit_of", "limit_version", "my_deadlines", "own_cases", "rule_of",
    "sheet_of", "sheet_view", "urgency", "visible_to",
]  # fmt: skip
TEAM = frozenset(
    {StepActor.TEAM, StepActor.TEAM_HEAD, StepActor.INSPECTOR, StepActor.SUBJECT, StepActor.PARTY_BODY}
)


def visible_to(actor: Actor) -> "ModelSelect[Deadline]":
    """The deadlines of the cases this person may know of."""
    return Deadline.select().where(Deadline.case.in_(lifecycle.visible_to(actor).select(Case.id)))


def deadline_of(actor: Actor, deadline_id: int) -> Deadline:
    """One deadline; the same error for one that does not exist and one that may not be seen."""
    deadline: Deadline | None = visible_to(actor).where(Deadline.id == deadline_id).first()
    if deadline is None:
        raise NotFound("Không có thời hạn này, hoặc đồng chí không thuộc phạm vi được xem.")
    return deadline


def change_of(actor: Actor, change_id: int) -> DeadlineChange:
    """One request to extend or pause, of a deadline the person may see."""
    change = DeadlineChange.get_or_none(DeadlineChange.id == change_id)
    if change is None:
        raise NotFound("Không có đề nghị này, hoặc đồng chí không thuộc phạm vi được xem.")
    change.deadline = deadline_of(actor, change.deadline_id)
    return change


def deadlines_of(case: Case) -> list[Deadline]:
    """The deadlines of a case: running ones first, by due day."""
    found = Deadline.select().where(Deadline.case == case.id)
    order = ("running", "met", "cancelled")
    return sorted(found, key=lambda one: (order.index(one.state), one.due_on or date.max, one.id))


def changes_of(deadline: Deadline) -> list[DeadlineChange]:
    """Every request on a deadline, oldest first."""
    return list(
        DeadlineChange.select().where(DeadlineChange.deadline == deadline.id).order_by(DeadlineChange.id)
    )


def changes_of_all(deadline_ids: Iterable[int]) -> dict[int, list[DeadlineChange]]:
    """The requests on many deadlines at once, oldest first; those without any are left out."""
    found: defaultdict[int, list[DeadlineChange]] = defaultdict(list)
    for some in chunked(deadline_ids, MANY):
        asked = DeadlineChange.select().where(DeadlineChange.deadline.in_(some))
        for change in asked.order_by(DeadlineChange.id):
            found[change.deadline_id].append(change)
    return found


def count_sheet(
    deadline: Deadline,
    calendar: Calendar | None = None,
    rule: BoundRule | None = None,
    changes: Sequence[DeadlineChange] | None = None,
    holds: Sequence[CaseHold] | None = None,
) -> DeadlineSheet:
    """Count a deadline anew from its events. Raises CalendarNotConfirmed or LimitWithoutNumber."""
    rule = rule or rule_of(deadline)
    asked = changes_of(deadline) if changes is None else changes
    granted = [change for change in asked if change.state == "granted"]
    held = holds_of_all([deadline.case_id]).get(deadline.case_id, []) if holds is None else holds
    paused = [(change.pause_from, change.pause_to) for change in granted if change.pause_from is not None]
    sheet = sheet_for(
        rule.limit,
        deadline.started_on,
        calendar or current_calendar(),
        pauses=[*paused, *stopped(rule.limit, held)],
        granted=[change.amount for change in granted if change.amount is not None],
        confirmed_by_commission=rule.statement is not None,
        refuse_open_roll=False,
    )
    sheet = replace(sheet, doubts=(*sheet.doubts, *run_on(rule.limit, held)))
    return replace(sheet, basis=(rule.basis_line,)) if rule.statement else sheet


def due_day(
    deadline: Deadline,
    calendar: Calendar | None = None,
    rule: BoundRule | None = None,
    changes: Sequence[DeadlineChange] | None = None,
    holds: Sequence[CaseHold] | None = None,
) -> date | None:
    """The day to keep for lists; None while a pause runs or the calendar of that year is not confirmed."""
    try:
        return count_sheet(deadline, calendar, rule, changes, holds).due_effective
    except (CalendarNotConfirmed, LimitWithoutNumber):
        return None


def sheet_of(actor: Actor, deadline_id: int) -> tuple[Deadline, TimeLimit, DeadlineSheet]:
    """A deadline with its rule and its sheet. Raises Refused where the date cannot be counted."""
    deadline = deadline_of(actor, deadline_id)
    rule = rule_of(deadline)
    return deadline, rule.limit, count_sheet(deadline, None, rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """A deadline with its rule, and its sheet or the sentence why there is none."""

    deadline: Deadline
    sheet: DeadlineSheet | None
    refusal: str = ""
    refused_year: int | None = None
    changes: tuple[DeadlineChange, ...] = ()
    rule: BoundRule

    @property
    def limit(self) -> TimeLimit:
        return self.rule.limit

    @property
    def confirmed(self) -> bool:
        return self.rule.confirmed


def sheet_view(actor: Actor, deadline_id: int) -> SheetView:
    """What the page of one deadline shows, also when the date cannot be counted."""
    deadline = deadline_of(actor, deadline_id)
    rule, changes = rule_of(deadline), changes_of(deadline)
    sheet, refusal, year = None, "", None
    try:
        sheet = count_sheet(deadline, None, rule, changes)
    except CalendarNotConfirmed as error:
        refusal, year = error.message, error.year
    except Refused as error:
        refusal = error.message
    return SheetView(
        deadline=deadline, rule=rule, sheet=sheet, refusal=refusal, refused_year=year, changes=tuple(changes)
    )


def urgency(deadline: Deadline, today: date) -> DeadlineState:
    """How urgent a deadline is on a day."""
    return state(deadline.due_on, today, deadline.met_on)


def current_calendar() -> Calendar:
    """The calendar of record: years kept in the database, and the rule book's seed for all others.

    A year counts once a person confirmed it, or while its seed is complete under an official notice.
    """
    kept = list(CalendarYear.select())
    days = list(CalendarDay.select())
    known = {year.year for year in kept}
    confirmed = {year.year for year in kept if year.notice}
    off = {day.day: day.name for day in days if day.kind == "off"}
    worked = {day.day for day in days if day.kind == "work"}
    for seed in rules().calendar:
        if seed.year not in known and seed.complete:
            confirmed.add(seed.year)
            off |= {item.day: item.name for item in seed.days_off}
            worked |= {item.day for item in seed.worked_days}
    return Calendar(confirmed_years=frozenset(confirmed), days_off=off, worked_saturdays=frozenset(worked))


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """One year of the calendar as the screen shows it. `days` are (day, kind, name)."""

    year: int
    notice: str
    confirmed: bool
    confirmed_by: str = ""
    note: str = ""
    days: tuple[tuple[date, str, str], ...] = ()


def calendar_year(year: int) -> YearView:
    """One year: as kept, else as seeded, else empty and not confirmed."""
    kept = CalendarYear.get_or_none(CalendarYear.year == year)
    seed = next((one for one in rules().calendar if one.year == year), None)
    note = (seed.note or "") if seed else ""
    if kept is not None:
        days = CalendarDay.select().where(CalendarDay.year == kept.id).order_by(CalendarDay.day)
        person = kept.confirmed_by.full_name if kept.confirmed_by is not None else ""
        return YearView(
            year=year, notice=kept.notice, confirmed=bool(kept.notice), confirmed_by=person, note=note,
            days=tuple((day.day, day.kind, day.name) for day in days),
        )  # fmt: skip
    if seed is None:
        return YearView(year=year, notice="", confirmed=False)
    days_off = [(item.day, "off", item.name) for item in seed.days_off]
    worked = [(item.day, "work", item.name) for item in seed.worked_days]
    return YearView(
        year=year, notice=seed.notice if seed.complete else "", confirmed=seed.complete, note=note,
        days=tuple(sorted(days_off + worked)),
    )  # fmt: skip


def calendar_years(today: date) -> list[YearView]:
    """Every year kept or seeded, and this year and the next in any case."""
    years = {year.year for year in CalendarYear.select()} | {seed.year for seed in rules().calendar}
    return [calendar_year(year) for year in sorted(years | {today.year, today.year + 1})]


@dataclass(frozen=True, slots=True)
class MyDeadlines:
    """Running deadlines of a person, by what they ask for now."""

    overdue: tuple[Deadline, ...] = ()
    today: tuple[Deadline, ...] = ()
    this_week: tuple[Deadline, ...] = ()
    later: tuple[Deadline, ...] = ()
    waiting: tuple[Deadline, ...] = ()


_GROUP_OF = {
    DeadlineState.OVERDUE: "overdue",
    DeadlineState.TODAY: "today",
    DeadlineState.THIS_WEEK: "this_week",
    DeadlineState.UPCOMING: "later",
    DeadlineState.PAUSED: "later",
}


def my_deadlines(actor: Actor, today: date) -> MyDeadlines:
    """The running deadlines of the person's own cases: what waits for the person, and for others."""
    query = visible_to(actor).where(Deadline.state == "running").order_by(Deadline.due_on, Deadline.id)
    mine = own_cases(actor)
    groups: defaultdict[str, list[Deadline]] = defaultdict(list)
    for deadline in query:
        if is_for(actor, deadline, own_cases=mine):
            groups[_GROUP_OF[urgency(deadline, today)]].append(deadline)
        elif deadline.case_id in mine:
            groups["waiting"].append(deadline)
    return MyDeadlines(**{name: tuple(found) for name, found in groups.items()})


def own_cases(actor: Actor) -> Set[int]:
    """The cases the person works on, directs or opened."""
    team = TeamMember.select(TeamMember.case).where(
        TeamMember.user == actor.user_id, TeamMember.left_on.is_null()
    )
    own = Case.id.in_(team) | (Case.directing == actor.user_id) | (Case.opened_by == actor.user_id)
    return {case.id for case in lifecycle.visible_to(actor).where(own)}


def is_for(actor: Actor, deadline: Deadline, *, own_cases: Set[int]) -> bool:
    """Whether this deadline waits for this person."""
    waits_for = next((one for one in StepActor if one == deadline.waits_for), StepActor.TEAM_HEAD)
    if waits_for in (StepActor.CHAIR, StepActor.COMMISSION):
        return Role.CHAIR in actor.roles
    if waits_for is StepActor.COMMISSIONER:
        return bool(deadline.case.directing_id == actor.user_id)
    if waits_for in TEAM:
        return deadline.case_id in own_cases and bool(
            actor.roles & {Role.INSPECTOR, Role.TEAM_HEAD, Role.HEAD_OF_SECTION}
        )
    return waits_for.recorder in actor.roles
