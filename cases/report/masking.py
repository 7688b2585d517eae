"""The last look before a report leaves: a sender's name that somebody typed into a text is struck out.

The report asks for no sender; but people type summaries, notes and reasons by hand.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from cases.text import fold

STRUCK: Final = "(người gửi đơn)"
# Fields that hold the name of a subject or of a colleague and nothing a person could add to.
NAMES: Final = frozenset(
    {"subject_name", "subject", "team_commissioner", "full_name", "who", "decided_by", "case_number"}
)


def masked(values: Any, names: Iterable[str]) -> Any:
    """The same values with every one of `names` replaced, whatever the case, the tones
    and the spaces in it.

    A subject or colleague who happens to be called the same keeps the name in the fields made for it.
    """
    patterns = [_pattern(name) for name in names if name.strip()]
    return _strike(values, patterns)


def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in fold(name).split())
    return re.compile(rf"(?<!\w){words}(?!\w)")


def _struck(text: str, pattern: re.Pattern[str]) -> str:
    """The text without the name, found with or without its tones, composed or not."""
    plain, places = _plain(text)
    for found in reversed(list(pattern.finditer(plain))):
        last = places[found.end()] if found.end() < len(places) else len(text)
        text = text[: places[found.start()]] + STRUCK + text[last:]
    return text


def _plain(text: str) -> tuple[str, list[int]]:
    """The folded letters with their spaces, and the place in the text from which each comes."""
    pairs = [
        (letter, place)
        for place, char in enumerate(text)
        for letter in fold(char) or (" " if char.isspace() else "")
    ]
    return "".join(letter for letter, _ in pairs), [place for _, place in pairs]


def _strike(value: Any, patterns: list[re.Pattern[str]]) -> Any:
    match value:
        case str():
            for pattern in patterns:
                value = _struck(value, pattern)
            return value
        case dict():
            return {
                name: inner if name in NAMES else _strike(inner, patterns) for name, inner in value.items()
            }
        case list():
            return [_strike(inner, patterns) for inner in value]
        case _:
            return value
