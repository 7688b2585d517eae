"""All that happened in a case, told from its audit events in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.audit.models import AuditEvent
from cases.audit.verbs import VERBS
from cases.lifecycle.models import Case
from cases.text import short_date

KINDS = {
    "case": "Hồ sơ, bước",
    "deadline": "Thời hạn",
    "document": "Văn bản",
    "evidence": "Chứng cứ",
    "letter": "Đơn thư",
    "session": "Kỳ họp",
    "ballot": "Bỏ phiếu",
    "decision": "Quyết định",
}
_DRAWINGS = {
    "deadline": "clock-history", "document": "file-earmark-text", "letter": "envelope-paper",
    "evidence": "paperclip", "session": "people", "ballot": "check2-square", "decision": "check2-square",
}  # fmt: skip
_PARTS = ("label", "title", "name", "form", "number", "symbol", "text", "outcome")
_DAYS = {"on": "ngày", "due": "hạn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One event: when, what in words, who, and what it says."""

    when: datetime
    verb: str
    title: str
    who: str
    text: str
    draw: str

    @property
    def kind(self) -> str:
        return self.verb.partition(".")[0]


def entries_of(case: Case, *, kind: str = "") -> list[TimelineEntry]:
    """The events of a case, newest first; `kind` narrows to one kind of thing.

    No event holds a sender or a voter's choice.
    """
    query = AuditEvent.select().where(AuditEvent.case_id == case.id).order_by(AuditEvent.id.desc())
    if kind in KINDS:
        query = query.where(AuditEvent.verb.startswith(f"{kind}."))
    return [_entry(event) for event in query]


def _entry(event: AuditEvent) -> TimelineEntry:
    kind = event.verb.partition(".")[0]
    return TimelineEntry(
        when=event.at, verb=event.verb, title=VERBS.get(event.verb, event.verb),
        who=event.actor.full_name if event.actor is not None else "Hệ thống",
        text=words_of(event.data), draw=_DRAWINGS.get(kind, "record-circle"),
    )  # fmt: skip


def words_of(data: Mapping[str, Any]) -> str:
    """The facts of an event a reader needs, in one line."""
    parts = [str(data[key]) for key in _PARTS if data.get(key)]
    parts += [f"{words} {_day(data[key])}" for key, words in _DAYS.items() if data.get(key)]
    if data.get("reason"):
        parts.append(f"lý do: {data['reason']}")
    if data.get("note"):
        parts.append(str(data["note"]))
    return "; ".join(dict.fromkeys(parts))


def _day(value: object) -> str:
    try:
        return short_date(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)
