"""The letter register R02. Senders go into the vault; numbers already used on paper raise the series."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from cases.errors import Invalid, Refused
from cases.imports.desk import Desk, only
from cases.imports.reports import RowProblems
from cases.imports.rows import ReadRow
from cases.imports.stores.base import day, filled, or_none, text
from cases.imports.stores.letter_terms import SERIES, columns_of, note_of
from cases.imports.values import LetterNumber, Value
from cases.intake.models import Letter
from cases.intake.numbers import search_text_of, short_number
from cases.intake.sealing import refuse_sender_named, seal_sender, sealed_identity
from cases.intake.terms import UNCLASSIFIED
from cases.intake.vault import SenderIdentity
from cases.lifecycle.models import CaseLetter
from cases.people.series import raise_above
from procedures.schema import IdentityStatus

_READABLE: Final = (
    "summary", "enclosures", "note", "subject_place", "subject_post", "proposal_note", "leader_opinion",
    "result",
)  # fmt: skip
_SAME_NAME: Final = {
    name: name
    for name in (
        "received_on", "written_on", "posted_on", "source", "transfer_reference", "subject_name",
        "subject_post",
        "subject_place", "summary", "pages", "enclosures", "handler_name", "proposal_note", "leader_opinion",
        "leader_opinion_on", "handling", "handling_reference", "handled_on", "due_on", "result", "identity",
        "kind", "note",
    )
}  # fmt: skip


class LetterStore:
    def in_order(self, desk: Desk, rows: Sequence[ReadRow]) -> Sequence[ReadRow]:
        return rows

    def find(self, desk: Desk, row: ReadRow) -> Letter | None:
        year, own = _number(row)
        return _letter(desk, year, own)

    def said(self, desk: Desk, row: ReadRow) -> Mapping[str, Value]:
        # Who manages the subject has no column of a letter: it is kept in the note.
        return {**row.values, "note": note_of(row) or None, "management_level": None}

    def written(self, found: Letter) -> Mapping[str, Value]:
        own = {name: or_none(getattr(found, name)) for name in _SAME_NAME}
        own["kind"] = None if found.kind == UNCLASSIFIED else found.kind
        first = found.duplicate_of
        sender = sealed_identity(found)
        return {
            **own,
            "number": LetterNumber(found.number, found.part),
            "duplicate_of": (LetterNumber(first.number, first.part),) if first else None,
            "sender_name": sender.name or None,
            "sender_address": sender.address or None,
        }

    def create(self, desk: Desk, row: ReadRow) -> Letter:
        year, own = _number(row)
        letter = Letter(
            commission=desk.commission, year=year, number=own.number, part=own.part, identity="", source="",
            kind=UNCLASSIFIED, created_by=desk.actor.user_id if desk.actor else None, created_at=desk.now,
        )  # fmt: skip
        if own.part:
            letter.split_from = _letter(desk, year, LetterNumber(own.number))
        self._fill(desk, letter, row)
        letter.save(force_insert=True)
        self._after(desk, letter, row)
        raise_above(desk.commission.id, SERIES, str(year), own.number)
        return letter

    def replace(self, desk: Desk, found: Letter, row: ReadRow) -> None:
        if _handled_here(found):
            raise Refused(
                f"Đơn số {short_number(found)} đã được đề xuất hoặc xử lý trong hệ thống: "
                "giữ nội dung đang có, hoặc sửa ngay trên trang của đơn."
            )
        self._fill(desk, found, row)
        found.version += 1
        found.save()
        self._after(desk, found, row)

    def _fill(self, desk: Desk, letter: Letter, row: ReadRow) -> None:
        """Everything but the sender; refuses readable cells that name the sender."""
        _refuse_named_sender(letter, row)
        columns = filled(row, _SAME_NAME) | columns_of(desk, row, letter)
        for name, value in columns.items():
            setattr(letter, name, value)
        _match_subject(desk, letter, row)
        _match_handler(desk, letter, row)
        letter.search_text = search_text_of(letter)

    def _after(self, desk: Desk, letter: Letter, row: ReadRow) -> None:
        sender = SenderIdentity(name=text(row, "sender_name"), address=text(row, "sender_address"))
        if sender != SenderIdentity():
            before = sealed_identity(letter)
            seal_sender(
                letter,
                SenderIdentity(
                    name=sender.name or before.name, address=sender.address or before.address,
                    contact=before.contact,
                ),
            )  # fmt: skip
        if row.values.get("duplicate_of"):
            desk.later.append(partial(_link_duplicate, desk, letter, row))


def _number(row: ReadRow) -> tuple[int, LetterNumber]:
    received, own = day(row, "received_on"), row.values.get("number")
    if received is None or not isinstance(own, LetterNumber):
        raise RowProblems(("number", "Đơn cần có số đến và ngày đến."))
    return received.year, own


def _letter(desk: Desk, year: int, own: LetterNumber) -> Letter | None:
    found: Letter | None = Letter.get_or_none(
        Letter.commission == desk.commission, Letter.year == year, Letter.number == own.number,
        Letter.part == own.part,
    )  # fmt: skip
    return found


def _refuse_named_sender(letter: Letter, row: ReadRow) -> None:
    # What stands there for an anonymous sender ("người dân") is no name.
    if row.values.get("identity") == IdentityStatus.ANONYMOUS:
        return
    sender = SenderIdentity(name=text(row, "sender_name") or _sealed_identity(letter).name)
    texts = [(name, text(row, name)) for name in _READABLE]
    try:
        refuse_sender_named(
            sender, texts, kind=text(row, "kind") or letter.kind, subject_name=text(row, "subject_name")
        )
    except Invalid as refused:
        raise RowProblems((refused.field or "summary", refused.message)) from refused


def _sealed_identity(letter: Letter) -> SenderIdentity:
    return sealed_identity(letter) if letter.get_id() else SenderIdentity()


def _match_subject(desk: Desk, letter: Letter, row: ReadRow) -> None:
    name = text(row, "subject_name")
    if not name:
        return
    same = [member for member in desk.members_named(name) if member.active]
    member = only(same)
    body = None if member else only(desk.organisations_named(name))
    letter.subject_member, letter.subject_organisation = member, body
    if body is None and len(same) > 1:
        words = f"Có {len(same)} đảng viên mang tên này; cần chọn đúng người khi xử lý đơn."
        desk.note(row, "subject_name", words)


def _match_handler(desk: Desk, letter: Letter, row: ReadRow) -> None:
    name = text(row, "handler_name")
    if not name:
        return
    user = only(desk.users_named(name))
    if user is not None and user.member_id is not None and user.member_id == letter.subject_member_id:
        desk.note(row, "handler_name", "Cán bộ này là người bị nêu trong đơn nên không được giao xử lý.")
        user = None
    elif user is None:
        desk.note(row, "handler_name", "Không có đúng một cán bộ mang tên này; giữ nguyên tên đã ghi.")
    letter.handler = user


def _link_duplicate(desk: Desk, letter: Letter, row: ReadRow) -> None:
    """Link the first letter named; done when the whole file is stored, as it may stand further down."""
    named: Any = row.values["duplicate_of"]
    first = _letter(desk, letter.year, named[0])
    if first is None:
        words = f"Không có đơn số {named[0]} trong sổ năm {letter.year} nên chưa nối đơn trùng."
        desk.note(row, "duplicate_of", words)
        return
    letter.duplicate_of = first
    letter.save(only=["duplicate_of"])
    if len(named) > 1:
        rest = ", ".join(str(one) for one in named[1:])
        desk.note(row, "duplicate_of", f"Đơn được nối với đơn số {named[0]}; sổ còn ghi trùng với {rest}.")


def _handled_here(letter: Letter) -> bool:
    """Has the letter gone on in the system, so that its paper register no longer decides?"""
    acted = letter.proposed_by_id or letter.handled_by_id or letter.state == "split"
    return bool(acted or CaseLetter.select().where(CaseLetter.letter == letter).exists())
