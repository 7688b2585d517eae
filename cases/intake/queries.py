"""Reads of letters. Every one of them starts from `visible_to`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from peewee import ModelSelect, fn

from cases.errors import NotFound
from cases.intake.matching import SimilarLetter, alike
from cases.intake.models import Letter, LetterCheck, Sender
from cases.intake.sealing import sealed_identity, vault
from cases.intake.vault import SenderIdentity
from cases.lifecycle.models import CaseLetter
from cases.lifecycle.queries import closed_to as cases_closed_to
from cases.parties.models import Member
from cases.people.actor import Actor
from cases.people.models import User
from cases.people.permissions import Permission
from cases.people.queries import holders
from cases.text import search_words
from procedures.schema import Role

ALL_LETTERS = frozenset({Role.CLERK, Role.HEAD_OF_SECTION, Role.CHAIR, Role.COMMISSIONER})
HANDLERS = (Role.INSPECTOR, Role.TEAM_HEAD, Role.HEAD_OF_SECTION, Role.CLERK)
PAGE_SIZE: Final = 50
NOBODY: Final = "none"


def visible_to(actor: Actor) -> "ModelSelect[Letter]":
    """The letters this person may know of.

    Own commission only, never one written about the person, nor one of a case that is closed to the
    person; handlers see their own, the reception, heads and commissioners see all.
    """
    if not actor.may(Permission.SEE_LETTERS):
        return Letter.select().where(Letter.id.is_null())
    query = Letter.select().where(Letter.commission == actor.commission_id)
    if actor.member_id is not None:
        query = query.where(Letter.subject_member.is_null() | (Letter.subject_member != actor.member_id))
    closed = CaseLetter.select(CaseLetter.letter).where(CaseLetter.case.in_(cases_closed_to(actor)))
    query = query.where(Letter.id.not_in(closed))
    if actor.roles & ALL_LETTERS:
        return query
    return query.where((Letter.handler == actor.user_id) | (Letter.created_by == actor.user_id))


def visible_among(actor: Actor, letter_ids: Sequence[int]) -> frozenset[int]:
    """Of these letters, the ids of those the person may open."""
    return frozenset(letter.id for letter in visible_to(actor).where(Letter.id.in_(letter_ids)))


def letter_of(actor: Actor, letter_id: int) -> Letter:
    """One letter; the same error for one that does not exist and one that may not be seen."""
    letter: Letter | None = visible_to(actor).where(Letter.id == letter_id).first()
    if letter is None:
        raise NotFound("Không có đơn này, hoặc đồng chí không thuộc phạm vi được xem.")
    return letter


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFilter:
    """What the list is narrowed to; empty means everything. `handler` is a user id or `none`."""

    text: str = ""
    state: str = ""
    kind: str = ""
    handling: str = ""
    source: str = ""
    identity: str = ""
    handler: str = ""
    received_from: date | None = None
    received_to: date | None = None
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class LetterPage:
    letters: list[Letter]
    page: int
    pages: int
    total: int


def filtered(actor: Actor, wanted: LetterFilter) -> "ModelSelect[Letter]":
    """The visible letters that fit, by number: the latest first unless `oldest_first`."""
    query = visible_to(actor)
    for name in ("state", "kind", "handling", "source", "identity"):
        if value := getattr(wanted, name):
            query = query.where(getattr(Letter, name) == value)
    if wanted.handler == NOBODY:
        query = query.where(Letter.handler.is_null(), Letter.handler_name == "")
    elif wanted.handler.isdecimal() and len(wanted.handler) < 10:
        query = query.where(Letter.handler == int(wanted.handler))
    if wanted.received_from:
        query = query.where(Letter.received_on >= wanted.received_from)
    if wanted.received_to:
        query = query.where(Letter.received_on <= wanted.received_to)
    for word in search_words(wanted.text):
        query = query.where(Letter.search_text.contains(word))
    return query.order_by(*_order(oldest_first=wanted.oldest_first))


def _order(*, oldest_first: bool) -> tuple[Any, ...]:
    if oldest_first:
        return Letter.year, Letter.number, Letter.part
    return Letter.year.desc(), Letter.number.desc(), Letter.part


def page_of(actor: Actor, wanted: LetterFilter, *, page: int) -> LetterPage:
    """One page of the list, 50 letters; a page beyond the last one shows the last."""
    query = filtered(actor, wanted)
    total = query.count()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    found = query.select(Letter, User).left_outer_join(User, on=Letter.handler).paginate(page, PAGE_SIZE)
    return LetterPage(list(found), page, pages, total)


def for_register(actor: Actor, wanted: LetterFilter) -> "list[Letter]":
    """All letters that fit, in the order of the book, with what its columns need."""
    query = filtered(actor, replace(wanted, oldest_first=True))
    query = query.select(Letter, Member).left_outer_join(Member, on=Letter.subject_member)
    return list(query)


def counts_by_state(actor: Actor, wanted: LetterFilter) -> dict[str, int]:
    """How many letters fit in each state, the state itself left out of the filter."""
    query = filtered(actor, replace(wanted, state="")).order_by()
    rows: Any = query.select(Letter.state, fn.COUNT(Letter.id)).group_by(Letter.state).tuples()
    return dict(rows)


def sent_by(actor: Actor, name: str) -> list[Letter]:
    """The visible letters whose sealed sender's name holds all words of `name`; at most one page.

    Nothing is opened: keys of words are compared. Needs SEE_SENDERS.
    """
    actor.require(Permission.SEE_SENDERS)
    keys = vault().word_keys(" ".join(search_words(name))).split()
    if not keys:
        return []
    query = visible_to(actor).join(Sender, on=(Sender.letter == Letter.id))
    for key in keys:
        query = query.where(Sender.word_keys.contains(key))
    return list(query.order_by(*_order(oldest_first=False)).limit(PAGE_SIZE))


def similar_letters(actor: Actor, letter: Letter) -> list[SimilarLetter]:
    """Earlier letters of the same sender or subject, or in like words, each with its reasons."""
    earlier = (Letter.year < letter.year) | ((Letter.year == letter.year) & (Letter.number < letter.number))
    return alike(letter, visible_to(actor).where(earlier))


def sender_of(actor: Actor, letter: Letter) -> SenderIdentity | None:
    """Who sent the letter; None without SEE_SENDERS. Showing it to a person goes through `see_sender`."""
    return sealed_identity(letter) if actor.may(Permission.SEE_SENDERS) else None


def has_sealed_sender(letter: Letter) -> bool:
    return bool(Sender.select().where(Sender.letter == letter.id).exists())


def answers_of(letter: Letter) -> dict[str, LetterCheck]:
    """What people answered to the eligibility rules, by rule id."""
    return {check.rule_id: check for check in LetterCheck.select().where(LetterCheck.letter == letter.id)}


def family_of(actor: Actor, letter: Letter) -> list[Letter]:
    """The parts of a split letter, or the original and the other parts of a part."""
    root = letter.split_from_id or letter.id
    query = visible_to(actor).where((Letter.split_from == root) | (Letter.id == root), Letter.id != letter.id)
    return list(query.order_by(Letter.part))


def duplicates_of(actor: Actor, letter: Letter) -> list[Letter]:
    repeats = visible_to(actor).where(Letter.duplicate_of == letter.id)
    return list(repeats.order_by(Letter.year, Letter.number))


def letter_numbered(actor: Actor, number: int, year: int, part: str = "") -> Letter | None:
    """The visible letter with this number in the register of a year."""
    query = visible_to(actor).where(Letter.number == number, Letter.year == year, Letter.part == part)
    found: Letter | None = query.first()
    return found


def possible_handlers(actor: Actor) -> list[User]:
    return holders(actor, HANDLERS)


def waiting_for(actor: Actor) -> list[Letter]:
    """The letters whose next act is this person's, the oldest first: to classify, to propose, to decide."""
    mine = Letter.id.is_null()
    if actor.may(Permission.LOG_LETTERS):
        mine |= Letter.state == "logged"
    if actor.may(Permission.CLASSIFY_LETTERS):
        mine |= (Letter.handler == actor.user_id) & Letter.state.in_(["logged", "classified"])
    if actor.may(Permission.DECIDE_LETTERS):
        mine |= (Letter.state == "proposed") & (Letter.proposed_by != actor.user_id)
    return list(visible_to(actor).where(mine).order_by(Letter.received_on, Letter.number))
