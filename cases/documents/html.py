"""Paper → HTML. The fragment is the same on screen and in print; only the units of the style differ."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, Final, Protocol

from jinja2 import FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from cases.documents import layout
from cases.documents.grouping import groups
from cases.documents.paper import ABSTRACT_MARK, ASTERISK, PARTY_TITLE, RECIPIENTS_TITLE, SIGNING_LINES, Paper

_LONG_WORD: Final = re.compile(r"\S{50}(?=\S)")
_FOLDER: Final = Path(__file__).parents[2] / "templates" / "documents"


class Units(Protocol):
    """Turns the measures of the format into the lengths an engine prints true."""

    rows_apart: ClassVar[bool]
    """Whether the engine cuts table rows at the foot of a page."""

    def pt(self, value: float) -> str: ...

    def mm(self, value: float) -> str: ...


@dataclass(frozen=True, slots=True)
class TrueUnits:
    """For engines that print a point as a point: WeasyPrint and screens."""

    rows_apart: ClassVar[bool] = False

    def pt(self, value: float) -> str:
        return f"{value:g}pt"

    def mm(self, value: float) -> str:
        return f"{value:g}mm"


TRUE_UNITS: Final = TrueUnits()


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["pieces"] = _pieces
    return environment


def _pieces(text: str) -> list[str]:
    """The text in parts between which a line may break, for words longer than any real one.

    Without them WeasyPrint needs 20 seconds for a word of 40,000 letters.
    """
    return _LONG_WORD.sub("\\g<0>\0", text).split("\0")


def page(paper: Paper, *, units: Units = TRUE_UNITS) -> str:
    """A whole HTML document, for the PDF engines."""
    return _render("page.html", paper, units)


def fragment(paper: Paper) -> Markup:
    """One `<article class="paper">` for the screen; style it with `stylesheet()`."""
    # The environment of this module escapes every value, so the result is markup by construction.
    return Markup(_render("paper.html", paper, TRUE_UNITS))  # noqa: S704


def stylesheet(*, units: Units = TRUE_UNITS) -> str:
    """The style sheet of the preview, to be served as a file of its own (no inline style on screens)."""
    return (
        _environment()
        .get_template("paper.css")
        .render(u=units, layout=layout, print=None, signing_lines=SIGNING_LINES)
    )


def page_numbers(count: int, *, width: float, height: float) -> str:
    """Pages of `width` × `height` points that carry nothing but their numbers."""
    template = _environment().get_template("page_numbers.html")
    return template.render(count=count, width=width, height=height, layout=layout)


def _render(template: str, paper: Paper, units: Units) -> str:
    return (
        _environment()
        .get_template(template)
        .render(
            paper=paper,
            groups=groups(paper),
            u=units,
            layout=layout,
            print=layout.sheet(paper.size, landscape=paper.landscape),
            party_title=PARTY_TITLE,
            abstract_mark=ABSTRACT_MARK,
            asterisk=ASTERISK,
            recipients_title=RECIPIENTS_TITLE,
            signing_lines=SIGNING_LINES,
        )
    )
