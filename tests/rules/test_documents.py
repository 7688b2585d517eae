"""What a paper needs before it goes on, and who approves it."""

import pytest

from cases.documents.rules import approving_role, missing_values
from forms.load import load_catalogue
from forms.samples import sample_values
from forms.schema import Layout
from procedures.schema import Role

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ("C01", Role.CHAIR), ("A05", Role.HEAD_OF_SECTION), ("C16", Role.COMMISSIONER),
        ("A03", Role.HEAD_OF_SECTION), ("G07", None), ("G06", None), ("G02", None),
    ],
)  # fmt: skip
def test_the_role_that_signs_approves(code: str, role: Role | None) -> None:
    assert approving_role(CATALOGUE[code]) is role


def test_nobody_approves_what_is_only_recorded() -> None:
    for form in CATALOGUE.values():
        if form.layout in (Layout.MINUTES, Layout.BALLOT, Layout.SUBJECT_PAPER):
            assert approving_role(form) is None, form.code


@pytest.mark.parametrize("code", list(CATALOGUE))
def test_a_filled_form_lacks_nothing_and_an_empty_one_lacks_its_required_fields(code: str) -> None:
    form = CATALOGUE[code]
    assert missing_values(form, sample_values(form)) == []
    needed = [field.label for field in form.fields if field.required]
    assert set(missing_values(form, {})) >= set(needed)


def test_a_choice_may_ask_for_one_more_field() -> None:
    form = CATALOGUE["G10"]
    values = sample_values(form)
    del values["removed_posts"]
    assert missing_values(form, values | {"penalty": "warning"}) == []
    assert missing_values(form, values | {"penalty": "removal"}) == ["Chức vụ bị cách"]
    assert missing_values(form, values | {"penalty": "removal", "removed_posts": "  "}) == ["Chức vụ bị cách"]


def test_a_row_begun_names_what_it_lacks_and_zero_is_an_answer() -> None:
    form = CATALOGUE["C19"]
    rows = [{"content": "Khắc phục", "responsible": "Đảng ủy xã"}, {"content": "", "responsible": ""}]
    assert missing_values(form, sample_values(form) | {"requests": rows}) == [
        "Yêu cầu sau kiểm tra (dòng 1: Thời hạn)"
    ]
    count = CATALOGUE["G07"]
    assert missing_values(count, sample_values(count) | {"vote_invalid": 0}) == []
