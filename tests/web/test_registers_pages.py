"""The pages of decisions, registers and the case report."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook

from cases.audit.models import AuditEvent
from cases.decisions.models import Decision
from cases.documents.models import Document
from cases.people.models import User
from cases.sessions.models import AgendaItem
from procedures.schema import Role
from tests.support.page_client import PageClient
from tests.support.running_app import signed_in
from tests.support.voting import Voting, an_open_ballot, counted, in_session
from tests.support.worlds import NOW, TODAY, a_member

SignIn = Callable[[User], PageClient]


@pytest.fixture
def world(app: Flask) -> Voting:
    a_member(post="Bí thư Chi bộ")
    return in_session()[0]


@pytest.fixture
def as_role(app: Flask, world: Voting) -> Callable[[Role], PageClient]:
    def sign_in(role: Role) -> PageClient:
        return signed_in(app, world.staff.users[role])

    return sign_in


def a_signed_decision(world: Voting) -> Decision:
    return Decision.create(
        commission=world.staff.commission, case=world.case, party=world.party, subject_name="Phạm Văn Mẫu",
        penalty="warning", number=1, number_text="01-QĐ/UBKTTU", signed_on=TODAY, effective_on=TODAY,
        deciding_body="Ủy ban Kiểm tra", created_at=NOW,
    )  # fmt: skip


def test_a_decision_is_recorded_from_the_ballot_page_and_its_paper_drafted(
    world: Voting, as_role: Callable[[Role], PageClient]
) -> None:
    ballot = counted(world, an_open_ballot(world, AgendaItem.get()), {"removal": 9})
    client = as_role(Role.HEAD_OF_SECTION)
    page = client.follow(client.get(f"/bo-phieu/{ballot.id}", expected=200), "Lập quyết định kỷ luật")
    refused = client.submit(page, button="Lập quyết định", expected=422)
    assert any("chức vụ bị cách" in error for error in refused.errors)
    decision = client.submit_and_follow(refused, button="Lập quyết định", removed_post="Bí thư Chi bộ")
    assert decision.has("Chờ soạn, ký ban hành")
    client.submit(decision, button="Soạn quyết định", expected=302)
    assert Document.get().values["removed_posts"] == "Bí thư Chi bộ"
    again = client.get(f"/bo-phieu/{ballot.id}", expected=200)
    assert "Mở quyết định kỷ luật" in again.links


def test_an_announcement_is_recorded_and_every_date_explained(
    world: Voting, as_role: Callable[[Role], PageClient]
) -> None:
    decision = a_signed_decision(world)
    chair = as_role(Role.CHAIR)
    page = chair.follow(chair.get(f"/quyet-dinh/{decision.id}", expected=200), "Ghi việc công bố")
    wrong = chair.submit(page, button="Lưu", expected=422, announced_on="21/11/2026")
    assert any("trước ngày ký" in error for error in wrong.errors)
    done = chair.submit_and_follow(wrong, button="Lưu", announced_on="22/11/2026", received_on="22/11/2026")
    dates = {row["Ngày"]: row for row in done.table("Ngày và cách tính")}
    assert dates["Ngày tự chấm dứt hiệu lực"]["Giá trị"] == "22/11/2027"
    assert "Q-05" in dates["Ngày có hiệu lực"]["Căn cứ"]
    assert "chưa xác nhận" in dates["Hạn công bố quyết định"]["Căn cứ"]
    assert dates["Hạn cuối khiếu nại (K-01)"]["Giá trị"] == "22/12/2026"
    head = as_role(Role.HEAD_OF_SECTION)
    minutes = head.get(f"/quyet-dinh/{decision.id}", expected=200)
    head.submit(minutes, button="Lập biên bản công bố", expected=302)
    assert Document.get().form == "G12"


def test_the_registers_are_listed_filtered_and_taken_as_spreadsheets(
    world: Voting, as_role: Callable[[Role], PageClient]
) -> None:
    a_signed_decision(world)
    client = as_role(Role.STATISTICIAN)
    index = client.get("/so-sach", expected=200)
    page = client.follow(index, "Sổ đăng ký quyết định kỷ luật")
    assert page.table("Quyết định kỷ luật")[0]["Đối tượng"] == "Phạm Văn Mẫu"
    assert client.get("/so-sach/quyet-dinh-ky-luat?hinh-thuc=removal", expected=200).has(
        "Không có quyết định nào"
    )
    assert client.get("/so-sach/quyet-dinh-ky-luat?nam=abc&trang=x", expected=200).has("Phạm Văn Mẫu")
    book = load_workbook(BytesIO(client.follow(page, "Kết xuất XLSX").body)).active
    assert (book["A4"].value, book["C4"].value) == ("01-QĐ/UBKTTU", "Phạm Văn Mẫu")
    papers = client.follow(index, "Sổ đăng ký văn bản đi")
    assert papers.has("Không có văn bản nào")


def test_the_book_of_papers_shows_gaps(world: Voting, as_role: Callable[[Role], PageClient]) -> None:
    for number in (1, 3):
        Document.create(
            commission=world.staff.commission,
            case=world.case,
            form="C01",
            form_edition="2026-1",
            state="issued",
            title="Quyết định kiểm tra",
            issued_on=TODAY,
            snapshot={"values": {}},
            pdf_sha256="0" * 64,
            series="QĐ",
            term="2025-2030",
            number=number,
            symbol=f"0{number}-QĐ/UBKTTU",
            created_by=world.members[0],
            created_at=NOW,
            updated_at=NOW,
        )
    client = as_role(Role.CHAIR)
    page = client.get("/so-sach/van-ban-di", expected=200)
    assert [row["Tình trạng"] for row in page.table("Văn bản đi")] == [
        "Đã ban hành",
        "Trống số",
        "Đã ban hành",
    ]
    narrowed = client.get("/so-sach/van-ban-di?trang-thai=gap", expected=200)
    assert [row["Số"] for row in narrowed.table("Văn bản đi")] == ["2"]
    assert client.get("/so-sach/van-ban-di.xlsx", expected=200).body.startswith(b"PK")


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_case_report_is_downloaded_and_journalled(
    world: Voting, as_role: Callable[[Role], PageClient], kind: str, start: bytes
) -> None:
    client = as_role(Role.TEAM_HEAD)
    assert client.get(f"/ho-so/{world.case.id}/bao-cao.{kind}", expected=200).body.startswith(start)
    assert AuditEvent.get(AuditEvent.verb == "report.downloaded").data["kind"] == kind


def test_the_case_report_can_be_read_on_screen(
    app: Flask, world: Voting, as_role: Callable[[Role], PageClient]
) -> None:
    shown = as_role(Role.TEAM_HEAD).client.get(f"/ho-so/{world.case.id}/bao-cao")
    assert shown.status_code == 200
    assert "Cấp đất ở sai đối tượng" in shown.get_data(as_text=True)


def test_a_case_one_may_not_see_has_no_report(world: Voting, as_role: Callable[[Role], PageClient]) -> None:
    as_role(Role.STATISTICIAN).get(f"/ho-so/{world.case.id}/bao-cao", expected=403)
    as_role(Role.CHAIR).get("/ho-so/999/bao-cao.pdf", expected=404)
