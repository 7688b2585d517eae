"""The register of discipline decisions R06: found by number and year of signing."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from cases.decisions.dates import effective_on, ends_on
from cases.decisions.models import Decision
from cases.errors import Refused
from cases.imports.desk import Desk, only
from cases.imports.headers import headers_of
from cases.imports.reports import RowProblems
from cases.imports.rows import ReadRow
from cases.imports.stores.base import day, filled, or_none, text
from cases.imports.values import Value
from cases.parties.models import Member
from cases.people.series import raise_above
from cases.text import fold

_COLUMNS: Final = {
    "number_text": "number_text", "signed_on": "signed_on", "subject_name": "subject_name",
    "subject_kind": "subject_kind", "birth_date": "birth_date", "post": "post", "unit": "unit",
    "management_level": "managed_by", "violation": "violation", "penalty": "penalty",
    "deciding_body": "deciding_body", "origin": "origin", "announced_on": "announced_on",
    "received_on": "received_on", "complaint": "complaint", "changed_to": "changed_to", "ends_on": "ends_on",
    "note": "note",
}  # fmt: skip
_SERIES: Final = "QĐ"
_FOR_BODIES: Final = frozenset({"reprimand", "warning", "dissolution"})
_NO_COMPLAINT: Final = frozenset({"", "khong", "khong co", "khong khieu nai"})


class DisciplineStore:
    def in_order(self, desk: Desk, rows: Sequence[ReadRow]) -> Sequence[ReadRow]:
        return rows

    def find(self, desk: Desk, row: ReadRow) -> Decision | None:
        signed, own = _signed_on(row), fold(text(row, "number_text"))
        first, last = date(signed.year, 1, 1), date(signed.year, 12, 31)
        of_year = Decision.select().where(
            Decision.commission == desk.commission,
            Decision.signed_on.between(first, last),
            Decision.number.is_null() | (Decision.number == _number(text(row, "number_text"))),
        )
        return next((found for found in of_year if fold(found.number_text) == own), None)

    def said(self, desk: Desk, row: ReadRow) -> Mapping[str, Value]:
        return row.values

    def written(self, found: Decision) -> Mapping[str, Value]:
        return {name: or_none(getattr(found, column)) for name, column in _COLUMNS.items()}

    def create(self, desk: Desk, row: ReadRow) -> Decision:
        decision = Decision(
            commission=desk.commission, created_by=desk.actor.user_id if desk.actor else None,
            created_at=desk.now,
        )  # fmt: skip
        self._fill(desk, decision, row)
        decision.save(force_insert=True)
        _raise_series(desk, decision, _signed_on(row))
        return decision

    def replace(self, desk: Desk, found: Decision, row: ReadRow) -> None:
        if found.case_id is not None:
            raise Refused("Quyết định này lập trong hệ thống từ hồ sơ vụ việc; chỉ giữ nội dung đang có.")
        before = _counted(found)
        self._fill(desk, found, row)
        if _counted(found) != before and day(row, "ends_on") is None:
            found.ends_on = None if _is_complained_about(found) else ends_on(found)
        found.save()

    def _fill(self, desk: Desk, decision: Decision, row: ReadRow) -> None:
        for column, value in filled(row, _COLUMNS).items():
            setattr(decision, column, value)
        decision.number = _number(decision.number_text)
        _match_subject(desk, decision, row)
        if decision.subject_kind == "body" and decision.penalty not in _FOR_BODIES:
            raise RowProblems(("penalty", "Hình thức này không áp dụng đối với tổ chức đảng."))
        decision.effective_on = effective_on(decision)
        # Whether a decision complained about ends by itself is for a person to say.
        if decision.ends_on is None and not _is_complained_about(decision):
            decision.ends_on = ends_on(decision)


def _number(written: str) -> int | None:
    digits = re.match(r"0*([1-9][0-9]{0,8})", written)
    return int(digits[1]) if digits else None


def _signed_on(row: ReadRow) -> date:
    signed = day(row, "signed_on")
    if signed is None:
        raise RowProblems(("signed_on", "Chưa ghi ngày ký."))
    return signed


def _match_subject(desk: Desk, decision: Decision, row: ReadRow) -> None:
    """The member of that name and birth date, or the organisation of that name; doubt is left to a person."""
    body = only(desk.organisations_named(decision.subject_name))
    if not text(row, "subject_kind") and decision.get_id() is None:
        decision.subject_kind = "body" if body or decision.penalty == "dissolution" else "member"
    if decision.subject_kind == "body":
        decision.subject_organisation = body
        return
    same = desk.members_named(decision.subject_name)
    if decision.birth_date is not None:
        same = [member for member in same if member.birth_date in (decision.birth_date, None)]
    member = only(same)
    decision.subject_member = member
    if member is None:
        words = "Có nhiều đảng viên trùng tên" if same else "Không có đảng viên nào khớp"
        desk.note(row, "subject_name", f"{words} (họ tên, ngày sinh); giữ nguyên tên đã ghi.")
    else:
        _note_oddities(desk, decision, member, row)


def _note_oddities(desk: Desk, decision: Decision, member: Member, row: ReadRow) -> None:
    if "birth_date" in headers_of(row.kind, row.raw) and decision.birth_date is None:
        desk.note(row, "birth_date", "Chưa ghi ngày sinh; đảng viên được tìm theo họ tên.")
    if member.joined_on is not None and _signed_on(row) < member.joined_on:
        desk.note(row, "signed_on", "Quyết định ký trước ngày vào Đảng của đảng viên này; cần xem lại.")


def _counted(decision: Decision) -> tuple[object, ...]:
    """What the end of a decision follows from."""
    return decision.announced_on, decision.penalty, decision.complaint, decision.changed_to


def _is_complained_about(decision: Decision) -> bool:
    return fold(decision.complaint) not in _NO_COMPLAINT


def _raise_series(desk: Desk, decision: Decision, signed_on: date) -> None:
    """Numbers the term has used on paper are not given again."""
    years: list[Any] = re.findall(r"[0-9]{4}", desk.commission.term_name)
    first = int(years[0]) if years else 0
    if decision.number is not None and signed_on.year >= first:
        raise_above(desk.commission.id, _SERIES, desk.commission.term_name, decision.number)
