"""Every rule of the book by id and version: limits, and all else a commission may state something about."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from cases.definitions import rules
from cases.errors import NotFound
from procedures.schema import (
    EligibilityRule,
    OpenPoint,
    Penalty,
    Principle,
    TimeLimit,
    VotePrinciple,
    VoteRule,
)

AnyRule = TimeLimit | Principle | VoteRule | VotePrinciple | OpenPoint | EligibilityRule | Penalty
KINDS: Final[dict[type, str]] = {
    TimeLimit: "Thời hạn",
    Principle: "Nguyên tắc",
    VoteRule: "Ngưỡng bỏ phiếu",
    VotePrinciple: "Nguyên tắc bỏ phiếu",
    OpenPoint: "Điểm văn bản chưa rõ",
    EligibilityRule: "Điều kiện xem xét đơn",
    Penalty: "Hình thức kỷ luật",
}


def every_rule() -> Iterator[AnyRule]:
    """All rules of the book, limits first, in the order of their files."""
    book = rules()
    yield from book.time_limits
    yield from book.principles
    yield from book.vote_rules
    yield from book.vote_principles
    yield from book.open_points
    yield from book.eligibility
    yield from book.penalties


def versions_of(rule_id: str) -> tuple[AnyRule, ...]:
    """Every version of a rule, the newest first; empty for an id nobody knows."""
    found = [rule for rule in every_rule() if rule.id == rule_id]
    return tuple(sorted(found, key=lambda rule: version_from(rule) or date.min, reverse=True))


def version_of(rule_id: str, first_day: date | None) -> AnyRule:
    """The version of a rule in force from a day on."""
    for rule in versions_of(rule_id):
        if version_from(rule) == first_day:
            return rule
    raise NotFound("Không có quy định này hoặc bản này của quy định.", rule_id=rule_id)


def current_version(rule_id: str, on: date) -> AnyRule:
    """The version in force on a day, else the latest that began before it, else the first to come."""
    versions = versions_of(rule_id)
    if not versions:
        raise NotFound("Không có quy định này.", rule_id=rule_id)
    begun = [rule for rule in versions if (version_from(rule) or date.min) <= on]
    return begun[0] if begun else versions[-1]


def version_from(rule: AnyRule) -> date | None:
    """The first day of a version; None for a rule without dates."""
    day: date | None = getattr(rule, "valid_from", None)
    return day


def kind_of(rule: AnyRule) -> str:
    return KINDS[type(rule)]


def label_of(rule: AnyRule) -> str:
    """What the rule is called: its label, or for a question asked of letters the question."""
    return rule.question if isinstance(rule, EligibilityRule) else rule.label
