"""Submit, approve or return: who asks or wrote never decides, and every step happens once."""

import pytest
from peewee import Database, IntegrityError

from cases.approvals import operations, queries
from cases.approvals.models import Approval
from cases.db import database as proxy
from cases.documents import operations as documents, rendering
from cases.documents.models import Document
from cases.errors import Invalid, NotAllowed, NotFound, Refused
from cases.lifecycle.models import Case
from cases.people.actor import Actor
from cases.people.models import User
from procedures.schema import Role
from tests.support.letters import open_vault
from tests.support.papers import a_draft, a_full_draft, fill
from tests.support.running_cases import an_open_case
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, a_user


@pytest.fixture
def staff(database: Database) -> Staff:
    return a_staffed_commission()


@pytest.fixture
def case(staff: Staff) -> Case:
    return an_open_case(staff)


@pytest.fixture
def paper(staff: Staff, case: Case) -> Document:
    return a_full_draft(staff, "C19", case)


@pytest.fixture
def both(staff: Staff) -> Actor:
    """A person who may write papers and approve them."""
    return a_user(
        staff.commission, Role.CHAIR, Role.HEAD_OF_SECTION, name="Cao Văn Cả", username="ca"
    ).as_actor()


def submit(staff: Staff, paper: Document, *, by: Role = Role.INSPECTOR, to: User | None = None) -> Approval:
    return operations.submit(staff.actor(by), paper.id, approver_id=to.id if to else None, now=NOW)


def state_of(paper: Document) -> str:
    return str(Document.get_by_id(paper.id).state)


def test_a_paper_is_submitted_to_the_role_that_signs_it_and_approved_by_it(
    staff: Staff, paper: Document
) -> None:
    approval = submit(staff, paper)
    assert (approval.role, state_of(paper)) == (Role.CHAIR.value, "submitted")
    assert [one.id for one in queries.inbox(staff.actor(Role.CHAIR))] == [approval.id]
    assert queries.inbox(staff.actor(Role.COMMISSIONER)) == []
    decided = operations.approve(staff.actor(Role.CHAIR), approval.id, now=NOW)
    assert (decided.state, decided.decided_by.id) == ("approved", staff.users[Role.CHAIR].id)
    assert state_of(paper) == "approved"
    assert queries.inbox(staff.actor(Role.CHAIR)) == []


def test_a_returned_paper_goes_back_with_remarks_and_comes_again_as_the_next_draft(
    staff: Staff, paper: Document
) -> None:
    assert rendering.paper_of(paper, today=TODAY).draft == "Dự thảo lần 1"
    first = submit(staff, paper)
    assert rendering.paper_of(Document.get_by_id(paper.id), today=TODAY).draft == "Dự thảo lần 1"
    operations.return_for_changes(staff.actor(Role.CHAIR), first.id, remarks="Ghi rõ nguyên nhân", now=NOW)
    back = Document.get_by_id(paper.id)
    assert back.state == "returned"
    assert rendering.paper_of(back, today=TODAY).draft == "Dự thảo lần 2"
    returned = queries.last_return(back)
    assert returned is not None and returned.remarks == "Ghi rõ nguyên nhân"
    second = submit(staff, paper)
    assert queries.last_return(Document.get_by_id(paper.id)) is None
    operations.approve(staff.actor(Role.CHAIR), second.id, now=NOW)
    assert rendering.paper_of(Document.get_by_id(paper.id), today=TODAY).draft == ""


def test_returning_without_a_word_is_refused(staff: Staff, paper: Document) -> None:
    approval = submit(staff, paper)
    with pytest.raises(Invalid) as refused:
        operations.return_for_changes(staff.actor(Role.CHAIR), approval.id, remarks="  ", now=NOW)
    assert refused.value.field == "remarks"
    assert state_of(paper) == "submitted"


def test_who_asked_does_not_decide_even_with_the_right_role(
    staff: Staff, paper: Document, both: Actor
) -> None:
    approval = operations.submit(both, paper.id, now=NOW)
    with pytest.raises(NotAllowed, match="không được tự duyệt"):
        operations.approve(both, approval.id, now=NOW)
    assert queries.inbox(both) == []
    assert [one.id for one in queries.inbox(staff.actor(Role.CHAIR))] == [approval.id]


def test_who_wrote_does_not_decide_though_another_asked(staff: Staff, case: Case, both: Actor) -> None:
    draft = documents.draft_document(both, form="C19", vault=open_vault(), case_id=case.id, now=NOW)
    approval = submit(staff, fill(both, draft))
    with pytest.raises(NotAllowed, match="người soạn"):
        operations.approve(both, approval.id, now=NOW)
    with pytest.raises(NotAllowed, match="người soạn"):
        operations.return_for_changes(both, approval.id, remarks="Sửa", now=NOW)
    assert queries.inbox(both) == []
    with pytest.raises(Invalid) as refused:
        submit(staff, a_full_draft(staff, "C19", case), to=staff.users[Role.INSPECTOR])
    assert refused.value.field == "approver"


