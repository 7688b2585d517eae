"""Papers: drafts with their values, and issued papers that never change."""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, TextField

from cases.db import BaseModel, UtcDateTimeField
from cases.intake.models import Letter
from cases.lifecycle.models import Case, CaseStep
from cases.people.models import Commission, User


class Document(BaseModel):
    commission = ForeignKeyField(Commission, backref="documents", on_delete="RESTRICT")
    case = ForeignKeyField(Case, null=True, backref="documents", on_delete="RESTRICT")
    step = ForeignKeyField(CaseStep, null=True, on_delete="RESTRICT")
    letter = ForeignKeyField(Letter, null=True, backref="documents", on_delete="RESTRICT")
    form = CharField(max_length=10)
    form_edition = CharField(max_length=20)
    title = CharField(max_length=400)
    values = JSONField(default=dict, column_name="field_values")
    origins = JSONField(default=dict)
    state = CharField(max_length=20, default="draft", index=True)
    signer = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    secrecy = CharField(max_length=20, default="none")
    urgency = CharField(max_length=20, default="none")
    series = CharField(max_length=20, null=True)
    term = CharField(max_length=20, null=True)
    number = IntegerField(null=True)
    symbol = CharField(max_length=60, default="")
    issued_on = DateField(null=True)
    issued_at = UtcDateTimeField(null=True)
    issued_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    snapshot = JSONField(null=True)
    pdf_sha256 = CharField(max_length=64, default="")
    docx_sha256 = CharField(max_length=64, default="")
    void_reason = TextField(default="")
    created_by = ForeignKeyField(User, on_delete="RESTRICT")
    created_at = UtcDateTimeField()
    updated_at = UtcDateTimeField()
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("commission", "series", "term", "number"), True),)
        constraints = [
            Check("state in ('draft', 'submitted', 'returned', 'approved', 'issued', 'void')"),
            Check("number is null or (series is not null and term is not null and number >= 1)"),
            Check("number is null or state in ('approved', 'issued', 'void')"),
            Check(
                "state <> 'issued' or (issued_on is not null and snapshot is not null and pdf_sha256 <> '')"
            ),
            Check("state <> 'void' or void_reason <> ''"),
        ]
