"""The rule files as read: each record with its place, before anyone trusts it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from procedures.editions import ProcedureEdition
from procedures.errors import RuleProblem
from procedures.facts import HolidayYear, Regulation, Rule, TimeLimit
from procedures.principles import Principle
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
    "sources.toml": {"source": Source},
}
EDITION = "edition"
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


def read_draft(folder: Path) -> Draft:
    """Reads every rule file of the folder; problems are collected, not raised."""
    draft = Draft(folder)
    for name, tables in TABLES.items():
        _read_tables(draft, name, tables)
    paths = sorted(folder.glob("*/*.toml"))
    raw_editions = {path: raw for path in paths if (raw := _read(draft, path)) is not None}
    loaded = {str(raw.get("code")) for raw in raw_editions.values()}
    later = draft.known("procedure", "code") - loaded
    for path, raw in raw_editions.items():
        file = path.relative_to(folder).as_posix()
        draft.add(EDITION, ProcedureEdition, _set_aside(raw, later), file, "")
    return draft


def _read(draft: Draft, path: Path) -> dict[str, Any] | None:
    file = path.relative_to(draft.folder).as_posix()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        draft.problems.append(RuleProblem(file, "(cả tệp)", "không có tệp này; hãy thêm lại"))
    except UnicodeDecodeError:
        draft.problems.append(RuleProblem(file, "(cả tệp)", "không phải UTF-8; lưu lại với mã UTF-8"))
    except tomllib.TOMLDecodeError as error:
        draft.problems.append(RuleProblem(file, "(cả tệp)", f"viết sai cú pháp TOML: {error}"))
    else:
        draft.files[file] = raw
        return raw
    return None


def _read_tables(draft: Draft, name: str, tables: dict[str, type[Rule]]) -> None:
    raw = _read(draft, draft.folder / name)
    for table, records in (raw or {}).items():
        model = tables.get(table)
        if model is None or not isinstance(records, list):
            wanted = ", ".join(f"[[{known}]]" for known in tables)
            draft.problems.append(RuleProblem(name, table, f"bảng lạ; tệp này chỉ có {wanted}"))
            continue
        for position, record in enumerate(records, start=1):
            where = f"{table}[{position}]"
            if isinstance(record, dict):
                draft.add(table, model, record, name, where + _title(record))
            else:
                draft.problems.append(RuleProblem(name, where, f"phải viết thành nhóm [[{table}]]"))


def _title(record: dict[str, Any]) -> str:
    name = next((record[key] for key in ("id", "number", "code", "key", "year") if key in record), None)
    return f" ({name})" if name is not None else ""


def _set_aside(raw: dict[str, Any], later: set[str]) -> dict[str, Any]:
    """Moves link targets that have no edition yet from ``to`` to ``later``."""
    links = raw.get("links")
    if not isinstance(links, list):
        return raw
    return raw | {"links": [_split_link(link, later) for link in links]}


def _split_link(link: Any, later: set[str]) -> Any:
    if not isinstance(link, dict) or not isinstance(link.get("to"), list):
        return link  # malformed: the schema will say so
    targets = link["to"]
    return link | {
        "to": [code for code in targets if str(code) not in later],
        "later": [code for code in targets if str(code) in later],
    }
