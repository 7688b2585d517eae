"""Paper → .docx: the same words as the PDF, in a file staff can finish by hand."""

import io
from collections.abc import Iterable
from typing import Final

from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from cases.documents import layout, word
from cases.documents.paper import (
    ABSTRACT_MARK,
    ASTERISK,
    PARTY_TITLE,
    RECIPIENTS_TITLE,
    SIGNING_LINES,
    Paper,
    Run,
    SignatureView,
    Style,
    TableView,
    TextView,
)
from cases.documents.word import Look

TITLE_WIDTH_MM: Final = 73.4
"""Width of the party title in Times New Roman bold 15, measured: the rule under it has the same length."""
_RED: Final = RGBColor(0xC0, 0, 0)
_CENTER: Final = WD_ALIGN_PARAGRAPH.CENTER
_JUSTIFY: Final = WD_ALIGN_PARAGRAPH.JUSTIFY
_LEFT: Final = WD_ALIGN_PARAGRAPH.LEFT
_GAP: Final = layout.PARAGRAPH_GAP_POINTS
_INDENT: Final = layout.INDENT_MM
_LOOKS: Final = {
    Style.BODY: Look(_JUSTIFY, after=_GAP, first=_INDENT),
    Style.FLAT: Look(_JUSTIFY, after=_GAP),
    Style.CENTER: Look(_CENTER, after=_GAP),
    Style.HEADING1: Look(_LEFT, before=2, after=_GAP, first=_INDENT, keep=True),
    Style.HEADING2: Look(_LEFT, before=2, after=_GAP, first=_INDENT, keep=True),
    Style.HEADING3: Look(_LEFT, before=2, after=_GAP, first=_INDENT, keep=True),
    Style.HEADING_CENTER: Look(_CENTER, before=6, after=6, keep=True),
    Style.GROUND: Look(_JUSTIFY, after=_GAP, first=_INDENT),
    Style.ITEM: Look(_JUSTIFY, after=_GAP, first=_INDENT),
    Style.DECISION_BODY: Look(_CENTER, before=6, keep=True),
    Style.DECISION_VERB: Look(_CENTER, after=8, keep=True),
    Style.BOX: Look(_LEFT, before=8, after=8, left=25),
    Style.NOTE: Look(_CENTER, after=_GAP, size=12),
    Style.DOTTED: Look(_LEFT),
    Style.ADDRESS: Look(_CENTER, after=4, keep=True),
    Style.ADDRESS_ONE: Look(_CENTER, after=10),
    Style.ADDRESS_ITEM: Look(_LEFT, left=55),
    Style.ADDRESS_LAST: Look(_LEFT, left=55, after=10),
    Style.PAGE_BREAK: Look(_LEFT, page_break=True),
}


def docx(paper: Paper) -> bytes:
    """The paper as an Office Open XML file, numbered from page 2, A4 or A5 with the format's margins."""
    document = Document()
    sheet = layout.sheet(paper.size, landscape=paper.landscape)
    word.set_up_page(document, sheet)
    word.number_pages_from_two(document)
    document.core_properties.title = paper.title[:250]
    document.core_properties.author = paper.issuer
    width = sheet.width - layout.MARGINS.left - layout.MARGINS.right
    _head(document, paper, width)
    _type(document, paper)
    for block in paper.blocks:
        if isinstance(block, TableView):
            word.ruled_table(document, block, width=width)
        else:
            word.write(document.add_paragraph(), block.runs, _LOOKS[block.style])
    _keep_last_with_signature(document, paper)
    _foot(document, paper, width)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _head(document: WordFile, paper: Paper, width: float) -> None:
    left_share = layout.HEAD_LEFT_SHARE / 100
    table = word.invisible_table(document, [width * left_share, width * (1 - left_share)])
    left, right = table.rows[0].cells
    lines = [
        (paper.superior, Look(_CENTER), False, False),
        (paper.issuer, Look(_CENTER), True, False),
        (ASTERISK if paper.issuer else "", Look(_CENTER), False, False),
        (paper.symbol, Look(_CENTER), False, False),
        (paper.secrecy, Look(_CENTER, color=_RED), True, False),
        (paper.urgency, Look(_CENTER), True, False),
        (paper.draft, Look(_CENTER), False, True),
        (paper.letter_abstract, Look(_CENTER, size=12, line=15), False, True),
    ]
    _fill(left, [((Run(text, bold=b, italic=i),), look) for text, look, b, i in lines if text])
    side = (width * (1 - left_share) - TITLE_WIDTH_MM) / 2
    _fill(right, [
        ((Run(PARTY_TITLE, bold=True),), Look(_CENTER, size=15)),
        ((), Look(_CENTER, size=1, line=2, after=4, rule_inset=side)),
        ((Run(paper.place_date, italic=True),), Look(_CENTER)),
    ])  # fmt: skip


