"""What every screen form shares: showing a refusal beside what was typed."""

from typing import Protocol

from flask_wtf import FlaskForm


class Refusal(Protocol):
    message: str
    field: str | None
    status: int


def show_refusal(form: FlaskForm, refusal: Refusal) -> int:
    """Put a refusal at its field, or above the form when it names none; returns the HTTP status to answer."""
    field = form._fields.get(refusal.field or "")
    if field is None:
        form.form_errors.append(refusal.message)
    else:
        field.errors = [*field.errors, refusal.message]
    return refusal.status
