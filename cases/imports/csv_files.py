"""CSV bytes → one sheet of text cells per way of separating them; the caller keeps the one that fits.

Encodings: UTF-8 with or without a mark, UTF-16, and Windows-1258 when every letter it gives is
Vietnamese. Quotes are read strictly: an unclosed one would swallow the rows after it in silence.
"""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator
from typing import Final

from cases.imports.cells import HEADER_WITHIN, MAX_COLUMNS, MAX_ROWS, RawSheet, SheetRow, trimmed
from cases.imports.refusals import ImportRefused, RefusalReason
from cases.text import nfc

SEPARATORS: Final = (",", ";", "\t")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_VIETNAMESE: Final = frozenset(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwzáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
)


def decode(data: bytes, *, name: str) -> str:
    """Return the text of a CSV file; raise `ImportRefused` when its letters are not certain."""
    text = _decoded(data)
    if text is None:
        raise ImportRefused(RefusalReason.UNKNOWN_ENCODING, name=name)
    if "\0" in text:
        raise ImportRefused(RefusalReason.NOT_A_SPREADSHEET, name=name)
    return text


def _decoded(data: bytes) -> str | None:
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    text = nfc(data.decode("cp1258", errors="replace"))
    foreign = (c for c in text if ord(c) > 127 and unicodedata.category(c)[0] in "LMC")
    if "\ufffd" in text or any(char.lower() not in _VIETNAMESE for char in foreign):
        return None
    return text


def _encodings(data: bytes) -> Iterator[str]:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if marked:
        yield marked
        return
    # Text in UTF-16 without its mark: every other byte of ASCII letters and separators is zero.
    if data[1:400:2].count(0) > len(data[:400]) // 8:
        yield "utf-16-le"
    elif data[0:400:2].count(0) > len(data[:400]) // 8:
        yield "utf-16-be"
    yield "utf-8"


def read_csv(data: bytes, *, name: str) -> tuple[tuple[RawSheet, ...], ImportRefused | None]:
    """Return one sheet for each separator that splits the text, and why another one could not.

    That refusal tells what is wrong when none of the sheets turns out to be a register.
    """
    text = decode(data, name=name)
    separators = [separator for separator in SEPARATORS if separator in text]
    sheets: list[RawSheet] = []
    refusal: ImportRefused | None = None
    for separator in separators or SEPARATORS[:1]:
        try:
            sheets.append(_split(text, separator, name=name))
        except ImportRefused as refused:
            refusal = refusal or refused
    if not sheets and refusal is not None:
        raise refusal
    return tuple(sheets), refusal


def _split(text: str, separator: str, *, name: str) -> RawSheet:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[SheetRow] = []
    number = 0
    try:
        for number, line in enumerate(lines, start=1):
            cells = trimmed(line)
            if len(cells) > MAX_COLUMNS:
                raise ImportRefused(RefusalReason.TOO_MANY_COLUMNS, name=name, limit=MAX_COLUMNS, row=number)
            if cells:
                rows.append(SheetRow(number, cells))
            if len(rows) > MAX_ROWS + HEADER_WITHIN:
                raise ImportRefused(RefusalReason.TOO_MANY_ROWS, name=name, limit=MAX_ROWS)
    except csv.Error:
        raise ImportRefused(RefusalReason.BROKEN_QUOTES, name=name, row=number + 1) from None
    return RawSheet(None, tuple(rows))
