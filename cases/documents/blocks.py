"""One block of a form → the lines and tables that will be read."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from string import ascii_lowercase

from cases.documents.paper import (
    BOX,
    DOTTED_LINE,
    GAP,
    MARKED_BOX,
    BlockView,
    Run,
    Style,
    TableView,
    TextView,
)
from cases.documents.values import Value, inline, is_blank, lines, rows
from cases.documents.wording import Pen
from forms.blocks import (
    AnyBlock,
    Article,
    DecisionLine,
    Dotted,
    Facts,
    Grounds,
    Heading,
    Items,
    Note,
    PageBreak,
    Paragraph,
    Table,
    TickBoxes,
)
from forms.schema import (
    Column,
    Field,
)
from forms.text import parse_condition

_HEADINGS = {1: Style.HEADING1, 2: Style.HEADING2, 3: Style.HEADING3}
_SERIAL_SHARE = 0.05
_DATE_SHARE = 0.19
"""Of the other columns: room for 05/03/2026 in one line."""


def blocks_of(pen: Pen) -> tuple[BlockView, ...]:
    """All printed blocks in order; articles are numbered by the place they get."""
    views: list[BlockView] = []
    article = 0
    for block in pen.form.blocks:
        if block.when and not _holds(pen, block.when):
            continue
        article += isinstance(block, Article)
        views += _views(pen, block, article=article)
    return tuple(views)


def _holds(pen: Pen, condition: str) -> bool:
    when = parse_condition(condition)
    return when.holds(pen.values.get(when.field))


def _views(pen: Pen, block: AnyBlock, *, article: int) -> Iterator[BlockView]:
    match block:
        case Heading():
            style = Style.HEADING_CENTER if block.align == "center" else _HEADINGS[block.level]
            yield _line(style, pen.write(block.text), bold=True, italic=block.level == 3)
        case Paragraph():
            yield from _paragraph(pen, block)
        case Article():
            yield from _article(pen, block, article)
        case Grounds():
            yield from _grounds(pen, block)
        case DecisionLine():
            yield _line(Style.DECISION_BODY, pen.write(block.body), bold=True)
            yield _line(Style.DECISION_VERB, pen.write(block.verb), bold=True)
        case Items():
            yield from _items(pen, block)
        case Table():
            yield _table(pen, block)
        case Facts():
            yield from (_fact(pen, name, dash=block.dash) for name in block.fields)
        case TickBoxes():
            yield from _boxes(pen, block)
        case Note():
            yield _line(Style.NOTE, pen.write(block.text), italic=True)
        case Dotted():
            yield from _dotted(block.lines)
        case PageBreak():
            yield TextView(Style.PAGE_BREAK, ())


def _line(style: Style, text: str, *, bold: bool = False, italic: bool = False) -> TextView:
    return TextView(style, (Run(text, bold=bold, italic=italic),))


def _paragraph(pen: Pen, block: Paragraph) -> Iterator[TextView]:
    styles = {
        "center": Style.CENTER,
        "left": Style.FLAT,
        "justify": Style.BODY if block.indent else Style.FLAT,
    }
    for line in pen.write(block.text).split("\n"):
        yield _line(styles[block.align], line, bold=block.bold, italic=block.italic)


def _article(pen: Pen, block: Article, number: int) -> Iterator[TextView]:
    lead = f"Điều {number}." + (f" {pen.write(block.title)}" if block.title else "")
    first, *others = pen.write(block.text).split("\n")
    yield TextView(Style.BODY, (Run(lead, bold=True), Run(f" {first}")))
    yield from (_line(Style.BODY, line) for line in others)


def _grounds(pen: Pen, block: Grounds) -> Iterator[TextView]:
    given = lines(pen.values.get(block.field)) or (GAP,)
    found = given + tuple(pen.write(line) for line in block.more)
    for index, line in enumerate(found):
        end = block.last if index == len(found) - 1 else ";"
        yield _line(Style.GROUND, f"- {_open_end(line)}{end}")


def _items(pen: Pen, block: Items) -> Iterator[TextView]:
    found = _item_texts(pen, block)
    if not found:
        yield from _dotted(block.gap)
    for index, text in enumerate(found):
        last = index == len(found) - 1
        end = ("." if last else ";") if block.punctuate else ""
        body = _open_end(text) if block.punctuate else text
        first, *others = body.split("\n")
        mark = _mark(block.style, index)
        yield _line(Style.ITEM, f"{mark}{first}" + ("" if others else end))
        for place, line in enumerate(others):
            yield _line(Style.ITEM, line + (end if place == len(others) - 1 else ""))


def _item_texts(pen: Pen, block: Items) -> tuple[str, ...]:
    value = pen.values.get(block.field)
    if block.item is None:
        return lines(value)
    columns = _columns_of(pen, block.field)
    return tuple(pen.row(block.item, row, columns) for row in rows(value))


def _open_end(text: str) -> str:
    """A line without its own closing mark: the list decides between ; and full stop."""
    return text.rstrip().rstrip(";.,").rstrip()


def _mark(style: str, index: int) -> str:
    match style:
        case "number":
            return f"{index + 1}. "
        case "letter":
            return f"{ascii_lowercase[index % 26]}) "
        case "dash":
            return "- "
        case _:
            return ""


def _columns_of(pen: Pen, name: str) -> Mapping[str, Column]:
    return {column.name: column for column in _field(pen, name).columns}


def _field(pen: Pen, name: str) -> Field:
    field = pen.form.field(name)
    if field is None:
        raise KeyError(f"{pen.form.code}.{name}")
    return field


def _table(pen: Pen, block: Table) -> TableView:
    known = _columns_of(pen, block.field)
    chosen = [known[name] for name in block.columns] or list(known.values())
    found = rows(pen.values.get(block.field))
    cells = [_cells(row, chosen) for row in found] or [("",) * len(chosen)] * block.spare_rows
    numbers = [(str(index + 1),) if found else ("",) for index in range(len(cells))]
    serial = ("TT",) if block.serial else ()
    return TableView(
        columns=serial + tuple(column.label for column in chosen),
        widths=_widths(chosen, serial=block.serial),
        centered=(True,) * block.serial + tuple(column.type in ("int", "date", "time") for column in chosen),
        rows=tuple(
            (number if block.serial else ()) + row for number, row in zip(numbers, cells, strict=True)
        ),
        caption=pen.write(block.caption),
        label=_field(pen, block.field).label,
    )


def _widths(columns: Sequence[Column], *, serial: bool) -> tuple[int, ...]:
    """Shares of the text width; a serial number and a day get room not to break."""
    total = sum(column.width for column in columns) + 1
    day = ceil(total * _DATE_SHARE)
    chosen = tuple(max(column.width, day) if column.type == "date" else column.width for column in columns)
    return (ceil(total * _SERIAL_SHARE),) * serial + chosen


def _cells(row: Mapping[str, Value], columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(inline(row.get(column.name), column, name=column.name) for column in columns)


def _fact(pen: Pen, name: str, *, dash: bool) -> TextView:
    field = _field(pen, name)
    value = pen.values.get(name)
    text = GAP if is_blank(value) else inline(value, field, name=name)
    return _line(Style.ITEM, f"{'- ' if dash else ''}{field.label}: {text}")


def _boxes(pen: Pen, block: TickBoxes) -> Iterator[TextView]:
    if block.instruction:
        yield _line(Style.NOTE, pen.write(block.instruction), italic=True)
    chosen = pen.values.get(block.field) if block.mark else None
    for option in _field(pen, block.field).options:
        yield _line(Style.BOX, f"{MARKED_BOX if option.id == chosen else BOX} {option.label}")


def _dotted(count: int) -> Iterator[TextView]:
    return (_line(Style.DOTTED, DOTTED_LINE) for _ in range(count))
