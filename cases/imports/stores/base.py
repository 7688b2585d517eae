"""What a store of one register can do, and the reading of values it shares with the others."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from cases.db import BaseModel
from cases.imports.desk import Desk
from cases.imports.rows import ReadRow
from cases.imports.values import Value


class Store(Protocol):
    """All of it runs inside the transaction of one file; what cannot be stored raises `RowProblems`."""

    def in_order(self, desk: Desk, rows: Sequence[ReadRow]) -> Iterable[ReadRow]:
        """The rows in the order in which they can be stored."""

    def find(self, desk: Desk, row: ReadRow) -> Any | None:
        """The record that has the number of this row already."""

    def said(self, desk: Desk, row: ReadRow) -> Mapping[str, Value]:
        """What the row says, in the terms of `written`; raises RowProblems for what it names in vain."""

    def written(self, found: Any) -> Mapping[str, Value]:
        """What a record says, by fields of the register."""

    def create(self, desk: Desk, row: ReadRow) -> BaseModel:
        """Add the record of a row."""

    def replace(self, desk: Desk, found: Any, row: ReadRow) -> None:
        """Put what the row says in the place of what the record said; blank cells say nothing.

        Raises Refused when the record has gone on since, so that the register no longer decides.
        """


def text(row: ReadRow, name: str) -> str:
    value = row.values.get(name)
    return value if isinstance(value, str) else ""


def day(row: ReadRow, name: str) -> date | None:
    value = row.values.get(name)
    return value if isinstance(value, date) else None


def number(row: ReadRow, name: str) -> int | None:
    value = row.values.get(name)
    return value if isinstance(value, int) else None


def filled(row: ReadRow, columns: Mapping[str, str]) -> dict[str, Any]:
    """Values by model column (`columns`: field → column) of the cells that are filled."""
    return {
        column: row.values[name] for name, column in columns.items() if row.values.get(name) not in (None, ())
    }


def or_none(value: Any) -> Value:
    """A stored value as a register has it: what is empty is blank."""
    return None if value in ("", None) else value
