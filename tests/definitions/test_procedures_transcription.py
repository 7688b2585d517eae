"""The 19 procedures say what the source table says, row by row."""

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


COUNTS = {
    "KT-01": 16, "KT-02": 17, "KT-03": 22, "KT-04": 22, "KT-05": 17, "KT-06": 17, "KT-07": 22, "KT-08": 22,
    "GS-01": 13, "GS-02": 15, "KL-01": 14, "KL-02": 17, "KL-03": 17, "KL-04": 17,
    "TC-01": 17, "TC-02": 24, "TC-03": 24, "KN-01": 15, "KN-02": 19,
}  # fmt: skip


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


def pairs() -> list[tuple[str, dict[str, str]]]:
    return [(code, row) for code in COUNTS for row in source_rows(code)]


def types_of(row: dict[str, str]) -> list[str]:
    """A row typed `ARCHIVE+FOLLOW` is one step of the first type that says the rest in words."""
    return row["type"].strip("`").split("+")


@pytest.mark.parametrize(("code", "count"), COUNTS.items())
def test_every_row_of_the_source_is_a_step_in_the_same_order_in_every_edition(
    book: RuleBook, code: str, count: int
) -> None:
    rows = source_rows(code)
    assert len(rows) == count
    for edition in (e for e in book.procedures if e.code == code):
        assert [s.key for s in edition.steps] == [row["step"] for row in rows]
        assert [s.stage for s in edition.steps] == [row["stage"] for row in rows]
        assert [s.type.value for s in edition.steps] == [types_of(row)[0] for row in rows]


def test_a_row_of_two_types_says_the_second_in_words(book: RuleBook) -> None:
    double = [(code, row) for code, row in pairs() if len(types_of(row)) > 1]
    assert {types_of(row)[1] for _, row in double} == {"FOLLOW"}
    for code, row in double:
        assert (
            "heo dõi"
            in latest(book, code).step(row["step"]).label + latest(book, code).step(row["step"]).what
        )


def test_each_step_names_exactly_the_forms_of_its_row(book: RuleBook) -> None:
    for code, row in pairs():
        step = latest(book, code).step(row["step"])
        assert set(step.forms) == forms_in(row["document"]), (code, step.key)


def test_each_step_keeps_the_first_evidence_mark_of_its_row(book: RuleBook) -> None:
    for code, row in pairs():
        step = latest(book, code).step(row["step"])
        marked = re.match(r"\[(source|inferred)", row["confidence_source"])
        assert marked is not None
        assert step.confidence == marked[1], (code, step.key)


def test_conditional_and_repeatable_rows_are_conditional_and_repeatable_steps(book: RuleBook) -> None:
    for code, row in pairs():
        step = latest(book, code).step(row["step"])
        assert step.conditional == ("◇" in row["condition"]), (code, step.key)
        assert step.repeatable == ("repeatable" in row["condition"]), (code, step.key)


# Rows whose limit no step can carry: why.
LIMIT_ELSEWHERE = {
    ("KT-02", "KT4"): "the limit of a discipline decision (Q-03), among other_limits",
    ("KT-07", "KT5"): "a day written in the conclusion, followed with all its requests (X-03)",
    ("KT-08", "KT5"): "a day written in the conclusion, followed with all its requests (X-03)",
    ("KL-01", "TH4"): "days before the meeting that nobody has read",
}


def test_rows_with_a_limit_of_their_own_carry_a_limit(book: RuleBook) -> None:
    whole_procedure = {"DECIDE", "ADJUST"}  # their limit is the term of the whole case and its extension
    for code, row in pairs():
        step = latest(book, code).step(row["step"])
        if row["limit"] != "–" and step.type not in whole_procedure:
            carried = step.limit is not None
            assert carried != ((code, step.key) in LIMIT_ELSEWHERE), (code, step.key)


def test_secret_ballots_of_the_source_are_ballots(book: RuleBook) -> None:
    for code, row in pairs():
        if "secret ballot" in row["approval_vote"]:
            assert latest(book, code).step(row["step"]).vote is not None, (code, row["step"])


def test_a_ballot_held_only_in_a_dual_procedure_names_the_dual_step(book: RuleBook) -> None:
    for code, row in pairs():
        if row["approval_vote"] == "secret ballot when kép":
            edition = latest(book, code)
            dual = edition.step(edition.step(row["step"]).vote_only_after or "")
            assert dual.type == "DUAL", (code, row["step"])


def test_the_procedures_are_chained(book: RuleBook) -> None:
    tc, kt, kl = (latest(book, code) for code in ("TC-03", "KT-04", "KL-02"))
    switch = next(link for link in tc.links if link.kind == "switch")
    assert (switch.step, switch.to, switch.later) == ("TH6", ("KT-03", "KT-04"), ())
    assert {"parties", "evidence"} <= set(switch.carries)
    assert any(link.kind == "discipline" and "KL-02" in link.to for link in kt.links)
    assert any(link.kind == "dual" and "KL-02" in link.to for link in kt.links)
    assert [(link.kind, link.to) for link in kl.links] == [("referral", ("KL-01",))]


def test_every_way_out_of_the_source_is_a_link(book: RuleBook) -> None:
    """DUAL, SWITCH and RESTORE always lead to another case; a REFER to money or the courts does not."""
    for code, row in pairs():
        if types_of(row)[0] in ("DUAL", "SWITCH", "RESTORE"):
            assert latest(book, code).links_from(row["step"]), (code, row["step"])


def test_restoration_waits_for_its_pack(book: RuleBook) -> None:
    links = [link for link in latest(book, "KN-02").links if link.kind == "restoration"]
    assert [(link.to, link.later) for link in links] == [((), ("XL-01",))]


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
    assert (denunciation.extension.amount, denunciation.extension.confidence) == (30, Confidence.UNKNOWN)


def test_the_summary_counts_the_source_rows(book: RuleBook) -> None:
    counts = summary(book)
    assert counts.procedures == 19
    assert counts.steps == len(pairs()) == 347
    assert counts.editions == 19 * 6
    assert counts.limits == len({limit.id for limit in book.time_limits}) > counts.unconfirmed_limits > 0


def test_all_nineteen_procedures_have_a_name(book: RuleBook) -> None:
    with (DATA / "steps.csv").open(encoding="utf-8", newline="") as lines:
        codes = {row["procedure"] for row in csv.DictReader(lines)}
    assert {item.code for item in book.catalogue} == codes
    assert len(book.catalogue) == 19
