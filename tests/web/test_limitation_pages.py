"""Limitation, postponements and the life of decisions on screen, opened and filled in as people do."""

from datetime import date

import pytest
from flask import Flask

from cases.decisions.models import Decision
from cases.intake.models import Letter
from cases.lifecycle.models import Case, Finding, Party, Postponement
from procedures.schema import Role
from tests.support.letters import a_logged_letter
from tests.support.running_app import SignIn, signed_in
from tests.support.running_cases import an_open_case, subject
from tests.support.voting import an_open_ballot, counted, in_session
from tests.support.worlds import NOW, Staff

LIFE = "/so-sach/quyet-dinh-ky-luat/hieu-luc"


@pytest.fixture
def case(staff: Staff) -> Case:
    return an_open_case(staff, "KL-02")


def violation(case: Case, ended_on: date | None) -> Finding:
    return Finding.create(
        case=case, party=Party.get(Party.case == case.id), text="Cấp đất sai", ended_on=ended_on,
        disciplinary=True, group="land", rule_broken="Điều 8",
    )  # fmt: skip


def a_decision(staff: Staff) -> Decision:
    return Decision.create(
        commission=staff.commission, subject_name="Phạm Văn Mẫu", subject_member=subject(),
        penalty="warning", number_text="12-QĐ/UBKTTU", signed_on=date(2025, 12, 1),
        announced_on=date(2025, 12, 5), ends_on=date(2026, 12, 5), created_at=NOW,
    )  # fmt: skip


def test_the_tab_says_what_is_missing_and_once_the_day_is_known_which_violation_decides(
    as_role: SignIn, case: Case
) -> None:
    client = as_role(Role.TEAM_HEAD)
    empty = client.follow(client.get(f"/ho-so/{case.id}", expected=200), "Thời hiệu")
    assert empty.has("Hồ sơ chưa ghi nội dung hay vi phạm nào để tính thời hiệu.")
    violation(case, None)
    page = client.get(f"/ho-so/{case.id}/thoi-hieu", expected=200)
    rows = page.table("Thời hiệu theo hình thức: Phạm Văn Mẫu")
    assert [row["Tình trạng"] for row in rows] == [
        "không áp dụng thời hiệu",
        "chưa tính được",
        "chưa tính được",
    ]
    dates = client.follow(page, "Ghi ngày chấm dứt của vi phạm 1")
    wrong = client.submit(dates, button="Ghi ngày", expected=422, ended_on="01/01/2027")
    matter = client.submit_and_follow(wrong, button="Ghi ngày", ended_on="01/01/2020")
    assert matter.table("Các vi phạm")[0]["Chấm dứt, phát hiện"].startswith("Chấm dứt 01/01/2020")
    page = client.get(f"/ho-so/{case.id}/thoi-hieu", expected=200)
    assert page.has("Có hình thức đã hết thời hiệu") and page.has(
        "tính như kết luận hôm nay, ngày 22/11/2026"
    )
    rows = page.table("Thời hiệu của vi phạm 1: Phạm Văn Mẫu")
    assert [(row["Hình thức"], row["Ngày cuối"]) for row in rows[1:]] == [
        ("Cảnh cáo", "01/01/2030"), ("Khiển trách", "01/01/2025"),
    ]  # fmt: skip
    assert "H-01" in rows[2]["Căn cứ"] and "chưa xác nhận" in rows[2]["Căn cứ"]
    assert "văn bằng không hợp pháp" in page.text and "P-07" in page.text


