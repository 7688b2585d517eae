"""How a row of each register becomes a record: find it by its number, compare, add, put in its place."""

from collections.abc import Mapping
from typing import Final

from cases.imports.columns import Kind
from cases.imports.stores.base import Store
from cases.imports.stores.discipline import DisciplineStore
from cases.imports.stores.letters import LetterStore
from cases.imports.stores.members import MemberStore
from cases.imports.stores.organisations import OrganisationStore
from cases.imports.stores.programme import ProgrammeStore
from cases.imports.stores.staff import StaffStore

STORES: Final[Mapping[Kind, Store]] = {
    Kind.ORGANISATIONS: OrganisationStore(),
    Kind.MEMBERS: MemberStore(),
    Kind.STAFF: StaffStore(),
    Kind.LETTERS: LetterStore(),
    Kind.DISCIPLINE: DisciplineStore(),
    Kind.PROGRAMME: ProgrammeStore(),
}

__all__ = ["STORES", "Store"]
