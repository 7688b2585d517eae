"""Cases that lead to others: the chain TC-03 → KT-04 → KL-02, what goes along and what does not."""

from collections.abc import Iterator
from typing import Any

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.errors import Invalid, NotAllowed, NotFound, Refused
from cases.evidence.models import Evidence
from cases.evidence.operations import EvidenceData, add_evidence, withdraw_evidence
from cases.lifecycle import operations, queries
from cases.lifecycle.models import Case, CaseLetter
from cases.lifecycle.operations import FindingData, NewParty, TeamPost
from cases.lifecycle.progress import on_team, parties_of
from procedures.schema import Role
from tests.support.letters import SENDER, a_decided_letter, open_vault
from tests.support.running_cases import (
    WITHOUT,
    a_team,
    an_open_case,
    complete_up_to,
    ready_keys,
    row,
    subject,
)
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, a_user, an_organisation


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    open_vault()
    yield a_staffed_commission()


@pytest.fixture
def denunciation(staff: Staff) -> Case:
    letter = a_decided_letter(staff, handling="accepted")
    case = an_open_case(
        staff, "TC-03", by=Role.CHAIR, letter_ids=[letter.id], allegations=["Cấp đất sai đối tượng"]
    )
    complete_up_to(staff, case, "TH3")
    return case


def switch(staff: Staff, case: Case) -> Case:
    return operations.switch_case(
        staff.actor(Role.TEAM_HEAD), case.id, to="KT-04", reason="Có dấu hiệu vi phạm ngoài đơn",
        without_papers={"B05": WITHOUT}, now=NOW,
    )  # fmt: skip


def test_switching_ends_the_first_case_and_carries_its_matter_along(staff: Staff, denunciation: Case) -> None:
    inspector = staff.actor(Role.INSPECTOR)
    kept = EvidenceData(title="Sơ đồ phân lô", kind="document", received_on=TODAY)
    add_evidence(inspector, denunciation.id, kept, now=NOW)
    gone = add_evidence(inspector, denunciation.id, kept, now=NOW)
    withdraw_evidence(inspector, gone.id, reason="Trùng", now=NOW)
    opened = switch(staff, denunciation)
    old = Case.get_by_id(denunciation.id)
    assert (old.state, old.outcome, old.closed_on) == ("switched", "switched", TODAY)
    assert (opened.procedure, opened.parent, opened.branch_kind, opened.origin) == (
        "KT-04", old, "switch", "branch",
    )  # fmt: skip
    assert [party.member for party in parties_of(opened)] == [subject()]
    assert [item.text for item in opened.allegations] == ["Cấp đất sai đối tượng"]
    assert {member.user_id for member in on_team(opened)} == {post.user_id for post in a_team(staff)}
    (carried,) = Evidence.select().where(Evidence.case == opened.id)
    assert (carried.number, carried.carried_from.case, carried.title) == (1, old, "Sơ đồ phân lô")


def test_switching_keeps_the_letter_but_never_the_sender(staff: Staff, denunciation: Case) -> None:
    opened = switch(staff, denunciation)
    assert CaseLetter.select().where(CaseLetter.case == opened.id).count() == 1
    events = AuditEvent.select().where(AuditEvent.case_id == opened.id)
    written = " ".join(str(event.data) for event in events)
    stored = " ".join(map(str, Case.get_by_id(opened.id).__data__.values()))
    assert SENDER.name not in written + stored
    assert SENDER.address not in written + stored


def test_switching_stops_the_clocks_of_the_first_case(staff: Staff, denunciation: Case) -> None:
    assert "running" in {deadline.state for deadline in denunciation.deadlines}
    switch(staff, denunciation)
    assert {deadline.state for deadline in denunciation.deadlines} <= {"cancelled", "met"}


def test_a_switch_needs_its_paper_or_a_reason_and_writes_nothing_without(
    staff: Staff, denunciation: Case
) -> None:
    with pytest.raises(Refused, match="B05"):
        operations.switch_case(
            staff.actor(Role.TEAM_HEAD), denunciation.id, to="KT-04", reason="Dấu hiệu khác", now=NOW
        )
    assert Case.select().count() == 1
    assert ready_keys(denunciation) == ["TH3"]


def test_a_case_is_switched_only_where_its_procedure_leads(staff: Staff, denunciation: Case) -> None:
    with pytest.raises(Refused):
        operations.switch_case(
            staff.actor(Role.TEAM_HEAD), denunciation.id, to="KL-02", reason="Thử", now=NOW
        )
    early = an_open_case(staff, "TC-03")
    with pytest.raises(Refused, match="Chưa đến bước"):
        switch(staff, early)