def test_the_database_itself_refuses_a_decision_by_who_asked(staff: Staff, paper: Document) -> None:
    approval = submit(staff, paper)
    change = Approval.update(state="approved", decided_by=approval.requested_by_id, decided_at=NOW)
    with pytest.raises(IntegrityError), proxy.atomic():
        change.where(Approval.id == approval.id).execute()
    assert Approval.get_by_id(approval.id).state == "waiting"


@pytest.mark.parametrize("state", ["approved", "returned"])
def test_the_database_itself_refuses_a_decision_of_nobody(staff: Staff, paper: Document, state: str) -> None:
    approval = submit(staff, paper)
    with pytest.raises(IntegrityError), proxy.atomic():
        Approval.update(state=state, remarks="x").where(Approval.id == approval.id).execute()


def test_a_paper_submitted_to_one_person_waits_for_that_person_alone(staff: Staff, paper: Document) -> None:
    deputy = a_user(staff.commission, Role.CHAIR, name="Hà Văn Phó", username="pho")
    approval = submit(staff, paper, to=deputy)
    assert queries.inbox(staff.actor(Role.CHAIR)) == []
    with pytest.raises(NotAllowed, match="đích danh"):
        operations.approve(staff.actor(Role.CHAIR), approval.id, now=NOW)
    operations.approve(deputy.as_actor(), approval.id, now=NOW)
    assert state_of(paper) == "approved"


@pytest.mark.parametrize("chosen", [Role.INSPECTOR, Role.CLERK])
def test_a_person_who_may_not_approve_cannot_be_named(staff: Staff, paper: Document, chosen: Role) -> None:
    with pytest.raises(Invalid) as refused:
        submit(staff, paper, to=staff.users[chosen])
    assert refused.value.field == "approver"
    assert state_of(paper) == "draft"


def test_a_person_outside_the_case_cannot_be_named(staff: Staff, paper: Document) -> None:
    outsider = a_user(staff.commission, Role.TEAM_HEAD, name="Mai Văn Ngoài", username="ngoai")
    with pytest.raises(NotFound):
        submit(staff, paper, to=outsider)


def test_a_role_that_does_not_sign_does_not_decide(staff: Staff, paper: Document) -> None:
    approval = submit(staff, paper)
    with pytest.raises(NotAllowed, match="cấp có thẩm quyền khác"):
        operations.approve(staff.actor(Role.COMMISSIONER), approval.id, now=NOW)
    with pytest.raises(NotAllowed):
        operations.approve(staff.actor(Role.CLERK), approval.id, now=NOW)


def test_a_decision_is_made_once(staff: Staff, paper: Document) -> None:
    approval = submit(staff, paper)
    operations.approve(staff.actor(Role.CHAIR), approval.id, now=NOW)
    with pytest.raises(Refused, match="đã được quyết định"):
        operations.return_for_changes(staff.actor(Role.CHAIR), approval.id, remarks="Thôi", now=NOW)
    assert state_of(paper) == "approved"


def test_a_paper_with_gaps_is_not_submitted_and_every_gap_is_named(staff: Staff, case: Case) -> None:
    draft = a_draft(staff, "C19", case_id=case.id)
    with pytest.raises(Refused) as refused:
        submit(staff, draft)
    for label in ("Ưu điểm", "Hạn chế, khuyết điểm, vi phạm", "Yêu cầu sau kiểm tra"):
        assert label in refused.value.message


def test_a_paper_waits_for_one_decision_at_a_time(staff: Staff, paper: Document) -> None:
    submit(staff, paper)
    with pytest.raises(Refused, match="đã trình"):
        submit(staff, paper)


def test_minutes_are_not_submitted(staff: Staff, case: Case) -> None:
    with pytest.raises(Refused, match="không phải trình duyệt"):
        submit(staff, a_full_draft(staff, "C06", case))


def test_what_was_submitted_can_be_taken_back_by_who_asked_until_it_is_decided(
    staff: Staff, paper: Document
) -> None:
    approval = submit(staff, paper)
    with pytest.raises(NotAllowed, match="người trình"):
        operations.withdraw(staff.actor(Role.TEAM_HEAD), approval.id, now=NOW)
    operations.withdraw(staff.actor(Role.INSPECTOR), approval.id, now=NOW)
    assert state_of(paper) == "draft"
    assert rendering.paper_of(Document.get_by_id(paper.id), today=TODAY).draft == "Dự thảo lần 1"
    again = submit(staff, paper)
    operations.approve(staff.actor(Role.CHAIR), again.id, now=NOW)
    with pytest.raises(Refused, match="không rút lại được"):
        operations.withdraw(staff.actor(Role.INSPECTOR), again.id, now=NOW)


def test_a_submitted_paper_is_not_changed_under_the_eyes_of_the_approver(
    staff: Staff, paper: Document
) -> None:
    submit(staff, paper)
    current = Document.get_by_id(paper.id)
    with pytest.raises(Refused, match="không sửa được"):
        documents.save_draft(
            staff.actor(Role.INSPECTOR), paper.id, values={}, version=current.version, now=NOW
        )
    with pytest.raises(Refused, match="bản thảo"):
        documents.delete_draft(staff.actor(Role.INSPECTOR), paper.id, now=NOW)
