"""Procedure editions: one dated version of one procedure, with its steps, outcomes and links."""

from __future__ import annotations

import datetime as dt
from datetime import date
from typing import Self

from pydantic import Field, model_validator

from procedures.errors import RuleNotFound
from procedures.facts import Dated, Rule, Text
from procedures.terms import (
    Carried,
    Confidence,
    EventType,
    IdentityStatus,
    LetterKind,
    LinkKind,
    Origin,
    Owner,
    Role,
    Stage,
    StepActor,
    StepType,
    SubjectKind,
    VoteKind,
)


class Step(Rule):
    """One step. ``forms`` are those it may use, ``required_forms`` those it cannot be completed without.

    ``event`` is the dated fact that completing the step records. ``vote_only_after`` names the step
    (a DUAL) without which no ballot is held here.
    """

    key: Text
    stage: Stage
    type: StepType
    label: Text
    what: Text
    actor: StepActor
    forms: tuple[str, ...] = ()
    required_forms: tuple[str, ...] = ()
    event: EventType | None = None
    limit: str | None = None
    approval: Role | None = None
    approval_text: str | None = None
    vote: VoteKind | None = None
    vote_only_after: str | None = None
    conditional: bool = False
    condition: str | None = None
    repeatable: bool = False
    next: tuple[str, ...] = ()
    outcome: str | None = None
    confidence: Confidence
    source: Text
    note: str | None = None

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        missing = [code for code in self.required_forms if code not in self.forms]
        if missing:
            raise ValueError(f"required_forms có mẫu không nằm trong forms: {', '.join(missing)}")
        if self.conditional and not self.condition:
            raise ValueError("bước có điều kiện (conditional) phải ghi condition")
        return self


class Link(Rule):
    """A way into another procedure. ``later`` are codes the rule names but no loaded edition serves."""

    kind: LinkKind
    step: Text
    to: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    carries: tuple[Carried, ...]
    when: Text


class Outcome(Rule):
    id: Text
    label: Text


class Fits(Rule):
    """Why a picker would offer the procedure; an empty tuple means the point does not matter."""

    letter_kinds: tuple[LetterKind, ...] = ()
    subject_kinds: tuple[SubjectKind, ...] = ()
    identities: tuple[IdentityStatus, ...] = ()
    origins: tuple[Origin, ...] = ()
    reason: Text


class Runner(Dated):
    """Who may run the procedure, from when, and who signs its papers then."""

    owner: Owner
    signer: Text
    basis: str | None = None
    confidence: Confidence
    source: Text


class Bar(Rule):
    """Who may not run the procedure, and the words of the refusal."""

    owner: Owner
    why: Text
    basis: str | None = None
    confidence: Confidence
    source: Text


class Decision(Rule):
    """The act by which a commission or committee adopted an edition of its own."""

    number: Text
    date: dt.date
    issuer: Text


class ProcedureEdition(Dated):
    """One edition, in force from ``valid_from``; a case stays pinned to the one it was opened under.

    ``start_event`` is the dated fact a case is opened on (its day pins the edition); None: the opening.
    ``total_limit`` runs over the whole case, ``other_limits`` run whenever their own events happen.
    ``family`` is the set of forms it uses, ``body_family`` that for bodies where it differs.
    The first of ``runners`` is the usual one. ``based_on`` names the edition this one was written as
    the differences from; ``decision`` is there exactly for an edition of a commission's own.
    """

    code: Text
    name: Text
    short_name: Text
    family: Text
    body_family: Text | None = None
    runners: tuple[Runner, ...] = Field(min_length=1)
    bars: tuple[Bar, ...] = ()
    subject_kinds: tuple[SubjectKind, ...]
    start_event: EventType | None = None
    trigger: Text
    legal_basis: tuple[str, ...]
    total_limit: str | None = None
    other_limits: tuple[str, ...] = ()
    fits: Fits
    valid_from: date
    confidence: Confidence
    source: Text
    note: str | None = None
    based_on: str | None = None
    decision: Decision | None = None
    pack: str | None = None
    outcomes: tuple[Outcome, ...]
    links: tuple[Link, ...] = ()
    steps: tuple[Step, ...]

    @property
    def id(self) -> str:
        """``KT-04@2021-12-22``: the name a case keeps."""
        return f"{self.code}@{self.valid_from.isoformat()}"

    @property
    def owner(self) -> Owner:
        """Who usually runs it."""
        return self.runners[0].owner

    @property
    def limits(self) -> dict[str, str | None]:
        """Every limit of the edition by id, with the step it binds (None for the whole case)."""
        found: dict[str, str | None] = {step.limit: step.key for step in self.steps if step.limit is not None}
        found |= dict.fromkeys(self.other_limits)
        return found | ({self.total_limit: None} if self.total_limit else {})

    def family_for(self, kind: SubjectKind) -> str:
        """The set of forms for a case against a member or a body."""
        return self.body_family if kind is SubjectKind.BODY and self.body_family else self.family

    def runner(self, owner: Owner, on: date) -> Runner | None:
        """Who of this kind may run a case started that day; None when nobody of the kind may."""
        return next((one for one in self.runners if one.owner is owner and one.in_force(on)), None)

    def bar(self, owner: Owner) -> Bar | None:
        return next((one for one in self.bars if one.owner is owner), None)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Stages that have steps, in order of first appearance."""
        return tuple(dict.fromkeys(step.stage for step in self.steps))

    @property
    def mandatory_steps(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if not step.conditional)

    @property
    def first_steps(self) -> tuple[Step, ...]:
        """Steps no other step leads to."""
        reached = {key for step in self.steps for key in step.next}
        return tuple(step for step in self.steps if step.key not in reached)

    def steps_of(self, stage: Stage) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.stage is stage)

    def find_step(self, key: str) -> Step | None:
        return next((step for step in self.steps if step.key == key), None)

    def step(self, key: str) -> Step:
        """The step of that key; raises RuleNotFound."""
        found = self.find_step(key)
        if found is None:
            raise RuleNotFound(what=f"bước {key}", where=self.id)
        return found

    def links_from(self, step_key: str) -> tuple[Link, ...]:
        return tuple(link for link in self.links if link.step == step_key)

    def outcome(self, outcome_id: str) -> Outcome:
        """The outcome of that id; raises RuleNotFound."""
        for outcome in self.outcomes:
            if outcome.id == outcome_id:
                return outcome
        raise RuleNotFound(what=f"kết quả {outcome_id}", where=self.id)
