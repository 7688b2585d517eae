"""One rule whole: its versions in words, where it is used, what the commission states, whom it binds."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from peewee import ModelSelect

from cases.book.facts_of_rules import Fact, corrections, facts_of
from cases.book.to_confirm import area_of, running_by_version, state_of
from cases.deadlines.confirmations import Statements, history_of, statements_about
from cases.deadlines.confirmed import CONFIRMED
from cases.deadlines.models import Deadline, RuleConfirmation
from cases.deadlines.queries import visible_to
from cases.deadlines.rule_versions import (
    AnyRule,
    current_version,
    kind_of,
    label_of,
    version_from,
    versions_of,
)
from cases.definitions import rules
from cases.lifecycle.models import Case
from cases.people.actor import Actor
from procedures.schema import Source, TimeLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One version as the page shows it: facts in words, where they were read, what the commission states."""

    rule: AnyRule
    current: bool
    state: str
    statement: RuleConfirmation | None
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]

    @property
    def first_day(self) -> date | None:
        return version_from(self.rule)

    @property
    def last_day(self) -> date | None:
        day: date | None = getattr(self.rule, "valid_to", None)
        return day


@dataclass(frozen=True, slots=True)
class Use:
    """A procedure that uses the rule: by which steps, in the editions of which days."""

    code: str
    name: str
    where: tuple[str, ...]
    editions: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage:
    id: str
    label: str
    kind: str
    area: str
    versions: tuple[VersionView, ...]
    uses: tuple[Use, ...]
    penalties: tuple[str, ...]
    twins: tuple[str, ...]
    history: tuple[tuple[RuleConfirmation, str], ...]
    running: int

    @property
    def current(self) -> VersionView:
        return next(one for one in self.versions if one.current)


def rule_page(actor: Actor, rule_id: str, today: date) -> RulePage:
    """Everything about a rule; raises NotFound for an id the book does not hold."""
    now, versions = current_version(rule_id, today), versions_of(rule_id)
    known = statements_about(actor.commission_id, rule_id)
    running = running_by_version(actor.commission_id)
    return RulePage(
        id=rule_id, label=label_of(now), kind=kind_of(now), area=area_of(now),
        versions=tuple(_version(rule, known, actor, current=_same(rule, now)) for rule in versions),
        uses=tuple(_uses(rule_id)), penalties=tuple(_penalties(rule_id)), twins=_twins(rule_id),
        history=tuple((one, _says(one)) for one in history_of(actor.commission_id, rule_id)),
        running=sum(number for (limit_id, _day), number in running.items() if limit_id == rule_id),
    )  # fmt: skip


def running_under(actor: Actor, rule_id: str) -> "ModelSelect[Deadline]":
    """The running deadlines of a rule in the cases the person sees, the most pressing first."""
    own = visible_to(actor).where(Deadline.limit_id == rule_id, Deadline.state == "running")
    return own.select(Deadline, Case).join(Case).order_by(Deadline.due_on, Deadline.id)


def _version(rule: AnyRule, known: Statements, actor: Actor, *, current: bool) -> VersionView:
    statement = known.about(actor.commission_id, rule.id, version_from(rule))
    said = getattr(rule, "source", "").replace(";", " ").split()
    return VersionView(
        rule=rule, current=current, state=state_of(rule, statement), statement=statement,
        facts=facts_of(rule, statement), sources=tuple(one for one in rules().sources if one.key in said),
    )  # fmt: skip


def _same(one: AnyRule, other: AnyRule) -> bool:
    """Whether two records are in force together; a penalty for members and one for bodies are."""
    return version_from(one) == version_from(other)


def _uses(rule_id: str) -> Iterator[Use]:
    steps: defaultdict[str, dict[str, None]] = defaultdict(dict)
    editions: defaultdict[str, list[date]] = defaultdict(list)
    names = {}
    for edition in rules().procedures:
        where = [f"{step.key}: {step.label}" for step in edition.steps if step.limit == rule_id]
        where += [_("Toàn bộ quy trình")] if edition.total_limit == rule_id else []
        if where:
            steps[edition.code] |= dict.fromkeys(where)
            editions[edition.code].append(edition.valid_from)
            names[edition.code] = edition.name
    for code, found in steps.items():
        yield Use(code, names[code], tuple(found), tuple(editions[code]))


def _penalties(rule_id: str) -> Iterator[str]:
    """The forms of discipline a limitation period or a vote rule is for."""
    for one in rules().penalties:
        if rule_id in (one.limitation, one.propose_rule, one.decide_rule):
            yield f"{one.label} ({one.subject_kind.label})"


def _twins(rule_id: str) -> tuple[str, ...]:
    """Other limits that are the same rule for another level or subject."""
    own = {limit.same_rule_as for limit in rules().time_limits if limit.id == rule_id} - {None}
    same = {limit.id for limit in rules().time_limits if limit.same_rule_as in ({rule_id} | own)}
    return tuple(sorted((same | {one for one in own if one}) - {rule_id}))


def _says(statement: RuleConfirmation) -> str:
    """What a statement says in short: for a limit its numbers, for other rules the words."""
    if statement.verdict == CONFIRMED:
        return ""
    for rule in versions_of(statement.rule_id):
        if version_from(rule) == statement.version_from and isinstance(rule, TimeLimit):
            return corrections(rule, statement)
    return str(statement.text)
