"""How a letter is called: by its number in the register, with the part of a split one."""

from cases.intake.models import Letter
from cases.text import fold


def short_number(letter: Letter) -> str:
    """The number as the register of the year has it: `12`, or `12a` for a part."""
    return f"{letter.number}{letter.part}"


def full_number(letter: Letter) -> str:
    """The number with its year, certain in any book: `12a/2026`."""
    return f"{short_number(letter)}/{letter.year}"


def search_text_of(letter: Letter) -> str:
    """What the list is searched by, folded; nothing in it that not everybody who sees the letter may read."""
    return fold(" ".join(
        part
        for part in (
            full_number(letter), letter.subject_name, letter.subject_post, letter.subject_place,
            letter.summary, letter.enclosures, letter.transfer_reference, letter.handling_reference,
        )
        if part
    ))  # fmt: skip