def _type(document: WordFile, paper: Paper) -> None:
    gap = 18.0
    if paper.type_name:
        word.write(document.add_paragraph(), [Run(paper.type_name, bold=True)],
                   Look(_CENTER, size=16, line=22, before=gap, keep=True))  # fmt: skip
        gap = 0
    if paper.abstract:
        word.write(document.add_paragraph(), [Run(paper.abstract, bold=True)],
                   Look(_CENTER, before=gap, left=8, right=8, keep=True))  # fmt: skip
        word.write(document.add_paragraph(), [Run(ABSTRACT_MARK)], Look(_CENTER, line=14, after=12))
    elif not paper.type_name:
        word.write(document.add_paragraph(), [], Look(_LEFT, line=18))


def _keep_last_with_signature(document: WordFile, paper: Paper) -> None:
    if paper.blocks and isinstance(paper.blocks[-1], TextView):
        document.paragraphs[-1].paragraph_format.keep_with_next = True


def _foot(document: WordFile, paper: Paper, width: float) -> None:
    if len(paper.signatures) > 1:
        table = word.invisible_table(document, [width / len(paper.signatures)] * len(paper.signatures))
        for cell, signature in zip(table.rows[0].cells, paper.signatures, strict=True):
            _sign(cell, signature, noted=paper.has_signing_notes)
        for runs, look in _recipient_lines(paper):
            word.write(document.add_paragraph(), runs, look)
    elif paper.signatures or paper.recipients:
        share = layout.SIGN_LEFT_SHARE / 100
        left, right = word.invisible_table(document, [width * share, width * (1 - share)]).rows[0].cells
        _fill(left, _recipient_lines(paper))
        for signature in paper.signatures:
            _sign(right, signature, noted=paper.has_signing_notes)


_Line = tuple[tuple[Run, ...], Look]


def _recipient_lines(paper: Paper) -> list[_Line]:
    if not paper.recipients:
        return []
    title: _Line = ((Run(RECIPIENTS_TITLE),), Look(_LEFT, before=12, underline=True))
    return [title, *(((Run(line),), Look(_LEFT, size=12, line=15)) for line in paper.recipients)]


def _sign(cell: _Cell, signature: SignatureView, *, noted: bool) -> None:
    note = Look(_CENTER, size=12, line=15, keep=True)
    shown: list[_Line] = [((Run(signature.line1, bold=True),), Look(_CENTER, before=12, keep=True))]
    if signature.title:
        shown.append(((Run(signature.title),), Look(_CENTER, keep=True)))
    if noted:
        shown.append(((Run(signature.note, italic=True),), note))
    blank: list[_Line] = [((), Look(_CENTER, keep=True))] * SIGNING_LINES
    _fill(cell, [*shown, *blank, ((Run(signature.name, bold=True),), Look(_CENTER))])


def _fill(cell: _Cell, lines: Iterable[_Line]) -> None:
    """Write lines into a cell, using the empty paragraph every new cell has."""
    paragraph: Paragraph | None = cell.paragraphs[0]
    for runs, look in lines:
        word.write(paragraph or cell.add_paragraph(), runs, look)
        paragraph = None
