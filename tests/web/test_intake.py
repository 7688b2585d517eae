"""The pages of the letter register, opened and filled in as people do."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from cases.audit.models import AuditEvent
from cases.imports.columns import REGISTERS, Kind
from cases.intake.export import HEADERS
from cases.intake.models import Letter, Sender
from cases.intake.vault import SenderIdentity
from cases.text import fold
from procedures.schema import Role
from tests.support.letters import (
    SENDER,
    SUMMARY,
    a_classified_letter,
    a_decided_letter,
    a_logged_letter,
    a_proposed_letter,
)
from tests.support.page_client import Page, PageClient
from tests.support.running_app import SignIn
from tests.support.worlds import NOW, Staff, a_member, an_organisation


def typed(
    page: Page, client: PageClient, *, button: str = "Vào sổ", expected: int = 302, **fields: object
) -> Page:
    given = {
        "sender_name": SENDER.name, "sender_address": SENDER.address, "kind": "denunciation",
        "subject_name": "Phạm Văn Mẫu", "summary": SUMMARY, "written_on": "18/11/2026",
    }  # fmt: skip
    return client.submit(page, button=button, expected=expected, **{**given, **fields})


def test_a_clerk_logs_a_letter_and_lands_on_its_page_with_the_next_act(as_role: SignIn) -> None:
    client = as_role(Role.CLERK)
    page = client.get("/don-thu/moi", expected=200)
    assert page.form(button="Vào sổ").values["received_on"] == "22/11/2026"
    letter = client.follow(typed(page, client))
    assert letter.h1 == "Đơn số 1/2026"
    assert "Đã vào sổ đơn số 1/2026." in letter.flashes[0]
    assert client.follow(letter, "Phân loại đơn").h1 == "Phân loại đơn số 1/2026"
    assert not letter.has(SENDER.name)


def test_the_fields_come_in_the_order_in_which_a_letter_is_read(as_role: SignIn) -> None:
    form = as_role(Role.CLERK).get("/don-thu/moi", expected=200).form(button="Vào sổ")
    inputs = [item for item in form.element.iter() if item.tag in {"input", "select", "textarea", "button"}]
    order = [item.get("name") for item in inputs if item.get("type") != "hidden"]
    assert order[:6] == [
        "received_on", "source", "transfer_reference", "written_on", "sender_name", "sender_address",
    ]  # fmt: skip
    assert [item for item in inputs if item.get("tabindex")] == []
    # Enter in a field presses the first button: it must be the one that saves.
    assert next(iter(form.buttons)) == "Vào sổ"


def test_a_pile_is_logged_letter_after_letter_with_day_and_source_kept(as_role: SignIn) -> None:
    client = as_role(Role.CLERK)
    page = client.get("/don-thu/moi", expected=200)
    again = client.follow(
        typed(
            page, client, button="Vào sổ và nhập đơn tiếp theo", received_on="20/11/2026", source="electronic"
        )
    )
    values = again.form(button="Vào sổ").values
    assert (values["received_on"], values["source"], values["summary"]) == ("20/11/2026", "electronic", "")
    assert again.link("Đơn số 1/2026") == f"/don-thu/{Letter.get().id}"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"summary": ""}, "Tóm tắt nội dung: Chưa điền mục này."),
        ({"received_on": "31/02/2026"}, "Ngày đến: Không có ngày này trong lịch."),
        ({"received_on": "23/11/2026"}, "Ngày đến: Ngày đến chưa tới."),
        ({"source": "forwarded"}, "Số công văn chuyển: Đơn do cơ quan khác chuyển đến"),
        ({"summary": "Hoàng Thị Kín tố cáo"}, "Tóm tắt nội dung: Nội dung này nêu họ tên người gửi đơn."),
        ({"pages": "ba"}, "Số trang: Hãy ghi một số nguyên, không âm."),
    ],
)
def test_a_refused_letter_says_why_and_keeps_what_was_typed(
    as_role: SignIn, fields: dict[str, str], error: str
) -> None:
    client = as_role(Role.CLERK)
    page = typed(client.get("/don-thu/moi", expected=200), client, expected=422, **fields)
    assert [line for line in page.errors if line.startswith(error)] == page.errors
    kept = page.form(button="Vào sổ").values
    name, value = next(iter(fields.items()))
    assert (kept[name], kept["sender_name"]) == (value, SENDER.name)
    assert not Letter.select().exists()


def test_a_subject_is_looked_up_without_tones_and_picked(as_role: SignIn, staff: Staff) -> None:
    branch = an_organisation()
    first = a_member("Phạm Văn Mẫu", branch=branch)
    a_member("Phạm Văn Mẫu")
    client = as_role(Role.CLERK)
    page = client.get("/don-thu/moi", expected=200)
    looked = typed(
        page, client, button="Tra đối tượng trong danh sách", expected=200, subject_name="pham van mau"
    )
    assert looked.has(f"Phạm Văn Mẫu, Đảng viên, Chi bộ cơ quan xã Thử, thẻ {first.card_number}")
    assert not Letter.select().exists()
    client.submit(looked, button="Vào sổ", expected=302, subject=f"m{first.id}")
    assert Letter.get().subject_member_id == first.id


def test_a_letter_is_corrected_without_showing_its_sender(as_role: SignIn, staff: Staff) -> None:
    letter = a_logged_letter(staff)
    client = as_role(Role.CLERK)
    page = client.get(f"/don-thu/{letter.id}/sua", expected=200)
    assert page.form(button="Lưu thay đổi").values["sender_name"] == ""
    client.submit(page, button="Lưu thay đổi", expected=302, pages="9")
    assert Letter.get().pages == 9
    stale = client.submit(page, button="Lưu thay đổi", expected=409, pages="5")
    assert "vừa được người khác sửa" in stale.errors[0]
    assert stale.form(button="Lưu thay đổi").values["pages"] == "5"


def test_a_letter_is_classified_checked_proposed_and_decided_by_four_people(
    as_role: SignIn, staff: Staff
) -> None:
    letter = a_logged_letter(staff)
    address = f"/don-thu/{letter.id}"
    clerk, inspector, chair = as_role(Role.CLERK), as_role(Role.INSPECTOR), as_role(Role.CHAIR)
    inspector.get(address, expected=404)
    page = clerk.follow(clerk.get(address, expected=200), "Phân loại đơn")
    clerk.submit(
        page, button="Lưu phân loại", expected=302, kind="denunciation", identity="clear",
        handler_id=staff.users[Role.INSPECTOR].id,
    )  # fmt: skip
    page = inspector.follow(inspector.get(address, expected=200), "Rà soát điều kiện")
    assert page.has("T-30 – Đơn giấu tên, mạo tên, không rõ địa chỉ")
    assert page.has("Căn cứ: 22-QĐ/TW, Điều 20 khoản 7.")
    answers = {
        name: "ok" for name in page.form(button="Lưu kết quả rà soát").choices if name.startswith("T-")
    }
    inspector.submit(page, button="Lưu kết quả rà soát", expected=302, answers=answers)
    page = inspector.get(address, expected=200)
    assert page.has("T-38 Thẩm quyền giải quyết. Người rà soát trả lời: đạt.")
    page = inspector.follow(page, "Đề xuất xử lý")
    inspector.submit(page, button="Trình đề xuất", expected=302, proposal="accepted", note="Đủ điều kiện.")
    assert "Quyết định xử lý" not in inspector.get(address, expected=200).links
    page = chair.follow(chair.get(address, expected=200), "Quyết định xử lý")
    assert page.has("Đủ điều kiện.")
    wrong = chair.submit(
        page, button="Quyết định", expected=422, handling="transferred", reason="Sai thẩm quyền."
    )
    assert wrong.errors == ["Nơi nhận đơn, nơi hướng dẫn đến: Chuyển đơn thì ghi nơi nhận."]
    assert wrong.form(button="Quyết định").values["reason"] == "Sai thẩm quyền."
    done = chair.follow(chair.submit(wrong, button="Quyết định", expected=302, handling="accepted"))
    assert done.has("Thụ lý") and done.has("Người quyết định Vũ Thị Nhiệm")


def test_an_answer_against_the_computed_one_without_a_note_is_kept_and_explained(
    as_role: SignIn, staff: Staff
) -> None:
    letter = a_classified_letter(staff, sender=SenderIdentity(), identity="anonymous")
    client = as_role(Role.INSPECTOR)
    page = client.get(f"/don-thu/{letter.id}/dieu-kien", expected=200)
    page = client.submit(page, button="Lưu kết quả rà soát", expected=422, answers={"T-30": "ok"})
    assert len(page.errors) == 1 and "ghi rõ lý do" in page.errors[0]
    assert page.form(button="Lưu kết quả rà soát").values["T-30"] == "ok"


def test_a_mixed_letter_is_split_on_screen(as_role: SignIn, staff: Staff) -> None:
    letter = a_classified_letter(staff, kind="mixed", handler=None)
    client = as_role(Role.CLERK)
    page = client.follow(client.get(f"/don-thu/{letter.id}", expected=200), "Tách đơn")
    page = client.submit_and_follow(
        page, button="Tách thành hai phần", a_summary="Khiếu nại thôi giữ chức", b_summary="Tố cáo trù dập"
    )
    assert page.has("việc tiếp theo nằm ở từng phần")
    part = client.follow(page, "Đơn số 1b/2026")
    assert part.has("Đề xuất Hướng dẫn, trả đơn") or part.has("hướng dẫn, trả đơn")


def test_the_sender_is_sealed_until_a_reason_is_given_and_then_journalled(
    as_role: SignIn, staff: Staff
) -> None:
    letter = a_classified_letter(staff)
    client = as_role(Role.CLERK)
    page = client.get(f"/don-thu/{letter.id}", expected=200)
    assert page.has("Danh tính đã niêm phong.")
    refused = client.submit(page, button="Xem danh tính", expected=422, answers={"sender-reason": ""})
    assert not refused.has(SENDER.name)
    shown = client.submit(
        refused, button="Xem danh tính", expected=200, answers={"sender-reason": "Mời người gửi làm việc"}
    )
    assert shown.has(SENDER.name) and shown.has(SENDER.address)
    assert AuditEvent.select().where(AuditEvent.verb == "letter.sender_seen").count() == 1
    inspector = as_role(Role.INSPECTOR)
    assert "Xem danh tính" not in [
        name
        for form in inspector.get(f"/don-thu/{letter.id}", expected=200).root.iter("button")
        for name in [form.text]
    ]
    inspector.get("/don-thu/tim-nguoi-gui", expected=403)


def test_earlier_letters_stand_beside_the_new_one_and_one_is_marked_as_repeated(
    as_role: SignIn, staff: Staff
) -> None:
    first, second = a_logged_letter(staff), a_logged_letter(staff)
    client = as_role(Role.CLERK)
    page = client.get(f"/don-thu/{second.id}", expected=200)
    assert page.has("Cùng người gửi. Cùng đối tượng bị nêu. Lời đơn giống nhau 100% số từ.")
    page = client.submit_and_follow(page, button="Trùng với đơn này đơn số 1/2026")
    assert page.has("Trùng với đơn số 1/2026.")
    assert Letter.get_by_id(second.id).duplicate_of_id == first.id
    unknown = client.submit(page, button="Ghi đơn trùng", expected=422, answers={"duplicate-number": "77"})
    assert unknown.errors == ["Trùng với đơn số: Không có đơn số 77/2026 trong sổ."]
    assert unknown.form(button="Ghi đơn trùng").values["duplicate-number"] == "77"
    client.submit(page, button="Ghi đơn trùng", expected=302, answers={"duplicate-number": ""})
    assert Letter.get_by_id(second.id).duplicate_of_id is None


def test_the_list_is_searched_without_tones_filtered_and_linked(as_role: SignIn, staff: Staff) -> None:
    a_logged_letter(staff, summary="Phản ánh thu đảng phí ở Đại Thành", source="in_person")
    a_decided_letter(staff, handling="filed")
    client = as_role(Role.CLERK)
    page = client.get("/don-thu", expected=200)
    assert [row["Số"] for row in page.table("Sổ tiếp nhận, xử lý đơn")] == ["2/2026", "1/2026"]
    page = client.submit(page, button="Lọc", expected=200, tim="dai thanh")
    assert [row["Số"] for row in page.table("Sổ tiếp nhận, xử lý đơn")] == ["1/2026"]
    page = client.get("/don-thu?xu-ly=filed&trang-thai=decided", expected=200)
    assert [row["Trạng thái"] for row in page.table("Sổ tiếp nhận, xử lý đơn")] == ["Lưu đơn"]
    assert page.has("Đã quyết định 1")
    assert client.get("/don-thu?tim=khong-co", expected=200).has("Không có đơn nào khớp")


@pytest.mark.parametrize("address", ["/don-thu?tu-ngay=xyz&can-bo=99x&trang=-4", "/don-thu?trang=abc"])
def test_an_address_that_cannot_be_read_shows_the_list(as_role: SignIn, staff: Staff, address: str) -> None:
    a_logged_letter(staff)
    assert as_role(Role.CLERK).get(address, expected=200).has("1/2026")


def test_the_list_has_pages_of_fifty(as_role: SignIn, staff: Staff) -> None:
    for _ in range(51):
        a_logged_letter(staff)
    client = as_role(Role.CLERK)
    page = client.get("/don-thu", expected=200)
    assert len(page.table("Sổ tiếp nhận, xử lý đơn")) == 50
    assert [row["Số"] for row in client.follow(page, "Trang 2").table("Sổ tiếp nhận, xử lý đơn")] == [
        "1/2026"
    ]


def test_letters_are_found_by_sender_without_the_name_in_any_address(as_role: SignIn, staff: Staff) -> None:
    a_logged_letter(staff)
    client = as_role(Role.CLERK)
    page = client.get("/don-thu/tim-nguoi-gui", expected=200)
    found = client.submit(page, button="Tìm", expected=200, name="hoang kin")
    assert found.address == "/don-thu/tim-nguoi-gui"
    assert [row["Số"] for row in found.table("Đơn của người gửi này")] == ["1/2026"]
    assert client.submit(page, button="Tìm", expected=200, name="Ai Khác").has(
        "Không có đơn nào của người gửi"
    )


def test_the_register_is_exported_with_its_columns_real_dates_and_no_formula(
    as_role: SignIn, staff: Staff
) -> None:
    a_logged_letter(staff, summary='=HYPERLINK("http://x")', subject_name="@SUM(A1)", note="+84 900")
    client = as_role(Role.CLERK)
    page = client.get("/don-thu/ket-xuat", expected=200)
    answer = client.submit(page, button="Tải tệp XLSX", expected=200)
    sheet = load_workbook(BytesIO(answer.response.data)).active
    assert [cell.value for cell in sheet[3]] == list(HEADERS)
    row = dict(zip(HEADERS, sheet[4], strict=True))
    assert (row["Ngày đến"].value.date(), row["Ngày đến"].number_format) == (NOW.date(), "dd/mm/yyyy")
    assert row["Tóm tắt nội dung"].value == '=HYPERLINK("http://x")'
    assert row["Tóm tắt nội dung"].data_type == row["Đối tượng bị tố cáo"].data_type == "s"
    assert row["Người gửi"].value == "đã niêm phong"
    event = AuditEvent.get(AuditEvent.verb == "register.exported")
    assert event.data == {"register": "R02", "rows": 1, "senders": False, "reason": ""}


def test_every_exported_column_can_be_read_back_by_the_import() -> None:
    known = {fold(name) for field in REGISTERS[Kind.LETTERS].fields for name in field.headers}
    assert [header for header in HEADERS if fold(header) not in known] == []


def test_senders_are_exported_only_with_the_right_and_a_reason(as_role: SignIn, staff: Staff) -> None:
    a_logged_letter(staff)
    client = as_role(Role.CLERK)
    page = client.get("/don-thu/ket-xuat", expected=200)
    refused = client.submit(page, button="Tải tệp XLSX", expected=422, with_senders=True)
    assert "Ghi lý do" in refused.errors[0]
    answer = client.submit(refused, button="Tải tệp XLSX", expected=200, reason="In sổ đơn năm 2026 nộp lưu")
    row = [cell.value for cell in load_workbook(BytesIO(answer.response.data)).active[4]]
    assert SENDER.name in row and SENDER.address in row
    as_role(Role.INSPECTOR).get("/don-thu/ket-xuat", expected=403)


@pytest.mark.parametrize("role", [Role.STATISTICIAN, Role.ADMINISTRATOR])
def test_people_without_letters_see_none(as_role: SignIn, staff: Staff, role: Role) -> None:
    letter = a_logged_letter(staff)
    client = as_role(role)
    client.get("/don-thu", expected=403)
    client.get(f"/don-thu/{letter.id}", expected=403)


@pytest.mark.parametrize(
    "address", ["/don-thu/404", "/don-thu/99999999999999999999", "/don-thu/404/phan-loai", "/don-thu/404/sua"]
)
def test_a_letter_that_does_not_exist_is_not_found(as_role: SignIn, address: str) -> None:
    as_role(Role.CLERK).get(address, expected=404)


def test_an_act_that_does_not_fit_the_state_is_refused_with_what_was_typed(
    as_role: SignIn, staff: Staff
) -> None:
    letter = a_proposed_letter(staff)
    client = as_role(Role.CHAIR)
    page = client.get(f"/don-thu/{letter.id}/quyet-dinh", expected=200)
    client.submit(page, button="Quyết định", expected=302, handling="filed", reason="Lưu theo dõi.")
    twice = client.submit(page, button="Quyết định", expected=409, handling="filed", reason="Lưu theo dõi.")
    assert "đã có quyết định" in twice.errors[0]
    assert twice.form(button="Quyết định").values["reason"] == "Lưu theo dõi."
    assert Sender.select().count() == 1
