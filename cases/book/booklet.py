"""The printed booklet of procedures: one HTML document, printed by the one PDF function and remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from flask import render_template

from cases.book.diagram import draw
from cases.book.reading import EditionView, Reader
from cases.book.shapes import Diagram
from cases.documents import layout
from cases.documents.paper import PARTY_TITLE, House
from cases.documents.pdf import pdf_of_html, units_of

TEXT_WIDTH_MM: Final = 165.0
# The whole book is more than a hundred pages: several times what the slower engine was seen to need.
TIMEOUT_SECONDS: Final = 180.0
KEPT: Final = 4


@dataclass(frozen=True)
class Chapter:
    """One procedure of the booklet; `scale` is how many millimetres a unit of its drawing prints."""

    view: EditionView
    diagram: Diagram

    @property
    def scale(self) -> float:
        return TEXT_WIDTH_MM / self.diagram.width


def booklet(
    reader: Reader, views: Sequence[EditionView], *, house: House, printed_on: date, engine: str | None
) -> bytes:
    """The PDF: a title page, then each procedure with its head, drawing and steps."""
    chapters = [Chapter(view, draw(view, reader.name_of)) for view in views]
    source = render_template(
        "documents/booklet.html", chapters=chapters, house=house, printed_on=printed_on, layout=layout,
        u=units_of(engine), name_of=reader.name_of, party_title=PARTY_TITLE,
    )  # fmt: skip
    return _printed(source, engine)


@lru_cache(maxsize=KEPT)
def _printed(source: str, engine: str | None) -> bytes:
    """The same words are printed once: everybody of a commission takes the same booklet."""
    return pdf_of_html(source, engine=engine, timeout=TIMEOUT_SECONDS)
