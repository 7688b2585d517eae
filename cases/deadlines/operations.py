"""Verbs about deadlines: what starts and meets them here; requests in changes, the calendar in days_off."""

from collections.abc import Callable
from datetime import date, datetime

from cases.audit.operations import act
from cases.deadlines.calendar_operations import change_days, confirm_year, seed_calendar
from cases.deadlines.changes import decide_change, request_extension, request_pause, resume
from cases.deadlines.models import Deadline
from cases.deadlines.queries import due_day, limit_of, limit_version
from cases.definitions import rules
from cases.lifecycle.models import Case, CaseStep
from cases.lifecycle.progress import edition_of, latest_row, subject_kind_of
from cases.people.actor import Actor
from procedures.schema import EventType, Level, Measure, Owner, StepActor, TimeLimit

__all__ = [
    "cancel_running", "change_days", "confirm_year", "decide_change", "event_happened", "limits_of",
    "request_extension", "request_pause", "resume", "seed_calendar",
]  # fmt: skip

LEVELS = {"tinh": Level.PROVINCE, "xa": Level.SUPERIOR}


def level_of(case: Case) -> Level:
    """The Party level whose limits bind: that of the chi bộ where it runs the case, else the commission's."""
    return Level.CELL if case.run_by == Owner.CELL else LEVELS[case.commission.level]


def event_happened(
    case: Case, event: EventType, on: date, step: CaseStep | None = None, *, actor: Actor, now: datetime
) -> list[Deadline]:
    """Meet the running limits that end with this event and start those of the edition it begins.

    Told twice of the same event, it starts nothing twice. Returns the deadlines started.
    """
    _meet(case, event, on, actor=actor, now=now)
    started = []
    for limit_id, step_key in limits_of(case).items():
        limit = limit_version(limit_id, on, case.commission_id)
        if limit.starts_on is event and _applies(case, limit) and not _known(case, limit_id, on):
            started.append(_start(case, limit, on, step_key, actor=actor, now=now))
    return started


def cancel_running(case: Case, *, reason: str, actor: Actor, now: datetime) -> None:
    """Stop every clock of a case that ends or goes on under another procedure."""
    for deadline in Deadline.select().where(Deadline.case == case.id, Deadline.state == "running"):
        with act(actor, "deadline.cancelled", now=now) as audit:
            deadline.state = "cancelled"
            deadline.save()
            audit.about(deadline)
            audit.say(limit=deadline.limit_id, label=deadline.label, reason=reason)


def limits_of(case: Case) -> dict[str, str | None]:
    """The limits of the pinned edition under the ids that apply to this case, each with the step it binds."""
    serving = serving_ids(case)
    return {serving(limit_id): step_key for limit_id, step_key in edition_of(case).limits.items()}


def serving_ids(case: Case) -> Callable[[str], str]:
    """Gives the id of a rule for the level of the case and the kind of its first subject, both read once."""
    level, kind = level_of(case), subject_kind_of(case)
    return lambda limit_id: rules().limit_for(limit_id, level, kind)


def _applies(case: Case, limit: TimeLimit) -> bool:
    return limit.measure is Measure.NUMBER and limit.applies_to(level_of(case))


def _known(case: Case, limit_id: str, on: date) -> bool:
    same = Deadline.select().where(Deadline.case == case.id, Deadline.limit_id == limit_id)
    return bool(same.where((Deadline.state == "running") | (Deadline.started_on == on)).exists())


def _start(
    case: Case, limit: TimeLimit, on: date, step_key: str | None, *, actor: Actor, now: datetime
) -> Deadline:
    row = latest_row(case, step_key) if step_key else None
    waits_for = edition_of(case).step(step_key).actor if step_key else StepActor.TEAM_HEAD
    with act(actor, "deadline.started", now=now) as audit:
        deadline = Deadline.create(
            case=case, step=row, limit_id=limit.id, label=limit.label, start_event=limit.starts_on.value,
            started_on=on, waits_for=waits_for.value,
        )  # fmt: skip
        deadline.due_on = due_day(deadline)
        deadline.save()
        audit.about(deadline)
        audit.say(limit=limit.id, label=limit.label, on=on.isoformat(), due=_iso(deadline.due_on))
    return deadline


def _meet(case: Case, event: EventType, on: date, *, actor: Actor, now: datetime) -> None:
    for deadline in Deadline.select().where(Deadline.case == case.id, Deadline.state == "running"):
        if limit_of(deadline).ends_on is not event:
            continue
        with act(actor, "deadline.met", now=now) as audit:
            deadline.state, deadline.met_on = "met", on
            deadline.save()
            audit.about(deadline)
            audit.say(
                limit=deadline.limit_id, label=deadline.label, on=on.isoformat(), due=_iso(deadline.due_on)
            )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
