"""The grounds of postponement in the rule book: tied to the rules in words, changed by a commission."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from procedures.load import RULES_FOLDER, load_rulebook
from procedures.schema import PauseReason, PostponementEffect, RuleBook, RuleBookError, RuleNotFound

OWN = """
[[postponement_ground]]
id = "treatment"
rule = "P-03"
label = "Bệnh nặng, đang điều trị nội trú"
effect = "not_yet"
pause_reason = "postponement"
excluded_from_limitation = true
pauses_clock = true
subject_kinds = ["member"]
source = "quy chế làm việc của Ủy ban"
confidence = "source"
"""


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rulebook()


def test_every_ground_says_what_does_not_count_and_none_stops_a_clock_by_itself(book: RuleBook) -> None:
    found = {one.id: (one.rule, one.excluded_from_limitation) for one in book.postponement_grounds}
    assert found == {
        "maternity": ("P-01", True), "treatment": ("P-03", True), "missing": ("P-05", True),
        "deceased": ("P-04", False), "criminal_proceedings": ("H-13", True),
    }  # fmt: skip
    assert not any(one.pauses_clock for one in book.postponement_grounds)
    assert book.postponement_ground("deceased").effect is PostponementEffect.CONCLUDE_ONLY


def test_the_periods_of_limitation_allow_the_reasons_that_the_grounds_give(book: RuleBook) -> None:
    reasons = {one.pause_reason for one in book.postponement_grounds if one.excluded_from_limitation}
    assert reasons == {PauseReason.POSTPONEMENT, PauseReason.CRIMINAL_PROCEEDINGS}
    for limit_id in ("H-01", "H-02", "H-03", "H-04"):
        assert reasons <= set(book.time_limit(limit_id).pauses)


def test_only_the_first_ground_may_be_lifted_and_only_since_its_rule(book: RuleBook) -> None:
    assert [one.id for one in book.postponement_grounds if one.lift_rule] == ["maternity"]
    rule = book.principle(book.postponement_ground("maternity").lift_rule or "")
    assert [rule.in_force(day) for day in (date(2026, 8, 16), date(2026, 8, 17))] == [False, True]


def test_an_unknown_ground_or_rule_is_not_found(book: RuleBook) -> None:
    with pytest.raises(RuleNotFound):
        book.postponement_ground("holiday")
    with pytest.raises(RuleNotFound):
        book.principle("P-99")


def test_a_commission_may_let_a_ground_stop_the_clocks(tmp_path: Path) -> None:
    (tmp_path / "postponements.toml").write_text(OWN, encoding="utf-8")
    book = load_rulebook(local=tmp_path)
    assert len(book.postponement_grounds) == 5
    assert book.postponement_ground("treatment").pauses_clock


@pytest.mark.parametrize("key", ["rule", "lift_rule"])
def test_a_ground_that_names_no_rule_is_refused(tmp_path: Path, key: str) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES_FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = folder / "postponements.toml"
    old = {"rule": 'rule = "P-01"', "lift_rule": 'lift_rule = "P-02"'}[key]
    text = path.read_text(encoding="utf-8").replace(old, f'{key} = "P-99"', 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleBookError) as refused:
        load_rulebook(folder)
    (problem,) = refused.value.problems
    assert (problem.file, problem.key) == (
        "postponements.toml", f"postponement_ground[1] (maternity).{key}",
    )  # fmt: skip
