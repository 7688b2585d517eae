"""The one door to PDF: pdfkit where wkhtmltopdf is installed, WeasyPrint where it is not."""

from enum import StrEnum
from typing import Final

from cases.documents import weasy, wkhtmltopdf
from cases.documents.errors import PdfEngineFailed
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
    program = executable or wkhtmltopdf.program()
    if program is None:
        raise PdfEngineFailed(engine=wkhtmltopdf.NAME, detail="wkhtmltopdf is not installed")
    return number_pages(wkhtmltopdf.render(paper, executable=program, timeout=timeout))
