"""The view model of one paper: every word that will be read, in order, and no layout measure.

The screen preview, the PDF and the .docx are drawn from this alone, so they cannot say different things.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, Literal

PARTY_TITLE: Final = "ĐẢNG CỘNG SẢN VIỆT NAM"
RECIPIENTS_TITLE: Final = "Nơi nhận:"
ABSTRACT_MARK: Final = "-----"
ASTERISK: Final = "*"
SPACE_TO_WRITE: Final = "\u00a0" * 6
GAP: Final = "…………"
DATE_GAP: Final = "ngày …… tháng …… năm ………"
DOTTED_LINE: Final = "…" * 33
BOX: Final = "□"
MARKED_BOX: Final = "■"
SIGNING_LINES: Final = 4
"""Blank lines left for the signature (format guide, signature block)."""


class Style(StrEnum):
    """What a line is; each renderer knows how such a line looks."""

    BODY = "body"
    FLAT = "flat"
    CENTER = "center"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    HEADING_CENTER = "heading-center"
    GROUND = "ground"
    ITEM = "item"
    DECISION_BODY = "decision-body"
    DECISION_VERB = "decision-verb"
    BOX = "box"
    NOTE = "note"
    DOTTED = "dotted"
    ADDRESS = "address"
    ADDRESS_ONE = "address-one"
    ADDRESS_ITEM = "address-item"
    ADDRESS_LAST = "address-last"
    PAGE_BREAK = "page-break"


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class TextView:
    style: Style
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class TableView:
    """A ruled table; `widths` are shares of the text width."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    centered: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    label: str = ""
    """What the table is, for who cannot see it; not printed."""

    @property
    def percents(self) -> tuple[float, ...]:
        return tuple(round(100 * width / sum(self.widths), 2) for width in self.widths)


BlockView = TextView | TableView


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Names at the top left. `full_name` is how the body is named inside a sentence."""

    superior_line: str
    issuer_line: str
    full_name: str
    symbol_suffix: str
    place: str


@dataclass(frozen=True, slots=True)
class House:
    """Settings of one commission: its two letterheads and its spelling of ủy / uỷ in fixed words."""

    commission: Letterhead
    committee: Letterhead
    spelling: Literal["ủy", "uỷ"] = "ủy"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs one column. `line1` replaces authority and collective where a province prints K/T."""

    signer: str
    title: str = ""
    name: str = ""
    line1: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """What is known about issuing the paper; unknown parts print as gaps for handwriting.

    `year` is printed in the date gap. `symbol` is number and symbol together, from another body's book.
    `secrecy` and `urgency` are the words of the mark, or empty.
    """

    year: int
    number: int | None = None
    symbol: str = ""
    day: date | None = None
    secrecy: str = ""
    urgency: str = ""
    draft_no: int | None = None
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SignatureView:
    """One column: `line1` bold, `title` not bold, space to sign, `name` bold."""

    line1: str
    title: str
    note: str
    name: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything printed on one paper; empty strings and tuples are parts this paper does not have."""

    code: str
    edition: str
    size: Literal["A4", "A5"]
    landscape: bool
    superior: str
    issuer: str
    symbol: str
    secrecy: str
    urgency: str
    draft: str
    letter_abstract: str
    place_date: str
    type_name: str
    abstract: str
    blocks: tuple[BlockView, ...]
    signatures: tuple[SignatureView, ...]
    recipients: tuple[str, ...] = field(default=())

    @property
    def has_signing_notes(self) -> bool:
        """Whether columns without a note need its space, so that all names stand on one line."""
        return any(signature.note for signature in self.signatures)

    @property
    def title(self) -> str:
        """Name for a browser tab or the PDF's properties."""
        return " ".join(part for part in (self.type_name, self.abstract or self.letter_abstract) if part)
