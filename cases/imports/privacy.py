"""What of a letter row may name its sender, and how it is kept: sealed in tables, masked in reports."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from cases.imports.columns import Kind
from cases.imports.headers import headers_of
from cases.imports.rows import Note, Problem, ReadRow
from cases.intake.sealing import vault
from cases.intake.terms import SEALED
from cases.text import fold

SENDER_FIELDS: Final = ("sender_name", "sender_address")
_ABOUT_FIELD: Final = "subject_name"
_Remark = TypeVar("_Remark", Problem, Note)


def secret_headers(row: ReadRow) -> frozenset[str]:
    """The columns of a letter that may name the sender: theirs, unknown ones, any with the name in it."""
    if row.kind is not Kind.LETTERS:
        return frozenset()
    places = headers_of(row.kind, row.raw)
    own = {places[field] for field in SENDER_FIELDS if field in places}
    unknown = set(row.raw) - set(places.values())
    name = fold(row.raw.get(places.get("sender_name", ""), ""))
    named = {header for header, cell in row.raw.items() if len(name.split()) > 1 and name in fold(cell)}
    return frozenset(own | unknown | named)


def sealed_apart(row: ReadRow) -> tuple[dict[str, str], bytes | None]:
    """The raw cells with the secret ones emptied, and the secret ones sealed (None when there are none)."""
    secret = secret_headers(row)
    hidden = {header: cell for header, cell in row.raw.items() if header in secret and cell}
    clear = {header: "" if header in secret else cell for header, cell in row.raw.items()}
    return clear, vault().seal_bytes(json.dumps(hidden, ensure_ascii=False).encode()) if hidden else None


def opened(clear: Mapping[str, str], sealed: bytes | None) -> dict[str, str]:
    """The raw cells as they were read."""
    hidden = json.loads(vault().open_bytes(sealed)) if sealed else {}
    return {**clear, **hidden}


def masked(remark: _Remark, secret: Collection[str]) -> _Remark:
    """The remark without what stood in a secret cell."""
    if remark.column not in secret or not remark.value:
        return remark
    words = remark.reason.replace(remark.value, SEALED)
    if fold(remark.value) in fold(words):
        words = "Ô này cần xem lại."
    return replace(remark, value=SEALED, reason=words)


def about(row: ReadRow) -> str:
    """The folded name of whom a row is about, for rows about people."""
    name = row.values.get(_ABOUT_FIELD)
    return fold(name) if isinstance(name, str) else ""
