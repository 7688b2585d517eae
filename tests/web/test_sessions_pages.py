"""The pages of sessions, ballots, decisions and registers, opened and filled in as people do."""

from collections.abc import Callable

import pytest
from flask import Flask

from cases.documents.models import Document
from cases.lifecycle.models import ConflictDeclaration
from cases.parties.models import Member
from cases.people.models import User
from cases.sessions import operations
from cases.sessions.models import AgendaItem, Ballot, Session
from procedures.schema import Role, VoteKind
from tests.support.page_client import PageClient
from tests.support.running_app import signed_in
from tests.support.running_cases import subject
from tests.support.voting import Voting, an_open_ballot, before_the_session, counted, in_session
from tests.support.worlds import NOW, a_user

SignIn = Callable[[User], PageClient]


@pytest.fixture
def as_user(app: Flask) -> SignIn:
    def sign_in(user: User) -> PageClient:
        return signed_in(app, user)

    return sign_in


@pytest.fixture
def opened(app: Flask) -> tuple[Voting, AgendaItem]:
    member = subject()
    Member.update(party_post="Bí thư Chi bộ").where(Member.id == member.id).execute()
    return in_session()


def head(world: Voting) -> User:
    return world.staff.users[Role.HEAD_OF_SECTION]


def test_a_session_is_planned_filled_and_opened_on_screen(app: Flask, as_user: SignIn) -> None:
    world = before_the_session()
    client = as_user(head(world))
    empty = client.get("/ky-hop", expected=200)
    page = client.follow(empty, "Lập kỳ họp")
    wrong = client.submit(page, button="Lập kỳ họp", expected=422, held_on="31/02/2026")
    assert any("Ngày họp" in error for error in wrong.errors)
    session = client.submit_and_follow(
        wrong, button="Lập kỳ họp", held_on="22/11/2026", starts_at="8h30", place="Phòng họp số 2",
        chair=str(world.members[0].id), secretary=str(head(world).id),
    )  # fmt: skip
    assert session.h1 == "Kỳ họp thứ 2"
    adding = client.follow(session, "Đưa hồ sơ vào chương trình")
    assert "thiếu" in adding.table("Hồ sơ và những gì còn thiếu")[0]["Kiểm tra"]
    item = client.submit_and_follow(adding, button="Đưa vào chương trình", case=str(world.case.id))
    assert item.has(world.case.code)
    refused = client.submit(client.get("/ky-hop/2", expected=200), button="Khai mạc kỳ họp", expected=409)
    assert any("Điểm danh" in error for error in refused.errors)
    attendance = client.follow(refused, "Điểm danh")
    there = [str(user.id) for user in world.members[1:]]
    missing = client.submit(attendance, button="Lưu điểm danh", expected=422, present=there)
    assert any("lý do vắng" in error for error in missing.errors)
    reason = {f"reason_{world.members[0].id}": "Họp Tỉnh ủy"}
    done = client.submit_and_follow(missing, button="Lưu điểm danh", present=there, answers=reason)
    assert done.has("Tổng số 9, có mặt 8, cần ít nhất 5")
    now_open = client.submit_and_follow(done, button="Khai mạc kỳ họp")
    assert Session.get_by_id(2).state == "open"
    assert "Bế mạc" in now_open.links


