"""Votes of other bodies: written down from their minutes, counted by the same rules, decided from."""

from datetime import date, timedelta

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.decisions.operations import record_decision, record_outside_decision
from cases.decisions.queries import next_paper, paper_after
from cases.errors import Invalid, NotAllowed, Refused
from cases.lifecycle import operations as lifecycle
from cases.lifecycle.operations import NewParty
from cases.lifecycle.progress import edition_of
from cases.sessions import operations
from cases.sessions.models import AgendaItem, OutsideVote
from cases.sessions.outside_votes import (
    VOTE_ENTRY,
    correct_outside_vote,
    record_outside_vote,
    subjects_without_vote,
)
from cases.sessions.queries import lines_on_ballot
from cases.sessions.readiness import candidates
from cases.sessions.tally import TallyRejected
from cases.sessions.voting_steps import ballot_steps
from procedures.schema import Role, StepActor, VoteKind
from tests.support.outside_voting import at, committee_decides, minutes, written_down
from tests.support.running_cases import an_issued_paper, an_open_case, complete, complete_up_to, row
from tests.support.voting import (
    Voting,
    a_planned_session,
    an_open_ballot,
    attend,
    before_the_session,
    counted,
    nine_members,
)
from tests.support.worlds import NOW, TODAY, Staff, a_member, a_staffed_commission


@pytest.fixture
def staff(database: Database) -> Staff:
    a_member(post="Bí thư Chi bộ")
    return a_staffed_commission()


def test_a_proposal_is_counted_over_all_members_and_adds_up_from_the_heaviest(staff: Staff) -> None:
    case = at(staff, "KL-02", "TH3")
    vote = written_down(
        staff, case, "TH3", {"expulsion": 3, "warning": 5, "reprimand": 2, "none": 1}, invalid=1
    )
    assert (vote.stage, vote.outcome, vote.result["how"]) == ("propose", "warning", "cumulated")
    assert vote.result["standings"][0]["needed"] == 8
    event = AuditEvent.get(AuditEvent.verb == "vote.outside_recorded")
    assert event.data["body"] == "Chi bộ Văn phòng"


def test_several_bodies_vote_at_one_meeting_one_row_each(staff: Staff) -> None:
    case = at(staff, "KL-02", "TH3")
    written_down(staff, case, "TH3", {"warning": 12})
    written_down(
        staff, case, "TH3", {"reprimand": 9}, body_name="Đảng ủy xã An Bình", base_total=9, present=9
    )
    with pytest.raises(Refused, match="Đã ghi kết quả bỏ phiếu của Chi bộ Văn phòng"):
        written_down(staff, case, "TH3", {"warning": 12})
    votes = list(OutsideVote.select().order_by(OutsideVote.id))
    assert [vote.outcome for vote in votes] == ["warning", "reprimand"]
    assert "Chi bộ Văn phòng đề nghị Cảnh cáo" in votes[1].result["warnings"][0]


@pytest.mark.parametrize(
    ("votes", "changes", "words"),
    [
        ({"warning": 12, "none": 1}, {}, "lớn hơn số người có mặt"),
        ({"warning": 9}, {"present": 9, "base_total": 8}, "lớn hơn tổng số thành viên"),
        ({"warning": -1}, {}, "không được âm"),
        ({"warning": 3}, {"invalid": -1}, "không được âm"),
        ({"warning": 10}, {"invalid": 3}, "phiếu không hợp lệ"),
    ],
)
def test_sums_that_cannot_be_are_refused_in_words(
    staff: Staff, votes: dict[str, int], changes: dict[str, int], words: str
) -> None:
    case = at(staff, "KL-02", "TH3")
    with pytest.raises(TallyRejected, match=words):
        written_down(staff, case, "TH3", votes, **changes)
    assert OutsideVote.select().count() == 0


def test_a_form_off_the_slip_a_future_day_and_a_nameless_body_are_refused(staff: Staff) -> None:
    case = at(staff, "KL-02", "TH3")
    with pytest.raises(Invalid, match="không ghi trên lá phiếu"):
        written_down(staff, case, "TH3", {"dissolution": 12})
    with pytest.raises(Invalid, match="sau hôm nay"):
        written_down(staff, case, "TH3", {"warning": 12}, held_on=TODAY + timedelta(days=1))
    with pytest.raises(Invalid, match="Ghi tên tổ chức đảng"):
        written_down(staff, case, "TH3", {"warning": 12}, body_name="  ")


def test_no_vote_is_written_down_where_the_procedure_holds_none_or_not_yet(staff: Staff) -> None:
    case = an_open_case(staff, "KL-02")
    with pytest.raises(Refused, match="không có bỏ phiếu kín"):
        written_down(staff, case, "CB1", {"warning": 12})
    with pytest.raises(Refused, match="chưa đến lúc"):
        written_down(staff, case, "TH3", {"warning": 12})
    with pytest.raises(NotAllowed):
        written_down(staff, case, "TH3", {"warning": 12}, by=Role.COMMISSIONER)


