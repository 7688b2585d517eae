"""Secret ballots: opened on one subject, counted once, by tellers without a conflict; no voter is known."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from threading import Barrier

import pytest
from peewee import Database
from pypdf import PdfReader

from cases.audit.models import AuditEvent
from cases.documents.models import Document
from cases.documents.operations import issue_document
from cases.errors import Invalid, NotAllowed, NotFound, Refused
from cases.lifecycle.models import ConflictDeclaration
from cases.people.models import Commission
from cases.sessions import operations, papers
from cases.sessions.ballots import seal_holds
from cases.sessions.models import AgendaItem, Ballot, BallotTally
from cases.sessions.queries import ballot_of, penalties_on_ballot
from cases.sessions.tally import TallyRejected
from cases.settings import Settings
from procedures.schema import VoteKind
from tests.support.running_cases import an_issued_paper, an_open_case, complete_up_to, row
from tests.support.voting import (
    SLIPS,
    VAULT,
    Voting,
    an_open_ballot,
    attend,
    before_the_session,
    counted,
    in_session,
)
from tests.support.worlds import NOW, TODAY, a_member


@pytest.fixture
def opened(database: Database) -> tuple[Voting, AgendaItem]:
    a_member(post="Bí thư Chi bộ")
    return in_session()


@pytest.fixture
def ballot(opened: tuple[Voting, AgendaItem]) -> Ballot:
    return an_open_ballot(*opened)


def settings(folder: Path) -> Settings:
    return Settings(instance_path=folder, pdf_engine="weasyprint")


def test_a_ballot_is_counted_over_all_members_and_its_result_is_told(
    opened: tuple[Voting, AgendaItem], ballot: Ballot
) -> None:
    done = counted(opened[0], ballot, {"expulsion": 2, "warning": 4, "reprimand": 3})
    assert (done.state, done.outcome, done.base_total, done.present) == ("counted", "warning", 9, 9)
    assert done.result["how"] == "cumulated"
    assert "Cộng đến Cảnh cáo: 6 phiếu, cần 5: đủ." in done.result["steps"]


def test_absent_members_stay_in_the_base(database: Database) -> None:
    world, item = in_session(absent=3)
    ballot = an_open_ballot(world, item)
    done = counted(world, ballot, {"warning": 4, "none": 2}, issued=6, returned=6, valid=6)
    assert (done.base_total, done.present, done.outcome) == (9, 6, "")
    assert done.result["warnings"][0].startswith("V-06")


def test_every_mistake_of_a_tally_is_told_at_once_and_nothing_is_stored(
    opened: tuple[Voting, AgendaItem], ballot: Ballot
) -> None:
    with pytest.raises(TallyRejected) as refused:
        counted(opened[0], ballot, {"warning": 3}, issued=10, valid=5)
    assert {problem.field for problem in refused.value.problems} == {"issued", "valid", "votes"}
    assert (Ballot.get_by_id(ballot.id).state, BallotTally.select().count()) == ("open", 0)


def test_a_form_that_is_not_on_the_slip_is_refused(opened: tuple[Voting, AgendaItem], ballot: Ballot) -> None:
    with pytest.raises(Invalid, match="không ghi trên lá phiếu"):
        counted(opened[0], ballot, {"dissolution": 9})


def test_a_ballot_is_counted_once(opened: tuple[Voting, AgendaItem], ballot: Ballot) -> None:
    counted(opened[0], ballot, {"warning": 9})
    with pytest.raises(Refused, match="không nhập lần hai"):
        counted(opened[0], ballot, {"reprimand": 9})
    assert Ballot.get_by_id(ballot.id).outcome == "warning"


def at_once(database: Database, *acts: Callable[[], object]) -> list[str]:
    """Run acts in threads of their own that start together; "done" or the refusal of each."""
    together = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            together.wait(timeout=30)
            act()
        except Refused as refusal:
            return refusal.message
        finally:
            database.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_tellers_entering_the_tally_at_once_the_second_is_refused(
    database: Database, opened: tuple[Voting, AgendaItem], ballot: Ballot
) -> None:
    world, _ = opened
    answers = at_once(
        database,
        lambda: counted(world, ballot, {"warning": 9}),
        lambda: counted(world, ballot, {"reprimand": 9}),
    )
    assert sorted(answer[:15] for answer in answers) == ["Kết quả kiểm ph", "done"]
    assert BallotTally.select().where(BallotTally.votes == 9).count() == 1
    assert seal_holds(Ballot.get_by_id(ballot.id))


def test_of_two_ballots_opened_at_once_on_one_subject_one_is_refused(
    database: Database, opened: tuple[Voting, AgendaItem]
) -> None:
    world, item = opened
    answers = at_once(database, lambda: an_open_ballot(world, item), lambda: an_open_ballot(world, item))
    assert sorted(answer[:12] for answer in answers) == ["done", "Đã mở bỏ phi"]
    assert Ballot.select().count() == 1


def test_proposing_and_deciding_are_two_ballots(opened: tuple[Voting, AgendaItem], ballot: Ballot) -> None:
    other = an_open_ballot(*opened, VoteKind.PROPOSE)
    assert {ballot.stage, other.stage} == {"decide", "propose"}


def test_expulsion_is_proposed_by_two_thirds_of_all_members(opened: tuple[Voting, AgendaItem]) -> None:
    ballot = an_open_ballot(*opened, VoteKind.PROPOSE)
    assert counted(opened[0], ballot, {"expulsion": 6, "warning": 3}).outcome == "expulsion"


def test_expulsion_short_of_two_thirds_falls_to_the_next_form(opened: tuple[Voting, AgendaItem]) -> None:
    ballot = an_open_ballot(*opened, VoteKind.PROPOSE)
    assert counted(opened[0], ballot, {"expulsion": 5, "warning": 4}).outcome == "removal"


def test_no_row_and_no_event_tells_who_chose_what(opened: tuple[Voting, AgendaItem], ballot: Ballot) -> None:
    counted(opened[0], ballot, {"warning": 5, "reprimand": 4})
    assert set(BallotTally._meta.fields) == {"id", "ballot", "option", "votes"}
    events = [e.data for e in AuditEvent.select().where(AuditEvent.verb.startswith("ballot."))]
    assert [sorted(data) for data in events] == [["base_total", "present", "stage"], ["outcome", "seal"]]


def test_a_seal_shows_a_later_change(opened: tuple[Voting, AgendaItem], ballot: Ballot) -> None:
    done = counted(opened[0], ballot, {"warning": 5, "reprimand": 4})
    assert seal_holds(done)
    BallotTally.update(votes=6).where(BallotTally.option == "warning").execute()
    assert not seal_holds(Ballot.get_by_id(ballot.id))


def test_who_has_a_conflict_neither_sees_votes_nor_counts(opened: tuple[Voting, AgendaItem]) -> None:
    world, item = opened
    conflicted = world.members[4]
    ConflictDeclaration.create(case=world.case, user=conflicted, reason="Anh em ruột", declared_at=NOW)
    ballot = an_open_ballot(world, item)
    assert (ballot.base_total, ballot.present) == (9, 8)
    with pytest.raises(NotFound):
        ballot_of(conflicted.as_actor(), ballot.id)
    with pytest.raises(NotFound):
        operations.count_ballot(conflicted.as_actor(), ballot.id, votes={"warning": 9}, now=NOW, **SLIPS)


def test_a_conflict_declared_in_the_case_this_one_came_from_holds_here_too(
    opened: tuple[Voting, AgendaItem],
) -> None:
    world, item = opened
    parent = an_open_case(world.staff)
    ConflictDeclaration.create(case=parent, user=world.members[5], reason="Họ hàng", declared_at=NOW)
    type(world.case).update(parent=parent, origin="branch", branch_kind="discipline").where(
        type(world.case).id == world.case.id
    ).execute()
    assert an_open_ballot(world, item).present == 8


def test_the_subject_is_out_of_the_base_unless_the_commission_says_otherwise(database: Database) -> None:
    world, item = in_session()
    subject = world.members[6]
    type(subject).update(member=world.party.member).where(type(subject).id == subject.id).execute()
    ballot = an_open_ballot(world, item)
    assert (ballot.base_total, ballot.present) == (8, 8)
    Commission.update(settings={"subject_in_vote_base": "in_base_with_vote"}).execute()
    second = an_open_ballot(world, item, VoteKind.PROPOSE)
    assert (second.base_total, second.present) == (9, 9)
    done = counted(world, ballot, {"warning": 8}, issued=8, returned=8, valid=8)
    assert done.result["warnings"][0].startswith("V-08")


@pytest.mark.parametrize(
    ("tellers", "why"),
    [
        ([], "ít nhất một người"),
        ([{"full_name": " "}], "họ tên từng thành viên"),
        ([{"full_name": "Phạm Văn Mẫu", "duty": "Tổ trưởng"}], "là đối tượng"),
        ([{"full_name": "Đỗ Thị An"}, {"full_name": "ĐỖ THỊ AN"}], "hai lần"),
    ],
)
def test_tellers_are_named_once_and_are_no_subject(
    opened: tuple[Voting, AgendaItem], tellers: list[dict[str, str]], why: str
) -> None:
    world, item = opened
    with pytest.raises(Invalid, match=why) as refused:
        operations.open_ballot(
            world.head, item.id, party_id=world.party.id, stage=VoteKind.DECIDE, tellers=tellers, now=NOW
        )
    assert refused.value.field == "tellers"


def test_only_the_named_tellers_enter_the_count(opened: tuple[Voting, AgendaItem]) -> None:
    world, item = opened
    teller = world.members[3]
    ballot = operations.open_ballot(
        world.head, item.id, party_id=world.party.id, stage=VoteKind.DECIDE, now=NOW,
        tellers=[{"full_name": teller.full_name, "duty": "Tổ trưởng", "user_id": teller.id}],
    )  # fmt: skip
    with pytest.raises(NotAllowed, match=teller.full_name):
        counted(world, ballot, {"warning": 9})
    done = operations.count_ballot(teller.as_actor(), ballot.id, votes={"warning": 9}, now=NOW, **SLIPS)
    assert done.counted_by == teller


def test_a_ballot_needs_a_step_of_the_procedure(database: Database) -> None:
    world = before_the_session()
    other = an_open_case(world.staff, "KT-04")
    complete_up_to(world.staff, other, "KT1")
    item = operations.add_item(world.head, world.session.id, case_id=other.id, now=NOW)
    attend(world)
    operations.open_session(world.head, world.session.id, now=NOW)
    party = other.parties.get()
    with pytest.raises(Refused, match="Chỉ bỏ phiếu kỷ luật"):
        operations.open_ballot(
            world.head, item.id, party_id=party.id, stage=VoteKind.DECIDE, now=NOW,
            tellers=[{"full_name": "Đỗ Thị An"}],
        )  # fmt: skip


def test_forms_the_subject_cannot_get_are_not_on_the_slip(database: Database) -> None:
    world, _ = in_session()
    party = world.party
    party.party_post, party.government_post = "Đảng viên", ""
    assert [one.id for one in penalties_on_ballot(party)] == ["expulsion", "warning", "reprimand", "none"]
    party.member.official_on = None
    party.party_post = "Bí thư Chi bộ"
    assert [one.id for one in penalties_on_ballot(party)] == ["warning", "reprimand", "none"]


def test_slips_are_printed_in_the_asked_number_and_recorded_once(
    opened: tuple[Voting, AgendaItem], ballot: Ballot, tmp_path: Path
) -> None:
    world, _ = opened
    how = {"vault": VAULT, "settings": settings(tmp_path), "today": TODAY, "now": NOW}
    data = papers.print_slips(world.head, ballot.id, copies=9, **how)
    papers.print_slips(world.head, ballot.id, copies=1, **how)
    pages = PdfReader(BytesIO(data)).pages
    assert len(pages) == 9
    assert "Phạm Văn Mẫu" in pages[8].extract_text()
    assert [d.form for d in Document.select()] == ["G06"]
    with pytest.raises(Invalid) as refused:
        papers.print_slips(world.head, ballot.id, copies=0, **how)
    assert refused.value.field == "copies"


def test_the_minutes_of_the_count_are_filled_from_the_totals(
    opened: tuple[Voting, AgendaItem], ballot: Ballot
) -> None:
    world, _ = opened
    with pytest.raises(Refused, match="Nhập kết quả"):
        papers.draft_count_minutes(world.head, ballot.id, vault=VAULT, now=NOW)
    counted(world, ballot, {"warning": 5, "reprimand": 4})
    minutes = papers.draft_count_minutes(world.head, ballot.id, vault=VAULT, now=NOW)
    assert (minutes.form, minutes.values["vote_total"], minutes.values["vote_collected"]) == ("G07", 9, 9)
    assert minutes.values["vote_results"][2] == {"option": "Cảnh cáo", "votes": 5, "share": "55,6"}
    assert minutes.values["tellers"] == [{"full_name": "Đỗ Thị Hải", "post": "Ủy viên", "duty": "Tổ trưởng"}]
    assert papers.draft_count_minutes(world.head, ballot.id, vault=VAULT, now=NOW) == minutes


def test_conclusion_and_papers_together_complete_the_steps_of_session_and_vote(
    opened: tuple[Voting, AgendaItem], ballot: Ballot, tmp_path: Path
) -> None:
    world, item = opened
    an_issued_paper(world.staff, world.case, "G06")
    counted(world, ballot, {"warning": 9})
    operations.conclude_item(world.head, item.id, discussion="Thống nhất.", conclusion="Cảnh cáo.", now=NOW)
    drafts = [
        papers.draft_session_minutes(world.head, item.id, vault=VAULT, now=NOW),
        papers.draft_count_minutes(world.head, ballot.id, vault=VAULT, now=NOW),
    ]
    assert (drafts[0].values["has_vote"], drafts[0].values["agenda"]) == (True, [world.case.title])
    Document.update(values={**drafts[0].values, "meeting_ends_at": "11:00"}).where(
        Document.id == drafts[0].id
    ).execute()
    for draft in drafts:
        issue_document(
            world.head, draft.id, issued_on=TODAY, signer_id=None, settings=settings(tmp_path), now=NOW
        )
    assert [row(world.case, key).state for key in ("KT1", "KT2")] == ["completed", "completed"]
