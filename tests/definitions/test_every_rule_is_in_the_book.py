"""Each of the 133 rules of the law notes stands in the rule book, once, as what it is."""

import csv
import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from procedures.load import RULES_FOLDER, load_rulebook
from procedures.schema import Confidence, Measure, RuleBook, RuleBookError, TimeLimit

TABLE = Path(__file__).parent / "data" / "rules.csv"
ROWS = {row["id"]: row["row"] for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines())}
UNKNOWN = [key for key, row in ROWS.items() if row.rsplit("| ", 1)[-1].startswith("[unknown]")]


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rulebook()


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


# Number, unit and trigger of each numbered row, as the notes write them, on a day when it was law.
NUMBERS = """
T-01     2021-07-28  90 calendar_day letter_received          +30 x1
T-01     2026-04-11  90 calendar_day letter_received          +30 x1
T-02     2021-07-28 180 calendar_day letter_received          +30 x1
T-03     2016-07-26  30 working_day  limit_ended
T-04     2021-07-27  90 working_day  letter_received          +30 x1
T-04-TW  2021-07-27 180 working_day  letter_received          +30 x1
T-05     2024-06-06 180 calendar_day team_decision_signed     +60 <240
T-11     2020-06-01  30 working_day  congress_opened
T-11-CS  2020-06-01  25 working_day  congress_opened
T-12     2019-01-01  20 working_day  front_report_received    +10 x1 <30
K-01     2011-01-19   1 month        decision_received
K-02     2025-05-30  30 calendar_day decision_received
K-03     2021-07-27  30 working_day  decision_received
K-05     2021-07-27  90 working_day  complaint_received       +?
K-05-TW  2021-07-27 180 working_day  complaint_received       +?
K-06     2021-07-28  90 calendar_day complaint_received       +?
K-06-TW  2021-07-28 180 calendar_day complaint_received       +?
Q-01     2016-07-26   0 calendar_day vote_result_announced
Q-02     2016-07-26  10 calendar_day vote_result_announced
Q-03     2021-07-27  15 calendar_day decision_signed
Q-04     2026-04-10   0 calendar_day decision_announced
Q-05     2026-04-11   0 calendar_day decision_signed
Q-08     2016-07-26  12 month        decision_announced
Q-10     2022-11-22  12 month        decision_announced
Q-13     2022-07-05  30 working_day  decision_announced
Q-14     2025-05-30   5 calendar_day state_decision_signed
H-01     2022-07-06  60 month        violation_ended
H-02     2022-07-06 120 month        violation_ended
H-03     2022-07-06  60 month        violation_ended
H-04     2022-07-06 120 month        violation_ended
D-01     2021-07-27  90 working_day  suspension_started       +90 <180
D-02     2021-07-27  90 working_day  suspension_started
D-03     2025-05-29  90 calendar_day suspension_started       +90 <180
D-04     2025-05-29  90 calendar_day suspension_started
D-06     2026-04-11  90 calendar_day suspension_started       +30 x1
D-08     2021-07-28   3 calendar_day state_decision_signed
I-01-TW  2017-09-12  45 working_day  self_report_received     +1/3 <60
I-01     2017-09-12  30 working_day  self_report_received     +1/3 <40
I-01-H   2017-09-12  25 working_day  self_report_received     +1/3 <33
I-01-CS  2017-09-12  20 working_day  self_report_received     +1/3 <26
I-02-TW  2025-06-18  60 calendar_day plan_signed              +1/3 <80
I-02     2025-06-18  45 calendar_day plan_signed              +1/3 <60
I-02-CTCS 2025-06-18 20 calendar_day plan_signed              +1/3 <26
I-03-KT  2025-08-26  30 calendar_day plan_signed              +1/3 <40
I-03-DH  2025-08-26  45 calendar_day plan_signed              +1/3 <60
I-03-GS  2025-08-26  30 calendar_day plan_signed              +1/3 <40
I-03-TK  2025-08-26   5 working_day  plan_signed
I-09     2018-05-03   5 working_day  team_decision_signed
I-10     2018-05-03  15 working_day  conclusion_noticed
"""


def said(limit: TimeLimit) -> list[str]:
    words = [str(limit.amount), limit.unit.value, limit.starts_on.value]
    more = limit.extension
    if more is not None:
        share = more.fraction and f"{more.fraction.numerator}/{more.fraction.denominator}"
        words.append(f"+{more.amount or share or '?'}")
        words += [f"x{more.times}"] if more.times else []
        words += [f"<{more.cap}"] if more.cap else []
    return words


@pytest.mark.parametrize("row", NUMBERS.split("\n")[1:-1])
def test_number_unit_trigger_and_extension_are_those_of_the_notes(book: RuleBook, row: str) -> None:
    limit_id, day, *expected = row.split()
    assert said(book.time_limit(limit_id, date.fromisoformat(day))) == expected


def test_before_the_first_and_after_the_last_day_of_a_regime_its_number_is_not_law(book: RuleBook) -> None:
    last_days = {"T-04": date(2021, 7, 27), "D-03": date(2025, 5, 29), "Q-04": date(2026, 4, 10)}
    for limit_id, last in last_days.items():
        found = [one for one in book.time_limits if one.id == limit_id]
        assert max(one.valid_to or date.max for one in found) == last


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("time_limits.toml", 'same_rule_as = "T-01"', 'same_rule_as = "T-00"'),
        ("to_confirm.toml", '"R-03"', '"R-33"'),
    ],
)
def test_an_id_that_leads_nowhere_is_told_with_its_file(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES_FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleBookError) as refused:
        load_rulebook(folder)
    told = {(problem.file, new.split('"')[1] in problem.message) for problem in refused.value.problems}
    assert told == {(file, True)}
