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
    rule_on = DateField(
        null=True
    )  # the day whose rules bind, once a switch of edition set another than the start
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
    """What a commission states about one version of a rule: that it is so, or how it reads instead.

    Nothing is overwritten: the newest one not withdrawn counts. Numbers left null stay as in the rule.
    """

    commission = ForeignKeyField(Commission, on_delete="RESTRICT")
    rule_id = CharField(max_length=40, index=True)
    version_from = DateField(null=True)
    verdict = CharField(max_length=20)
    amount = IntegerField(null=True)
    unit = CharField(max_length=20, default="")
    extension_amount = IntegerField(null=True)
    extension_times = IntegerField(null=True)
    roll = CharField(max_length=20, default="")
    text = TextField(default="")
    basis = CharField(max_length=300)
    note = TextField(default="")
    confirmed_by = ForeignKeyField(User, on_delete="RESTRICT")
    confirmed_at = UtcDateTimeField()
    withdrawn_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    withdrawn_at = UtcDateTimeField(null=True)
    withdrawn_reason = TextField(default="")

    class Meta:
        indexes = ((("commission", "rule_id"), False),)
        constraints = [
            Check("verdict in ('confirmed', 'corrected')"),
            Check("basis <> ''"),
            Check("amount is null or amount >= 0"),
            Check("extension_amount is null or extension_amount >= 1"),
            Check("extension_times is null or extension_times >= 0"),
            Check("(withdrawn_at is null) = (withdrawn_by_id is null)"),
            Check("withdrawn_at is null or withdrawn_reason <> ''"),
        ]
