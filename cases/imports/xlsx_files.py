"""XLSX bytes → sheets of raw cells, after checks that a hostile file cannot get past.

Formulas come as `Formula`, errors as `CellError`. Cells hidden in the file are read like others.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Final, Protocol, cast

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from cases.imports.cells import (
    HEADER_WITHIN,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
    CellError,
    CellValue,
    Formula,
    RawSheet,
    SheetRow,
    trimmed,
)
from cases.imports.refusals import ImportRefused, RefusalReason

# What openpyxl and the XML and ZIP readers below it raise on a damaged file: it has no error of its own.
_DAMAGE: Final = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    OSError,
    EOFError,
    NotImplementedError,
)
_LAST_ROW: Final = 1_048_576
_MAX_PARTS: Final = 2_000
_DECLARED_ENTITIES: Final = re.compile(rb"<!(DOCTYPE|ENTITY)")
_ENCRYPTED: Final = 0x1


class _Sheet(Protocol):
    """What a sheet of a workbook opened with `read_only=True` offers; the stubs take it for another class."""

    title: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self) -> Iterator[tuple[object, ...]]: ...


def read_xlsx(data: bytes, *, name: str) -> tuple[RawSheet, ...]:
    """Return every sheet of a workbook; raise `ImportRefused` when it cannot be read whole."""
    try:
        _check_parts(data, name=name)
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        return tuple(_sheets(workbook, name=name))
    except _DAMAGE as damage:
        if isinstance(damage, ImportRefused):
            raise
        raise ImportRefused(RefusalReason.DAMAGED, name=name) from damage


def _check_parts(data: bytes, *, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise ImportRefused(RefusalReason.PASSWORD_PROTECTED, name=name)
        # Declared sizes can be trusted: the reader stops there and then finds the checksum wrong.
        if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            limit = MAX_UNPACKED_BYTES // 1024**2
            raise ImportRefused(RefusalReason.TOO_LARGE, name=name, limit=limit)
        if "xl/workbook.xml" not in archive.namelist():
            raise ImportRefused(RefusalReason.NOT_A_SPREADSHEET, name=name)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as source:
                    _check_plain_xml(source.read(65_536), name=name)


def _check_plain_xml(start: bytes, *, name: str) -> None:
    """Refuse entity declarations and UTF-16, behind which they could hide: no spreadsheet has either."""
    if _DECLARED_ENTITIES.search(start) or start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in start[:4]:
        raise ImportRefused(RefusalReason.DAMAGED, name=name)


def _sheets(workbook: Workbook, *, name: str) -> Iterator[RawSheet]:
    epoch_1904 = workbook.epoch == CALENDAR_MAC_1904
    for sheet in cast(Iterable[_Sheet], workbook.worksheets):
        # The size a file claims for its sheet may be anything; the cells themselves are counted.
        sheet.reset_dimensions()
        yield RawSheet(sheet.title, tuple(_rows(sheet, name=name)), epoch_1904)


def _rows(sheet: _Sheet, *, name: str) -> Iterator[SheetRow]:
    found = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > _LAST_ROW:
            raise ImportRefused(RefusalReason.DAMAGED, name=name)
        cells = trimmed(_value(cell) for cell in row)
        if len(cells) > MAX_COLUMNS:
            raise ImportRefused(RefusalReason.TOO_MANY_COLUMNS, name=name, limit=MAX_COLUMNS, row=number)
        if not cells:
            continue
        found += 1
        if found > MAX_ROWS + HEADER_WITHIN:
            raise ImportRefused(RefusalReason.TOO_MANY_ROWS, name=name, limit=MAX_ROWS)
        yield SheetRow(number, cells)


def _value(cell: object) -> CellValue:
    if not isinstance(cell, ReadOnlyCell):
        return None  # a place without a cell
    value = cell.value
    if cell.data_type == "f":
        text = getattr(value, "text", value)
        return Formula(text if isinstance(text, str) and text.startswith("=") else f"={text}")
    if cell.data_type == "e":
        return CellError(str(value))
    if value is None or isinstance(value, str | int | float | date | time | timedelta):
        return value
    return str(value)
