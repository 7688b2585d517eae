"""The pages on which registers are brought in, as people use them."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from cases.clock import FixedClock
from cases.imports.models import ImportFile, RepairRow, WaitingFile
from cases.intake.models import Letter
from cases.intake.sealing import sealed_identity
from cases.people.models import User
from procedures.schema import Role
from tests.support.page_client import Page, PageClient
from tests.support.registers import SAMPLES, csv_of, letter
from tests.support.running_app import signed_in
from tests.support.worlds import NOW, Staff, a_user


@pytest.fixture
def clerk(app: Flask, staff: Staff) -> PageClient:
    return signed_in(app, staff.users[Role.CLERK])


def upload(
    client: PageClient, data: bytes, name: str = "so-don.csv", *, expected: int = 302, **how: str
) -> Page:
    page = client.get("/nhap-so", expected=200)
    sent = client.submit(page, button="Xem trước", expected=expected, file=(BytesIO(data), name), **how)
    return client.follow(sent) if expected == 302 else sent


def bring(client: PageClient, *rows: dict[str, str]) -> Page:
    preview = upload(client, csv_of(rows))
    return client.submit_and_follow(preview, button=f"Nhập {len(rows)} dòng")


def test_a_register_is_looked_at_before_anything_is_stored(clerk: PageClient) -> None:
    preview = upload(clerk, csv_of([letter(STT="1"), letter(Số_đến="2", Ngày_đến="")]))
    assert preview.has("Sẽ lưu mới") and preview.has("Cột không thuộc sổ, sẽ không nhập: STT.")
    assert preview.table("Chỗ cần sửa")[0]["Cột"] == "Ngày đến"
    assert "Hoàng Thị Kín" not in preview.html and preview.has("đã niêm phong")
    assert (Letter.select().count(), ImportFile.select().count()) == (0, 0)
    done = clerk.submit_and_follow(preview, button="Nhập 2 dòng")
    assert done.has("Đã nhập 1 dòng.")
    assert (Letter.select().count(), RepairRow.select().count(), WaitingFile.select().count()) == (1, 1, 0)
    assert clerk.get("/nhap-so", expected=200).table("Các lần nhập sổ")[0]["Cần sửa"] == "1"


def test_the_sample_registers_come_in_through_the_browser(
    clerk: PageClient, app: Flask, staff: Staff
) -> None:
    files = ["to-chuc-dang.csv", "dang-vien.csv", "so-tiep-nhan-don-2026.xlsx", "so-quyet-dinh-ky-luat.xlsx"]
    for name in files:
        preview = upload(clerk, (SAMPLES / name).read_bytes(), name)
        (button,) = [
            words for words in preview.form(action=preview.address).buttons if words.startswith("Nhập ")
        ]
        clerk.submit_and_follow(preview, button=button)
    assert clerk.get("/nhap-so", expected=200).has("Sửa 9 dòng đang chờ")
    administrator = signed_in(app, staff.users[Role.ADMINISTRATOR])
    preview = upload(administrator, (SAMPLES / "can-bo-ubkt.csv").read_bytes(), "can-bo-ubkt.csv")
    administrator.submit_and_follow(preview, button="Nhập 26 dòng")
    assert User.select().where(User.username == "cb26").exists()


def test_the_waiting_file_is_its_owners_sealed_and_gone_after_a_while(
    clerk: PageClient, app: Flask, staff: Staff, tmp_path: Path, clock: FixedClock
) -> None:
    preview = upload(clerk, csv_of([letter()]))
    kept = [path for path in (tmp_path / "instance").rglob("*") if path.is_file()]
    assert kept and not any("Hoàng Thị Kín".encode() in path.read_bytes() for path in kept)
    other = signed_in(app, a_user(staff.commission, Role.CLERK, name="Lê Thị Hai"))
    other.get(preview.address, expected=404)
    clock.moment = NOW + timedelta(hours=3)
    clerk = signed_in(app, staff.users[Role.CLERK])
    clerk.get(preview.address, expected=404)
    upload(clerk, csv_of([letter(Số_đến="2")]))
    assert WaitingFile.select().count() == 1
    waiting = [
        path for path in (tmp_path / "instance" / "files" / "imports-waiting").rglob("*") if path.is_file()
    ]
    assert len(waiting) == 1


def test_a_file_can_be_given_up_at_the_preview(clerk: PageClient) -> None:
    preview = upload(clerk, csv_of([letter()]))
    page = clerk.submit_and_follow(preview, button="Bỏ tệp này")
    assert page.h1 == "Nhập sổ" and WaitingFile.select().count() == 0


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"%PDF-1.7 ...", "so.pdf", "không phải là bảng tính"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "so.xlsx", "mật khẩu"),
        (csv_of([letter()] * 400), "so.csv", "quá lớn"),
        ("Tên hàng,Giá\nBút,5\n".encode(), "gia.csv", "Không tìm thấy dòng tên cột"),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_sentence(
    clerk: PageClient, data: bytes, name: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The real limit is 20 MB; the test client would spool such a body to disk.
    monkeypatch.setattr("cases.imports.sheets.MAX_FILE_BYTES", 50_000)
    page = upload(clerk, data, name, expected=422)
    assert len(page.errors) == 1 and words in page.errors[0]


def test_a_form_without_a_file_says_so(clerk: PageClient) -> None:
    page = clerk.get("/nhap-so", expected=200)
    assert clerk.submit(page, button="Xem trước", expected=422).errors == ["Tệp sổ: Chọn tệp cần nhập."]


def test_a_register_one_may_not_keep_is_refused_at_the_form(clerk: PageClient) -> None:
    rows = [{"Họ tên": "Ngô Văn Mới", "Vai trò": "quan_tri", "Email": "moi@x.example"}]
    page = upload(clerk, csv_of(rows), expected=403)
    assert "Quản lý người dùng" in page.errors[0]


def test_a_row_is_mended_at_its_cell(clerk: PageClient) -> None:
    bring(clerk, letter(Ngày_đến="", Tóm_tắt_nội_dung=""))
    listed = clerk.get("/nhap-so/sua", expected=200)
    page = clerk.follow(listed, "Dòng 2")
    assert page.errors == [
        "Ngày đến: Ô bắt buộc nhưng để trống.",
        "Tóm tắt nội dung: Ô bắt buộc nhưng để trống.",
    ]
    assert "Hoàng Thị Kín" not in page.html and page.has("Giữ nguyên, đã niêm phong: Người gửi")
    still = clerk.submit(
        page, button="Lưu dòng này", expected=422, answers=cell(page, "Ngày đến", "5/1/2026")
    )
    assert still.errors == ["Tóm tắt nội dung: Ô bắt buộc nhưng để trống."]
    done = clerk.submit_and_follow(
        still, button="Lưu dòng này", answers=cell(still, "Tóm tắt nội dung", "Tố cáo cấp đất")
    )
    assert done.has("Đã lưu dòng 2.") and done.has("Không có dòng nào")
    assert sealed_identity(Letter.get()).name == "Hoàng Thị Kín"


def test_nothing_changed_is_said_and_a_stale_page_writes_nothing(clerk: PageClient) -> None:
    bring(clerk, letter(Ngày_đến=""))
    page = clerk.get(f"/nhap-so/sua/{RepairRow.get().id}", expected=200)
    assert "Chưa sửa ô nào" in clerk.submit(page, button="Lưu dòng này", expected=422).errors[0]
    clerk.submit(page, button="Lưu dòng này", expected=422, answers=cell(page, "Ngày đến", "hôm qua"))
    late = clerk.submit(page, button="Lưu dòng này", expected=409, answers=cell(page, "Ngày đến", "5/1/2026"))
    assert "vừa được người khác xử lý" in late.errors[0] and Letter.select().count() == 0


def test_a_row_is_set_aside_with_a_reason_and_stays_readable(clerk: PageClient) -> None:
    bring(clerk, letter(Ngày_đến=""))
    page = clerk.follow(clerk.get(f"/nhap-so/sua/{RepairRow.get().id}", expected=200), "Để riêng dòng này")
    clerk.submit(page, button="Để riêng", expected=422)
    clerk.submit_and_follow(page, button="Để riêng", reason="Số bỏ trống trong sổ")
    kept = clerk.follow(clerk.get("/nhap-so/sua?trang-thai=set_aside", expected=200), "Dòng 2")
    assert kept.has("Số bỏ trống trong sổ") and "Hoàng Thị Kín" not in kept.html


def test_both_versions_of_a_taken_number_are_shown_and_one_is_chosen(clerk: PageClient) -> None:
    bring(clerk, letter())
    bring(clerk, letter(Tóm_tắt_nội_dung="Tố cáo việc khác"))
    page = clerk.follow(clerk.get("/nhap-so/sua?trang-thai=conflict", expected=200), "Dòng 2")
    assert page.table("Hai bản của dòng này") == [
        {
            "Mục": "Tóm tắt nội dung",
            "Trong hệ thống": "Tố cáo cấp đất sai đối tượng",
            "Trong sổ": "Tố cáo việc khác",
        }
    ]
    clerk.post(f"/nhap-so/sua/{RepairRow.get().id}/thay", expected=400)
    keep = clerk.follow(page, "Giữ nội dung trong hệ thống")
    assert keep.form(button="Để riêng").values["reason"] == "Giữ nội dung đang có trong hệ thống."
    clerk.submit_and_follow(page, button="Thay bằng nội dung trong sổ")
    assert Letter.get().summary == "Tố cáo việc khác"
    gone = clerk.submit(page, button="Thay bằng nội dung trong sổ", expected=409)
    assert gone.has("Dòng này đã được xử lý xong.")


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.CHAIR, Role.STATISTICIAN])
def test_importing_is_for_those_who_hold_the_right(app: Flask, staff: Staff, role: Role) -> None:
    client = signed_in(app, staff.users[role])
    for address in ("/nhap-so", "/nhap-so/sua", "/nhap-so/1", "/nhap-so/sua/1"):
        client.get(address, expected=403)


def test_the_administrator_sees_no_row_of_the_letter_register(
    clerk: PageClient, app: Flask, staff: Staff
) -> None:
    bring(clerk, letter(Ngày_đến=""))
    administrator = signed_in(app, staff.users[Role.ADMINISTRATOR])
    administrator.get(f"/nhap-so/sua/{RepairRow.get().id}", expected=404)
    administrator.get(f"/nhap-so/{ImportFile.get().id}", expected=404)
    assert administrator.get("/nhap-so/sua", expected=200).has("Không có dòng nào")


def cell(page: Page, label: str, text: str) -> dict[str, str]:
    """What to type to fill the cell with this label."""
    for element in page.root.iter("label"):
        if " ".join("".join(element.itertext()).split()).startswith(f"{label} ("):
            return {element.get("for", ""): text}
    raise AssertionError(f"no cell {label!r}")
