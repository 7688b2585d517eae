"""Pieces of evidence: the original bytes are stored once, by hash, and never changed."""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from cases.db import BaseModel, UtcDateTimeField
from cases.lifecycle.models import Case
from cases.people.models import User


class Evidence(BaseModel):
    case = ForeignKeyField(Case, backref="evidence", on_delete="RESTRICT")
    number = IntegerField()
    title = CharField(max_length=300)
    kind = CharField(max_length=30)
    received_on = DateField()
    received_from = CharField(max_length=200, default="")
    pages = IntegerField(null=True)
    original = CharField(max_length=20, default="copy")
    note = TextField(default="")
    file_name = CharField(max_length=255, default="")
    media_type = CharField(max_length=100, default="")
    size = IntegerField(default=0)
    sha256 = CharField(max_length=64, default="")
    carried_from = ForeignKeyField("self", null=True, on_delete="RESTRICT")
    withdrawn_reason = TextField(default="")
    added_by = ForeignKeyField(User, on_delete="RESTRICT")
    added_at = UtcDateTimeField()

    class Meta:
        indexes = ((("case", "number"), True),)
        constraints = [Check("original in ('original', 'copy')"), Check("size >= 0")]
