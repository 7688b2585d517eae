"""How one typed value reads on paper. Text is cleaned here, at the last door before print."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Protocol

from cases.documents.paper import GAP
from cases.text import clean_line, clean_text, official_date, short_date

Value = object
Values = Mapping[str, Value]


class HasOptions(Protocol):
    """A field or column of a form: options turn ids into words."""

    def option_text(self, option_id: str) -> str | None: ...


class PaperValueError(ValueError):
    """A value of a type no form field has; `name` is the field, `kind` the type found."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(f"Giá trị của “{name}” không in được: kiểu {kind}.")
        self.name = name
        self.kind = kind


def is_blank(value: Value) -> bool:
    """Nothing to print. Zero and False are answers."""
    return value is None or (isinstance(value, str | Sequence | Mapping) and len(value) == 0)


def sentence(value: Value, field: HasOptions, *, name: str) -> str:
    """The value inside a sentence; a gap when there is none. Raises PaperValueError."""
    if isinstance(value, date):
        return official_date(value)
    return inline(value, field, name=name) or GAP


def inline(value: Value, field: HasOptions, *, name: str) -> str:
    """The value in a table cell or after a label; empty when there is none. Raises PaperValueError."""
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case int():
            return str(value)
        case date():
            return short_date(value)
        case time():
            return f"{value.hour} giờ {value.minute:02d}"
        case str():
            return field.option_text(value) or clean_text(value)
        case list() | tuple():
            return ", ".join(filter(None, (inline(item, field, name=name) for item in value)))
        case _:
            raise PaperValueError(name, type(value).__name__)


def lines(value: Value) -> tuple[str, ...]:
    """A list value as clean, non-empty lines; text counts one per line."""
    match value:
        case str():
            parts: Sequence[object] = value.splitlines()
        case list() | tuple():
            parts = value
        case _:
            parts = ()
    return tuple(filter(None, (clean_line(str(part)) for part in parts)))


def rows(value: Value) -> tuple[Mapping[str, Value], ...]:
    """The filled rows of a rows value."""
    if not isinstance(value, list | tuple):
        return ()
    return tuple(
        row for row in value if isinstance(row, Mapping) and any(not is_blank(v) for v in row.values())
    )
