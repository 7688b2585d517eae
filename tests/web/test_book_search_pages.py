"""Search over all rules and the regulations in order of time, as people read them on screen."""

import pytest
from flask import Flask

from procedures.schema import Role
from tests.support.page_client import PageClient
from tests.support.running_app import signed_in
from tests.support.worlds import a_staffed_commission


@pytest.fixture
def reader(app: Flask) -> PageClient:
    """Who has no case: the statistician."""
    return signed_in(app, a_staffed_commission().users[Role.STATISTICIAN])


@pytest.mark.parametrize("typed", ["gia hạn", "gia han"])
def test_rules_are_found_with_and_without_tones(reader: PageClient, typed: str) -> None:
    page = reader.get("/quy-dinh", expected=200)
    hits = reader.submit(page, button="Tìm", expected=200, tim=typed, loai="limit").table("Kết quả")
    assert any(row["Quy định"].startswith("T-03 – Gia hạn") for row in hits)
    assert all("Thời hạn ·" in row["Quy định"] for row in hits)


def test_hits_lead_to_the_rule_the_step_and_the_text(reader: PageClient) -> None:
    limit = reader.get("/quy-dinh?tim=T-01&loai=limit", expected=200)
    assert limit.links["Giải quyết tố cáo"].endswith("/quy-dinh/T-01")
    step = reader.get("/quy-dinh?tim=hội+nghị&loai=step&linh-vuc=Kiểm+tra", expected=200)
    assert any("#buoc-" in address and "?ban=" in address for address in step.links.values())
    text = reader.get("/quy-dinh?tim=22-QĐ/TW&loai=regulation", expected=200)
    assert any(address.endswith("#vb-22-qd-tw") for address in text.links.values())


def test_without_words_all_is_listed_in_pages(reader: PageClient) -> None:
    first = reader.get("/quy-dinh", expected=200)
    assert len(first.table("Kết quả")) == 50
    last = reader.get("/quy-dinh?trang=9999", expected=200)
    assert "Bước của quy trình" in last.table("Kết quả")[-1]["Quy định"]


def test_the_filters_narrow_and_say_what_to_do_when_nothing_is_left(reader: PageClient) -> None:
    on = reader.get("/quy-dinh?tim=T-01&loai=limit&ngay=01/01/2022", expected=200).table("Kết quả")
    assert any("từ 28/07/2021 đến 29/05/2025" in row["Hiệu lực, mức chắc chắn"] for row in on)
    sure = reader.get("/quy-dinh?xac-nhan=co&loai=limit", expected=200).table("Kết quả")
    assert sure and not any("Chưa xác nhận" in row["Hiệu lực, mức chắc chắn"] for row in sure)
    nothing = reader.get("/quy-dinh?tim=khongcogi", expected=200)
    assert nothing.has("Thử ít từ hơn")
    assert nothing.links["Bỏ lọc, xem tất cả"].endswith("/quy-dinh")


@pytest.mark.parametrize(
    "query",
    [
        "ngay=abc", "ngay=32/01/2026", "loai=x&xac-nhan=y", "trang=-3", "trang=x", "tim=%25_%27%22<b>",
        "linh-vuc=x",
    ],
)  # fmt: skip
def test_odd_values_in_the_address_do_no_harm(reader: PageClient, query: str) -> None:
    page = reader.get(f"/quy-dinh?{query}", expected=200)
    assert page.h1 == "Quy định, thời hạn"
    assert ("Chưa lọc theo ngày" in page.text) == query.startswith("ngay=")


def test_regulations_stand_by_area_with_what_replaces_what(reader: PageClient) -> None:
    page = reader.get("/quy-dinh/van-ban", expected=200)
    rows = page.table("kiểm tra, giám sát, kỷ luật đảng")
    assert [row["Số"] for row in rows][-1] == "21-QĐ/TW"
    by_number = {row["Số"]: row for row in rows}
    assert "Được thay bởi 296-QĐ/TW" in by_number["22-QĐ/TW"]["Thay thế, sửa đổi"]
    assert "Được sửa đổi bởi 262-QĐ/TW" in by_number["22-QĐ/TW"]["Thay thế, sửa đổi"]
    assert "hết hiệu lực" in by_number["22-QĐ/TW"]["Hiệu lực"]
    assert "đang có hiệu lực" in by_number["21-QĐ/TW"]["Hiệu lực"]
