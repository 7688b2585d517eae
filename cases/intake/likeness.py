"""Is this letter like an earlier one? Same sender, same subject, or nearly the same words."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cases.text import fold

_ADDRESSES: Final = ("dong chi", "ong", "ba", "anh", "chi")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterMarks:
    """What two letters are compared by. `sender` may be a sealed key: only equality is looked at."""

    sender: str = ""
    subject: str = ""
    words: frozenset[str] = frozenset()


class Likeness(StrEnum):
    """One way in which two letters are alike."""

    SAME_SENDER = "same_sender"
    SAME_SUBJECT = "same_subject"
    LIKE_WORDING = "like_wording"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two letters are alike, in Vietnamese; `percent` of common words for wording."""

    likeness: Likeness
    explanation: str
    percent: int | None = None


def marks_of(*, sender: str, subject: str, text: str) -> LetterMarks:
    """Return the marks of a letter, folded: capitals, tones and spacing make no difference."""
    return LetterMarks(sender=fold(sender), subject=_subject_key(subject), words=words_of(text))


def words_of(text: str) -> frozenset[str]:
    """Return the set of folded words of a text."""
    return frozenset(re.findall(r"\w+", fold(text)))


def common_percent(one: frozenset[str], other: frozenset[str]) -> int:
    """Return common words in percent of all words of both (Jaccard), rounded down; 0 when both are empty."""
    either = one | other
    return 100 * len(one & other) // len(either) if either else 0


def similarity(one: LetterMarks, other: LetterMarks, *, alike_from: int) -> tuple[Reason, ...]:
    """Return the reasons why two letters are alike; `alike_from` is the least percent of common words."""
    reasons = []
    if one.sender and one.sender == other.sender:
        reasons.append(Reason(Likeness.SAME_SENDER, "Cùng người gửi."))
    if one.subject and one.subject == other.subject:
        reasons.append(Reason(Likeness.SAME_SUBJECT, "Cùng đối tượng bị nêu."))
    percent = common_percent(one.words, other.words)
    if percent >= max(alike_from, 1):
        explanation = f"Lời đơn giống nhau {percent}% số từ."
        reasons.append(Reason(Likeness.LIKE_WORDING, explanation, percent))
    return tuple(reasons)


def _subject_key(subject: str) -> str:
    key = fold(subject)
    for address in _ADDRESSES:
        if key.startswith(f"{address} "):
            return key.removeprefix(f"{address} ")
    return key
