"""A paper on screen: written, previewed, submitted, issued, downloaded; nothing typed is ever lost."""

import re
from html import unescape

import pytest
from flask import Flask

from cases import files
from cases.approvals import operations as approvals
from cases.documents.models import Document
from cases.lifecycle.models import Case
from procedures.schema import Role
from tests.documents.measure import letters_of, measure
from tests.support.page_client import PageClient
from tests.support.papers import a_draft, a_full_draft, an_approved_paper, drawn_at_once
from tests.support.running_app import signed_in
from tests.support.running_cases import an_open_case
from tests.support.worlds import NOW, Staff

TYPED = "Tập thể đoàn kết, thực hiện đúng quy chế làm việc"


@pytest.fixture
def case(staff: Staff) -> Case:
    return an_open_case(staff)


@pytest.fixture
def inspector(app: Flask, staff: Staff) -> PageClient:
    return signed_in(app, staff.users[Role.INSPECTOR])


def address(document: Document, rest: str = "") -> str:
    return f"/van-ban/{document.id}{rest}"


def test_a_paper_is_drafted_from_the_case_and_opens_for_writing(
    inspector: PageClient, staff: Staff, case: Case
) -> None:
    inspector.get(f"/ho-so/{case.id}", expected=200)
    page = inspector.get(address(a_draft(staff, "C19", case_id=case.id), "/sua"), expected=200)
    assert page.h1 == "Soạn Thông báo kết luận kiểm tra"
    assert page.has("Nội dung cần soạn") and page.has("Đã điền sẵn từ hồ sơ")
    assert page.has("Điền sẵn từ: cách gọi trong văn bản")
    assert page.has("Ưu điểm (cần khi trình)")
    assert page.has("Nguyên nhân (nếu có)")


def test_an_unfinished_draft_is_saved_and_says_what_is_still_missing(
    inspector: PageClient, staff: Staff, case: Case
) -> None:
    draft = a_draft(staff, "C19", case_id=case.id)
    page = inspector.get(address(draft, "/sua"), expected=200)
    shown = inspector.submit_and_follow(page, button="Lưu và xem trước", strengths=TYPED)
    assert shown.has("Đã lưu bản thảo.")
    assert shown.has(TYPED)
    assert shown.has("Còn thiếu trước khi trình:") and shown.has("Yêu cầu sau kiểm tra")
    refused = inspector.submit(shown, button="Trình duyệt", expected=409)
    assert refused.has("Chưa trình được, còn thiếu")


def test_saving_and_going_on_stays_on_the_page(inspector: PageClient, staff: Staff, case: Case) -> None:
    draft = a_draft(staff, "C19", case_id=case.id)
    page = inspector.get(address(draft, "/sua"), expected=200)
    again = inspector.submit_and_follow(page, button="Lưu, soạn tiếp", strengths=TYPED)
    assert again.h1 == page.h1
    assert again.form(button="Lưu và xem trước").values["strengths"] == TYPED


def test_a_value_that_cannot_be_read_keeps_everything_that_was_typed(
    inspector: PageClient, staff: Staff, case: Case
) -> None:
    draft = a_draft(staff, "C19", case_id=case.id)
    page = inspector.get(address(draft, "/sua"), expected=200)
    wrong = inspector.submit(
        page, button="Lưu và xem trước", expected=422, strengths=TYPED, report_back_by="31/02/2026",
        answers={"requests-0-content": "Khắc phục khuyết điểm"},
    )  # fmt: skip
    values = wrong.form(button="Lưu và xem trước").values
    assert (values["strengths"], values["report_back_by"]) == (TYPED, "31/02/2026")
    assert values["requests-0-content"] == "Khắc phục khuyết điểm"
    assert any("lịch" in line for line in wrong.errors)
    assert Document.get_by_id(draft.id).version == draft.version


