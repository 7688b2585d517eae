"""Eligibility of a letter, splitting mixed letters, likeness of two letters."""

from dataclasses import replace

import pytest

from cases.intake.likeness import Likeness, common_percent, marks_of, similarity
from cases.intake.rules import (
    LetterFacts,
    PartAction,
    Verdict,
    check_eligibility,
    split_mixed,
)
from procedures.schema import (
    Confidence,
    EligibilityCheck,
    EligibilityEffect,
    EligibilityRule,
    IdentityStatus,
    LetterKind,
    Severity,
)

CLEAN = LetterFacts(
    kind=LetterKind.DENUNCIATION,
    identity=IdentityStatus.CLEAR,
    content_clear=True,
    subject_clear=True,
    concluded_before=False,
    withdrawn_before=False,
    sender_capable=True,
    slander=False,
    original_signature=True,
    concrete_basis=True,
    competent=True,
)
UNREAD = LetterFacts(kind=LetterKind.DENUNCIATION, identity=IdentityStatus.CLEAR)
OK, FAILS, ASK = Verdict.OK, Verdict.FAILS, Verdict.NEEDS_PERSON
Check = EligibilityCheck


def rule(check: EligibilityCheck) -> EligibilityRule:
    return EligibilityRule(
        id=f"T-{check}",
        question="?",
        effect=EligibilityEffect.NOT_SETTLED,
        explanation="!",
        check=check,
        severity=Severity.WARNING,
        source="S06",
        confidence=Confidence.SECONDARY,
    )


def verdict(check: EligibilityCheck, facts: LetterFacts, **changes: object) -> Verdict:
    (finding,) = check_eligibility(replace(facts, **changes), [rule(check)])
    assert finding.rule_id == f"T-{check}"
    assert finding.explanation.endswith(".")
    return finding.verdict


def test_a_clean_denunciation_passes_every_rule() -> None:
    findings = check_eligibility(CLEAN, [rule(check) for check in Check])
    assert [finding.verdict for finding in findings] == [OK] * len(Check)


def test_what_nobody_has_looked_at_is_left_to_a_person() -> None:
    findings = check_eligibility(UNREAD, [rule(check) for check in Check])
    asked = {finding.rule_id for finding in findings if finding.verdict is ASK}
    assert asked == {
        "T-anonymous", "T-already_concluded", "T-withdrawn_before", "T-incapable_or_slander",
        "T-copy_or_cosigned", "T-competence",
    }  # fmt: skip
    assert not [finding for finding in findings if finding.verdict is FAILS]


@pytest.mark.parametrize(
    ("check", "changes", "expected"),
    [
        (Check.ANONYMOUS, {"identity": IdentityStatus.ANONYMOUS}, FAILS),
        (Check.ANONYMOUS, {"has_address": False}, FAILS),
        (Check.ANONYMOUS, {"content_clear": False}, FAILS),
        (Check.ANONYMOUS_BUT_SPECIFIC, {"identity": IdentityStatus.IMPERSONATED}, ASK),
        (
            Check.ANONYMOUS_BUT_SPECIFIC,
            {"identity": IdentityStatus.UNCLEAR, "subject_clear": False, "content_clear": None},
            FAILS,
        ),
        (
            Check.ANONYMOUS_BUT_SPECIFIC,
            {"identity": IdentityStatus.UNCLEAR, "subject_clear": None},
            ASK,
        ),
        (Check.ALREADY_CONCLUDED, {"concluded_before": True, "new_evidence": False}, FAILS),
        (Check.ALREADY_CONCLUDED, {"concluded_before": True, "new_evidence": True}, OK),
        (Check.ALREADY_CONCLUDED, {"concluded_before": True}, ASK),
        (Check.WITHDRAWN_BEFORE, {"withdrawn_before": True, "new_evidence": False}, FAILS),
        (Check.WITHDRAWN_BEFORE, {"withdrawn_before": True, "new_evidence": True}, OK),
        (Check.INCAPABLE_OR_SLANDER, {"sender_capable": False}, FAILS),
        (Check.INCAPABLE_OR_SLANDER, {"slander": True}, FAILS),
        (Check.COPY_OR_COSIGNED, {"original_signature": False}, FAILS),
        (Check.COPY_OR_COSIGNED, {"signers": 2}, FAILS),
        (Check.COPY_OR_COSIGNED, {"concrete_basis": False}, FAILS),
        (Check.WITHDRAWAL, {"withdrawal_asked": True}, ASK),
        (Check.WITHDRAWAL, {"withdrawal_asked": True, "withdrawal_signed": True}, ASK),
        (
            Check.WITHDRAWAL,
            {"withdrawal_asked": True, "withdrawal_signed": True, "withdrawal_forced": False},
            FAILS,
        ),
        (
            Check.WITHDRAWAL,
            {"withdrawal_asked": True, "withdrawal_signed": True, "withdrawal_forced": True},
            OK,
        ),
        (Check.MIXED, {"kind": LetterKind.MIXED}, ASK),
        (Check.MIXED, {"kind": None}, ASK),
        (Check.COMPETENCE, {"competent": False}, FAILS),
        (Check.BRANCH_SCOPE, {"settled_by_branch": True}, ASK),
        (Check.BRANCH_SCOPE, {"settled_by_branch": True, "within_branch_scope": False}, FAILS),
        (Check.BRANCH_SCOPE, {"settled_by_branch": True, "within_branch_scope": True}, OK),
    ],
)
def test_each_rule_is_answered_from_the_facts(
    check: EligibilityCheck, changes: dict[str, object], expected: Verdict
) -> None:
    assert verdict(check, CLEAN, **changes) is expected