def test_a_postponement_is_recorded_lifted_and_ended_on_screen(as_role: SignIn, case: Case) -> None:
    violation(case, date(2024, 3, 1))
    client = as_role(Role.INSPECTOR)
    asked = client.follow(
        client.get(f"/ho-so/{case.id}/thoi-hieu", expected=200), "Ghi việc chưa xem xét kỷ luật"
    )
    party = str(Party.get(Party.case == case.id).id)
    typed = {"party_id": party, "ground": "maternity", "from_on": "01/10/2026", "reason": "Sinh con"}
    refused = client.submit(asked, button="Ghi", expected=422, **typed)
    assert refused.errors == ["Giấy tờ chứng minh: Chưa điền mục này."]
    page = client.submit_and_follow(refused, button="Ghi", document="Giấy chứng sinh số 12")
    (row,) = page.table("Thời gian chưa xem xét kỷ luật: Phạm Văn Mẫu")
    assert (row["Từ ngày"], row["Đến hết ngày"]) == ("01/10/2026", "chưa kết thúc")
    assert row["Tính vào thời hiệu"].startswith("không tính")
    assert page.has("Không tính vào thời hiệu: từ 01/10/2026 đến nay, chưa kết thúc.")
    lift = client.follow(page, "Xem xét ngay theo đề nghị, lần 1")
    page = client.submit_and_follow(
        lift, button="Ghi đề nghị", on="20/11/2026", document="Đơn đề nghị ngày 20/11/2026"
    )
    (row,) = page.table("Thời gian chưa xem xét kỷ luật: Phạm Văn Mẫu")
    assert (row["Đến hết ngày"], row["Việc"]) == ("20/11/2026 theo đề nghị của đối tượng", "đã kết thúc")
    assert page.has("Ngày cuối của thời hiệu: 21/04/2029.")
    ill = client.follow(page, "Ghi việc chưa xem xét kỷ luật")
    page = client.submit_and_follow(
        ill, button="Ghi", **{**typed, "ground": "treatment", "document": "Giấy vào viện"}
    )
    assert "Xem xét ngay theo đề nghị, lần 2" not in page.links
    end = client.follow(page, "Ghi kết thúc lần 2")
    page = client.submit_and_follow(end, button="Ghi ngày kết thúc", on="21/11/2026")
    assert page.table("Thời gian chưa xem xét kỷ luật: Phạm Văn Mẫu")[1]["Đến hết ngày"] == "21/11/2026"


def test_a_postponement_is_reached_through_its_own_case_only(
    as_role: SignIn, staff: Staff, case: Case
) -> None:
    made = Postponement.create(
        party=Party.get(Party.case == case.id), ground="treatment", from_on=date(2026, 11, 1), reason="x",
        recorded_by=staff.users[Role.INSPECTOR], recorded_at=NOW,
    )  # fmt: skip
    other = an_open_case(staff, "KT-04")
    client = as_role(Role.INSPECTOR)
    client.get(f"/ho-so/{other.id}/chua-xem-xet/{made.id}/ket-thuc", expected=404)
    client.get(f"/ho-so/{case.id}/chua-xem-xet/{made.id}/ket-thuc", expected=200)
    page = client.get(f"/ho-so/{other.id}/thoi-hieu", expected=200)
    (row,) = page.table("Thời gian chưa xem xét kỷ luật: Phạm Văn Mẫu")
    assert "ghi ở hồ sơ khác" in row["Giấy tờ"] and row["Việc"] == "đang diễn ra"


def test_a_letter_shows_the_last_days_or_what_is_missing(as_role: SignIn, staff: Staff) -> None:
    letter = a_logged_letter(staff)
    client = as_role(Role.CLERK)
    page = client.get(f"/don-thu/{letter.id}", expected=200)
    assert page.has("Chưa tính được: thiếu ngày chấm dứt hành vi.")
    form = client.follow(page, "Ghi ngày vào đơn, nếu đơn nêu rõ")
    page = client.submit_and_follow(form, button="Lưu thay đổi", violation_ended_on="01/05/2020")
    assert Letter.get_by_id(letter.id).violation_ended_on == date(2020, 5, 1)
    rows = page.table("Thời hiệu theo hình thức kỷ luật")
    assert [(row["Hình thức"], row["Tình trạng"]) for row in rows] == [
        ("Khai trừ", "không áp dụng thời hiệu"), ("Cách chức", "còn thời hiệu"),
        ("Cảnh cáo", "còn thời hiệu"), ("Khiển trách", "đã hết thời hiệu"),
    ]  # fmt: skip
    assert page.has("đã hết thời hiệu đối với: khiển trách") and page.has("ngày chấm dứt hành vi")


