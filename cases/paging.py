"""Pages of a long list."""

from dataclasses import dataclass
from typing import Any

from flask import request
from peewee import ModelSelect

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """One page of a list: its rows, its number from 1, how many pages and rows there are."""

    rows: list[Any]
    number: int
    pages: int
    total: int


def page_of(query: "ModelSelect[Any]", number: int, size: int = PAGE_SIZE) -> Page:
    """Cut one page out of an ordered query; a number beyond the end gives the last page."""
    total = query.count()
    pages = max(1, -(-total // size))
    number = min(max(number, 1), pages)
    return Page(list(query.paginate(number, size)), number, pages, total)


def page_number() -> int:
    """The page asked for by the address; anything that is no number means the first."""
    return request.args.get("trang", 1, type=int)
