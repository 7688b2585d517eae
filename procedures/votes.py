"""Penalties, vote rules, open points and the gate a letter passes."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from procedures.facts import Dated, Rule, Text
from procedures.terms import (
    Confidence,
    EligibilityCheck,
    EligibilityEffect,
    Severity,
    SubjectKind,
    VoteKind,
)


class VoteRule(Dated):
    """A threshold over all members, in integers; ``strict`` is "more than", otherwise "at least"."""

    id: Text
    label: Text
    numerator: int = Field(gt=0)
    denominator: int = Field(gt=0)
    strict: bool
    base: Literal["total"] = "total"
    stage: VoteKind
    secret: bool = True
    cumulates: bool = False
    basis: str | None = None
    article: str | None = None
    source: Text
    confidence: Confidence
    note: str | None = None


class Penalty(Dated):
    """A form of discipline. A heavier one has the larger ``weight``; 0 is "không kỷ luật"."""

    id: Text
    label: Text
    subject_kind: SubjectKind
    weight: int = Field(ge=0)
    needs_post: bool = False
    official_only: bool = False
    propose_rule: str
    decide_rule: str
    limitation: str | None = None
    basis: str | None = None
    article: str | None = None
    source: Text
    confidence: Confidence
    note: str | None = None

    def vote_rule(self, stage: VoteKind) -> str:
        """The vote rule id for a ballot that proposes or decides this penalty."""
        return self.propose_rule if stage is VoteKind.PROPOSE else self.decide_rule


class VotePrinciple(Rule):
    """A rule about voting that is not a threshold (V-01, V-05, V-07, V-10, V-11)."""

    id: Text
    label: Text
    basis: str | None = None
    source: Text
    confidence: Confidence


class OpenPoint(Rule):
    """A question the sources leave open: a setting of the commission, with a stated default."""

    id: Text
    label: Text
    setting: Text
    default: Text
    choices: tuple[str, ...]
    note: Text

    @model_validator(mode="after")
    def _default_is_a_choice(self) -> Self:
        if self.default not in self.choices:
            raise ValueError(f"default phải là một trong choices: {', '.join(self.choices)}")
        return self


class EligibilityRule(Dated):
    """One question asked of a letter; the program explains, a person decides."""

    id: Text
    question: Text
    effect: EligibilityEffect
    explanation: Text
    check: EligibilityCheck
    severity: Severity
    basis: str | None = None
    article: str | None = None
    source: Text
    confidence: Confidence
