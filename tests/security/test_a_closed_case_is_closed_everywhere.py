"""Every address that leads to one case, tried by people of every role to whom that case is closed."""

from collections.abc import Iterator

import pytest
from flask import Flask

from cases.deadlines.models import Deadline, DeadlineChange
from cases.evidence.models import Evidence
from cases.lifecycle.models import Allegation, CaseStep, ConflictDeclaration, Finding, Party, Postponement
from cases.people.models import User
from procedures.schema import Role
from tests.support.running_app import signed_in
from tests.support.running_cases import an_issued_paper
from tests.support.voting import Voting, an_open_ballot, in_session
from tests.support.worlds import NOW, TODAY, a_commission, a_user

PARTS = {
    "case_id", "step_id", "deadline_id", "change_id", "document_id", "evidence_id", "item_id", "ballot_id",
    "party_id", "allegation_id",
    "finding_id", "postponement_id",
}  # fmt: skip
"""Arguments of addresses that name a part of a case."""


def ids_of(world: Voting) -> dict[str, int | str]:
    case, head = world.case, world.staff.users[Role.TEAM_HEAD]
    paper = an_issued_paper(world.staff, case, "C01")
    deadline = Deadline.get_or_none(Deadline.case == case.id) or Deadline.create(
        case=case, limit_id="L-01", label="Thời hạn", start_event="case_opened", started_on=TODAY
    )
    change = DeadlineChange.create(
        deadline=deadline, kind="extension", amount=1, reason="Lý do", requested_by=head, requested_at=NOW
    )
    evidence = Evidence.create(
        case=case, number=1, title="Biên bản", kind="record", received_on=TODAY, added_by=head, added_at=NOW
    )
    allegation = Allegation.create(case=case, number=90, text="Nội dung")
    item = world.session.agenda.get()
    postponement = Postponement.create(
        party=Party.get(Party.case == case.id), ground="treatment", from_on=TODAY, reason="Lý do",
        recorded_by=head, recorded_at=NOW,
    )  # fmt: skip
    return {
        "case_id": case.id, "step_id": CaseStep.get(CaseStep.case == case.id).id, "deadline_id": deadline.id,
        "change_id": change.id, "document_id": paper.id, "evidence_id": evidence.id, "item_id": item.id,
        "ballot_id": item.ballots.get().id, "party_id": Party.get(Party.case == case.id).id,
        "allegation_id": allegation.id, "finding_id": Finding.get(Finding.case == case.id).id,
        "postponement_id": postponement.id, "follow_up_id": 1, "key": "B1", "kind": "pdf",
    }  # fmt: skip


def addresses(app: Flask, ids: dict[str, int | str]) -> Iterator[tuple[str, str]]:
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.arguments & PARTS:
                for method in {"GET", "POST"} & (rule.methods or set()):
                    yield method, app.url_map.bind("localhost").build(rule.endpoint, ids, method=method)


def a_stranger(world: Voting, why: str) -> User:
    """Somebody of every role to whom the case is closed all the same."""
    if why == "another commission":
        return a_user(a_commission("xa", name="Ủy ban Kiểm tra Đảng ủy xã", level="xa"), *Role)
    person = a_user(world.staff.commission, *Role, member=world.party.member if why == "subject" else None)
    if why == "conflict":
        ConflictDeclaration.create(case=world.case, user=person, reason="Người thân", declared_at=NOW)
    return person


@pytest.mark.parametrize("why", ["another commission", "subject", "conflict", "no role"])
def test_no_address_opens_a_part_of_a_case_that_is_closed_to_a_person(app: Flask, why: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    world, item = in_session()
    an_open_ballot(world, item)
    ids = ids_of(world)
    person = a_user(world.staff.commission) if why == "no role" else a_stranger(world, why)
    client = signed_in(app, person).client
    tried = list(addresses(app, ids))
    answers = {(method, path): client.open(path, method=method).status_code for method, path in tried}
    assert len(tried) > 60
    assert {place: status for place, status in answers.items() if status not in (403, 404)} == {}
