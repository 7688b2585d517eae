"""Which blocks stay on one page: a heading with what it heads, the last words with the signature.

WebKit ignores "keep with next", so what belongs together is given to both engines as one unbreakable box.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cases.documents.paper import BlockView, Paper, Style, TextView

_LEADING: Final = frozenset({
    Style.HEADING1, Style.HEADING2, Style.HEADING3, Style.HEADING_CENTER, Style.DECISION_BODY,
    Style.DECISION_VERB, Style.ADDRESS, Style.PAGE_BREAK,
})  # fmt: skip
_SHORT_TEXT: Final = 600
"""Characters: about seven lines."""
_SHORT_TABLE: Final = 6
"""Rows."""


@dataclass(frozen=True, slots=True)
class Group:
    blocks: tuple[BlockView, ...]
    keep: bool


def groups(paper: Paper) -> tuple[Group, ...]:
    """All blocks of the paper in order, in groups."""
    return tuple(_groups(paper.blocks))


def _groups(blocks: tuple[BlockView, ...]) -> Iterator[Group]:
    waiting: list[BlockView] = []
    for block in blocks:
        waiting.append(block)
        if not _leads(block):
            yield _group(waiting)
            waiting = []
    if waiting:
        yield _group(waiting)


def _group(blocks: list[BlockView]) -> Group:
    breaks = any(isinstance(block, TextView) and block.style is Style.PAGE_BREAK for block in blocks)
    return Group(tuple(blocks), keep=not breaks and all(map(_is_short, blocks)))


def _leads(block: BlockView) -> bool:
    return isinstance(block, TextView) and (block.style in _LEADING or block.text.endswith(":"))


def _is_short(block: BlockView) -> bool:
    if isinstance(block, TextView):
        return len(block.text) <= _SHORT_TEXT
    return len(block.rows) <= _SHORT_TABLE and all(
        len(cell) <= _SHORT_TEXT for row in block.rows for cell in row
    )
