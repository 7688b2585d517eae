"""Measures of the paper format in force (05-HD/VPTW of 27/5/2026, by secondary sources), in mm and points."""

from dataclasses import dataclass
from typing import Final, Literal

MM_PER_INCH: Final = 25.4
POINTS_PER_INCH: Final = 72.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """Width and height in mm, as the sheet lies."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Margins:
    """Millimetres."""

    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15


MARGINS: Final = Margins()
BODY_POINTS: Final = 14.0
LINE_POINTS: Final = 19.0
"""Exact line pitch; the guide allows 18 to 22 for 14-point text."""
PARAGRAPH_GAP_POINTS: Final = 6.0
INDENT_MM: Final = 10.0
PAGE_NUMBER_TOP_MM: Final = 10.0
PAGE_NUMBER_POINTS: Final = 14.0
HEAD_LEFT_SHARE: Final = 46
"""Per cent of the text width: 76 of 165 mm."""
SIGN_LEFT_SHARE: Final = 45
FONTS: Final = ("Times New Roman", "Liberation Serif")
"""The second has the same widths and is free."""


def sheet(size: Literal["A4", "A5"], *, landscape: bool) -> Sheet:
    """A5 is only used lying: standing it has no room for the two-column header."""
    if size == "A5":
        return Sheet(210, 148)
    return Sheet(297, 210) if landscape else Sheet(210, 297)


def points(mm: float) -> float:
    return mm / MM_PER_INCH * POINTS_PER_INCH


def millimetres(points_: float) -> float:
    return points_ / POINTS_PER_INCH * MM_PER_INCH
