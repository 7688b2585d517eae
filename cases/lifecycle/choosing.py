"""What the page that opens a case offers: letters, programme, procedures with reasons, people, subjects."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from cases.definitions import rules
from cases.intake import queries as letters
from cases.intake.models import Letter
from cases.intake.numbers import full_number
from cases.lifecycle.fitting import CaseFacts, Choice, choices
from cases.lifecycle.models import Case, CaseLetter
from cases.lifecycle.opening import USABLE_LETTERS
from cases.parties.models import Member
from cases.parties.queries import matching_members, matching_organisations
from cases.people.actor import Actor
from cases.people.queries import holders
from cases.plans.models import ProgrammeItem
from procedures.schema import IdentityStatus, LetterKind, Origin, Role, SubjectKind

Pairs = list[tuple[str, str]]
NOBODY = ("", "–")
MOST_FOUND = 20
TEAM_ROLES = (Role.TEAM_HEAD, Role.INSPECTOR, Role.HEAD_OF_SECTION)


def usable_letters(actor: Actor) -> list[Letter]:
    """The letters decided on, which no open case is about."""
    busy = CaseLetter.select(CaseLetter.letter).join(Case).where(Case.state == "open")
    query = letters.visible_to(actor).where(
        Letter.handling.in_(sorted(USABLE_LETTERS)), Letter.id.not_in(busy)
    )
    return list(query.order_by(Letter.received_on.desc()).limit(100))


def letter_pairs(found: Sequence[Letter]) -> Pairs:
    return [
        (str(one.id), f"{full_number(one)} – {one.subject_name or 'chưa rõ đối tượng'}: {one.summary[:100]}")
        for one in found
    ]


def programme_pairs(actor: Actor, year: int) -> Pairs:
    """The items of the year's programme that no case was opened for."""
    opened = Case.select(Case.programme_item).where(Case.programme_item.is_null(False))
    query = ProgrammeItem.select().where(
        ProgrammeItem.commission == actor.commission_id, ProgrammeItem.year == year,
        ProgrammeItem.id.not_in(opened),
    )  # fmt: skip
    return [
        ("", "Không theo chương trình"),
        *((str(one.id), f"{one.number}. {one.subject_name}") for one in query.order_by(ProgrammeItem.number)),
    ]


def team_pairs(actor: Actor) -> Pairs:
    return [(str(user.id), user.called) for user in holders(actor, TEAM_ROLES)]


def directing_pairs(actor: Actor) -> Pairs:
    return [(str(user.id), user.called) for user in holders(actor, (Role.COMMISSIONER, Role.CHAIR))]


def subject_pairs(actor: Actor, name: str) -> Pairs:
    """Who may be meant by a name: members and organisations, then the name as typed."""
    by_name = ("", "Chỉ ghi theo tên đã nhập")
    if not name.strip():
        return [by_name]
    members: Iterable[Any] = matching_members(actor, name).limit(MOST_FOUND)
    bodies: Iterable[Any] = matching_organisations(actor, name).limit(MOST_FOUND)
    return [
        *(
            (f"member:{one.id}", f"{one.full_name} – {', '.join(filter(None, (one.party_post, _card(one))))}")
            for one in members
        ),
        *((f"body:{one.id}", f"Tổ chức: {one.name}") for one in bodies),
        by_name,
    ]


def _card(member: Member) -> str:
    return f"thẻ {member.card_number}" if member.card_number else ""


def offered(found: Sequence[Letter], *, on: date, programme: bool, kind: str = "") -> tuple[Choice, ...]:
    """The procedures in force on a day, those that fit first, each with its reasons."""
    return choices(rules().procedures_in_force(on), _facts(found, programme=programme, kind=kind))


def _facts(found: Sequence[Letter], *, programme: bool, kind: str) -> CaseFacts:
    first = found[0] if found else None
    known_kind: Any = kind or (None if first is None else _subject_kind(first))
    return CaseFacts(
        letter_kind=next((one for one in LetterKind if first is not None and one == first.kind), None),
        identity=next((one for one in IdentityStatus if first is not None and one == first.identity), None),
        subject_kind=next((one for one in SubjectKind if one == known_kind), None),
        origin=Origin.LETTER if found else Origin.PROGRAMME if programme else None,
    )


def _subject_kind(letter: Letter) -> SubjectKind | None:
    if letter.subject_organisation_id is not None:
        return SubjectKind.BODY
    return SubjectKind.MEMBER if letter.subject_member_id is not None else None
