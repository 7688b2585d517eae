"""Members: found by card number, their branch by code or by a name only one branch bears."""

from collections.abc import Mapping, Sequence
from typing import Final

from cases.imports.desk import Desk
from cases.imports.reports import RowProblems
from cases.imports.rows import ReadRow
from cases.imports.stores.base import filled, or_none, text
from cases.imports.values import Value
from cases.parties.models import Member, MemberPost, Organisation
from cases.text import fold, name_sort_key

_POSTS: Final = ("party_post", "government_post")
_COLUMNS: Final = {
    name: name
    for name in (
        "card_number", "full_name", "birth_date", "gender", "hometown", "address", "joined_on", "official_on",
        *_POSTS, "management_level", "note",
    )
}  # fmt: skip


class MemberStore:
    def in_order(self, desk: Desk, rows: Sequence[ReadRow]) -> Sequence[ReadRow]:
        return rows

    def find(self, desk: Desk, row: ReadRow) -> Member | None:
        found: Member | None = Member.get_or_none(Member.card_number == text(row, "card_number"))
        if found is not None and not desk.looks_after(found.branch):
            reason = "Số thẻ này là của đảng viên ngoài phạm vi của ủy ban kiểm tra."
            raise RowProblems(("card_number", reason))
        return found

    def said(self, desk: Desk, row: ReadRow) -> Mapping[str, Value]:
        return {**row.values, "branch_code": self._branch(desk, row).code}

    def written(self, found: Member) -> Mapping[str, Value]:
        own = {name: or_none(getattr(found, name)) for name in _COLUMNS}
        return {**own, "branch_code": found.branch.code if found.branch else None}

    def create(self, desk: Desk, row: ReadRow) -> Member:
        name = text(row, "full_name")
        made = Member.create(
            **filled(row, _COLUMNS), name_fold=fold(name), name_sort=name_sort_key(name),
            branch=self._branch(desk, row),
        )  # fmt: skip
        for post in _POSTS:
            if title := text(row, post):
                MemberPost.create(member=made, title=title)
        return made

    def replace(self, desk: Desk, found: Member, row: ReadRow) -> None:
        for post in _POSTS:
            title, before = text(row, post), getattr(found, post)
            if title and title != before:
                undated = MemberPost.held_from.is_null() & MemberPost.held_to.is_null()
                MemberPost.delete().where(
                    undated, MemberPost.member == found, MemberPost.title == before
                ).execute()
                MemberPost.create(member=found, title=title)
        for column, value in filled(row, _COLUMNS).items():
            setattr(found, column, value)
        found.branch = self._branch(desk, row)
        found.name_fold, found.name_sort = fold(found.full_name), name_sort_key(found.full_name)
        found.save()

    def _branch(self, desk: Desk, row: ReadRow) -> Organisation:
        code = text(row, "branch_code")
        branch = desk.organisation(code)
        if branch is None:
            raise RowProblems(
                ("branch_code", f"Chưa có chi bộ “{code}” trong hệ thống; hãy nhập tổ chức đảng trước.")
            )
        if not desk.looks_after(branch):
            raise RowProblems(("branch_code", "Chi bộ này ngoài phạm vi của ủy ban kiểm tra."))
        return branch
