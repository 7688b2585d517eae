"""The rule files as read: each record with its place, before anyone trusts it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from procedures.errors import RuleProblem
from procedures.facts import HolidayYear, Regulation, Rule, TimeLimit
from procedures.postponements import PostponementGround
from procedures.principles import Principle, Question
from procedures.schema import ProcedureName, Source
from procedures.votes import EligibilityRule, OpenPoint, Penalty, VotePrinciple, VoteRule
from procedures.words import key_path, sentence

TABLES: dict[str, dict[str, type[Rule]]] = {
    "regulations.toml": {"regulation": Regulation},
    "time_limits.toml": {"time_limit": TimeLimit},
    "catalogue.toml": {"procedure": ProcedureName},
    "penalties.toml": {"penalty": Penalty},
    "votes.toml": {"vote_rule": VoteRule, "vote_principle": VotePrinciple, "open_point": OpenPoint},
    "eligibility.toml": {"eligibility": EligibilityRule},
    "calendar.toml": {"holiday_year": HolidayYear},
    "principles.toml": {"principle": Principle},
    "postponements.toml": {"postponement_ground": PostponementGround},
    "to_confirm.toml": {"question": Question},
    "sources.toml": {"source": Source},
}
EDITION = "edition"
# What makes two records the same one; versions of a limit and editions share an id on purpose.
IDENTITY = {
    "regulation": ("number",),
    "procedure": ("code",),
    "penalty": ("subject_kind", "id"),
    "vote_rule": ("id",),
    "vote_principle": ("id",),
    "open_point": ("id",),
    "eligibility": ("id",),
    "principle": ("id",),
    "postponement_ground": ("id",),
    "question": ("order",),
    "holiday_year": ("year",),
    "source": ("key",),
    "pack": ("id",),
}
HOME = {table: file for file, tables in TABLES.items() for table in tables}
R = TypeVar("R", bound=Rule)


@dataclass(frozen=True)
class Entry:
    """One record: where it stands, its raw keys, and the rule when it was well formed."""

    file: str
    key: str
    raw: dict[str, Any]
    rule: Rule | None

    def problem(self, key: str, message: str) -> RuleProblem:
        return RuleProblem(self.file, f"{self.key}.{key}" if self.key else key, message)


@dataclass
class Draft:
    """All records by kind, all files as read, and the problems met so far."""

    folder: Path
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[RuleProblem] = field(default_factory=list)
    local: set[str] = field(default_factory=set)  # edition files of the commission's own folder
    based_on: dict[str, str | None] = field(default_factory=dict)  # edition file → file it differs from
    elsewhere: set[str] = field(default_factory=set)  # procedures served by packs, also those switched off

    def rules(self, kind: str, model: type[R]) -> Iterator[tuple[Entry, R]]:
        """Well-formed records of a kind with their places."""
        for entry in self.entries.get(kind, []):
            if isinstance(entry.rule, model):
                yield entry, entry.rule

    def known(self, kind: str, key: str = "id") -> set[str]:
        """Ids written down, also of malformed records: a typing slip must not look like a dangling id."""
        return {str(entry.raw[key]) for entry in self.entries.get(kind, []) if key in entry.raw}

    def lacks(self, kind: str, name: str, key: str = "id") -> bool:
        """Whether a name leads nowhere; a file that could not be read is blamed once, not by all others."""
        return HOME[kind] in self.files and name not in self.known(kind, key)

    def versions(self, limit_id: str) -> list[TimeLimit]:
        """Versions of a limit, or none when one of them is malformed: nothing can be concluded then."""
        named = [
            entry.rule for entry in self.entries.get("time_limit", []) if entry.raw.get("id") == limit_id
        ]
        sound = [rule for rule in named if isinstance(rule, TimeLimit)]
        return sound if len(sound) == len(named) else []

    def is_sound(self, file: str | None) -> bool:
        """Whether no problem was met in a file so far; those based on it are judged only then."""
        return file is None or all(problem.file != file for problem in self.problems)

    def depth(self, file: str) -> int:
        """How many editions stand between this one and the one written in full."""
        base = self.based_on.get(file)
        return 0 if base is None else 1 + self.depth(base)

    def give_way(self, kind: str, raw: dict[str, Any]) -> None:
        """Make room for a record of the commission's own: the last word is its."""
        kept = []
        for entry in self.entries.get(kind, []):
            if kind == "time_limit":
                kept.append(_ended(entry, raw))
            elif identity(kind, entry.raw) != identity(kind, raw):
                kept.append(entry)
        self.entries[kind] = kept

    def add(self, kind: str, model: type[Rule], raw: dict[str, Any], file: str, key: str) -> None:
        rule: Rule | None = None
        try:
            rule = model.model_validate(raw)
        except ValidationError as error:
            for detail in error.errors():
                path = key_path(detail["loc"])
                whole = ".".join(part for part in (key, path) if part) or "(cả tệp)"
                self.problems.append(RuleProblem(file, whole, sentence(detail)))
        self.entries.setdefault(kind, []).append(Entry(file, key, raw, rule))


def identity(kind: str, raw: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(raw.get(key)) for key in IDENTITY[kind])


def ending(raw: dict[str, Any], starts: Iterable[object]) -> dict[str, dt.date]:
    """The last day left to a version when others of a later layer begin: the day before the next one."""
    own = raw.get("valid_from") or dt.date.min
    later = [day for day in starts if isinstance(day, dt.date) and isinstance(own, dt.date) and day > own]
    if not later:
        return {}
    before = min(later) - dt.timedelta(days=1)
    until = raw.get("valid_to")
    return {"valid_to": min(before, until) if isinstance(until, dt.date) else before}


def _ended(entry: Entry, later: dict[str, Any]) -> Entry:
    if entry.raw.get("id") != later.get("id") or entry.rule is None:
        return entry
    return replace(entry, rule=entry.rule.model_copy(update=ending(entry.raw, [later.get("valid_from")])))