def test_an_inspection_votes_on_discipline_only_after_both_are_considered_together(staff: Staff) -> None:
    case = at(staff, "KT-04", "TH7")
    with pytest.raises(Refused, match="Chỉ bỏ phiếu kỷ luật ở bước này sau khi thực hiện bước"):
        written_down(staff, case, "TH7", {"warning": 12})
    step = edition_of(case).step("TH7")
    assert subjects_without_vote(case, step) == []


def test_a_wrong_entry_is_put_right_with_a_reason_until_a_decision_was_made(staff: Staff) -> None:
    case = at(staff, "KL-01", "KT1")
    vote = committee_decides(staff, case, {"warning": 15})
    head = staff.actor(Role.HEAD_OF_SECTION)
    right = minutes({"reprimand": 15}, body_name="Ban Thường vụ Tỉnh ủy", base_total=15, present=15)
    with pytest.raises(Invalid, match="lý do sửa"):
        correct_outside_vote(head, vote.id, minutes=right, reason=" ", now=NOW)
    done = correct_outside_vote(head, vote.id, minutes=right, reason="Nhầm dòng", now=NOW)
    assert done.outcome == "reprimand"
    assert AuditEvent.select().order_by(AuditEvent.id.desc()).get().data["before"]["outcome"] == "warning"
    record_outside_decision(head, vote.id, now=NOW)
    with pytest.raises(Refused, match="Đã lập quyết định"):
        correct_outside_vote(head, vote.id, minutes=right, reason="Nhầm nữa", now=NOW)


def test_a_committees_vote_settles_its_own_step_once_its_papers_are_there(staff: Staff) -> None:
    case = at(staff, "KL-01", "KT1")
    step_row = row(case, "KT1")
    for form in ("G06", "G07"):
        an_issued_paper(staff, case, form, step=step_row)
    committee_decides(staff, case, {"warning": 15})
    assert (row(case, "KT1").state, row(case, "KT1").completed_on) == ("completed", TODAY)


def test_a_committees_case_never_comes_before_our_session(staff: Staff) -> None:
    case = at(staff, "KL-01", "KT1")
    session = a_planned_session(staff)
    head = staff.actor(Role.HEAD_OF_SECTION)
    assert case.id not in [one.case.id for one in candidates(head, session_id=session.id)]
    with pytest.raises(Refused):
        operations.add_item(head, session.id, case_id=case.id, now=NOW)


def test_a_decision_comes_from_a_committees_vote_and_names_that_body(staff: Staff) -> None:
    case = at(staff, "KL-01", "KT1")
    vote = committee_decides(staff, case, {"removal": 15})
    head = staff.actor(Role.HEAD_OF_SECTION)
    with pytest.raises(Invalid, match="chức vụ bị cách"):
        record_outside_decision(head, vote.id, now=NOW)
    decision = record_outside_decision(head, vote.id, removed_post="Bí thư Chi bộ", now=NOW)
    assert (decision.deciding_body, decision.penalty) == ("Ban Thường vụ Tỉnh ủy", "removal")
    assert (decision.outside_vote_id, decision.ballot_id) == (vote.id, None)
    with pytest.raises(Refused, match="Đã lập quyết định"):
        record_outside_decision(head, vote.id, removed_post="Bí thư Chi bộ", now=NOW)


def test_no_decision_comes_from_a_proposal_nor_from_a_vote_that_came_to_nothing(staff: Staff) -> None:
    case = at(staff, "KL-02", "TH3")
    proposed = written_down(staff, case, "TH3", {"warning": 12})
    head = staff.actor(Role.HEAD_OF_SECTION)
    with pytest.raises(Refused, match="cấp có thẩm quyền"):
        record_outside_decision(head, proposed.id, now=NOW)
    other = at(staff, "KL-01", "KT1")
    nothing = committee_decides(staff, other, {"warning": 3, "none": 4})
    assert nothing.outcome == ""
    with pytest.raises(Refused, match="không lập quyết định"):
        record_outside_decision(head, nothing.id, now=NOW)


def test_where_the_committee_settles_a_denunciation_it_decides_once_both_are_joined(
    staff: Staff,
) -> None:
    case = at(staff, "TC-01", "TH7")
    with pytest.raises(Refused, match="Chỉ bỏ phiếu kỷ luật"):
        written_down(staff, case, "TH7", {"warning": 12})
    lifecycle.take_step(staff.actor(Role.HEAD_OF_SECTION), case.id, "TH6", reason="Tự nhận", now=NOW)
    complete(staff, case, "TH6")
    assert written_down(staff, case, "TH7", {"warning": 12}).stage == "propose"
    complete_up_to(staff, case, "KT1")
    assert committee_decides(staff, case, {"warning": 15}).stage == "decide"
    assert row(case, "KT1").state == "ready"


