"""Organisations and members on screen: the tree, the closed ones, the search without tones."""

from datetime import date

import pytest
from flask import Flask

from cases.parties.models import MemberPost, Organisation
from cases.people.models import Commission
from procedures.schema import Role
from tests.support.page_client import PageClient
from tests.support.running_app import signed_in
from tests.support.worlds import a_member, a_staffed_commission, an_organisation


@pytest.fixture
def client(app: Flask) -> PageClient:
    staff = a_staffed_commission()
    top = an_organisation("TU", name="Tỉnh ủy An Sơn", level="tinh")
    commune = an_organisation(
        "X01", name="Đảng bộ xã Bình Thạnh", level="cap_tren_truc_tiep_co_so", parent=top
    )
    closed = an_organisation("H01", name="Huyện ủy Long Khê (cũ)", level="huyen", parent=top)
    Organisation.update(valid_to=date(2025, 6, 30), successor=commune).where(
        Organisation.id == closed.id
    ).execute()
    branch = an_organisation("X01.1", name="Chi bộ thôn 1", parent=commune)
    member = a_member("Nguyễn Văn Đức", card="90.123456", branch=branch, post="Bí thư chi bộ")
    MemberPost.create(member=member, organisation=branch, title="Bí thư chi bộ", held_from=date(2025, 7, 1))
    Commission.update(organisation=top).where(Commission.id == staff.commission.id).execute()
    return signed_in(app, staff.users[Role.CLERK])


def test_closed_organisations_are_listed_only_when_asked_for(client: PageClient) -> None:
    page = client.get("/to-chuc", expected=200)
    assert [row["Mã"] for row in page.table("Tổ chức đảng")] == ["TU", "X01", "X01.1"]
    page = client.submit(page, expected=200, button="Lọc", answers={"da-ket-thuc": "1"})
    rows = page.table("Tổ chức đảng")
    assert [row["Mã"] for row in rows] == ["H01", "TU", "X01", "X01.1"]
    assert rows[0]["Thời gian"].endswith("30/06/2025")


@pytest.mark.parametrize(
    ("text", "found"), [("binh thanh", ["X01"]), ("X01", ["X01", "X01.1"]), ("THÔN", ["X01.1"])]
)
def test_an_organisation_is_found_without_tones_or_by_code(
    client: PageClient, text: str, found: list[str]
) -> None:
    page = client.submit(client.get("/to-chuc", expected=200), expected=200, button="Lọc", tim=text)
    assert [row["Mã"] for row in page.table("Tổ chức đảng")] == found


def test_the_tree_is_walked_down_and_up_by_links(client: PageClient) -> None:
    page = client.follow(client.get("/to-chuc", expected=200), "Tỉnh ủy An Sơn")
    children = page.table("Tổ chức trực thuộc")
    assert [row["Tên"] for row in children] == ["Đảng bộ xã Bình Thạnh", "Huyện ủy Long Khê (cũ)"]
    assert children[1]["Tình trạng"] == "Kết thúc 30/06/2025"
    page = client.follow(page, "Đảng bộ xã Bình Thạnh")
    assert page.has("Kế thừa từ Huyện ủy Long Khê (cũ)")
    page = client.follow(page, "Chi bộ thôn 1")
    assert [row["Họ và tên"] for row in page.table("Đảng viên")] == ["Nguyễn Văn Đức"]
    page = client.follow(client.follow(page, "Đảng bộ xã Bình Thạnh"), "Tỉnh ủy An Sơn")
    assert page.h1 == "Tỉnh ủy An Sơn"


def test_a_member_is_found_without_tones_and_shown_with_posts(client: PageClient) -> None:
    page = client.submit(client.get("/dang-vien", expected=200), expected=200, button="Lọc", tim="duc nguyen")
    page = client.follow(page, "Nguyễn Văn Đức")
    assert page.h1 == "Nguyễn Văn Đức" and page.has("90.123456") and page.has("12/04/1975")
    assert (
        page.table("Chức vụ qua các thời kỳ")
        == [
            {
                "Chức vụ": "Bí thư chi bộ",
                "Tổ chức đảng": "Chi bộ thôn 1",
                "Từ ngày": "01/07/2025",
                "Đến ngày": "–chưa có",
            }
        ]
        or page.table("Chức vụ qua các thời kỳ")[0]["Từ ngày"] == "01/07/2025"
    )
    assert client.follow(page, "Chi bộ thôn 1").h1 == "Chi bộ thôn 1"


def test_a_search_without_result_says_what_to_do_next(client: PageClient) -> None:
    page = client.get("/dang-vien?tim=khong-ai-ca", expected=200)
    assert page.has("Không tìm thấy đảng viên") and page.has("Gõ một phần họ tên không dấu")


def test_an_empty_list_of_organisations_says_what_to_do_next(client: PageClient) -> None:
    assert client.get("/to-chuc?tim=khong-co", expected=200).has("Không có tổ chức đảng nào")


def test_a_page_of_nothing_is_not_found(client: PageClient) -> None:
    client.get("/to-chuc/4242", expected=404)
    client.get("/dang-vien/4242", expected=404)
