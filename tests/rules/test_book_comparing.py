"""Two editions side by side: added, removed and changed steps, and the very words that changed."""

from datetime import date

import pytest

from cases.book.comparing import EditionDiff, Piece, compare
from cases.book.limits import NOBODY
from cases.book.reading import Reader
from cases.definitions import forms
from procedures.schema import ProcedureEdition, Step
from tests.support.running_cases import loaded_rules

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def edition() -> ProcedureEdition:
    return loaded_rules().procedure("KT-04", TODAY)


def diff(old: ProcedureEdition, new: ProcedureEdition) -> EditionDiff:
    reader = Reader(loaded_rules(), forms(), NOBODY, today=TODAY)
    return compare(reader.view(old), reader.view(new))


def with_steps(edition: ProcedureEdition, steps: list[Step]) -> ProcedureEdition:
    return edition.model_copy(update={"steps": tuple(steps)})


def test_an_edition_does_not_differ_from_itself(edition: ProcedureEdition) -> None:
    found = diff(edition, edition)
    assert found.same
    assert found.unchanged == len(edition.steps)


def test_a_changed_step_shows_just_the_words_that_changed(edition: ProcedureEdition) -> None:
    was = edition.step("CB1").model_copy(update={"what": "Cán bộ đề xuất với Thường trực."})
    now = was.model_copy(update={"what": "Cán bộ đề xuất ngay với Chủ nhiệm."})
    rest = list(edition.steps[1:])
    found = diff(with_steps(edition, [was, *rest]), with_steps(edition, [now, *rest]))
    (step,) = found.steps
    (field,) = step.fields
    assert (step.key, field.label, found.unchanged) == ("CB1", "Việc phải làm", len(rest))
    assert field.old == (
        Piece("same", "Cán bộ đề xuất"), Piece("same", " với"), Piece("removed", " Thường trực."),
    )  # fmt: skip
    assert field.new == (
        Piece("same", "Cán bộ đề xuất"), Piece("added", " ngay"), Piece("same", " với"),
        Piece("added", " Chủ nhiệm."),
    )  # fmt: skip


def test_added_and_removed_steps_stand_where_they_stand_in_their_edition(edition: ProcedureEdition) -> None:
    steps = list(edition.steps)
    new = steps[3].model_copy(update={"key": "CB9", "label": "Bước riêng", "next": ()})
    old_edition = with_steps(edition, [one for one in steps if one.key != "TH8"])
    new_edition = with_steps(edition, [*steps[:2], new, *(one for one in steps[2:] if one.key != "TH5")])
    found = {one.key: one for one in diff(old_edition, new_edition).steps}
    assert list(found) == ["CB9", "TH5", "TH8"]
    assert found["CB9"].old is None and found["TH8"].old is None
    assert found["TH5"].new is None
    assert all(piece.change == "added" for field in found["CB9"].fields for piece in field.new)
    assert all(field.new == () for field in found["TH5"].fields)


def test_a_step_taken_out_at_the_very_beginning_comes_first(edition: ProcedureEdition) -> None:
    found = diff(edition, with_steps(edition, list(edition.steps[1:])))
    assert [one.key for one in found.steps] == ["CB1"]


def test_the_head_is_compared_too(edition: ProcedureEdition) -> None:
    other = edition.model_copy(update={"trigger": f"{edition.trigger} Và khi được giao.", "note": None})
    found = diff(edition, other)
    assert [one.label for one in found.head] == ["Khi nào dùng", "Ghi chú"]
    assert found.head[0].new[-1] == Piece("added", " Và khi được giao.")
    assert not found.steps and not found.same


def test_both_sides_together_lose_no_word() -> None:
    for code in ("KT-04", "TC-03", "KL-02"):
        first, *_, last = loaded_rules().editions_of(code)
        for step in diff(first, last).steps:
            for field in step.fields:
                kept = [piece.text for piece in field.old if piece.change == "same"]
                assert kept == [piece.text for piece in field.new if piece.change == "same"]
                assert "added" not in {piece.change for piece in field.old}
                assert "removed" not in {piece.change for piece in field.new}
