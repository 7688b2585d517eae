"""A row against what is stored under the same number: where they differ, and what each side says."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.imports.cells import shown
from cases.imports.columns import REGISTERS, VOCABULARIES, Field, Kind
from cases.imports.desk import Desk
from cases.imports.rows import ReadRow
from cases.imports.stores import STORES
from cases.imports.values import LetterNumber, Value


@dataclass(frozen=True, slots=True)
class Difference:
    """One field on which the register and the system do not agree, both in words."""

    field: Field
    stored: str
    read: str


def differences(desk: Desk, row: ReadRow, found: Any) -> list[Difference]:
    """The fields the row fills otherwise than the record; a blank cell says nothing."""
    store = STORES[row.kind]
    said, written = store.said(desk, row), store.written(found)
    return [
        Difference(field, in_words(field, written[field.name]), in_words(field, said[field.name]))
        for field in REGISTERS[row.kind].fields
        if field.name in written
        and row.values.get(field.name) not in (None, ())
        and said[field.name] != written[field.name]
    ]


def in_words(field: Field, value: Value) -> str:
    """A value as people write it in the register."""
    if value is None or value == ():
        return ""
    if isinstance(value, LetterNumber):
        return str(value)
    if isinstance(value, tuple):
        return ", ".join(in_words(field, one) for one in value)
    words = VOCABULARIES[field.vocabulary].words.get(str(value)) if field.vocabulary else None
    if words:
        return next((word for word in words if not word.isascii()), words[0])
    return shown(value)


def preview_cells(row: ReadRow, hidden: Mapping[str, str]) -> dict[str, str]:
    """Field label → what was read, for showing a row; `hidden` gives words for fields not to be shown."""
    fields = REGISTERS[row.kind].fields
    cells = {field: in_words(field, row.values.get(field.name)) for field in fields}
    return {field.label: hidden.get(field.name, text) if text else "" for field, text in cells.items()}


def seal_of(kind: Kind, found: Any) -> str:
    """A mark of what a record says now, so that nobody replaces what they did not see."""
    written = STORES[kind].written(found)
    told = json.dumps(written, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()
