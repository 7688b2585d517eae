"""What must never be is refused by the tables themselves, on both engines, under a name that says why."""

from datetime import date
from typing import Any

import pytest
from peewee import Database, IntegrityError

from cases.approvals.models import Approval
from cases.db import BaseModel
from cases.deadlines.models import Deadline, DeadlineChange
from cases.decisions.models import Decision
from cases.documents.models import Document
from cases.intake.models import Letter
from cases.lifecycle.models import Case, CaseStep, Party
from cases.parties.models import Member
from cases.people.models import NumberSeries
from cases.sessions.models import AgendaItem, Ballot, Session
from procedures.schema import Role
from tests.support.valid_rows import ValidRows
from tests.support.worlds import NOW, TODAY, a_staffed_commission, an_organisation

SAME = object()  # the same person as the one who asked or wrote
BEFORE = date(1990, 1, 1)

IMPOSSIBLE: dict[str, tuple[type[BaseModel], dict[str, Any], str]] = {
    "a requester approves": (Approval, {"decided_by": SAME}, "decided_by_id_requested_by_id"),
    "an approval is decided without a date": (
        Approval, {"decided_at": None, "decided_by": None}, "state_decided_at",
    ),
    "an approval is decided by nobody": (Approval, {"decided_by": None}, "decided_by_id_decided_at"),
    "an approval still waits although it was decided": (Approval, {"state": "waiting"}, "state_decided_at"),
    "a paper is returned without remarks": (Approval, {"state": "returned"}, "state_remarks"),
    "a number without a series": (Document, {"series": None}, "number_series_term"),
    "a number without a term": (Document, {"term": None}, "number_series_term"),
    "number zero": (Document, {"number": 0}, "number_series_term"),
    "a draft has a number": (Document, {"state": "draft"}, "number_state"),
    "a paper is issued without its snapshot": (Document, {"snapshot": None}, "state_issued_on"),
    "a paper is issued without a date": (Document, {"issued_on": None}, "state_issued_on"),
    "a paper is issued without its PDF": (Document, {"pdf_sha256": ""}, "state_issued_on"),
    "a paper is void without a reason": (Document, {"state": "void"}, "state_void_reason"),
    "a case is closed without a date": (Case, {"closed_on": None}, "state_closed_on"),
    "an open case has a closing date": (Case, {"state": "open"}, "state_closed_on"),
    "a branch without the case it left": (Case, {"origin": "branch"}, "origin_parent_id"),
    "a period ends before it begins": (
        Case, {"period_from": TODAY, "period_to": BEFORE}, "period_to_period_from",
    ),
    "a step is completed without a date": (CaseStep, {"completed_on": None}, "state_completed_on"),
    "a step is skipped without a reason": (CaseStep, {"state": "skipped"}, "state_reason"),
    "a ballot is counted without a date": (Ballot, {"counted_at": None}, "state_counted_at"),
    "more slips issued than people present": (Ballot, {"issued": 9}, "issued_present_base_total"),
    "more people present than members": (Ballot, {"present": 10}, "issued_present_base_total"),
    "more slips returned than issued": (Ballot, {"returned": 9, "valid": 8}, "returned_issued_valid"),
    "slips that are neither valid nor invalid": (Ballot, {"valid": 6}, "returned_issued_valid"),
    "a session is open without its members counted": (
        Session, {"total_members": None}, "state_total_members",
    ),
    "an item is concluded without a conclusion": (AgendaItem, {"conclusion": ""}, "state_conclusion"),
    "an extension without an amount": (DeadlineChange, {"amount": None}, "kind_amount"),
    "an extension of no days": (DeadlineChange, {"amount": 0}, "kind_amount"),
    "a pause without a beginning": (DeadlineChange, {"kind": "pause"}, "kind_pause_from"),
    "a requester extends": (DeadlineChange, {"decided_by": SAME}, "decided_by_id_requested_by_id"),
    "an extension without a reason": (DeadlineChange, {"reason": ""}, "reason"),
    "a deadline is met without a date": (Deadline, {"met_on": None}, "state_met_on"),
    "a member is official before joining": (Member, {"official_on": BEFORE}, "official_on_joined_on"),
    "a letter is decided without a handling": (Letter, {"handling": ""}, "state_handling"),
    "a letter is handled without a date": (Letter, {"handled_on": None}, "handling_handled_on"),
    "who proposed decides the letter": (Letter, {"proposed_by": SAME}, "handled_by_id_proposed_by_id"),
    "who logged decides the letter": (Letter, {"created_by": SAME}, "handled_by_id_created_by_id"),
    "a decision is announced before it is signed": (
        Decision, {"announced_on": BEFORE}, "announced_on_signed_on",
    ),
    "a removal from no post": (Decision, {"removed_post": ""}, "penalty_removed_post_case_id"),
    "an organisation is expelled": (
        Decision, {"subject_kind": "body", "penalty": "expulsion"}, "subject_kind_penalty",
    ),
    "a series continues with number zero": (NumberSeries, {"next_number": 0}, "next_number"),
}  # fmt: skip
ASKED_BY = {"decided_by": "requested_by", "proposed_by": "handled_by", "created_by": "handled_by"}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_it_is_refused_that(database: Database, what: str) -> None:
    model, changes, check = IMPOSSIBLE[what]
    row = ValidRows(a_staffed_commission([Role.CLERK, Role.TEAM_HEAD, Role.CHAIR])).row(model)
    spoilt = row | {key: row[ASKED_BY[key]] if value is SAME else value for key, value in changes.items()}
    with pytest.raises(IntegrityError, match=f"{model._meta.table_name}_{check}"), database.atomic():
        model.create(**spoilt)
    assert model.create(**row).id, "the row is refused for another reason than the one it was spoilt for"


def test_a_party_is_not_a_member_and_an_organisation(database: Database) -> None:
    row = ValidRows(a_staffed_commission([Role.CLERK, Role.TEAM_HEAD, Role.CHAIR])).row(Party)
    with pytest.raises(IntegrityError, match="party_member_id_organisation_id_check"), database.atomic():
        Party.create(**row, organisation=an_organisation())
    assert Party.create(**row).id


def test_a_number_is_given_once_in_a_series_and_term(database: Database) -> None:
    row = ValidRows(a_staffed_commission([Role.CLERK, Role.TEAM_HEAD, Role.CHAIR])).row(Document)
    Document.create(**row)
    with pytest.raises(IntegrityError), database.atomic():
        Document.create(**row)
    assert Document.create(**row | {"term": "2030-2035", "issued_at": NOW}).id
