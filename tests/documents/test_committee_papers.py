"""Who runs a case decides who signs: a committee or an advisory body under its own name and number."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from peewee import Database

from cases.approvals import operations as approvals
from cases.approvals.queries import inbox
from cases.decisions.models import Decision
from cases.decisions.operations import record_outside_decision
from cases.decisions.papers import draft_decision_paper
from cases.documents import operations
from cases.documents.models import Document
from cases.documents.plain_text import plain_text
from cases.documents.rendering import paper_of
from cases.documents.signing import OutsideIssue, outside_signer
from cases.errors import Invalid, NotAllowed, Refused
from cases.lifecycle.models import Case, Party
from cases.people.models import NumberSeries
from cases.registers.queries import OutgoingFilter, outgoing
from cases.sessions.outside_votes import OutsideMinutes, record_outside_vote
from procedures.schema import Owner, Role
from tests.support.letters import open_vault
from tests.support.papers import a_draft, a_full_draft, drawn_at_once, fill, issue, settings_in
from tests.support.running_cases import an_open_case, complete_up_to, row
from tests.support.worlds import NOW, TODAY, Staff, a_member, a_staffed_commission

SIGNED = OutsideIssue("12-QĐ/TU", "Phó Bí thư Thường trực", "Trần Văn Bí")
NEXT_YEAR = datetime(2027, 1, 12, 2, 0, tzinfo=UTC)


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    a_member(post="Bí thư Chi bộ")
    with drawn_at_once():
        yield a_staffed_commission()


@pytest.fixture
def case(staff: Staff) -> Case:
    return an_open_case(staff, "KT-01")


def signed(
    staff: Staff, document: Document, folder: Path, given: OutsideIssue | None = SIGNED, **changes: Any
) -> Document:
    """The paper came back signed; its writer writes number, day and signer down."""
    return operations.issue_document(
        staff.actor(Role.INSPECTOR), document.id, signer_id=None, settings=settings_in(folder), outside=given,
        **{"issued_on": TODAY, "now": NOW, **changes},
    )  # fmt: skip


def test_a_draft_in_a_committees_case_stands_under_its_letterhead_for_its_signature(
    staff: Staff, case: Case
) -> None:
    paper = paper_of(a_draft(staff, "C01", case_id=case.id), today=TODAY)
    assert (paper.superior, paper.issuer) == ("", "TỈNH ỦY AN SƠN")
    assert paper.symbol.endswith("-QĐ/TU")
    assert not any("để báo cáo" in line for line in paper.recipients)
    (signature,) = paper.signatures
    assert (signature.line1, signature.title, signature.name) == ("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "")


def test_the_signed_paper_keeps_the_number_and_signer_of_the_committee(
    staff: Staff, case: Case, tmp_path: Path
) -> None:
    done = signed(staff, a_full_draft(staff, "C01", case), tmp_path)
    assert (done.state, done.symbol, done.number, done.signer) == ("issued", "12-QĐ/TU", 12, None)
    paper = paper_of(done, today=date(2030, 1, 1))
    assert paper.symbol == "Số 12-QĐ/TU"
    assert (paper.signatures[0].title, paper.signatures[0].name) == ("PHÓ BÍ THƯ", "Trần Văn Bí")
    assert NumberSeries.select().where(NumberSeries.series == "QĐ").count() == 0


def test_a_committees_number_is_no_line_of_our_register_and_takes_none_of_our_numbers(
    staff: Staff, case: Case, tmp_path: Path
) -> None:
    signed(staff, a_full_draft(staff, "C01", case), tmp_path)
    ours = an_open_case(staff, "KT-04")
    paper = a_full_draft(staff, "C01", ours)
    approval = approvals.submit(staff.actor(Role.INSPECTOR), paper.id, now=NOW)
    approvals.approve(staff.actor(Role.CHAIR), approval.id, now=NOW)
    mine = issue(staff, Document.get_by_id(paper.id), tmp_path)
    assert (mine.number, mine.symbol) == (1, "01-QĐ/UBKTTU")
    lines = outgoing(staff.actor(Role.CLERK), OutgoingFilter())
    assert [(line.series, line.number) for line in lines] == [("QĐ", 1)]


def test_a_number_stands_once_a_year_in_the_committees_book(staff: Staff, case: Case, tmp_path: Path) -> None:
    signed(staff, a_full_draft(staff, "C01", case), tmp_path)
    other = a_full_draft(staff, "C13", case)
    with pytest.raises(Refused, match="Số 12-QĐ/TU năm 2026 đã ghi cho văn bản khác"):
        signed(staff, other, tmp_path)
    assert Document.get_by_id(other.id).state == "draft"
    assert signed(staff, other, tmp_path, issued_on=date(2027, 1, 11), now=NEXT_YEAR).number == 12


def test_a_paper_written_down_wrongly_is_voided_and_its_number_is_free_again(
    staff: Staff, case: Case, tmp_path: Path
) -> None:
    wrong = signed(staff, a_full_draft(staff, "C01", case), tmp_path)
    voided = operations.void_document(staff.actor(Role.CLERK), wrong.id, reason="Ghi nhầm số", now=NOW)
    assert (voided.state, voided.number, voided.symbol) == ("void", None, "12-QĐ/TU")
    assert signed(staff, a_full_draft(staff, "C13", case), tmp_path).number == 12


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (None, "signer_name"),
        (OutsideIssue("12-QĐ/TU", "", "Trần Văn Bí"), "signer_title"),
        (OutsideIssue("", "Bí thư", "Trần Văn Bí"), "symbol"),
        (OutsideIssue("12-TB/TU", "Bí thư", "Trần Văn Bí"), "symbol"),
        (OutsideIssue("00-QĐ/TU", "Bí thư", "Trần Văn Bí"), "symbol"),
        (OutsideIssue("12-QĐ/" + "X" * 25, "Bí thư", "Trần Văn Bí"), "symbol"),
    ],
)
def test_what_does_not_stand_on_such_a_paper_is_refused_at_its_field(
    staff: Staff, case: Case, tmp_path: Path, given: OutsideIssue | None, field: str
) -> None:
    document = a_full_draft(staff, "C01", case)
    with pytest.raises(Invalid) as refused:
        signed(staff, document, tmp_path, given)
    assert refused.value.field == field
    assert Document.get_by_id(document.id).state == "draft"


def test_our_commission_is_not_asked_to_approve_what_the_committee_signs(staff: Staff, case: Case) -> None:
    document = a_full_draft(staff, "C01", case)
    with pytest.raises(Refused, match="không trình duyệt tại Ủy ban Kiểm tra"):
        approvals.submit(staff.actor(Role.INSPECTOR), document.id, now=NOW)
    assert inbox(staff.actor(Role.CHAIR)) == []


def test_who_may_not_write_papers_may_not_write_down_that_one_was_signed(
    staff: Staff, case: Case, tmp_path: Path
) -> None:
    document = a_full_draft(staff, "C01", case)
    with pytest.raises(NotAllowed):
        operations.issue_document(
            staff.actor(Role.CHAIR), document.id, issued_on=TODAY, signer_id=None, outside=SIGNED,
            settings=settings_in(tmp_path), now=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("form", ["C03", "C04", "C06", "C16"])
def test_papers_of_the_team_stay_the_teams_own(staff: Staff, case: Case, form: str) -> None:
    assert outside_signer(a_draft(staff, form, case_id=case.id)) is None


def test_in_our_own_case_nothing_changes(staff: Staff) -> None:
    document = a_draft(staff, "C01", case_id=an_open_case(staff, "KT-04").id)
    assert outside_signer(document) is None
    assert paper_of(document, today=TODAY).issuer == "ỦY BAN KIỂM TRA"


def test_the_grounds_name_the_working_rules_of_the_body_that_signs(staff: Staff, case: Case) -> None:
    text = plain_text(paper_of(a_draft(staff, "C01", case_id=case.id), today=TODAY))
    assert "Quy chế làm việc của cấp ủy, ban thường vụ cấp ủy" in text


def test_an_advisory_body_signs_under_its_own_name(staff: Staff, tmp_path: Path) -> None:
    unit = "Ban Tổ chức Tỉnh ủy"
    case = an_open_case(staff, "KT-01", run_by=Owner.ADVISORY, unit=unit)
    document = a_full_draft(staff, "C01", case)
    draft = paper_of(document, today=TODAY)
    assert (draft.superior, draft.issuer, draft.signatures[0].line1) == (
        "TỈNH ỦY AN SƠN", "BAN TỔ CHỨC TỈNH ỦY", "TRƯỞNG BAN",
    )  # fmt: skip
    given = OutsideIssue("05-QĐ/BTCTU", "Phó Trưởng Ban", "Lê Thị Tổ")
    done = paper_of(signed(staff, document, tmp_path, given), today=TODAY)
    assert (done.symbol, done.signatures[0].line1) == ("Số 05-QĐ/BTCTU", "PHÓ TRƯỞNG BAN")


def test_a_discipline_decision_of_the_committee_takes_the_committees_number_into_our_register(
    staff: Staff, tmp_path: Path
) -> None:
    case = an_open_case(staff, "KL-01")
    complete_up_to(staff, case, "KT1")
    head = staff.actor(Role.HEAD_OF_SECTION)
    minutes = OutsideMinutes(
        body_name="Ban Thường vụ Tỉnh ủy", held_on=TODAY, base_total=15, present=15, invalid=0,
        votes={"warning": 15},
    )  # fmt: skip
    party = Party.get(Party.case == case.id)
    vote = record_outside_vote(head, row(case, "KT1").id, party_id=party.id, minutes=minutes, now=NOW)
    decision = record_outside_decision(head, vote.id, now=NOW)
    draft = draft_decision_paper(staff.actor(Role.INSPECTOR), decision.id, vault=open_vault(), now=NOW)
    found = [{"content": "Cấp đất sai đối tượng", "rule": "Điều 8"}]
    paper = fill(staff.actor(Role.INSPECTOR), draft, violations=found, effective_on=TODAY.isoformat())
    signed(staff, paper, tmp_path, OutsideIssue("31-QĐ/TU", "Bí thư", "Trần Văn Bí"))
    kept = Decision.get_by_id(decision.id)
    assert (kept.number_text, kept.signed_on, kept.deciding_body) == (
        "31-QĐ/TU", TODAY, "Ban Thường vụ Tỉnh ủy",
    )  # fmt: skip
