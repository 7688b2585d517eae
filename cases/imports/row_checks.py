"""What rows of a register say against themselves or each other, without any database.

A problem is given only where the values cannot all be right; what is merely odd becomes a note.
"""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import Final

from cases.imports.columns import Kind
from cases.imports.rows import DraftRow
from cases.text import fold, short_date

Check = Callable[[Sequence[DraftRow], date], None]


def check_rows(kind: Kind, rows: Sequence[DraftRow], *, today: date) -> None:
    """Add the problems and notes that need more than one cell to see; `today` bounds past events."""
    for check in _CHECKS[kind]:
        check(rows, today)


def _past(*names: str) -> Check:
    def check(rows: Sequence[DraftRow], today: date) -> None:
        for row in rows:
            for name in names:
                if (day := row.day(name)) and day > today:
                    row.problem(name, f"Ngày ở tương lai (hôm nay là {short_date(today)}).")

    return check


def _in_order(earlier: str, later: str, *, reason: str) -> Check:
    def check(rows: Sequence[DraftRow], _today: date) -> None:
        for row in rows:
            first, second = row.day(earlier), row.day(later)
            if first and second and second < first:
                row.problem(later, f"{reason} ({row.header(earlier)}: {short_date(first)}).")

    return check


def _once(name: str, key: Callable[[DraftRow], Hashable | None]) -> Check:
    """The first row with a key stays; each later one has to be looked at by a person."""

    def check(rows: Sequence[DraftRow], _today: date) -> None:
        seen: dict[Hashable, DraftRow] = {}
        for row in rows:
            mine = key(row)
            if mine is None:
                continue
            first = seen.setdefault(mine, row)
            if first is not row:
                same = " với nội dung y hệt" if first.values == row.values else ""
                row.problem(name, f"Trùng với dòng {first.number}{same}; hãy sửa số hoặc bỏ dòng thừa.")

    return check


def _text_key(name: str) -> Callable[[DraftRow], str | None]:
    return lambda row: fold(row.text(name)) or None


def _letter_key(row: DraftRow) -> Hashable | None:
    number, received = row.values.get("number"), row.day("received_on")
    return (received.year, number) if number and received else None


def _decision_key(row: DraftRow) -> Hashable | None:
    signed = row.day("signed_on")
    return (signed.year, fold(row.text("number_text"))) if signed and row.text("number_text") else None


def _programme_key(row: DraftRow) -> Hashable | None:
    number, year = row.values.get("number"), row.values.get("year")
    return (year, number) if number else None


def _sender_agrees_with_identity(rows: Sequence[DraftRow], _today: date) -> None:
    for row in rows:
        says_named = row.values.get("identity") in ("clear", "impersonated")
        missing = "sender_name" in row.table.places and not row.text("sender_name")
        if says_named and missing and not row.troubled("sender_name"):
            row.problem("sender_name", "Thiếu người gửi trong khi cột danh tính ghi là có tên người gửi.")


def _letter_oddities(rows: Sequence[DraftRow], _today: date) -> None:
    latest: date | None = None
    for row in rows:
        received, written = row.day("received_on"), row.day("written_on")
        if received and written and written > received:
            row.note("written_on", "Ngày trên đơn sau ngày đến; người gửi có thể ghi sai ngày.")
        if received and latest and received < latest:
            row.note("received_on", f"Ngày đến sớm hơn đơn ghi trước đó trong sổ ({short_date(latest)}).")
        latest = max(latest, received) if latest and received else received or latest
        if "subject_name" in row.table.places and not row.text("subject_name"):
            row.note("subject_name", "Chưa ghi đối tượng của đơn.")
        if row.values.get("kind") is None and not row.troubled("kind"):
            row.note("kind", "Đơn chưa được phân loại.")
        if row.values.get("source") == "forwarded" and not row.text("transfer_reference"):
            row.note("transfer_reference", "Đơn được chuyển đến nhưng chưa ghi số công văn chuyển.")
        _note_kind_against_summary(row)


# How summaries begin, tones folded away.
_OPENINGS: Final = (
    (re.compile(r"vua (khieu nai|to cao)\b.*\bvua (khieu nai|to cao)\b"), "mixed", "có nhiều nội dung"),
    (re.compile(r"(don )?to (cao|giac)\b"), "denunciation", "tố cáo"),
    (re.compile(r"(don )?khieu nai\b"), "complaint", "khiếu nại"),
    (re.compile(r"(don )?phan anh\b"), "feedback", "phản ánh"),
    (re.compile(r"(don )?kien nghi\b"), "petition", "kiến nghị"),
)


