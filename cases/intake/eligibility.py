"""The eligibility rules T-30 to T-41 beside one letter: what was computed, what a person answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cases.intake.models import Letter, LetterCheck
from cases.intake.queries import answers_of
from cases.intake.rules import Finding, LetterFacts, Verdict, check_eligibility
from cases.intake.sealing import sealed_identity
from cases.intake.terms import IDENTITIES, KINDS, UNCLASSIFIED
from procedures.schema import EligibilityCheck, EligibilityEffect, EligibilityRule, LetterKind

_DENOUNCING: Final = frozenset({LetterKind.DENUNCIATION, LetterKind.MIXED})
# The rest of the rules speak of denunciations only.
_FOR_EVERY_LETTER: Final = frozenset({EligibilityCheck.MIXED, EligibilityCheck.COMPETENCE})


@dataclass(frozen=True, slots=True)
class CheckView:
    """One rule, its verdict with the reason in words, and the answer of a person if there is one."""

    rule: EligibilityRule
    finding: Finding
    given: LetterCheck | None

    @property
    def verdict(self) -> Verdict:
        """What counts: a person's answer before what was computed."""
        return Verdict(self.given.answer) if self.given and self.given.answer else self.finding.verdict

    @property
    def is_duty(self) -> bool:
        """A reminder for later work; nothing to answer now."""
        return self.rule.effect is EligibilityEffect.DUTY

    @property
    def overridden(self) -> bool:
        computed = self.finding.verdict
        return computed is not Verdict.NEEDS_PERSON and self.verdict is not computed


def checks_of(letter: Letter, rules: Iterable[EligibilityRule]) -> list[CheckView]:
    """The rules of the day of receipt that ask something of this kind of letter; none before it has one."""
    if letter.kind == UNCLASSIFIED:
        return []
    asked = [rule for rule in rules if rule.in_force(letter.received_on) and _applies(rule, letter)]
    given = answers_of(letter)
    findings = check_eligibility(facts_of(letter), asked)
    return [CheckView(rule, found, given.get(rule.id)) for rule, found in zip(asked, findings, strict=True)]


def computed_verdicts(views: Iterable[CheckView]) -> dict[str, str]:
    """Rule id → computed verdict of the rules a person answers."""
    return {view.rule.id: view.finding.verdict.value for view in views if not view.is_duty}


def open_points(views: Iterable[CheckView]) -> list[CheckView]:
    """What a person still has to look at, and what speaks against settling: shown before a decision."""
    return [view for view in views if not view.is_duty and view.verdict is not Verdict.OK]


def facts_of(letter: Letter) -> LetterFacts:
    """What the register itself knows; everything else stays open for a person."""
    return LetterFacts(
        kind=KINDS[letter.kind],
        identity=IDENTITIES[letter.identity],
        has_address=bool(sealed_identity(letter).address),
        subject_clear=True if letter.subject_member_id or letter.subject_organisation_id else None,
    )


def _applies(rule: EligibilityRule, letter: Letter) -> bool:
    return KINDS[letter.kind] in _DENOUNCING or rule.check in _FOR_EVERY_LETTER
