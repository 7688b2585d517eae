"""What a vote on a complaint against discipline offers: keep, increase, reduce or lift the penalty.

The options and their threshold are data, not confirmed law (complaints.toml).
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from cases.lifecycle.models import Case
from cases.lifecycle.progress import edition_of
from cases.sessions.rules import Choice, threshold_of
from procedures.schema import VoteRule

COMPLAINTS: Final = "KN-"  # how the families of form sets for complaints begin
SETTLEMENT: Final = "F05"


def is_complaint(case: Case) -> bool:
    """Whether the case settles a complaint: then one votes on the complaint, not on a form of discipline."""
    return edition_of(case).family.startswith(COMPLAINTS)


def complaint_lines() -> tuple[Choice, ...]:
    """The lines of the ballot, in the order they are printed, without votes."""
    threshold = threshold_of(complaint_rule())
    return tuple(
        Choice(id=one["id"], label=one["label"], votes=0, threshold=threshold, cumulates=False)
        for one in _data()["option"]
    )


def complaint_rule() -> VoteRule:
    return VoteRule.model_validate(_data()["vote_rule"])


def option_label(option_id: str) -> str:
    """The words of an option; raises KeyError for anything else."""
    return {line.id: line.label for line in complaint_lines()}[option_id]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("complaints.toml").read_text(encoding="utf-8"))
