"""The closed vocabularies of the letter register (R02), with the words people read."""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final

from cases.intake.vault import SenderIdentity
from procedures.schema import IdentityStatus, LetterKind
from procedures.terms import Term

UNCLASSIFIED: Final = "unclassified"
UNCLASSIFIED_LABEL: Final = "chưa phân loại"
SEALED: Final = "đã niêm phong"


class Source(Term):
    """How a letter came in."""

    POST = "post", "bưu điện"
    IN_PERSON = "in_person", "trực tiếp"
    FORWARDED = "forwarded", "chuyển đến"
    ELECTRONIC = "electronic", "điện tử"
    RECEPTION = "reception", "tiếp công dân"


class State(Term):
    """How far the handling of a letter has come."""

    LOGGED = "logged", "mới vào sổ"
    CLASSIFIED = "classified", "đã phân loại"
    PROPOSED = "proposed", "chờ quyết định"
    DECIDED = "decided", "đã quyết định"
    SPLIT = "split", "đã tách"


class Handling(Term):
    """What is done with a letter."""

    ACCEPTED = "accepted", "thụ lý"
    TRANSFERRED = "transferred", "chuyển đơn"
    GUIDED = "guided", "hướng dẫn, trả đơn"
    FILED = "filed", "lưu đơn"
    JOINED = "joined", "ghép vào vụ việc"
    HELD = "held", "nắm tình hình"


KINDS: Final = {kind.value: kind for kind in LetterKind}
IDENTITIES: Final = {identity.value: identity for identity in IdentityStatus}
SOURCES: Final = {source.value: source for source in Source}
STATES: Final = {state.value: state for state in State}
HANDLINGS: Final = {handling.value: handling for handling in Handling}


def kind_label(kind: str) -> str:
    return UNCLASSIFIED_LABEL if kind == UNCLASSIFIED else KINDS[kind].label


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterData:
    """A letter as the clerk reads it. `identity` empty: told from the sender's name and address.

    `member_id` or `organisation_id`: the subject a person picked; without them a certain name is matched.
    """

    received_on: date
    source: str = Source.POST.value
    transfer_reference: str = ""
    written_on: date | None = None
    posted_on: date | None = None
    sender: SenderIdentity = field(default_factory=SenderIdentity, repr=False)
    identity: str = ""
    kind: str = UNCLASSIFIED
    subject_name: str = ""
    subject_post: str = ""
    subject_place: str = ""
    summary: str = ""
    violation_ended_on: date | None = None
    pages: int | None = None
    enclosures: str = ""
    note: str = ""
    member_id: int | None = None
    organisation_id: int | None = None

    def columns(self) -> dict[str, Any]:
        """What is stored in readable columns: everything but the sender and the matched subject."""
        left_out = {"sender", "member_id", "organisation_id"}
        return {item.name: getattr(self, item.name) for item in fields(self) if item.name not in left_out}


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """What a person says the letter is, whom it is about and who handles it."""

    kind: str
    identity: str
    member_id: int | None = None
    organisation_id: int | None = None
    handler_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartData:
    """One part of a mixed letter: its own words, and who takes it on."""

    summary: str
    subject_name: str = ""
    handler_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer:
    """A person's answer to one eligibility rule: `ok`, `fails`, or empty for not yet looked at."""

    rule_id: str
    answer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """A decision on a letter. `target`: to whom it goes; `case_id`: the case it joins."""

    handling: str
    reason: str
    reference: str = ""
    target: str = ""
    case_id: int | None = None
    due_on: date | None = None

    def columns(self) -> dict[str, Any]:
        """What is stored of the decision on the letter itself."""
        return {
            "handling": self.handling, "handling_reason": self.reason, "handling_reference": self.reference,
            "handling_target": self.target, "due_on": self.due_on,
        }  # fmt: skip
