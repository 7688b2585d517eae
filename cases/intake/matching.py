"""Whom a letter is about, and which earlier letters are like it."""

from dataclasses import dataclass
from typing import Any, Final

from cases.intake.likeness import LetterMarks, Likeness, Reason, marks_of, similarity
from cases.intake.models import Letter, Sender
from cases.parties.models import Member, Organisation
from cases.parties.queries import (
    matching_members,
    matching_organisations,
    members_visible_to,
    visible_to as organisations_visible_to,
)
from cases.people.actor import Actor
from cases.text import fold

# How we search, not law: from how many percent of common words two letters are shown side by side.
ALIKE_FROM: Final = 60
# Letters about one kind of matter share their words: of those alike in wording only, the nearest few.
WORDING_ONLY: Final = 3
SUGGESTIONS: Final = 8
COMPARED: Final = 3_000


@dataclass(frozen=True, slots=True)
class SimilarLetter:
    letter: Letter
    reasons: tuple[Reason, ...]

    @property
    def percent(self) -> int:
        """Common words in percent, 0 when the wording is no reason."""
        return max((reason.percent or 0 for reason in self.reasons), default=0)

    @property
    def by_wording_only(self) -> bool:
        return all(reason.likeness is Likeness.LIKE_WORDING for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """People and organisations whose names hold the typed words, tones left out."""

    members: list[Member]
    organisations: list[Organisation]


def suggestions_for(actor: Actor, name: str) -> Suggestions:
    """Look a typed name up among what the actor may see; nothing for fewer than two letters."""
    if len(fold(name)) < 2:
        return Suggestions([], [])
    members: Any = matching_members(actor, name).where(Member.active).order_by(Member.name_sort)
    bodies: Any = matching_organisations(actor, name).order_by(Organisation.name_fold)
    return Suggestions(list(members.limit(SUGGESTIONS)), list(bodies.limit(SUGGESTIONS)))


def only_member_named(actor: Actor, name: str) -> Member | None:
    """The one active member of exactly this name, tones left out; None when there is none or several."""
    same = members_visible_to(actor).where(Member.name_fold == fold(name), Member.active)
    found: list[Any] = list(same.limit(2)) if name.strip() else []
    return found[0] if len(found) == 1 else None


def only_organisation_named(actor: Actor, name: str) -> Organisation | None:
    """The one organisation of exactly this name, tones left out."""
    same = organisations_visible_to(actor).where(Organisation.name_fold == fold(name))
    found: list[Any] = list(same.limit(2)) if name.strip() else []
    return found[0] if len(found) == 1 else None


def alike(letter: Letter, among: Any) -> list[SimilarLetter]:
    """The letters of the query `among` that are like `letter`: same sender or subject first."""
    own = _marks(letter, _sender_key(letter))
    found = []
    for other in _with_sender_keys(among):
        reasons = similarity(own, _marks(other, other.sender_key or ""), alike_from=ALIKE_FROM)
        reasons = tuple(r for r in reasons if not _other_subject(r, letter, other))
        if reasons:
            found.append(SimilarLetter(other, reasons))
    found.sort(key=_nearness, reverse=True)
    by_words = [one for one in found if one.by_wording_only][WORDING_ONLY:]
    return [one for one in found if one not in by_words]


def _nearness(one: SimilarLetter) -> tuple[bool, int, int, int, int]:
    """Sorts by sender or subject before wording, then more reasons, likest wording, latest number."""
    return not one.by_wording_only, len(one.reasons), one.percent, one.letter.year, one.letter.number


def _with_sender_keys(among: Any) -> Any:
    joined = among.select(Letter, Sender.name_key.alias("sender_key"))
    joined = joined.left_outer_join(Sender, on=(Sender.letter == Letter.id))
    return joined.order_by(Letter.year.desc(), Letter.number.desc()).limit(COMPARED).objects()


def _sender_key(letter: Letter) -> str:
    sealed = Sender.get_or_none(Sender.letter == letter.id)
    return str(sealed.name_key) if sealed else ""


def _marks(letter: Letter, sender_key: str) -> LetterMarks:
    return marks_of(sender=sender_key, subject=letter.subject_name, text=letter.summary)


def _other_subject(reason: Reason, one: Letter, other: Letter) -> bool:
    """Two members of one name are two people once both letters are matched."""
    ids = (one.subject_member_id, other.subject_member_id)
    return reason.likeness is Likeness.SAME_SUBJECT and None not in ids and ids[0] != ids[1]
