"""`open_table`: a file → the one table in it that is a register, with its header row and its kind.

The header is searched for: titles may stand above it, it may take two rows, columns may come in any
order and more of them than known. What is left aside (other sheets, unknown columns, the row of
column numbers under a header) is listed on the `Table`, never dropped in silence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cases.imports.cells import (
    HEADER_WITHIN,
    MAX_FILE_BYTES,
    MAX_ROWS,
    Cells,
    RawSheet,
    SheetRow,
    is_blank,
    shown,
)
from cases.imports.columns import REGISTERS, Field, HeaderMatch, Kind, Register, match_headers
from cases.imports.csv_files import read_csv
from cases.imports.refusals import ImportRefused, RefusalReason
from cases.imports.xlsx_files import read_xlsx

Source = Path | tuple[str, bytes]

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TEXT: Final = (b"%PDF", b"{\\rtf", b"<", b"\xef\xbb\xbf<", b"PK\x05\x06", b"PK\x07\x08")


@dataclass(frozen=True, slots=True)
class Table:
    """A register as found in a file.

    `columns`: the header of every column as written ("Cột F" when it has none);
    `places`: field name → index of its column; `title`: the lines above the header;
    `ignored_columns` and `other_sheets`: what was read by nobody.
    """

    file_name: str
    sheet: str | None
    register: Register
    header_row: int
    columns: tuple[str, ...]
    places: dict[str, int]
    rows: tuple[SheetRow, ...]
    title: str
    ignored_columns: tuple[str, ...]
    other_sheets: tuple[str, ...]
    epoch_1904: bool

    @property
    def kind(self) -> Kind:
        return self.register.kind


@dataclass(frozen=True, slots=True)
class _Found:
    sheet: RawSheet
    match: HeaderMatch
    first: int  # index of the header's first row
    height: int
    header: tuple[str, ...]


def open_table(source: Source, *, kind: Kind | None = None, sheet: str | None = None) -> Table:
    """Open a CSV or XLSX file (a path, or its name and bytes); raise `ImportRefused` if it cannot be used.

    `kind` and `sheet` settle what a file alone leaves open.
    """
    name, data = _load(source)
    sheets, doubt = _raw_sheets(name, data)
    if not any(raw.rows for raw in sheets):
        raise ImportRefused(RefusalReason.EMPTY, name=name)
    registers = [REGISTERS[kind]] if kind else list(REGISTERS.values())
    wanted = [raw for raw in sheets if sheet is None or raw.name == sheet]
    try:
        found = _choose([hit for raw in wanted for hit in _headers(raw, registers)], registers, name=name)
    except ImportRefused as refused:
        if doubt and refused.reason in (RefusalReason.HEADER_NOT_FOUND, RefusalReason.COLUMNS_MISSING):
            raise doubt from None
        raise
    others = tuple(raw.name for raw in sheets if raw is not found.sheet and raw.rows and raw.name)
    return _table(name, found, others)


def detect_kind(source: Source) -> Kind:
    """Return which register a file holds; raise `ImportRefused` when none or several fit."""
    return open_table(source).kind


def _load(source: Source) -> tuple[str, bytes]:
    if isinstance(source, tuple):
        name, data = source
    else:
        name = source.name
        with source.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise ImportRefused(RefusalReason.TOO_LARGE, name=name, limit=MAX_FILE_BYTES // 1024**2)
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise ImportRefused(RefusalReason.EMPTY, name=name)
    return name, data


def _raw_sheets(name: str, data: bytes) -> tuple[tuple[RawSheet, ...], ImportRefused | None]:
    """Read by what the bytes are, whatever the name says."""
    if data.startswith(_ZIP):
        return read_xlsx(data, name=name), None
    if data.startswith(_OLE):
        raise ImportRefused(_why_not_ole(data), name=name)
    if data.lstrip().startswith(_NOT_TEXT):
        raise ImportRefused(RefusalReason.NOT_A_SPREADSHEET, name=name)
    return read_csv(data, name=name)


def _why_not_ole(data: bytes) -> RefusalReason:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return RefusalReason.PASSWORD_PROTECTED
    if any(stream.encode("utf-16-le") + b"\0\0" in data for stream in ("Workbook", "Book")):
        return RefusalReason.OLD_EXCEL
    return RefusalReason.NOT_A_SPREADSHEET


def _headers(sheet: RawSheet, registers: Sequence[Register]) -> Iterator[_Found]:
    """Yield the best header row of the sheet for each register that has a column there at all."""
    for register in registers:
        hits = [
            _Found(sheet, match_headers(header, register), first, height, header)
            for first, height, header in _header_candidates(sheet.rows)
        ]
        best = max(hits, key=_score, default=None)
        if best and best.match.places:
            yield best


def _header_candidates(rows: Sequence[SheetRow]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    for first, row in enumerate(rows[:HEADER_WITHIN]):
        single = tuple(shown(cell) for cell in row.cells)
        yield first, 1, single
        if first + 1 < len(rows):
            lower = tuple(shown(cell) for cell in rows[first + 1].cells)
            yield first, 2, _two_rows(single, lower)


def _two_rows(upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...]:
    """Where a group of columns has one name above and its own names below, the lower ones count."""
    width = max(len(upper), len(lower))
    above, below = (cells + ("",) * (width - len(cells)) for cells in (upper, lower))
    return tuple(low if low.strip() else high for high, low in zip(above, below, strict=True))


def _score(found: _Found) -> tuple[bool, int, int, int]:
    return found.match.complete, len(found.match.places), -found.height, -found.first


def _choose(hits: list[_Found], registers: Sequence[Register], *, name: str) -> _Found:
    if not hits:
        raise ImportRefused(RefusalReason.HEADER_NOT_FOUND, name=name, wanted=_looked_for(registers))
    best = max(hits, key=_score)
    if not best.match.complete:
        raise _incomplete(best, registers, name=name)
    rivals = [hit for hit in hits if hit.match.complete and len(hit.match.places) == len(best.match.places)]
    kinds = {hit.match.register.kind: hit.match.register.label for hit in rivals}
    if len(kinds) > 1:
        raise ImportRefused(RefusalReason.SEVERAL_KINDS, name=name, registers=", ".join(kinds.values()))
    # Sheets without a name are one text cut at several separators, not several tables.
    full = {hit.sheet.name or "" for hit in hits if hit.match.complete}
    if len(full) > 1:
        raise ImportRefused(RefusalReason.SEVERAL_SHEETS, name=name, sheets=", ".join(sorted(full)))
    for field, at in best.match.twice:
        headers = ", ".join(f"cột {column_letter(index)}" for index in at)
        raise ImportRefused(RefusalReason.COLUMN_TWICE, name=name, column=field.label, headers=headers)
    return best


def _incomplete(best: _Found, registers: Sequence[Register], *, name: str) -> ImportRefused:
    register, missing = best.match.register, best.match.missing
    if len(registers) > 1 and len(best.match.places) < 2:
        return ImportRefused(RefusalReason.HEADER_NOT_FOUND, name=name, wanted=_looked_for(registers))
    return ImportRefused(
        RefusalReason.COLUMNS_MISSING, name=name, register=register.label, missing=_labels(missing)
    )


def _looked_for(registers: Sequence[Register]) -> str:
    return "; ".join(f"{register.label} ({_labels(register.must)})" for register in registers)


def _labels(fields: Sequence[Field]) -> str:
    return ", ".join(f"“{field.label}”" for field in fields)


def _table(name: str, found: _Found, others: tuple[str, ...]) -> Table:
    rows, body = found.sheet.rows, found.first + found.height
    if body < len(rows) and _is_column_numbers(rows[body].cells):
        body += 1
    if body >= len(rows):
        raise ImportRefused(RefusalReason.EMPTY, name=name)
    if len(rows) - body > MAX_ROWS:
        raise ImportRefused(RefusalReason.TOO_MANY_ROWS, name=name, limit=MAX_ROWS)
    columns = _column_names(found.header, width=max(len(row.cells) for row in rows[body:]))
    known = set(found.match.places.values())
    return Table(
        file_name=name,
        sheet=found.sheet.name,
        register=found.match.register,
        header_row=rows[found.first].number,
        columns=columns,
        places=dict(found.match.places),
        rows=rows[body:],
        title=_title(rows[: found.first]),
        ignored_columns=tuple(column for index, column in enumerate(columns) if index not in known),
        other_sheets=others,
        epoch_1904=found.sheet.epoch_1904,
    )


def _title(rows: Sequence[SheetRow]) -> str:
    return " ".join(shown(cell) for row in rows for cell in row.cells if not is_blank(cell))


def _is_column_numbers(cells: Cells) -> bool:
    """Is this the row `(1) (2) (3) …` printed under the header of official registers?"""
    written = [re.sub(r"[()\s]", "", shown(cell)) for cell in cells]
    return len(written) > 3 and written == [str(index) for index in range(1, len(written) + 1)]


def _column_names(header: tuple[str, ...], *, width: int) -> tuple[str, ...]:
    names: list[str] = []
    for index in range(max(width, len(header))):
        written = " ".join(header[index].split()) if index < len(header) else ""
        name = written or f"Cột {column_letter(index)}"
        names.append(name if name not in names else f"{name} (cột {column_letter(index)})")
    return tuple(names)


def column_letter(index: int) -> str:
    """Return the letter spreadsheets show over the column at this index (0 → A, 27 → AB)."""
    high, low = divmod(index, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)
