"""Sessions of the commission: attendance, agenda, secret ballots. No table links a voter to a choice."""

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    TextField,
)

from cases.db import BaseModel, UtcDateTimeField
from cases.documents.models import Document
from cases.lifecycle.models import Case, Party
from cases.people.models import Commission, User


class Session(BaseModel):
    commission = ForeignKeyField(Commission, backref="sessions", on_delete="RESTRICT")
    number = IntegerField()
    term = CharField(max_length=20)
    held_on = DateField()
    starts_at = CharField(max_length=5, default="08:00")
    ends_at = CharField(max_length=5, default="")
    place = CharField(max_length=200)
    chair = ForeignKeyField(User, on_delete="RESTRICT", backref="chaired_sessions")
    secretary = ForeignKeyField(User, on_delete="RESTRICT", backref="recorded_sessions")
    state = CharField(max_length=20, default="planned")
    total_members = IntegerField(null=True)  # fixed when the session is opened
    created_by = ForeignKeyField(User, on_delete="RESTRICT")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("commission", "term", "number"), True),)
        constraints = [
            Check("state in ('planned', 'open', 'closed')"),
            Check("state = 'planned' or coalesce(total_members, 0) >= 1"),
        ]


class Attendance(BaseModel):
    session = ForeignKeyField(Session, backref="attendance", on_delete="CASCADE")
    user = ForeignKeyField(User, on_delete="RESTRICT")
    present = BooleanField()
    reason = CharField(max_length=300, default="")

    class Meta:
        indexes = ((("session", "user"), True),)


class AgendaItem(BaseModel):
    session = ForeignKeyField(Session, backref="agenda", on_delete="CASCADE")
    case = ForeignKeyField(Case, backref="agenda_items", on_delete="RESTRICT")
    position = IntegerField()
    title = CharField(max_length=400)
    reporter = CharField(max_length=120, default="")
    discussion = TextField(default="")
    conclusion = TextField(default="")
    state = CharField(max_length=20, default="planned")
    minutes = ForeignKeyField(Document, null=True, backref="+", on_delete="SET NULL")

    class Meta:
        indexes = ((("session", "position"), True), (("session", "case"), True))
        constraints = [
            Check("state in ('planned', 'concluded', 'postponed')"),
            Check("state <> 'concluded' or conclusion <> ''"),
        ]


class Ballot(BaseModel):
    """A secret vote on one subject: only totals are kept. `result` is written once, when it is counted."""

    item = ForeignKeyField(AgendaItem, backref="ballots", on_delete="CASCADE")
    party = ForeignKeyField(Party, on_delete="RESTRICT")
    stage = CharField(max_length=10)
    body_name = CharField(max_length=200)
    base_total = IntegerField()
    present = IntegerField()
    issued = IntegerField(default=0)
    returned = IntegerField(default=0)
    valid = IntegerField(default=0)
    invalid = IntegerField(default=0)
    tellers = JSONField(default=list)
    state = CharField(max_length=20, default="open")
    outcome = CharField(max_length=30, default="")
    result = JSONField(null=True)
    seal = CharField(max_length=64, default="")
    counted_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    counted_at = UtcDateTimeField(null=True)
    slip = ForeignKeyField(Document, null=True, backref="+", on_delete="SET NULL")
    minutes = ForeignKeyField(Document, null=True, backref="+", on_delete="SET NULL")

    class Meta:
        indexes = ((("item", "party", "stage"), True),)
        constraints = [
            Check("stage in ('propose', 'decide')"),
            Check("state in ('open', 'counted')"),
            Check("(state = 'counted') = (counted_at is not null)"),
            Check("issued <= present and present <= base_total and base_total >= 1"),
            Check("returned <= issued and valid + invalid = returned and valid >= 0 and invalid >= 0"),
        ]


class BallotTally(BaseModel):
    ballot = ForeignKeyField(Ballot, backref="tallies", on_delete="CASCADE")
    option = CharField(max_length=30)
    votes = IntegerField()

    class Meta:
        indexes = ((("ballot", "option"), True),)
        constraints = [Check("votes >= 0")]


class OutsideVote(BaseModel):
    """A secret vote held by another body (a chi bộ, a committee), written down from its minutes."""

    case = ForeignKeyField(Case, backref="outside_votes", on_delete="CASCADE")
    step_key = CharField(max_length=10)
    party = ForeignKeyField(Party, on_delete="RESTRICT")
    body_name = CharField(max_length=200)
    held_on = DateField()
    stage = CharField(max_length=10)
    base_total = IntegerField()
    present = IntegerField()
    invalid = IntegerField(default=0)
    votes = JSONField()  # penalty id → votes
    result = JSONField()
    outcome = CharField(max_length=30, default="")
    minutes_note = CharField(max_length=200, default="")
    recorded_by = ForeignKeyField(User, on_delete="RESTRICT")
    recorded_at = UtcDateTimeField()

    class Meta:
        indexes = ((("case", "step_key", "party", "body_name"), True),)
        constraints = [
            Check("stage in ('propose', 'decide')"),
            Check("present <= base_total and base_total >= 1"),
            Check("invalid >= 0 and invalid <= present"),
        ]
