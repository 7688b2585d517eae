"""The format guide, measured on what each engine really prints."""

import re
from collections import Counter
from html import unescape

import pytest

from cases.documents import html
from cases.documents.paper import Paper, Style, TableView
from cases.documents.pdf import Engine
from cases.documents.plain_text import plain_text
from tests.documents.measure import letters_of
from tests.documents.sample_papers import both_printers, catalogue, every_form, paper_of, printed


@both_printers
@every_form
def test_the_body_is_14_points_and_every_size_is_one_of_the_format(code: str, printer: Engine) -> None:
    found = printed(code, printer)
    assert found.body_size == pytest.approx(14, abs=0.3)
    assert all(any(abs(size - allowed) <= 0.3 for allowed in (12, 14, 15, 16)) for size in found.sizes)


@both_printers
@every_form
def test_no_letter_leaves_the_margins(code: str, printer: Engine) -> None:
    found = printed(code, printer)
    assert found.left == pytest.approx(30, abs=1)
    assert found.right >= 14
    assert found.top == pytest.approx(20, abs=1)
    assert found.bottom >= 19


@both_printers
@every_form
def test_the_pdf_says_the_words_of_the_paper_and_no_others(code: str, printer: Engine) -> None:
    assert printed(code, printer).letters == letters_of(plain_text(paper_of(code)))


@both_printers
@every_form
def test_a_selected_paragraph_is_copied_in_its_own_order(code: str, printer: Engine) -> None:
    """Paragraphs that run over a page are left out: a page number stands between their halves."""
    found = printed(code, printer)
    texts = [
        block.text.replace(" ", "").replace("\u00a0", "")
        for block in paper_of(code).blocks
        if not isinstance(block, TableView) and block.style not in (Style.DOTTED, Style.PAGE_BREAK)
    ]
    lost = [text for text in texts if text not in found.stream]
    assert len(lost) <= found.pages - 1, lost


@both_printers
@every_form
def test_every_font_is_embedded_and_of_one_family(code: str, printer: Engine) -> None:
    found = printed(code, printer)
    assert found.loose_fonts == frozenset()
    assert all(re.match(r"(Liberation-?Serif|TimesNewRoman)", name) for name in found.fonts), found.fonts


@both_printers
@every_form
def test_pages_are_numbered_from_the_second_at_the_top_centre(code: str, printer: Engine) -> None:
    found = printed(code, printer)
    assert [(n.page, n.text) for n in found.numbers] == [(n, str(n)) for n in range(2, found.pages + 1)]


@both_printers
@pytest.mark.parametrize("code", ["C01", "C19"])
def test_a_long_paper_keeps_margins_and_numbers_on_every_page(code: str, printer: Engine) -> None:
    found = printed(code, printer, repeat=8)
    assert found.pages >= 3
    assert [n.text for n in found.numbers] == [str(n) for n in range(2, found.pages + 1)]
    for number in found.numbers:
        assert number.center == pytest.approx(30 + 165 / 2, abs=1)
        assert number.top == pytest.approx(10, abs=1)
        assert number.size == pytest.approx(14, abs=0.3)
    assert (found.left, found.right, found.top) == pytest.approx((30, 15, 20), abs=1)
    assert 19 <= found.bottom <= 45
    paper = paper_of(code, repeat=8)
    said = letters_of(plain_text(paper))
    assert said <= found.letters
    assert found.letters - said in (Counter(), letters_of(_table_head(paper)))


def _table_head(paper: Paper) -> str:
    """The words a table may say once more where it goes on over a page."""
    return "".join(label for block in paper.blocks if isinstance(block, TableView) for label in block.columns)


@both_printers
@every_form
def test_the_sheet_is_the_one_the_form_asks_for(code: str, printer: Engine) -> None:
    form = catalogue()[code]
    portrait = form.paper == "A4" and form.orientation == "portrait"
    width = 210 if portrait or form.paper == "A5" else 297
    assert printed(code, printer).width == pytest.approx(width, abs=0.5)


@every_form
def test_the_preview_says_the_same_words_in_the_same_order(code: str) -> None:
    shown = re.sub(
        r"<[^>]+>", "", str(html.fragment(paper_of(code))).replace("</p>", "\n").replace("</t", "\n</t")
    )
    assert unescape(shown).split() == plain_text(paper_of(code)).split()


@every_form
def test_the_preview_carries_no_style_script_or_handler(code: str) -> None:
    shown = html.fragment(paper_of(code))
    assert not re.search(r"<(script|style|link|iframe|img)|\sstyle=|\son\w+=", shown)
