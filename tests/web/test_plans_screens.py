"""The yearly programme on screen; each entry becomes a case once."""

from typing import Any

from flask import Flask

from cases.lifecycle.models import Case
from cases.people.models import User
from cases.plans.models import ProgrammeItem
from procedures.schema import Role
from tests.support.running_app import signed_in
from tests.support.worlds import NOW, TODAY, Staff, a_member

CAPTION = "Các cuộc kiểm tra, giám sát"


def an_item(staff: Staff, number: int, *, year: int = 2026, **changes: Any) -> ProgrammeItem:
    given = {
        "commission": staff.commission,
        "year": year,
        "number": number,
        "kind": "kt",
        "kind_label": "Kiểm tra",
        "subject_name": f"Đảng ủy xã {number}",
        "content": "Lãnh đạo, chỉ đạo",
        "timing": "Quý III",
    }
    return ProgrammeItem.create(**{**given, **changes})


def a_case_of(staff: Staff, item: ProgrammeItem) -> Case:
    return Case.create(
        commission=staff.commission,
        code="07-2026",
        procedure="KT-04",
        edition=TODAY,
        title="Kiểm tra",
        origin="programme",
        programme_item=item,
        started_on=TODAY,
        opened_at=NOW,
        opened_by=staff.users[Role.CHAIR],
    )


def test_the_latest_year_is_shown_and_another_can_be_chosen(app: Flask, staff: Staff) -> None:
    an_item(staff, 1)
    an_item(staff, 1, year=2025, subject_name="Đảng ủy năm trước")
    client = signed_in(app, staff.users[Role.CLERK])
    page = client.get("/chuong-trinh", expected=200)
    assert page.h1.endswith("năm 2026") and [row["Đối tượng"] for row in page.table(CAPTION)] == [
        "Đảng ủy xã 1"
    ]
    page = client.submit(page, expected=200, button="Lọc", nam="2025")
    assert page.h1.endswith("năm 2025") and [row["Đối tượng"] for row in page.table(CAPTION)] == [
        "Đảng ủy năm trước"
    ]
    assert client.get("/chuong-trinh?nam=1900", expected=200).h1.endswith("năm 2026")


def test_without_a_programme_the_page_says_what_to_do_next(app: Flask, staff: Staff) -> None:
    page = signed_in(app, staff.users[Role.CLERK]).get("/chuong-trinh", expected=200)
    assert page.has("Chưa có chương trình năm 2026") and page.has("Nhập phụ lục")


def test_an_entry_that_became_a_case_shows_it_to_who_may_see_it_and_is_not_opened_twice(
    app: Flask, staff: Staff
) -> None:
    a_case_of(staff, an_item(staff, 1))
    an_item(staff, 2)
    seen = signed_in(app, staff.users[Role.CHAIR]).get("/chuong-trinh", expected=200).table(CAPTION)
    assert seen[0]["Hồ sơ"] in {"07-2026", "Đã mở"} and "Mở hồ sơ" not in seen[0]["Hồ sơ"]
    outside = signed_in(app, staff.users[Role.STATISTICIAN]).get("/chuong-trinh", expected=200).table(CAPTION)
    assert [row["Hồ sơ"] for row in outside] == ["Đã mở", "Chưa mở"]


def test_the_entry_about_oneself_is_not_in_the_programme(app: Flask, staff: Staff) -> None:
    member = a_member()
    an_item(staff, 1, subject_member=member, subject_name=member.full_name)
    an_item(staff, 2)
    clerk = staff.users[Role.CLERK]
    User.update(member=member).where(User.id == clerk.id).execute()
    rows = signed_in(app, clerk).get("/chuong-trinh", expected=200).table(CAPTION)
    assert [row["Đối tượng"] for row in rows] == ["Đảng ủy xã 2"]
