"""The one door to PDF: pdfkit where wkhtmltopdf is installed, WeasyPrint where it is not."""

from enum import StrEnum
from typing import Final

from cases.documents import layout, weasy, wkhtmltopdf
from cases.documents.errors import PdfEngineFailed
from cases.documents.html import TRUE_UNITS, Units
from cases.documents.paper import Paper
from cases.documents.stamp import number_pages

TIMEOUT_SECONDS: Final = 60.0


class Engine(StrEnum):
    PDFKIT = wkhtmltopdf.NAME
    WEASYPRINT = weasy.NAME


def default_engine() -> Engine:
    return Engine.PDFKIT if wkhtmltopdf.program() else Engine.WEASYPRINT


def pdf(
    paper: Paper,
    *,
    engine: str | None = None,
    executable: str | None = None,
    timeout: float = TIMEOUT_SECONDS,
) -> bytes:
    """Print the paper with an `Engine` (None: the default). `timeout` in seconds.

    Raises PdfTimeout or PdfEngineFailed, and ValueError for an engine that does not exist.
    """
    if (Engine(engine) if engine else default_engine()) is Engine.WEASYPRINT:
        return number_pages(weasy.render(paper))
    program = executable or _program()
    return number_pages(wkhtmltopdf.render(paper, executable=program, timeout=timeout))


def units_of(engine: str | None) -> Units:
    """The lengths in which HTML for `pdf_of_html` must be measured."""
    chosen = Engine(engine) if engine else default_engine()
    return TRUE_UNITS if chosen is Engine.WEASYPRINT else wkhtmltopdf.CalibratedUnits()


def pdf_of_html(source: str, *, engine: str | None = None, timeout: float = TIMEOUT_SECONDS) -> bytes:
    """Print our own HTML that is no paper, upright on A4 with page numbers. Raises as `pdf` does."""
    if (Engine(engine) if engine else default_engine()) is Engine.WEASYPRINT:
        return number_pages(weasy.print_html(source))
    sheet = layout.sheet("A4", landscape=False)
    printed = wkhtmltopdf.print_html(source, sheet=sheet, executable=_program(), timeout=timeout)
    return number_pages(printed)


def _program() -> str:
    program = wkhtmltopdf.program()
    if program is None:
        raise PdfEngineFailed(engine=wkhtmltopdf.NAME, detail="wkhtmltopdf is not installed")
    return program