def test_the_voters_are_warned_before_and_after_the_vote_and_nothing_is_blocked(app: Flask) -> None:
    world, item = in_session()
    Finding.update(ended_on=date(2020, 1, 1)).execute()
    client = signed_in(app, world.staff.users[Role.HEAD_OF_SECTION])
    for address in (f"/ky-hop/noi-dung/{item.id}", f"/ky-hop/noi-dung/{item.id}/bo-phieu"):
        assert client.get(address, expected=200).has("Phạm Văn Mẫu: có hình thức đã hết thời hiệu"), address
    ballot = an_open_ballot(world, item)
    page = client.get(f"/bo-phieu/{ballot.id}", expected=200)
    assert page.table("Thời hiệu theo hình thức")[-1]["Tình trạng"] == "đã hết thời hiệu"
    counted(world, ballot, {"reprimand": 9})
    page = client.follow(client.get(f"/bo-phieu/{ballot.id}", expected=200), "Lập quyết định kỷ luật")
    assert page.has("Có hình thức đã hết thời hiệu")
    client.submit_and_follow(page, button="Lập quyết định")
    assert Decision.get().penalty == "reprimand"


def test_the_end_of_an_act_is_typed_with_the_allegation_and_shown(as_role: SignIn, case: Case) -> None:
    client = as_role(Role.TEAM_HEAD)
    page = client.follow(client.get(f"/ho-so/{case.id}/noi-dung", expected=200), "Ghi thêm nội dung")
    page = client.submit_and_follow(page, button="Ghi nội dung", text="Nhận tiền", ended_on="01/05/2025")
    (row,) = page.table("Các nội dung")
    assert row["Chấm dứt"] == "01/05/2025"
    conclude = client.follow(page, "Ghi kết luận nội dung 1")
    assert conclude.form(button="Ghi kết luận").values["ended_on"] == "01/05/2025"


def test_a_decision_shows_its_life_and_leads_from_the_register(as_role: SignIn, staff: Staff) -> None:
    made = a_decision(staff)
    client = as_role(Role.CHAIR)
    page = client.follow(client.get("/so-sach/quyet-dinh-ky-luat", expected=200), "Hiệu lực của quyết định")
    (row,) = page.table("Sắp hết hiệu lực")
    assert (row["Ngày cuối"], row["Tình trạng"]) == ("05/12/2026", "sắp hết hiệu lực")
    page = client.follow(page, "12-QĐ/UBKTTU")
    assert page.address == f"/quyet-dinh/{made.id}"
    assert page.has("Đang trong thời gian chấp hành kỷ luật") and page.has("Hết thời gian theo dõi")
    dates = {line["Ngày"]: line for line in page.table("Ngày và cách tính")}
    assert dates["Ngày tự chấm dứt hiệu lực"]["Giá trị"] == "05/12/2026"
    assert dates["Ngày có hiệu lực"]["Giá trị"] == "05/12/2025"
    for view in ("da-het", "chua-ro", "khac"):
        client.get(f"{LIFE}?xem={view}", expected=200)


def test_a_decision_that_watches_a_member_is_told_on_his_page_and_in_a_new_case(
    as_role: SignIn, staff: Staff, case: Case
) -> None:
    a_decision(staff)
    told = "đang trong thời gian chấp hành kỷ luật"
    page = as_role(Role.CLERK).get(f"/dang-vien/{subject().id}", expected=200)
    assert (
        page.has(told.capitalize()) and page.has("đến hết ngày 05/12/2026") and "12-QĐ/UBKTTU" in page.links
    )
    assert not as_role(Role.INSPECTOR).get(f"/dang-vien/{subject().id}", expected=200).has("12-QĐ/UBKTTU")
    page = as_role(Role.INSPECTOR).get(f"/ho-so/{case.id}", expected=200)
    assert page.has(f"Phạm Văn Mẫu {told}") and "12-QĐ/UBKTTU" not in page.links
