"""Decisions: from a counted ballot to number, effect, announcement and end; the limits of own power."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from peewee import Database

from cases.approvals.operations import approve, submit
from cases.audit.models import AuditEvent
from cases.decisions import operations, papers
from cases.decisions.dates import dates_of
from cases.decisions.models import Decision
from cases.decisions.powers import powers_of
from cases.decisions.queries import DecisionFilter, decision_of, filtered, next_paper, visible_to
from cases.documents.models import Document
from cases.documents.operations import delete_draft, issue_document, void_document
from cases.errors import Invalid, NotAllowed, NotFound, Refused
from cases.lifecycle.models import ConflictDeclaration
from cases.people.models import Commission
from cases.sessions.models import AgendaItem, Ballot
from cases.settings import Settings
from procedures.schema import Role, VoteKind
from tests.support.voting import VAULT, Voting, an_open_ballot, counted, in_session
from tests.support.worlds import NOW, TODAY, a_member, a_user

LATER = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)


@pytest.fixture
def world(database: Database) -> Voting:
    a_member(post="Bí thư Chi bộ")
    found, _ = in_session()
    return found


def voted(world: Voting, votes: dict[str, int], stage: VoteKind = VoteKind.DECIDE) -> Ballot:
    return counted(world, an_open_ballot(world, AgendaItem.get(), stage), votes)


def issued(world: Voting, decision: Decision, folder: Path, *, now: datetime = NOW) -> Decision:
    """Draft, approve and issue the paper of a decision as people do."""
    draft = papers.draft_decision_paper(world.head, decision.id, vault=VAULT, now=now)
    Document.update(values={**draft.values, "grounds": ["Điều lệ Đảng"]}).where(
        Document.id == draft.id
    ).execute()
    approve(world.chair, submit(world.head, draft.id, now=now).id, now=now)
    issue_document(
        world.staff.actor(Role.CLERK), draft.id, issued_on=now.date(), now=now,
        signer_id=world.members[0].id, settings=Settings(instance_path=folder, pdf_engine="weasyprint"),
    )  # fmt: skip
    return Decision.get_by_id(decision.id)


def test_a_decision_is_recorded_from_a_deciding_ballot_with_all_it_knows(world: Voting) -> None:
    decision = operations.record_decision(world.head, voted(world, {"warning": 9}).id, now=NOW)
    assert (decision.penalty, decision.subject_name, decision.group) == ("warning", "Phạm Văn Mẫu", "land")
    assert (decision.violation, decision.deciding_body) == (
        "Cấp đất ở sai đối tượng", world.staff.commission.name,
    )  # fmt: skip


def test_a_decision_is_recorded_once_from_a_ballot(world: Voting) -> None:
    ballot = voted(world, {"warning": 9})
    operations.record_decision(world.head, ballot.id, now=NOW)
    with pytest.raises(Refused, match="Đã lập quyết định"):
        operations.record_decision(world.head, ballot.id, now=NOW)


@pytest.mark.parametrize(
    ("votes", "why"),
    [({"none": 9}, "không có hình thức"), ({"reprimand": 4, "none": 5}, "không có hình thức")],
)
def test_no_decision_follows_from_a_ballot_without_a_form(
    world: Voting, votes: dict[str, int], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        operations.record_decision(world.head, voted(world, votes).id, now=NOW)


def test_no_decision_follows_from_a_ballot_that_is_open_or_only_proposes(world: Voting) -> None:
    proposed = voted(world, {"warning": 9}, VoteKind.PROPOSE)
    still_open = an_open_ballot(world, AgendaItem.get())
    for ballot in (proposed, still_open):
        with pytest.raises(Refused, match="bỏ phiếu quyết định đã kiểm phiếu"):
            operations.record_decision(world.head, ballot.id, now=NOW)


def test_removal_names_the_post(world: Voting) -> None:
    ballot = voted(world, {"removal": 9})
    with pytest.raises(Invalid) as refused:
        operations.record_decision(world.head, ballot.id, now=NOW)
    assert refused.value.field == "removed_post"
    decision = operations.record_decision(world.head, ballot.id, removed_post="Bí thư Chi bộ", now=NOW)
    paper = papers.draft_decision_paper(world.head, decision.id, vault=VAULT, now=NOW)
    assert (paper.values["penalty"], paper.values["removed_posts"]) == ("removal", "Bí thư Chi bộ")


def test_expulsion_is_never_decided_here_but_proposed_upward(world: Voting) -> None:
    ballot = voted(world, {"expulsion": 9})
    assert next_paper(ballot).form == ""
    with pytest.raises(Refused, match="vượt thẩm quyền"):
        operations.record_decision(world.head, ballot.id, now=NOW)
    with pytest.raises(Refused, match="vượt thẩm quyền"):
        papers.draft_submission(world.head, ballot.id, vault=VAULT, now=NOW)
    proposed = voted(world, {"expulsion": 6, "warning": 3}, VoteKind.PROPOSE)
    paper = papers.draft_submission(world.head, proposed.id, vault=VAULT, now=NOW)
    assert (paper.form, paper.values["proposed_penalty"]) == ("G09", "expulsion")
    assert paper.values["commission_vote"][0] == {"option": "Khai trừ", "votes": 6, "share": "66,7"}


def test_what_a_commission_may_decide_is_its_own_setting_over_an_unconfirmed_default(world: Voting) -> None:
    default = powers_of(world.staff.commission)
    assert ("expulsion" in default.beyond, default.confirmed) == (True, False)
    Commission.update(settings={"beyond_own_power": ["expulsion", "removal"]}).execute()
    own = powers_of(Commission.get())
    assert (own.beyond, own.confirmed) == ({"expulsion", "removal"}, True)
    with pytest.raises(Refused, match="vượt thẩm quyền"):
        operations.record_decision(world.head, voted(world, {"removal": 9}).id, removed_post="x", now=NOW)


def test_issue_gives_number_and_effect_from_the_day_of_signing(world: Voting, tmp_path: Path) -> None:
    decision = operations.record_decision(world.head, voted(world, {"warning": 9}).id, now=NOW)
    done = issued(world, decision, tmp_path)
    assert (done.number_text, done.signed_on, done.effective_on) == ("01-QĐ/UBKTTU", TODAY, TODAY)
    assert done.document.state == "issued"
    assert AuditEvent.select().where(AuditEvent.verb == "decision.issued").count() == 1


def test_the_paper_of_one_decision_never_numbers_another(world: Voting, tmp_path: Path) -> None:
    first = operations.record_decision(world.head, voted(world, {"warning": 9}).id, now=NOW)
    values = {
        name: getattr(first, name) for name in ("commission", "case", "subject_name", "penalty", "created_at")
    }
    other = Decision.create(**{**values, "subject_name": "Người thứ hai"})
    issued(world, first, tmp_path)
    assert Decision.get_by_id(first.id).number == 1
    assert Decision.get_by_id(other.id).number is None


def test_a_draft_that_is_deleted_or_voided_can_be_written_anew(world: Voting, tmp_path: Path) -> None:
    decision = operations.record_decision(world.head, voted(world, {"warning": 9}).id, now=NOW)
    draft = papers.draft_decision_paper(world.head, decision.id, vault=VAULT, now=NOW)
    assert papers.draft_decision_paper(world.head, decision.id, vault=VAULT, now=NOW) == draft
    delete_draft(world.head, draft.id, now=NOW)
    done = issued(world, decision, tmp_path)
    void_document(world.staff.actor(Role.CLERK), done.document_id, reason="Sai tên", now=NOW)
    again = issued(world, decision, tmp_path)
    assert (again.number_text, again.document.state) == ("02-QĐ/UBKTTU", "issued")


def test_announcement_sets_the_end_and_the_complaint_window(world: Voting, tmp_path: Path) -> None:
    decision = operations.record_decision(world.head, voted(world, {"warning": 9}).id, now=NOW)
    issued(world, decision, tmp_path)
    done = operations.announce_decision(
        world.chair, decision.id, announced_on=date(2026, 11, 30), received_on=date(2026, 12, 1), now=LATER
    )
    assert (done.ends_on, done.effective_on) == (date(2027, 11, 30), TODAY)
    found = {one.label: one for one in dates_of(done)}
    assert found["Hạn cuối khiếu nại (K-01)"].day == date(2027, 1, 1)
    assert found["Hạn cuối khiếu nại (K-02)"].day == date(2026, 12, 31)
    limit = found["Hạn công bố quyết định"].limit
    assert limit is not None and not limit.confirmed_by_source
    assert found["Hạn công bố quyết định"].day == date(2026, 12, 7)


def test_the_day_of_announcement_stands_and_the_receipt_may_follow(world: Voting, tmp_path: Path) -> None:
    decision = operations.record_decision(world.head, voted(world, {"warning": 9}).id, now=NOW)
    issued(world, decision, tmp_path)
    first, later = date(2026, 11, 30), date(2026, 12, 1)
    operations.announce_decision(world.chair, decision.id, announced_on=first, received_on=None, now=LATER)
    with pytest.raises(Refused, match="30/11/2026"):
        operations.announce_decision(
            world.chair, decision.id, announced_on=later, received_on=None, now=LATER
        )
    done = operations.announce_decision(
        world.chair, decision.id, announced_on=first, received_on=later, now=LATER
    )
    assert (done.announced_on, done.received_on) == (first, later)


def test_a_late_announcement_is_told(world: Voting, tmp_path: Path) -> None:
    decision = operations.record_decision(world.head, voted(world, {"warning": 9}).id, now=NOW)
    issued(world, decision, tmp_path)
    done = operations.announce_decision(
        world.chair, decision.id, announced_on=date(2026, 12, 9), received_on=None, now=LATER
    )
    assert "sau hạn" in dates_of(done)[0].warnings[0]


def test_a_refusal_to_receive_is_recorded_and_goes_into_the_minutes(world: Voting, tmp_path: Path) -> None:
    decision = operations.record_decision(world.head, voted(world, {"warning": 9}).id, now=NOW)
    issued(world, decision, tmp_path)
    operations.announce_decision(
        world.chair, decision.id, announced_on=TODAY, received_on=None, refusal="Không ký nhận", now=NOW
    )
    minutes = papers.draft_announcement(world.head, decision.id, vault=VAULT, now=NOW)
    assert (minutes.form, minutes.values["receipt"], minutes.values["refusal_note"]) == (
        "G12", "refused", "Không ký nhận",
    )  # fmt: skip
    assert minutes.values["decision_number"] == "01-QĐ/UBKTTU"


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"announced_on": date(2026, 11, 21), "received_on": None}, "announced_on"),
        ({"announced_on": date(2026, 11, 23), "received_on": None}, "announced_on"),
        ({"announced_on": TODAY, "received_on": date(2026, 11, 21)}, "received_on"),
        ({"announced_on": TODAY, "received_on": TODAY, "refusal": "Không nhận"}, "refusal"),
    ],
)
def test_days_that_cannot_be_right_are_refused_at_their_field(
    world: Voting, days: dict[str, object], field: str
) -> None:
    decision = operations.record_decision(world.head, voted(world, {"warning": 9}).id, now=NOW)
    Decision.update(signed_on=TODAY).execute()
    with pytest.raises(Invalid) as refused:
        operations.announce_decision(world.chair, decision.id, now=NOW, **days)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_an_unsigned_decision_is_not_announced_and_only_the_chair_announces(world: Voting) -> None:
    decision = operations.record_decision(world.head, voted(world, {"warning": 9}).id, now=NOW)
    with pytest.raises(Refused, match="chưa ký"):
        operations.announce_decision(world.chair, decision.id, announced_on=TODAY, received_on=None, now=NOW)
    with pytest.raises(NotAllowed):
        operations.announce_decision(world.head, decision.id, announced_on=TODAY, received_on=None, now=NOW)


def test_the_register_hides_a_decision_from_its_subject_and_from_a_conflict(world: Voting) -> None:
    decision = operations.record_decision(world.head, voted(world, {"warning": 9}).id, now=NOW)
    Decision.update(signed_on=TODAY, number_text="01-QĐ/UBKTTU").execute()
    subject = a_user(world.staff.commission, Role.CLERK, name="Phạm Văn Mẫu", member=world.party.member)
    conflicted = world.members[5]
    ConflictDeclaration.create(case=world.case, user=conflicted, reason="Anh em", declared_at=NOW)
    for actor in (subject.as_actor(), conflicted.as_actor()):
        assert not visible_to(actor).exists()
        with pytest.raises(NotFound):
            decision_of(actor, decision.id)
    assert visible_to(world.staff.actor(Role.STATISTICIAN)).count() == 1


def test_a_decision_without_number_is_seen_with_its_case_only(world: Voting) -> None:
    operations.record_decision(world.head, voted(world, {"warning": 9}).id, now=NOW)
    assert not visible_to(world.staff.actor(Role.STATISTICIAN)).exists()
    assert visible_to(world.chair).count() == 1


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (DecisionFilter(), 1), (DecisionFilter(text="mẫu"), 1), (DecisionFilter(text="khác"), 0),
        (DecisionFilter(text="pham mau"), 1), (DecisionFilter(text="01-QĐ"), 1),
        (DecisionFilter(penalty="warning"), 1), (DecisionFilter(penalty="removal"), 0),
        (DecisionFilter(kind="body"), 0), (DecisionFilter(year=2026), 1), (DecisionFilter(year=2025), 0),
        (DecisionFilter(state="unannounced"), 1), (DecisionFilter(state="running"), 0),
        (DecisionFilter(state="waiting"), 0), (DecisionFilter(state="ended"), 0),
    ],
)  # fmt: skip
def test_the_register_is_narrowed(world: Voting, wanted: DecisionFilter, found: int) -> None:
    operations.record_decision(world.head, voted(world, {"warning": 9}).id, now=NOW)
    Decision.update(signed_on=TODAY, number_text="01-QĐ/UBKTTU").execute()
    assert filtered(world.chair, wanted, today=TODAY).count() == found
