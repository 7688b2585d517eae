"""A case: its procedure and edition, parties, team, steps, allegations and findings."""

from typing import TYPE_CHECKING

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    ModelSelect,
    TextField,
)

from cases.db import BaseModel, UtcDateTimeField
from cases.intake.models import Letter
from cases.parties.models import Member, Organisation
from cases.people.models import Commission, User
from cases.plans.models import ProgrammeItem


class Case(BaseModel):
    commission = ForeignKeyField(Commission, backref="cases", on_delete="RESTRICT")
    code = CharField(max_length=40)
    procedure = CharField(max_length=20)
    edition = DateField()  # the edition in force on the day of the start event; never changed silently
    run_by = CharField(max_length=20, default="commission")  # who runs it decides who signs
    title = CharField(max_length=400)
    origin = CharField(max_length=20)
    programme_item = ForeignKeyField(ProgrammeItem, null=True, backref="cases", on_delete="RESTRICT")
    parent = ForeignKeyField("self", null=True, backref="branches", on_delete="RESTRICT")
    branch_kind = CharField(max_length=20, default="")
    started_on = DateField()  # day of the start event (receipt by the competent body, decision …)
    opened_at = UtcDateTimeField()
    opened_by = ForeignKeyField(User, on_delete="RESTRICT")
    directing = ForeignKeyField(User, null=True, backref="directed_cases", on_delete="RESTRICT")
    unit = CharField(max_length=120, default="")
    secrecy = CharField(max_length=20, default="none")
    urgency = CharField(max_length=20, default="none")
    period_from = DateField(null=True)
    period_to = DateField(null=True)
    scope = TextField(default="")
    state = CharField(max_length=20, default="open", index=True)
    outcome = CharField(max_length=60, default="")
    outcome_note = TextField(default="")
    closed_on = DateField(null=True)
    search_text = TextField(default="")
    version = IntegerField(default=1)

    if TYPE_CHECKING:  # the other ends of foreign keys, which peewee adds at run time
        parties: "ModelSelect[Party]"
        team: "ModelSelect[TeamMember]"
        findings: "ModelSelect[Finding]"
        letters: "ModelSelect[CaseLetter]"
        allegations: "ModelSelect[Allegation]"
        follow_ups: "ModelSelect[FollowUp]"
        steps: "ModelSelect[CaseStep]"
        conflicts: "ModelSelect[ConflictDeclaration]"
        holds: "ModelSelect[CaseHold]"
        edition_switches: "ModelSelect[EditionSwitch]"

    class Meta:
        indexes = ((("commission", "code"), True),)
        constraints = [
            Check("state in ('open', 'switched', 'suspended', 'closed')"),
            Check("(state in ('closed', 'switched')) = (closed_on is not null)"),
            Check("origin in ('letter', 'programme', 'branch', 'other')"),
            Check("(origin = 'branch') = (parent_id is not null)"),
            Check(
                "branch_kind in ('', 'switch', 'dual', 'discipline', 'referral', 'suspension', 'inspection', "
                "'restoration')"
            ),
            Check("run_by in ('commission', 'committee', 'advisory', 'cell')"),
            Check("secrecy in ('none', 'mat', 'toi_mat', 'tuyet_mat')"),
            Check("period_to is null or period_from is null or period_to >= period_from"),
        ]


class CaseHold(BaseModel):
    """A time in which a case stands still: from `held_from` until the day before it goes on."""

    case = ForeignKeyField(Case, backref="holds", on_delete="CASCADE")
    held_from = DateField()
    held_to = DateField(null=True)
    reason_code = CharField(max_length=40)
    reason = TextField()
    held_by = ForeignKeyField(User, on_delete="RESTRICT")
    held_at = UtcDateTimeField()
    resumed_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    resumed_at = UtcDateTimeField(null=True)
    resumed_reason = TextField(default="")

    class Meta:
        constraints = [
            Check("reason <> ''"),
            Check("held_to is null or held_to >= held_from"),
            Check("(held_to is null) = (resumed_at is null)"),
            Check("(resumed_by_id is null) = (resumed_at is null)"),
        ]


class EditionSwitch(BaseModel):
    """A decision to go on under another edition; `effects` keeps each date before and after."""

    case = ForeignKeyField(Case, backref="edition_switches", on_delete="CASCADE")
    from_edition = DateField()
    to_edition = DateField()
    decided_on = DateField()
    document = CharField(max_length=200, default="")
    reason = TextField()
    effects = JSONField(default=list)
    decided_by = ForeignKeyField(User, on_delete="RESTRICT")
    decided_at = UtcDateTimeField()

    class Meta:
        constraints = [Check("reason <> ''"), Check("from_edition <> to_edition")]


class CaseLetter(BaseModel):
    case = ForeignKeyField(Case, backref="letters", on_delete="CASCADE")
    letter = ForeignKeyField(Letter, backref="cases", on_delete="RESTRICT")

    class Meta:
        indexes = ((("case", "letter"), True),)


