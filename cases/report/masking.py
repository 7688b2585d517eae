"""The last look before a report leaves: a sender's name that somebody typed into a text is struck out.

The report asks for no sender; but people type summaries, notes and reasons by hand.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

STRUCK: Final = "(người gửi đơn)"
# Fields that hold the name of a subject or of a colleague and nothing a person could add to.
NAMES: Final = frozenset(
    {"subject_name", "subject", "team_commissioner", "full_name", "who", "decided_by", "case_number"}
)


def masked(values: Any, names: Iterable[str]) -> Any:
    """The same values with every one of `names` replaced, whatever the case and the spaces in it.

    A subject or colleague who happens to be called the same keeps the name in the fields made for it.
    """
    patterns = [_pattern(name) for name in names if name.strip()]
    return _strike(values, patterns)


def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _strike(value: Any, patterns: list[re.Pattern[str]]) -> Any:
    match value:
        case str():
            for pattern in patterns:
                value = pattern.sub(STRUCK, value)
            return value
        case dict():
            return {
                name: inner if name in NAMES else _strike(inner, patterns) for name, inner in value.items()
            }
        case list():
            return [_strike(inner, patterns) for inner in value]
        case _:
            return value