def test_a_ballot_is_opened_counted_and_explained_on_screen(
    opened: tuple[Voting, AgendaItem], as_user: SignIn
) -> None:
    world, item = opened
    client = as_user(head(world))
    page = client.follow(client.get(f"/ky-hop/noi-dung/{item.id}", expected=200), "Mở bỏ phiếu kín")
    client.submit(page, button="Mở bỏ phiếu", expected=422)
    teller = world.members[3]
    ballot = client.submit_and_follow(
        page, button="Mở bỏ phiếu", party=str(world.party.id), stage="decide", teller_head=str(teller.id)
    )
    assert ballot.has("Chờ kiểm phiếu")
    assert "Nhập kết quả kiểm phiếu" not in ballot.links
    other = as_user(teller)
    entry = other.follow(other.get(f"/bo-phieu/{Ballot.get().id}", expected=200), "Nhập kết quả kiểm phiếu")
    slips = {"issued": "9", "returned": "8", "valid": "9", "invalid": "0"}
    votes = {"votes_expulsion": "2", "votes_removal": "1", "votes_warning": "4", "votes_reprimand": "2"}
    wrong = other.submit(
        entry, button="Ghi kết quả", expected=422, votes_none="3", answers={**slips, **votes}
    )
    assert len(wrong.errors) == 2
    assert wrong.form(button="Ghi kết quả").values["votes_none"] == "3"
    result = other.submit_and_follow(wrong, button="Ghi kết quả", returned="9", votes_none="0")
    assert result.has("Kết quả: quyết định Cảnh cáo.")
    assert result.has("Cộng đến Cảnh cáo: 7 phiếu, cần 5: đủ.")
    assert result.table("Số phiếu từng hình thức")[0]["Cần"] == "5"
    again = other.post(f"/bo-phieu/{Ballot.get().id}/kiem-phieu", expected=400)
    assert again.status == 400


def test_a_second_entry_of_the_count_is_refused_with_what_to_do(
    opened: tuple[Voting, AgendaItem], as_user: SignIn
) -> None:
    world, item = opened
    ballot = an_open_ballot(world, item)
    client = as_user(world.members[2])
    entry = client.get(f"/bo-phieu/{ballot.id}/kiem-phieu", expected=200)
    counted(world, ballot, {"warning": 9})
    typed = {"issued": "9", "returned": "9", "valid": "9", "invalid": "0", "votes_reprimand": "9"}
    zero = dict.fromkeys(("votes_expulsion", "votes_removal", "votes_warning", "votes_none"), "0")
    late = client.submit(entry, button="Ghi kết quả", expected=409, answers={**typed, **zero})
    assert any("không nhập lần hai" in error for error in late.errors)


def test_limitation_is_told_for_every_form_before_the_vote(
    opened: tuple[Voting, AgendaItem], as_user: SignIn
) -> None:
    world, item = opened
    ballot = an_open_ballot(world, item)
    page = as_user(world.members[2]).get(f"/bo-phieu/{ballot.id}", expected=200)
    rows = page.table("Thời hiệu của vi phạm 1: Phạm Văn Mẫu")
    assert [row["Hình thức"] for row in rows] == ["Khai trừ", "Cách chức", "Cảnh cáo", "Khiển trách"]
    assert rows[3]["Ngày cuối"] == "01/03/2029"
    assert page.has("Ngày cuối của thời hiệu: 01/03/2029.")
    assert rows[0]["Tình trạng"] == "không áp dụng thời hiệu"


def test_the_slips_come_as_one_file(opened: tuple[Voting, AgendaItem], as_user: SignIn) -> None:
    world, item = opened
    ballot = an_open_ballot(world, item)
    client = as_user(head(world))
    page = client.get(f"/bo-phieu/{ballot.id}/in-phieu", expected=200)
    assert page.form(button="Tải tệp PDF để in").values["copies"] == "9"
    wrong = client.submit(page, button="Tải tệp PDF để in", expected=422, copies="900")
    assert any("từ 1 đến" in error for error in wrong.errors)
    assert client.submit(page, button="Tải tệp PDF để in", expected=200, copies="3").body.startswith(b"%PDF")


def test_an_item_is_concluded_and_its_minutes_drafted(
    opened: tuple[Voting, AgendaItem], as_user: SignIn
) -> None:
    world, item = opened
    client = as_user(head(world))
    page = client.follow(client.get(f"/ky-hop/noi-dung/{item.id}", expected=200), "Ghi kết luận")
    client.submit(page, button="Ghi kết luận", expected=422, discussion="Thống nhất.")
    done = client.submit_and_follow(
        page,
        button="Ghi kết luận",
        discussion="Thống nhất.",
        conclusion="Đồng chí có vi phạm, đề nghị kỷ luật.",
    )
    assert done.has("Bước của hồ sơ còn đợi")
    client.submit(done, button="Lập biên bản kỳ họp", expected=302)
    paper = Document.get()
    assert (paper.form, paper.values["conclusion"]) == ("C18", "Đồng chí có vi phạm, đề nghị kỷ luật.")
    again = client.get(f"/ky-hop/noi-dung/{item.id}", expected=200)
    assert again.link("Biên bản kỳ họp") == f"/van-ban/{paper.id}"