def test_a_discipline_case_takes_the_chosen_parties_with_their_findings(staff: Staff) -> None:
    case = an_open_case(staff, parties=[NewParty(member_id=subject().id), NewParty(name="Người Thứ Hai")])
    first, second = parties_of(case)
    actor = staff.actor(Role.INSPECTOR)
    for party in (first, second):
        found = FindingData(text=f"Vi phạm của {party.name}", party_id=party.id)
        operations.record_finding(actor, case.id, found, now=NOW)
    complete_up_to(staff, case, "KT6")
    opened = operations.open_branch(
        staff.actor(Role.TEAM_HEAD), case.id, party_ids=[first.id], reason="Đến mức kỷ luật", now=NOW
    )
    assert (opened.procedure, opened.branch_kind) == ("KL-02", "discipline")
    assert [party.name for party in parties_of(opened)] == [first.name]
    (carried,) = opened.findings
    assert (carried.text, carried.party) == (f"Vi phạm của {first.name}", parties_of(opened)[0])
    assert row(case, "KT5").state == "completed"
    assert Case.get_by_id(case.id).state == "open"


def test_nobody_is_disciplined_twice_at_once_for_the_same_case(staff: Staff) -> None:
    case = an_open_case(staff)
    complete_up_to(staff, case, "KT6")
    party = parties_of(case)[0]

    def refer() -> Case:
        return operations.open_branch(
            staff.actor(Role.TEAM_HEAD), case.id, party_ids=[party.id], reason="Đến mức kỷ luật", now=NOW
        )

    opened = refer()
    with pytest.raises(Refused, match=opened.code):
        refer()
    with pytest.raises(Invalid):
        operations.open_branch(
            staff.actor(Role.TEAM_HEAD), case.id, party_ids=[], reason="Đến mức kỷ luật", now=NOW
        )


def test_the_chain_of_cases_is_told_to_whoever_may_see_them(staff: Staff, denunciation: Case) -> None:
    inspection = switch(staff, denunciation)
    complete_up_to(staff, inspection, "KT6")
    party = parties_of(inspection)[0]
    discipline = operations.open_branch(
        staff.actor(Role.TEAM_HEAD), inspection.id, party_ids=[party.id], reason="Kỷ luật", now=NOW
    )
    codes = [denunciation.code, inspection.code, discipline.code]
    for case in (denunciation, inspection, discipline):
        chain = queries.chain_of(staff.actor(Role.CHAIR), case)
        assert [one.code for one in chain] == codes


def test_a_conflict_declared_before_holds_in_the_branches(staff: Staff, denunciation: Case) -> None:
    other = a_user(staff.commission, Role.INSPECTOR, name="Mai Văn Khác")
    operations.declare_conflict(
        staff.actor(Role.CHAIR), denunciation.id, user_id=other.id, reason="Họ hàng", now=NOW
    )
    inspection = switch(staff, denunciation)
    with pytest.raises(Invalid, match="xung đột lợi ích"):
        operations.name_team(
            staff.actor(Role.CHAIR), inspection.id, [*a_team(staff), TeamPost(other.id, "member")], now=NOW
        )


def test_a_declared_conflict_takes_the_person_off_the_case(staff: Staff) -> None:
    case, directing = an_open_case(staff), staff.actor(Role.COMMISSIONER)
    operations.declare_conflict(directing, case.id, reason="Là vợ của đối tượng", now=NOW)
    assert Case.get_by_id(case.id).directing is None
    with pytest.raises(NotFound):
        queries.case_of(directing, case.id)


def test_only_who_assigns_names_teams_and_declares_for_others(staff: Staff) -> None:
    case, inspector = an_open_case(staff), staff.actor(Role.INSPECTOR)
    with pytest.raises(NotAllowed):
        operations.name_team(inspector, case.id, a_team(staff), now=NOW)
    with pytest.raises(NotAllowed):
        other = staff.users[Role.TEAM_HEAD].id
        operations.declare_conflict(inspector, case.id, user_id=other, reason="Nghi ngờ", now=NOW)


def test_people_left_out_of_a_team_leave_it_and_may_come_back(staff: Staff) -> None:
    case, chair = an_open_case(staff), staff.actor(Role.CHAIR)
    head, inspector = a_team(staff)
    operations.name_team(chair, case.id, [head], now=NOW)
    assert [member.user_id for member in on_team(case)] == [head.user_id]
    with pytest.raises(NotFound):
        queries.case_of(staff.actor(Role.INSPECTOR), case.id)
    operations.name_team(chair, case.id, [head, inspector], now=NOW)
    assert len(on_team(case)) == 2


