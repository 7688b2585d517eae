"""Small tools over python-docx: paragraphs by look, invisible and ruled tables, page numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from cases.documents import layout
from cases.documents.paper import Run, TableView

FONT: Final = layout.FONTS[0]
_BORDERS: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph stands: points for sizes and gaps, millimetres for indents."""

    align: WD_ALIGN_PARAGRAPH
    size: float = layout.BODY_POINTS
    line: float = layout.LINE_POINTS
    before: float = 0
    after: float = 0
    first: float = 0
    left: float = 0
    right: float = 0
    keep: bool = False
    page_break: bool = False
    underline: bool = False
    rule_inset: float | None = None
    """Millimetres from both sides to a drawn rule above an empty line."""
    color: RGBColor | None = None


def set_up_page(document: WordFile, sheet: layout.Sheet) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.width > sheet.height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    section.top_margin, section.bottom_margin = Mm(layout.MARGINS.top), Mm(layout.MARGINS.bottom)
    section.left_margin, section.right_margin = Mm(layout.MARGINS.left), Mm(layout.MARGINS.right)
    section.header_distance = Mm(layout.PAGE_NUMBER_TOP_MM)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(layout.BODY_POINTS)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def number_pages_from_two(document: WordFile) -> None:
    """A PAGE field in the header; page 1 has a header of its own, left empty."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(layout.PAGE_NUMBER_POINTS)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def write(paragraph: Paragraph, runs: Iterable[Run], look: Look) -> None:
    shape = paragraph.paragraph_format
    shape.alignment = look.align
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    shape.first_line_indent = Mm(look.first) if look.first else None
    shape.left_indent = Mm(look.left) if look.left else None
    shape.right_indent = Mm(look.right) if look.right else None
    shape.keep_with_next, shape.page_break_before = look.keep, look.page_break
    shape.widow_control = True
    if look.rule_inset is not None:
        _rule(paragraph, look.rule_inset)
    for part in runs:
        run = paragraph.add_run(part.text)
        run.bold, run.italic = part.bold or None, part.italic or None
        run.underline = look.underline or None
        run.font.size = Pt(look.size)
        if look.color is not None:
            run.font.color.rgb = look.color


def _rule(paragraph: Paragraph, inset: float) -> None:
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(inset)
    borders = OxmlElement("w:pBdr")
    borders.append(_border("top", size=8))
    # The schema wants borders before spacing, indents and alignment.
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _border(side: str, *, size: int, kind: str = "single") -> BaseOxmlElement:
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", str(size)), ("space", "0"), ("color", "000000")):
        border.set(qn(f"w:{name}"), value)
    return border


def invisible_table(document: WordFile, widths: Sequence[float]) -> Table:
    """One unbreakable row without borders; widths in mm."""
    table: Table = document.add_table(rows=1, cols=len(widths))
    _shape(table, widths, border="nil")
    _no_split(table)
    return table


def ruled_table(document: WordFile, view: TableView, *, width: float) -> None:
    """A bordered table whose header row is repeated and whose rows are not split."""
    if view.caption:
        caption = Look(WD_ALIGN_PARAGRAPH.CENTER, after=4, keep=True)
        write(document.add_paragraph(), [Run(view.caption, italic=True)], caption)
    table = document.add_table(rows=1 + len(view.rows), cols=len(view.columns))
    _shape(table, [width * percent / 100 for percent in view.percents], border="single")
    _no_split(table)
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, label in zip(head.cells, view.columns, strict=True):
        write(cell.paragraphs[0], [Run(label, bold=True)], Look(WD_ALIGN_PARAGRAPH.CENTER, keep=True))
    for row, texts in zip(table.rows[1:], view.rows, strict=True):
        for cell, text, centered in zip(row.cells, texts, view.centered, strict=True):
            _cell(cell, text, centered=centered)
    write(document.add_paragraph(), [], Look(WD_ALIGN_PARAGRAPH.LEFT, size=6, line=8))


def _cell(cell: _Cell, text: str, *, centered: bool) -> None:
    look = Look(WD_ALIGN_PARAGRAPH.CENTER if centered else WD_ALIGN_PARAGRAPH.LEFT)
    first, *others = text.split("\n")
    write(cell.paragraphs[0], [Run(first)], look)
    for line in others:
        write(cell.add_paragraph(), [Run(line)], look)


def _shape(table: Table, widths: Sequence[float], *, border: str) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    borders = OxmlElement("w:tblBorders")
    for side in _BORDERS:
        borders.append(_border(side, size=6, kind=border))
    # The schema wants borders here; Word may call a file with another order damaged.
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _no_split(table: Table) -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
