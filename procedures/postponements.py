"""Grounds on which discipline is not considered yet, or only concluded on: intervals with a reason code."""

from __future__ import annotations

from procedures.facts import Dated, Text
from procedures.terms import Confidence, PauseReason, PostponementEffect, SubjectKind


class PostponementGround(Dated):
    """One ground. ``rule`` is the rule in words it comes from, ``lift_rule`` the one that lets it be lifted.

    Its days count in no limitation when ``excluded_from_limitation`` is set and the limit itself lists
    ``pause_reason``. A case's clocks stop for it only when ``pauses_clock`` is set as well; both may be set
    otherwise by a commission in its own folder. Without ``effect`` the rule only says what does not count.
    """

    id: Text
    rule: Text
    label: Text
    effect: PostponementEffect | None = None
    pause_reason: PauseReason
    excluded_from_limitation: bool
    pauses_clock: bool = False
    lift_rule: str | None = None
    subject_kinds: tuple[SubjectKind, ...] = ()
    basis: str | None = None
    article: str | None = None
    source: Text
    confidence: Confidence
    note: str | None = None

    def fits(self, subject_kind: str) -> bool:
        """Whether it may be recorded of a member or a body; a ground without kinds fits both."""
        return not self.subject_kinds or subject_kind in set(self.subject_kinds)
