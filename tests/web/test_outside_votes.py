"""Votes of other bodies and papers of a committee on screen, opened and filled in as people do."""

import pytest
from flask import Flask

from cases.documents.models import Document
from cases.lifecycle.models import Case
from cases.people.models import Commission
from cases.sessions.models import OutsideVote
from procedures.schema import Role
from tests.support.page_client import Page, PageClient
from tests.support.papers import a_full_draft, drawn_at_once
from tests.support.running_app import SignIn, signed_in
from tests.support.running_cases import an_open_case, complete_up_to, row
from tests.support.voting import in_session
from tests.support.worlds import Staff, a_member, a_staffed_commission

NO_VOTES = {"votes_removal": "0", "votes_warning": "0", "votes_reprimand": "0", "votes_none": "0"}
COMMITTEE = {
    "body_name": "Ban Thường vụ Tỉnh ủy", "held_on": "22/11/2026", "base_total": "15", "present": "15",
    "invalid": "0", "votes_expulsion": "0", **NO_VOTES,
}  # fmt: skip


@pytest.fixture
def staff(app: Flask) -> Staff:
    a_member(post="Bí thư Chi bộ")
    return a_staffed_commission()


@pytest.fixture
def as_role(app: Flask, staff: Staff) -> SignIn:
    return lambda role: signed_in(app, staff.users[role])


def at(staff: Staff, procedure: str, key: str) -> Case:
    case = an_open_case(staff, procedure)
    complete_up_to(staff, case, key)
    return case


def step_page(client: PageClient, case: Case, key: str) -> Page:
    return client.get(f"/ho-so/{case.id}/buoc/{row(case, key).id}", expected=200)


def test_a_vote_is_written_down_at_its_step_and_shown_as_counted(as_role: SignIn, staff: Staff) -> None:
    case = at(staff, "KL-01", "KT1")
    client = as_role(Role.HEAD_OF_SECTION)
    page = step_page(client, case, "KT1")
    assert page.has("Chưa ghi kết quả bỏ phiếu về: Phạm Văn Mẫu") and not page.has("Ghi ở kỳ họp")
    form = client.follow(page, "Ghi kết quả bỏ phiếu về Phạm Văn Mẫu")
    wrong = client.submit(form, button="Ghi kết quả", expected=422, **{**COMMITTEE, "votes_warning": "16"})
    assert any("lớn hơn số người có mặt" in error for error in wrong.errors)
    assert wrong.form(button="Ghi kết quả").values["body_name"] == "Ban Thường vụ Tỉnh ủy"
    shown = client.submit_and_follow(wrong, button="Ghi kết quả", votes_warning="15")
    assert shown.table("Số phiếu từng hình thức")[2]["Số phiếu"] == "15"
    again = step_page(client, case, "KT1")
    assert again.table("Kết quả bỏ phiếu của từng tổ chức")[0]["Kết quả"] == "Cảnh cáo"


def test_a_decision_is_made_from_the_committees_vote(as_role: SignIn, staff: Staff) -> None:
    case = at(staff, "KL-01", "KT1")
    client = as_role(Role.HEAD_OF_SECTION)
    form = client.follow(step_page(client, case, "KT1"), "Ghi kết quả bỏ phiếu về Phạm Văn Mẫu")
    shown = client.submit_and_follow(form, button="Ghi kết quả", **{**COMMITTEE, "votes_removal": "15"})
    making = client.follow(shown, "Lập quyết định kỷ luật")
    refused = client.submit(making, button="Lập quyết định", expected=422)
    assert any("chức vụ bị cách" in error for error in refused.errors)
    decision = client.submit_and_follow(refused, button="Lập quyết định", removed_post="Bí thư Chi bộ")
    assert decision.has("Kết quả bỏ phiếu")
    back = client.follow(decision, "Kết quả bỏ phiếu")
    assert not back.has("Sửa kết quả")


def test_a_wrong_entry_is_corrected_on_screen(as_role: SignIn, staff: Staff) -> None:
    case = at(staff, "KL-02", "TH3")
    client = as_role(Role.TEAM_HEAD)
    form = client.follow(step_page(client, case, "TH3"), "Ghi kết quả bỏ phiếu về Phạm Văn Mẫu")
    shown = client.submit_and_follow(form, button="Ghi kết quả", **{**COMMITTEE, "votes_warning": "15"})
    editing = client.follow(shown, "Sửa kết quả")
    assert editing.form(button="Ghi kết quả").values["votes_warning"] == "15"
    done = client.submit_and_follow(
        editing, button="Ghi kết quả", votes_warning="0", votes_reprimand="15", reason="Nhầm dòng"
    )
    assert done.has("Khiển trách") and OutsideVote.get().outcome == "reprimand"


