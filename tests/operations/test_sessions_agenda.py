"""Sessions: numbers, attendance, quorum, agenda of ready cases, conclusions, closing."""

from collections.abc import Iterator
from datetime import date

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.errors import Invalid, NotAllowed, NotFound, Refused
from cases.lifecycle.models import ConflictDeclaration
from cases.people.models import Commission
from cases.sessions import operations
from cases.sessions.case_steps import waiting_for
from cases.sessions.models import AgendaItem, Attendance, Session
from cases.sessions.queries import item_of, items_of
from cases.sessions.readiness import candidates
from procedures.schema import Role
from tests.support.running_cases import an_issued_paper, an_open_case, row
from tests.support.voting import (
    Voting,
    a_planned_session,
    an_open_ballot,
    attend,
    before_the_session,
    counted,
    in_session,
)
from tests.support.worlds import NOW, TODAY, a_member, a_user


@pytest.fixture
def world(database: Database) -> Iterator[Voting]:
    yield before_the_session()


def conclude(world: Voting, item: AgendaItem) -> AgendaItem:
    return operations.conclude_item(
        world.head, item.id, discussion="Thống nhất.", conclusion="Đồng chí có vi phạm.", now=NOW
    )


def test_sessions_are_numbered_on_within_the_term_and_anew_in_the_next(world: Voting) -> None:
    assert (world.session.number, a_planned_session(world.staff).number) == (1, 2)
    Commission.update(term_name="2030-2035").execute()
    assert a_planned_session(world.staff).number == 1


def test_only_a_member_of_the_commission_presides(world: Voting) -> None:
    with pytest.raises(Invalid, match="thành viên Ủy ban") as refused:
        operations.plan_session(
            world.head, held_on=TODAY, starts_at="08:00", place="P1", now=NOW,
            chair_id=world.staff.users[Role.CLERK].id, secretary_id=world.staff.users[Role.CLERK].id,
        )  # fmt: skip
    assert refused.value.field == "chair"


