"""The main job from a letter to a decision and the report of the case, with scripts and without."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfWriter

from tests.browser import deciding, papers, people as office, running
from tests.browser.people import ADDRESS, SENDER, SUBJECT, SUMMARY, People
from tests.browser.person import Person
from tests.browser.site import Site, prepared, serving

VIOLATION = "Cấp đất ở khu dân cư mới sai đối tượng, không qua bốc thăm"
EVIDENCE = "Trích lục bản đồ khu dân cư"
PROPOSAL = "Phiếu đề xuất xử lý đơn"
TEAM_DECISION = "Quyết định thành lập đoàn giải quyết tố cáo"
INSPECTION_DECISION = "Quyết định kiểm tra"
CONCLUSION = "Thông báo kết luận kiểm tra"
DISCIPLINE_DECISION = "Quyết định thi hành kỷ luật"


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
    the_commission_concludes(people, inspection)
    discipline = it_leads_to_a_discipline_case(people, inspection)
    the_commission_votes(people, discipline)
    the_decision_is_issued_and_announced(people, discipline)
    the_report_tells_all_but_the_denouncer(people, discipline)
    the_report_tells_all_but_the_denouncer(people, denunciation)
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
    running.asks_for_more_time(
        people.inspector, days=30, reason="Nội dung phức tạp, nhiều nơi phải xác minh."
    )
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


def the_commission_concludes(people: People, case: str) -> None:
    """The session of KT-04, the notice of its conclusion with a number, and its publication."""
    inspector = people.inspector
    session = deciding.the_head_plans_a_session(people, case)
    deciding.the_head_opens_it(people, absent="uyvien3")
    deciding.opens_item(people.head, session)
    deciding.the_head_writes_the_conclusion(people, conclusion="Có vi phạm, đến mức phải xem xét kỷ luật.")
    running.opens_step(inspector, case, "Hoàn chỉnh, ký ban hành")
    papers.drafts(inspector, "C19", typed=papers.CONCLUSION)
    papers.submits(inspector)
    papers.approves(people.chair, CONCLUSION)
    assert papers.the_clerk_issues(people, CONCLUSION) == "01-TB/UBKTTU"
    running.does(inspector, case, "Hoàn chỉnh, ký ban hành")
    running.does(people.chair, case, "Triển khai thông báo kết luận")


def it_leads_to_a_discipline_case(people: People, inspection: str) -> str:
    """KL-02 on what was found, up to the session; the code of the case."""
    inspector = people.inspector
    case = running.opens_discipline(
        inspector, inspection, subject=SUBJECT, reason="Kết luận nêu vi phạm đến mức phải kỷ luật."
    )
    running.shows_its_matter(inspector, case)
    inspector.sees(VIOLATION, EVIDENCE, f"Từ hồ sơ {inspection}")
    people.site.days_pass(1)
    people.sign_in()
    running.does(inspector, case, "Đề xuất xem xét kỷ luật", "Đoàn chuẩn bị")
    running.does(people.chair, case, "Triển khai kết luận hoặc quyết định, kế hoạch")
    running.does(
        inspector, case, "Bản tự kiểm điểm", "Hội nghị kiểm điểm", "Báo cáo đề nghị thi hành kỷ luật"
    )
    running.does(people.chair, case, "Đại diện Ủy ban Kiểm tra nghe đảng viên")
    return case


def the_commission_votes(people: People, case: str) -> None:
    """A secret ballot in which no form has enough votes alone: they are added downward to a warning."""
    session = deciding.the_head_plans_a_session(people, case)
    deciding.the_head_opens_it(people, absent="uyvien3")
    deciding.opens_item(people.head, session)
    deciding.the_head_opens_the_ballot(people, subject=SUBJECT)
    deciding.the_head_prints_the_slips(people)
    deciding.the_teller_enters_the_count(people, session, votes={"Cách chức": 1, "Cảnh cáo": 2})
    people.commissioner.sees("Cộng đến Cảnh cáo: 3 phiếu, cần 3: đủ.", "Kết quả: quyết định Cảnh cáo.")
    deciding.the_head_writes_the_count(people, session)
    deciding.opens_item(people.head, session)
    deciding.the_head_writes_the_conclusion(people, conclusion="Thi hành kỷ luật bằng hình thức cảnh cáo.")
    deciding.the_head_records_the_decision(people, session)


def the_decision_is_issued_and_announced(people: People, case: str) -> None:
    """G10 with its number, written by one, approved by another, issued by a third."""
    head = people.head
    head.presses("Soạn quyết định")
    papers.submits(head)
    papers.approves(people.chair, DISCIPLINE_DECISION)
    number = papers.the_clerk_issues(people, DISCIPLINE_DECISION)
    assert number == "03-QĐ/UBKTTU"
    deciding.the_chair_announces(people, number)
    people.chair.sees("Cảnh cáo", f"Số {number}", "03/06/2027")
    running.does(people.inspector, case, "Ban hành quyết định")
    running.does(people.chair, case, "Công bố quyết định")


def the_report_tells_all_but_the_denouncer(people: People, case: str) -> None:
    running.opens_case(people.inspector, case)
    report = deciding.downloads_the_report(people.inspector)
    assert case in report
    assert SUBJECT in report
    assert SENDER not in report
    assert ADDRESS not in report


def a_file(folder: Path) -> Path:
    """A small real PDF to upload."""
    path = folder / "trich-luc.pdf"
    writer = PdfWriter()
    writer.add_blank_page(300, 300)
    writer.write(path)
    return path
