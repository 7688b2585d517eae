"""What may happen to a paper, as pure functions over its form and state."""

from collections.abc import Iterator, Mapping

from forms.schema import Field, FieldType, FormDef, Layout
from forms.text import parse_condition
from forms.usage import asked_fields
from procedures.schema import Role

# Whose signature makes a paper, and whose approval it therefore needs.
APPROVING_ROLE: dict[str, Role] = {
    "commission": Role.CHAIR,
    "standing_committee": Role.CHAIR,
    "office": Role.HEAD_OF_SECTION,
    "section": Role.HEAD_OF_SECTION,
    "leader": Role.CHAIR,
    "team": Role.COMMISSIONER,
}
EDITABLE = frozenset({"draft", "returned"})


def approving_role(form: FormDef) -> Role | None:
    """The role that approves this paper before it is issued; None for minutes, ballots and papers
    written by others, which are only recorded."""
    if form.layout in (Layout.MINUTES, Layout.BALLOT, Layout.SUBJECT_PAPER):
        return None
    roles = [APPROVING_ROLE[signer.id] for signer in form.signers if signer.id in APPROVING_ROLE]
    return roles[0] if roles else None


def missing_values(form: FormDef, values: Mapping[str, object]) -> list[str]:
    """Labels of what must be filled and is not; such a paper may be kept as a draft but not submitted.

    A field needed only in some case is missing when that case holds; a row that was begun names the
    columns it lacks.
    """
    found: list[str] = []
    for field in asked_fields(form):
        value = values.get(field.name)
        if not _answered(value) and _needed(field, values):
            found.append(field.label)
        elif field.type is FieldType.ROWS and isinstance(value, list):
            found += _gaps_in_rows(field, value)
    return found


def _needed(field: Field, values: Mapping[str, object]) -> bool:
    if field.required_when is None:
        return field.required
    when = parse_condition(field.required_when)
    return field.required or when.holds(values.get(when.field))


def _answered(value: object) -> bool:
    """Zero and a box left unticked are answers; blanks and empty lists are not."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != []


def _gaps_in_rows(field: Field, rows: list[Mapping[str, object]]) -> Iterator[str]:
    needed = [column for column in field.columns if column.required]
    for number, row in enumerate(rows, start=1):
        lacking = [column.label for column in needed if not _answered(row.get(column.name))]
        if lacking and any(map(_answered, row.values())):
            yield f"{field.label} (dòng {number}: {', '.join(lacking)})"
