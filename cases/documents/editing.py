"""The page on which a draft is written: which fields stand where, and what another person changed."""

from dataclasses import dataclass, field
from typing import Any, Final

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from cases.documents.models import Document
from cases.documents.rendering import form_of
from cases.documents.stored import to_stored
from forms.build import typed_values
from forms.origins import ORIGINS
from forms.schema import Field
from forms.usage import asked_fields

LETTERS_IN_A_LINE: Final = 70
FEWEST_LINES: Final = 3
MOST_LINES: Final = 16
OPEN_UP_TO: Final = 4
"""A section of so few fields is not worth folding."""


@dataclass
class Section:
    """Some fields of the web form under a heading; a folded one opens with a click."""

    title: str
    help: str
    fields: list[Any] = field(default_factory=list)
    folded: bool = False


def sections_of(web: FlaskForm, document: Document) -> list[Section]:
    """What has to be written first, what the case filled in next, what is only sometimes wanted last.

    A section with an error is never folded.
    """
    write = Section(_("Nội dung cần soạn"), _("Để trống thì in dòng chấm để viết tay."))
    known = Section(_("Đã điền sẵn từ hồ sơ"), _("Kiểm tra lại; sửa được từng mục."))
    more = Section(_("Mục ghi thêm khi cần"), _("Không bắt buộc."))
    for definition in asked_fields(form_of(document)):
        part = web[definition.name]
        _prepare(part, document.origins.get(definition.name))
        section = _section_of(definition, document, write=write, known=known, more=more)
        section.fields.append(part)
    for section in (known, more):
        wrong = any(part.errors for part in section.fields)
        section.folded = bool(write.fields) and not wrong and len(section.fields) > OPEN_UP_TO
    return [section for section in (write, known, more) if section.fields]


def _section_of(
    definition: Field, document: Document, *, write: Section, known: Section, more: Section
) -> Section:
    if definition.name in document.values:
        return known if definition.name in document.origins else write
    return write if definition.required or definition.required_when else more


def _prepare(part: Any, origin: str | None) -> None:
    """Say where a value came from, and give a text the room it needs."""
    if origin is not None:
        source = _("Điền sẵn từ: %(origin)s.", origin=ORIGINS.get(origin, _("văn bản trước của hồ sơ")))
        part.description = f"{part.description} {source}".strip()
    if isinstance(part, TextAreaField):
        text = part._value() or ""
        lines = sum(1 + len(line) // LETTERS_IN_A_LINE for line in text.splitlines())
        part.render_kw = {"rows": min(max(lines + 1, FEWEST_LINES), MOST_LINES)}


def differing_labels(web: FlaskForm, document: Document) -> list[str]:
    """Labels of the fields in which what was typed is not what is stored now."""
    definition = form_of(document)
    typed = to_stored(typed_values(definition, web))
    return [
        one.label
        for one in asked_fields(definition)
        if (typed.get(one.name) or None) != (document.values.get(one.name) or None)
    ]
