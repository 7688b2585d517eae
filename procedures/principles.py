"""Rules that are no time limit: how days are counted, who is competent, what must be done."""

from __future__ import annotations

from procedures.facts import Dated, Text
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
