"""Clocks running on a case, requests to extend or pause them, the calendar of record, confirmations."""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from cases.db import BaseModel, UtcDateTimeField
from cases.lifecycle.models import Case, CaseStep
from cases.people.models import Commission, User


class Deadline(BaseModel):
    """A limit running on a case. `due_on` is only a copy for lists; the sheet recomputes it from events."""

    case = ForeignKeyField(Case, backref="deadlines", on_delete="CASCADE")
    step = ForeignKeyField(CaseStep, null=True, on_delete="CASCADE")
    limit_id = CharField(max_length=40)
    label = CharField(max_length=300)
    start_event = CharField(max_length=60)
    started_on = DateField()
    due_on = DateField(null=True, index=True)
    state = CharField(max_length=20, default="running", index=True)
    met_on = DateField(null=True)
    waits_for = CharField(max_length=30, default="")

    class Meta:
        constraints = [
            Check("state in ('running', 'met', 'cancelled')"),
            Check("(state = 'met') = (met_on is not null)"),
        ]


class DeadlineChange(BaseModel):
    """A request to extend or to pause a deadline, and its decision by somebody else."""

    deadline = ForeignKeyField(Deadline, backref="changes", on_delete="CASCADE")
    kind = CharField(max_length=20)
    amount = IntegerField(null=True)
    pause_from = DateField(null=True)
    pause_to = DateField(null=True)
    reason_code = CharField(max_length=40, default="")
    reason = TextField()
    warning = TextField(default="")
    state = CharField(max_length=20, default="requested")
    requested_by = ForeignKeyField(User, on_delete="RESTRICT")
    requested_at = UtcDateTimeField()
    decided_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    decided_at = UtcDateTimeField(null=True)
    decision_reason = TextField(default="")

    class Meta:
        constraints = [
            Check("kind in ('extension', 'pause')"),
            Check("state in ('requested', 'granted', 'refused')"),
            Check("(state = 'requested') = (decided_at is null)"),
            Check("(decided_by_id is null) = (decided_at is null)"),
            Check("decided_by_id is null or decided_by_id <> requested_by_id"),
            Check("kind <> 'extension' or coalesce(amount, 0) >= 1"),
            Check("kind <> 'pause' or pause_from is not null"),
            Check("pause_to is null or pause_to >= pause_from"),
            Check("reason <> ''"),
        ]


class CalendarYear(BaseModel):
    year = IntegerField(unique=True)
    notice = CharField(max_length=300, default="")
    confirmed_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    confirmed_at = UtcDateTimeField(null=True)

    class Meta:
        constraints = [Check("(confirmed_by_id is null) = (confirmed_at is null)")]


class CalendarDay(BaseModel):
    """A weekday off, or a Saturday or Sunday worked; all other days follow the week."""

    year = ForeignKeyField(CalendarYear, backref="days", on_delete="CASCADE")
    day = DateField(unique=True)
    kind = CharField(max_length=10)
    name = CharField(max_length=120)

    class Meta:
        constraints = [Check("kind in ('off', 'work')")]


class RuleConfirmation(BaseModel):
    commission = ForeignKeyField(Commission, on_delete="RESTRICT")
    rule_id = CharField(max_length=40)
    basis = CharField(max_length=300)
    confirmed_by = ForeignKeyField(User, on_delete="RESTRICT")
    confirmed_at = UtcDateTimeField()

    class Meta:
        indexes = ((("commission", "rule_id"), True),)
