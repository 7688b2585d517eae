"""The verbs about cases, by topic: opening, steps, branches, people_on_case, findings."""

from cases.lifecycle.branches import open_branch, switch_case
from cases.lifecycle.edition_switch import switch_edition
from cases.lifecycle.findings import (
    FindingData,
    add_follow_up,
    conclude_allegation,
    date_finding,
    finish_follow_up,
    record_allegation,
    record_finding,
)
from cases.lifecycle.holds import go_on, hold_case
from cases.lifecycle.opening import NewCase, join_letter, open_case
from cases.lifecycle.people_on_case import (
    TeamPost,
    add_party,
    declare_conflict,
    identify_party,
    name_directing,
    name_team,
)
from cases.lifecycle.steps import (
    close_case,
    complete_step,
    complete_step_by_key,
    repeat_step,
    return_step,
    skip_step,
    take_step,
)
from cases.lifecycle.subjects import NewParty

__all__ = [
    "FindingData", "NewCase", "NewParty", "TeamPost", "add_follow_up", "add_party", "close_case",
    "complete_step", "complete_step_by_key", "conclude_allegation", "date_finding", "declare_conflict",
    "finish_follow_up", "go_on", "hold_case", "identify_party", "join_letter", "name_directing",
    "name_team", "open_branch", "open_case", "record_allegation", "record_finding", "repeat_step",
    "return_step", "skip_step", "switch_case", "switch_edition", "take_step",
]  # fmt: skip
