"""Shape of one form definition (a TOML file of `forms/catalogue/`), frozen after loading.

A form says which fields it asks for, where each value comes from, and which blocks are printed in
which order. It holds no layout measures: those belong to the format regime (`cases/documents`).
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field as Setting, StringConstraints

from forms.blocks import AnyBlock
from forms.text import Clean, Condition, Frozen, Name

OptionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{2}[a-z]?$")]


class FieldType(StrEnum):
    STR = "str"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    INT = "int"
    ENUM = "enum"
    REF = "ref"
    LIST = "list"
    ROWS = "rows"
    BOOL = "bool"


class Layout(StrEnum):
    PARTY_PAPER = "party_paper"
    OFFICIAL_LETTER = "official_letter"
    MINUTES = "minutes"
    BALLOT = "ballot"
    SUBJECT_PAPER = "subject_paper"
    SLIP = "slip"


class Issuer(StrEnum):
    """Whose name stands at the top left: the commission, the committee above it, an advisory body of the
    committee, the team, or nobody."""

    COMMISSION = "commission"
    COMMITTEE = "committee"
    ADVISORY = "advisory"
    TEAM = "team"
    NONE = "none"


class Address(StrEnum):
    TO = "to"
    SUBMIT = "submit"


class Phase(StrEnum):
    ANY = "any"
    PREPARE = "prepare"
    CONDUCT = "conduct"
    CLOSE = "close"


class Confidence(StrEnum):
    SOURCE = "source"
    SECONDARY = "secondary"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class Family(StrEnum):
    """Kinds of case a form serves; the wording of each is in `forms/wording.toml`."""

    TN = "TN"
    CTR = "CTr"
    KT = "KT"
    DH_TC = "DH-TC"
    DH_DV = "DH-DV"
    NV = "NV"
    KTKL = "KTKL"
    TCH = "TCH"
    TS = "TS"
    GS = "GS"
    GSTX = "GSTX"
    TC_TC = "TC-TC"
    TC_DV = "TC-DV"
    KN_TC = "KN-TC"
    KN_DV = "KN-DV"
    KL_TC = "KL-TC"
    KL_DV = "KL-DV"
    DC = "DC"


class Option(Frozen):
    """A stable id with the words on screen, and the words inside a printed sentence when they differ."""

    id: OptionId
    label: Clean
    text: Clean | None = None


def _option_text(options: tuple[Option, ...], option_id: str) -> str | None:
    return next((o.text or o.label for o in options if o.id == option_id), None)


class Column(Frozen):
    name: Name
    label: Clean
    type: Literal["str", "text", "date", "time", "int", "enum"] = "str"
    required: bool = False
    options: tuple[Option, ...] = ()
    width: int = Setting(default=1, ge=1, le=12)

    def option_text(self, option_id: str) -> str | None:
        """The printed words of an option, or None when the id is not one of them."""
        return _option_text(self.options, option_id)


class Field(Frozen):
    name: Name
    label: Clean
    type: FieldType = FieldType.STR
    required: bool = False
    required_when: Condition | None = None
    origin: str | None = None
    help: Clean = ""
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    default: Clean | None = None
    printed: bool = True

    @property
    def starting_value(self) -> object:
        """The default as a value of this field's type; None without one."""
        match self.type:
            case FieldType.LIST if self.default is not None:
                return self.default.splitlines()
            case FieldType.INT if self.default is not None:
                return int(self.default)
            case _:
                return self.default

    def option_text(self, option_id: str) -> str | None:
        """The printed words of an option, or None when the id is not one of them."""
        return _option_text(self.options, option_id)


class Signer(Frozen):
    """One column of signatures. `authority` is T/M, K/T, T/L, Q. or empty; titles in order of rank."""

    id: OptionId
    label: Clean
    authority: Literal["T/M", "K/T", "T/L", "Q.", ""] = ""
    collective: Clean = ""
    titles: tuple[Clean, ...]
    issuer: Issuer = Issuer.COMMISSION
    note: Clean = ""


class FormDef(Frozen):
    code: Code
    name: Clean
    gloss: str
    abbreviation: str | None = None
    numbered: bool
    edition: str
    valid_from: dt.date
    regime: Literal["hd05"] = "hd05"
    layout: Layout
    paper: Literal["A4", "A5"] = "A4"
    orientation: Literal["portrait", "landscape"] = "portrait"
    families: tuple[Family, ...] = ()
    phase: Phase
    wave: Literal["core", "second"]
    signers: tuple[Signer, ...]
    signer_alternatives: tuple[Signer, ...] = ()
    issuer: Issuer | None = None
    address: Address | None = None
    address_lines: tuple[Clean, ...] = ()
    title: Clean = ""
    abstract: Clean = ""
    fields: tuple[Field, ...] = ()
    blocks: tuple[AnyBlock, ...]
    recipients: tuple[Clean, ...] = ()
    archive: Clean = "Lưu Văn phòng"
    retention: Clean
    masked: bool = False
    creates_tasks: Name | None = None
    confidence: Confidence
    source: Clean

    def field(self, name: str) -> Field | None:
        """The field of that name, or None for a built-in word."""
        return next((f for f in self.fields if f.name == name), None)
