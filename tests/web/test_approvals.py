"""The desk of who decides: what waits, the paper and the case on one page, approve or return."""

import pytest
from flask import Flask

from cases.approvals import operations
from cases.approvals.models import Approval
from cases.documents.models import Document
from cases.lifecycle.models import Case
from procedures.schema import Role
from tests.support.page_client import PageClient
from tests.support.papers import a_full_draft
from tests.support.running_app import signed_in
from tests.support.running_cases import an_open_case
from tests.support.worlds import NOW, Staff

TEN_LINES = (
    "Số hồ sơ", "Quy trình", "Đối tượng", "Nội dung", "Mốc thời gian", "Chỉ đạo", "Trưởng đoàn",
    "Bước đang làm", "Thời hạn giải quyết", "Văn bản gần nhất",
)  # fmt: skip


@pytest.fixture
def case(staff: Staff) -> Case:
    return an_open_case(staff)


@pytest.fixture
def waiting(staff: Staff, case: Case) -> Approval:
    paper = a_full_draft(staff, "C19", case)
    return operations.submit(staff.actor(Role.INSPECTOR), paper.id, note="Kính trình đồng chí", now=NOW)


@pytest.fixture
def chair(app: Flask, staff: Staff) -> PageClient:
    return signed_in(app, staff.users[Role.CHAIR])


def page_of(approval: Approval) -> str:
    return f"/cho-duyet/{approval.id}"


def test_what_waits_is_listed_and_leads_to_the_paper_and_the_case(
    chair: PageClient, waiting: Approval, case: Case
) -> None:
    inbox = chair.get("/cho-duyet", expected=200)
    (row,) = inbox.table("Chờ đồng chí duyệt")
    assert row["Hồ sơ"] == case.code
    assert row["Người trình"] == "Trần Thị Kiểm"
    page = chair.follow(inbox, row["Văn bản"], expected=200)
    assert page.has("kết luận kiểm tra khi có dấu hiệu vi phạm đối với đồng chí Phạm Văn Mẫu")
    assert page.has("Kính trình đồng chí")
    for label in TEN_LINES:
        assert page.has(label), label
    assert page.has("Ngô Văn Đoàn") and page.has("Phạm Văn Mẫu")


def test_approving_clears_the_desk_and_says_who_goes_on(chair: PageClient, waiting: Approval) -> None:
    page = chair.get(page_of(waiting), expected=200)
    done = chair.submit_and_follow(page, button="Duyệt")
    assert done.has("Đã duyệt. Văn thư có thể lấy số, ban hành.")
    assert done.has("Không có việc chờ duyệt")
    assert Document.get_by_id(waiting.document_id).state == "approved"
    again = chair.get(page_of(waiting), expected=200)
    assert again.has("Việc này đã được quyết định.")


def test_returning_needs_remarks_and_keeps_the_page(chair: PageClient, waiting: Approval) -> None:
    page = chair.get(page_of(waiting), expected=200)
    refused = chair.submit(page, button="Trả lại để sửa", expected=422)
    assert any("Ghi rõ cần sửa gì" in line for line in refused.errors)
    back = chair.submit_and_follow(refused, button="Trả lại để sửa", remarks="Nêu rõ nguyên nhân")
    assert back.has("Đã trả lại người trình.")
    assert Approval.get_by_id(waiting.id).remarks == "Nêu rõ nguyên nhân"


def test_remarks_too_long_are_kept_and_refused(chair: PageClient, waiting: Approval) -> None:
    page = chair.get(page_of(waiting), expected=200)
    refused = chair.submit(page, button="Trả lại để sửa", expected=422, remarks="a" * 4001)
    assert refused.form(button="Duyệt").values["remarks"] == "a" * 4001


def test_who_may_not_decide_sees_why_and_no_button(app: Flask, staff: Staff, waiting: Approval) -> None:
    commissioner = signed_in(app, staff.users[Role.COMMISSIONER])
    page = commissioner.get(page_of(waiting), expected=200)
    assert page.has("Văn bản này trình cấp có thẩm quyền khác.")
    assert not page.has("Trả lại để sửa")
    token = commissioner.get("/cho-duyet", expected=200)
    assert token.has("Không có việc chờ duyệt")


def test_who_asked_finds_it_in_the_list_of_what_was_sent_and_takes_it_back(
    app: Flask, staff: Staff, waiting: Approval
) -> None:
    inspector = signed_in(app, staff.users[Role.INSPECTOR])
    sent = inspector.get("/cho-duyet", expected=200)
    (row,) = sent.table("Đồng chí đã trình, đang chờ")
    page = inspector.follow(sent, row["Văn bản"], expected=200)
    back = inspector.submit_and_follow(page, button="Rút lại để sửa")
    assert back.h1 == "Soạn Thông báo kết luận kiểm tra"
    assert Document.get_by_id(waiting.document_id).state == "draft"


def test_a_stranger_to_the_case_finds_nothing_to_decide(app: Flask, staff: Staff, waiting: Approval) -> None:
    clerk = signed_in(app, staff.users[Role.CLERK])
    clerk.get(page_of(waiting), expected=403)
    clerk.get(f"/van-ban/{waiting.document_id}", expected=404)
