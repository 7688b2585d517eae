"""Raw cells as the file readers hand them on: nothing interpreted yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

MAX_FILE_BYTES: Final = 20 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 150 * 1024 * 1024
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 100
HEADER_WITHIN: Final = 60  # rows that may stand before and in the header


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that computes; what it showed when last opened is not trusted."""

    text: str


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell in which the spreadsheet itself reported an error, such as `#REF!`."""

    text: str


CellValue = str | int | float | bool | date | time | timedelta | Formula | CellError | None
Cells = tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`number`: the row's place in the file, counted from 1 as spreadsheets show it."""

    number: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class RawSheet:
    """The rows of one sheet that hold anything. `epoch_1904`: day numbers count from 1904."""

    name: str | None
    rows: tuple[SheetRow, ...]
    epoch_1904: bool = False


def is_blank(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def trimmed(cells: Iterable[CellValue]) -> Cells:
    """Return the cells without the blank ones at the end."""
    kept = list(cells)
    while kept and is_blank(kept[-1]):
        kept.pop()
    return tuple(kept)


def shown(value: CellValue) -> str:
    """Return a cell as a person would recognise it: dates as dd/mm/yyyy, numbers without `.0`."""
    if value is None:
        return ""
    if isinstance(value, Formula | CellError):
        return value.text
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
