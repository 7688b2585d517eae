"""What commissions state about their rules, and the limits they count with.

Of one version of a rule the newest statement not withdrawn counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from peewee import Expression, ModelSelect

from cases.clock import local_day
from cases.deadlines.confirmed import as_confirmed, basis_line
from cases.deadlines.models import Deadline, RuleConfirmation
from cases.definitions import rules
from cases.errors import NotFound
from cases.people.actor import Actor
from cases.people.models import User
from procedures.schema import RuleNotFound, TimeLimit

Key = tuple[int, str, date | None]


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A version of a limit for a commission: as written, as counted with, and what makes the difference."""

    written: TimeLimit
    limit: TimeLimit
    statement: RuleConfirmation | None = None

    @property
    def confirmed(self) -> bool:
        """Whether the commission stated it, or the article itself was read."""
        return self.limit.confirmed_by_source

    @property
    def basis_line(self) -> str:
        """What the sheet says instead of the confidence of the rule; empty without a statement."""
        if self.statement is None:
            return ""
        return basis_line(self.limit, self.statement.verdict, local_day(self.statement.confirmed_at))


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements in force, by commission, rule and first day of the version."""

    in_force: Mapping[Key, RuleConfirmation]

    def about(self, commission_id: int, rule_id: str, version_from: date | None) -> RuleConfirmation | None:
        return self.in_force.get((commission_id, rule_id, version_from))

    def bound(self, commission_id: int, limit: TimeLimit) -> BoundRule:
        """A version of a limit with what the commission states about it."""
        return stated(limit, self.about(commission_id, limit.id, limit.valid_from))


def stated(limit: TimeLimit, statement: RuleConfirmation | None) -> BoundRule:
    """A version of a limit under a statement, or as written without one."""
    return BoundRule(limit, as_confirmed(limit, statement) if statement else limit, statement)


def rule_of(deadline: Deadline, statements: Statements | None = None) -> BoundRule:
    """The version of the limit that binds a deadline, as written and as the commission states it.

    `statements` spares the look-up where many deadlines are counted.
    """
    commission_id = deadline.case.commission_id
    known = statements or statements_about(commission_id, deadline.limit_id)
    return known.bound(commission_id, written_version(deadline.limit_id, rule_day(deadline)))


def rule_day(deadline: Deadline) -> date:
    """The day whose rules bind: the start, unless a switch of edition set another."""
    day: date = deadline.rule_on or deadline.started_on
    return day


def limit_of(deadline: Deadline) -> TimeLimit:
    """The limit to count a deadline with: the version that binds it, as the commission states it."""
    return rule_of(deadline).limit


def limit_version(limit_id: str, on: date, commission_id: int) -> TimeLimit:
    """The limit a commission counts with from a day on."""
    written = written_version(limit_id, on)
    return statements_about(commission_id, limit_id).bound(commission_id, written).limit


def written_version(limit_id: str, on: date) -> TimeLimit:
    """The version in force on a day, else the latest: an old rule explains itself."""
    try:
        return rules().time_limit(limit_id, on=on)
    except RuleNotFound:
        return rules().time_limit(limit_id)


def is_confirmed(deadline: Deadline) -> bool:
    """Whether the commission has stated the rule behind a deadline."""
    return rule_of(deadline).statement is not None


def statements_of(commission_id: int) -> Statements:
    """All statements in force of a commission."""
    return Statements(_newest(RuleConfirmation.commission == commission_id))


def all_statements() -> Statements:
    """The statements in force of every commission: for recounting all clocks at once."""
    return Statements(_newest(RuleConfirmation.id.is_null(False)))


def statements_about(commission_id: int, rule_id: str) -> Statements:
    """The statements in force of a commission about one rule, whatever the version."""
    own = RuleConfirmation.commission == commission_id
    return Statements(_newest(own & (RuleConfirmation.rule_id == rule_id)))


def history_of(commission_id: int, rule_id: str) -> list[RuleConfirmation]:
    """Every statement a commission ever made about a rule, newest first."""
    return list(
        _with_people()
        .where(RuleConfirmation.commission == commission_id, RuleConfirmation.rule_id == rule_id)
        .order_by(RuleConfirmation.id.desc())
    )


def statement_of(actor: Actor, statement_id: int) -> RuleConfirmation:
    """One statement of the person's own commission."""
    own = _with_people().where(RuleConfirmation.commission == actor.commission_id)
    found: RuleConfirmation | None = own.where(RuleConfirmation.id == statement_id).first()
    if found is None:
        raise NotFound("Không có xác nhận này, hoặc đồng chí không thuộc phạm vi được xem.")
    return found


def key_of(statement: RuleConfirmation) -> Key:
    return statement.commission_id, statement.rule_id, statement.version_from


def _newest(narrowed: Expression) -> dict[Key, RuleConfirmation]:
    rows = _with_people().where(narrowed, RuleConfirmation.withdrawn_at.is_null())
    return {key_of(row): row for row in rows.order_by(RuleConfirmation.id)}


def _with_people() -> "ModelSelect[RuleConfirmation]":
    return RuleConfirmation.select(RuleConfirmation, User).join(User, on=RuleConfirmation.confirmed_by)
