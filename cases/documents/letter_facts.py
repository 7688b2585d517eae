"""What a letter and, where a form may know it, its sender give to a paper."""

from collections.abc import Mapping
from typing import Any, Final

from cases.intake.models import Letter, Sender
from cases.intake.numbers import full_number
from cases.intake.terms import KINDS
from cases.intake.vault import SenderIdentity, Vault
from cases.lifecycle.models import Case
from cases.text import short_date

Facts = Mapping[str, Any]

LETTER_SOURCES: Final = {
    "post": "bưu điện",
    "in_person": "trực tiếp",
    "forwarded": "cơ quan khác chuyển đến",
    "electronic": "thư điện tử",
    "reception": "tiếp đảng viên, công dân",
}


def first_letter(case: Case) -> Letter | None:
    """The letter a case was opened from."""
    link = case.letters.order_by(case.letters.model.id).first()
    return link.letter if link else None


def about_letter(letter: Letter) -> Facts:
    """The group `letter`. Nothing in it may name who sent it: masked forms are handed all of it."""
    accepted = letter.handling == "accepted"
    elsewhere = letter.handling in ("transferred", "guided")
    earlier = _earlier(letter)
    return {
        "number": full_number(letter), "received_on": letter.received_on, "written_on": letter.written_on,
        "source": LETTER_SOURCES[letter.source], "forward_number": letter.transfer_reference,
        "identity": letter.identity, "kind": letter.kind if letter.kind in KINDS else "",
        "accused": ", ".join(filter(None, [letter.subject_name, letter.subject_post, letter.subject_place])),
        "summary": letter.summary, "enclosures": letter.enclosures.splitlines(),
        "sheet_total": letter.pages,
        "times": len(earlier) + 1 if earlier else None,
        "history": [
            f"Đơn số {full_number(one)}, nhận ngày {short_date(one.received_on)}" for one in earlier
        ],
        "accusation_items": [letter.summary], "accepted_items": [letter.summary],
        "handler": letter.handler.full_name if letter.handler else letter.handler_name,
        "proposal": letter.proposal, "proposal_reason": letter.proposal_note,
        "leader_opinion": letter.leader_opinion,
        "handling_reason": letter.handling_reason,
        "competent_body": letter.handling_target if elsewhere else "",
        "due_on": letter.due_on,
        "accepted_on": letter.handled_on if accepted else None,
        "acceptance_number": full_number(letter) if accepted else "",
    }  # fmt: skip


def _earlier(letter: Letter) -> list[Letter]:
    """The letters of which a person said that this one repeats them, oldest first."""
    if letter.duplicate_of is None:
        return []
    root = letter.duplicate_of
    same = (Letter.id == root.id) | (Letter.duplicate_of == root.id)
    before = (Letter.year < letter.year) | ((Letter.year == letter.year) & (Letter.number < letter.number))
    return list(Letter.select().where(same, before).order_by(Letter.year, Letter.number))


def about_sender(letter: Letter, vault: Vault) -> Facts:
    """The group `sender`, out of the vault. Never call it for a masked form."""
    sealed = Sender.get_or_none(Sender.letter == letter.id)
    who = vault.open(sealed.sealed) if sealed else SenderIdentity()
    return {"full_name": who.name, "address": who.address, "phone": who.contact}
