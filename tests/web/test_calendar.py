"""The pages of the working calendar: a year as a picture, trying, changing and confirming it."""

from datetime import date

import pytest

from cases.audit.models import AuditEvent
from cases.deadlines import queries
from cases.deadlines.calendar import CalendarNotConfirmed
from cases.deadlines.calendar_preview import DayChoice, days_of
from cases.deadlines.models import CalendarDay, CalendarYear, Deadline
from cases.deadlines.operations import change_days
from cases.deadlines.queries import calendar_year
from cases.lifecycle.models import Case, ConflictDeclaration
from procedures.schema import Role
from tests.support.page_client import Page, PageClient
from tests.support.running_app import SignIn
from tests.support.running_cases import an_open_case, complete, complete_up_to
from tests.support.strict_html import text_of
from tests.support.worlds import NOW, Staff

SWAP = {"day": "23/11/2026", "kind": "off", "name": "Nghỉ hoán đổi với thứ Bảy 28/11"}
SEE = "Xem thời hạn bị dời"
STORE = "Ghi lịch và tính lại thời hạn"


@pytest.fixture
def clock_of_five_days(staff: Staff) -> Deadline:
    """Five working days from 22/11/2026: over on 30/11, as 24/11 is off."""
    case = an_open_case(staff)
    complete_up_to(staff, case, "CB2")
    complete(staff, case, "CB2")
    found: Deadline = Deadline.get(Deadline.case == case.id, Deadline.limit_id == "I-09")
    assert found.due_on == date(2026, 11, 30)
    return found


def with_row(client: PageClient, page: Page, row: dict[str, str], *, button: str = SEE) -> Page:
    """The page asked for after a row more was typed; the page before is asked for a row first."""
    rows = len([name for name in page.form(button=button).names if name.endswith("-day")])
    more = client.submit(page, button="Thêm ngày", expected=200)
    answers = {f"days-{rows}-{name}": value for name, value in row.items()}
    return client.submit(more, button=button, expected=200, answers=answers)


def due(deadline: Deadline) -> date | None:
    found: date | None = Deadline.get_by_id(deadline.id).due_on
    return found


def test_a_change_is_seen_with_all_it_moves_before_it_is_stored(
    as_role: SignIn, clock_of_five_days: Deadline
) -> None:
    client, case = as_role(Role.CHAIR), clock_of_five_days.case
    edit = client.follow(client.get("/lich-lam-viec/2026", expected=200), "Sửa ngày nghỉ, ngày làm bù")
    preview = with_row(client, edit, SWAP)
    assert preview.has("Thay đổi này làm dời 1 thời hạn đang tính")
    assert preview.table("Thời hạn bị dời") == [
        {
            "Hồ sơ": f"{case.code} – {case.title}", "Thời hạn": clock_of_five_days.label,
            "Hiện nay": "30/11/2026", "Sau thay đổi": "01/12/2026",
        }
    ]  # fmt: skip
    assert preview.table("Ngày thay đổi") == [
        {
            "Ngày": "23/11/2026 Thứ Hai", "Đang dùng": "theo tuần, không ghi riêng",
            "Sau thay đổi": f"Ngày nghỉ: {SWAP['name']}",
        }
    ]  # fmt: skip
    assert due(clock_of_five_days) == date(2026, 11, 30)
    assert not AuditEvent.select().where(AuditEvent.verb == "calendar.changed").exists()
    assert CalendarYear.select().count() == 0
    year = client.submit_and_follow(
        preview, button=STORE, notice="9999/TB-BNV", notice_on="25/11/2026"
    )  # fmt: skip
    assert due(clock_of_five_days) == date(2026, 12, 1)
    assert year.has("Vũ Thị Nhiệm xác nhận lúc")
    assert year.has("theo 9999/TB-BNV ngày 25/11/2026")


def test_going_back_from_the_preview_keeps_every_row_typed(as_role: SignIn) -> None:
    client = as_role(Role.ADMINISTRATOR)
    preview = with_row(client, client.get("/lich-lam-viec/2026/sua", expected=200), SWAP)
    again = client.submit(preview, button="Sửa tiếp", expected=200)
    typed = again.form(button=SEE).values
    assert SWAP["name"] in typed.values()
    assert len([name for name in typed if name.endswith("-day")]) == len(calendar_year(2026).days) + 1


def test_a_year_that_counts_is_changed_only_under_a_notice_with_its_date(
    as_role: SignIn, clock_of_five_days: Deadline
) -> None:
    client = as_role(Role.CHAIR)
    preview = with_row(client, client.get("/lich-lam-viec/2026/sua", expected=200), SWAP)
    refused = client.submit(preview, button=STORE, expected=422, notice="9999/TB-BNV", notice_on="31/02/2026")
    assert refused.errors
    assert refused.form(button=STORE).values["notice"] == "9999/TB-BNV"
    assert due(clock_of_five_days) == date(2026, 11, 30)
    client.submit_and_follow(refused, button=STORE, notice_on="25/11/2026")
    assert due(clock_of_five_days) == date(2026, 12, 1)


