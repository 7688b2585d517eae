"""Discipline decisions (register R06), made here or brought from the paper register."""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from cases.db import BaseModel, UtcDateTimeField
from cases.documents.models import Document
from cases.lifecycle.models import Case, Party
from cases.parties.models import Member, Organisation
from cases.people.models import Commission, User
from cases.sessions.models import Ballot, OutsideVote


class Decision(BaseModel):
    commission = ForeignKeyField(Commission, backref="decisions", on_delete="RESTRICT")
    case = ForeignKeyField(Case, null=True, backref="decisions", on_delete="RESTRICT")
    party = ForeignKeyField(Party, null=True, on_delete="RESTRICT")
    ballot = ForeignKeyField(Ballot, null=True, unique=True, on_delete="RESTRICT")
    outside_vote = ForeignKeyField(OutsideVote, null=True, unique=True, on_delete="RESTRICT")
    document = ForeignKeyField(Document, null=True, unique=True, on_delete="SET NULL")
    announcement = ForeignKeyField(Document, null=True, backref="+", on_delete="SET NULL")
    number_text = CharField(max_length=60, default="")
    number = IntegerField(null=True)
    signed_on = DateField(null=True)
    subject_kind = CharField(max_length=10, default="member")
    subject_name = CharField(max_length=300)
    subject_member = ForeignKeyField(Member, null=True, on_delete="RESTRICT")
    subject_organisation = ForeignKeyField(Organisation, null=True, on_delete="RESTRICT")
    birth_date = DateField(null=True)
    post = CharField(max_length=200, default="")
    unit = CharField(max_length=300, default="")
    managed_by = CharField(max_length=200, default="")
    violation = TextField(default="")
    group = CharField(max_length=60, default="", column_name="violation_group")
    penalty = CharField(max_length=30)
    removed_post = CharField(max_length=200, default="")
    deciding_body = CharField(max_length=200, default="")
    origin = CharField(max_length=60, default="")
    announced_on = DateField(null=True)
    received_on = DateField(null=True)
    refusal = TextField(default="")  # would not hear or take it: recorded, valid all the same
    effective_on = DateField(null=True)
    ends_on = DateField(null=True)
    complaint = CharField(max_length=200, default="")
    changed_to = CharField(max_length=30, default="")
    note = TextField(default="")
    created_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    created_at = UtcDateTimeField()

    class Meta:
        constraints = [
            Check("subject_kind in ('member', 'body')"),
            Check("penalty in ('reprimand', 'warning', 'removal', 'expulsion', 'dissolution')"),
            Check("announced_on is null or signed_on is null or announced_on >= signed_on"),
            Check("penalty <> 'removal' or removed_post <> '' or case_id is null"),
            Check("subject_kind = 'member' or penalty in ('reprimand', 'warning', 'dissolution')"),
        ]
