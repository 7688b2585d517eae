"""The open points on voting (V-06, V-08, V-09): a commission answers them, its votes follow."""

import pytest
from peewee import Database

from cases.decisions.queries import next_paper
from cases.errors import Invalid, Refused
from cases.people import operations as people
from cases.people.models import Commission
from cases.sessions import operations, papers
from cases.sessions.models import AgendaItem, Ballot, OutsideVote
from cases.sessions.outside_votes import record_outside_vote
from procedures.schema import Role, VoteKind
from tests.support.outside_voting import minutes
from tests.support.running_cases import row
from tests.support.voting import VAULT, Voting, a_planned_session, an_open_ballot, attend, counted, in_session
from tests.support.worlds import NOW, Staff


def choose(staff: Staff, **choices: str) -> None:
    own = Commission.get_by_id(staff.commission.id)
    people.change_commission(
        staff.actor(Role.ADMINISTRATOR), name=own.name, superior_line=own.superior_line,
        issuer_line=own.issuer_line, symbol_suffix=own.symbol_suffix, place=own.place,
        term_name=own.term_name, vote_choices=choices, now=NOW,
    )  # fmt: skip


def test_a_commission_answers_the_open_points_and_the_vote_tells_so(database: Database) -> None:
    world, item = in_session()
    choose(world.staff, vote_no_majority="ask_superior")
    done = counted(world, an_open_ballot(world, item), {"warning": 4, "none": 4}, valid=8, invalid=1)
    told = done.result["warnings"]
    assert told[0].startswith("V-06")
    assert "Ủy ban đã chọn" in told[1] and "báo cáo cấp ủy" in told[1]
    with pytest.raises(Invalid, match="Chọn một cách"):
        choose(world.staff, vote_no_majority="coin")


def another_session(world: Voting, item: AgendaItem) -> AgendaItem:
    """The item is concluded, its session closed, and the case stands on the agenda of the next one."""
    operations.conclude_item(world.head, item.id, discussion="", conclusion="Không đủ phiếu", now=NOW)
    operations.close_session(world.head, world.session.id, ends_at="11:30", now=NOW)
    world.session = a_planned_session(world.staff)
    again = operations.add_item(world.head, world.session.id, case_id=world.case.id, now=NOW)
    attend(world)
    operations.open_session(world.head, world.session.id, now=NOW)
    return again


def test_where_a_vote_that_came_to_nothing_is_held_again_another_session_may_vote(database: Database) -> None:
    world, item = in_session()
    choose(world.staff, vote_no_majority="vote_again")
    first = counted(world, an_open_ballot(world, item), {"warning": 4, "none": 4}, valid=8, invalid=1)
    item = another_session(world, item)
    assert row(world.case, "KT2").state != "completed"
    second = counted(world, an_open_ballot(world, item), {"warning": 9})
    assert (next_paper(first).form, next_paper(second).form) == ("", "G10")
    assert "bỏ phiếu lại ở kỳ họp thứ 2" in next_paper(first).lines[0]


@pytest.mark.parametrize(
    ("choice", "reason", "refusal"),
    [
        ("never", "Có tình tiết mới", "không bỏ phiếu lại"),
        ("ask_each_time", "", "Ghi lý do"),
        ("always", "", ""),
    ],
)
def test_voting_again_on_a_disagreement_is_what_the_commission_chose(
    database: Database, choice: str, reason: str, refusal: str
) -> None:
    world, item = in_session()
    vote = an_old_proposal(world, "reprimand")
    counted(world, an_open_ballot(world, item), {"warning": 9})
    choose(world.staff, revote_on_disagreement=choice)
    item = another_session(world, item)
    tellers = [{"full_name": world.members[-1].full_name, "post": "Ủy viên", "duty": "Tổ trưởng"}]

    def again() -> Ballot:
        return operations.open_ballot(
            world.head, item.id, party_id=world.party.id, stage=VoteKind.DECIDE, tellers=tellers,
            again_reason=reason, now=NOW,
        )  # fmt: skip

    if refusal:
        with pytest.raises((Refused, Invalid), match=refusal):
            again()
    else:
        assert again().state == "open"
    assert vote.outcome == "reprimand"


def an_old_proposal(world: Voting, outcome: str) -> OutsideVote:
    """What the chi bộ proposed at its meeting, written down late."""
    step_row = row(world.case, "TH3")
    return record_outside_vote(
        world.staff.actor(Role.TEAM_HEAD), step_row.id, party_id=world.party.id,
        minutes=minutes({outcome: 12}), now=NOW,
    )  # fmt: skip


def test_the_session_that_disagrees_with_the_proposal_is_told_so(database: Database) -> None:
    world, item = in_session()
    an_old_proposal(world, "reprimand")
    done = counted(world, an_open_ballot(world, item), {"warning": 9})
    assert any("Chi bộ Văn phòng đề nghị Khiển trách" in line for line in done.result["warnings"])
    assert any(line.startswith("V-09") for line in done.result["warnings"])


def test_agreeing_votes_are_not_held_again(database: Database) -> None:
    world, item = in_session()
    an_old_proposal(world, "warning")
    counted(world, an_open_ballot(world, item), {"warning": 9})
    item = another_session(world, item)
    with pytest.raises(Refused, match="không khác đề nghị"):
        an_open_ballot(world, item)


def test_the_minutes_of_the_count_carry_what_is_open_and_what_was_chosen(
    database: Database,
) -> None:
    world, item = in_session()
    done = counted(world, an_open_ballot(world, item), {"warning": 4, "none": 4}, valid=8, invalid=1)
    paper = papers.draft_count_minutes(world.head, done.id, vault=VAULT, now=NOW)
    assert paper.values["vote_remarks"].startswith("V-06") and "mặc định" in paper.values["vote_remarks"]
