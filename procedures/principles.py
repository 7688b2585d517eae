"""Rules that are no time limit, and the questions about any rule that the commission must answer."""

from __future__ import annotations

from pydantic import Field

from procedures.facts import Dated, Rule, Text
from procedures.terms import Confidence, PrincipleArea


class Principle(Dated):
    """One rule in words. ``why_not_a_limit`` says what it is instead, and where the program keeps to it.

    A rule nobody has read keeps ``confidence = "unknown"``: the book shows it as an open question.
    """

    id: Text
    area: PrincipleArea
    label: Text
    text: Text
    why_not_a_limit: Text
    basis: str | None = None
    article: str | None = None
    source: Text
    confidence: Confidence
    note: str | None = None


class Question(Rule):
    """What the commission must confirm before it relies on the program; ``order`` is how pressing it is.

    ``rules`` are the ids the answer settles, of any kind: limits, principles, votes, eligibility.
    """

    order: int = Field(gt=0)
    text: Text
    rules: tuple[str, ...] = Field(min_length=1)
