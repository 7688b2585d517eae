"""Ways out of a case on screen: stopping and going on, another edition, a case beside it, who runs it."""

from datetime import date

import pytest
from flask import Flask

from cases.lifecycle.models import Case, CaseHold, EditionSwitch
from procedures.schema import Role
from tests.support.letters import a_decided_letter
from tests.support.page_client import PageClient
from tests.support.running_app import signed_in
from tests.support.running_cases import an_issued_paper, an_open_case, complete_up_to
from tests.support.worlds import Staff


@pytest.fixture
def case(staff: Staff) -> Case:
    letter = a_decided_letter(staff, handling="accepted")
    return an_open_case(staff, "TC-03", by=Role.CHAIR, letter_ids=[letter.id], started_on=date(2021, 7, 27))


@pytest.fixture
def chair(app: Flask, staff: Staff) -> PageClient:
    return signed_in(app, staff.users[Role.CHAIR])


def test_a_case_is_held_and_taken_up_again_on_screen(chair: PageClient, case: Case) -> None:
    page = chair.get(f"/ho-so/{case.id}", expected=200)
    form = chair.follow(page, "Tạm dừng hồ sơ")
    refused = chair.submit(
        form, button="Tạm dừng hồ sơ", answers={"held_from": "22/11/2026", "reason": "Chờ"}, expected=422
    )
    assert refused.errors == ["Vì: Chưa điền mục này."]
    kept = {
        "held_from": "22/11/2026",
        "reason_code": "criminal_proceedings",
        "reason": "Chờ cơ quan điều tra",
    }
    held = chair.submit_and_follow(form, button="Tạm dừng hồ sơ", answers=kept)
    assert held.has("Hồ sơ đang tạm dừng")
    assert held.has("Chờ cơ quan điều tra")
    again = chair.follow(held, "Tiếp tục hồ sơ")
    early = chair.submit(
        again, button="Tiếp tục hồ sơ", answers={"on": "22/11/2026", "reason": "Đã có kết quả"}, expected=422
    )
    assert early.errors
    assert CaseHold.select().count() == 1


def test_a_switch_of_edition_is_seen_before_it_is_decided(chair: PageClient, case: Case) -> None:
    page = chair.get(f"/ho-so/{case.id}", expected=200)
    form = chair.follow(page, "Chuyển bản khác")
    answers = {"to": "2021-07-28", "reason": "Áp dụng Quy định 22", "document": "15-QĐ/UBKTTU"}
    shown = chair.submit(form, button="Xem thay đổi", answers=answers, expected=200)
    (row,) = [
        r
        for r in shown.table("Các thời hạn đang tính, trước và sau khi chuyển")
        if "Giải quyết" in r["Thời hạn"]
    ]
    assert row["Hiện nay"] == "chưa tính được"
    assert row["Sau khi chuyển"] == "25/10/2021 (T-01)"
    assert EditionSwitch.select().count() == 0
    chair.submit(shown, answers=answers, button="Quyết định chuyển", expected=302)
    assert Case.get_by_id(case.id).edition == date(2021, 7, 28)
    listed = chair.get(f"/ho-so/{case.id}/chuyen-ban-quy-trinh", expected=200)
    assert listed.table("Các lần chuyển bản quy trình")[0]["Lý do"] == "Áp dụng Quy định 22 – 15-QĐ/UBKTTU"


def test_a_way_out_nobody_knows_is_not_found(app: Flask, staff: Staff, case: Case) -> None:
    client = signed_in(app, staff.users[Role.TEAM_HEAD])
    for kind in ("switch", "hoa-giai"):
        client.get(f"/ho-so/{case.id}/mo-lien-quan/{kind}", expected=404)


def test_an_advisory_body_is_refused_with_the_article(app: Flask, staff: Staff) -> None:
    client = signed_in(app, staff.users[Role.TEAM_HEAD])
    page = client.get("/ho-so/mo", expected=200)
    answers = {
        "procedure": "KT-04", "started_on": "22/11/2026", "run_by": "advisory",
        "subjects-0-name": "Phạm Văn Mẫu", "head": str(staff.users[Role.TEAM_HEAD].id),
    }  # fmt: skip
    refused = client.submit(page, button="Mở hồ sơ", answers=answers, expected=422)
    assert any("Điều 5 khoản 1.3đ" in error for error in refused.errors), refused.errors


def test_a_case_that_went_beyond_its_power_opens_one_before_the_committee(app: Flask, staff: Staff) -> None:
    case = an_open_case(staff, "KL-03")
    complete_up_to(staff, case, "KT2")
    an_issued_paper(staff, case, "G09")
    client = signed_in(app, staff.users[Role.TEAM_HEAD])
    page = client.get(f"/ho-so/{case.id}/mo-lien-quan/referral", expected=200)
    party = case.parties.first()
    answers = {"to": "KL-01", "party_ids": [str(party.id)], "reason": "Vượt thẩm quyền"}
    client.submit(page, button="Mở hồ sơ", answers=answers, expected=302)
    opened = Case.get(Case.parent == case.id)
    assert (opened.procedure, opened.run_by, opened.branch_kind) == ("KL-01", "committee", "referral")
