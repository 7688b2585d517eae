"""Each of the 133 rules of the law notes stands in the rule book, once, as what it is."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from procedures.load import RULES_FOLDER, load_rulebook
from procedures.schema import Confidence, Measure, RuleBook, TimeLimit

TABLE = Path(__file__).parent / "data" / "rules.csv"
ROWS = {row["id"]: row["row"] for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines())}
UNKNOWN = [key for key, row in ROWS.items() if row.rsplit("| ", 1)[-1].startswith("[unknown]")]


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rulebook(__import__("pathlib").Path("/tmp/kc/s2/book/procedures"))


def rule_of(name: str) -> str:
    """The number in the notes: `T-04-TW` and `V-02-propose` are the same rule at another level or stage."""
    return "-".join(name.split("-")[:2])


def kinds_of(book: RuleBook) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for kind, records in {
        "time limit": book.time_limits,
        "eligibility": book.eligibility,
        "vote": (*book.vote_rules, *book.vote_principles, *book.open_points),
        "principle": book.principles,
    }.items():
        for record in records:
            kinds[rule_of(record.id)].add(kind)
    return kinds


def versions(book: RuleBook, rule_id: str) -> list[TimeLimit]:
    return [limit for limit in book.time_limits if rule_of(limit.id) == rule_id]


def test_the_notes_have_133_rules() -> None:
    assert len(ROWS) == 133


@pytest.mark.parametrize("rule_id", ROWS)
def test_a_rule_of_the_notes_is_in_the_book_as_exactly_one_kind(book: RuleBook, rule_id: str) -> None:
    assert len(kinds_of(book).get(rule_id, ())) == 1


def test_what_stands_in_the_book_beyond_the_notes_is_named_here(book: RuleBook) -> None:
    assert kinds_of(book).keys() - ROWS.keys() == {"I-11", "V-KL", "X-01", "X-02", "X-03", "X-04"}


def test_a_principle_says_why_it_is_no_limit(book: RuleBook) -> None:
    assert len(book.principles) == 60
    for principle in book.principles:
        assert len(principle.why_not_a_limit) > 20, principle.id
        assert principle.why_not_a_limit != principle.text


def test_comparisons_with_state_law_never_pass_as_party_rules(book: RuleBook) -> None:
    marked = {one.id for one in book.principles if one.label.startswith("So sánh pháp luật nhà nước")}
    assert marked == {"T-20", "K-20", "Q-15"}
    assert all(one.basis is None for one in book.principles if one.id in marked)


@pytest.mark.parametrize("rule_id", [key for key, row in ROWS.items() if "[source]" not in row])
def test_a_rule_nobody_has_read_is_not_called_read(book: RuleBook, rule_id: str) -> None:
    inherits = "same |" in ROWS[rule_id] or "| same" in ROWS[rule_id]
    found = [*versions(book, rule_id), *(one for one in book.principles if one.id == rule_id)]
    assert inherits or all(one.confidence is not Confidence.SOURCE for one in found)


@pytest.mark.parametrize("rule_id", UNKNOWN)
def test_what_the_notes_do_not_know_the_book_does_not_know(book: RuleBook, rule_id: str) -> None:
    limits = [limit for limit in book.time_limits if limit.id == rule_id]
    assert all(limit.confidence is Confidence.UNKNOWN and limit.provisional for limit in limits)
    principles = [one for one in book.principles if one.id == rule_id]
    assert all(one.confidence is Confidence.UNKNOWN for one in principles)


def test_a_limit_without_a_number_waits_for_the_plan(book: RuleBook) -> None:
    waiting = {limit.id for limit in book.time_limits if limit.measure is Measure.PLAN_DATE}
    assert waiting == {"D-07", "I-11", "Q-16", "X-02", "X-03"}


def test_a_twin_differs_from_its_rule_in_level_or_subject_and_shares_its_clock(book: RuleBook) -> None:
    twins = [limit for limit in book.time_limits if limit.same_rule_as]
    assert len({limit.id for limit in twins}) == 15
    for twin in twins:
        assert twin.same_rule_as is not None
        first = book.time_limit(twin.same_rule_as)
        assert (twin.starts_on, twin.ends_on, twin.backwards) == (
            first.starts_on, first.ends_on, first.backwards,
        ), twin.id  # fmt: skip
        assert (twin.levels, twin.subject_kinds) != (first.levels, first.subject_kinds), twin.id


def test_what_must_be_confirmed_comes_in_order_and_names_rules_of_the_book(book: RuleBook) -> None:
    assert [question.order for question in book.questions] == list(range(1, 10))
    asked = [rule_id for question in book.questions for rule_id in question.rules]
    assert len(asked) == len(set(asked))
    assert {rule_of(name) for name in asked} <= kinds_of(book).keys()
    assert {"T-01", "W-02", "P-02", "I-04", "R-03", "K-07", "V-08", "L-02", "W-09"} <= set(asked)


def test_the_files_of_the_book_are_where_a_rule_editor_looks() -> None:
    for name in ("time_limits", "principles", "votes", "eligibility", "to_confirm"):
        assert (RULES_FOLDER / f"{name}.toml").is_file()
