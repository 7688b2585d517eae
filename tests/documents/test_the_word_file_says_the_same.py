"""The .docx is the same paper: words, margins, number field."""

import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordFile
from docx.table import Table
from docx.text.paragraph import Paragraph

from cases.documents.docx import docx
from cases.documents.paper import Paper
from cases.documents.plain_text import plain_text
from tests.documents.sample_papers import BALLOT, LETTER, SUBJECT_PAPER, every_form, form_from, paper_of


def opened(paper: Paper) -> WordFile:
    return Document(io.BytesIO(docx(paper)))


@lru_cache(maxsize=8)
def sample_file(code: str) -> WordFile:
    """The sample of a form as a Word file: the tests of one form follow each other and read the same."""
    return opened(paper_of(code))


def lines_of(file: WordFile) -> Iterator[str]:
    for part in file.iter_inner_content():
        if isinstance(part, Paragraph):
            yield part.text
        else:
            yield from _cells(part)


def _cells(table: Table) -> Iterator[str]:
    for row in table.rows:
        for cell in row.cells:
            yield from (paragraph.text for paragraph in cell.paragraphs)


def words_of(file: WordFile) -> str:
    return "\n".join(line for line in lines_of(file) if line.strip())


@every_form
def test_the_word_file_says_exactly_the_plain_text(code: str) -> None:
    assert words_of(sample_file(code)) == plain_text(paper_of(code))


@pytest.mark.parametrize("code", ["C01", "C16", "C19", "G07"])
def test_a_long_word_file_says_exactly_the_plain_text(code: str) -> None:
    paper = paper_of(code, repeat=5)
    assert words_of(opened(paper)) == plain_text(paper)


@every_form
def test_an_unfilled_form_says_the_same_gaps(code: str) -> None:
    paper = paper_of(code, {})
    assert words_of(opened(paper)) == plain_text(paper)


@pytest.mark.parametrize("text", [LETTER, BALLOT, SUBJECT_PAPER], ids=["letter", "ballot", "subject"])
def test_every_layout_says_exactly_the_plain_text(text: str, tmp_path: Path) -> None:
    paper = paper_of(form_from(tmp_path, text))
    assert words_of(opened(paper)) == plain_text(paper)


@every_form
def test_the_sheet_and_margins_are_those_of_the_format(code: str) -> None:
    section = sample_file(code).sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(margin.mm) for margin in margins if margin is not None] == [20, 20, 30, 15]


@every_form
def test_page_one_has_no_number_and_the_others_have_a_field(code: str) -> None:
    section = sample_file(code).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_lines_are_exactly_19_points_in_times_new_roman_14() -> None:
    file = opened(paper_of("C01"))
    body = next(p for p in file.paragraphs if p.text.startswith("Điều 1."))
    assert body.paragraph_format.line_spacing is not None
    assert body.runs[1].font.size is not None
    assert (body.paragraph_format.line_spacing.pt, body.runs[1].font.size.pt) == (19, 14)
    assert file.styles["Normal"].font.name == "Times New Roman"


def test_the_word_file_is_sound_xml_without_macros_or_links_out() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(paper_of("C19")))) as package:
        assert package.testzip() is None
        assert not [name for name in package.namelist() if "vba" in name.lower()]
        assert b'TargetMode="External"' not in package.read("word/_rels/document.xml.rels")


def test_table_properties_stand_in_the_order_word_demands() -> None:
    order = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblLook"]
    for table in opened(paper_of("C19")).tables:
        names = [child.tag.split("}")[1] for child in table._tbl.tblPr]
        assert names == [name for name in order if name in names]
