"""The pages on which a commission states its rules: the list, one rule, the preview before storing."""

import pytest

from cases.deadlines.models import Deadline, RuleConfirmation
from cases.definitions import rules
from cases.lifecycle.models import Case
from procedures.schema import Role
from tests.support.letters import a_decided_letter
from tests.support.page_client import Page, PageClient
from tests.support.running_app import SignIn
from tests.support.running_cases import an_open_case
from tests.support.worlds import Staff

BASIS = "21-QĐ/TW, Điều 20"


@pytest.fixture
def settling(staff: Staff) -> Deadline:
    letter = a_decided_letter(staff, handling="accepted")
    case = an_open_case(staff, "TC-03", by=Role.CHAIR, letter_ids=[letter.id])
    return Deadline.get(Deadline.case == case.id, Deadline.limit_id == "T-01")


def correction(client: PageClient, rule_id: str = "T-01") -> Page:
    """Open the page of a rule and go to its correction."""
    return client.follow(client.get(f"/quy-dinh/{rule_id}", expected=200), "Đính chính")


def test_the_list_asks_the_questions_in_order_with_their_rules_and_what_hangs_on_them(
    as_role: SignIn, settling: Deadline
) -> None:
    page = as_role(Role.CHAIR).get("/xac-nhan-quy-dinh", expected=200)
    assert page.has(f"Câu hỏi đã trả lời 0/{len(rules().questions)}")
    first = page.table("Quy định của câu 1")
    line = next(one for one in first if one["Quy định"].startswith("T-01"))
    assert (line["Tình trạng"], line["Thời hạn đang tính"]) == ("Chưa xác nhận", "1")
    assert line["Đang ghi"].startswith("90 ngày")


def test_the_other_limits_are_narrowed_by_state_and_area(as_role: SignIn) -> None:
    client = as_role(Role.STATISTICIAN)
    page = client.get("/xac-nhan-quy-dinh", expected=200)
    assert {one["Tình trạng"] for one in page.table("Các thời hạn khác")} == {"Chưa xác nhận"}
    area = "thời hiệu kỷ luật"
    page = client.get("/xac-nhan-quy-dinh", expected=200)
    form = page.form(button="Lọc").filled({"tinh-trang": "", "linh-vuc": area})
    found = client.get("/xac-nhan-quy-dinh?" + "&".join(f"{k}={v}" for k, v in form.items()), expected=200)
    assert {one["Quy định"][0] for one in found.table("Các thời hạn khác")} == {"H"}
    nothing = client.get("/xac-nhan-quy-dinh?tinh-trang=corrected", expected=200)
    assert nothing.has("Không có thời hạn nào")


def test_a_correction_is_previewed_before_it_is_stored(as_role: SignIn, settling: Deadline) -> None:
    chair = as_role(Role.CHAIR)
    asked = correction(chair)
    assert asked.form(button="Xem trước").values["amount"] == "90"
    refused = chair.submit(asked, button="Xem trước", expected=422, amount="60")
    assert refused.form(button="Xem trước").values["amount"] == "60"
    shown = chair.submit(refused, button="Xem trước", expected=200, basis=BASIS)
    case = Case.get()
    assert shown.table("Thời hạn thay đổi") == [
        {
            "Hồ sơ": case.code, "Bắt đầu": "22/11/2026", "Phải xong hiện nay": "20/02/2027",
            "Phải xong sau khi ghi": "21/01/2027",
        }
    ]  # fmt: skip
    assert shown.form(button="Ghi đính chính").values["basis"] == BASIS
    assert RuleConfirmation.select().count() == 0
    rule = chair.submit_and_follow(shown, button="Ghi đính chính")
    assert rule.flashes[0].endswith("Đã đính chính quy định.")
    assert rule.has("60 ngày (quy định ghi: 90 ngày)")
    (stated, *_earlier) = rule.table("Các lần xác nhận, đính chính, mới nhất trước")
    assert stated["Nội dung"] == "Độ dài thời hạn: 60 ngày"
    assert Deadline.get_by_id(settling.id).due_on.isoformat() == "2027-01-21"


def test_what_is_changed_after_the_preview_is_previewed_again(as_role: SignIn, settling: Deadline) -> None:
    chair = as_role(Role.CHAIR)
    shown = chair.submit(correction(chair), button="Xem trước", expected=200, amount="60", basis=BASIS)
    again = chair.submit(shown, button="Ghi đính chính", expected=200, amount="45")
    assert again.has("xem lại rồi ghi")
    assert again.table("Thời hạn thay đổi")[0]["Phải xong sau khi ghi"] == "06/01/2027"
    assert RuleConfirmation.select().count() == 0
    chair.submit_and_follow(again, button="Ghi đính chính")
    assert RuleConfirmation.get().amount == 45


def test_a_confirmation_shows_on_the_sheet_and_in_the_list_and_is_withdrawn_with_a_reason(
    as_role: SignIn, settling: Deadline
) -> None:
    chair = as_role(Role.CHAIR)
    sheet = chair.get(f"/thoi-han/{settling.id}", expected=200)
    rule = chair.follow(sheet, "Xem căn cứ và xác nhận")
    asked = chair.follow(rule, "Xác nhận")
    assert asked.form(button="Xem trước").values["basis"] == "22-QĐ/TW, Điều 20"
    shown = chair.submit(asked, button="Xem trước", expected=200, basis=BASIS)
    assert shown.has("Không thời hạn nào đổi ngày; 1 thời hạn đang tính theo bản này.")
    rule = chair.submit_and_follow(shown, button="Ghi xác nhận")
    sheet = chair.get(sheet.address, expected=200)
    assert sheet.has("Ủy ban đã xác nhận quy định này")
    assert sheet.has(f"Vũ Thị Nhiệm, 09:00, 22/11/2026; căn cứ: {BASIS}")
    assert not sheet.has("Quy định chưa xác nhận")
    listed = as_role(Role.TEAM_HEAD).get(f"/ho-so/{settling.case_id}/thoi-han", expected=200)
    (line,) = listed.table("Thời hạn của hồ sơ")
    assert "Ủy ban đã xác nhận" in line["Căn cứ"] and "chưa xác nhận" not in line["Phải xong"]
    asked = chair.follow(rule, "Rút")
    shown = chair.submit(asked, button="Xem trước", expected=200, reason="Đọc nhầm điều")
    rule = chair.submit_and_follow(shown, button="Rút")
    (said,) = rule.table("Các lần xác nhận, đính chính, mới nhất trước")
    assert said["Đã rút"].endswith("Đọc nhầm điều")
    assert chair.get(sheet.address, expected=200).has("Quy định chưa xác nhận")


