"""Which names a form uses, in the order they are printed."""

from __future__ import annotations

from collections.abc import Iterator

from forms.blocks import (
    AnyBlock,
    Article,
    DecisionLine,
    Facts,
    Grounds,
    Heading,
    Items,
    Note,
    Paragraph,
    Table,
    TickBoxes,
)
from forms.schema import Field, FormDef
from forms.text import parse_condition, placeholders

FAMILY_WORDS = ("act", "team", "subject_word", "self_report")
HOUSE_WORDS = ("body", "commission", "committee", "place", "head_title")
WORDS = frozenset(FAMILY_WORDS + HOUSE_WORDS)
ADDRESSEES = "addressees"


def printed_names(form: FormDef) -> tuple[str, ...]:
    """Lower-case names of fields and built-in words printed by the form, first use first."""
    return tuple(dict.fromkeys(name.lower() for name in _printed(form)))


def condition_names(form: FormDef) -> tuple[str, ...]:
    """Fields that only decide whether a block or a field is wanted."""
    conditions = [b.when for b in form.blocks if b.when] + [
        f.required_when for f in form.fields if f.required_when
    ]
    return tuple(dict.fromkeys(parse_condition(c).field for c in conditions))


def asked_fields(form: FormDef) -> tuple[Field, ...]:
    """The fields somebody types: all but those whose boxes are left to a pen (the choice of a voter)."""
    ticked = {b.field for b in form.blocks if isinstance(b, TickBoxes) and not b.mark}
    elsewhere = set(condition_names(form)) | {
        name.lower()
        for block in form.blocks
        if not (isinstance(block, TickBoxes) and not block.mark)
        for name in _in_block(block)
    }
    return tuple(field for field in form.fields if field.name not in ticked - elsewhere)


def _printed(form: FormDef) -> Iterator[str]:
    yield from placeholders(form.title + form.abstract)
    if form.address and not form.address_lines:
        yield ADDRESSEES
    for line in form.address_lines:
        yield from placeholders(line)
    for block in form.blocks:
        yield from _in_block(block)
    for line in form.recipients:
        yield from placeholders(line)
    for signer in form.signers + form.signer_alternatives:
        yield from placeholders(signer.collective + "".join(signer.titles))


def _in_block(block: AnyBlock) -> Iterator[str]:
    match block:
        case Heading(text=text) | Paragraph(text=text) | Note(text=text):
            yield from placeholders(text)
        case Article(text=text, title=title):
            yield from placeholders(title + text)
        case DecisionLine(body=body, verb=verb):
            yield from placeholders(body + verb)
        case Grounds(field=field, more=more):
            yield field
            for line in more:
                yield from placeholders(line)
        case Items(field=field) | Table(field=field) | TickBoxes(field=field):
            yield field
        case Facts(fields=fields):
            yield from fields
        case _:
            return
