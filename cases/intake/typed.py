"""From what a page sent to what the operations take, and the choices the pages offer."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from flask_babel import gettext as _
from flask_wtf import FlaskForm

from cases.errors import Invalid, UserFacingError
from cases.intake.matching import Suggestions, suggestions_for
from cases.intake.models import Letter
from cases.intake.queries import LetterFilter
from cases.intake.terms import Handling, LetterData, Source
from cases.intake.vault import SenderIdentity
from cases.parties.models import Member, Organisation
from cases.people.actor import Actor
from cases.people.models import User
from cases.text import parse_day
from forms.screens.intake import Choices, LetterForm

_LETTER_NUMBER = re.compile(r"(\d{1,9})([a-z]?)(?:/(\d{4}))?")
SOURCES: Choices = [(source.value, source.label) for source in Source]
HANDLINGS: Choices = [(handling.value, handling.label) for handling in Handling]


def id_of(text: str | None) -> int | None:
    """A chosen id; None for no choice, 0 (nobody's id) for what is no id."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def subject_of(choice: str | None) -> tuple[int | None, int | None]:
    """Member id and organisation id of a choice such as `m12`, `o5`; neither for none."""
    kind, number = (choice or "")[:1], id_of((choice or "")[1:])
    return (number if kind == "m" else None), (number if kind == "o" else None)


def letter_data(form: LetterForm) -> LetterData:
    """The letter as typed; the operation judges it."""
    member_id, organisation_id = subject_of(form.subject.data)
    names = (
        "received_on", "source", "transfer_reference", "written_on", "posted_on", "identity", "kind",
        "subject_name", "subject_post", "subject_place", "summary", "violation_ended_on", "pages",
        "enclosures", "note",
    )  # fmt: skip
    return LetterData(
        **{name: form[name].data for name in names},
        sender=SenderIdentity(
            name=form.sender_name.data or "", address=form.sender_address.data or "",
            contact=form.sender_contact.data or "",
        ),
        member_id=member_id, organisation_id=organisation_id,
    )  # fmt: skip


def subject_choices(actor: Actor, letter: Letter | None, typed: str) -> Choices:
    """The subject as matched now, those whose names hold the typed words, and nobody."""
    found = suggestions_for(actor, typed)
    members, bodies = list(found.members), list(found.organisations)
    if letter is not None and letter.subject_member is not None:
        members.insert(0, letter.subject_member)
    if letter is not None and letter.subject_organisation is not None:
        bodies.insert(0, letter.subject_organisation)
    offered = _offered(Suggestions(members, bodies))
    return [*offered.items(), ("", _("Không có trong danh sách, hoặc chưa rõ"))]


def _offered(found: Suggestions) -> dict[str, str]:
    offered = {f"m{member.id}": member_words(member) for member in found.members}
    return offered | {f"o{body.id}": body.name for body in found.organisations}


def member_words(member: Member) -> str:
    """A member as told apart from another of the same name."""
    branch: Organisation | None = member.branch
    parts = [member.full_name, member.party_post or member.government_post, branch.name if branch else ""]
    return ", ".join(part for part in [*parts, _("thẻ %(card)s", card=member.card_number)] if part)


def matched_subject(letter: Letter) -> str:
    """The choice that stands for the subject as matched now."""
    if letter.subject_member_id:
        return f"m{letter.subject_member_id}"
    return f"o{letter.subject_organisation_id}" if letter.subject_organisation_id else ""


def people_choices(people: Iterable[User], nobody: str) -> Choices:
    return [("", nobody), *((str(user.id), user.full_name) for user in people)]


def letter_number(text: str, *, year: int) -> tuple[int, int, str] | None:
    """Number, year and part of a typed `12`, `12a` or `12a/2026`; None for nothing typed."""
    typed = text.strip().lower()
    if not typed:
        return None
    found = _LETTER_NUMBER.fullmatch(typed)
    if found is None:
        raise Invalid("Ghi số đơn, hoặc số đơn và năm, ví dụ 12/2026.", field="number")
    return int(found[1]), int(found[3] or year), found[2]


def filter_of(asked: Mapping[str, str]) -> LetterFilter:
    """The filter an address asks for; what cannot be read does not narrow the list."""
    return LetterFilter(
        text=asked.get("tim", ""), state=asked.get("trang-thai", ""), kind=asked.get("loai", ""),
        handling=asked.get("xu-ly", ""), source=asked.get("nguon", ""), identity=asked.get("danh-tinh", ""),
        handler=asked.get("can-bo", ""), received_from=_day(asked.get("tu-ngay")),
        received_to=_day(asked.get("den-ngay")), oldest_first=asked.get("sap-xep") == "so-tang",
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    try:
        return parse_day(text) if text else None
    except UserFacingError:
        return None


def fill_letter_form(form: FlaskForm, letter: Letter) -> None:
    """Show a stored letter in its form; the sender stays sealed, so these fields are empty."""
    for name in LetterData(received_on=letter.received_on).columns():
        form[name].data = getattr(letter, name)
    form["version"].data = str(letter.version)
