"""Party organisations as a dated tree, members, the posts they hold, and who manages whom."""

from typing import TYPE_CHECKING

from peewee import BooleanField, CharField, Check, DateField, ForeignKeyField, ModelSelect, TextField

from cases.db import BaseModel


class Organisation(BaseModel):
    code = CharField(max_length=40, unique=True)
    name = CharField(max_length=300)
    name_fold = CharField(max_length=300, index=True)
    level = CharField(max_length=40)
    parent = ForeignKeyField("self", null=True, backref="children", on_delete="RESTRICT")
    secretary = CharField(max_length=120, default="")
    valid_from = DateField(null=True)
    valid_to = DateField(null=True)
    successor = ForeignKeyField("self", null=True, backref="predecessors", on_delete="RESTRICT")

    if TYPE_CHECKING:  # the other ends of foreign keys, which peewee adds at run time
        members: "ModelSelect[Member]"
        children: "ModelSelect[Organisation]"

    class Meta:
        constraints = [
            Check("level in ('tinh', 'cap_tren_truc_tiep_co_so', 'co_so', 'bo_phan', 'chi_bo', 'huyen')"),
            Check("valid_to is null or valid_from is null or valid_to >= valid_from"),
        ]


class Member(BaseModel):
    card_number = CharField(max_length=20, unique=True)
    full_name = CharField(max_length=120)
    name_fold = CharField(max_length=120, index=True)
    name_sort = CharField(max_length=400, index=True)
    birth_date = DateField(null=True)
    gender = CharField(max_length=10, default="")
    hometown = CharField(max_length=200, default="")
    address = CharField(max_length=200, default="")
    joined_on = DateField(null=True)
    official_on = DateField(null=True)
    branch = ForeignKeyField(Organisation, null=True, backref="members", on_delete="RESTRICT")
    party_post = CharField(max_length=200, default="")
    government_post = CharField(max_length=200, default="")
    management_level = CharField(max_length=40, default="")
    note = TextField(default="")
    active = BooleanField(default=True)

    class Meta:
        constraints = [
            Check("official_on is null or joined_on is null or official_on >= joined_on"),
        ]


class MemberPost(BaseModel):
    """A post held from one day to another; the posts of today are copied on `Member` for lists."""

    member = ForeignKeyField(Member, backref="posts", on_delete="CASCADE")
    organisation = ForeignKeyField(Organisation, null=True, on_delete="RESTRICT")
    title = CharField(max_length=200)
    held_from = DateField(null=True)
    held_to = DateField(null=True)

    class Meta:
        constraints = [Check("held_to is null or held_from is null or held_to >= held_from")]