def test_a_finding_that_reaches_discipline_names_rule_and_group(staff: Staff) -> None:
    case, actor = an_open_case(staff), staff.actor(Role.INSPECTOR)
    with pytest.raises(Invalid) as refusal:
        operations.record_finding(actor, case.id, FindingData(text="Cấp đất sai", disciplinary=True), now=NOW)
    assert refusal.value.field == "rule_broken"
    with pytest.raises(Invalid) as refusal:
        operations.record_finding(actor, case.id, FindingData(text="Cấp đất sai", group="made-up"), now=NOW)
    assert refusal.value.field == "group"
    assert not case.findings.exists()


def test_a_subject_known_by_name_is_identified_and_a_colleague_so_named_leaves_the_case(staff: Staff) -> None:
    case = an_open_case(staff, parties=[NewParty(name="Phạm Văn M.")])
    member = subject()
    inspector = staff.users[Role.INSPECTOR]
    inspector.member = member
    inspector.save()
    party = parties_of(case)[0]
    found = operations.identify_party(staff.actor(Role.TEAM_HEAD), party.id, member_id=member.id, now=NOW)
    assert (found.name, found.member) == ("Phạm Văn Mẫu", member)
    assert inspector.id not in {one.user_id for one in on_team(case)}
    with pytest.raises(NotFound):
        queries.case_of(inspector.as_actor(), case.id)
    with pytest.raises(Refused):
        operations.identify_party(staff.actor(Role.TEAM_HEAD), party.id, member_id=member.id, now=NOW)


def test_one_more_subject_is_named_once(staff: Staff) -> None:
    case, actor = an_open_case(staff, parties=[NewParty(name="Người Thứ Nhất")]), staff.actor(Role.TEAM_HEAD)
    operations.add_party(actor, case.id, NewParty(member_id=subject().id), now=NOW)
    with pytest.raises(Refused, match="đã là đối tượng"):
        operations.add_party(actor, case.id, NewParty(member_id=subject().id), now=NOW)
    found = queries.find_cases(staff.actor(Role.CHAIR), queries.CaseFilter(text="pham van mau"), today=TODAY)
    assert found.total == 1


def test_a_discipline_case_names_subjects_who_were_not_in_the_first_one(staff: Staff) -> None:
    """A body was inspected; the member answerable for it goes into the discipline case of members."""
    body = an_organisation()
    on_a_body = NewParty(kind="body", organisation_id=body.id)
    case = an_open_case(staff, "KT-03", parties=[on_a_body])
    complete_up_to(staff, case, "KT7")
    answerable = NewParty(member_id=subject().id)

    def open_it(**how: Any) -> Case:
        return operations.open_branch(
            staff.actor(Role.TEAM_HEAD), case.id, reason="Vi phạm rõ",
            to="KL-02", without_papers={"G02": WITHOUT, "G03": WITHOUT}, now=NOW, **how,
        )  # fmt: skip

    with pytest.raises(Invalid):
        open_it(party_ids=[])
    with pytest.raises(Invalid):
        open_it(party_ids=[parties_of(case)[0].id])
    opened = open_it(party_ids=[], others=[answerable])
    assert [party.name for party in parties_of(opened)] == ["Phạm Văn Mẫu"]
    assert opened.parent_id == case.id


def test_a_switch_leaves_behind_the_subjects_the_procedure_is_not_made_for(staff: Staff) -> None:
    case = an_open_case(staff, "KT-05", parties=[NewParty(kind="body", organisation_id=an_organisation().id)])
    complete_up_to(staff, case, "TH6")
    with pytest.raises(Invalid):
        operations.switch_case(
            staff.actor(Role.TEAM_HEAD), case.id, to="KT-04", reason="Có dấu hiệu vi phạm",
            without_papers={"B05": WITHOUT}, now=NOW,
        )  # fmt: skip
    assert Case.get_by_id(case.id).state == "open"
    opened = operations.switch_case(
        staff.actor(Role.TEAM_HEAD), case.id, to="KT-04", reason="Có dấu hiệu vi phạm",
        others=[NewParty(member_id=subject().id)], without_papers={"B05": WITHOUT}, now=NOW,
    )  # fmt: skip
    assert [party.name for party in parties_of(opened)] == ["Phạm Văn Mẫu"]