@pytest.mark.parametrize(
    ("starts_at", "place", "field"), [("8 giờ", "P1", "starts_at"), ("08:00", " ", "place")]
)
def test_a_session_needs_a_time_and_a_place(world: Voting, starts_at: str, place: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        operations.plan_session(
            world.head, held_on=TODAY, starts_at=starts_at, place=place, now=NOW,
            chair_id=world.members[0].id, secretary_id=world.members[0].id,
        )  # fmt: skip
    assert refused.value.field == field


def test_whoever_may_not_run_sessions_plans_none(world: Voting) -> None:
    with pytest.raises(NotAllowed):
        operations.close_session(
            world.staff.actor(Role.INSPECTOR), world.session.id, ends_at="11:00", now=NOW
        )


def test_an_absent_member_gives_a_reason(world: Voting) -> None:
    everybody = [user.id for user in world.members]
    with pytest.raises(Invalid, match="lý do vắng") as refused:
        operations.record_attendance(
            world.head, world.session.id, present=everybody[1:], reasons={everybody[0]: " "}, now=NOW
        )
    assert refused.value.field == f"reason_{everybody[0]}"
    assert not Attendance.select().exists()


def test_only_members_are_written_down_as_present(world: Voting) -> None:
    stranger = world.staff.users[Role.INSPECTOR].id
    with pytest.raises(Invalid, match="thành viên"):
        operations.record_attendance(world.head, world.session.id, present=[stranger], reasons={}, now=NOW)


@pytest.mark.parametrize("absent", [0, 4])
def test_a_session_opens_with_more_than_half_of_all_members(world: Voting, absent: int) -> None:
    attend(world, absent=absent)
    opened = operations.open_session(world.head, world.session.id, now=NOW)
    assert (opened.state, opened.total_members) == ("open", 9)


def test_a_session_does_not_open_without_its_quorum_or_attendance(world: Voting) -> None:
    with pytest.raises(Refused, match="Điểm danh"):
        operations.open_session(world.head, world.session.id, now=NOW)
    attend(world, absent=5)
    with pytest.raises(Refused, match="Có mặt 4, cần ít nhất 5"):
        operations.open_session(world.head, world.session.id, now=NOW)


def test_a_session_does_not_open_before_its_day(world: Voting) -> None:
    attend(world)
    Session.update(held_on=date(2026, 11, 30)).execute()
    with pytest.raises(Refused, match="chưa đến ngày họp"):
        operations.open_session(world.head, world.session.id, now=NOW)


def test_attendance_of_an_open_session_keeps_its_quorum(world: Voting) -> None:
    attend(world)
    operations.open_session(world.head, world.session.id, now=NOW)
    with pytest.raises(Refused, match="cần ít nhất 5"):
        attend(world, absent=6)
    assert Attendance.select().where(Attendance.present).count() == 9


def test_a_case_before_its_session_step_is_not_put_on_the_agenda_and_the_reason_is_told(
    world: Voting,
) -> None:
    early = an_open_case(world.staff, "KT-04")
    with pytest.raises(Refused, match="Chưa đến bước") as refused:
        operations.add_item(world.head, world.session.id, case_id=early.id, now=NOW)
    assert refused.value.field == "case"
    found = candidates(world.head, session_id=world.session.id)
    assert [(one.case.id, one.addable) for one in found] == [(world.case.id, True), (early.id, False)]


def test_the_check_of_a_case_names_the_papers_that_are_missing(world: Voting) -> None:
    first = candidates(world.head, session_id=world.session.id)[0]
    assert [check.done for check in first.checks] == [True, False, False]
    an_issued_paper(world.staff, world.case, "G08")
    again = candidates(world.head, session_id=world.session.id)[0]
    assert {check.label: check.done for check in again.checks if "(G08)" in check.label} == {
        "Báo cáo đề nghị thi hành kỷ luật (G08)": True
    }


def test_a_case_comes_onto_an_agenda_once(world: Voting) -> None:
    operations.add_item(world.head, world.session.id, case_id=world.case.id, now=NOW)
    with pytest.raises(Refused, match="đã có trong chương trình"):
        operations.add_item(world.head, world.session.id, case_id=world.case.id, now=NOW)
    assert candidates(world.head, session_id=world.session.id) == []


def test_the_subject_of_a_case_and_who_declared_a_conflict_never_see_its_item(world: Voting) -> None:
    item = operations.add_item(world.head, world.session.id, case_id=world.case.id, now=NOW)
    subject = a_user(
        world.staff.commission, Role.COMMISSIONER, name="Phạm Văn Mẫu", member=world.party.member
    ).as_actor()
    conflicted = world.members[3]
    ConflictDeclaration.create(case=world.case, user=conflicted, reason="Anh em ruột", declared_at=NOW)
    for actor in (subject, conflicted.as_actor()):
        assert items_of(actor, world.session) == []
        with pytest.raises(NotFound):
            item_of(actor, item.id)


def test_the_commission_concludes_an_item_once(database: Database) -> None:
    world, item = in_session()
    assert conclude(world, item).state == "concluded"
    with pytest.raises(Refused, match="đã kết luận"):
        conclude(world, item)


def test_an_item_is_concluded_in_an_open_session_with_words(world: Voting) -> None:
    item = operations.add_item(world.head, world.session.id, case_id=world.case.id, now=NOW)
    with pytest.raises(Refused, match="chưa khai mạc"):
        conclude(world, item)
    with pytest.raises(Invalid, match="kết luận"):
        operations.conclude_item(world.head, item.id, discussion="", conclusion=" ", now=NOW)


def test_the_session_step_is_completed_once_the_minutes_are_issued_too(database: Database) -> None:
    world, item = in_session()
    conclude(world, item)
    assert row(world.case, "KT1").state == "ready"
    assert "Biên bản kỳ họp" in str(waiting_for(AgendaItem.get_by_id(item.id)))


def test_the_session_step_is_completed_on_the_day_of_the_session(database: Database) -> None:
    world, item = in_session()
    an_issued_paper(world.staff, world.case, "C18")
    conclude(world, item)
    done = row(world.case, "KT1")
    assert (done.state, done.completed_on) == ("completed", TODAY)
    assert AuditEvent.select().where(AuditEvent.verb == "case.step_completed").exists()


def test_a_postponed_item_keeps_its_reason_and_is_not_concluded(database: Database) -> None:
    world, item = in_session()
    done = operations.postpone_item(world.head, item.id, reason="Chờ bổ sung hồ sơ", now=NOW)
    assert (done.state, done.discussion) == ("postponed", "Chờ bổ sung hồ sơ")
    with pytest.raises(Refused, match="đã hoãn"):
        conclude(world, item)
    assert row(world.case, "KT1").state == "ready"


def test_an_item_that_was_voted_on_is_not_postponed(database: Database) -> None:
    world, item = in_session()
    counted(world, an_open_ballot(world, item), {"warning": 9})
    with pytest.raises(Refused, match="đã bỏ phiếu"):
        operations.postpone_item(world.head, item.id, reason="Muộn", now=NOW)


def test_a_session_closes_when_nothing_is_left_open(database: Database) -> None:
    world, item = in_session()
    ballot = an_open_ballot(world, item)
    with pytest.raises(Refused, match=r"1 cuộc bỏ phiếu chưa kiểm phiếu.*1 nội dung chưa kết luận"):
        operations.close_session(world.head, world.session.id, ends_at="11:00", now=NOW)
    counted(world, ballot, {"warning": 9})
    conclude(world, item)
    closed = operations.close_session(world.head, world.session.id, ends_at="11:00", now=NOW)
    assert (closed.state, closed.ends_at) == ("closed", "11:00")
    with pytest.raises(Refused, match="đã bế mạc"):
        operations.add_item(world.head, world.session.id, case_id=world.case.id, now=NOW)


def test_a_session_does_not_end_before_it_began(database: Database) -> None:
    world, _ = in_session()
    with pytest.raises(Invalid, match="trước giờ khai mạc"):
        operations.close_session(world.head, world.session.id, ends_at="07:00", now=NOW)


def test_another_commission_sees_no_session(world: Voting) -> None:
    other = Commission.create(
        code="xa", name="Ủy ban Kiểm tra Đảng ủy xã Thử", level="xa", superior_line="ĐẢNG ỦY XÃ THỬ",
        issuer_line="ỦY BAN KIỂM TRA", symbol_suffix="UBKTĐU", place="Thử", term_name="2025-2030",
    )  # fmt: skip
    stranger = a_user(other, Role.CHAIR, name="Người Khác", member=a_member("Người Khác")).as_actor()
    with pytest.raises(NotFound):
        operations.open_session(stranger, world.session.id, now=NOW)