def test_a_session_is_closed_on_screen_only_when_nothing_is_left(
    opened: tuple[Voting, AgendaItem], as_user: SignIn
) -> None:
    world, item = opened
    client = as_user(world.staff.users[Role.CHAIR])
    page = client.follow(client.get(f"/ky-hop/{world.session.id}", expected=200), "Bế mạc")
    assert page.has("1 nội dung chưa kết luận")
    refused = client.submit(page, button="Bế mạc", expected=409, ends_at="11:00")
    assert any("chưa kết luận" in error for error in refused.errors)
    later = client.get(f"/ky-hop/noi-dung/{item.id}/hoan", expected=200)
    client.submit_and_follow(later, button="Hoãn", reason="Chờ bổ sung")
    closed = client.submit_and_follow(refused, button="Bế mạc", ends_at="11:00")
    assert closed.has("Đã bế mạc")


def test_the_subject_and_who_has_a_conflict_meet_nothing_of_their_case(
    opened: tuple[Voting, AgendaItem], as_user: SignIn
) -> None:
    world, item = opened
    ballot = an_open_ballot(world, item)
    himself = a_user(world.staff.commission, Role.CHAIR, name="Phạm Văn Mẫu", member=world.party.member)
    conflicted = world.members[5]
    ConflictDeclaration.create(case=world.case, user=conflicted, reason="Anh em", declared_at=NOW)
    for person in (himself, conflicted):
        client = as_user(person)
        page = client.get(f"/ky-hop/{world.session.id}", expected=200)
        assert not page.has(world.case.code)
        assert world.case.title not in page.main
        client.get(f"/ky-hop/noi-dung/{item.id}", expected=404)
        client.get(f"/bo-phieu/{ballot.id}", expected=404)
        client.get(f"/bo-phieu/{ballot.id}/kiem-phieu", expected=404)
        client.get(f"/ho-so/{world.case.id}/bao-cao", expected=404)


@pytest.mark.parametrize("address", ["/ky-hop", "/ky-hop/moi", "/so-sach", "/so-sach/quyet-dinh-ky-luat"])
def test_pages_ask_for_their_permission(app: Flask, as_user: SignIn, address: str) -> None:
    world = before_the_session()
    as_user(world.staff.users[Role.ADMINISTRATOR]).get(address, expected=403)


def test_a_vote_to_propose_expulsion_offers_the_submission_upward(
    opened: tuple[Voting, AgendaItem], as_user: SignIn
) -> None:
    world, item = opened
    ballot = an_open_ballot(world, item, VoteKind.PROPOSE)
    counted(world, ballot, {"expulsion": 7, "warning": 2})
    client = as_user(head(world))
    page = client.get(f"/bo-phieu/{ballot.id}", expected=200)
    assert page.has("Quy định chưa xác nhận")
    client.submit(page, button="Soạn tờ trình đề nghị", expected=302)
    paper = Document.get()
    assert (paper.form, paper.values["proposed_penalty"]) == ("G09", "expulsion")
    assert paper.values["violations"][0]["content"] == "Cấp đất ở sai đối tượng"


def test_operations_are_reached_from_the_pages_only_with_their_permission(
    opened: tuple[Voting, AgendaItem], as_user: SignIn
) -> None:
    world, item = opened
    client = as_user(world.staff.users[Role.INSPECTOR])
    page = client.get(f"/ky-hop/noi-dung/{item.id}", expected=200)
    assert "Ghi kết luận" not in page.links
    client.get(f"/ky-hop/noi-dung/{item.id}/ket-luan", expected=403)
    assert operations.open_points(world.session)
