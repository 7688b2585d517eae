"""The main job from a letter to a decision and the report of the case, with scripts and without."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfWriter

from tests.browser import deciding, papers, people as office, running
from tests.browser.people import SUBJECT, SUMMARY, People
from tests.browser.person import Person
from tests.browser.site import Site, prepared, serving

VIOLATION = "Cấp đất ở khu dân cư mới sai đối tượng, không qua bốc thăm"
EVIDENCE = "Trích lục bản đồ khu dân cư"
PROPOSAL = "Phiếu đề xuất xử lý đơn"
TEAM_DECISION = "Quyết định thành lập đoàn giải quyết tố cáo"
INSPECTION_DECISION = "Quyết định kiểm tra"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A server of this test's own with a staffed commission and nothing in its registers."""
    site = prepared(tmp_path / "instance")
    with site.behind():
        office.a_whole_commission()
    with serving(site):
        yield site


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_letter_becomes_a_decision_and_a_case_report(
    site: Site, seat: Callable[..., Person], scripts: bool, tmp_path: Path
) -> None:
    people = office.seated(site, seat, scripts=scripts)
    people.sign_in()
    denunciation = a_letter_becomes_a_case(people)
    the_team_looks_into_it(people, denunciation, a_file(tmp_path))
    inspection = it_goes_on_as_an_inspection(people, denunciation)
    assert people.problems == []


def a_letter_becomes_a_case(people: People) -> str:
    """Typed, classified, checked, proposed, accepted; the code of the TC-03 case opened from it."""
    letter = office.the_clerk_logs_a_letter(people)
    office.the_clerk_classifies_it(people, letter)
    office.the_inspector_checks_it(people, letter)
    office.the_inspector_proposes(people, letter, handling="Thụ lý")
    office.the_chair_decides_on_the_letter(people, letter, handling="Thụ lý")
    return office.the_inspector_opens_a_case(people, letter, procedure="TC-03")


def the_team_looks_into_it(people: People, case: str, file: Path) -> None:
    """TC-03 up to the verification, with its papers, an extension and a piece of evidence."""
    inspector, chair = people.inspector, people.chair
    running.opens_step(inspector, case, "Phân loại, nắm tình hình đơn")
    papers.drafts(inspector, "A03", typed=papers.PROPOSAL, chosen=papers.PROPOSAL_CHOICES)
    papers.submits(inspector)
    papers.approves(people.head, PROPOSAL)
    assert papers.the_clerk_issues(people, PROPOSAL) == ""
    running.does(inspector, case, "Phân loại, nắm tình hình đơn", "Làm việc với người tố cáo", "Đề xuất")
    running.opens_step(inspector, case, "Ban hành quyết định, kế hoạch giải quyết tố cáo")
    papers.drafts(inspector, "E01", typed=papers.TEAM_DECISION)
    papers.submits(inspector)
    papers.approves(chair, TEAM_DECISION)
    assert papers.the_clerk_issues(people, TEAM_DECISION) == "01-QĐ/UBKTTU"
    running.does(inspector, case, "Ban hành quyết định, kế hoạch giải quyết tố cáo", "Đoàn chuẩn bị")
    running.opens_step(inspector, case, "Triển khai quyết định, kế hoạch")
    papers.drafts(inspector, "C06", typed=papers.ANNOUNCEMENT)
    papers.records(inspector)
    running.does(
        inspector, case, "Triển khai quyết định, kế hoạch", "Báo cáo giải trình", "Thẩm tra, xác minh"
    )
    the_limit_is_extended(people, case)
    running.adds_evidence(inspector, case, title=EVIDENCE, file=file)


def the_limit_is_extended(people: People, case: str) -> None:
    running.opens_deadline(people.inspector, case, "T-01")
    people.inspector.sees("Ngày phải xong: 30/08/2026.")
    running.asks_for_more_time(people.inspector, days=30, reason="Nội dung phức tạp, nhiều nơi phải xác minh.")
    running.opens_deadline(people.chair, case, "T-01")
    running.grants(people.chair)
    people.chair.sees("Ngày phải xong: 29/09/2026.")


def it_goes_on_as_an_inspection(people: People, denunciation: str) -> str:
    """KT-04 takes over what TC-03 knows, and is led to the session; the code of the case."""
    inspector = people.inspector
    case = running.switches(
        inspector, denunciation, to="KT-04", reason="Có dấu hiệu vi phạm ngoài nội dung tố cáo."
    )
    running.shows_its_matter(inspector, case)
    inspector.sees(SUMMARY, EVIDENCE, f"Từ hồ sơ {denunciation}")
    people.site.days_pass(1)
    people.sign_in()
    running.does(inspector, case, "Đề xuất kiểm tra")
    running.opens_step(inspector, case, "Ban hành quyết định, kế hoạch")
    papers.drafts(inspector, "C01", typed=papers.INSPECTION_DECISION)
    papers.submits(inspector)
    papers.approves(people.chair, INSPECTION_DECISION)
    assert papers.the_clerk_issues(people, INSPECTION_DECISION) == "02-QĐ/UBKTTU"
    running.does(inspector, case, "Ban hành quyết định, kế hoạch", "Đoàn chuẩn bị")
    running.does(people.chair, case, "Triển khai quyết định, kế hoạch")
    running.does(
        inspector, case, "Báo cáo giải trình", "Thẩm tra, xác minh", "Hội nghị các tổ chức đảng có liên quan",
        "Báo cáo kết quả, trao đổi", "Hoàn chỉnh, báo cáo người chỉ đạo",
    )  # fmt: skip
    running.records_a_violation(inspector, case, text=VIOLATION)
    return case


def a_file(folder: Path) -> Path:
    """A small real PDF to upload."""
    path = folder / "trich-luc.pdf"
    writer = PdfWriter()
    writer.add_blank_page(300, 300)
    writer.write(path)
    return path