def test_a_wrong_day_is_said_on_the_page_where_it_was_typed(as_role: SignIn) -> None:
    client = as_role(Role.ADMINISTRATOR)
    edit = client.get("/lich-lam-viec/2026/sua", expected=200)
    rows = len([name for name in edit.form(button=SEE).names if name.endswith("-day")])
    more = client.submit(edit, button="Thêm ngày", expected=200)
    answers = {f"days-{rows}-day": "28/11/2026", f"days-{rows}-kind": "off", f"days-{rows}-name": "Sai"}
    refused = client.submit(more, button=SEE, expected=422, answers=answers)
    assert refused.has("đã là ngày nghỉ hằng tuần")
    assert "Sai" in refused.form(button=SEE).values.values()


def test_what_somebody_else_stored_meanwhile_is_shown_before_it_is_written_over(
    as_role: SignIn, staff: Staff
) -> None:
    client = as_role(Role.CHAIR)
    preview = with_row(client, client.get("/lich-lam-viec/2026/sua", expected=200), SWAP)
    other = DayChoice(date(2026, 12, 24), "off", "Nghỉ do người khác ghi")
    change_days(staff.actor(Role.ADMINISTRATOR), 2026, [*days_of(calendar_year(2026)), other], now=NOW)
    answers = {"notice": "9999/TB-BNV", "notice_on": "25/11/2026"}
    stale = client.submit(preview, button=STORE, expected=409, answers=answers)
    assert stale.has("vừa có người sửa")
    assert [row["Ngày"] for row in stale.table("Ngày thay đổi")] == [
        "23/11/2026 Thứ Hai",
        "24/12/2026 Thứ Năm",
    ]
    assert stale.form(button=STORE).values["notice"] == "9999/TB-BNV"
    client.submit_and_follow(stale, button=STORE)
    assert not CalendarDay.select().where(CalendarDay.day == other.day).exists()


def test_who_may_only_read_tries_a_calendar_and_learns_of_their_own_cases(
    as_role: SignIn, staff: Staff, clock_of_five_days: Deadline
) -> None:
    client = as_role(Role.TEAM_HEAD)
    year = client.get("/lich-lam-viec/2026", expected=200)
    assert "Xác nhận năm này" not in year.links
    client.get("/lich-lam-viec/2026/sua", expected=403)
    client.get("/lich-lam-viec/9999", expected=404)
    shown = with_row(client, client.follow(year, "Nếu lịch nghỉ thay đổi"), SWAP)
    assert shown.table("Thời hạn bị dời")[0]["Sau thay đổi"] == "01/12/2026"
    assert STORE not in shown.form(button="Sửa tiếp").buttons
    clerk = as_role(Role.CLERK)
    shown = with_row(clerk, clerk.get("/lich-lam-viec/2026/thu", expected=200), SWAP)
    assert shown.has("không làm dời thời hạn nào")
    assert clock_of_five_days.case.code not in shown.text
    assert CalendarYear.select().count() == 0
    assert due(clock_of_five_days) == date(2026, 11, 30)


def test_cases_the_person_may_not_see_are_a_number_without_names(
    as_role: SignIn, staff: Staff, clock_of_five_days: Deadline
) -> None:
    ConflictDeclaration.create(
        case=clock_of_five_days.case, user=staff.users[Role.CHAIR], reason="Người thân", declared_at=NOW
    )
    for role in (Role.CHAIR, Role.ADMINISTRATOR):
        client = as_role(role)
        shown = with_row(client, client.get("/lich-lam-viec/2026/sua", expected=200), SWAP)
        assert shown.has("Và 1 thời hạn của các hồ sơ ngoài phạm vi đồng chí được xem.")
        assert clock_of_five_days.case.code not in shown.text


def test_the_page_of_a_year_is_twelve_months_that_say_what_is_off_and_what_is_worked(as_role: SignIn) -> None:
    page = as_role(Role.CLERK).get("/lich-lam-viec/2026", expected=200)
    months = [table for table in page.root.iter("table") if table.get("class") == "kc-month"]
    captions = [text_of(caption) for month in months for caption in month.iter("caption")]
    assert captions == [f"Tháng {number}/2026" for number in range(1, 13)]
    days = [text_of(cell) for cell in months[0].iter("td") if text_of(cell)]
    assert len(days) == 31
    assert days[1] == "2 nghỉ: Nghỉ hoán đổi với thứ Bảy 10/01"
    assert days[9] == "10 làm: Làm bù cho thứ Sáu 02/01"
    assert days[2] == "3"
    assert page.has("Đề xuất nghỉ 23/11, làm bù thứ Bảy 28/11: chưa rõ")
    assert page.has("chưa có người của Ủy ban xác nhận")


