"""The pages of cases, opened and filled in as people do."""

import pytest
from flask import Flask

from cases.lifecycle.models import Case, CaseStep
from cases.lifecycle.operations import NewParty
from procedures.schema import Role
from tests.support.letters import a_decided_letter
from tests.support.page_client import Page
from tests.support.running_app import SignIn, signed_in
from tests.support.running_cases import (
    an_issued_paper,
    an_open_case,
    complete,
    complete_up_to,
    ready_keys,
    row,
    subject,
)
from tests.support.worlds import Staff, a_user

TABS = ("", "/cac-buoc", "/thoi-han", "/van-ban", "/noi-dung", "/nguoi-tham-gia", "/dien-bien")


@pytest.fixture
def case(staff: Staff) -> Case:
    return an_open_case(staff)


def chosen(page: Page, staff: Staff, **fields: object) -> dict[str, object]:
    """What a person types and chooses to open a case."""
    given: dict[str, object] = {
        "procedure": "KT-04",
        "subjects-0-name": "pham van mau",
        "head": str(staff.users[Role.TEAM_HEAD].id),
        "directing": str(staff.users[Role.COMMISSIONER].id),
        "members": [str(staff.users[Role.INSPECTOR].id)],
        **fields,
    }
    return given


def test_a_case_is_opened_by_finding_its_subject_without_tones(as_role: SignIn, staff: Staff) -> None:
    member = subject()
    client = as_role(Role.TEAM_HEAD)
    page = client.get("/ho-so/mo", expected=200)
    search = "Tìm đối tượng, xem lại quy trình"
    found = client.submit(page, button=search, expected=200, answers=chosen(page, staff))
    answers = chosen(found, staff, **{"subjects-0-found": f"member:{member.id}"})
    opened = client.submit_and_follow(found, button="Mở hồ sơ", answers=answers)
    assert opened.h1.startswith("HS-2026-001")
    assert Case.get().parties.get().member == member


def test_a_refused_case_keeps_what_was_typed_and_names_the_field(as_role: SignIn, staff: Staff) -> None:
    client = as_role(Role.TEAM_HEAD)
    page = client.get("/ho-so/mo", expected=200)
    answers = chosen(page, staff, started_on="01/01/2030", scope="Chấp hành quy chế làm việc")
    again = client.submit(page, button="Mở hồ sơ", expected=422, answers=answers)
    assert any("Ngày bắt đầu" in error for error in again.errors)
    values = again.form(button="Mở hồ sơ").values
    assert (values["scope"], values["subjects-0-name"]) == ("Chấp hành quy chế làm việc", "pham van mau")
    assert Case.select().count() == 0


def test_the_procedures_say_why_they_fit_a_letter_or_not(as_role: SignIn, staff: Staff) -> None:
    subject()
    letter = a_decided_letter(staff, handling="accepted")
    page = as_role(Role.CHAIR).get(f"/ho-so/mo?don={letter.id}", expected=200)
    assert page.has("Danh tính người gửi: rõ họ tên, địa chỉ, đúng với quy trình này.")
    assert page.has("Nguồn: đơn thư; quy trình này dùng khi là")
    assert page.form(button="Mở hồ sơ").values.getlist("letters") == [str(letter.id)]


def test_the_list_shows_what_is_next_and_who_is_waited_for(as_role: SignIn, case: Case) -> None:
    page = as_role(Role.CHAIR).get("/ho-so", expected=200)
    (line,) = page.table("Danh sách hồ sơ vụ việc")
    assert (line["Số hồ sơ"], line["Việc tiếp theo"]) == (case.code, "Đề xuất kiểm tra")
    assert "Kiểm tra viên" in line["Đang chờ"]


def test_the_list_is_narrowed_and_says_when_nothing_fits(as_role: SignIn, case: Case) -> None:
    client = as_role(Role.CHAIR)
    assert client.get("/ho-so?tim=pham+van+mau", expected=200).has(case.code)
    assert client.get("/ho-so?tim=khong-co", expected=200).has("Không có hồ sơ nào khớp")
    assert client.get("/ho-so?qua-han=1", expected=200).has("Không có hồ sơ nào khớp")


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("role", [Role.TEAM_HEAD, Role.CHAIR, Role.COMMISSIONER])
def test_every_tab_of_a_case_opens(as_role: SignIn, case: Case, tab: str, role: Role) -> None:
    page = as_role(role).get(f"/ho-so/{case.id}{tab}", expected=200)
    assert page.has(case.code)


def test_the_case_page_says_what_is_next_before_anything_else(as_role: SignIn, case: Case) -> None:
    page = as_role(Role.TEAM_HEAD).get(f"/ho-so/{case.id}", expected=200)
    assert page.main.index("Việc tiếp theo") < page.main.index("Thông tin hồ sơ")
    assert page.link("Mở bước tiếp theo") == f"/ho-so/{case.id}/buoc/{row(case, 'CB1').id}"