def test_one_more_row_is_shown_without_a_script_and_nothing_is_saved(
    inspector: PageClient, staff: Staff, case: Case
) -> None:
    draft = a_draft(staff, "C19", case_id=case.id)
    page = inspector.get(address(draft, "/sua"), expected=200)
    more = inspector.submit(page, button="Thêm dòng", expected=200, strengths=TYPED)
    values = more.form(button="Lưu và xem trước").values
    assert "requests-1-content" in values
    assert values["strengths"] == TYPED
    assert Document.get_by_id(draft.id).version == draft.version


def test_two_people_at_one_paper_never_overwrite_each_other_unseen(
    app: Flask, inspector: PageClient, staff: Staff, case: Case
) -> None:
    draft = a_draft(staff, "C19", case_id=case.id)
    mine = inspector.get(address(draft, "/sua"), expected=200)
    head = signed_in(app, staff.users[Role.TEAM_HEAD])
    theirs = head.get(address(draft, "/sua"), expected=200)
    head.submit_and_follow(theirs, button="Lưu và xem trước", strengths="Ưu điểm do trưởng đoàn ghi")
    told = inspector.submit(mine, button="Lưu và xem trước", expected=409, strengths=TYPED)
    assert told.has("Bản mới nhất do người khác vừa lưu")
    assert told.has("Ưu điểm do trưởng đoàn ghi")
    assert told.has("Hai bản khác nhau ở: Ưu điểm.")
    assert told.form(button="Lưu và xem trước").values["strengths"] == TYPED
    assert Document.get_by_id(draft.id).values["strengths"] == "Ưu điểm do trưởng đoàn ghi"
    inspector.submit_and_follow(told, button="Lưu và xem trước")
    assert Document.get_by_id(draft.id).values["strengths"] == TYPED


def test_remarks_stand_beside_the_text_while_it_is_changed(
    inspector: PageClient, staff: Staff, case: Case
) -> None:
    paper = a_full_draft(staff, "C19", case)
    approval = approvals.submit(staff.actor(Role.INSPECTOR), paper.id, now=NOW)
    approvals.return_for_changes(
        staff.actor(Role.CHAIR), approval.id, remarks="Ghi rõ trách nhiệm từng cá nhân", now=NOW
    )
    for rest in ("", "/sua"):
        page = inspector.get(address(paper, rest), expected=200)
        assert page.has("Bị trả lại: cần sửa") and page.has("Ghi rõ trách nhiệm từng cá nhân")


def test_a_submitted_paper_is_not_opened_for_writing(inspector: PageClient, staff: Staff, case: Case) -> None:
    paper = a_full_draft(staff, "C19", case)
    approvals.submit(staff.actor(Role.INSPECTOR), paper.id, now=NOW)
    page = inspector.get(address(paper, "/sua"), expected=302)
    assert page.location.endswith(address(paper))


def test_a_paper_without_its_choice_asks_no_voter(app: Flask, staff: Staff, case: Case) -> None:
    slip = a_draft(staff, "G06", case_id=case.id)
    page = signed_in(app, staff.users[Role.INSPECTOR]).get(address(slip, "/sua"), expected=200)
    assert "member_choice" not in page.form(button="Lưu và xem trước").values


def test_the_preview_says_the_words_of_the_pdf(inspector: PageClient, staff: Staff, case: Case) -> None:
    paper = a_full_draft(staff, "C19", case)
    html = inspector.get(address(paper), expected=200).body.decode()
    article = html[html.index('<article class="paper"') : html.index("</article>")]
    seen = unescape(re.sub(r"<[^>]+>", " ", article))
    pdf = inspector.get(address(paper, "/tai/pdf"), expected=200).body
    assert measure(pdf).letters == letters_of(seen)


def test_the_clerk_issues_an_approved_paper_and_everybody_gets_the_same_bytes(
    app: Flask, inspector: PageClient, staff: Staff, case: Case
) -> None:
    paper = an_approved_paper(staff, "C19", case)
    clerk = signed_in(app, staff.users[Role.CLERK])
    listed = clerk.get("/van-ban", expected=200)
    assert [row["Văn bản"] for row in listed.table("Chờ lấy số, ban hành")] == [paper.title]
    page = clerk.follow(listed, paper.title, expected=200)
    with drawn_at_once():
        done = clerk.submit_and_follow(page, button="Ban hành", signer=str(staff.users[Role.CHAIR].id))
    assert done.has("Đã ban hành, số 01-TB/UBKTTU.")
    issued = Document.get_by_id(paper.id)
    kept = files.read(app.extensions["settings"].files, issued.pdf_sha256)
    for reader in (clerk, inspector):
        assert reader.get(address(paper, "/tai/pdf"), expected=200).body == kept


