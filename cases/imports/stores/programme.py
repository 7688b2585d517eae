"""The yearly programme: one entry per inspection or supervision, found by year and number."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from cases.errors import Refused
from cases.imports.columns import VOCABULARIES
from cases.imports.desk import Desk, only
from cases.imports.rows import ReadRow
from cases.imports.stores.base import filled, number, or_none, text
from cases.imports.values import Value
from cases.lifecycle.models import Case
from cases.parties.models import Member
from cases.plans.models import ProgrammeItem

_OF_A_MEMBER: Final = "KT-04"
_COLUMNS: Final = {
    "number": "number", "procedure": "kind", "subject_name": "subject_name", "content": "content",
    "period": "period", "timing": "timing", "unit": "unit", "note": "note",
}  # fmt: skip


class ProgrammeStore:
    def in_order(self, desk: Desk, rows: Sequence[ReadRow]) -> Sequence[ReadRow]:
        return rows

    def find(self, desk: Desk, row: ReadRow) -> ProgrammeItem | None:
        found: ProgrammeItem | None = ProgrammeItem.get_or_none(
            ProgrammeItem.commission == desk.commission,
            ProgrammeItem.year == number(row, "year"),
            ProgrammeItem.number == number(row, "number"),
        )
        return found

    def said(self, desk: Desk, row: ReadRow) -> Mapping[str, Value]:
        return row.values

    def written(self, found: ProgrammeItem) -> Mapping[str, Value]:
        return {name: or_none(getattr(found, column)) for name, column in _COLUMNS.items()}

    def create(self, desk: Desk, row: ReadRow) -> ProgrammeItem:
        return ProgrammeItem.create(
            commission=desk.commission, year=number(row, "year"), **filled(row, _COLUMNS),
            **_matched(desk, row),
        )  # fmt: skip

    def replace(self, desk: Desk, found: ProgrammeItem, row: ReadRow) -> None:
        if Case.select().where(Case.programme_item == found).exists():
            raise Refused("Cuộc này đã mở hồ sơ vụ việc; chỉ giữ nội dung đang có trong hệ thống.")
        for column, value in {**filled(row, _COLUMNS), **_matched(desk, row)}.items():
            setattr(found, column, value)
        found.save()


def _matched(desk: Desk, row: ReadRow) -> dict[str, Any]:
    """The kind in words, and who the subject is where the name leaves no doubt."""
    name, kind = text(row, "subject_name"), text(row, "procedure")
    body = only(desk.organisations_named(name))
    member: Member | None = None
    if body is None and kind == _OF_A_MEMBER:
        member = only(desk.members_named(name))
    if body is None and member is None:
        words = "Không tìm thấy đúng một đối tượng mang tên này; giữ nguyên tên đã ghi."
        desk.note(row, "subject_name", words)
    label = max(VOCABULARIES["programme_kind"].words[kind], key=len)
    return {
        "kind_label": label[:1].upper() + label[1:], "subject_organisation": body, "subject_member": member,
    }  # fmt: skip
