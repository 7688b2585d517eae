"""Vietnamese text at the edge: one composed form, search without tones, name order, days.

Everything stored passes `nfc` or `clean_line`; everything searched passes `fold`;
every list of people is ordered by `name_sort_key`.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from cases.errors import Invalid

_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTER_MARKS: Final = {"\u0306": 1, "\u0302": 2, "\u031b": 3}
_KEPT_SPACES: Final = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs"})
# SQLite refuses patterns of 50,000 bytes and conditions a thousand deep.
MOST_SEARCH_WORDS: Final = 20
LONGEST_SEARCH_WORD: Final = 100


def nfc(text: str) -> str:
    """Return the composed form in which all text is stored (`e` + marks → `ế`)."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return the form used to search and compare: small letters, no tones, đ → d, single spaces."""
    # Twice: taking compatibility letters apart can bring back capitals, and folding can compose.
    folded = unicodedata.normalize("NFKD", text)
    folded = unicodedata.normalize("NFKD", folded.casefold()).replace("đ", "d")
    kept = (c for c in folded if not unicodedata.combining(c) and not _is_invisible(c))
    return " ".join("".join(kept).split())


def search_words(text: str) -> list[str]:
    """The folded words to search by: so few and so short that a database can match them all."""
    return [word[:LONGEST_SEARCH_WORD] for word in fold(text).split()[:MOST_SEARCH_WORDS]]


def typed_id(text: str | None) -> int | None:
    """The id of a row as a form sends it; None for anything that no row can have."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def clean_line(text: str) -> str:
    """Return one line in NFC without control, bidirectional or zero-width characters."""
    return " ".join(nfc(_without_invisible(text)).split())


def clean_text(text: str) -> str:
    """Return several lines cleaned as `clean_line` does each; blank lines at both ends are dropped."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip()


def _is_invisible(char: str) -> bool:
    if char in _KEPT_SPACES:
        return False
    return unicodedata.category(char) in _INVISIBLE or ord(char) & 0xFFFE == 0xFFFE


def _without_invisible(text: str) -> str:
    return "".join(char for char in text if not _is_invisible(char))


def title_case_name(name: str) -> str:
    """Return a name typed in capitals as `Nguyễn Văn An`; any other name only cleaned.

    Names with both cases are left as typed: the writer may know better (`H'Hen`, `K'brơi`).
    """
    cleaned = clean_line(name)
    if not cleaned.isupper():
        return cleaned
    return re.sub(r"[^\s'’\-]+", lambda word: word[0][:1] + word[0][1:].lower(), cleaned)


def name_sort_key(name: str) -> str:
    """Return a plain ASCII key ordering people the Vietnamese way, usable as a database column.

    Given name first, then family and middle names; letters a ă â b c d đ …,
    and only then tones: ngang, huyền, hỏi, ngã, sắc, nặng.
    """
    apart = unicodedata.normalize("NFD", clean_line(name).lower())
    words = re.findall(r"[\w\u0300-\u036f]+", apart)
    return "".join(_word_key(word) for word in words[-1:] + words[:-1])


def _word_key(word: str) -> str:
    letters: list[tuple[str, int]] = []
    tone = "0"
    for char in word:
        if char in _TONES:
            tone = _TONES[char]
        elif char in _LETTER_MARKS and letters:
            letters[-1] = (letters[-1][0], _LETTER_MARKS[char])
        else:
            letters.append(_letter(char))
    # "0" ends the word and sorts before every letter, so "An" comes before "Anh".
    return "".join(f"{base}{mark}" for base, mark in letters) + "0" + tone


def _letter(char: str) -> tuple[str, int]:
    if char == "đ":
        return "d", 1
    if char.isascii() and char.isalpha():
        return char, 0
    if char.isascii():
        return f"1{ord(char):02x}", 0
    return f"zz{ord(char):06x}", 0


class DayProblem(StrEnum):
    """Why a written day cannot be read."""

    EMPTY = "empty"
    NOT_A_DAY = "not_a_day"
    TWO_DIGIT_YEAR = "two_digit_year"
    IMPOSSIBLE = "impossible"
    OUT_OF_RANGE = "out_of_range"
    SERIAL_NOT_EXPECTED = "serial_not_expected"


