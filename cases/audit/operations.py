"""One verb, one transaction, one audit event: every operation runs inside `act`."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cases.audit.models import AuditEvent
from cases.audit.verbs import VERBS
from cases.db import BaseModel, lock_name, transaction
from cases.people.actor import Actor

GENESIS = "0" * 64


@dataclass
class Draft:
    """What the running operation says about itself; stored when it succeeds."""

    data: dict[str, Any] = field(default_factory=dict)
    object_type: str = ""
    object_id: int | None = None
    case_id: int | None = None
    letter_id: int | None = None
    commission_id: int | None = None

    def about(self, thing: BaseModel) -> None:
        """Name the object of the verb, and the case, letter and commission it belongs to."""
        self.object_type = type(thing).__name__.lower()
        self.object_id = thing.get_id()
        for name in ("case", "letter", "commission"):
            own = thing.get_id() if self.object_type == name else getattr(thing, f"{name}_id", None)
            if own is not None:
                setattr(self, f"{name}_id", own)

    def say(self, **data: Any) -> None:
        """Add facts a reader of the journal needs; never a sender's identity, never a voter's choice."""
        self.data.update(data)


@contextmanager
def act(actor: Actor | None, verb: str, *, now: datetime) -> Iterator[Draft]:
    """Run one operation: all of its writes and its audit event, or nothing.

    `actor` is None only for what the installation does itself (set-up, import from the command line).
    """
    if verb not in VERBS:
        raise KeyError(f"unknown verb {verb!r}: name it in cases/audit/verbs.py")
    with transaction():
        # The chain has one end, and two transactions may not both extend it. Taken first, so that no verb
        # holds a number series while it waits for the chain (SQLite lets one writer in at a time anyway).
        lock_name("audit-chain")
        draft = Draft()
        yield draft
        _append(actor, verb, draft, now)


def _append(actor: Actor | None, verb: str, draft: Draft, now: datetime) -> None:
    last = AuditEvent.select(AuditEvent.hash).order_by(AuditEvent.id.desc()).first()
    event = AuditEvent(
        at=now.astimezone(UTC),
        actor=actor.user_id if actor else None,
        commission=actor.commission_id if actor else draft.commission_id,
        verb=verb,
        object_type=draft.object_type,
        object_id=draft.object_id,
        case_id=draft.case_id,
        letter_id=draft.letter_id,
        # As the database will give it back: names of a JSON object are text, tuples are lists.
        data=json.loads(json.dumps(draft.data)),
        previous_hash=last.hash if last else GENESIS,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)


def event_hash(event: AuditEvent) -> str:
    """SHA-256 over the event's facts and the hash before it, in one canonical form."""
    facts = [
        event.previous_hash,
        event.at.isoformat(timespec="microseconds"),
        event.actor_id,
        event.commission_id,
        event.verb,
        event.object_type,
        event.object_id,
        event.case_id,
        event.letter_id,
        event.data,
    ]
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken_event() -> int | None:
    """The id of the first event whose hash or link is wrong; None when the whole chain holds."""
    previous = GENESIS
    for event in AuditEvent.select().order_by(AuditEvent.id).iterator():
        if event.previous_hash != previous or event_hash(event) != event.hash:
            return int(event.id)
        previous = event.hash
    return None
