"""The regulations of each area in order of time, with what replaces or changes what."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cases.text import fold
from procedures.schema import Regulation, RegulationArea, RuleBook


@dataclass(frozen=True)
class RegulationView:
    """A text with the texts that came after it."""

    regulation: Regulation
    replaced_by: tuple[str, ...]
    amended_by: tuple[str, ...]
    state: Literal["past", "in_force", "future"]

    @property
    def anchor(self) -> str:
        return anchor(self.regulation.number)


@dataclass(frozen=True)
class Area:
    area: RegulationArea
    texts: tuple[RegulationView, ...]


def anchor(number: str) -> str:
    """Where on the page a text stands: `vb-22-qd-tw`."""
    return "vb-" + re.sub(r"[^a-z0-9]+", "-", fold(number)).strip("-")


def by_area(book: RuleBook, today: date) -> list[Area]:
    """Every area that has texts, each text by the day it came into force, oldest first."""
    found = []
    for area in RegulationArea:
        texts = sorted((one for one in book.regulations if one.area is area), key=lambda one: one.valid_from)
        if texts:
            found.append(Area(area, tuple(_view(book, one, today) for one in texts)))
    return found


def _view(book: RuleBook, text: Regulation, today: date) -> RegulationView:
    return RegulationView(
        text,
        tuple(one.number for one in book.regulations if text.number in one.replaces),
        tuple(one.number for one in book.regulations if text.number in one.amends),
        _state(text, today),
    )


def _state(text: Regulation, today: date) -> Literal["past", "in_force", "future"]:
    if text.in_force(today):
        return "in_force"
    return "future" if today < text.valid_from else "past"
