"""Counting a secret vote: thresholds over all members, adding downward, slips that do not add up."""

from dataclasses import replace

import pytest

from cases.sessions.rules import (
    Choice,
    How,
    Tally,
    TallyRejected,
    Threshold,
    VoteResult,
    check_tally,
    choices_for,
    count_votes,
    quorum,
)
from procedures.schema import Confidence, Penalty, SubjectKind, VoteKind, VoteRule

MORE_THAN_HALF = Threshold(1, 2, strict=True)
TWO_THIRDS = Threshold(2, 3, strict=False)
LABELS = {
    "expulsion": "Khai trừ",
    "removal": "Cách chức",
    "warning": "Cảnh cáo",
    "reprimand": "Khiển trách",
    "none": "Không kỷ luật",
}


def ballot(stage: VoteKind, *votes: int) -> list[Choice]:
    """Votes from expulsion down to no discipline."""
    return [
        Choice(
            id=key,
            label=label,
            votes=number,
            threshold=TWO_THIRDS if key == "expulsion" and stage is VoteKind.PROPOSE else MORE_THAN_HALF,
            is_none=key == "none",
        )
        for (key, label), number in zip(LABELS.items(), votes, strict=True)
    ]


def slips(base_total: int, valid: int, invalid: int = 0) -> Tally:
    cast = valid + invalid
    return Tally(
        base_total=base_total, present=cast, issued=cast, returned=cast, valid=valid, invalid=invalid
    )


def counted(base_total: int, *votes: int, stage: VoteKind = VoteKind.DECIDE) -> VoteResult:
    return count_votes(ballot(stage, *votes), slips(base_total, sum(votes)), stage=stage)


@pytest.mark.parametrize(
    ("threshold", "base_total", "needed"),
    [
        (MORE_THAN_HALF, 11, 6),
        (MORE_THAN_HALF, 10, 6),
        (MORE_THAN_HALF, 1, 1),
        (TWO_THIRDS, 9, 6),
        (TWO_THIRDS, 10, 7),
        (TWO_THIRDS, 11, 8),
    ],
)
def test_half_exactly_is_not_enough_and_two_thirds_exactly_is(
    threshold: Threshold, base_total: int, needed: int
) -> None:
    assert threshold.needed(base_total) == needed


def test_a_form_with_its_majority_is_decided_directly() -> None:
    result = counted(11, 0, 6, 3, 1, 1)
    assert (result.outcome, result.how) == ("removal", How.DIRECT)
    assert result.steps[-1] == "Kết quả: quyết định Cách chức."


def test_the_majority_is_of_all_members_not_of_those_present() -> None:
    assert counted(11, 0, 0, 5, 0, 0).how is How.NOT_ENOUGH


def test_votes_are_added_downward_from_the_heaviest_form() -> None:
    result = counted(11, 2, 3, 3, 2, 1)
    assert (result.outcome, result.how) == ("warning", How.CUMULATED)
    assert [(s.id, s.cumulated) for s in result.standings] == [
        ("expulsion", 2),
        ("removal", 5),
        ("warning", 8),
        ("reprimand", 10),
        ("none", None),
    ]
    assert "Cộng đến Cách chức: 5 phiếu, cần 6: chưa đủ." in result.steps
    assert "Cộng đến Cảnh cáo: 8 phiếu, cần 6: đủ." in result.steps


def test_expulsion_is_proposed_by_two_thirds_but_decided_by_more_than_half() -> None:
    assert counted(9, 6, 3, 0, 0, 0, stage=VoteKind.PROPOSE).outcome == "expulsion"
    assert counted(9, 5, 4, 0, 0, 0, stage=VoteKind.PROPOSE).outcome == "removal"
    assert counted(9, 5, 4, 0, 0, 0, stage=VoteKind.DECIDE).outcome == "expulsion"


def test_expulsion_votes_short_of_two_thirds_fall_to_the_next_form() -> None:
    result = counted(9, 5, 1, 0, 0, 3, stage=VoteKind.PROPOSE)
    assert (result.outcome, result.how) == ("removal", How.CUMULATED)
    assert result.steps[-1] == "Kết quả: đề nghị Cách chức."


def test_no_discipline_by_more_than_half_ends_without_discipline() -> None:
    result = counted(11, 0, 0, 2, 3, 6)
    assert (result.outcome, result.how) == ("none", How.DIRECT)


def test_votes_for_no_discipline_are_never_added_to_a_form() -> None:
    result = counted(10, 0, 0, 0, 5, 5)
    assert (result.outcome, result.how) == (None, How.NOT_ENOUGH)
    assert "Khiển trách: 5 phiếu, cần 6 (quá 1/2 tổng số): mới bằng đúng 1/2, chưa đủ." in result.steps
    assert [warning[:4] for warning in result.warnings] == ["V-06"]