def _note_kind_against_summary(row: DraftRow) -> None:
    summary, kind = fold(row.text("summary")), row.values.get("kind")
    for opening, meant, words in _OPENINGS:
        if opening.match(summary):
            if kind not in (None, meant):
                row.note("kind", f"Tóm tắt mở đầu như đơn {words}, khác với loại đơn đã ghi; cần xem lại.")
            return


def _duplicates_point_somewhere(rows: Sequence[DraftRow], _today: date) -> None:
    at = {row.values.get("number"): row.number for row in rows}
    for row in rows:
        targets = row.values.get("duplicate_of")
        for target in targets if isinstance(targets, tuple) else ():
            if target == row.values.get("number"):
                row.problem("duplicate_of", "Đơn được ghi là trùng với chính nó.")
            elif target not in at:
                row.note("duplicate_of", f"Không thấy đơn số {target} trong tệp này.")
            elif at[target] > row.number:
                row.note("duplicate_of", f"Đơn số {target} ghi sau đơn này trong sổ.")


def _same_number_in_other_years(rows: Sequence[DraftRow], _today: date) -> None:
    seen: dict[str, DraftRow] = {}
    for row in rows:
        number = fold(row.text("number_text"))
        first = seen.setdefault(number, row)
        if number and first is not row and _decision_key(first) != _decision_key(row):
            row.note("number_text", f"Số này còn ở dòng {first.number}, khác năm ký.")


def _own_parent(rows: Sequence[DraftRow], _today: date) -> None:
    parents = {fold(row.text("code")): fold(row.text("parent_code")) for row in rows if row.text("code")}
    for row in rows:
        code, parent = fold(row.text("code")), fold(row.text("parent_code"))
        if not parent:
            continue
        if parent not in parents:
            row.note("parent_code", f"Không thấy tổ chức có mã “{row.text('parent_code')}” trong tệp này.")
        elif _circles(code, parents):
            row.problem("parent_code", "Tổ chức trực thuộc chính nó qua các cấp trên đã ghi.")


def _circles(code: str, parents: Mapping[str, str]) -> bool:
    passed: set[str] = set()
    above = parents.get(code, "")
    while above and above not in passed:
        if above == code:
            return True
        passed.add(above)
        above = parents.get(above, "")
    return False


def _not_official_yet(rows: Sequence[DraftRow], _today: date) -> None:
    for row in rows:
        missing = "official_on" in row.table.places and not row.values.get("official_on")
        if missing and row.day("joined_on") and not row.troubled("official_on"):
            row.note("official_on", "Chưa ghi ngày chính thức: đảng viên dự bị, hoặc sổ ghi thiếu.")


def _programme_oddities(rows: Sequence[DraftRow], _today: date) -> None:
    for row in rows:
        body = re.match(r"(chi bo|dang bo|dang uy)\b", fold(row.text("subject_name")))
        if row.values.get("procedure") == "KT-04" and body:
            row.note(
                "subject_name",
                "Cuộc kiểm tra đảng viên nhưng đối tượng ghi là tổ chức đảng;"
                " cần ghi rõ đảng viên khi mở hồ sơ.",
            )


_CHECKS: Final[Mapping[Kind, tuple[Check, ...]]] = {
    Kind.ORGANISATIONS: (
        _once("code", _text_key("code")),
        _in_order("valid_from", "valid_to", reason="Ngày kết thúc trước ngày bắt đầu"),
        _own_parent,
    ),
    Kind.MEMBERS: (
        _once("card_number", _text_key("card_number")),
        _past("birth_date", "joined_on"),
        _in_order("birth_date", "joined_on", reason="Ngày vào Đảng trước ngày sinh"),
        _in_order("joined_on", "official_on", reason="Ngày chính thức trước ngày vào Đảng"),
        _not_official_yet,
    ),
    Kind.STAFF: (_once("email", _text_key("email")), _past("entered_on")),
    Kind.LETTERS: (
        _once("number", _letter_key),
        _past("received_on", "handled_on", "leader_opinion_on"),
        _in_order("received_on", "handled_on", reason="Ngày xử lý trước ngày đến"),
        _sender_agrees_with_identity,
        _letter_oddities,
        _duplicates_point_somewhere,
    ),
    Kind.DISCIPLINE: (
        _once("number_text", _decision_key),
        _past("signed_on", "announced_on", "received_on"),
        _in_order("signed_on", "announced_on", reason="Ngày công bố trước ngày ký"),
        _in_order("signed_on", "received_on", reason="Ngày nhận trước ngày ký"),
        _in_order("birth_date", "signed_on", reason="Ngày ký trước ngày sinh của đối tượng"),
        _same_number_in_other_years,
    ),
    Kind.PROGRAMME: (_once("number", _programme_key), _programme_oddities),
}