def test_issuing_without_a_signer_or_for_a_day_to_come_is_said_at_the_field(
    app: Flask, staff: Staff, case: Case
) -> None:
    paper = an_approved_paper(staff, "C19", case)
    clerk = signed_in(app, staff.users[Role.CLERK])
    page = clerk.get(address(paper), expected=200)
    late = clerk.submit(page, button="Ban hành", expected=422, issued_on="31/12/2026")
    assert any("sau hôm nay" in line for line in late.errors)
    unreadable = clerk.submit(page, button="Ban hành", expected=422, issued_on="hôm nay")
    assert unreadable.errors
    assert Document.get_by_id(paper.id).number is None


def test_a_void_paper_shows_its_number_and_why(app: Flask, staff: Staff, case: Case) -> None:
    paper = an_approved_paper(staff, "C19", case)
    clerk = signed_in(app, staff.users[Role.CLERK])
    page = clerk.get(address(paper), expected=200)
    with drawn_at_once():
        issued = clerk.submit_and_follow(page, button="Ban hành", signer=str(staff.users[Role.CHAIR].id))
    refused = clerk.submit(issued, button="Hủy văn bản", expected=422)
    assert any("lý do" in line for line in refused.errors)
    void = clerk.submit_and_follow(issued, button="Hủy văn bản", reason="Sai tên đối tượng")
    assert void.has("01-TB/UBKTTU") and void.has("Sai tên đối tượng")


def test_minutes_are_recorded_from_their_page(inspector: PageClient, staff: Staff, case: Case) -> None:
    minutes = a_full_draft(staff, "C06", case)
    page = inspector.get(address(minutes), expected=200)
    with drawn_at_once():
        done = inspector.submit_and_follow(page, button="Ghi nhận")
    assert done.has("Đã ghi nhận văn bản.")


def test_a_draft_is_deleted_from_its_page(inspector: PageClient, staff: Staff, case: Case) -> None:
    draft = a_draft(staff, "C19", case_id=case.id)
    page = inspector.get(address(draft), expected=200)
    inspector.submit_and_follow(page, button="Xóa bản thảo")
    assert Document.get_or_none(Document.id == draft.id) is None


@pytest.mark.parametrize("rest", ["", "/sua", "/tai/pdf", "/tai/docx"])
def test_a_paper_of_another_case_does_not_exist(app: Flask, staff: Staff, case: Case, rest: str) -> None:
    draft = a_draft(staff, "C19", case_id=case.id)
    clerk = signed_in(app, staff.users[Role.CLERK])
    clerk.get(address(draft, rest), expected=404)


def test_a_form_that_does_not_exist_is_answered_in_words(inspector: PageClient, case: Case) -> None:
    page = inspector.get(f"/ho-so/{case.id}", expected=200)
    token = page.form(action="/dang-xuat").values["csrf_token"]
    wrong = {"form": "Z99", "case_id": str(case.id), "csrf_token": token}
    assert inspector.post("/van-ban/soan", wrong, expected=404).has("Không có mẫu văn bản “Z99”")


def test_saving_under_the_hands_of_an_approver_is_refused_in_words(
    inspector: PageClient, staff: Staff, case: Case
) -> None:
    paper = a_full_draft(staff, "C19", case)
    page = inspector.get(address(paper, "/sua"), expected=200)
    approvals.submit(staff.actor(Role.INSPECTOR), paper.id, now=NOW)
    refused = inspector.submit(page, button="Lưu và xem trước", expected=409, strengths=TYPED)
    assert refused.has("không sửa được")
    assert refused.form(button="Lưu và xem trước").values["strengths"] == TYPED
