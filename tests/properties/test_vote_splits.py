"""Every way in which up to eleven members can vote, counted again by hand."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from cases.sessions.rules import How, Tally, choices_for, count_votes
from procedures.load import load_rulebook
from procedures.schema import RuleBook, SubjectKind, VoteKind

MOST_MEMBERS = 11


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rulebook()


def splits(members: int, places: int) -> Iterator[tuple[int, ...]]:
    """All ways to put so many members into so many places."""
    if places == 1:
        yield (members,)
        return
    for here in range(members + 1):
        for rest in splits(members - here, places - 1):
            yield (here, *rest)


def reaches(ballots: int, members: int, form: str, stage: VoteKind) -> bool:
    """The law said in fractions, without a look at the rule files (V-02 to V-04, V-11)."""
    share = Fraction(ballots, members)
    if form in ("expulsion", "dissolution") and stage is VoteKind.PROPOSE:
        return share >= Fraction(2, 3)
    return share > Fraction(1, 2)


def by_hand(ballots: list[str], members: int, forms: list[str], stage: VoteKind) -> tuple[str | None, How]:
    """Look at the ballots one by one: first each form alone, then the pile from the heaviest form down."""
    for choice in (*forms, "none"):
        if reaches(ballots.count(choice), members, choice, stage):
            return choice, How.DIRECT
    pile = 0
    for form in forms:
        for ballot in ballots:
            pile += ballot == form
        if reaches(pile, members, form, stage):
            return form, How.CUMULATED
    return None, How.NOT_ENOUGH


@pytest.mark.parametrize("stage", [VoteKind.PROPOSE, VoteKind.DECIDE])
@pytest.mark.parametrize("kind", list(SubjectKind))
def test_every_split_of_up_to_eleven_members_comes_out_as_counted_by_hand(
    book: RuleBook, kind: SubjectKind, stage: VoteKind
) -> None:
    penalties = book.penalties_for(kind)
    rules = {rule.id: rule for rule in book.vote_rules}
    names = [penalty.id for penalty in penalties]
    assert names[-1] == "none"
    seen = 0
    for members in range(1, MOST_MEMBERS + 1):
        # The last place is for members who cast no valid ballot.
        for *votes, _ in splits(members, len(names) + 1):
            cast = sum(votes)
            tally = Tally(
                base_total=members, present=cast, issued=cast, returned=cast, valid=cast, invalid=0
            )  # fmt: skip
            given = dict(zip(names, votes, strict=True))
            result = count_votes(choices_for(penalties, rules, given, stage=stage), tally, stage=stage)
            ballots = [name for name, number in given.items() for _ in range(number)]
            expected = by_hand(ballots, members, names[:-1], stage)
            assert (result.outcome, result.how) == expected, (members, given)
            seen += 1
    assert seen == {SubjectKind.MEMBER: 12_375, SubjectKind.BODY: 4_367}[kind]
