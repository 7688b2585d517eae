"""Letters (register R02), the sealed identity of their senders, and the eligibility checks."""

from peewee import BlobField, CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, TextField

from cases.db import BaseModel, UtcDateTimeField
from cases.parties.models import Member, Organisation
from cases.people.models import Commission, User


class Letter(BaseModel):
    commission = ForeignKeyField(Commission, backref="letters", on_delete="RESTRICT")
    year = IntegerField()
    number = IntegerField()
    part = CharField(max_length=10, default="")  # "a", "b": the parts of a mixed letter that was split
    received_on = DateField(index=True)
    written_on = DateField(null=True)
    posted_on = DateField(null=True)
    source = CharField(max_length=20)
    transfer_reference = CharField(max_length=120, default="")
    identity = CharField(max_length=20)
    kind = CharField(max_length=20)
    subject_name = CharField(max_length=300, default="")
    subject_post = CharField(max_length=200, default="")
    subject_place = CharField(max_length=300, default="")
    subject_member = ForeignKeyField(Member, null=True, on_delete="RESTRICT")
    subject_organisation = ForeignKeyField(Organisation, null=True, on_delete="RESTRICT")
    summary = TextField()
    violation_ended_on = DateField(null=True)  # when the act told of ended: limitation is looked at early
    pages = IntegerField(null=True)
    enclosures = TextField(default="")
    duplicate_of = ForeignKeyField("self", null=True, backref="duplicates", on_delete="RESTRICT")
    split_from = ForeignKeyField("self", null=True, backref="parts", on_delete="RESTRICT")
    handler = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    handler_name = CharField(max_length=120, default="")  # as the register had it, when no user matches
    proposal = CharField(max_length=20, default="")
    proposal_note = TextField(default="")
    proposed_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    proposed_on = DateField(null=True)
    leader_opinion = TextField(default="")
    leader_opinion_on = DateField(null=True)
    state = CharField(max_length=20, default="logged", index=True)
    handling = CharField(max_length=20, default="")
    handling_reason = TextField(default="")
    handling_target = CharField(max_length=300, default="")  # to whom it was transferred or guided
    handling_reference = CharField(max_length=120, default="")
    handled_on = DateField(null=True)
    handled_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    due_on = DateField(null=True)
    result = TextField(default="")
    note = TextField(default="")
    search_text = TextField(default="")
    created_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    created_at = UtcDateTimeField()
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("commission", "year", "number", "part"), True),)
        constraints = [
            Check("number >= 1"),
            Check("source in ('post', 'in_person', 'forwarded', 'electronic', 'reception')"),
            Check("identity in ('clear', 'anonymous', 'impersonated', 'unclear')"),
            Check("kind in ('unclassified', 'denunciation', 'complaint', 'feedback', 'petition', 'mixed')"),
            Check("state in ('logged', 'classified', 'proposed', 'decided', 'split')"),
            Check("handling in ('', 'accepted', 'transferred', 'guided', 'filed', 'joined', 'held')"),
            Check("(state = 'decided') = (handling <> '')"),
            Check("handling = '' or handled_on is not null"),
            Check("state <> 'proposed' or proposal <> ''"),
            Check("handled_by_id is null or proposed_by_id is null or handled_by_id <> proposed_by_id"),
            Check("handled_by_id is null or created_by_id is null or handled_by_id <> created_by_id"),
            Check("pages is null or pages >= 0"),
        ]


class Sender(BaseModel):
    """Who sent a letter: sealed with the vault key. Keys allow to match, never to read."""

    letter = ForeignKeyField(Letter, backref="senders", unique=True, on_delete="CASCADE")
    sealed = BlobField()
    name_key = CharField(max_length=64, index=True)
    word_keys = TextField(default="")


class LetterCheck(BaseModel):
    """One eligibility rule looked at for one letter: what was computed and what a person says."""

    letter = ForeignKeyField(Letter, backref="checks", on_delete="CASCADE")
    rule_id = CharField(max_length=20)
    computed = CharField(max_length=20)
    answer = CharField(max_length=20, default="")
    note = TextField(default="")
    answered_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    data = JSONField(default=dict)

    class Meta:
        indexes = ((("letter", "rule_id"), True),)
        constraints = [
            Check("computed in ('ok', 'fails', 'needs_person')"),
            Check("answer in ('', 'ok', 'fails')"),
        ]
