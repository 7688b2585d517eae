"""What may happen to a paper, as pure functions over its form and state."""

from forms.schema import FormDef, Layout
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


def missing_values(form: FormDef, values: dict[str, object]) -> list[str]:
    """Labels of required fields without a value; such a paper may be kept as a draft but not submitted."""
    return [
        field.label
        for field in form.fields
        if field.required and values.get(field.name) in (None, "", [], {})
    ]
