"""A form definition → the web form (Flask-WTF) in which its values are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FormField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from forms.fields import (
    DAY_KEYWORDS,
    Announced,
    ClockField,
    DayField,
    LinesField,
    Needed,
    NeededInRow,
    NeededWhen,
    NumberField,
    RowForm,
    RowsField,
    answer_of,
    is_answer,
)
from forms.schema import Column, Field, FieldType, FormDef, Layout
from forms.text import When, parse_condition
from forms.usage import asked_fields

SPARE_ROWS = 1
MAX_ROWS = 200
LINE_LENGTH = 500
TEXT_LENGTH = 40_000
ADD_ROW = "add_row_"
_NOT_CHOSEN: Any = _l("— chọn —")
_Build = Callable[[str, list[Any], str], Any]


@lru_cache(maxsize=256)
def build_form(form: FormDef, *, draft: bool = False) -> type[FlaskForm]:
    """The class whose fields bear the names of the definition, in printing order.

    With `draft` nothing is obligatory, but what is typed must still be readable; what will be asked for
    later is marked so.
    """
    body: dict[str, Any] = {}
    for field in asked_fields(form):
        body[field.name] = _web_field(field, form, draft=draft)
        if field.type is FieldType.ROWS:
            body[ADD_ROW + field.name] = SubmitField(_l("Thêm dòng"), render_kw={"formnovalidate": True})
    return type(f"{form.code}Form", (FlaskForm,), body)


def typed_values(form: FormDef, web: FlaskForm) -> dict[str, object]:
    """What was typed, by field name, blanks left out: lists as lists, rows as filled rows."""
    found = {}
    for field in asked_fields(form):
        value = answer_of(web[field.name])
        if is_answer(value) or field.type is FieldType.BOOL:
            found[field.name] = value
    return found


def initial_values(
    form: FormDef, values: Mapping[str, object], *, defaults: bool = True
) -> dict[str, object]:
    """Data for showing the web form: known values, and a spare row in every table.

    `defaults` fill what is unknown; leave them out where a person may have emptied a field on purpose.
    """
    shown: dict[str, object] = {}
    for field in asked_fields(form):
        value = values.get(field.name, field.starting_value if defaults else None)
        if field.type is FieldType.ROWS:
            known = list(value) if isinstance(value, list | tuple) else []
            shown[field.name] = known + [{} for _ in range(SPARE_ROWS)]
        else:
            shown[field.name] = value
    return shown


def add_asked_row(form: FormDef, web: FlaskForm) -> bool:
    """Answer the button “Thêm dòng”; whether one was pressed (then nothing is to be saved)."""
    for field in asked_fields(form):
        button = web._fields.get(ADD_ROW + field.name)
        if button is not None and button.data:
            if len(web[field.name].entries) < MAX_ROWS:
                web[field.name].append_entry()
            return True
    return False


def _web_field(field: Field, form: FormDef, *, draft: bool) -> Any:
    checks: list[Any] = _announcements(field, form) if draft else _obligations(field, form)
    match field.type:
        case FieldType.ROWS:
            row = FormField(_row_form(field, draft=draft))
            return RowsField(
                row, field.label, checks, description=field.help, max_entries=MAX_ROWS, min_entries=SPARE_ROWS
            )
        case FieldType.ENUM:
            return _choice(field, checks)
        case FieldType.LIST:
            return LinesField(field.label, [*checks, _at_most_characters], description=field.help)
        case _:
            return _SIMPLE[field.type](field.label, checks, field.help)


def _obligations(field: Field, form: FormDef) -> list[Any]:
    if field.required and field.type is not FieldType.BOOL:
        return [Needed()]
    if field.required_when is None:
        return [Optional()] if field.type is not FieldType.ROWS else []
    when = parse_condition(field.required_when)
    return [NeededWhen(when.holds, field=when.field, because=_reason(when, form))]


def _reason(when: When, form: FormDef) -> str:
    """The choice that makes a field obligatory, in the words on screen."""
    other = form.field(when.field)
    words = [other.option_text(option) or option for option in when.options] if other else []
    return " / ".join(words) or (other.label if other else when.field)


def _announcements(field: Field, form: FormDef) -> list[Any]:
    recorded = form.layout in (Layout.MINUTES, Layout.BALLOT, Layout.SUBJECT_PAPER)
    words = _l("cần khi ghi nhận") if recorded else _l("cần khi trình")
    if field.required and field.type is not FieldType.BOOL:
        return [Announced(words)]
    if field.required_when is None:
        return []
    reason = _reason(parse_condition(field.required_when), form)
    return [Announced(_l("%(words)s, nếu chọn “%(reason)s”", words=words, reason=reason))]


def _choice(field: Field | Column, checks: list[Any]) -> SelectField:
    choices = [
        SelectChoice("", _NOT_CHOSEN),
        *(SelectChoice(option.id, option.label) for option in field.options),
    ]
    return SelectField(
        field.label,
        checks,
        choices=choices,
        coerce=_text_or_blank,
        default="",
        description=getattr(field, "help", ""),
    )


def _text_or_blank(value: object) -> str:
    return "" if value is None else str(value)


def _line(label: str, checks: list[Any], help_text: str) -> StringField:
    return StringField(label, [*checks, _length(LINE_LENGTH)], description=help_text)


def _text(label: str, checks: list[Any], help_text: str) -> TextAreaField:
    return TextAreaField(label, [*checks, _length(TEXT_LENGTH)], description=help_text)


def _length(most: int) -> Length:
    return Length(max=most, message=_l("Dài quá %(max)d ký tự."))


def _at_most_characters(form: object, field: LinesField) -> None:
    if sum(map(len, field.data or ())) > TEXT_LENGTH:
        raise ValueError(str(_l("Dài quá %(max)d ký tự.", max=TEXT_LENGTH)))


_SIMPLE: Mapping[str, _Build] = {
    FieldType.STR: _line,
    FieldType.REF: _line,
    FieldType.TEXT: _text,
    FieldType.DATE: lambda label, checks, help_text: DayField(
        label, checks, description=help_text, render_kw=DAY_KEYWORDS
    ),
    FieldType.TIME: lambda label, checks, help_text: ClockField(label, checks, description=help_text),
    FieldType.INT: lambda label, checks, help_text: NumberField(label, checks, description=help_text),
    FieldType.BOOL: lambda label, checks, help_text: BooleanField(label, checks, description=help_text),
}


def _row_form(field: Field, *, draft: bool) -> type[RowForm]:
    body = {column.name: _cell(column, draft=draft) for column in field.columns}
    return type(f"{field.name.title()}Row", (RowForm,), body)


def _cell(column: Column, *, draft: bool) -> Any:
    checks: list[Any] = [NeededInRow()] if column.required and not draft else [Optional()]
    if column.required and draft:
        checks.append(Announced(""))
    if column.type == "enum":
        return _choice(column, checks)
    return _SIMPLE[column.type](column.label, checks, "")
