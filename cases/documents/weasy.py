"""Engine two: WeasyPrint, where wkhtmltopdf is not installed (Debian 13 and later ship none)."""

from typing import Final, NoReturn

from cases.documents import html
from cases.documents.errors import PdfEngineFailed
from cases.documents.paper import Paper

NAME: Final = "weasyprint"


def render(paper: Paper) -> bytes:
    """PDF without page numbers. Raises PdfEngineFailed."""
    return print_html(html.page(paper))


def print_html(source: str) -> bytes:
    """Our own HTML as PDF; nothing outside the text is ever fetched."""
    # Loading it takes longer than starting all the rest, and most installations print through pdfkit.
    import weasyprint

    try:
        printed: bytes | None = weasyprint.HTML(string=source, url_fetcher=_fetch_nothing).write_pdf()
    except (OSError, ValueError, MemoryError, RecursionError) as error:
        raise PdfEngineFailed(engine=NAME, detail=str(error)[-500:]) from error
    if not printed:
        raise PdfEngineFailed(engine=NAME, detail="")
    return printed


def _fetch_nothing(url: str) -> NoReturn:
    raise ValueError(f"a paper fetches nothing: {url[:80]}")
