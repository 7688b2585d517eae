"""Reads of the register of outgoing papers. Every one of them starts from `visible_to`."""

from dataclasses import dataclass

from cases.documents.models import Document
from cases.documents.queries import visible_to as documents_visible_to
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.registers.outgoing import Entry, entries

Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingFilter:
    """What the book is narrowed to; empty values do not narrow. `year` is that of the day of issue."""

    text: str = ""
    series: str = ""
    term: str = ""
    state: str = ""
    year: int | None = None

    @property
    def empty(self) -> bool:
        return self == OutgoingFilter(series=self.series, term=self.term)


def outgoing(actor: Actor, wanted: OutgoingFilter) -> list[Entry]:
    """The lines of the book. A number whose paper this person may not read is shown as taken, no more;
    a filter by content leaves such lines and gaps out."""
    if not actor.may(Permission.SEE_REGISTERS):
        return []
    readable = {_key(one): one for one in documents_visible_to(actor).where(Document.number.is_null(False))}
    numbers = [key for key in _all_numbers(actor) if _in_book(key, wanted)]
    found = entries(numbers, readable)
    return found if wanted.empty else [entry for entry in found if _fits(entry, wanted)]


def books(actor: Actor) -> list[tuple[str, str]]:
    """The books there are: (series, term)."""
    return sorted({(series, term) for series, term, _ in _all_numbers(actor)})


def _all_numbers(actor: Actor) -> list[Key]:
    # A series with a slash is another body's book (12-QĐ/TU), written down with the paper it signed.
    query = Document.select(Document.series, Document.term, Document.number).where(
        Document.commission == actor.commission_id,
        Document.number.is_null(False),
        ~Document.series.contains("/"),
    )
    return [_key(row) for row in query]


def _key(document: Document) -> Key:
    return document.series or "", document.term or "", document.number or 0


def _in_book(key: Key, wanted: OutgoingFilter) -> bool:
    return wanted.series in ("", key[0]) and wanted.term in ("", key[1])


def _fits(entry: Entry, wanted: OutgoingFilter) -> bool:
    document = entry.document
    if wanted.state == "gap":
        return entry.gap
    if document is None:
        return False
    words = wanted.text.strip().lower()
    return (
        wanted.state in ("", document.state)
        and (not words or words in f"{document.symbol} {document.title}".lower())
        and (
            wanted.year is None or (document.issued_on is not None and document.issued_on.year == wanted.year)
        )
    )
