"""Who and what an act on a letter may involve; each refusal says why and what to do."""

from dataclasses import replace
from datetime import date

from cases.errors import Invalid, NotFound, Refused
from cases.intake.matching import only_member_named, only_organisation_named
from cases.intake.models import Letter, LetterCheck
from cases.intake.numbers import full_number
from cases.intake.queries import possible_handlers
from cases.intake.sealing import refuse_sender_named, refuse_sender_of, sealed_identity
from cases.intake.terms import STATES, CheckAnswer, Classification, Handled, Handling, LetterData, State
from cases.intake.validation import checked, require_choice, require_identity, require_kind, require_text
from cases.intake.vault import SenderIdentity
from cases.lifecycle.models import Case
from cases.lifecycle.queries import case_of
from cases.parties.models import Member, Organisation
from cases.parties.queries import member_of, organisation_of
from cases.people.actor import Actor
from cases.people.models import User
from cases.text import clean_line

_NEXT = {
    State.LOGGED: "Phân loại đơn trước.",
    State.CLASSIFIED: "Đề xuất xử lý trước.",
    State.PROPOSED: "Đơn đang chờ lãnh đạo quyết định.",
    State.DECIDED: "Đơn đã có quyết định xử lý.",
    State.SPLIT: "Đơn đã tách: làm việc trên từng phần của đơn.",
}


def require_state(letter: Letter, *allowed: State) -> None:
    """Refuse an act that does not fit the state of the letter."""
    state = STATES[letter.state]
    if state not in allowed:
        raise Refused(
            f"Đơn số {full_number(letter)} ở trạng thái “{state.label}” nên chưa làm được việc này. "
            f"{_NEXT[state]}",
            state=state.value,
        )


def require_open(letter: Letter) -> None:
    """Refuse what only makes sense for a classified letter that is not decided."""
    require_state(letter, State.CLASSIFIED, State.PROPOSED)


def require_decider(actor: Actor, letter: Letter) -> None:
    """Refuse a decision by the person who entered or proposed the letter."""
    if actor.user_id in (letter.created_by_id, letter.proposed_by_id):
        raise Refused(
            "Đồng chí đã vào sổ hoặc đề xuất xử lý đơn này, nên người khác trong Thường trực phải quyết định."
        )


def checked_handler(actor: Actor, handler_id: int | None, member_id: int | None) -> User | None:
    """The colleague who is to handle the letter; never the person it is about."""
    if handler_id is None:
        return None
    handler = next((user for user in possible_handlers(actor) if user.id == handler_id), None)
    if handler is None:
        raise Invalid("Chọn cán bộ xử lý trong danh sách.", field="handler_id")
    if member_id is not None and handler.member_id == member_id:
        raise Invalid("Cán bộ này là người bị nêu trong đơn, không được xử lý đơn.", field="handler_id")
    return handler


def checked_subject(
    actor: Actor, member_id: int | None, organisation_id: int | None
) -> tuple[Member | None, Organisation | None]:
    """The member or the organisation the letter is about; not both."""
    if member_id is not None and organisation_id is not None:
        raise Invalid("Chọn đảng viên hoặc tổ chức đảng, không chọn cả hai.", field="subject")
    try:
        member = member_of(actor, member_id) if member_id is not None else None
        body = organisation_of(actor, organisation_id) if organisation_id is not None else None
    except NotFound as error:
        raise Invalid(f"{error.message} Tìm lại rồi chọn.", field="subject") from error
    return member, body


def checked_correction(letter: Letter, data: LetterData, *, today: date) -> LetterData:
    """The corrected letter, cleaned, with its sealed sender when none is typed anew."""
    sealed = sealed_identity(letter)
    keeps_seal = data.sender == SenderIdentity()
    if sealed.known and not keeps_seal and not data.sender.known:
        raise Invalid(
            "Sửa người gửi thì ghi lại đủ họ tên, địa chỉ; để trống cả ba ô nếu không sửa.",
            field="sender_name",
        )
    data = checked(replace(data, sender=sealed if keeps_seal else data.sender), today=today)
    if data.received_on.year != letter.year:
        raise Invalid(f"Đơn đã vào sổ năm {letter.year}: ngày đến phải trong năm đó.", field="received_on")
    if letter.state == State.CLASSIFIED:
        require_kind(data.kind, classified=True)
    return data


def check_classification(letter: Letter, what: Classification) -> None:
    """Refuse a kind or an identity that does not fit the letter, or a text that names a denouncer."""
    require_kind(what.kind, classified=True)
    sender = sealed_identity(letter)
    require_identity(what.identity, sender)
    texts = [("kind", f"{letter.summary} {letter.enclosures} {letter.note}")]
    refuse_sender_named(sender, texts, kind=what.kind, subject_name=letter.subject_name)


def check_answer(letter: Letter, one: CheckAnswer, computed: dict[str, str]) -> None:
    """Refuse an answer to a rule not asked, or one against the computed verdict without a note."""
    if one.rule_id not in computed:
        raise Invalid("Điều kiện này không áp dụng cho loại đơn đang xét. Tải lại trang.", field=one.rule_id)
    require_choice(one.answer, ("", "ok", "fails"), one.rule_id)
    against = one.answer and computed[one.rule_id] != "needs_person" and one.answer != computed[one.rule_id]
    if against and not one.note.strip():
        raise Invalid("Câu trả lời khác kết quả hệ thống rà soát: ghi rõ lý do.", field=one.rule_id)
    refuse_sender_of(letter, (one.rule_id, one.note))


def who_answered(actor: Actor, one: CheckAnswer, before: LetterCheck | None) -> int | None:
    """Whose answer it is: an answer that stays as it was stays with the person who gave it."""
    if not one.answer:
        return None
    if before is not None and (before.answer, before.note) == (one.answer, one.note.strip()):
        return before.answered_by_id
    return actor.user_id


def subject_for(actor: Actor, data: LetterData) -> tuple[Member | None, Organisation | None]:
    """Whom a letter is about: as picked, else the only member, else the only body of exactly this name."""
    if data.member_id is not None or data.organisation_id is not None:
        return checked_subject(actor, data.member_id, data.organisation_id)
    member = only_member_named(actor, data.subject_name)
    return member, None if member else only_organisation_named(actor, data.subject_name)


def checked_decision(actor: Actor, typed: Handled, *, received_on: date) -> tuple[Handled, Case | None]:
    """The decision cleaned, and the case a letter joins; raises Invalid with the field at fault."""
    require_choice(typed.handling, Handling, "handling")
    reason = require_text(typed.reason, "reason", "Ghi lý do của quyết định xử lý đơn.")
    reference, target = clean_line(typed.reference)[:120], clean_line(typed.target)[:300]
    done = replace(typed, reason=reason, reference=reference, target=target)
    if done.handling == Handling.TRANSFERRED and not done.target:
        raise Invalid("Chuyển đơn thì ghi nơi nhận.", field="target")
    if done.due_on is not None and done.due_on < received_on:
        raise Invalid("Hạn xử lý không thể trước ngày đến của đơn.", field="due_on")
    return done, _case(actor, done)


def _case(actor: Actor, done: Handled) -> Case | None:
    if done.handling != Handling.JOINED:
        return None
    if done.case_id is None:
        raise Invalid("Ghép đơn thì chọn hồ sơ vụ việc.", field="case_id")
    try:
        case = case_of(actor, done.case_id)
    except NotFound as error:
        raise Invalid(error.message, field="case_id") from error
    if case.state != "open":
        raise Invalid("Hồ sơ này đã kết thúc hoặc đang dừng, không ghép thêm đơn được.", field="case_id")
    return case
