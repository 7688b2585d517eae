"""Page numbers: Arabic, 14 pt, top centre of the text, 10 mm from the edge, not on page 1.

wkhtmltopdf cannot number pages on Debian, so both engines' papers are stamped here. The numbers are
printed by WeasyPrint so that their font is embedded like every other.
"""

import io
from functools import lru_cache

from pypdf import PdfReader, PdfWriter

from cases.documents import html, weasy


def number_pages(pdf: bytes) -> bytes:
    """The same PDF with numbers from page 2 on. One page is returned as it came."""
    reader = PdfReader(io.BytesIO(pdf))
    if len(reader.pages) < 2:
        return pdf
    first = reader.pages[0]
    numbers = PdfReader(
        io.BytesIO(_numbers(len(reader.pages), float(first.mediabox.width), float(first.mediabox.height)))
    )
    writer = PdfWriter()
    writer.append(reader)
    for page, number in list(zip(writer.pages, numbers.pages, strict=True))[1:]:
        page.merge_page(number)
        # Merging leaves the page's words unpacked: a booklet of 150 pages would be ten times as long.
        page.compress_content_streams()
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@lru_cache(maxsize=32)
def _numbers(count: int, width: float, height: float) -> bytes:
    return weasy.print_html(html.page_numbers(count, width=width, height=height))
