"""The three procedures say what the source table says, row by row."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest

from procedures.load import load_rulebook, summary
from procedures.schema import Confidence, ProcedureEdition, RegulationArea, RuleBook

DATA = Path(__file__).parent / "data"
FORM_CODES = frozenset((DATA / "form_codes.txt").read_text(encoding="utf-8").split())
RANGE = re.compile(r"([A-K])(\d\d)(?:–[A-K](\d\d))?")


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rulebook(known_forms=FORM_CODES)


def source_rows(code: str) -> list[dict[str, str]]:
    with (DATA / "steps.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["procedure"] == code]


def forms_in(text: str) -> set[str]:
    codes = set()
    for letter, first, last in RANGE.findall(text):
        codes |= {f"{letter}{number:02}" for number in range(int(first), int(last or first) + 1)}
    return codes


def latest(book: RuleBook, code: str) -> ProcedureEdition:
    return max((e for e in book.procedures if e.code == code), key=lambda edition: edition.valid_from)


def pairs(book: RuleBook) -> list[tuple[str, dict[str, str]]]:
    return [(code, row) for code in ("TC-03", "KT-04", "KL-02") for row in source_rows(code)]


@pytest.mark.parametrize(("code", "count"), [("TC-03", 24), ("KT-04", 22), ("KL-02", 17)])
def test_every_row_of_the_source_is_a_step_in_the_same_order_in_every_edition(
    book: RuleBook, code: str, count: int
) -> None:
    rows = source_rows(code)
    assert len(rows) == count
    for edition in (e for e in book.procedures if e.code == code):
        assert [s.key for s in edition.steps] == [row["step"] for row in rows]
        assert [s.stage for s in edition.steps] == [row["stage"] for row in rows]
        assert [f"`{s.type}`" for s in edition.steps] == [row["type"] for row in rows]


def test_each_step_names_exactly_the_forms_of_its_row(book: RuleBook) -> None:
    for code, row in pairs(book):
        step = latest(book, code).step(row["step"])
        assert set(step.forms) == forms_in(row["document"]), (code, step.key)


def test_each_step_keeps_the_first_evidence_mark_of_its_row(book: RuleBook) -> None:
    for code, row in pairs(book):
        step = latest(book, code).step(row["step"])
        marked = re.match(r"\[(source|inferred)", row["confidence_source"])
        assert marked is not None
        assert step.confidence == marked[1], (code, step.key)


def test_conditional_and_repeatable_rows_are_conditional_and_repeatable_steps(book: RuleBook) -> None:
    for code, row in pairs(book):
        step = latest(book, code).step(row["step"])
        assert step.conditional == ("◇" in row["condition"]), (code, step.key)
        assert step.repeatable == ("repeatable" in row["condition"]), (code, step.key)


def test_rows_with_a_limit_of_their_own_carry_a_limit(book: RuleBook) -> None:
    whole_procedure = {"DECIDE", "ADJUST"}  # their limit is the term of the whole case and its extension
    for code, row in pairs(book):
        step = latest(book, code).step(row["step"])
        if row["limit"] != "–" and step.type not in whole_procedure:
            assert step.limit is not None, (code, step.key)


def test_secret_ballots_of_the_source_are_ballots(book: RuleBook) -> None:
    for code, row in pairs(book):
        if "secret ballot" in row["approval_vote"]:
            assert latest(book, code).step(row["step"]).vote is not None, (code, row["step"])


def test_a_ballot_held_only_in_a_dual_procedure_names_the_dual_step(book: RuleBook) -> None:
    for code, row in pairs(book):
        if row["approval_vote"] == "secret ballot when kép":
            edition = latest(book, code)
            dual = edition.step(edition.step(row["step"]).vote_only_after or "")
            assert dual.type == "DUAL", (code, row["step"])


def test_the_three_procedures_are_chained(book: RuleBook) -> None:
    tc, kt, kl = (latest(book, code) for code in ("TC-03", "KT-04", "KL-02"))
    switch = next(link for link in tc.links if link.kind == "switch")
    assert (switch.step, switch.to, switch.later) == ("TH6", ("KT-04",), ("KT-03",))
    assert any(link.kind == "discipline" and "KL-02" in link.to for link in kt.links)
    assert any(link.kind == "dual" and "KL-02" in link.to for link in kt.links)
    assert [link.later for link in kl.links] == [("KL-01",)]
    assert {"parties", "evidence"} <= set(switch.carries)


def test_the_main_line_goes_from_each_mandatory_step_to_the_next(book: RuleBook) -> None:
    for edition in book.procedures:
        mandatory = edition.mandatory_steps
        for step, following in pairwise(mandatory):
            assert following.key in step.next, (edition.id, step.key)


def test_each_edition_cites_the_regulation_of_its_day(book: RuleBook) -> None:
    for edition in book.procedures:
        regulation = book.regulation_in_force(RegulationArea.INSPECTION, edition.valid_from)
        assert regulation.number in edition.legal_basis


def test_what_nobody_read_never_passes_as_law(book: RuleBook) -> None:
    unknown = [limit for limit in book.time_limits if limit.confidence is Confidence.UNKNOWN]
    assert {"I-04", "X-01", "T-06"} <= {limit.id for limit in unknown}
    assert all(limit.provisional and not limit.confirmed_by_source for limit in unknown if limit.amount)
    denunciation = book.time_limit("T-01")
    assert denunciation.confidence is Confidence.INFERRED
    assert denunciation.extension is not None
    assert (denunciation.extension.amount, denunciation.extension.confidence) == (30, Confidence.INFERRED)


def test_the_summary_counts_the_source_rows(book: RuleBook) -> None:
    counts = summary(book)
    assert counts.procedures == 3
    assert counts.steps == len(pairs(book))
    assert counts.editions == 9
    assert counts.limits == len({limit.id for limit in book.time_limits}) > counts.unconfirmed_limits > 0


def test_all_nineteen_procedures_have_a_name(book: RuleBook) -> None:
    with (DATA / "steps.csv").open(encoding="utf-8", newline="") as lines:
        codes = {row["procedure"] for row in csv.DictReader(lines)}
    assert {item.code for item in book.catalogue} == codes
    assert len(book.catalogue) == 19
