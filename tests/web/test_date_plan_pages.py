"""The date plan of a case and the question "what if", asked in the address; nothing is stored."""

import pytest
from flask import Flask

from cases.audit.models import AuditEvent
from cases.deadlines.models import Deadline
from cases.lifecycle.models import Case
from procedures.schema import Role
from tests.support.letters import a_decided_letter
from tests.support.page_client import Page, PageClient
from tests.support.running_app import signed_in
from tests.support.running_cases import an_open_case
from tests.support.worlds import Staff

PLAN = "Các thời hạn theo thứ tự bước"
SETTLE = "T-01 – Giải quyết tố cáo (chưa xác nhận)"


@pytest.fixture
def case(staff: Staff) -> Case:
    letter = a_decided_letter(staff, handling="accepted")
    return an_open_case(staff, "TC-03", by=Role.CHAIR, letter_ids=[letter.id])


@pytest.fixture
def client(app: Flask, staff: Staff) -> PageClient:
    return signed_in(app, staff.users[Role.TEAM_HEAD])


def line(page: Page, limit: str = SETTLE) -> dict[str, str]:
    (found,) = [row for row in page.table(PLAN) if row["Thời hạn"] == limit]
    return found


def ask(client: PageClient, case: Case, query: str, expected: int = 200) -> Page:
    return client.get(f"/ho-so/{case.id}/ke-hoach-ngay?{query}", expected=expected)


def test_the_plan_shows_every_limit_with_its_day_or_why_there_is_none(client: PageClient, case: Case) -> None:
    page = ask(client, case, "")
    assert line(page)["Phải xong"].startswith("20/02/2027")
    (waiting,) = [row for row in page.table(PLAN) if row["Thời hạn"].startswith("I-09")]
    assert waiting["Phải xong"] == "Tính khi có: ngày ký quyết định thành lập đoàn."


def test_another_first_day_moves_the_plan_and_leaves_the_case_alone(client: PageClient, case: Case) -> None:
    events = AuditEvent.select().count()
    page = ask(client, case, "bat_dau=20/11/2026")
    assert page.has("không có gì được ghi vào hồ sơ")
    row = line(page)
    assert row["Hiện nay"].startswith("20/02/2027")
    assert row["Theo giả định"].startswith("18/02/2027")
    assert row["Chênh lệch"] == "sớm hơn 2 ngày"
    assert Deadline.get(Deadline.case == case.id, Deadline.limit_id == "T-01").started_on == case.started_on
    assert AuditEvent.select().count() == events


def test_extension_pause_and_edition_are_asked_together(client: PageClient, case: Case) -> None:
    query = "gia_han_cho=T-01&gia_han=30&tam_dung_tu=01/12/2026&tam_dung_den=10/12/2026&ban=2025-05-30"
    page = ask(client, case, query)
    assert line(page)["Chênh lệch"] == "muộn hơn 40 ngày"
    assert page.has("chưa được xác nhận")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("bat_dau=31/02/2026", "Không có ngày này trong lịch"),
        ("gia_han=30", "Chọn thời hạn được gia hạn"),
        ("gia_han_cho=T-01&gia_han=0", "từ 1 đến 1000"),
        ("gia_han_cho=T-01&gia_han=rất nhiều", "số"),
        ("tam_dung_den=10/12/2026", "Ghi ngày bắt đầu tạm dừng"),
        ("tam_dung_tu=10/12/2026&tam_dung_den=01/12/2026", "ở trước ngày đầu"),
        ("ban=1999-01-01", "Chọn một mục trong danh sách"),
        ("gia_han_cho=Z-99&gia_han=3", "Chọn một mục trong danh sách"),
    ],
)
def test_a_question_that_makes_no_sense_is_told_at_its_field_and_kept(
    client: PageClient, case: Case, query: str, words: str
) -> None:
    page = ask(client, case, query, expected=422)
    assert any(words in error for error in page.errors), page.errors
    assert page.table(PLAN), "today's plan still stands there"


def test_the_deadlines_of_a_case_lead_to_its_plan(client: PageClient, case: Case) -> None:
    page = client.get(f"/ho-so/{case.id}/thoi-han", expected=200)
    assert client.follow(page, "Kế hoạch ngày và thử tính").address.endswith("/ke-hoach-ngay")


def test_who_may_not_see_the_case_sees_no_plan(app: Flask, staff: Staff, case: Case) -> None:
    signed_in(app, staff.users[Role.CLERK]).get(f"/ho-so/{case.id}/ke-hoach-ngay", expected=403)
