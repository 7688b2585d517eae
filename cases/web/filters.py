"""Words, dates and checks the templates use, named by purpose."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Protocol, TypeVar

from flask import Flask, request, url_for
from flask_babel import gettext as _
from jinja2 import StrictUndefined, Undefined
from wtforms import BooleanField, DateField, Field, FieldList, Form, FormField, HiddenField, SubmitField
from wtforms.widgets import ListWidget, Select

from cases.clock import VIETNAM
from cases.text import official_date, short_date
from cases.web.bootstrap_assets import load_icons
from forms.fields import DayField

SOON_DAYS: Final = 3
_FIELD_KINDS: Final[dict[str, tuple[type[Field], ...]]] = {
    "checkbox": (BooleanField,),
    "date_field": (DateField, DayField),
    "hidden_field": (HiddenField,),
    "row_list": (FieldList,),
    "submit_field": (SubmitField,),
}
T = TypeVar("T")


class ComponentTextMissing(TypeError):
    """A component was used without the words that make it accessible."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is obligatory and must not be empty")
        self.what = what


class Person(Protocol):
    """Anybody shown with a post."""

    full_name: str
    post: str


@dataclass(frozen=True, slots=True)
class FieldError:
    """One error of a form: `id` is the input a link can jump to, empty for the whole form."""

    id: str
    label: str
    message: str


def init_filters(app: Flask) -> None:
    """Make templates strict about missing values and register filters, tests and globals."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for shown in (official_date, short_date, short_time, moment, days_left, due_state, person, file_size):
        app.add_template_filter(shown, shown.__name__)
    app.add_template_test(is_choice_group, "choice_group")
    app.add_template_test(is_select, "select")
    for name, kinds in _FIELD_KINDS.items():
        app.add_template_test(_field_test(kinds), name)
    app.add_template_global(load_icons().__getitem__, "icon")
    for offered in (obligatory, form_errors, own_errors, url_with, page_numbers):
        app.add_template_global(offered, offered.__name__)


def obligatory(value: T, what: str) -> T:
    """Return `value`, or raise `ComponentTextMissing` when it is missing or blank."""
    if isinstance(value, Undefined) or value is None or value == [] or not str(value).strip():
        raise ComponentTextMissing(what)
    return value


def short_time(when: datetime) -> str:
    """Return the Vietnamese clock time of a UTC moment: `14:05`."""
    return when.astimezone(VIETNAM).strftime("%H:%M")


def moment(when: datetime | date) -> str:
    """Return day and, for a moment, clock time in Vietnam: `14:05, 05/03/2026`."""
    if isinstance(when, datetime):
        return f"{short_time(when)}, {short_date(when.astimezone(VIETNAM).date())}"
    return short_date(when)


def days_left(due: date, today: date) -> str:
    """Return how far a due date is, in calendar days and words: `còn 5 ngày`, `quá hạn 3 ngày`."""
    days = (due - today).days
    if days < 0:
        return _("quá hạn %(days)d ngày", days=-days)
    if days == 0:
        return _("hạn cuối hôm nay")
    return _("còn %(days)d ngày", days=days)


def due_state(due: date, today: date) -> str:
    """Return `late`, `soon` (within `SOON_DAYS` calendar days) or `ahead`: how a date is shown, no rule."""
    days = (due - today).days
    if days < 0:
        return "late"
    return "soon" if days <= SOON_DAYS else "ahead"


def person(someone: Person) -> str:
    """Return name and post in one line, the name alone when no post is recorded."""
    return f"{someone.full_name} – {someone.post}" if someone.post else someone.full_name


def file_size(size: int) -> str:
    """Return bytes in words with the Vietnamese decimal comma: `1,4 MB`."""
    if size < 1024:
        return _("%(size)d byte", size=size)
    amount, unit = (size / 1024, "KB") if size < 1024 * 1024 else (size / (1024 * 1024), "MB")
    return f"{amount:.1f}".replace(".", ",") + f" {unit}"


def is_choice_group(field: Field) -> bool:
    """Tell whether a field draws several radio buttons or checkboxes, which need a legend."""
    return isinstance(field.widget, ListWidget) and not isinstance(field, FieldList)


def is_select(field: Field) -> bool:
    return isinstance(field.widget, Select)


def _field_test(kinds: tuple[type[Field], ...]) -> Callable[[Field], bool]:
    def is_of_kind(field: Field) -> bool:
        return isinstance(field, kinds)

    return is_of_kind


def form_errors(form: Form) -> list[FieldError]:
    """Return every error of a form in page order, those of nested forms and lists included."""
    own = [FieldError("", "", str(message)) for message in form.form_errors]
    return own + [error for field in form for error in _field_errors(field)]


def _field_errors(field: Any) -> Iterator[FieldError]:
    if isinstance(field, FormField):
        for inner in field.form:
            yield from _field_errors(inner)
    elif isinstance(field, FieldList):
        for entry in field.entries:
            yield from _field_errors(entry)
        yield from _plain_errors(field, field.id)
    else:
        yield from _plain_errors(field, f"{field.id}-0" if is_choice_group(field) else field.id)


def _plain_errors(field: Any, target: str) -> Iterator[FieldError]:
    label = str(field.label.text)
    for message in own_errors(field):
        yield FieldError(target, label, message)


def own_errors(field: Any) -> list[str]:
    """Return the messages about the field itself, without those of the fields inside it."""
    return [str(message) for message in field.errors if not isinstance(message, dict | list | tuple)]


def url_with(**changes: object) -> str:
    """Return the address of the current page with some query values changed, `None` removing one."""
    kept: dict[str, Any] = request.args.to_dict(flat=False)
    kept = {name: value for name, value in kept.items() if name not in (request.view_args or {})}
    kept.update(changes)
    given = {name: value for name, value in kept.items() if value is not None}
    return url_for(request.endpoint or "", **(request.view_args or {}), **given)


def page_numbers(page: int, pages: int) -> list[int | None]:
    """Return the page numbers worth a link, `None` for a gap: 1 … 4 5 6 … 20."""
    wanted = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    numbers: list[int | None] = []
    for number in wanted:
        last = numbers[-1] if numbers else None
        if last is not None and number - last == 2:
            numbers.append(number - 1)
        elif last is not None and number - last > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers
