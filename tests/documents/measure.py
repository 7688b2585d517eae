"""What a printed PDF really measures: sizes in points, distances in millimetres."""

import io
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pypdf import PdfReader

from cases.documents.layout import millimetres

NUMBER_ZONE_MM = 17.0
"""Above this line only page numbers may stand."""


@dataclass(frozen=True)
class PageNumber:
    page: int
    text: str
    center: float
    top: float
    size: float


@dataclass(frozen=True)
class Measures:
    width: float
    height: float
    pages: int
    sizes: Counter[float]
    left: float
    right: float
    top: float
    bottom: float
    numbers: tuple[PageNumber, ...]
    fonts: frozenset[str]
    loose_fonts: frozenset[str]
    letters: Counter[str]
    stream: str
    """All letters in the order in which they are selected, without spaces."""

    @property
    def body_size(self) -> float:
        return self.sizes.most_common(1)[0][0]


def measure(pdf: bytes) -> Measures:
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        pages = [(page.width, page.height, page.chars) for page in file.pages]
    body = [(w, h, c) for w, h, chars in pages for c in chars if _is_body(c)]
    fonts = _fonts(pdf)
    return Measures(
        width=millimetres(pages[0][0]),
        height=millimetres(pages[0][1]),
        pages=len(pages),
        sizes=Counter(round(c["size"], 1) for _, _, c in body),
        left=millimetres(min(c["x0"] for _, _, c in body)),
        right=millimetres(min(w - c["x1"] for w, _, c in body)),
        top=millimetres(min(c["top"] for _, _, c in body)),
        bottom=millimetres(min(h - c["bottom"] for _, h, c in body)),
        numbers=tuple(filter(None, (_number(n, chars) for n, (_, _, chars) in enumerate(pages, 1)))),
        fonts=frozenset(fonts),
        loose_fonts=frozenset(name for name, embedded in fonts.items() if not embedded),
        letters=Counter(c["text"] for _, _, c in body if not c["text"].isspace()),
        stream="".join(c["text"] for _, _, c in body),
    )


def letters_of(text: str) -> Counter[str]:
    return Counter(char for char in text if not char.isspace())


def _is_body(char: dict[str, Any]) -> bool:
    return bool(char["text"].strip()) and millimetres(char["top"]) > NUMBER_ZONE_MM


def _number(page: int, chars: list[dict[str, Any]]) -> PageNumber | None:
    above = [c for c in chars if c["text"].strip() and millimetres(c["top"]) <= NUMBER_ZONE_MM]
    if not above:
        return None
    center = (min(c["x0"] for c in above) + max(c["x1"] for c in above)) / 2
    text = "".join(c["text"] for c in above)
    return PageNumber(page, text, millimetres(center), millimetres(above[0]["top"]), above[0]["size"])


def _fonts(pdf: bytes) -> dict[str, bool]:
    """Base font name without the subset mark → whether its program is in the file."""
    found: dict[str, bool] = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        fonts = page["/Resources"].get_object().get("/Font", {}).get_object()
        for font in fonts.values():
            entry = font.get_object()
            inner = (
                entry["/DescendantFonts"].get_object()[0].get_object()
                if "/DescendantFonts" in entry
                else entry
            )
            name = str(entry["/BaseFont"]).lstrip("/").split("+")[-1]
            descriptor = inner["/FontDescriptor"].get_object() if "/FontDescriptor" in inner else {}
            found[name] = found.get(name, True) and any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))
    return found