def test_the_page_shows_where_the_library_and_the_table_differ(as_role: SignIn) -> None:
    client = as_role(Role.CLERK)
    rows = client.get("/lich-lam-viec/2026", expected=200).table("Ngày lịch và phần mềm ghi khác nhau")
    assert [row["Ngày"] for row in rows] == ["02/01/2026 Thứ Sáu", "10/01/2026 Thứ Bảy"]
    assert "hoán đổi" in rows[0]["Nhận xét"]
    rows = client.get("/lich-lam-viec/2027", expected=200).table("Ngày lịch và phần mềm ghi khác nhau")
    assert {"04/02/2027 Thứ Năm", "02/09/2027 Thứ Năm"} <= {row["Ngày"] for row in rows}
    assert client.get("/lich-lam-viec/2025", expected=200).has("Lịch và phần mềm ghi như nhau.")


def test_a_year_without_table_is_drafted_from_the_library_and_nothing_is_stored(as_role: SignIn) -> None:
    client = as_role(Role.ADMINISTRATOR)
    page = client.follow(client.get("/lich-lam-viec", expected=200), "Năm 2028")
    assert "Xác nhận năm này" not in page.links
    edit = client.follow(page, "Lập bản nháp từ ngày lễ tính sẵn")
    assert edit.has("Bản nháp do phần mềm tính, chưa phải lịch")
    assert "03/01/2028" in edit.form(button=SEE).values.values()
    assert CalendarYear.select().count() == 0
    preview = client.submit(edit, button=SEE, expected=200)
    assert preview.has("Năm này chưa xác nhận nên chưa thời hạn nào tính theo")
    year = client.submit_and_follow(preview, button=STORE)
    assert year.has("Chưa xác nhận: hệ thống không tính ngày làm việc")
    assert CalendarYear.get(CalendarYear.year == 2028).notice == ""


def test_a_year_is_confirmed_with_number_and_date_after_seeing_what_it_moves(
    as_role: SignIn, staff: Staff, clock_of_five_days: Deadline
) -> None:
    Deadline.update(started_on=date(2026, 12, 30), due_on=None).where(
        Deadline.id == clock_of_five_days.id
    ).execute()
    client = as_role(Role.CHAIR)
    confirm = client.follow(client.get("/lich-lam-viec/2027", expected=200), "Xác nhận năm này")
    assert confirm.table("Thời hạn bị dời")[0]["Hiện nay"] == "chưa tính được"
    assert confirm.table("Thời hạn bị dời")[0]["Sau thay đổi"] == "07/01/2027"
    refused = client.submit(confirm, button="Xác nhận", expected=422, notice="1-TB/BNV")
    assert due(clock_of_five_days) is None
    year = client.submit_and_follow(refused, button="Xác nhận", notice_on="30/11/2026")
    assert year.has("theo 1-TB/BNV ngày 30/11/2026")
    assert due(clock_of_five_days) == date(2027, 1, 7)


def test_a_refusal_for_want_of_a_calendar_leads_to_the_page_of_that_year(
    as_role: SignIn, clock_of_five_days: Deadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    Deadline.update(started_on=date(2026, 12, 30), due_on=None).where(
        Deadline.id == clock_of_five_days.id
    ).execute()
    client = as_role(Role.CHAIR)
    sheet = client.get(f"/thoi-han/{clock_of_five_days.id}", expected=200)
    assert client.follow(sheet, "Mở lịch làm việc năm 2027").h1 == "Lịch làm việc năm 2027"

    def refuse(*_: object) -> None:
        raise CalendarNotConfirmed(2027)

    monkeypatch.setattr(queries, "sheet_view", refuse)
    page = client.get(f"/thoi-han/{clock_of_five_days.id}", expected=409)
    assert client.follow(page, "Mở lịch làm việc năm 2027").h1 == "Lịch làm việc năm 2027"


def test_the_list_of_years_leads_to_every_year_that_a_case_may_need(as_role: SignIn) -> None:
    client = as_role(Role.CLERK)
    page = client.get("/lich-lam-viec", expected=200)
    for year in range(2016, 2031):
        words = f"Năm {year}" if f"Năm {year}" in page.links else str(year)
        assert client.follow(page, words).h1 == f"Lịch làm việc năm {year}"


def test_nobody_confirms_a_year_without_a_single_day_off(as_role: SignIn, staff: Staff) -> None:
    client = as_role(Role.CHAIR)
    page = client.get("/lich-lam-viec/2030/xac-nhan", expected=200)
    refused = client.submit(page, button="Xác nhận", expected=422, notice="1-TB/BNV", notice_on="01/12/2029")
    assert refused.has("chưa ghi ngày nghỉ nào nên chưa xác nhận được")
    assert Case.select().count() == 0