def test_a_committee_votes_on_a_complaint_to_keep_increase_reduce_or_lift(staff: Staff) -> None:
    case = at(staff, "KN-01", "KT2")
    names = {"body_name": "Ban Thường vụ Tỉnh ủy", "base_total": 15, "present": 15}
    vote = written_down(staff, case, "KT2", {"kept": 7, "reduced": 8}, by=Role.HEAD_OF_SECTION, **names)
    assert (vote.outcome, paper_after(vote).form) == ("reduced", "F05")
    assert any("chưa xác nhận" in line for line in vote.result["warnings"])
    with pytest.raises(Refused, match="giải quyết khiếu nại"):
        record_outside_decision(staff.actor(Role.HEAD_OF_SECTION), vote.id, now=NOW)


def test_options_of_a_complaint_are_never_added_to_each_other(staff: Staff) -> None:
    case = at(staff, "KN-01", "KT2")
    names = {"body_name": "Ban Thường vụ Tỉnh ủy", "base_total": 15, "present": 15}
    vote = written_down(staff, case, "KT2", {"kept": 7, "increased": 6}, by=Role.HEAD_OF_SECTION, **names)
    assert (vote.outcome, vote.result["how"]) == ("", "not_enough")
    assert {line["cumulated"] for line in vote.result["standings"]} == {None}


def a_complaint_in_session(staff: Staff) -> tuple[Voting, AgendaItem]:
    case = at(staff, "KN-02", "KT1")
    world = Voting(staff, case, a_planned_session(staff), nine_members(staff))
    item = operations.add_item(world.head, world.session.id, case_id=case.id, now=NOW)
    attend(world)
    operations.open_session(world.head, world.session.id, now=NOW)
    return world, item


def test_our_own_ballot_on_a_complaint_offers_what_may_become_of_it(staff: Staff) -> None:
    world, item = a_complaint_in_session(staff)
    ballot = an_open_ballot(world, item)
    assert [line.id for line in lines_on_ballot(ballot.party, VoteKind.DECIDE)] == [
        "kept", "increased", "reduced", "lifted",
    ]  # fmt: skip
    done = counted(world, ballot, {"lifted": 5, "kept": 4})
    assert (done.outcome, next_paper(done).form) == ("lifted", "F05")
    with pytest.raises(Refused):
        record_decision(world.head, done.id, now=NOW)


def test_a_session_step_that_decides_itself_is_a_step_with_a_ballot(staff: Staff) -> None:
    step = edition_of(an_open_case(staff, "KN-01")).step("KT2")
    assert ballot_steps([step]) == []
    ours = step.model_copy(update={"actor": StepActor.COMMISSION})
    assert ballot_steps([ours]) == [ours]


def test_before_the_session_of_a_wrong_day_nothing_is_written_down(database: Database) -> None:
    world = before_the_session(parties=[NewParty(member_id=a_member(post="Bí thư").id)])
    with pytest.raises(Invalid, match="trước ngày bắt đầu"):
        record_outside_vote(
            world.staff.actor(Role.TEAM_HEAD), row(world.case, "TH3").id, party_id=world.party.id,
            minutes=minutes({"warning": 12}, held_on=date(2020, 1, 1)), now=NOW,
        )  # fmt: skip


def test_a_step_is_not_completed_without_its_vote_unless_a_reason_is_given(staff: Staff) -> None:
    case = at(staff, "KL-01", "KT1")
    papers = {"G06": "Văn phòng cấp ủy lập", "G07": "Văn phòng cấp ủy lập"}
    head, step_id = staff.actor(Role.HEAD_OF_SECTION), row(case, "KT1").id
    with pytest.raises(Refused, match="Kết quả bỏ phiếu kín của tổ chức đảng về Phạm Văn Mẫu"):
        lifecycle.complete_step(head, step_id, on=TODAY, without_papers=papers, now=NOW)
    without = {**papers, VOTE_ENTRY: "Biên bản gửi sau"}
    done = lifecycle.complete_step(head, step_id, on=TODAY, without_papers=without, now=NOW)
    assert done.missing_papers[VOTE_ENTRY] == "Biên bản gửi sau"


def test_with_the_vote_written_down_nothing_more_is_asked_of_the_step(staff: Staff) -> None:
    case = at(staff, "KL-02", "TH3")
    written_down(staff, case, "TH3", {"warning": 12})
    papers = {"G04": "Lập trên giấy", "G07": "Lập trên giấy"}
    step_id = row(case, "TH3").id
    done = lifecycle.complete_step(
        staff.actor(Role.TEAM_HEAD), step_id, on=TODAY, without_papers=papers, now=NOW
    )
    assert done.state == "completed"