def test_a_step_is_completed_with_a_reason_for_the_missing_paper(as_role: SignIn, case: Case) -> None:
    client = as_role(Role.TEAM_HEAD)
    page = client.follow(client.get(f"/ho-so/{case.id}", expected=200), "Mở bước tiếp theo")
    refused = client.submit(page, button="Hoàn thành bước", expected=409, note="Đã trình miệng")
    assert any("Chưa ban hành văn bản bắt buộc" in error for error in refused.errors)
    assert refused.form(button="Hoàn thành bước").values["note"] == "Đã trình miệng"
    done = client.submit_and_follow(refused, button="Hoàn thành bước", without_B05="Đã có tờ trình chung")
    assert "Đã hoàn thành bước" in done.flashes[0]
    assert ready_keys(case) == ["CB2"]


def test_a_step_is_returned_skipped_and_taken_on_screen(as_role: SignIn, staff: Staff, case: Case) -> None:
    complete_up_to(staff, case, "TH3")
    client = as_role(Role.TEAM_HEAD)
    page = client.get(f"/ho-so/{case.id}/buoc/{row(case, 'TH3').id}", expected=200)
    asked = client.follow(page, "Trả lại bước trước")
    client.submit_and_follow(asked, button="Trả lại", to="TH2", reason="Báo cáo còn sơ sài")
    assert ready_keys(case) == ["TH2"]
    page = client.get(f"/ho-so/{case.id}/buoc/{row(case, 'TH2').id}", expected=200)
    asked = client.follow(page, "Bỏ qua bước")
    client.submit(asked, button="Bỏ qua bước này", expected=422)
    client.submit_and_follow(asked, button="Bỏ qua bước này", reason="Đã bổ sung miệng")
    steps = client.get(f"/ho-so/{case.id}/cac-buoc", expected=200)
    asked = client.follow(steps, "Thực hiện bước: Trưng cầu giám định, phối hợp")
    client.submit_and_follow(asked, button="Đưa vào việc phải làm", reason="Giám định chữ ký")
    assert ready_keys(case) == ["TH3", "TH5"]


def test_a_denunciation_is_switched_to_an_inspection_on_screen(as_role: SignIn, staff: Staff) -> None:
    case = an_open_case(staff, "TC-03")
    complete_up_to(staff, case, "TH3")
    client = as_role(Role.TEAM_HEAD)
    steps = client.get(f"/ho-so/{case.id}/cac-buoc", expected=200)
    asked = client.follow(steps, "Chuyển quy trình")
    opened = client.submit_and_follow(
        asked,
        button="Chuyển quy trình",
        to="KT-04",
        reason="Có dấu hiệu vi phạm khác",
        without_B05="Đã trình",
    )
    assert opened.h1.startswith("HS-2026-002")
    assert opened.has("Chuỗi hồ sơ:")
    old = client.get(f"/ho-so/{case.id}", expected=200)
    assert old.has("Đã chuyển quy trình")


def test_a_discipline_case_is_opened_on_screen(as_role: SignIn, staff: Staff, case: Case) -> None:
    complete_up_to(staff, case, "KT6")
    client = as_role(Role.TEAM_HEAD)
    asked = client.follow(client.get(f"/ho-so/{case.id}/cac-buoc", expected=200), "Mở hồ sơ thi hành kỷ luật")
    party = case.parties.get()
    opened = client.submit_and_follow(
        asked, button="Mở hồ sơ", to="KL-02", party_ids=[str(party.id)], reason="Đến mức kỷ luật"
    )
    assert opened.has("KL-02")


def test_the_matter_of_a_case_is_written_on_screen(as_role: SignIn, case: Case) -> None:
    client = as_role(Role.INSPECTOR)
    page = client.get(f"/ho-so/{case.id}/noi-dung", expected=200)
    client.submit_and_follow(
        client.follow(page, "Ghi thêm nội dung"), button="Ghi nội dung", text="Cấp đất sai đối tượng"
    )
    page = client.get(f"/ho-so/{case.id}/noi-dung", expected=200)
    concluded = client.submit_and_follow(
        client.follow(page, "Ghi kết luận nội dung 1"),
        button="Ghi kết luận",
        conclusion="true_violation",
        verified="Có vi phạm",
    )
    assert concluded.has("Tố cáo đúng, có vi phạm")
    finding = client.follow(concluded, "Ghi vi phạm")
    refused = client.submit(
        finding, button="Ghi vi phạm", expected=422, text="Cấp đất sai", disciplinary=True
    )
    assert refused.errors
    page = client.submit_and_follow(
        refused,
        button="Ghi vi phạm",
        text="Cấp đất sai",
        disciplinary=True,
        rule_broken="Điều 7",
        group="land",
    )
    assert page.has("Đất đai, tài nguyên, khoáng sản")
    page = client.submit_and_follow(
        client.follow(page, "Ghi yêu cầu"),
        button="Ghi yêu cầu",
        text="Thu hồi đất",
        responsible="Đảng ủy xã",
        due_on="31/12/2026",
    )
    asked = client.follow(page, "Ghi hoàn thành yêu cầu 1")
    page = client.submit_and_follow(asked, button="Ghi hoàn thành", done_note="Đã thu hồi")
    assert page.has("Đã thu hồi")


