"""Which right each register needs besides the right to import: nobody brings in what they may not see."""

from collections.abc import Mapping
from typing import Final

from cases.imports.columns import Kind
from cases.people.permissions import Permission

KIND_PERMISSIONS: Final[Mapping[Kind, Permission]] = {
    Kind.ORGANISATIONS: Permission.SEE_PARTIES,
    Kind.MEMBERS: Permission.SEE_PARTIES,
    Kind.STAFF: Permission.MANAGE_USERS,
    Kind.LETTERS: Permission.LOG_LETTERS,
    Kind.DISCIPLINE: Permission.SEE_DECISIONS,
    Kind.PROGRAMME: Permission.SEE_PROGRAMME,
}
