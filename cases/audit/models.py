"""The journal: one event per verb, append-only, each carrying the hash of the one before."""

from peewee import CharField, ForeignKeyField, IntegerField, JSONField

from cases.db import BaseModel, UtcDateTimeField
from cases.people.models import Commission, User


class AuditEvent(BaseModel):
    at = UtcDateTimeField(index=True)
    actor = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    commission = ForeignKeyField(Commission, null=True, on_delete="RESTRICT")
    verb = CharField(max_length=60, index=True)
    object_type = CharField(max_length=60, default="")
    object_id = IntegerField(null=True)
    case_id = IntegerField(null=True, index=True)
    letter_id = IntegerField(null=True, index=True)
    data = JSONField(default=dict)
    previous_hash = CharField(max_length=64)
    hash = CharField(max_length=64, unique=True)