def test_no_discipline_is_left_out_of_the_sum_wherever_it_stands_on_the_ballot() -> None:
    choices = ballot(VoteKind.DECIDE, 0, 0, 0, 5, 5)
    result = count_votes([choices[-1], *choices[:-1]], slips(10, 10), stage=VoteKind.DECIDE)
    assert result.outcome is None


def test_a_form_whose_rule_does_not_cumulate_is_passed_over() -> None:
    choices = [replace(c, cumulates=c.id != "warning") for c in ballot(VoteKind.DECIDE, 2, 3, 3, 2, 1)]
    result = count_votes(choices, slips(11, 11), stage=VoteKind.DECIDE)
    assert result.outcome == "reprimand"


def test_a_vote_on_a_member_of_the_voting_body_warns_of_the_open_point() -> None:
    result = count_votes(
        ballot(VoteKind.DECIDE, 0, 6, 0, 0, 0), slips(11, 6), stage=VoteKind.DECIDE, subject_in_body=True
    )
    assert [warning[:4] for warning in result.warnings] == ["V-08"]


GOOD = Tally(base_total=11, present=10, issued=10, returned=9, valid=8, invalid=1)


def test_slips_that_add_up_have_no_problem() -> None:
    assert check_tally(GOOD, [("warning", "Cảnh cáo", 8)]) == ()


@pytest.mark.parametrize(
    ("changes", "votes", "field"),
    [
        ({"present": 12}, 8, "present"),
        ({"issued": 11}, 8, "issued"),
        ({"issued": 8}, 8, "returned"),
        ({"invalid": 2}, 8, "valid"),
        ({}, 7, "votes"),
        ({"invalid": -1, "returned": 7}, 8, "invalid"),
    ],
)
def test_each_mistake_in_the_slips_names_its_field(changes: dict[str, int], votes: int, field: str) -> None:
    problems = check_tally(replace(GOOD, **changes), [("warning", "Cảnh cáo", votes)])
    assert [problem.field for problem in problems] == [field]


def test_an_empty_body_a_negative_choice_and_a_repeated_form_are_named() -> None:
    nobody = Tally(base_total=0, present=0, issued=0, returned=0, valid=0, invalid=0)
    votes = [("warning", "Cảnh cáo", -1), ("warning", "Cảnh cáo", 1)]
    assert {problem.field for problem in check_tally(nobody, votes)} == {"base_total", "votes.warning"}
    assert any("hai lần" in problem.message for problem in check_tally(nobody, votes))


def test_slips_that_do_not_add_up_are_not_counted_and_all_problems_are_told() -> None:
    with pytest.raises(TallyRejected) as refused:
        count_votes(ballot(VoteKind.DECIDE, 0, 6, 0, 0, 0), replace(GOOD, present=12), stage=VoteKind.DECIDE)
    assert [problem.field for problem in refused.value.problems] == ["present", "votes"]
    assert refused.value.field == "present"


@pytest.mark.parametrize(("present", "reached"), [(5, False), (6, True)])
def test_a_quorum_is_a_share_of_all_members(present: int, reached: bool) -> None:
    assert quorum(present=present, total=11, threshold=MORE_THAN_HALF).reached is reached


def rule(key: str, stage: VoteKind, numerator: int, denominator: int, *, strict: bool) -> VoteRule:
    return VoteRule(
        id=key, label=key, numerator=numerator, denominator=denominator, strict=strict,
        stage=stage, cumulates=True, source="S12", confidence=Confidence.SECONDARY,
    )  # fmt: skip


def penalty(key: str, weight: int, propose: str) -> Penalty:
    return Penalty(
        id=key, label=LABELS[key], subject_kind=SubjectKind.MEMBER, weight=weight,
        propose_rule=propose, decide_rule="half", source="S12", confidence=Confidence.SOURCE,
    )  # fmt: skip


PENALTIES = [penalty("none", 0, "half"), penalty("expulsion", 4, "two_thirds"), penalty("warning", 2, "half")]
RULES = {
    "half": rule("half", VoteKind.DECIDE, 1, 2, strict=True),
    "two_thirds": rule("two_thirds", VoteKind.PROPOSE, 2, 3, strict=False),
}


def test_the_ballot_stands_from_the_heaviest_form_with_the_threshold_of_its_stage() -> None:
    proposed = choices_for(PENALTIES, RULES, {"warning": 3}, stage=VoteKind.PROPOSE)
    assert [(c.id, c.votes, c.is_none) for c in proposed] == [
        ("expulsion", 0, False),
        ("warning", 3, False),
        ("none", 0, True),
    ]
    assert proposed[0].threshold == TWO_THIRDS
    decided = choices_for(PENALTIES, RULES, {}, stage=VoteKind.DECIDE)
    assert decided[0].threshold == MORE_THAN_HALF


def test_a_vote_for_a_form_that_is_not_on_the_ballot_is_an_error() -> None:
    with pytest.raises(KeyError, match="removal"):
        choices_for(PENALTIES, RULES, {"removal": 1}, stage=VoteKind.DECIDE)
