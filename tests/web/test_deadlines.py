"""The pages of deadlines and of the calendar, opened and filled in as people do."""

from datetime import UTC, datetime

import pytest

from cases.clock import FixedClock
from cases.deadlines.models import Deadline, DeadlineChange
from cases.lifecycle.models import Case
from procedures.schema import Role
from tests.support.letters import a_decided_letter
from tests.support.running_app import SignIn
from tests.support.running_cases import an_open_case, complete, complete_up_to
from tests.support.worlds import Staff


@pytest.fixture
def case(staff: Staff) -> Case:
    letter = a_decided_letter(staff, handling="accepted")
    return an_open_case(staff, "TC-03", by=Role.CHAIR, letter_ids=[letter.id])


@pytest.fixture
def settling(case: Case) -> Deadline:
    return Deadline.get(Deadline.case == case.id, Deadline.limit_id == "T-01")


def test_every_deadline_of_a_case_leads_to_its_sheet(as_role: SignIn, case: Case, settling: Deadline) -> None:
    client = as_role(Role.TEAM_HEAD)
    page = client.get(f"/ho-so/{case.id}/thoi-han", expected=200)
    (line,) = page.table("Thời hạn của hồ sơ")
    assert line["Bắt đầu"] == "22/11/2026"
    sheet = client.follow(page, line["Thời hạn"])
    assert sheet.address.endswith(f"/thoi-han/{settling.id}")


def test_a_sheet_shows_start_article_confidence_both_days_and_every_day(
    as_role: SignIn, settling: Deadline
) -> None:
    page = as_role(Role.CHAIR).get(f"/thoi-han/{settling.id}", expected=200)
    for words in (
        "Ngày bắt đầu 22/11/2026 không tính; thời hạn 90 ngày.", "Quy định chưa xác nhận", "20/02/2027",
        "Lịch làm việc năm 2027 chưa được xác nhận", "Tháng 11/2026: tính 8 ngày, không tính 0 ngày",
    ):  # fmt: skip
        assert page.has(words), words
    days = page.table("Các ngày tháng 11/2026")
    assert days[0] == {"Ngày": "23/11/2026", "Thứ tự": "1", "Vì sao": "Được tính: ngày làm việc"}


def test_an_extension_is_asked_and_decided_by_two_people_on_screen(
    as_role: SignIn, settling: Deadline
) -> None:
    head = as_role(Role.TEAM_HEAD)
    asked = head.follow(head.get(f"/thoi-han/{settling.id}", expected=200), "Đề nghị gia hạn")
    empty = head.submit(asked, button="Gửi đề nghị", expected=422, amount="30")
    assert empty.form(button="Gửi đề nghị").values["amount"] == "30"
    sheet = head.submit_and_follow(empty, button="Gửi đề nghị", amount="30", reason="Vụ việc phức tạp")
    assert sheet.has("Chờ quyết định")
    assert "Quyết định đề nghị 1" not in sheet.links
    chair = as_role(Role.CHAIR)
    decide = chair.follow(chair.get(f"/thoi-han/{settling.id}", expected=200), "Quyết định đề nghị 1")
    refused = chair.submit(decide, button="Ghi quyết định", expected=422, grant="no")
    assert refused.errors
    sheet = chair.submit_and_follow(refused, button="Ghi quyết định", grant="yes", reason="Đồng ý")
    assert sheet.has("22/03/2027")
    assert sheet.has("Gia hạn 30 ngày")


def test_a_pause_is_asked_granted_and_resumed_on_screen(as_role: SignIn, settling: Deadline) -> None:
    head, chair = as_role(Role.TEAM_HEAD), as_role(Role.CHAIR)
    asked = head.follow(head.get(f"/thoi-han/{settling.id}", expected=200), "Đề nghị tạm dừng")
    head.submit_and_follow(
        asked,
        button="Gửi đề nghị",
        reason_code="expert_opinion",
        pause_from="01/12/2026",
        reason="Chờ giám định",
    )
    decide = chair.get(f"/thoi-han/de-nghi/{DeadlineChange.get().id}", expected=200)
    sheet = chair.submit_and_follow(decide, button="Ghi quyết định", grant="yes")
    assert sheet.has("Đang tạm dừng từ 01/12/2026")
    resume = chair.follow(sheet, "Tính tiếp thời hạn")
    sheet = chair.submit_and_follow(resume, button="Tính tiếp", on="11/12/2026")
    assert sheet.has("02/03/2027")


def test_a_date_outside_the_calendar_is_refused_with_the_place_to_mend_it(
    as_role: SignIn, staff: Staff, clock: FixedClock
) -> None:
    clock.moment = datetime(2026, 12, 30, 2, 0, tzinfo=UTC)
    case, day = an_open_case(staff, now=clock.moment), clock.moment.date()
    complete_up_to(staff, case, "CB2", on=day, now=clock.moment)
    complete(staff, case, "CB2", on=day, now=clock.moment)
    client = as_role(Role.CHAIR)
    sheet = client.get(f"/thoi-han/{Deadline.get(Deadline.limit_id == 'I-09').id}", expected=200)
    assert sheet.has("Lịch làm việc năm 2027 chưa được xác nhận nên chưa tính được ngày này")
    year = client.follow(sheet, "Mở lịch làm việc năm 2027")
    confirm = client.follow(year, "Xác nhận năm này")
    client.submit(confirm, button="Xác nhận", expected=422, notice=" ")
    year = client.submit_and_follow(confirm, button="Xác nhận", notice="1-TB/BNV", notice_on="01/12/2026")
    assert year.has("theo 1-TB/BNV ngày 01/12/2026")
    assert client.get(sheet.address, expected=200).has("07/01/2027")


def test_my_deadlines_are_on_one_page(as_role: SignIn, settling: Deadline) -> None:
    page = as_role(Role.TEAM_HEAD).get("/thoi-han", expected=200)
    assert page.table("Sắp tới")[0]["Thời hạn"] == settling.label
    assert as_role(Role.CHAIR).get("/thoi-han", expected=200).table("Đang chờ người khác")
    assert as_role(Role.COMMISSIONER).get("/thoi-han", expected=200).table("Đang chờ người khác")
