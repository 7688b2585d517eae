"""A row while it is read (`DraftRow`) and when it is read (`ReadRow`), with what was found in it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cases.imports.columns import Kind
from cases.imports.sheets import Table
from cases.imports.values import Value
from cases.text import fold


@dataclass(frozen=True, slots=True)
class _Remark:
    """`row`: number in the file, from 1; `column`: header as written; `value`: the cell as shown."""

    row: int
    column: str
    value: str
    reason: str


class Problem(_Remark):
    """The cell cannot be right: the row waits for a person."""


class Note(_Remark):
    """The row is stored; a person should know this about it."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as read. `values` has every field of the register, None where blank or in trouble.

    `raw` holds as text every known column the file has, and each unknown one that is filled.
    `content_hash` is the same for the same content whatever the file, the order of columns or the
    shape of dates.
    """

    kind: Kind
    row_number: int
    values: Mapping[str, Value]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    raw: Mapping[str, str]
    content_hash: str


@dataclass(slots=True)
class DraftRow:
    table: Table
    number: int
    raw: dict[str, str]
    values: dict[str, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def problem(self, name: str, reason: str) -> None:
        column = self.header(name)
        self.problems.append(Problem(self.number, column, self.raw.get(column, ""), reason))

    def note(self, name: str, reason: str) -> None:
        column = self.header(name)
        self.notes.append(Note(self.number, column, self.raw.get(column, ""), reason))

    def troubled(self, name: str) -> bool:
        """Has the cell of this field a problem already?"""
        return any(problem.column == self.header(name) for problem in self.problems)

    def header(self, name: str) -> str:
        """Return the field's header as this file has it, or its usual name when it is not there."""
        place = self.table.places.get(name)
        if place is not None:
            return self.table.columns[place]
        return next(known.label for known in self.table.register.fields if known.name == name)

    def day(self, name: str) -> date | None:
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def finished(self) -> ReadRow:
        return ReadRow(
            self.table.kind,
            self.number,
            dict(self.values),
            tuple(self.problems),
            tuple(self.notes),
            self.raw,
            self._hash(),
        )

    def _hash(self) -> str:
        # A cell in trouble has no value: its own text stands for it, so that mending it counts.
        places = self.table.places
        raw = {name: self.raw.get(self.table.columns[at]) for name, at in places.items()}
        unread = {name: fold(text) for name, text in raw.items() if text and self.values[name] is None}
        content = [self.table.kind, {k: v for k, v in self.values.items() if v not in (None, ())}, unread]
        written = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(written.encode()).hexdigest()