def test_who_only_reads_the_case_is_offered_no_entry(as_role: SignIn, staff: Staff) -> None:
    case = at(staff, "KL-02", "TH3")
    page = step_page(as_role(Role.COMMISSIONER), case, "TH3")
    assert page.has("Bỏ phiếu kín của tổ chức đảng") and not page.has("Ghi kết quả bỏ phiếu về")


def test_a_step_without_a_vote_of_others_has_no_such_page(as_role: SignIn, staff: Staff) -> None:
    case = an_open_case(staff, "KL-02")
    client = as_role(Role.TEAM_HEAD)
    client.get(f"/ho-so/{case.id}/buoc/{row(case, 'CB1').id}/phieu-to-chuc", expected=404)
    client.get(f"/ho-so/{case.id}/buoc/{row(case, 'TH3').id}/phieu-to-chuc?doi-tuong=9999", expected=404)


def test_the_page_of_the_session_shows_what_bodies_below_proposed(app: Flask) -> None:
    world, item = in_session()
    client = signed_in(app, world.staff.users[Role.HEAD_OF_SECTION])
    form = client.get(f"/ho-so/{world.case.id}/buoc/{row(world.case, 'TH3').id}/phieu-to-chuc", expected=200)
    named = {name: value for name, value in COMMITTEE.items() if name != "votes_removal"}
    client.submit_and_follow(
        form, button="Ghi kết quả", **{**named, "body_name": "Chi bộ Văn phòng", "votes_warning": "15"}
    )
    page = client.get(f"/ky-hop/noi-dung/{item.id}", expected=200)
    assert page.has("Đề nghị của tổ chức đảng cấp dưới") and page.has("Chi bộ Văn phòng")
    opening = client.get(f"/ky-hop/noi-dung/{item.id}/bo-phieu", expected=200)
    assert opening.has("V-06") and opening.has("V-08") and opening.has("V-09")


def test_the_answers_to_the_open_points_are_chosen_on_the_commissions_page(
    as_role: SignIn, staff: Staff
) -> None:
    client = as_role(Role.ADMINISTRATOR)
    page = client.get("/uy-ban", expected=200)
    client.submit_and_follow(
        page, button="Lưu", vote_no_majority="vote_again", revote_on_disagreement="never"
    )
    kept = Commission.get_by_id(staff.commission.id).settings
    assert (kept["vote_no_majority"], kept["revote_on_disagreement"]) == ("vote_again", "never")
    assert client.get("/uy-ban", expected=200).form(button="Lưu").values["vote_no_majority"] == "vote_again"


def test_a_complaint_leads_from_the_committees_vote_to_its_settlement(as_role: SignIn, staff: Staff) -> None:
    case = at(staff, "KN-01", "KT2")
    client = as_role(Role.HEAD_OF_SECTION)
    form = client.follow(step_page(client, case, "KT2"), "Ghi kết quả bỏ phiếu về Phạm Văn Mẫu")
    votes = {"votes_kept": "3", "votes_increased": "0", "votes_reduced": "2", "votes_lifted": "10"}
    typed = {name: value for name, value in COMMITTEE.items() if not name.startswith("votes_")}
    shown = client.submit_and_follow(form, button="Ghi kết quả", **{**typed, **votes})
    client.submit_and_follow(shown, button="Soạn quyết định giải quyết khiếu nại")
    paper = Document.get(Document.form == "F05")
    assert paper.values["result"] == "lifted"


def test_a_paper_the_committee_signed_is_written_down_with_its_number(as_role: SignIn, staff: Staff) -> None:
    paper = a_full_draft(staff, "C01", an_open_case(staff, "KT-01"))
    client = as_role(Role.INSPECTOR)
    page = client.get(f"/van-ban/{paper.id}", expected=200)
    assert page.has("Ghi văn bản đã ký") and not page.has("Trình duyệt")
    typed = {"issued_on": "20/11/2026", "signer_title": "Bí thư", "signer_name": "Trần Văn Bí"}
    wrong = client.submit(page, button="Ghi nhận", expected=422, symbol="12", **typed)
    assert any("12-QĐ/TU" in error for error in wrong.errors)
    with drawn_at_once():
        done = client.submit_and_follow(wrong, button="Ghi nhận", symbol="12-QĐ/TU")
    assert done.has("12-QĐ/TU") and done.has("Trần Văn Bí")
