"""Web fields for the values of forms: what was typed stays on the page when it cannot be read."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, IntegerField, StringField, TextAreaField
from wtforms.validators import StopValidation, ValidationError

EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_CLOCK = re.compile(r"(\d{1,2})\s*(?::|h|giờ)\s*(\d{1,2})?\s*(?:phút)?")


DAY_KEYWORDS = {"inputmode": "numeric", "placeholder": "ngày/tháng/năm", "autocomplete": "off"}


class DayField(StringField):
    """A day typed dd/mm/yyyy; `data` is a date or None."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%d/%m/%Y") if isinstance(self.data, dt.date) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed:
            self.data = _read_day(typed)


def _read_day(typed: str) -> dt.date:
    match = _DAY.fullmatch(typed)
    if match is None:
        raise ValueError(_l("Chưa đọc được ngày. Hãy ghi ngày/tháng/năm, ví dụ 05/03/2026."))
    day, month, year = (int(part) for part in match.groups())
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise ValueError(_l("Không có ngày này trong lịch. Hãy xem lại ngày và tháng.")) from None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(_l("Năm không hợp lý. Hãy ghi đủ bốn chữ số của năm."))
    return found


class ClockField(StringField):
    """A time typed 8:30, 8h30 or 8 giờ 30; `data` is a time or None."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%H:%M") if isinstance(self.data, dt.time) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = unicodedata.normalize("NFC", valuelist[0]).strip().lower() if valuelist else ""
        self.data = None
        if typed:
            self.data = _read_clock(typed)


def _read_clock(typed: str) -> dt.time:
    match = _CLOCK.fullmatch(typed)
    try:
        return dt.time(int(match[1]), int(match[2] or 0)) if match else _no_clock()
    except ValueError:
        raise ValueError(_l("Chưa đọc được giờ. Hãy ghi giờ:phút, ví dụ 08:30.")) from None


def _no_clock() -> dt.time:
    raise ValueError


class NumberField(IntegerField):
    """A whole number, zero or more."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
            raise ValueError(_l("Hãy ghi một số nguyên, không âm."))
        if typed:
            self.data = int(typed)


class LinesField(TextAreaField):
    """A list typed one entry per line; `data` is a list of non-empty lines."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = valuelist[0].splitlines() if valuelist else []
        self.data = [line.strip() for line in lines if line.strip()]


class RowsField(FieldList):
    """A table typed row by row: the filled rows, some spare ones, and a button for more."""

    def filled(self) -> list[dict[str, Any]]:
        """Rows in which anything was typed."""
        return [row for row in self.data if any(map(is_answer, row.values()))]


class RowForm(Form):
    """One row: its obligatory columns matter only once something is typed in it."""

    def validate(self, extra_validators: Any = None) -> bool:
        if not any(field.raw_data and str(field.raw_data[0]).strip() for field in self):
            return True
        return bool(Form.validate(self, extra_validators))


class Needed:
    """The value must be there. Zero counts as an answer."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: Form, field: Any) -> None:
        if is_answer(answer_of(field)) or field.errors:
            return
        raise StopValidation(str(_l("Chưa điền mục này.")))


class NeededInRow(Needed):
    """As `Needed`, without the browser's own check: spare rows may stay empty."""

    field_flags: ClassVar[dict[str, bool]] = {}


class Announced:
    """No check: only the words beside the label that say when the value must be there (a draft may wait)."""

    def __init__(self, words: object) -> None:
        self.field_flags: dict[str, object] = {"announced": words}

    def __call__(self, form: Form, field: Any) -> None:
        """Nothing is refused now."""


class NeededWhen:
    """The value must be there when another field of the form has (one of) the values named."""

    def __init__(self, holds: Any, *, field: str, because: str) -> None:
        self._holds, self._field, self._because = holds, field, because

    def __call__(self, form: Form, field: Any) -> None:
        if self._holds(answer_of(form[self._field])) and not is_answer(answer_of(field)):
            raise ValidationError(str(_l("Phải điền mục này vì đã chọn: %(reason)s.", reason=self._because)))


def answer_of(field: Any) -> object:
    """What was typed into a web field; of a table only its filled rows."""
    return field.filled() if isinstance(field, RowsField) else field.data


def is_answer(value: object) -> bool:
    """Whether anything was answered: zero and False are answers, blanks are not."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value is not False and value != []
