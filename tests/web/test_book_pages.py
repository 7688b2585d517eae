"""The public book on screen and in print, as people without a case read it."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from peewee import Database
from pypdf import PdfReader

from cases.book.reading import FAMILIES
from cases.clock import FixedClock
from cases.deadlines.models import RuleConfirmation
from cases.definitions import rules
from cases.people.models import User
from procedures.schema import Role
from tests.support.page_client import Page, PageClient
from tests.support.running_app import build_app, signed_in
from tests.support.worlds import NOW, TODAY, a_staffed_commission

SVG = "{http://www.w3.org/2000/svg}"
OwnRules = Callable[[], PageClient]
LOCAL_CATALOGUE = """
[[procedure]]
code = "KT-03"
name = "Kiểm tra tổ chức đảng cấp dưới khi có dấu hiệu vi phạm"
number = "QT-07/AS"
"""
LOCAL_EDITION = """
code = "KT-03"
based_on = "KT-03@2026-04-11"
valid_from = 2026-09-01
confidence = "source"
source = "Quyết định của Ủy ban"

[decision]
number = "12-QĐ/UBKTTU"
date = 2026-08-20
issuer = "Ủy ban Kiểm tra Tỉnh ủy An Sơn"

[[steps]]
key = "CB1"
label = "Đề xuất kiểm tra của phòng"