def test_the_team_is_named_on_screen_by_who_may_assign(as_role: SignIn, staff: Staff, case: Case) -> None:
    client = as_role(Role.CHAIR)
    page = client.get(f"/ho-so/{case.id}/nguoi-tham-gia", expected=200)
    asked = client.follow(page, "Phân công đoàn")
    inspector = str(staff.users[Role.INSPECTOR].id)
    page = client.submit_and_follow(asked, button="Ghi đoàn", head=inspector, secretary="", members=[])
    assert page.table("Thành viên đoàn")[0]["Vị trí"] == "Trưởng đoàn"
    as_role(Role.INSPECTOR).get(f"/ho-so/{case.id}/doan", expected=403)


def test_who_declares_a_conflict_does_not_see_the_case_again(as_role: SignIn, case: Case) -> None:
    client = as_role(Role.INSPECTOR)
    asked = client.follow(
        client.get(f"/ho-so/{case.id}/nguoi-tham-gia", expected=200), "Khai báo xung đột lợi ích"
    )
    after = client.submit_and_follow(asked, button="Khai báo", reason="Cùng quê, có quan hệ họ hàng")
    assert not after.has(case.code)
    client.get(f"/ho-so/{case.id}", expected=404)


def test_the_subject_of_a_case_never_sees_it(app: Flask, staff: Staff, case: Case) -> None:
    accused = a_user(staff.commission, Role.CHAIR, name="Phạm Văn Mẫu", member=subject())
    client = signed_in(app, accused)
    assert not client.get("/ho-so", expected=200).has(case.code)
    for address in (
        *(f"/ho-so/{case.id}{tab}" for tab in TABS),
        f"/ho-so/{case.id}/buoc/{row(case, 'CB1').id}",
    ):
        client.get(address, expected=404)


def test_a_case_is_closed_on_screen_when_all_is_done(as_role: SignIn, staff: Staff, case: Case) -> None:
    complete_up_to(staff, case, "KT8")
    complete(staff, case, "KT8")
    client = as_role(Role.TEAM_HEAD)
    asked = client.follow(client.get(f"/ho-so/{case.id}", expected=200), "Kết thúc hồ sơ")
    page = client.submit_and_follow(
        asked, button="Kết thúc hồ sơ", outcome="no_violation", note="Không có vi phạm"
    )
    assert page.has("Đã kết thúc")
    assert not page.has("Việc tiếp theo")


def test_the_timeline_tells_what_happened_newest_first(as_role: SignIn, staff: Staff, case: Case) -> None:
    complete(staff, case, "CB1")
    page = as_role(Role.CHAIR).get(f"/ho-so/{case.id}/dien-bien", expected=200)
    assert page.main.index("Hoàn thành bước") < page.main.index("Mở hồ sơ vụ việc")
    narrowed = as_role(Role.CHAIR).get(f"/ho-so/{case.id}/dien-bien?loai=evidence", expected=200)
    assert narrowed.has("Không có diễn biến loại này")


def test_papers_of_a_case_are_listed(as_role: SignIn, staff: Staff, case: Case) -> None:
    an_issued_paper(staff, case, "C01", step=CaseStep.get(CaseStep.key == "CB2"))
    page = as_role(Role.CHAIR).get(f"/ho-so/{case.id}/van-ban", expected=200)
    assert page.table("Văn bản của hồ sơ")[0]["Mẫu"] == "C01"


def test_a_subject_is_added_and_identified_on_screen(as_role: SignIn, staff: Staff) -> None:
    case, member = an_open_case(staff, parties=[NewParty(name="Mẫu")]), subject()
    client = as_role(Role.TEAM_HEAD)
    page = client.get(f"/ho-so/{case.id}/nguoi-tham-gia", expected=200)
    asked = client.follow(page, "Xác định đảng viên: Mẫu")
    page = client.submit_and_follow(asked, button="Ghi đảng viên", found=f"member:{member.id}")
    assert page.table("Đối tượng")[0]["Họ tên, tên tổ chức"] == "Phạm Văn Mẫu"
    asked = client.follow(page, "Ghi thêm đối tượng")
    page = client.submit_and_follow(asked, button="Ghi đối tượng", name="Lò Văn Lạ", unit="Bản Xa")
    assert len(page.table("Đối tượng")) == 2