def test_rules_on_denunciations_are_not_asked_of_feedback_but_competence_is() -> None:
    feedback = {"kind": LetterKind.FEEDBACK, "identity": IdentityStatus.ANONYMOUS, "competent": False}
    assert verdict(Check.ANONYMOUS, CLEAN, **feedback) is OK
    assert verdict(Check.COMPETENCE, CLEAN, **feedback) is FAILS


def test_an_unclassified_letter_is_asked_as_a_denunciation() -> None:
    assert verdict(Check.ANONYMOUS, CLEAN, kind=None, identity=IdentityStatus.ANONYMOUS) is FAILS


def test_a_failing_letter_is_told_every_reason_at_once() -> None:
    facts = replace(CLEAN, original_signature=False, signers=3)
    (finding,) = check_eligibility(facts, [rule(Check.COPY_OR_COSIGNED)])
    assert finding.explanation == "Đơn không có chữ ký trực tiếp, có nhiều người cùng ký."


def test_a_mixed_letter_is_settled_as_a_complaint_and_guided_on_the_rest() -> None:
    assert [(part.suffix, part.kind, part.action) for part in split_mixed(LetterKind.MIXED)] == [
        ("a", LetterKind.COMPLAINT, PartAction.SETTLE),
        ("b", LetterKind.DENUNCIATION, PartAction.GUIDE),
    ]


@pytest.mark.parametrize("kind", [LetterKind.COMPLAINT, LetterKind.DENUNCIATION, None])
def test_other_letters_are_not_split(kind: LetterKind | None) -> None:
    assert split_mixed(kind) == ()


def test_letters_are_alike_by_sender_subject_and_wording_without_tones() -> None:
    one = marks_of(sender="Lê Văn Bình", subject="đồng chí Trần An", text="cấp đất sai đối tượng")
    other = marks_of(sender="LE VAN BINH", subject="ông Trần An", text="Cấp đất SAI đối tượng, thu tiền")
    reasons = similarity(one, other, alike_from=60)
    assert [reason.likeness for reason in reasons] == list(Likeness)
    assert reasons[-1].percent == 71
    assert "71%" in reasons[-1].explanation


def test_unlike_letters_and_empty_ones_give_no_reason() -> None:
    nothing = marks_of(sender="", subject="", text="")
    one = marks_of(sender="Lê Văn Bình", subject="Trần An", text="cấp đất")
    assert similarity(nothing, nothing, alike_from=0) == ()
    assert similarity(one, nothing, alike_from=1) == ()
    assert similarity(one, marks_of(sender="A", subject="B", text="cấp nhà"), alike_from=34) == ()


def test_common_words_are_counted_in_whole_percents() -> None:
    assert common_percent(frozenset("abc"), frozenset("bcd")) == 50
    assert common_percent(frozenset("ab"), frozenset("bcd")) == 25