[[steps]]
key = "CB1A"
after = "CB1"
stage = "CB"
type = "PROPOSE"
label = "Phòng thẩm định đề xuất"
what = "Trưởng phòng đọc lại hồ sơ và ghi ý kiến."
actor = "head_of_section"
confidence = "source"
source = "Quyết định của Ủy ban"
"""


@pytest.fixture
def reader(app: Flask) -> PageClient:
    """Who has no case: the statistician."""
    return signed_in(app, a_staffed_commission().users[Role.STATISTICIAN])


@pytest.fixture
def own_rules(database: Database, database_url: str, tmp_path: Path, clock: FixedClock) -> OwnRules:
    """A commission with a number, an edition and a step of its own for KT-03."""

    def start() -> PageClient:
        folder = tmp_path / "rieng"
        (folder / "kt_03_own").mkdir(parents=True)
        (folder / "catalogue.toml").write_text(LOCAL_CATALOGUE, encoding="utf-8")
        (folder / "kt_03_own" / "2026-09-01.toml").write_text(LOCAL_EDITION, encoding="utf-8")
        app = build_app(database_url, tmp_path / "instance", clock, local_rules_path=folder)
        return signed_in(app, a_staffed_commission().users[Role.STATISTICIAN])

    return start


def pages_of(client: PageClient, address: str) -> list[str]:
    answer = client.client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), address
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.data)).pages]


def all_tables(page: Page, captions: list[str]) -> list[dict[str, str]]:
    return [row for caption in captions for row in page.table(caption)]


def test_the_list_groups_the_nineteen_procedures_and_leads_to_each(reader: PageClient) -> None:
    page = reader.get("/quy-trinh", expected=200)
    rows = all_tables(page, list(FAMILIES.values()))
    assert [row["Mã"] for row in rows] == [one.code for one in rules().catalogue]
    tc03 = next(row for row in rows if row["Mã"] == "TC-03")
    assert tc03["Thời hạn chung"] == "90 ngày chưa xác nhận"
    assert tc03["Bản có hiệu lực"] == "từ 11/04/2026"
    assert int(tc03["Số bước"]) == len(rules().procedure("TC-03", TODAY).steps)
    assert reader.follow(page, "TC-03").h1.startswith("TC-03 – ")


def test_packs_that_are_off_are_named_with_how_to_switch_them_on(reader: PageClient) -> None:
    page = reader.get("/quy-trinh", expected=200)
    assert rules().packs
    assert page.has("PACKS")
    assert all(page.has(pack.name) for pack in rules().packs)


def test_procedures_of_packs_that_are_on_stand_under_the_name_of_their_pack(
    database: Database, database_url: str, tmp_path: Path, clock: FixedClock
) -> None:
    app = build_app(database_url, tmp_path / "instance", clock, packs="suspension,restoration")
    client = signed_in(app, a_staffed_commission().users[Role.STATISTICIAN])
    page = client.get("/quy-trinh", expected=200)
    names = {pack.id: pack.name for pack in rules().packs}
    assert [row["Mã"] for row in page.table(names["suspension"])] == ["DC-01"]
    assert [row["Mã"] for row in page.table(names["restoration"])] == ["XL-01"]
    assert client.follow(page, "DC-01").h1.startswith("DC-01 – ")
    complaint = client.get("/quy-trinh/KN-02", expected=200)
    assert complaint.links["XL-01"].endswith("/quy-trinh/XL-01")


def test_the_list_is_searched_without_tones(reader: PageClient) -> None:
    page = reader.get("/quy-trinh?tim=to+cao+dang+vien", expected=200)
    assert {row["Mã"] for row in page.table("Giải quyết tố cáo")} >= {"TC-03"}
    assert not page.has("GS-01")
    nothing = reader.get("/quy-trinh?tim=khongcogi", expected=200)
    assert nothing.has("Không có quy trình nào có “khongcogi”")
    elsewhere = reader.follow(nothing, "Tìm trong tất cả quy định")
    assert elsewhere.has("Không tìm thấy mục nào") and elsewhere.has("ví dụ T-01")


def test_every_procedure_shows_all_its_steps(reader: PageClient) -> None:
    for edition in rules().procedures_in_force(TODAY):
        page = reader.get(f"/quy-trinh/{edition.code}", expected=200)
        shown = [row["Bước"] for stage in edition.stages for row in page.table(stage.label)]
        assert [one.split(".")[0] for one in shown] == [step.key for step in edition.steps], edition.id
        assert page.has(edition.trigger)


def test_every_edition_opens_and_is_compared_with_the_one_before(reader: PageClient) -> None:
    for edition in rules().procedures:
        own = reader.client.get(f"/quy-trinh/{edition.code}?ban={edition.valid_from}")
        assert own.status_code == 200
        assert own.text.count('<tr id="buoc-') == len(edition.steps), edition.id
        beside = reader.client.get(f"/quy-trinh/{edition.code}/so-sanh?den={edition.valid_from}")
        assert beside.status_code == 200, edition.id


def test_a_procedure_says_who_runs_it_who_may_not_and_what_each_step_needs(reader: PageClient) -> None:
    page = reader.get("/quy-trinh/KT-04", expected=200)
    edition = rules().procedure("KT-04", TODAY)
    assert edition.bars and all(page.has(bar.why) for bar in edition.bars)
    assert page.has(edition.runners[0].signer)
    (team,) = [row for row in page.table("Bước tiến hành") if row["Bước"].startswith("TH3.")]
    assert "C11" in team["Văn bản"] and "(bắt buộc)" in team["Văn bản"]
    (first,) = [row for row in page.table("Bước tiến hành") if row["Bước"].startswith("TH1.")]
    assert (
        "I-09: 5 ngày làm việc, tính từ" in first["Thời hạn của bước"]
        and "chưa xác nhận" in first["Thời hạn của bước"]
    )
    assert "/quy-dinh/I-09" in page.links["I-09"]


def test_the_drawing_is_an_image_with_a_name_and_without_style(reader: PageClient) -> None:
    page = reader.get("/quy-trinh/TC-03", expected=200)
    (drawing,) = [one for one in page.root.iter(f"{SVG}svg") if one.get("role") == "img"]
    named = {one.get("id"): one.text for one in drawing if one.tag in (f"{SVG}title", f"{SVG}desc")}
    assert drawing.get("aria-labelledby") == " ".join(str(name) for name in named)
    assert named["so-do-ten"] == "Sơ đồ quy trình TC-03"
    assert not [one.tag for one in drawing.iter() if one.get("style") or one.tag == f"{SVG}style"]


def test_an_old_edition_says_that_it_is_old_and_uses_the_limits_of_its_time(reader: PageClient) -> None:
    page = reader.get("/quy-trinh/TC-03?ban=2018-05-03", expected=200)
    assert page.has("Đây không phải bản đang áp dụng hôm nay")
    old = rules().edition("TC-03", date(2018, 5, 3))
    limit = rules().time_limit(str(old.total_limit), old.valid_to)
    assert page.has(f"{limit.amount} {limit.unit.label}")


def test_the_commissions_statement_takes_the_place_of_the_doubt(app: Flask, reader: PageClient) -> None:
    limit = rules().time_limit("T-01", TODAY)
    someone = User.get(User.username == Role.STATISTICIAN.value)
    RuleConfirmation.create(
        commission=someone.commission, rule_id="T-01", version_from=limit.valid_from, verdict="corrected",
        amount=75, basis="Điều 20, bản chính thức", confirmed_by=someone, confirmed_at=NOW,
    )  # fmt: skip
    page = reader.get("/quy-trinh/TC-03", expected=200)
    assert page.has("T-01: 75 ngày") and page.has("Căn cứ: Điều 20, bản chính thức.")
    assert page.has("Số do Ủy ban ghi lại.")
    (row,) = [row for row in reader.get("/quy-trinh", expected=200).table("Giải quyết tố cáo")
              if row["Mã"] == "TC-03"]  # fmt: skip
    assert row["Thời hạn chung"] == "75 ngày"


@pytest.mark.parametrize(
    "address",
    [
        "/quy-trinh/XX-99", "/quy-trinh/XX-99?ban=2026-04-11", "/quy-trinh/TC-03?ban=abc",
        "/quy-trinh/TC-03?ban=1990-01-01", "/quy-trinh/TC-03/so-sanh?tu=abc",
        "/quy-trinh/TC-03/so-sanh?den=2026-13-40", "/quy-trinh/XX-99/so-sanh", "/quy-trinh/XX-99/so-tay.pdf",
        "/quy-trinh/TC-03/so-tay.pdf?ban=abc",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(reader: PageClient, address: str) -> None:
    assert reader.get(address, expected=404).h1


def test_a_day_inside_an_edition_names_that_edition(reader: PageClient) -> None:
    page = reader.get("/quy-trinh/TC-03?ban=2025-06-15", expected=200)
    assert page.has("Bản có hiệu lực từ 30/05/2025 đến 10/04/2026")


def test_two_editions_are_compared_with_a_sensible_pair_by_default(reader: PageClient) -> None:
    page = reader.follow(reader.get("/quy-trinh/TC-03", expected=200), "So sánh với bản trước")
    form = page.form(button="So sánh")
    assert (form.values["tu"], form.values["den"]) == ("2025-05-30", "2026-04-11")
    bare = reader.get("/quy-trinh/TC-03/so-sanh", expected=200).form(button="So sánh")
    assert bare.values == form.values
    first = reader.get("/quy-trinh/TC-03/so-sanh?den=2018-05-03", expected=200).form(button="So sánh")
    assert first.values["tu"] != first.values["den"]


def test_an_edition_of_its_own_is_marked_and_compared(own_rules: OwnRules) -> None:
    client = own_rules()
    listed = client.get("/quy-trinh", expected=200)
    (row,) = [row for row in listed.table("Kiểm tra") if row["Mã"] == "QT-07/AS"]
    assert "Bản riêng Quyết định số 12-QĐ/UBKTTU ngày 20/08/2026" in row["Bản có hiệu lực"]
    page = client.follow(listed, "QT-07/AS")
    assert page.h1.startswith("QT-07/AS – ")
    compared = client.follow(page, "So sánh với bản trước")
    assert compared.has("thêm 1, bỏ 0, sửa 1")
    assert {row["Mục"] for row in compared.table("Bước CB1A")} >= {"Tên bước", "Việc phải làm", "Ai làm"}
    (label,) = [row for row in compared.table("Bước CB1") if row["Mục"] == "Tên bước"]
    assert label["Bản 11/04/2026"] == "Đề xuất kiểm tra"
    assert label["Bản 01/09/2026"] == "Đề xuất kiểm tra thêm: của phòng (hết phần thêm)"
    (neighbour,) = [row for row in client.get("/quy-trinh/KT-05", expected=200).table("Sang quy trình khác")
                    if "QT-07/AS" in row["Quy trình"]][:1]  # fmt: skip
    assert neighbour["Tại bước"]


def test_the_booklet_of_one_procedure_has_every_step_and_page_numbers(reader: PageClient) -> None:
    pages = pages_of(reader, "/quy-trinh/TC-03/so-tay.pdf")
    whole = " ".join(pages)
    assert "SỔ TAY QUY TRÌNH" in pages[0] and "ngày 22 tháng 11 năm 2026" in pages[0]
    for number, page in enumerate(pages[1:], start=2):
        assert str(number) in (page.split()[0], page.split()[-1])
    for step in rules().procedure("TC-03", TODAY).steps:
        assert whole.count(f"{step.key}. ") >= 2, step.key  # once in the drawing, once in the table
    assert "chưa xác nhận" in whole and "Điều 20, 22-QĐ/TW" in whole


def test_the_booklet_of_all_is_one_file_that_is_printed_once(reader: PageClient) -> None:
    first = reader.client.get("/quy-trinh/so-tay.pdf")
    again = reader.client.get("/quy-trinh/so-tay.pdf")
    assert first.status_code == 200 and first.data == again.data
    text = PdfReader(io.BytesIO(first.data)).pages[1].extract_text()
    assert all(one.code in text for one in rules().catalogue)
    assert "so-tay-quy-trinh-2026-11-22.pdf" in first.headers["Content-Disposition"]


@pytest.mark.parametrize("pdf_engine", ["pdfkit", "weasyprint"])
def test_both_engines_print_the_booklet(
    database: Database, database_url: str, tmp_path: Path, clock: FixedClock, pdf_engine: str
) -> None:
    app = build_app(database_url, tmp_path / "instance", clock, pdf_engine=pdf_engine)
    client = signed_in(app, a_staffed_commission().users[Role.STATISTICIAN])
    whole = " ".join(pages_of(client, "/quy-trinh/GS-02/so-tay.pdf"))
    assert "Sơ đồ" in whole
    for step in rules().procedure("GS-02", TODAY).steps:
        assert f"{step.key}. " in whole
