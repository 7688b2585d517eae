"""Whatever is typed into a field is words on paper: never an order to the printer, never a wider door."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from cases.documents import html
from cases.documents.docx import docx
from cases.documents.paper import Paper
from cases.documents.pdf import Engine, pdf
from cases.documents.plain_text import plain_text
from cases.documents.values import PaperValueError
from forms.samples import sample_values
from tests.documents.measure import letters_of, measure
from tests.documents.sample_papers import both_printers, catalogue, paper_of

HOSTILE = (
    '<meta name="pdfkit-page-size" content="A5"><meta name="pdfkit-orientation" content="Landscape">'
    "<script>document.write('x')</script><iframe src='file:///etc/passwd'></iframe>"
    '<img src="http://192.0.2.1/x"> {{ 7*7 }} {% raw %} </style></title></body> &amp; "\'`'
)


def paper_with(**values: object) -> Paper:
    known: Mapping[str, object] = sample_values(catalogue()["C19"])
    return paper_of("C19", {**known, **values})


@both_printers
def test_markup_scripts_and_printer_orders_are_printed_as_words(printer: Engine) -> None:
    paper = paper_with(strengths=HOSTILE, subject_reference=HOSTILE)
    found = measure(pdf(paper, engine=printer))
    assert (round(found.width), round(found.height)) == (210, 297)
    assert found.letters == letters_of(plain_text(paper))
    assert HOSTILE in plain_text(paper)


@both_printers
def test_fifteen_thousand_letters_without_a_space_stay_inside_the_margins(printer: Engine) -> None:
    found = measure(pdf(paper_with(strengths="Ễ" * 15_000), engine=printer))
    assert found.letters["Ễ"] == 15_000
    assert found.right >= 14
    assert found.pages > 4


def test_the_preview_holds_no_element_that_was_typed() -> None:
    shown = str(html.fragment(paper_with(strengths=HOSTILE, subject_reference=HOSTILE)))
    for element in ("<script", "<meta", "<iframe", "<img", "</style", "</title"):
        assert element not in shown
    assert "{{ 7*7 }}" in shown


def test_direction_marks_and_control_letters_never_reach_paper() -> None:
    dirty = "Đồng chí \u202eniB êL\u202c\u2066\x00\x07\u200bBình"
    paper = paper_with(subject_reference=dirty)
    assert "Đồng chí niB êLBình" in plain_text(paper)
    assert docx(paper)


def test_letters_typed_in_pieces_are_composed() -> None:
    assert "Lê Thị Bưởi" in plain_text(
        paper_with(subject_reference="Le\u0302 Thi\u0323 Bu\u031bo\u031b\u0309i")
    )


def test_a_value_no_field_can_hold_is_refused_by_name() -> None:
    with pytest.raises(PaperValueError) as refused:
        paper_with(subject_reference=object())
    assert refused.value.name == "subject_reference"


def test_a_hostile_recipient_and_team_name_are_words_too() -> None:
    paper = replace(paper_of("C01"), recipients=(f"- {HOSTILE}.",), issuer=HOSTILE)
    assert "<script" not in str(html.fragment(paper))
