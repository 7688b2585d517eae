"""One raw cell → one typed value, or a `CellProblem` that says why not. Nothing is guessed.

What a cell turns into, by `Field.type`: text, long_text, name, code, phone, email → `str`;
day → `date`; integer → `int`; letter_number → `LetterNumber`, letter_numbers → a tuple of them;
choice → a value of its vocabulary, choices → a tuple of them. A blank cell is always `None`.
Where reading needed a decision (a day number of Excel, a name in capitals) the value carries a note.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from cases.imports.cells import CellError, CellValue, Formula, is_blank, shown
from cases.imports.columns import VOCABULARIES, Field, FieldType
from cases.text import DayUnreadable, clean_line, clean_text, fold, parse_day, short_date, title_case_name


class LetterNumber(NamedTuple):
    """A number of the letter register; `part` is "a", "b" … for the parts of a split letter."""

    number: int
    part: str = ""

    def __str__(self) -> str:
        return f"{self.number}{self.part}"


Value = str | int | date | LetterNumber | tuple[str, ...] | tuple[LetterNumber, ...] | None


class Parsed(NamedTuple):
    value: Value
    note: str | None = None


class CellProblem(Exception):
    """This cell cannot be read with certainty; `reason` is for the person who will mend it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a cell needs to know of its file."""

    epoch_1904: bool = False


# "=> xem đơn số 5" is a remark, "=A1+1" a formula stored as text.
_FORMULA: Final = re.compile(r"=\s*[A-Za-z0-9($'\"+@-]")
_ERROR_CODE: Final = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)", re.IGNORECASE)
_LOST_LETTER: Final = re.compile(r"\ufffd|[^\W\d_]\?[^\W\d_]")
_LETTER_NUMBER: Final = re.compile(r"(?:don )?(?:so )?0*([1-9][0-9]{0,5})([a-z]?)(?:[.,]0+)?")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_BODY: Final = re.compile(r"(chi bo|chi uy|dang bo|dang uy|ban|uy ban|tinh uy|thanh uy|huyen uy|tap the)\b")
_SMALLEST_DAY_NUMBER: Final = 10_000  # below it stand years ("1975") and mistyped days
_DAYS_FROM_1900_TO_1904: Final = 1462
_LAST_YEAR: Final = 2100
_LARGEST_INTEGER: Final = 1_000_000


def parse_cell(field: Field, cell: CellValue, context: Context) -> Parsed:
    """Read one cell as its column says; raise `CellProblem` unless the value is certain."""
    _refuse_broken(cell)
    if is_blank(cell) or not clean_line(shown(cell)):
        return Parsed(None)
    parsed = _PARSERS[field.type](field, cell, context)
    if field.max and isinstance(parsed.value, str) and len(parsed.value) > field.max:
        raise CellProblem(f"Nội dung dài quá {field.max} ký tự; hãy viết gọn lại.")
    return parsed


def _refuse_broken(cell: CellValue) -> None:
    if isinstance(cell, Formula) or (isinstance(cell, str) and _FORMULA.match(cell.lstrip())):
        raise CellProblem("Ô chứa công thức, không phải giá trị; hãy thay công thức bằng giá trị đã tính.")
    if isinstance(cell, CellError) or (isinstance(cell, str) and _ERROR_CODE.fullmatch(cell.strip())):
        raise CellProblem("Bảng tính báo lỗi ở ô này; hãy nhập lại giá trị đúng.")
    if isinstance(cell, bool):
        raise CellProblem("Ô chứa giá trị đúng/sai của bảng tính, không phải nội dung; hãy nhập lại.")
    if isinstance(cell, time | timedelta):
        raise CellProblem("Ô chứa giờ, không phải nội dung của cột này; hãy nhập lại.")
    if isinstance(cell, str) and "://" not in cell and _LOST_LETTER.search(cell):
        raise CellProblem("Có chữ đã mất dấu thành “?” do lưu sai bảng mã; hãy nhập lại cho đúng.")


def _text(_field: Field, cell: CellValue, _context: Context) -> Parsed:
    note = "Ô là ngày tháng trong bảng tính, được đọc thành chữ." if isinstance(cell, date) else None
    return Parsed(clean_line(shown(cell)), note)


def _long_text(field: Field, cell: CellValue, context: Context) -> Parsed:
    return Parsed(clean_text(cell)) if isinstance(cell, str) else _text(field, cell, context)


def _name(_field: Field, cell: CellValue, _context: Context) -> Parsed:
    if not isinstance(cell, str):
        raise CellProblem(f"“{shown(cell)}” không phải là tên; hãy nhập lại.")
    typed = clean_line(cell)
    if " " not in typed or not typed.isupper() or _BODY.match(fold(typed)):
        return Parsed(typed)
    return Parsed(title_case_name(typed), f"Tên viết hoa toàn bộ “{typed}” được ghi lại theo lối thường.")


def _code(field: Field, cell: CellValue, context: Context) -> Parsed:
    if isinstance(cell, date) or (isinstance(cell, float) and not cell.is_integer()):
        raise CellProblem(
            "Bảng tính đã đổi ký hiệu này thành số hoặc ngày nên có thể mất chữ số;"
            " hãy nhập lại theo dạng chữ."
        )
    return _text(field, cell, context)


def _phone(field: Field, cell: CellValue, context: Context) -> Parsed:
    value = _code(field, cell, context).value
    lost = "Bảng tính lưu số điện thoại dạng số, có thể đã mất số 0 ở đầu."
    return Parsed(value, None if isinstance(cell, str) else lost)


def _email(_field: Field, cell: CellValue, _context: Context) -> Parsed:
    address = clean_line(shown(cell)).lower()
    if not _EMAIL.fullmatch(address):
        raise CellProblem(f"“{address}” không phải là địa chỉ thư điện tử.")
    return Parsed(address)


def _integer(_field: Field, cell: CellValue, _context: Context) -> Parsed:
    digits = re.fullmatch(r"([0-9]{1,7})(?:\.0+)?(?: (?:trang|to))?", fold(shown(cell)))
    if isinstance(cell, date) or not digits or int(digits[1]) > _LARGEST_INTEGER:
        raise CellProblem(f"“{shown(cell)}” không phải là số nguyên hợp lệ.")
    return Parsed(int(digits[1]))


def _letter_number(_field: Field, cell: CellValue, _context: Context) -> Parsed:
    return Parsed(_one_number(cell))


def _one_number(cell: CellValue) -> LetterNumber:
    found = _LETTER_NUMBER.fullmatch(fold(shown(cell)))
    if isinstance(cell, date) or not found:
        raise CellProblem(f"“{shown(cell)}” không phải là số đơn (ví dụ 15 hoặc 15a).")
    return LetterNumber(int(found[1]), found[2])


def _letter_numbers(_field: Field, cell: CellValue, _context: Context) -> Parsed:
    if not isinstance(cell, str):
        return Parsed((_one_number(cell),))
    parts = re.split(r"[,;+&\n]|\bvà\b", clean_text(cell))
    return Parsed(tuple(_one_number(part.strip()) for part in parts if part.strip()))


def _choice(field: Field, cell: CellValue, _context: Context) -> Parsed:
    return Parsed(*_find(field, shown(cell)))


def _choices(field: Field, cell: CellValue, _context: Context) -> Parsed:
    written = shown(cell)
    whole = VOCABULARIES[field.vocabulary or ""].find(written)
    parts = [written] if whole else [part for part in re.split(r"[,;/+|\n]", written) if part.strip()]
    found = [_find(field, part) for part in parts]
    notes = [note for _, note in found if note]
    return Parsed(tuple(dict.fromkeys(value for value, _ in found)), " ".join(notes) or None)


def _find(field: Field, written: str) -> tuple[str, str | None]:
    vocabulary = VOCABULARIES[field.vocabulary or ""]
    found = vocabulary.find(written)
    if found is None:
        known = ", ".join(f"“{_example(words)}”" for words in vocabulary.words.values())
        raise CellProblem(f"“{clean_line(written)[:60]}” không có trong các giá trị của cột: {known}.")
    return found


def _example(words: tuple[str, ...]) -> str:
    return next((word for word in words if not word.isascii()), words[0])


def _day(_field: Field, cell: CellValue, context: Context) -> Parsed:
    number = _day_number(cell)
    if number is not None and number < _SMALLEST_DAY_NUMBER:
        raise CellProblem(f"“{shown(cell)}” chỉ là một con số, không rõ ngày, tháng, năm.")
    if number is not None and context.epoch_1904:
        number += _DAYS_FROM_1900_TO_1904
    try:
        day = parse_day(cell if number is None else number, serials=True)
    except DayUnreadable as unreadable:
        raise CellProblem(unreadable.message) from None
    if day.year > _LAST_YEAR:
        raise CellProblem(f"“{shown(cell)}” có năm ngoài khoảng 1900–{_LAST_YEAR}.")
    if number is None:
        return Parsed(day)
    return Parsed(day, f"Số {shown(cell)} của bảng tính được đọc là ngày {short_date(day)}.")


def _day_number(cell: CellValue) -> float | None:
    """Return the cell as a day number, None if it is written as a day."""
    if isinstance(cell, datetime | date):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = clean_line(cell) if isinstance(cell, str) else ""
    return float(text) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", text) else None


_PARSERS: Final[Mapping[FieldType, Callable[[Field, CellValue, Context], Parsed]]] = {
    "text": _text,
    "long_text": _long_text,
    "name": _name,
    "code": _code,
    "phone": _phone,
    "email": _email,
    "day": _day,
    "integer": _integer,
    "letter_number": _letter_number,
    "letter_numbers": _letter_numbers,
    "choice": _choice,
    "choices": _choices,
}