_HOW_TO_WRITE: Final = "Hãy ghi theo dạng ngày/tháng/năm, ví dụ 05/03/2026."
_PROBLEM_WORDS: Final = {
    DayProblem.EMPTY: "Chưa có ngày.",
    DayProblem.NOT_A_DAY: "“{value}” không phải là một ngày.",
    DayProblem.TWO_DIGIT_YEAR: "“{value}” chỉ ghi năm bằng hai chữ số nên không chắc là năm nào.",
    DayProblem.IMPOSSIBLE: "“{value}” không có trên lịch.",
    DayProblem.OUT_OF_RANGE: "“{value}” có năm ngoài khoảng cho phép.",
    DayProblem.SERIAL_NOT_EXPECTED: "“{value}” là một con số, không phải là ngày.",
}


class DayUnreadable(Invalid):
    """A value that is not one certain day: `value` as given, `reason` why."""

    def __init__(self, value: object, reason: DayProblem) -> None:
        words = _PROBLEM_WORDS[reason].format(value=clean_line(str(value))[:60])
        super().__init__(f"{words} {_HOW_TO_WRITE}", value=value, reason=reason)
        self.value = value
        self.reason = reason


_CLOCK: Final = r"(?:[ t]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DAY_FIRST: Final = re.compile(rf"(\d{{1,2}})\s*([/.-])\s*(\d{{1,2}})\s*\2\s*(\d{{1,4}}){_CLOCK}")
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})\s*([/.-])\s*(\d{{1,2}})\s*\2\s*(\d{{1,2}}){_CLOCK}")
_IN_WORDS: Final = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}),? nam (\d{1,4})")
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
# Excel counts a 29/02/1900 that never was: serials are certain only after it.
_SERIAL_EPOCH: Final = date(1899, 12, 30)
_FIRST_SERIAL: Final = 61


def parse_day(value: object, *, serials: bool = False) -> date:
    """Read a day as people and spreadsheets write it; raise `DayUnreadable` unless it is certain.

    Accepts 05/03/2026, 5-3-2026, 5.3.2026, 2026-03-05, "ngày 5 tháng 3 năm 2026" (composed or not),
    `date`, `datetime`; with `serials=True` also Excel day numbers (int, float or digits).
    """
    if isinstance(value, datetime):
        return _in_range(value.date(), value)
    if isinstance(value, date):
        return _in_range(value, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(value, value, serials=serials)
    if value is None or (isinstance(value, str) and not fold(value)):
        raise DayUnreadable(value, DayProblem.EMPTY)
    if not isinstance(value, str):
        raise DayUnreadable(value, DayProblem.NOT_A_DAY)
    return _from_text(value, serials=serials)


def _from_text(value: str, *, serials: bool) -> date:
    text = fold(value).rstrip(".;, ")
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", text):
        return _from_serial(float(text), value, serials=serials)
    if found := _YEAR_FIRST.fullmatch(text):
        return _day_of(value, found[1], found[3], found[4])
    if found := _DAY_FIRST.fullmatch(text):
        return _day_of(value, found[4], found[3], found[1])
    if found := _IN_WORDS.fullmatch(text):
        return _day_of(value, found[3], found[2], found[1])
    raise DayUnreadable(value, DayProblem.NOT_A_DAY)


def _day_of(value: object, year: str, month: str, day: str) -> date:
    if len(year) == 2:
        raise DayUnreadable(value, DayProblem.TWO_DIGIT_YEAR)
    if len(year) != 4:
        raise DayUnreadable(value, DayProblem.NOT_A_DAY)
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        raise DayUnreadable(value, DayProblem.IMPOSSIBLE) from None
    return _in_range(read, value)


def _from_serial(serial: float, value: object, *, serials: bool) -> date:
    if not serials:
        raise DayUnreadable(value, DayProblem.SERIAL_NOT_EXPECTED)
    if not _FIRST_SERIAL <= serial < (date(_LAST_YEAR + 1, 1, 1) - _SERIAL_EPOCH).days:
        raise DayUnreadable(value, DayProblem.OUT_OF_RANGE)
    return _SERIAL_EPOCH + timedelta(days=int(serial))


def _in_range(day: date, value: object) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise DayUnreadable(value, DayProblem.OUT_OF_RANGE)
    return day


def official_date(day: date) -> str:
    """Return the day as papers write it: `ngày 05 tháng 3 năm 2026`.

    A zero stands before days under 10 and before months 1 and 2 only, so nobody can add a digit.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """Return the day as screens write it: `05/03/2026`."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
