"""The journal on screen: what happened, named only to who may know it; and whether the chain holds."""

import pytest
from flask import Flask

from cases.audit.models import AuditEvent
from cases.audit.operations import act
from cases.intake.models import Letter
from cases.lifecycle.models import Case
from procedures.schema import Role
from tests.support.running_app import signed_in
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission

OUT_OF_SIGHT = "ngoài phạm vi được xem"


@pytest.fixture
def staff(app: Flask) -> Staff:
    staff = a_staffed_commission()
    clerk = staff.users[Role.CLERK]
    case = Case.create(
        commission=staff.commission,
        code="07-2026",
        procedure="KT-04",
        edition=TODAY,
        title="Kiểm tra đồng chí Mẫu",
        origin="letter",
        started_on=TODAY,
        opened_at=NOW,
        opened_by=clerk,
    )
    letter = Letter.create(
        commission=staff.commission,
        year=2026,
        number=12,
        received_on=TODAY,
        source="post",
        identity="clear",
        kind="denunciation",
        summary="Tố cáo",
        created_by=clerk,
        created_at=NOW,
    )
    for verb, thing in (("case.opened", case), ("letter.logged", letter), ("user.changed", clerk)):
        with act(clerk.as_actor(), verb, now=NOW) as event:
            event.about(thing)
    return staff


def test_a_chair_reads_who_did_what_to_which_case(app: Flask, staff: Staff) -> None:
    page = signed_in(app, staff.users[Role.CHAIR]).get("/nhat-ky", expected=200)
    rows = page.table("Nhật ký")
    assert [row["Thao tác"] for row in rows] == ["Sửa người dùng", "Vào sổ đơn", "Mở hồ sơ vụ việc"]
    assert rows[2]["Hồ sơ"] == "07-2026 – Kiểm tra đồng chí Mẫu" and rows[1]["Hồ sơ"] == "Đơn số 12 năm 2026"
    assert {row["Người thực hiện"] for row in rows} == {"Lê Văn Thư"}
    assert rows[0]["Thời điểm"] == "09:00, 22/11/2026"


def test_an_administrator_reads_that_something_happened_and_no_name(app: Flask, staff: Staff) -> None:
    page = signed_in(app, staff.users[Role.ADMINISTRATOR]).get("/nhat-ky", expected=200)
    rows = page.table("Nhật ký")
    assert [row["Hồ sơ"] for row in rows[1:]] == [OUT_OF_SIGHT, OUT_OF_SIGHT]
    assert "Mẫu" not in page.main and "07-2026" not in page.main and "số 12" not in page.main


@pytest.mark.parametrize(
    ("query", "count"), [("viec=case.opened", 1), ("viec=user.signed_in", 0), ("viec=xyz", 3)]
)
def test_the_journal_is_narrowed_to_a_verb_and_ignores_what_is_none(
    app: Flask, staff: Staff, query: str, count: int
) -> None:
    page = signed_in(app, staff.users[Role.CHAIR]).get(f"/nhat-ky?{query}", expected=200)
    assert (len(page.table("Nhật ký")) if count else 0) == count
    assert page.has("Chưa có dòng nào") == (count == 0)


def test_the_journal_is_narrowed_to_a_person(app: Flask, staff: Staff) -> None:
    client = signed_in(app, staff.users[Role.CHAIR])
    page = client.get("/nhat-ky", expected=200)
    page = client.submit(page, expected=200, button="Lọc", nguoi=staff.users[Role.CHAIR].id)
    assert page.has("Chưa có dòng nào")
    client.get("/nhat-ky?nguoi=99999999999999999999&trang=99999999999999999999", expected=200)


def test_a_long_journal_comes_in_pages(app: Flask, staff: Staff) -> None:
    for _ in range(50):
        with act(staff.actor(Role.CLERK), "user.changed", now=NOW):
            pass
    client = signed_in(app, staff.users[Role.CHAIR])
    assert len(client.get("/nhat-ky", expected=200).table("Nhật ký")) == 50
    assert len(client.get("/nhat-ky?trang=2", expected=200).table("Nhật ký")) == 3
    assert len(client.get("/nhat-ky?trang=-5", expected=200).table("Nhật ký")) == 50


def test_the_check_says_how_much_was_checked_and_that_nothing_is_broken(app: Flask, staff: Staff) -> None:
    client = signed_in(app, staff.users[Role.CHAIR])
    page = client.follow(client.get("/nhat-ky", expected=200), "Kiểm tra tính toàn vẹn")
    assert page.has("Đã kiểm tra 3 dòng") and page.has("liền mạch")


def test_the_check_names_the_line_where_the_chain_breaks(app: Flask, staff: Staff) -> None:
    database = AuditEvent._meta.database
    database.execute_sql("drop trigger audit_event_no_update")
    second = AuditEvent.select().order_by(AuditEvent.id)[1].id
    database.execute_sql(f"update audit_event set verb = 'user.created' where id = {second}")
    page = signed_in(app, staff.users[Role.CHAIR]).get("/nhat-ky/kiem-tra", expected=200)
    assert page.has(f"Chuỗi mã băm đứt ở dòng số {second}.")
