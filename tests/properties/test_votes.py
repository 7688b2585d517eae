"""What holds for every secret vote that adds up."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, strategies as st

from cases.sessions.rules import Choice, How, Tally, TallyRejected, Threshold, choices_for, count_votes
from procedures.schema import Penalty, VoteKind, VoteRule

MORE_THAN_HALF = Threshold(1, 2, strict=True)
TWO_THIRDS = Threshold(2, 3, strict=False)
FORMS = ("expulsion", "removal", "warning", "reprimand", "none")
stages = st.sampled_from([VoteKind.PROPOSE, VoteKind.DECIDE])
numbers = st.lists(st.integers(0, 12), min_size=5, max_size=5)


def choices(votes: list[int], stage: VoteKind) -> list[Choice]:
    return [
        Choice(
            id=form,
            label=form,
            votes=number,
            threshold=TWO_THIRDS if form == "expulsion" and stage is VoteKind.PROPOSE else MORE_THAN_HALF,
            is_none=form == "none",
        )
        for form, number in zip(FORMS, votes, strict=True)
    ]


def slips(votes: list[int], absent: int, invalid: int) -> Tally:
    valid = sum(votes)
    cast = valid + invalid
    return Tally(
        base_total=max(cast + absent, 1),
        present=cast,
        issued=cast,
        returned=cast,
        valid=valid,
        invalid=invalid,
    )


tallies = st.tuples(numbers, st.integers(0, 8), st.integers(0, 4))


def share_reached(votes: int, base_total: int, form: str, stage: VoteKind) -> bool:
    """The rule said again with exact fractions."""
    share = Fraction(votes, base_total)
    if form == "expulsion" and stage is VoteKind.PROPOSE:
        return share >= Fraction(2, 3)
    return share > Fraction(1, 2)


@given(tallies, stages)
def test_the_outcome_is_what_the_rule_says_in_fractions(drawn, stage) -> None:
    votes, absent, invalid = drawn
    tally = slips(votes, absent, invalid)
    base = tally.base_total
    direct = [form for form, n in zip(FORMS, votes, strict=True) if share_reached(n, base, form, stage)]
    sums = [sum(votes[: index + 1]) for index in range(4)]
    added = [form for form, n in zip(FORMS[:4], sums, strict=True) if share_reached(n, base, form, stage)]
    result = count_votes(choices(votes, stage), tally, stage=stage)
    assert len(direct) <= 1
    assert result.outcome == next(iter(direct + added), None)
    assert (result.how is How.DIRECT) == bool(direct)
    assert (result.how is How.NOT_ENOUGH) == (result.outcome is None)


@given(tallies, stages)
def test_no_outcome_stands_below_its_threshold(drawn, stage) -> None:
    votes, absent, invalid = drawn
    result = count_votes(choices(votes, stage), slips(votes, absent, invalid), stage=stage)
    standing = next((s for s in result.standings if s.id == result.outcome), None)
    if standing is not None:
        reached = standing.votes if result.how is How.DIRECT else standing.cumulated
        assert reached is not None
        assert reached >= standing.needed
    assert "V-06" in "".join(result.warnings) or result.outcome is not None


@given(tallies, stages)
def test_every_valid_vote_is_kept_and_cumulated_votes_only_grow(drawn, stage) -> None:
    votes, absent, invalid = drawn
    tally = slips(votes, absent, invalid)
    result = count_votes(choices(votes, stage), tally, stage=stage)
    assert sum(standing.votes for standing in result.standings) == tally.valid
    sums = [s.cumulated for s in result.standings if s.cumulated is not None]
    assert sums == sorted(sums)
    assert sums[-1] + votes[-1] == tally.valid


@given(tallies, stages, st.integers(1, 5))
def test_more_absent_members_never_make_a_form_easier(drawn, stage, more) -> None:
    votes, absent, invalid = drawn
    order = {form: weight for weight, form in enumerate(FORMS)}
    before = count_votes(choices(votes, stage), slips(votes, absent, invalid), stage=stage)
    after = count_votes(choices(votes, stage), slips(votes, absent + more, invalid), stage=stage)
    if after.how is How.DIRECT:
        assert before.outcome == after.outcome
    for earlier, later in zip(before.standings, after.standings, strict=True):
        assert later.needed >= earlier.needed
    if before.outcome is None:
        assert after.outcome is None
    elif after.outcome not in (None, "none") and before.outcome != "none":
        assert order[after.outcome] >= order[before.outcome]


PENALTIES = [
    Penalty.model_validate(
        {
            "id": form, "label": form, "subject_kind": "member", "weight": 4 - index, "decide_rule": "half",
            "propose_rule": "two_thirds" if form == "expulsion" else "half",
            "source": "S12", "confidence": "source",
        }
    )
    for index, form in enumerate(FORMS)
]  # fmt: skip
RULES = {
    key: VoteRule.model_validate(
        {
            "id": key, "label": key, "numerator": share.numerator, "denominator": share.denominator,
            "strict": share.strict, "stage": "decide", "cumulates": True,
            "source": "S12", "confidence": "source",
        }
    )
    for key, share in {"half": MORE_THAN_HALF, "two_thirds": TWO_THIRDS}.items()
}  # fmt: skip


@given(tallies, stages, st.permutations(PENALTIES))
def test_the_order_in_which_forms_are_written_down_does_not_matter(drawn, stage, listed) -> None:
    votes, absent, invalid = drawn
    tally = slips(votes, absent, invalid)
    ballot = choices_for(listed, RULES, dict(zip(FORMS, votes, strict=True)), stage=stage)
    expected = count_votes(choices(votes, stage), tally, stage=stage)
    assert count_votes(ballot, tally, stage=stage) == expected


@given(st.integers(1, 200))
def test_thresholds_are_the_least_numbers_that_reach_the_share(base_total) -> None:
    half, third = MORE_THAN_HALF.needed(base_total), TWO_THIRDS.needed(base_total)
    assert 2 * half > base_total >= 2 * (half - 1)
    assert 3 * third >= 2 * base_total > 3 * (third - 1)


@given(st.integers(1, 50))
def test_exactly_half_is_never_a_majority(half) -> None:
    votes = [0, 0, 0, half, half]
    result = count_votes(choices(votes, VoteKind.DECIDE), slips(votes, 0, 0), stage=VoteKind.DECIDE)
    assert result.outcome is None


@given(st.integers(1, 50))
def test_exactly_two_thirds_proposes_expulsion(third) -> None:
    votes = [2 * third, 0, 0, 0, third]
    result = count_votes(choices(votes, VoteKind.PROPOSE), slips(votes, 0, 0), stage=VoteKind.PROPOSE)
    assert (result.outcome, result.how) == ("expulsion", How.DIRECT)


@given(tallies, stages, st.integers(-3, 3))
def test_choices_that_do_not_sum_to_the_valid_slips_are_never_counted(drawn, stage, error) -> None:
    assume(error)
    votes, absent, invalid = drawn
    tally = slips(votes, absent, invalid)
    wrong = [votes[0] + error, *votes[1:]]
    with pytest.raises(TallyRejected):
        count_votes(choices(wrong, stage), tally, stage=stage)
