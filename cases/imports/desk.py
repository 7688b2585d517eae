"""Where rows are stored: for which commission, by whom, when; with the look-ups every register needs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from cases.clock import local_day
from cases.imports.headers import header_for
from cases.imports.rows import Note, ReadRow
from cases.parties.models import Member, Organisation
from cases.parties.queries import subtree
from cases.people.actor import Actor
from cases.people.models import Commission, User
from cases.text import fold

_T = TypeVar("_T")


@dataclass
class Desk:
    """`actor` is None for the installation itself. `later` is done when all rows of the file are stored."""

    commission: Commission
    actor: Actor | None
    now: datetime
    notes: list[Note] = field(default_factory=list)
    later: list[Callable[[], None]] = field(default_factory=list)

    @property
    def today(self) -> date:
        return local_day(self.now)

    def note(self, row: ReadRow, name: str, reason: str) -> None:
        """Say something about a row that is stored all the same."""
        header = header_for(row.kind, name, row.raw)
        self.notes.append(Note(row.row_number, header, row.raw.get(header, ""), reason))

    @cached_property
    def _tree(self) -> frozenset[int] | None:
        """What the commission looks after; None when an import of its own may touch every organisation."""
        root = self.commission.organisation_id
        if self.actor is None or root is None:
            return None
        below = subtree(root)
        rows = Organisation.select(Organisation.id).where(Organisation.id.in_(below.select(below.c.id)))
        return frozenset(found.id for found in rows.with_cte(below))

    def looks_after(self, organisation: Organisation | None) -> bool:
        """Is this organisation the commission's to change? One that stands in no tree is."""
        if self._tree is None or organisation is None:
            return True
        above: Organisation | None = organisation
        while above is not None:
            if above.id in self._tree:
                return True
            above = above.parent
        return False

    def organisation(self, written: str) -> Organisation | None:
        """The organisation of a code, or of a name only one bears."""
        by_code: Organisation | None = Organisation.get_or_none(Organisation.code == written)
        return by_code or only(self.organisations_named(written))

    def organisations_named(self, name: str) -> list[Organisation]:
        if not fold(name):
            return []
        return list(Organisation.select().where(Organisation.name_fold == fold(name)).limit(2))

    def members_named(self, name: str) -> list[Member]:
        """Members of this name whom the commission looks after."""
        named = Member.select().where(Member.name_fold == fold(name)) if fold(name) else ()
        return [member for member in named if self.looks_after(member.branch)]

    def users_named(self, name: str) -> list[User]:
        same = (User.commission == self.commission) & (User.name_fold == fold(name))
        return list(User.select().where(same, User.active).limit(2)) if fold(name) else []


def only(found: list[_T]) -> _T | None:
    """The one thing found, None when there are none or several."""
    return found[0] if len(found) == 1 else None
