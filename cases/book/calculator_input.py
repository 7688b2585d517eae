"""Reading one line of the batch calculator: every value checked, every fault named by its field."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeVar

from cases.errors import Invalid
from procedures.schema import Level, SubjectKind, Unit, VoteKind

T = TypeVar("T")
Interval = tuple[date, date | None]
Length = int | tuple[int, int]

SUBJECTS: Final = {"dang_vien": SubjectKind.MEMBER, "to_chuc": SubjectKind.BODY}
STAGES: Final = {"de_nghi": VoteKind.PROPOSE, "quyet_dinh": VoteKind.DECIDE}
UNITS: Final = {unit.value: unit for unit in Unit}
LEVELS: Final = {
    "trung_uong": Level.CENTRAL,
    "tinh": Level.PROVINCE,
    "huyen": Level.DISTRICT,
    "xa": Level.SUPERIOR,
    "co_so": Level.GRASSROOTS,
    "chi_bo": Level.CELL,
}
# Days outside these years are slips of typing; arithmetic near the ends of the calendar would overflow.
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
MOST: Final = 1_000_000_000


class BadInput(Invalid):
    """A line that cannot be answered as it is written; `field` is the key at fault."""


def read_line(line: bytes) -> object:
    """Return the JSON value of a line; raises BadInput for anything that is not exactly one.

    Some editors begin a file with a byte order mark: it is left out.
    """
    try:
        return json.loads(line.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise BadInput("Dòng không phải chữ UTF-8.") from error
    except RecursionError as error:
        raise BadInput("Dòng lồng quá nhiều lớp.") from error
    except ValueError as error:
        raise BadInput("Dòng không phải JSON.") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadInput("Một khóa được ghi hai lần trong cùng một nhóm.")
    return found


def _no_number(name: str) -> None:
    raise BadInput(f"{name} không phải là số.")


class Asked:
    """The keys of one line. Optional readers take a missing key and null alike."""

    def __init__(self, raw: object) -> None:
        if not isinstance(raw, dict):
            raise BadInput("Dòng phải là một nhóm khóa và giá trị trong ngoặc nhọn.")
        self._raw: dict[str, Any] = raw

    def has(self, key: str) -> bool:
        return self._raw.get(key) is not None

    def day(self, key: str) -> date:
        return _day(self._needed(key), key)

    def day_if_any(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def days(self, key: str) -> tuple[date, ...]:
        """One day, a list of days, or none."""
        value = self._raw.get(key)
        if value is None:
            return ()
        return tuple(_day(item, key) for item in (value if isinstance(value, list) else [value]))

    def whole(self, key: str, *, at_least: int = 0) -> int:
        return _whole(self._needed(key), key, at_least=at_least)

    def word(self, key: str) -> str:
        value = self._needed(key)
        if not isinstance(value, str):
            raise BadInput(f"{key} phải là chữ.", field=key)
        return value

    def one_of(self, key: str, choices: Mapping[str, T]) -> T:
        word = self.word(key)
        if word not in choices:
            raise BadInput(f"{key} phải là một trong: {', '.join(choices)}.", field=key)
        return choices[word]

    def one_of_if_any(self, key: str, choices: Mapping[str, T]) -> T | None:
        return self.one_of(key, choices) if self.has(key) else None

    def words(self, key: str) -> tuple[str, ...]:
        value = self._needed(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadInput(f"{key} phải là một danh sách chữ.", field=key)
        return tuple(value)

    def numbers(self, key: str) -> dict[str, int]:
        value = self._needed(key)
        if not isinstance(value, dict):
            raise BadInput(f"{key} phải là một nhóm tên và số.", field=key)
        return {name: _whole(number, key, at_least=0) for name, number in value.items()}

    def intervals(self, key: str) -> tuple[Interval, ...]:
        """Closed intervals `[first, last]`; a last day of null is one that still runs."""
        value = self._raw.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise BadInput(f"{key} phải là một danh sách cặp ngày.", field=key)
        return tuple(_interval(pair, key) for pair in value)

    def lengths(self, key: str) -> tuple[Length, ...]:
        """Extensions: one or a list of `{"amount": n}` or `{"fraction": [numerator, denominator]}`."""
        value = self._raw.get(key)
        if value is None:
            return ()
        return tuple(_length(item, key) for item in (value if isinstance(value, list) else [value]))

    def _needed(self, key: str) -> Any:
        value = self._raw.get(key)
        if value is None:
            raise BadInput(f"Thiếu {key}.", field=key)
        return value


def _day(value: object, key: str) -> date:
    wrong = BadInput(f"{key} phải là ngày có thật, dạng 2026-04-11.", field=key)
    # The shape is looked at first: fromisoformat would also take weeks and days without dashes.
    if not isinstance(value, str) or len(value) != 10 or value[4] + value[7] != "--" or not value.isascii():
        raise wrong
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise wrong from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadInput(f"{key} phải từ năm {FIRST_DAY.year} đến năm {LAST_DAY.year}.", field=key)
    return day


def _whole(value: object, key: str, *, at_least: int) -> int:
    # True and 10.0 would pass as numbers; a person who writes them has made a slip.
    if type(value) is not int or not at_least <= value <= MOST:
        raise BadInput(f"{key} phải là số nguyên từ {at_least} đến {MOST}.", field=key)
    return value


def _interval(pair: object, key: str) -> Interval:
    if not isinstance(pair, list) or len(pair) != 2:
        raise BadInput(f"{key} phải là các cặp [ngày đầu, ngày cuối].", field=key)
    first, last = pair
    return _day(first, key), None if last is None else _day(last, key)


def _length(value: object, key: str) -> Length:
    if not isinstance(value, dict) or len(value.keys() & {"amount", "fraction"}) != 1:
        raise BadInput(f"{key} phải có amount hoặc fraction.", field=key)
    if "amount" in value:
        return _whole(value["amount"], key, at_least=0)
    share = value["fraction"]
    if not isinstance(share, list) or len(share) != 2:
        raise BadInput(f"{key}: fraction phải là [tử số, mẫu số].", field=key)
    return _whole(share[0], key, at_least=0), _whole(share[1], key, at_least=1)
