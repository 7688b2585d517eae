"""What holds for every pair of letters and every set of facts."""

from hypothesis import given, strategies as st

from cases.intake.likeness import common_percent, marks_of, similarity
from cases.intake.rules import LetterFacts, Verdict, check_eligibility
from procedures.schema import (
    Confidence,
    EligibilityCheck,
    EligibilityEffect,
    EligibilityRule,
    IdentityStatus,
    LetterKind,
    Severity,
)

word_sets = st.frozensets(st.sampled_from("abcdefgh"))
texts = st.text("aáàbđ ", max_size=12)
marks = st.builds(marks_of, sender=texts, subject=texts, text=texts)
maybe = st.none() | st.booleans()
facts = st.builds(
    LetterFacts,
    kind=st.none() | st.sampled_from(list(LetterKind)),
    identity=st.sampled_from(list(IdentityStatus)),
    has_address=st.booleans(),
    content_clear=maybe,
    subject_clear=maybe,
    concluded_before=maybe,
    new_evidence=maybe,
    withdrawn_before=maybe,
    sender_capable=maybe,
    slander=maybe,
    original_signature=maybe,
    signers=st.integers(1, 3),
    concrete_basis=maybe,
    withdrawal_asked=st.booleans(),
    withdrawal_signed=maybe,
    withdrawal_forced=maybe,
    competent=maybe,
    settled_by_branch=st.booleans(),
    within_branch_scope=maybe,
)
RULES = [
    EligibilityRule(
        id=check.value,
        question="?",
        effect=EligibilityEffect.NOT_SETTLED,
        explanation="!",
        check=check,
        severity=Severity.WARNING,
        source="S06",
        confidence=Confidence.SECONDARY,
    )
    for check in EligibilityCheck
]


@given(facts)
def test_every_rule_gets_one_explained_answer(letter) -> None:
    findings = check_eligibility(letter, RULES)
    assert [finding.rule_id for finding in findings] == [rule.id for rule in RULES]
    assert all(finding.verdict in Verdict and finding.explanation for finding in findings)


@given(facts)
def test_only_a_letter_that_may_denounce_can_fail_the_rules_on_denunciations(letter) -> None:
    failed = {f.rule_id for f in check_eligibility(letter, RULES) if f.verdict is Verdict.FAILS}
    if letter.kind not in (None, LetterKind.DENUNCIATION, LetterKind.MIXED):
        assert failed <= {EligibilityCheck.COMPETENCE}


@given(word_sets, word_sets)
def test_common_words_are_between_0_and_100_and_the_same_both_ways(one, other) -> None:
    percent = common_percent(one, other)
    assert 0 <= percent <= 100
    assert percent == common_percent(other, one)
    assert (percent == 100) == (bool(one) and one == other)


@given(marks, marks, st.integers(0, 100))
def test_likeness_is_the_same_both_ways(one, other, alike_from) -> None:
    assert similarity(one, other, alike_from=alike_from) == similarity(other, one, alike_from=alike_from)


@given(marks)
def test_a_letter_is_like_itself_in_all_that_it_says(one) -> None:
    reasons = similarity(one, one, alike_from=100)
    assert len(reasons) == sum(map(bool, (one.sender, one.subject, one.words)))
