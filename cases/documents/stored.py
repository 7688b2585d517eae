"""Field values as JSON in the database and as Python on the page: days are ISO text, times HH:MM."""

from datetime import date, time
from typing import Any

from forms.schema import FieldType, FormDef


def to_stored(value: Any) -> Any:
    """A value that JSON can hold; rows and lists are converted inside."""
    match value:
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case dict():
            return {name: to_stored(inner) for name, inner in value.items()}
        case list() | tuple():
            return [to_stored(inner) for inner in value]
        case _:
            return value


def from_stored(value: Any, kind: FieldType | str) -> Any:
    """The Python value of a stored one, by the type of its field or column."""
    if isinstance(value, str) and value:
        if kind == FieldType.DATE:
            return date.fromisoformat(value)
        if kind == FieldType.TIME:
            return time.fromisoformat(value)
    return value


def values_of(form: FormDef, stored: dict[str, Any]) -> dict[str, Any]:
    """All values of a paper as Python, rows converted column by column."""
    found: dict[str, Any] = {}
    for field in form.fields:
        value = stored.get(field.name)
        if field.type is FieldType.ROWS and isinstance(value, list):
            kinds = {column.name: column.type for column in field.columns}
            value = [
                {name: from_stored(cell, kinds.get(name, "str")) for name, cell in row.items()}
                for row in value
            ]
        found[field.name] = from_stored(value, field.type)
    return found
