"""Submissions for approval. Who asks never decides: in the operation and in the table."""

from peewee import CharField, Check, ForeignKeyField, TextField

from cases.db import BaseModel, UtcDateTimeField
from cases.documents.models import Document
from cases.people.models import Commission, User


class Approval(BaseModel):
    commission = ForeignKeyField(Commission, on_delete="RESTRICT")
    document = ForeignKeyField(Document, backref="approvals", on_delete="CASCADE")
    role = CharField(max_length=30)
    approver = ForeignKeyField(
        User, null=True, on_delete="RESTRICT"
    )  # a named person, e.g. the directing one
    state = CharField(max_length=20, default="waiting", index=True)
    note = TextField(default="")
    requested_by = ForeignKeyField(User, on_delete="RESTRICT")
    requested_at = UtcDateTimeField()
    decided_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    decided_at = UtcDateTimeField(null=True)
    remarks = TextField(default="")

    class Meta:
        constraints = [
            Check("state in ('waiting', 'approved', 'returned', 'withdrawn')"),
            Check("(state in ('approved', 'returned')) = (decided_at is not null)"),
            Check("(decided_by_id is null) = (decided_at is null)"),
            Check("decided_by_id is null or decided_by_id <> requested_by_id"),
            Check("state <> 'returned' or remarks <> ''"),
        ]