class Party(BaseModel):
    """A subject of the case with name and posts as they stood; exactly one of member and organisation,
    or neither while the person is known by name only."""

    case = ForeignKeyField(Case, backref="parties", on_delete="CASCADE")
    kind = CharField(max_length=10)
    member = ForeignKeyField(Member, null=True, backref="party_to", on_delete="RESTRICT")
    organisation = ForeignKeyField(Organisation, null=True, on_delete="RESTRICT")
    name = CharField(max_length=300)
    party_post = CharField(max_length=200, default="")
    government_post = CharField(max_length=200, default="")
    unit = CharField(max_length=300, default="")
    managed_by = CharField(max_length=200, default="")

    class Meta:
        constraints = [
            Check("kind in ('member', 'body')"),
            Check("member_id is null or organisation_id is null"),
        ]


class TeamMember(BaseModel):
    case = ForeignKeyField(Case, backref="team", on_delete="CASCADE")
    user = ForeignKeyField(User, backref="team_posts", on_delete="RESTRICT")
    position = CharField(max_length=20)
    task = CharField(max_length=300, default="")
    left_on = DateField(null=True)

    class Meta:
        indexes = ((("case", "user"), True),)
        constraints = [Check("position in ('head', 'deputy', 'member', 'secretary')")]


class ConflictDeclaration(BaseModel):
    """A person with a stated or found conflict of interest: sees and handles the case no more."""

    case = ForeignKeyField(Case, backref="conflicts", on_delete="CASCADE")
    user = ForeignKeyField(User, on_delete="RESTRICT")
    reason = TextField()
    declared_at = UtcDateTimeField()

    class Meta:
        indexes = ((("case", "user"), True),)


class CaseStep(BaseModel):
    """One occurrence of a step of the pinned edition; repeating a step adds an occurrence."""

    case = ForeignKeyField(Case, backref="steps", on_delete="CASCADE")
    key = CharField(max_length=10)
    occurrence = IntegerField(default=1)
    position = IntegerField()
    state = CharField(max_length=20, default="waiting")
    ready_on = DateField(null=True)
    completed_on = DateField(null=True)
    completed_by = ForeignKeyField(User, null=True, on_delete="RESTRICT")
    completed_at = UtcDateTimeField(null=True)
    reason = TextField(default="")
    note = TextField(default="")
    missing_papers = JSONField(default=dict)  # form code → why the step was completed without it

    class Meta:
        indexes = ((("case", "key", "occurrence"), True),)
        constraints = [
            Check("state in ('waiting', 'ready', 'completed', 'skipped')"),
            Check("(state in ('completed', 'skipped')) = (completed_on is not null)"),
            Check("state <> 'skipped' or reason <> ''"),
            Check("occurrence >= 1"),
        ]


class Allegation(BaseModel):
    """One item of a denunciation, or one sign of violation; concluded item by item."""

    case = ForeignKeyField(Case, backref="allegations", on_delete="CASCADE")
    number = IntegerField()
    text = TextField()
    verified = TextField(default="")
    evidence_note = TextField(default="")
    conclusion = CharField(max_length=40, default="")
    ended_on = DateField(null=True)  # when the act told of ended, as far as known: limitation counts from it

    class Meta:
        indexes = ((("case", "number"), True),)
        constraints = [
            Check("conclusion in ('', 'false', 'unfounded', 'true_shortcoming', 'true_violation')")
        ]


class Finding(BaseModel):
    """A violation found: what was done, which rule it broke, under which statistical group."""

    case = ForeignKeyField(Case, backref="findings", on_delete="CASCADE")
    party = ForeignKeyField(Party, null=True, on_delete="CASCADE")
    text = TextField()
    rule_broken = TextField(default="")
    group = CharField(max_length=60, default="", column_name="violation_group")
    ended_on = DateField(null=True)
    detected_on = DateField(null=True)
    disciplinary = BooleanField(default=False)
    no_limit_ground = CharField(max_length=20, default="")  # why no limitation applies, if it does not (H-06)

    class Meta:
        constraints = [
            Check("no_limit_ground in ('', 'diploma', 'internal_politics', 'national_interest')"),
        ]


class Postponement(BaseModel):
    """A time in which a party may not be disciplined yet (P-01 to P-05), or stands before the law."""

    party = ForeignKeyField(Party, backref="postponements", on_delete="CASCADE")
    ground = CharField(max_length=40)
    from_on = DateField()
    to_on = DateField(null=True)
    lifted_on = DateField(null=True)  # the member asked in writing to be considered all the same (P-02)
    document = CharField(max_length=200, default="")
    reason = TextField()
    recorded_by = ForeignKeyField(User, on_delete="RESTRICT")
    recorded_at = UtcDateTimeField()

    class Meta:
        constraints = [
            Check("reason <> ''"),
            Check("to_on is null or to_on >= from_on"),
            Check("lifted_on is null or lifted_on >= from_on"),
        ]


class FollowUp(BaseModel):
    """A request of the conclusion, followed until it is done."""

    case = ForeignKeyField(Case, backref="follow_ups", on_delete="CASCADE")
    text = TextField()
    responsible = CharField(max_length=300)
    due_on = DateField(null=True)
    done_on = DateField(null=True)
    done_note = TextField(default="")

    class Meta:
        constraints = [Check("done_on is null or done_note <> ''")]
