"""Which registers exist and which column is which, read once from `registers.toml`.

`match_headers` compares a row of cells with one register; `REGISTERS` and `VOCABULARIES` are the
data. Adding a header name, a writing of a value or a column is a change of the TOML file only.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from cases.text import fold

FieldType = Literal[
    "text",
    "long_text",
    "name",
    "code",
    "day",
    "integer",
    "letter_number",
    "letter_numbers",
    "choice",
    "choices",
    "email",
    "phone",
]


class Kind(StrEnum):
    """The six registers an import understands."""

    ORGANISATIONS = "organisations"
    MEMBERS = "members"
    STAFF = "staff"
    LETTERS = "letters"
    DISCIPLINE = "discipline"
    PROGRAMME = "programme"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Field(_Data):
    """One column of a register; `headers` are its accepted names, `max` the longest text stored."""

    name: str
    headers: tuple[str, ...]
    type: FieldType
    need: Literal["must", "filled", "may"] = "may"
    vocabulary: str | None = None
    max: int | None = None

    @property
    def label(self) -> str:
        return self.headers[0]


class Register(_Data):
    kind: Kind
    label: str
    fields: tuple[Field, ...]

    @property
    def must(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.need == "must")


class Vocabulary(_Data):
    """`words`: value → the ways it is written; `remarks`: a writing → the note a row gets for it."""

    words: Mapping[str, tuple[str, ...]]
    remarks: Mapping[str, str] = {}

    @cached_property
    def _values(self) -> dict[str, str]:
        return {header_key(word): value for value, words in self.words.items() for word in words}

    @cached_property
    def _remarks(self) -> dict[str, str]:
        return {header_key(word): remark for word, remark in self.remarks.items()}

    def find(self, written: str) -> tuple[str, str | None] | None:
        """Return the value and its remark, or None when nobody agreed on this writing."""
        key = header_key(written)
        found = self._values.get(key)
        return None if found is None else (found, self._remarks.get(key))


@lru_cache(maxsize=8192)
def header_key(text: str) -> str:
    """Return the form in which names are compared: no tones, no case, words apart by one space."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


class _File(_Data):
    registers: tuple[Register, ...]
    vocabularies: Mapping[str, Vocabulary]


_FILE: Final = _File.model_validate(
    tomllib.loads(Path(__file__).with_name("registers.toml").read_text(encoding="utf-8"))
)
REGISTERS: Final[Mapping[Kind, Register]] = {register.kind: register for register in _FILE.registers}
VOCABULARIES: Final[Mapping[str, Vocabulary]] = _FILE.vocabularies


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """Where the columns of one register stand in one row of cells (`places`: field name → index)."""

    register: Register
    places: Mapping[str, int]
    twice: tuple[tuple[Field, tuple[int, ...]], ...]

    @property
    def missing(self) -> tuple[Field, ...]:
        return tuple(field for field in self.register.must if field.name not in self.places)

    @property
    def complete(self) -> bool:
        return not self.missing


def match_headers(cells: Sequence[str], register: Register) -> HeaderMatch:
    """Match each field with the column carrying its most preferred name; equal names are reported."""
    at: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        if key := header_key(cell):
            at.setdefault(key, []).append(index)
    places: dict[str, int] = {}
    twice: list[tuple[Field, tuple[int, ...]]] = []
    for field in register.fields:
        named = (at.get(header_key(name), [-1]) for name in field.headers)
        found = next((place for place in named if place[0] not in {-1, *places.values()}), None)
        if found is None:
            continue
        places[field.name] = found[0]
        if len(found) > 1:
            twice.append((field, tuple(found)))
    return HeaderMatch(register, places, tuple(twice))
