"""Which forms of discipline a commission may not decide itself, only propose. Data, not confirmed law."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cases.people.models import Commission
from procedures.schema import Confidence


@dataclass(frozen=True, slots=True)
class Powers:
    """The forms above a commission's power, with where that is written and whether anybody confirmed it."""

    beyond: frozenset[str]
    source: str
    note: str
    confidence: Confidence
    own_setting: bool

    @property
    def confirmed(self) -> bool:
        """Whether the commission itself has said so; the default of the program is not confirmed."""
        return self.own_setting


def powers_of(commission: Commission) -> Powers:
    """The commission's own setting, or the default for its level."""
    data = _defaults()
    own = commission.settings.get(data["setting"])
    beyond = own if isinstance(own, list) else data["levels"][commission.level]["penalties"]
    confidence = next(level for level in Confidence if level.value == data["confidence"])
    return Powers(
        frozenset(beyond), data["source"], data["note"], confidence, own_setting=isinstance(own, list)
    )


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("powers.toml").read_text(encoding="utf-8"))
