"""Registers R04 and R06: every number accounted for, real dates, text that is never a formula."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from peewee import Database

from cases.audit.models import AuditEvent
from cases.decisions.models import Decision
from cases.documents.models import Document
from cases.errors import NotAllowed
from cases.lifecycle.models import Case
from cases.registers import discipline, operations, outgoing
from cases.registers.queries import OutgoingFilter, outgoing as book
from procedures.schema import Role
from tests.support.running_cases import an_open_case, loaded_rules
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, a_user

R06 = [
    "Số quyết định", "Ngày", "Đối tượng (đảng viên, tổ chức đảng)", "Ngày sinh", "Chức vụ", "Đơn vị",
    "Diện quản lý", "Nội dung vi phạm (nhóm thống kê)", "Hình thức", "Cấp quyết định", "Nguồn",
    "Ngày công bố", "Ngày đối tượng nhận", "Khiếu nại", "Thay đổi hình thức", "Ngày hết hiệu lực", "Ghi chú",
]  # fmt: skip


@pytest.fixture
def staff(database: Database) -> Staff:
    loaded_rules()
    return a_staffed_commission()


@pytest.fixture
def case(staff: Staff) -> Case:
    return an_open_case(staff)


def a_numbered_paper(staff: Staff, case: Case | None, number: int, **changes: Any) -> Document:
    given = {
        "commission": staff.commission,
        "case": case,
        "form": "C01",
        "form_edition": "2026-1",
        "title": f"Văn bản {number}",
        "state": "issued",
        "issued_on": TODAY,
        "snapshot": {"values": {}},
        "pdf_sha256": "0" * 64,
        "series": "QĐ",
        "term": "2025-2030",
        "number": number,
        "symbol": f"{number:02d}-QĐ/UBKTTU",
        "signer": staff.users[Role.CHAIR],
        "created_by": staff.users[Role.INSPECTOR],
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Document.create(**{**given, **changes})


def sheet(data: bytes) -> list[list[Any]]:
    rows = load_workbook(BytesIO(data)).active.iter_rows(min_row=3)
    return [list(row) for row in rows]


def a_decision(staff: Staff, **changes: Any) -> Decision:
    given = {
        "commission": staff.commission,
        "subject_name": "=HYPERLINK(1)",
        "penalty": "warning",
        "number_text": "01-QĐ/UBKTTU",
        "number": 1,
        "signed_on": date(2026, 3, 5),
        "group": "land",
        "violation": "Cấp đất sai",
        "origin": "KL-02",
        "managed_by": "province",
        "ends_on": date(2027, 3, 9),
        "announced_on": date(2026, 3, 9),
        "created_at": NOW,
        "changed_to": "reprimand",
        "note": "+1",
    }
    return Decision.create(**{**given, **changes})


def test_the_register_of_decisions_has_exactly_its_columns(staff: Staff) -> None:
    data = operations.export_discipline(staff.actor(Role.STATISTICIAN), [a_decision(staff)], now=NOW)
    head, line = sheet(data)[:2]
    assert [cell.value for cell in head] == R06
    found = dict(zip(R06, line, strict=True))
    assert found["Ngày"].value == datetime(2026, 3, 5)
    assert found["Ngày"].number_format == "dd/mm/yyyy"
    assert found["Hình thức"].value == "Cảnh cáo"
    assert found["Thay đổi hình thức"].value == "Khiển trách"
    assert found["Nội dung vi phạm (nhóm thống kê)"].value == "Cấp đất sai (Đất đai, tài nguyên, khoáng sản)"
    assert found["Diện quản lý"].value == "Ban Thường vụ Tỉnh ủy quản lý"


def test_typed_text_is_never_a_formula(staff: Staff) -> None:
    data = operations.export_discipline(staff.actor(Role.STATISTICIAN), [a_decision(staff)], now=NOW)
    line = sheet(data)[1]
    assert (line[2].value, line[2].data_type) == ("=HYPERLINK(1)", "s")
    assert (line[16].value, line[16].data_type) == ("+1", "s")


def test_an_export_is_journalled_and_asks_for_the_right(staff: Staff) -> None:
    operations.export_outgoing(staff.actor(Role.CLERK), [], now=NOW)
    assert AuditEvent.get(AuditEvent.verb == "register.exported").data == {"register": "R04", "rows": 0}
    with pytest.raises(NotAllowed):
        operations.export_discipline(staff.actor(Role.INSPECTOR), [], now=NOW)


def test_gaps_and_void_numbers_stand_in_the_book(staff: Staff, case: Case) -> None:
    a_numbered_paper(staff, case, 1)
    a_numbered_paper(staff, case, 4, state="void", void_reason="Sai thể thức")
    lines = book(staff.actor(Role.CHAIR), OutgoingFilter())
    assert [(one.number, one.gap, one.state) for one in lines] == [
        (4, False, "void"), (3, True, ""), (2, True, ""), (1, False, "issued"),
    ]  # fmt: skip
    assert lines[0].note == "Đã hủy: Sai thể thức"


def test_every_type_and_term_is_a_book_of_its_own(staff: Staff, case: Case) -> None:
    a_numbered_paper(staff, case, 7)
    a_numbered_paper(staff, case, 2, series="TB", form="C19")
    a_numbered_paper(staff, case, 1, term="2020-2025")
    chair = staff.actor(Role.CHAIR)
    assert [(one.series, one.term) for one in book(chair, OutgoingFilter())] == [
        ("TB", "2025-2030"), ("QĐ", "2025-2030"), ("QĐ", "2020-2025"),
    ]  # fmt: skip
    assert [one.number for one in book(chair, OutgoingFilter(series="TB"))] == [2]


def test_a_paper_one_may_not_read_shows_its_number_only(staff: Staff, case: Case) -> None:
    a_numbered_paper(staff, case, 1)
    (line,) = book(staff.actor(Role.STATISTICIAN), OutgoingFilter())
    assert (line.number, line.gap, line.symbol) == (1, False, "")
    assert line.abstract == outgoing.HIDDEN
    subject = case.parties.get().member
    himself = a_user(staff.commission, Role.CLERK, name="Phạm Văn Mẫu", member=subject).as_actor()
    assert [one.document for one in book(himself, OutgoingFilter())] == [None]
    assert [one.document for one in book(himself, OutgoingFilter(text="Văn bản"))] == []


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (OutgoingFilter(text="văn bản 3"), [3]),
        (OutgoingFilter(state="gap"), [2]),
        (OutgoingFilter(state="void"), [3]),
        (OutgoingFilter(year=2026), [3, 1]),
        (OutgoingFilter(year=2025), []),
    ],
)
def test_the_book_is_narrowed(staff: Staff, case: Case, wanted: OutgoingFilter, numbers: list[int]) -> None:
    a_numbered_paper(staff, case, 1)
    a_numbered_paper(staff, case, 3, state="void", void_reason="Sai")
    assert [one.number for one in book(staff.actor(Role.CHAIR), wanted)] == numbers


def test_the_book_of_papers_says_who_signed_what_to_whom(staff: Staff, case: Case) -> None:
    a_numbered_paper(staff, case, 1, secrecy="mat", urgency="khan")
    actor = staff.actor(Role.CHAIR)
    data = operations.export_outgoing(actor, book(actor, OutgoingFilter()), now=NOW)
    head, line = sheet(data)[:2]
    found = {cell.value: value.value for cell, value in zip(head, line, strict=True)}
    assert [cell.value for cell in head] == [column.label for column in outgoing.COLUMNS]
    assert (found["Số"], found["Loại"], found["Độ mật"], found["Độ khẩn"]) == (1, "Quyết định", "Mật", "Khẩn")
    assert (found["Người ký"], found["Hồ sơ số"]) == ("Vũ Thị Nhiệm", case.code)
    assert "Lưu" in found["Nơi nhận"]
    assert found["Ngày"] == datetime(2026, 11, 22)


def test_a_register_brought_from_paper_keeps_its_own_words(staff: Staff) -> None:
    old = a_decision(
        staff, origin="Tự phát hiện", managed_by="Huyện ủy cũ", group="Nhóm cũ", refusal="Không ký"
    )
    read = {column.label: column.read(old) for column in discipline.COLUMNS}
    assert (read["Nguồn"], read["Diện quản lý"]) == ("Tự phát hiện", "Huyện ủy cũ")
    assert read["Ghi chú"] == "Không nhận quyết định: Không ký; +1"