def test_an_unconfirmed_rule_is_marked_on_the_list_of_a_case_with_the_way_to_it(
    as_role: SignIn, settling: Deadline
) -> None:
    head = as_role(Role.TEAM_HEAD)
    page = head.get(f"/ho-so/{settling.case_id}/thoi-han", expected=200)
    (line,) = page.table("Thời hạn của hồ sơ")
    assert "chưa xác nhận" in line["Phải xong"]
    rule = head.follow(page, "Quy định T-01 (chưa xác nhận)")
    assert rule.h1 == "T-01 – Giải quyết tố cáo"
    mine = head.get("/thoi-han", expected=200)
    assert "chưa xác nhận" in mine.table("Sắp tới")[0]["Phải xong"]
    assert "Xác nhận" not in rule.links


def test_a_rule_page_says_everything_about_a_limit(as_role: SignIn, settling: Deadline) -> None:
    page = as_role(Role.TEAM_HEAD).get("/quy-dinh/T-01", expected=200)
    for words in (
        "Bản từ 30/05/2025 – đang áp dụng", "Bản từ 28/07/2021 đến 29/05/2025", "Tính từ",
        "Ngày tổ chức có thẩm quyền nhận đơn", "được gia hạn 30 ngày, 1 lần", "chờ kết quả giám định",
        "suy ra, chưa xác nhận", "22-QĐ/TW, Điều 20", "TL:S01",
    ):  # fmt: skip
        assert page.has(words), words
    uses = page.table("Quy trình, bước dùng quy định này")
    assert any(one["Quy trình"].startswith("TC-03") for one in uses)
    (clock,) = page.table("Thời hạn đang tính theo quy định này")
    assert clock["Hồ sơ"].startswith(settling.case.code)


def test_a_clock_of_a_case_the_person_may_not_see_is_only_counted(
    as_role: SignIn, settling: Deadline
) -> None:
    page = as_role(Role.CLERK).get("/quy-dinh/T-01", expected=200)
    assert page.has("Còn 1 thời hạn ở các hồ sơ ngoài phạm vi được xem.")
    assert not page.has(settling.case.code)


def test_every_rule_of_the_book_has_its_page(as_role: SignIn) -> None:
    client, book = as_role(Role.CHAIR), rules()
    kinds = (
        book.time_limits, book.principles, book.vote_rules, book.vote_principles, book.open_points,
        book.eligibility, book.penalties,
    )  # fmt: skip
    for found in kinds:
        for rule in {one.id for one in found}:
            page = client.get(f"/quy-dinh/{rule}", expected=200)
            assert page.h1.startswith(f"{rule} – ")
    client.get("/quy-dinh/T-99", expected=404)
    client.get("/quy-dinh/T-01/xac-nhan?ban=2001-01-01", expected=404)
    client.get("/quy-dinh/T-01/xac-nhan?ban=hôm-qua", expected=404)
    client.get("/quy-dinh/T-01/rut", expected=404)


def test_a_rule_that_is_no_limit_is_corrected_in_words(as_role: SignIn) -> None:
    chair = as_role(Role.CHAIR)
    asked = correction(chair, "W-02")
    shown = chair.submit(
        asked, button="Xem trước", expected=200, text="Ngày hiểu là ngày làm việc.", basis=BASIS
    )
    rule = chair.submit_and_follow(shown, button="Ghi đính chính")
    assert rule.has("Ủy ban đính chính Ngày hiểu là ngày làm việc.")
    page = chair.get("/xac-nhan-quy-dinh", expected=200)
    line = next(one for one in page.table("Quy định của câu 2") if one["Quy định"].startswith("W-02"))
    assert line["Tình trạng"].startswith("Đã đính chính")
    assert line["Đang ghi"] == "Ngày hiểu là ngày làm việc."


def test_an_old_version_is_stated_by_its_own_address(as_role: SignIn, settling: Deadline) -> None:
    chair = as_role(Role.CHAIR)
    asked = chair.get("/quy-dinh/T-01/dinh-chinh?ban=2021-07-28", expected=200)
    assert asked.has("bản từ 28/07/2021 đến 29/05/2025")
    shown = chair.submit(asked, button="Xem trước", expected=200, amount="60", basis=BASIS)
    assert shown.has("Không thời hạn nào đổi ngày; 0 thời hạn đang tính theo bản này.")
    chair.submit_and_follow(shown, button="Ghi đính chính")
    assert RuleConfirmation.get().version_from.isoformat() == "2021-07-28"


def test_who_may_not_confirm_only_reads(as_role: SignIn) -> None:
    client = as_role(Role.COMMISSIONER)
    assert "Đính chính" not in client.get("/quy-dinh/T-01", expected=200).links
    for address in ("xac-nhan", "dinh-chinh", "rut"):
        client.get(f"/quy-dinh/T-01/{address}", expected=403)
