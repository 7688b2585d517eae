"""Screen forms for importing registers and mending single rows."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Protocol

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileRequired
from wtforms import FileField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

_LONGEST_CELL = 20_000


class Cell(Protocol):
    """One cell of a row as the repair page shows it."""

    @property
    def label(self) -> str: ...
    @property
    def header(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def long(self) -> bool: ...
    @property
    def needed(self) -> bool: ...


class _SaidToBeNeeded:
    """Marks a field as required without judging it: reading the row does, and keeps what was typed."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, form: object, field: object) -> None: ...


class UploadForm(FlaskForm):
    file = FileField(
        _l("Tệp sổ"),
        [FileRequired(_l("Chọn tệp cần nhập."))],
        description=_l("Dạng .xlsx hoặc .csv, tối đa 20 MB."),
    )
    kind = SelectField(_l("Loại sổ"), description=_l("Để “tự nhận biết” nếu tệp chỉ có một sổ."))
    sheet = StringField(
        _l("Tên trang tính"),
        [Length(max=255, message=_l("Dài quá %(max)d ký tự."))],
        description=_l("Chỉ cần ghi khi tệp có nhiều trang tính là sổ."),
    )


class ConfirmForm(FlaskForm):
    """Nothing to fill in: a button and its token."""


class SetAsideForm(FlaskForm):
    reason = StringField(
        _l("Lý do để riêng"),
        [
            InputRequired(_l("Ghi lý do để riêng dòng này.")),
            Length(max=300, message=_l("Dài quá %(max)d ký tự.")),
        ],
    )


def cells_form(cells: Iterable[Cell]) -> type[FlaskForm]:
    """A form with one input per cell, named `cell-0`, `cell-1` …, holding the text of the cell."""
    fields: dict[str, Any] = {"seen": HiddenField()}
    short = Length(max=_LONGEST_CELL, message=_l("Dài quá %(max)d ký tự."))
    for at, cell in enumerate(cells):
        words = "" if cell.header == cell.label else _l("Cột trong tệp: %(header)s", header=cell.header)
        checks = [short, _SaidToBeNeeded()] if cell.needed else [short]
        kind: Callable[..., Any] = TextAreaField if cell.long else StringField
        fields[f"cell-{at}"] = kind(cell.label, checks, default=cell.text, description=words)
    return type("CellsForm", (FlaskForm,), fields)
