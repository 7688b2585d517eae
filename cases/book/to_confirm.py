"""What the commission still has to confirm: the questions of the rule book, then every other limit."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from peewee import fn

from cases.book.entries import AREAS, PROCEDURE_AREA
from cases.book.limits import LimitView
from cases.deadlines.confirmations import rule_day, stated, statements_of, written_version
from cases.deadlines.confirmed import CONFIRMED, CORRECTED
from cases.deadlines.models import Deadline, RuleConfirmation
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
from procedures.schema import Confidence, Penalty, Principle, PrincipleArea, TimeLimit

UNCONFIRMED: Final = "unconfirmed"
READ: Final = "read"
# The words of the filter; a statement of the commission is called by its verdict.
STATES: Final = {
    UNCONFIRMED: _l("Chưa xác nhận"),
    CONFIRMED: _l("Đã xác nhận"),
    CORRECTED: _l("Đã đính chính"),
    READ: _l("Đã đọc văn bản, Ủy ban chưa xác nhận"),
}
Running = Counter[tuple[str, date | None]]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One version of a rule with its state; `running`: how many running deadlines it binds."""

    rule: AnyRule
    statement: RuleConfirmation | None
    running: int

    @property
    def label(self) -> str:
        return label_of(self.rule)

    @property
    def kind(self) -> str:
        return kind_of(self.rule)

    @property
    def version_from(self) -> date | None:
        return version_from(self.rule)

    @property
    def state(self) -> str:
        return state_of(self.rule, self.statement)

    @property
    def reads(self) -> str:
        """What the rule says now, in short; as corrected where it was."""
        if isinstance(self.rule, TimeLimit):
            return LimitView(stated(self.rule, self.statement).limit).words
        return self.statement.text if self.statement and self.statement.text else ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    order: int
    text: str
    lines: tuple[RuleLine, ...]

    @property
    def answered(self) -> bool:
        return all(line.statement is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """The whole list. `others` are the limits of no question, as filtered."""

    questions: tuple[QuestionView, ...]
    others: tuple[RuleLine, ...]

    @property
    def answered(self) -> int:
        return sum(question.answered for question in self.questions)

    @property
    def stated(self) -> tuple[int, int]:
        """How many of the rules in question are stated, and of how many."""
        lines = {(line.rule.id, line.version_from): line for one in self.questions for line in one.lines}
        return sum(line.statement is not None for line in lines.values()), len(lines)


def to_confirm(actor: Actor, today: date, *, state: str = "", area: str = "") -> ToConfirm:
    """The questions in order; of the other limits those in a state and an area, all for ""."""
    known, running = statements_of(actor.commission_id), running_by_version(actor.commission_id)

    def lines(rule_id: str) -> Iterator[RuleLine]:
        for rule in _that_matter(rule_id, today, running):
            statement = known.about(actor.commission_id, rule_id, version_from(rule))
            yield RuleLine(rule, statement, running[rule_id, version_from(rule)])

    questions = tuple(
        QuestionView(one.order, one.text, tuple(line for rule_id in one.rules for line in lines(rule_id)))
        for one in rules().questions
    )
    asked = {rule_id for one in rules().questions for rule_id in one.rules}
    ids = dict.fromkeys(limit.id for limit in rules().time_limits if limit.id not in asked)
    others = (line for rule_id in ids for line in lines(rule_id))
    return ToConfirm(
        questions,
        tuple(one for one in others if state in ("", one.state) and area in ("", area_of(one.rule))),
    )


def running_by_version(commission_id: int) -> Running:
    """How many running deadlines each version of a limit binds in a commission."""
    alike = (Deadline.limit_id, Deadline.started_on, Deadline.rule_on)
    rows: Any = Deadline.select(*alike, fn.COUNT(Deadline.id).alias("number")).join(Case)
    rows = rows.where(Case.commission == commission_id, Deadline.state == "running").group_by(*alike)
    found: Running = Counter()
    for one in rows:
        found[one.limit_id, written_version(one.limit_id, rule_day(one)).valid_from] += one.number
    return found


def state_of(rule: AnyRule, statement: RuleConfirmation | None) -> str:
    """Confirmed or corrected by the commission, else read in the text or unconfirmed."""
    if statement is not None:
        return str(statement.verdict)
    read = getattr(rule, "confidence", None) is Confidence.SOURCE and not getattr(rule, "provisional", False)
    return READ if read else UNCONFIRMED


def area_of(rule: AnyRule) -> str:
    """What a rule is about, in words."""
    if isinstance(rule, Principle):
        return rule.area.label
    if isinstance(rule, Penalty):
        return PrincipleArea.COMPETENCE.label
    area = AREAS.get(rule.id.partition("-")[0])
    return area.label if area else PROCEDURE_AREA


def areas() -> list[str]:
    """The areas of all limits, in the order of the book."""
    return list(dict.fromkeys(area_of(limit) for limit in rules().time_limits))


def _that_matter(rule_id: str, today: date, running: Running) -> tuple[AnyRule, ...]:
    """The version for today, and older ones that running deadlines still hang on."""
    versions = versions_of(rule_id)
    if not versions:
        return ()
    now = version_from(current_version(rule_id, today))
    return tuple(
        rule for rule in versions if version_from(rule) == now or running[rule_id, version_from(rule)]
    )
