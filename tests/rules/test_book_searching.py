"""Search over the rule book: without tones, by whole words, with the place of the hit and the filters."""

from datetime import date
from typing import Any

import pytest

from cases.book.entries import KINDS
from cases.book.limits import NOBODY, extension_words
from cases.book.searching import CONFIRMED, UNCONFIRMED, Hit, Index, Query, index_of, page_of_hits
from cases.definitions import forms
from procedures.schema import Extension
from tests.support.running_cases import loaded_rules

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(loaded_rules(), forms())


def found(index: Index, text: str = "", **filters: Any) -> list[Hit]:
    return index.search(Query(text, **filters), NOBODY, today=TODAY)


def ids(hits: list[Hit]) -> list[str]:
    return [hit.entry.id for hit in hits]


@pytest.mark.parametrize("text", ["giải quyết tố cáo", "giai quyet to cao", "GIAI  QUYET TO CAO"])
def test_tones_and_capitals_do_not_matter(index: Index, text: str) -> None:
    hits = found(index, text, kind="limit")
    assert "T-01" in ids(hits)
    assert ids(hits) == ids(found(index, "giải quyết tố cáo", kind="limit"))


def test_the_number_of_a_rule_brings_that_rule_first(index: Index) -> None:
    assert ids(found(index, "t-01"))[0] == "T-01"
    assert ids(found(index, "22-QĐ/TW", kind="regulation"))[0] == "22-QĐ/TW"


def test_whole_words_are_found_and_not_syllables_inside_others(index: Index) -> None:
    for hit in found(index, "gia hạn"):
        said = " ".join(hit.entry.folded).replace("(", " ").replace(",", " ").replace(".", " ")
        assert "gia" in said.split() or "gia-" in said, hit.entry.id


def test_a_part_of_a_word_is_looked_for_when_no_whole_word_fits(index: Index) -> None:
    assert found(index, "khiếu nạ", kind="limit")
    assert not found(index, "khongcotunaynhuthe")


def test_a_hit_outside_the_title_says_where_and_marks_the_words(index: Index) -> None:
    hits = [hit for hit in found(index, "tự nhận hình thức kỷ luật", kind="step") if hit.reasons]
    reason = hits[0].reasons[0]
    assert reason.label == "Việc phải làm"
    assert {"hình", "thức"} <= {word for word, marked in reason.words if marked}
    assert not all(marked for _, marked in reason.words)


def test_a_hit_in_the_title_is_marked_there_and_needs_no_reason(index: Index) -> None:
    hit = next(hit for hit in found(index, "to cao", kind="limit") if hit.entry.id == "T-01")
    assert [word for word, marked in hit.title if marked] == ["tố", "cáo"]
    assert hit.reasons == ()


def test_without_words_everything_is_listed_in_the_order_of_the_kinds(index: Index) -> None:
    kinds = [hit.entry.kind for hit in found(index)]
    assert list(dict.fromkeys(kinds)) == list(KINDS)


def test_a_day_leaves_the_versions_in_force_on_it(index: Index) -> None:
    before = found(index, "T-01", kind="limit", on=date(2022, 1, 1))
    after = found(index, "T-01", kind="limit", on=date(2026, 1, 1))
    assert [hit.entry.valid_from for hit in before if hit.entry.id == "T-01"] == [date(2021, 7, 28)]
    assert [hit.entry.valid_from for hit in after if hit.entry.id == "T-01"] == [date(2025, 5, 30)]


def test_steps_are_those_of_one_edition_of_each_procedure(index: Index) -> None:
    for on in (None, date(2022, 1, 1), TODAY):
        hits = index.search(Query(kind="step", on=on), NOBODY, today=TODAY)
        assert hits and len(set(ids(hits))) == len(hits)
        assert all(hit.entry.edition and hit.entry.edition.in_force(on or TODAY) for hit in hits)


def test_confirmed_and_unconfirmed_share_everything_out(index: Index) -> None:
    sure, unsure = found(index, sure=CONFIRMED), found(index, sure=UNCONFIRMED)
    assert sure and unsure
    assert len(sure) + len(unsure) == len(found(index))
    assert all(hit.confirmed for hit in sure) and not any(hit.confirmed for hit in unsure)


def test_every_area_offered_has_something_in_it(index: Index) -> None:
    for kind in ("", *KINDS):
        for area in index.areas(kind):
            assert found(index, kind=kind, area=area), (kind, area)


def test_a_page_beyond_the_last_is_the_last(index: Index) -> None:
    hits = found(index)
    last = page_of_hits(hits, 10_000)
    assert (last.number, last.rows[-1]) == (last.pages, hits[-1])
    assert page_of_hits([], 1).pages == 1


def test_the_words_of_an_extension_keep_its_doubt() -> None:
    third = Extension.model_validate(
        {
            "fraction": {"numerator": 1, "denominator": 3}, "unit": "calendar_day", "cap": 120, "times": 1,
            "decided_by": "chair", "confidence": "inferred",
        }
    )  # fmt: skip
    assert extension_words(third) == (
        "được gia hạn 1/3 thời hạn, 1 lần, tổng cộng không quá 120 ngày (chưa xác nhận)"
    )
    nobody = Extension.model_validate({"unit": "month", "decided_by": "chair", "confidence": "unknown"})
    assert extension_words(nobody) == "được gia hạn, chưa rõ độ dài (chưa xác nhận)"
