"""The parts of a mixed letter, made from the plan of T-37 and what a person wrote for each."""

from collections.abc import Sequence
from datetime import datetime

from cases.errors import Invalid, Refused
from cases.intake.guards import checked_handler
from cases.intake.matching import only_member_named, only_organisation_named
from cases.intake.models import Letter
from cases.intake.numbers import search_text_of
from cases.intake.rules import LetterPart, PartAction, split_mixed
from cases.intake.sealing import refuse_sender_named, sealed_identity
from cases.intake.terms import KINDS, Handling, PartData, State
from cases.intake.validation import require_text
from cases.people.actor import Actor
from cases.text import clean_line

_COPIED = (
    "commission_id", "year", "number", "received_on", "written_on", "posted_on", "source",
    "transfer_reference", "identity", "subject_post", "subject_place", "subject_member_id",
    "subject_organisation_id", "violation_ended_on", "pages", "enclosures", "due_on",
)  # fmt: skip


def plan_for(letter: Letter, parts: Sequence[PartData]) -> tuple[LetterPart, ...]:
    """What T-37 says the parts are; raises Refused for a letter that is not mixed."""
    plan = split_mixed(KINDS[letter.kind])
    if not plan:
        raise Refused("Chỉ tách đơn có nhiều nội dung. Đơn này không phân loại là đơn có nhiều nội dung.")
    if len(parts) != len(plan):
        raise Invalid("Mỗi phần của đơn cần có nội dung riêng.")
    return plan


def part_of(actor: Actor, whole: Letter, rule: LetterPart, data: PartData, *, now: datetime) -> Letter:
    """One part, not saved yet: number of the whole with the suffix of the rule, its own words and subject.

    Raises Invalid for a part without words; the field is `a_summary`, `b_summary`.
    """
    field = f"{rule.suffix}_summary"
    summary = require_text(data.summary, field, f"Chưa có nội dung của phần “{rule.kind.label}”.")
    subject = clean_line(data.subject_name) or whole.subject_name
    refuse_sender_named(
        sealed_identity(whole), [(field, summary)], kind=rule.kind.value, subject_name=whole.subject_name
    )
    part = Letter(
        **{name: getattr(whole, name) for name in _COPIED},
        part=rule.suffix, kind=rule.kind.value, state=State.CLASSIFIED.value, summary=summary,
        subject_name=subject, split_from=whole, created_by=actor.user_id, created_at=now,
    )  # fmt: skip
    if subject != whole.subject_name:
        part.subject_member = only_member_named(actor, subject)
        part.subject_organisation = (
            None if part.subject_member_id else only_organisation_named(actor, subject)
        )
    handler = checked_handler(actor, data.handler_id, part.subject_member_id)
    part.handler, part.handler_name = handler, handler.full_name if handler else ""
    part.proposal, part.proposal_note = _first_proposal(rule, has_handler=handler is not None)
    part.search_text = search_text_of(part)
    return part


def _first_proposal(rule: LetterPart, *, has_handler: bool) -> tuple[str, str]:
    if rule.action is not PartAction.GUIDE:
        return "", ""
    handling = Handling.HELD if has_handler else Handling.GUIDED
    return handling.value, rule.explanation
