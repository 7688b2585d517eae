"""What is done to letters, from the register to the decision. One verb, one transaction, one event."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from cases.audit.operations import act
from cases.clock import local_day
from cases.errors import Invalid, Stale
from cases.intake import guards, queries
from cases.intake.export import register_workbook
from cases.intake.models import Letter, LetterCheck
from cases.intake.numbers import full_number, search_text_of
from cases.intake.sealing import copy_seal, refuse_sender_of, seal_sender, sealed_identity
from cases.intake.splitting import part_of, plan_for
from cases.intake.terms import (
    CheckAnswer,
    Classification,
    Handled,
    Handling,
    LetterData,
    PartData,
    State,
)
from cases.intake.validation import checked, require_choice, require_text
from cases.intake.vault import SenderIdentity
from cases.lifecycle.operations import join_letter
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.people.series import take_number
from cases.text import clean_line

SERIES = "letters"


def log_letter(actor: Actor, data: LetterData, *, now: datetime) -> Letter:
    """Enter a letter in the register of its year. A subject whose name is certain is matched at once."""
    actor.require(Permission.LOG_LETTERS)
    data = checked(data, today=local_day(now))
    with act(actor, "letter.logged", now=now) as event:
        year = data.received_on.year
        number = take_number(actor.commission_id, SERIES, str(year))
        letter = Letter(
            commission=actor.commission_id, year=year, number=number,
            created_by=actor.user_id, created_at=now, **data.columns(),
        )  # fmt: skip
        letter.subject_member, letter.subject_organisation = guards.subject_for(actor, data)
        letter.search_text = search_text_of(letter)
        letter.save(force_insert=True)
        seal_sender(letter, data.sender)
        event.about(letter)
        event.say(number=full_number(letter), kind=letter.kind, identity=letter.identity)
    return letter


def change_letter(actor: Actor, letter_id: int, data: LetterData, *, version: int, now: datetime) -> Letter:
    """Correct what was entered, before anything is proposed. The journal names the fields, not the values.

    An empty sender leaves the sealed one as it is: whoever corrects need not see it.
    """
    actor.require(Permission.LOG_LETTERS)
    letter = queries.letter_of(actor, letter_id)
    guards.require_state(letter, State.LOGGED, State.CLASSIFIED)
    keeps_seal = data.sender == SenderIdentity()
    data = guards.checked_correction(letter, data, today=local_day(now))
    columns = data.columns()
    changed = sorted(name for name, value in columns.items() if getattr(letter, name) != value)
    if "subject_name" in changed or data.member_id or data.organisation_id:
        columns["subject_member"], columns["subject_organisation"] = guards.subject_for(actor, data)
    with act(actor, "letter.changed", now=now) as event:
        _write(letter, version=version, **columns)
        if not keeps_seal:
            seal_sender(letter, data.sender)
        event.about(letter)
        event.say(fields=changed, sender_changed=not keeps_seal)
    return letter


def classify_letter(
    actor: Actor, letter_id: int, what: Classification, *, version: int | None = None, now: datetime
) -> Letter:
    """Say what the letter is, whom it is about and who handles it."""
    actor.require(Permission.CLASSIFY_LETTERS)
    letter = queries.letter_of(actor, letter_id)
    guards.require_state(letter, State.LOGGED, State.CLASSIFIED)
    guards.check_classification(letter, what)
    handler = guards.checked_handler(actor, what.handler_id, what.member_id)
    member, organisation = guards.checked_subject(actor, what.member_id, what.organisation_id)
    with act(actor, "letter.classified", now=now) as event:
        _write(
            letter, version=version, state=State.CLASSIFIED.value, kind=what.kind, identity=what.identity,
            handler=handler, handler_name=handler.full_name if handler else "",
            subject_member=member, subject_organisation=organisation,
        )  # fmt: skip
        event.about(letter)
        event.say(kind=what.kind, identity=what.identity, handler=handler.full_name if handler else "")
    return letter


def mark_duplicate(actor: Actor, letter_id: int, *, of: int | None, now: datetime) -> Letter:
    """Say that a letter repeats an earlier one (or, with `of=None`, that it does not)."""
    actor.require(Permission.CLASSIFY_LETTERS)
    letter = queries.letter_of(actor, letter_id)
    first = queries.letter_of(actor, of) if of is not None else None
    if first is not None and (first.year, first.number) >= (letter.year, letter.number):
        raise Invalid("Đơn trùng phải là đơn vào sổ trước đơn này.", field="of")
    with act(actor, "letter.changed", now=now) as event:
        _write(letter, duplicate_of=first)
        event.about(letter)
        event.say(fields=["duplicate_of"], duplicate_of=full_number(first) if first else "")
    return letter


def answer_checks(
    actor: Actor,
    letter_id: int,
    answers: Sequence[CheckAnswer],
    *,
    computed: dict[str, str],
    version: int | None = None,
    now: datetime,
) -> Letter:
    """Keep what a person answers to the eligibility rules, beside what was computed (`rule id: verdict`).

    An answer against the computed verdict needs a note that says why.
    """
    actor.require(Permission.CLASSIFY_LETTERS)
    letter = queries.letter_of(actor, letter_id)
    guards.require_open(letter)
    for one in answers:
        guards.check_answer(letter, one, computed)
    with act(actor, "letter.checked", now=now) as event:
        _write(letter, version=version)
        before = queries.answers_of(letter)
        LetterCheck.delete().where(LetterCheck.letter == letter.id).execute()
        for one in answers:
            LetterCheck.create(
                letter=letter, rule_id=one.rule_id, computed=computed[one.rule_id], answer=one.answer,
                note=one.note.strip(), answered_by=guards.who_answered(actor, one, before.get(one.rule_id)),
            )  # fmt: skip
        event.about(letter)
        event.say(fails=[one.rule_id for one in answers if one.answer == "fails"])
    return letter


def split_letter(
    actor: Actor, letter_id: int, parts: Sequence[PartData], *, version: int | None = None, now: datetime
) -> list[Letter]:
    """Split a mixed letter as T-37 says: the complaint goes on, the sender is guided to denounce separately.

    The parts get the number of the original with "a", "b"; the denunciation part may be given to somebody
    to keep informed of, and is then proposed to be held instead of guided.
    """
    actor.require(Permission.CLASSIFY_LETTERS)
    letter = queries.letter_of(actor, letter_id)
    guards.require_state(letter, State.CLASSIFIED)
    plan = plan_for(letter, parts)
    with act(actor, "letter.split", now=now) as event:
        _write(letter, version=version, state=State.SPLIT.value)
        made = [part_of(actor, letter, rule, part, now=now) for rule, part in zip(plan, parts, strict=True)]
        for part in made:
            part.save(force_insert=True)
            copy_seal(letter, to=part)
        event.about(letter)
        event.say(parts=[full_number(part) for part in made])
    return made


def propose(
    actor: Actor, letter_id: int, *, proposal: str, note: str, version: int | None = None, now: datetime
) -> Letter:
    """Propose what to do with a classified letter, or anew with one that was held for information."""
    actor.require(Permission.CLASSIFY_LETTERS)
    letter = queries.letter_of(actor, letter_id)
    if letter.handling != Handling.HELD:
        guards.require_state(letter, State.CLASSIFIED, State.PROPOSED)
    require_choice(proposal, Handling, "proposal")
    note = require_text(note, "note", "Ghi lý do đề xuất để lãnh đạo xem xét.")
    refuse_sender_of(letter, ("note", note))
    with act(actor, "letter.proposed", now=now) as event:
        _write(
            letter, version=version, state=State.PROPOSED.value, proposal=proposal, proposal_note=note,
            proposed_by=actor.user_id, proposed_on=local_day(now), handling="", handled_on=None,
            handled_by=None,
        )  # fmt: skip
        event.about(letter)
        event.say(proposal=proposal, reason=note)
    return letter


def decide_letter(
    actor: Actor,
    letter_id: int,
    *,
    handling: str,
    reason: str,
    reference: str = "",
    target: str = "",
    case_id: int | None = None,
    due_on: date | None = None,
    version: int | None = None,
    now: datetime,
) -> Letter:
    """Decide what is done with a letter. Whoever entered or proposed it may not decide it.

    Raises Invalid for a transfer without a receiver or a joining without a case that may be seen.
    """
    actor.require(Permission.DECIDE_LETTERS)
    letter = queries.letter_of(actor, letter_id)
    guards.require_state(letter, State.CLASSIFIED, State.PROPOSED)
    guards.require_decider(actor, letter)
    typed = Handled(
        handling=handling, reason=reason, reference=reference, target=target, case_id=case_id, due_on=due_on
    )
    done, case = guards.checked_decision(actor, typed, received_on=letter.received_on)
    refuse_sender_of(letter, ("reason", done.reason), ("target", done.target), ("reference", done.reference))
    day = local_day(now)
    with act(actor, "letter.decided", now=now) as event:
        _write(
            letter, version=version, state=State.DECIDED.value, leader_opinion=done.reason,
            leader_opinion_on=day, handled_on=day, handled_by=actor.user_id, **done.columns(),
        )  # fmt: skip
        if case is not None:
            join_letter(actor, case.id, letter.id, now=now)
        event.about(letter)
        event.case_id = case.id if case else None
        event.say(handling=done.handling, reason=done.reason, target=done.target, reference=done.reference)
    return letter


def record_result(actor: Actor, letter_id: int, *, result: str, now: datetime) -> Letter:
    """Write down what came of a decided letter."""
    actor.require(Permission.CLASSIFY_LETTERS)
    letter = queries.letter_of(actor, letter_id)
    guards.require_state(letter, State.DECIDED)
    result = require_text(result, "result", "Chưa ghi kết quả.")
    refuse_sender_of(letter, ("result", result))
    with act(actor, "letter.changed", now=now) as event:
        _write(letter, result=result)
        event.about(letter)
        event.say(fields=["result"])
    return letter


def see_sender(actor: Actor, letter_id: int, *, reason: str, now: datetime) -> SenderIdentity:
    """Open the sealed identity for a stated reason; the journal keeps who looked and why, never the name."""
    actor.require(Permission.SEE_SENDERS)
    letter = queries.letter_of(actor, letter_id)
    reason = require_text(reason, "reason", "Ghi lý do cần xem danh tính người gửi đơn.")
    refuse_sender_of(letter, ("reason", reason))
    with act(actor, "letter.sender_seen", now=now) as event:
        event.about(letter)
        event.say(reason=reason)
    return sealed_identity(letter)


def find_sender(actor: Actor, name: str, *, now: datetime) -> list[Letter]:
    """Letters of a sender by words of the name; that somebody asked is journalled, the name is not."""
    actor.require(Permission.SEE_SENDERS)
    if not clean_line(name):
        raise Invalid("Ghi họ tên người gửi cần tìm.", field="name")
    with act(actor, "letter.sender_searched", now=now) as event:
        found = queries.sent_by(actor, name)
        event.say(found=len(found))
    return found


def export_register(
    actor: Actor, wanted: queries.LetterFilter, *, with_senders: bool, reason: str, title: str, now: datetime
) -> bytes:
    """Register R02 as XLSX, the letters the actor may see that fit `wanted`.

    Senders are opened only with SEE_SENDERS and for a stated reason; otherwise the column says sealed.
    """
    actor.require(Permission.EXPORT_LETTERS)
    if with_senders:
        actor.require(Permission.SEE_SENDERS)
        reason = require_text(reason, "reason", "Ghi lý do cần kết xuất danh tính người gửi đơn.")
    letters = queries.for_register(actor, wanted)
    with act(actor, "register.exported", now=now) as event:
        event.say(register="R02", rows=len(letters), senders=with_senders, reason=reason)
    return register_workbook(letters, title=title, senders=sealed_identity if with_senders else None)


def _write(letter: Letter, *, version: int | None = None, **values: Any) -> None:
    """Write over the version read (or shown on the page); raises Stale when it is not the last."""
    expected = letter.version if version is None else version
    for name, value in values.items():
        setattr(letter, name, value)
    letter.search_text, letter.version = search_text_of(letter), expected + 1
    values |= {"search_text": letter.search_text, "version": letter.version}
    if not Letter.update(values).where(Letter.id == letter.id, Letter.version == expected).execute():
        raise Stale(
            f"Đơn số {full_number(letter)} vừa được người khác sửa, nên chưa ghi gì. "
            "Mở lại đơn để xem nội dung mới rồi làm lại."
        )
