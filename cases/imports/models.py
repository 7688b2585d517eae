"""Imported files and the repair list: every row that could not be stored waits here for a person."""

from peewee import BlobField, BooleanField, CharField, Check, ForeignKeyField, IntegerField, JSONField

from cases.db import BaseModel, UtcDateTimeField
from cases.people.models import Commission, User


class ImportFile(BaseModel):
    commission = ForeignKeyField(Commission, on_delete="RESTRICT")
    name = CharField(max_length=255)
    kind = CharField(max_length=30)
    sha256 = CharField(max_length=64)
    rows_read = IntegerField()
    rows_stored = IntegerField()
    rows_unchanged = IntegerField()
    rows_with_problems = IntegerField()
    notes = JSONField(default=list)
    imported_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    imported_at = UtcDateTimeField()

    class Meta:
        constraints = [Check("rows_read = rows_stored + rows_unchanged + rows_with_problems")]


class ImportedRow(BaseModel):
    """What a row of a register became: importing the same row again finds it here and adds nothing."""

    commission = ForeignKeyField(Commission, on_delete="RESTRICT")
    kind = CharField(max_length=30)
    content_hash = CharField(max_length=64)
    object_id = IntegerField()

    class Meta:
        indexes = ((("commission", "kind", "content_hash"), True),)


class RepairRow(BaseModel):
    """A row with problems, whole as it was read, until a person mends or sets it aside with a reason.

    `sealed`: the cells that may name the sender of a letter; `raw` has them empty. `about`: the folded
    name of whom the row is about, so that this person never sees it. `occurrence`: which one it is of
    the rows with the same content in one file. `conflict`: something stored has the same number and
    other content.
    """

    commission = ForeignKeyField(Commission, on_delete="RESTRICT")
    file = ForeignKeyField(ImportFile, backref="repairs", on_delete="RESTRICT")
    kind = CharField(max_length=30)
    row_number = IntegerField()
    content_hash = CharField(max_length=64)
    occurrence = IntegerField(default=1)
    raw = JSONField(column_name="raw_cells")
    sealed = BlobField(null=True)
    about = CharField(max_length=300, default="")
    problems = JSONField()
    conflict = BooleanField(default=False)
    state = CharField(max_length=20, default="open", index=True)
    reason = CharField(max_length=300, default="")
    settled_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    settled_at = UtcDateTimeField(null=True)

    class Meta:
        indexes = ((("commission", "kind", "content_hash", "occurrence"), True),)
        constraints = [
            Check("state in ('open', 'repaired', 'set_aside')"),
            Check("(state = 'open') = (settled_at is null)"),
            Check("state <> 'set_aside' or reason <> ''"),
        ]


class WaitingFile(BaseModel):
    """An uploaded file between its preview and the confirmation, for the one who uploaded it, for a while."""

    user = ForeignKeyField(User, on_delete="CASCADE")
    name = CharField(max_length=255)
    kind = CharField(max_length=30, default="")
    sheet = CharField(max_length=255, default="")
    sealed_sha256 = CharField(max_length=64)
    uploaded_at = UtcDateTimeField(index=True)
