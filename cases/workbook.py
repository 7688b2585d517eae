"""A register as a spreadsheet: real dates and numbers, and text that is never read as a formula or a link."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Generic, TypeVar

from xlsxwriter import Workbook

Value = str | int | date | None
Row = TypeVar("Row")
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_A3 = 8
_HEAD_ROW = 2


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of a register: its words, its width in characters, how its cell is read from a row."""

    label: str
    width: int
    read: Callable[[Row], Value]


def workbook(rows: Iterable[Row], columns: Sequence[Column[Row]], *, title: str, sheet_name: str) -> bytes:
    """The register as XLSX bytes: title, head, one line per row."""
    output = BytesIO()
    with Workbook(output, _OPTIONS) as book:
        sheet = book.add_worksheet(sheet_name)
        text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "border": 1})
        _head(book, sheet, columns, title)
        for line, row in enumerate(rows, start=_HEAD_ROW + 1):
            for place, column in enumerate(columns):
                _cell(sheet, line, place, column.read(row), text=text, day=day)
    return output.getvalue()


def _head(book: Workbook, sheet: Any, columns: Sequence[Column[Row]], title: str) -> None:
    look = book.add_format(
        {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
    )
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(_HEAD_ROW, place, column.label, look)
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)


def _cell(sheet: Any, line: int, place: int, value: Value, *, text: Any, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, place, value, day)
    elif isinstance(value, int):
        sheet.write_number(line, place, value, text)
    else:
        sheet.write_string(line, place, value or "", text)
