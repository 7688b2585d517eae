"""The kinds of block a form may print, in the order a reader meets them (TOML `[[blocks]]`)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field as Setting

from forms.text import Clean, Condition, Frozen, Name


class Block(Frozen):
    when: Condition | None = None


class Heading(Block):
    kind: Literal["heading"]
    text: Clean
    level: Literal[1, 2, 3] = 1
    align: Literal["left", "center"] = "left"


class Paragraph(Block):
    kind: Literal["paragraph"]
    text: Clean
    align: Literal["justify", "center", "left"] = "justify"
    indent: bool = True
    bold: bool = False
    italic: bool = False


class Article(Block):
    """`Điều n.` in bold, numbered by its place among the articles that are printed."""

    kind: Literal["article"]
    text: Clean
    title: Clean = ""


class Grounds(Block):
    kind: Literal["grounds"]
    field: Name = "grounds"
    more: tuple[Clean, ...] = ()
    last: Literal[",", ".", ";"] = ","


class DecisionLine(Block):
    kind: Literal["decision_line"]
    body: Clean = "{BODY}"
    verb: Clean = "QUYẾT ĐỊNH"


class Items(Block):
    kind: Literal["items"]
    field: Name
    style: Literal["dash", "number", "letter", "plain"] = "dash"
    item: Clean | None = None
    punctuate: bool = True
    gap: int = Setting(default=2, ge=1, le=20)


class Table(Block):
    kind: Literal["table"]
    field: Name
    columns: tuple[Name, ...] = ()
    caption: Clean = ""
    serial: bool = True
    spare_rows: int = Setting(default=3, ge=0, le=30)


class Facts(Block):
    """Lines `- Nhãn: giá trị` for each named field."""

    kind: Literal["facts"]
    fields: tuple[Name, ...]
    dash: bool = True


class TickBoxes(Block):
    """Empty boxes for a pen; `mark` shows the chosen one (never on a ballot)."""

    kind: Literal["tick_boxes"]
    field: Name
    mark: bool = False
    instruction: Clean = ""


class Note(Block):
    kind: Literal["note"]
    text: Clean


class Dotted(Block):
    """Dotted lines to be filled by hand."""

    kind: Literal["dotted"]
    lines: int = Setting(ge=1, le=40)


class PageBreak(Block):
    kind: Literal["page_break"]


AnyBlock = Annotated[
    Heading
    | Paragraph
    | Article
    | Grounds
    | DecisionLine
    | Items
    | Table
    | Facts
    | TickBoxes
    | Note
    | Dotted
    | PageBreak,
    Setting(discriminator="kind"),
]
