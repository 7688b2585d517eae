"""Party organisations: a dated tree; parents are found by code, in any order of the file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cases.imports.desk import Desk
from cases.imports.reports import RowProblems
from cases.imports.rows import ReadRow
from cases.imports.stores.base import filled, or_none, text
from cases.imports.values import Value
from cases.parties.models import Organisation
from cases.text import fold

_COLUMNS: Final = {name: name for name in ("code", "name", "level", "secretary", "valid_from", "valid_to")}


class OrganisationStore:
    def in_order(self, desk: Desk, rows: Sequence[ReadRow]) -> Iterator[ReadRow]:
        """Parents before children; rows whose parent is in no row come where they stand."""
        by_code = {fold(text(row, "code")): row for row in rows if not row.problems}
        given: set[int] = set()
        for row in rows:
            yield from self._with_parents(row, by_code, given)

    def _with_parents(
        self, row: ReadRow, by_code: Mapping[str, ReadRow], given: set[int]
    ) -> Iterator[ReadRow]:
        chain: list[ReadRow] = []
        above: ReadRow | None = row
        while above is not None and above.row_number not in given:
            given.add(above.row_number)
            chain.append(above)
            above = by_code.get(fold(text(above, "parent_code")))
        yield from reversed(chain)

    def find(self, desk: Desk, row: ReadRow) -> Organisation | None:
        found: Organisation | None = Organisation.get_or_none(Organisation.code == text(row, "code"))
        if found is not None and not desk.looks_after(found):
            raise RowProblems(("code", "Mã này là của tổ chức ngoài phạm vi của ủy ban kiểm tra."))
        return found

    def said(self, desk: Desk, row: ReadRow) -> Mapping[str, Value]:
        parent = self._parent(desk, row)
        return {**row.values, "parent_code": parent.code if parent else None}

    def written(self, found: Organisation) -> Mapping[str, Value]:
        own = {name: or_none(getattr(found, name)) for name in _COLUMNS}
        return {**own, "parent_code": found.parent.code if found.parent else None}

    def create(self, desk: Desk, row: ReadRow) -> Organisation:
        parent = self._parent(desk, row)
        if parent is None and desk.commission.organisation_id is not None:
            raise RowProblems(("parent_code", "Chưa ghi cấp trên; chỉ tổ chức cao nhất không có cấp trên."))
        made = Organisation.create(**filled(row, _COLUMNS), name_fold=fold(text(row, "name")), parent=parent)
        if parent is None:
            desk.commission.organisation = made
            desk.commission.save(only=["organisation"])
        return made

    def replace(self, desk: Desk, found: Organisation, row: ReadRow) -> None:
        for column, value in filled(row, _COLUMNS).items():
            setattr(found, column, value)
        found.name_fold = fold(found.name)
        parent = self._parent(desk, row)
        if parent is not None:
            _refuse_circle(found, parent)
            found.parent = parent
        found.save()

    def _parent(self, desk: Desk, row: ReadRow) -> Organisation | None:
        code = text(row, "parent_code")
        if not code:
            return None
        parent = desk.organisation(code)
        if parent is None:
            raise RowProblems(("parent_code", f"Chưa có tổ chức cấp trên “{code}” trong hệ thống."))
        if not desk.looks_after(parent):
            raise RowProblems(("parent_code", "Cấp trên này ngoài phạm vi của ủy ban kiểm tra."))
        return parent


def _refuse_circle(found: Organisation, parent: Organisation) -> None:
    above: Organisation | None = parent
    while above is not None:
        if above.id == found.id:
            raise RowProblems(("parent_code", "Tổ chức không thể trực thuộc chính nó."))
        above = above.parent
