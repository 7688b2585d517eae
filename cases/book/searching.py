"""Search over the whole rule book, without tones, with the reason of each hit.

Whole words are looked for, because syllables hold each other ("gia" in "thời gian"); only when nothing has
them, parts of words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from cases.book.entries import RULES, Entry, entries_of, folded
from cases.book.limits import Standing
from cases.paging import PAGE_SIZE, Page
from cases.text import search_words
from forms.load import Catalogue
from procedures.schema import Confidence, RuleBook

WORDS_AROUND: Final = 12
MOST_REASONS: Final = 2
CONFIRMED: Final = "co"
UNCONFIRMED: Final = "chua"


@dataclass(frozen=True)
class Query:
    """What is looked for; empty values mean that it does not matter."""

    text: str = ""
    kind: str = ""
    area: str = ""
    sure: str = ""
    on: date | None = None


Marked = tuple[tuple[str, bool], ...]
Finder = Callable[[str, str], bool]


@dataclass(frozen=True)
class Reason:
    """Where the words were found: the label of the part and its words, the found ones marked."""

    label: str
    words: Marked
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True)
class Hit:
    """An entry found. `title` is its title in words, the found ones marked."""

    entry: Entry
    title: Marked
    confirmed: bool
    stated: bool
    reasons: tuple[Reason, ...]


class Index:
    """The entries of one rule book; made once, because folding every word takes a while."""

    def __init__(self, book: RuleBook, forms: Catalogue) -> None:
        self._book = book
        self._entries = tuple(entries_of(book, forms))

    def areas(self, kind: str = "") -> list[str]:
        """The areas of all entries, or of one kind, in the order of the book."""
        return list(dict.fromkeys(one.area for one in self._entries if kind in ("", one.kind)))

    def search(self, query: Query, standing: Standing, *, today: date) -> list[Hit]:
        """Hits, the best first; without words everything in the order of the book."""
        words = search_words(query.text)
        offered = list(self._offered(query, today))
        holds = _whole if any(_holds(one, words, _whole) for one in offered) else _part
        found = sorted(
            (one for one in offered if _holds(one, words, holds)),
            key=lambda one: (_rank(one, words), bool(words) and one.valid_to is not None),
        )
        hits = (_hit(one, words, holds, standing) for one in found)
        return [hit for hit in hits if query.sure in ("", CONFIRMED if hit.confirmed else UNCONFIRMED)]

    def _offered(self, query: Query, today: date) -> Iterator[Entry]:
        current = {} if query.on else self._current(today)
        for one in self._entries:
            if query.kind not in ("", one.kind) or query.area not in ("", one.area):
                continue
            if query.on is not None and not one.in_force(query.on):
                continue
            # Of the steps only those of one edition: the others say nearly the same again.
            if query.on is None and one.edition and current[one.edition.code] != one.edition.valid_from:
                continue
            yield one

    def _current(self, today: date) -> dict[str, date]:
        """The first day of each procedure's edition in force, else of its newest one."""
        found: dict[str, date] = {}
        for edition in self._book.procedures:
            if edition.code not in found or edition.valid_from <= today:
                found[edition.code] = edition.valid_from
        return found


_made: list[tuple[RuleBook, Index]] = []


def index_of(book: RuleBook, forms: Catalogue) -> Index:
    """The index of a rule book, kept as long as that very book is the one in use."""
    if not _made or _made[0][0] is not book:
        _made[:] = [(book, Index(book, forms))]
    return _made[0][1]


def page_of_hits(hits: list[Hit], number: int) -> Page:
    """One page of the hits; a number beyond the end gives the last one."""
    pages = max(1, -(-len(hits) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    return Page(hits[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, pages, len(hits))


def _whole(word: str, text: str) -> bool:
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _part(word: str, text: str) -> bool:
    return word in text


def _holds(one: Entry, words: list[str], holds: Finder) -> bool:
    return all(any(holds(word, part) for part in one.folded) for word in words)


def _rank(one: Entry, words: list[str]) -> int:
    """What was asked for by its number first, then by its title, then what only speaks of it."""
    asked = " ".join(words)
    if not words or folded(one.id) == asked:
        return 0
    if _whole(asked, one.folded[0]):
        return 1
    if all(_part(word, one.folded[0]) for word in words):
        return 2
    return 3 if any(_whole(asked, part) for part in one.folded) else 4


def _hit(one: Entry, words: list[str], holds: Finder, standing: Standing) -> Hit:
    stated = one.kind in RULES and (one.id, one.valid_from) in standing
    read = one.confidence is Confidence.SOURCE and not one.provisional
    reasons = tuple(_reasons(one, words, holds))
    return Hit(one, _marked(one.title, words, holds), stated or read, stated, reasons)


def _reasons(one: Entry, words: list[str], holds: Finder) -> Iterator[Reason]:
    """The parts that hold words not yet accounted for; those of the title are marked there."""
    missing = {word for word in words if not holds(word, one.folded[0])}
    given = 0
    for (label, text), said in zip(one.parts[1:], one.folded[1:], strict=True):
        here = {word for word in missing if holds(word, said)}
        if here and given < MOST_REASONS:
            yield _reason(label, _marked(text, words, holds))
            missing -= here
            given += 1


def _reason(label: str, words: Marked) -> Reason:
    first = next((place for place, (_, found) in enumerate(words) if found), 0)
    start, end = max(0, first - WORDS_AROUND), first + 2 * WORDS_AROUND
    return Reason(label, words[start:end], start > 0, end < len(words))


def _marked(text: str, words: list[str], holds: Finder) -> Marked:
    return tuple((one, any(holds(word, folded(one)) for word in words)) for one in text.split())
