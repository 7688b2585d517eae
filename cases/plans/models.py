"""The yearly inspection and supervision programme."""

from peewee import CharField, ForeignKeyField, IntegerField, TextField

from cases.db import BaseModel
from cases.parties.models import Member, Organisation
from cases.people.models import Commission, User


class ProgrammeItem(BaseModel):
    commission = ForeignKeyField(Commission, backref="programme", on_delete="RESTRICT")
    year = IntegerField()
    number = IntegerField()
    kind = CharField(max_length=60)
    kind_label = CharField(max_length=200)
    subject_name = CharField(max_length=300)
    subject_organisation = ForeignKeyField(Organisation, null=True, on_delete="RESTRICT")
    subject_member = ForeignKeyField(Member, null=True, on_delete="RESTRICT")
    content = TextField()
    period = CharField(max_length=60, default="")
    timing = CharField(max_length=60, default="")
    unit = CharField(max_length=120, default="")
    directing = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    note = TextField(default="")

    class Meta:
        indexes = ((("commission", "year", "number"), True),)
