"""Commissions, their users and roles, sign-in sessions and the throttle."""

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    JSONField,
)

from cases.db import BaseModel, UtcDateTimeField
from cases.parties.models import Member, Organisation
from cases.people.actor import Actor
from procedures.schema import Role


class Commission(BaseModel):
    """One inspection commission; an installation holds several (province and communes)."""

    code = CharField(max_length=40, unique=True)
    name = CharField(max_length=200)
    level = CharField(max_length=10)
    parent = ForeignKeyField("self", null=True, backref="communes", on_delete="RESTRICT")
    organisation = ForeignKeyField(Organisation, null=True, on_delete="RESTRICT")
    superior_line = CharField(max_length=120)
    issuer_line = CharField(max_length=120)
    symbol_suffix = CharField(max_length=20)
    place = CharField(max_length=60)
    term_name = CharField(max_length=20)
    settings = JSONField(default=dict)

    class Meta:
        constraints = [Check("level in ('tinh', 'xa')")]


class User(BaseModel):
    commission = ForeignKeyField(Commission, backref="users", on_delete="RESTRICT")
    username = CharField(max_length=60, unique=True)
    full_name = CharField(max_length=120)
    name_fold = CharField(max_length=120, index=True)
    name_sort = CharField(max_length=400)
    post = CharField(max_length=120, default="")
    rank = CharField(max_length=120, default="")
    unit = CharField(max_length=120, default="")
    email = CharField(max_length=200, default="")
    phone = CharField(max_length=30, default="")
    entered_on = DateField(null=True)
    member = ForeignKeyField(Member, null=True, backref="users", on_delete="RESTRICT")
    password_hash = CharField(max_length=200, default="")
    must_change_password = BooleanField(default=False)
    active = BooleanField(default=True)
    created_at = UtcDateTimeField()

    @property
    def is_authenticated(self) -> bool:
        """What Flask-Login asks of whoever a live session belongs to."""
        return True

    @property
    def called(self) -> str:
        """Name and post, as lists of people show them."""
        return f"{self.full_name} – {self.post}" if self.post else str(self.full_name)

    def as_actor(self) -> Actor:
        held = UserRole.select().where(UserRole.user == self.id)
        return Actor(
            user_id=self.id,
            commission_id=self.commission_id,
            name=self.full_name,
            roles=frozenset(Role(row.role) for row in held),
            member_id=self.member_id,
            unit=self.unit,
        )


class UserRole(BaseModel):
    user = ForeignKeyField(User, backref="roles", on_delete="CASCADE")
    role = CharField(max_length=30)

    class Meta:
        indexes = ((("user", "role"), True),)
        constraints = [
            Check(
                "role in ('clerk', 'inspector', 'team_head', 'head_of_section', 'commissioner',"
                " 'chair', 'statistician', 'administrator')"
            )
        ]


class SignInSession(BaseModel):
    """A signed-in browser. The cookie carries the token, the table its hash; ending the row signs out."""

    user = ForeignKeyField(User, backref="sessions", on_delete="CASCADE")
    token_hash = CharField(max_length=64, unique=True)
    opened_at = UtcDateTimeField()
    last_seen_at = UtcDateTimeField()
    ended_at = UtcDateTimeField(null=True)


class SignInFailure(BaseModel):
    """One failed attempt, counted per user name so that nobody can lock the whole installation."""

    username = CharField(max_length=60, index=True)
    at = UtcDateTimeField(index=True)


class FirstAdminCode(BaseModel):
    """The one-time code that opens the first-administrator page of an empty installation."""

    code_hash = CharField(max_length=200)
    made_at = UtcDateTimeField()
    used_at = UtcDateTimeField(null=True)


class NumberSeries(BaseModel):
    """The next number of a series; taken only inside the transaction that uses it."""

    commission = ForeignKeyField(Commission, on_delete="RESTRICT")
    series = CharField(max_length=60)
    term = CharField(max_length=20)
    next_number = IntegerField(default=1)

    class Meta:
        indexes = ((("commission", "series", "term"), True),)
        constraints = [Check("next_number >= 1")]
