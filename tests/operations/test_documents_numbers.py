"""Issuing: a number once and for ever, bytes that never change, and nothing lost when something breaks.

In most of these tests drawing is replaced by a fast stand-in (`drawn_at_once`): what is tested is the
number and the keeping; what a printed paper looks like is tested in tests/documents.
"""

import hashlib
import multiprocessing
from datetime import date, timedelta
from pathlib import Path

import pytest
from peewee import Database

from cases import files
from cases.audit.models import AuditEvent
from cases.audit.operations import first_broken_event
from cases.documents import operations, rendering
from cases.documents.errors import PdfEngineFailed
from cases.documents.models import Document
from cases.errors import Invalid, NotAllowed, NotFound, Refused
from cases.lifecycle.models import Case
from procedures.schema import Role
from tests.support.paper_races import die_while_drawing, issue_papers, issue_until_refused
from tests.support.papers import (
    a_full_draft,
    an_approved_paper,
    drawn_at_once,
    issue,
    many_approved_papers,
    settings_in,
)
from tests.support.races import in_processes
from tests.support.running_cases import an_open_case
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission

PAPERS = 200


@pytest.fixture
def staff(database: Database) -> Staff:
    return a_staffed_commission()


@pytest.fixture
def case(staff: Staff) -> Case:
    return an_open_case(staff)


def desk(staff: Staff, folder: Path) -> tuple[str, int, int]:
    return str(folder / "instance"), staff.users[Role.CLERK].id, staff.users[Role.CHAIR].id


def test_two_clerks_issue_200_papers_from_one_series_in_two_processes_without_double_or_gap(
    database_url: str, staff: Staff, case: Case, tmp_path: Path
) -> None:
    papers = many_approved_papers(staff, "C19", count=PAPERS)
    who = desk(staff, tmp_path)
    first, second = in_processes(
        issue_papers, (database_url, *who, papers[::2]), (database_url, *who, papers[1::2])
    )
    assert first == sorted(first) and second == sorted(second)
    assert sorted(first + second) == list(range(1, PAPERS + 1))
    assert min(first) < max(second) and min(second) < max(first), "the two did not work at the same time"
    stored = Document.select().where(Document.id.in_(papers), Document.state == "issued")
    assert {paper.symbol for paper in stored} == {f"{n:02d}-TB/UBKTTU" for n in range(1, PAPERS + 1)}
    assert AuditEvent.select().where(AuditEvent.verb == "document.issued").count() == PAPERS
    assert first_broken_event() is None


def test_two_clerks_at_the_same_papers_issue_each_of_them_once(
    database_url: str, staff: Staff, case: Case, tmp_path: Path
) -> None:
    papers = many_approved_papers(staff, "C19", count=20)
    who = desk(staff, tmp_path)
    counts = in_processes(
        issue_until_refused, (database_url, *who, papers), (database_url, *who, papers[::-1])
    )
    assert sum(counts) == len(papers)
    numbers = [paper.number for paper in Document.select().where(Document.state == "issued")]
    assert sorted(numbers) == list(range(1, len(papers) + 1))


def test_a_number_stays_with_its_paper_when_the_process_is_killed_before_the_paper_is_kept(
    database_url: str, staff: Staff, case: Case, tmp_path: Path
) -> None:
    paper, other = an_approved_paper(staff, "C19", case), an_approved_paper(staff, "C19", case)
    process = multiprocessing.get_context("spawn").Process(
        target=die_while_drawing, args=(database_url, *desk(staff, tmp_path), paper.id)
    )
    process.start()
    process.join(60)
    assert process.exitcode == -9
    cut = Document.get_by_id(paper.id)
    assert (cut.state, cut.number, cut.pdf_sha256) == ("approved", 1, "")
    with drawn_at_once():
        assert issue(staff, other, tmp_path).number == 2
        assert issue(staff, paper, tmp_path).symbol == "01-TB/UBKTTU"
    assert first_broken_event() is None


def test_a_number_stays_with_its_paper_when_it_could_not_be_drawn(
    staff: Staff, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = an_approved_paper(staff, "C19", case)

    def broken(*_: object, **__: object) -> None:
        raise PdfEngineFailed(engine="pdfkit", detail="no display")

    with monkeypatch.context() as patch:
        patch.setattr(operations, "render", broken)
        with pytest.raises(PdfEngineFailed):
            issue(staff, paper, tmp_path)
    assert Document.get_by_id(paper.id).state == "approved"
    with drawn_at_once():
        assert issue(staff, paper, tmp_path).number == 1


def test_each_kind_of_paper_counts_for_itself(staff: Staff, case: Case, tmp_path: Path) -> None:
    with drawn_at_once():
        symbols = [
            issue(staff, an_approved_paper(staff, form, case), tmp_path).symbol
            for form in ("C01", "C19", "C01")
        ]
    assert symbols == ["01-QĐ/UBKTTU", "01-TB/UBKTTU", "02-QĐ/UBKTTU"]


def test_an_issued_paper_is_kept_as_printed_and_handed_out_byte_by_byte(
    staff: Staff, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawn for real, with the engine this machine has."""
    settings = settings_in(tmp_path)
    issued = issue(staff, an_approved_paper(staff, "C19", case), tmp_path)
    monkeypatch.setattr(rendering, "compose", None)  # whoever draws again fails
    pdf = rendering.pdf_of(issued, today=TODAY + timedelta(days=40), settings=settings)
    word = rendering.docx_of(issued, today=TODAY + timedelta(days=40), settings=settings)
    assert (pdf[:5], word[:2]) == (b"%PDF-", b"PK")
    assert hashlib.sha256(pdf).hexdigest() == issued.pdf_sha256
    assert hashlib.sha256(word).hexdigest() == issued.docx_sha256


def test_kept_bytes_that_were_changed_are_never_handed_out(staff: Staff, case: Case, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with drawn_at_once():
        issued = issue(staff, an_approved_paper(staff, "C19", case), tmp_path)
    kept = settings.files / issued.pdf_sha256[:2] / issued.pdf_sha256
    assert kept.read_bytes() == files.read(settings.files, issued.pdf_sha256)
    kept.chmod(0o600)
    kept.write_bytes(b"%PDF- forged")
    with pytest.raises(NotFound, match="đã bị thay đổi"):
        rendering.pdf_of(issued, today=TODAY, settings=settings)


def test_values_and_signer_are_frozen_with_the_paper(staff: Staff, case: Case, tmp_path: Path) -> None:
    with drawn_at_once():
        issued = issue(staff, an_approved_paper(staff, "C19", case, strengths="Như đã duyệt"), tmp_path)
    Document.update(values={}).where(Document.id == issued.id).execute()
    staff.users[Role.CHAIR].full_name = "Người Khác"
    staff.users[Role.CHAIR].save()
    shown = rendering.preview(Document.get_by_id(issued.id), today=TODAY)
    assert "Như đã duyệt" in shown
    assert "Vũ Thị Nhiệm" in shown
    assert "Dự thảo" not in shown
    with pytest.raises(Refused, match="không sửa được"):
        operations.save_draft(
            staff.actor(Role.INSPECTOR), issued.id, values={}, version=issued.version, now=NOW
        )


def test_a_void_paper_keeps_its_number_and_gives_it_to_nobody(
    staff: Staff, case: Case, tmp_path: Path
) -> None:
    with drawn_at_once():
        first = issue(staff, an_approved_paper(staff, "C19", case), tmp_path)
        void = operations.void_document(
            staff.actor(Role.CLERK), first.id, reason="Sai tên đối tượng", now=NOW
        )
        second = issue(staff, an_approved_paper(staff, "C19", case), tmp_path)
        assert (void.state, void.number, void.void_reason) == ("void", 1, "Sai tên đối tượng")
        assert second.number == 2
        with pytest.raises(Refused, match="đã duyệt"):
            issue(staff, void, tmp_path)
    with pytest.raises(Refused, match="hủy"):
        operations.void_document(staff.actor(Role.CLERK), void.id, reason="Lần nữa", now=NOW)


def test_voiding_needs_a_reason_and_the_right_to_issue(staff: Staff, case: Case, tmp_path: Path) -> None:
    with drawn_at_once():
        issued = issue(staff, an_approved_paper(staff, "C19", case), tmp_path)
    with pytest.raises(Invalid) as refused:
        operations.void_document(staff.actor(Role.CLERK), issued.id, reason=" ", now=NOW)
    assert refused.value.field == "reason"
    with pytest.raises(NotAllowed):
        operations.void_document(staff.actor(Role.INSPECTOR), issued.id, reason="Sai", now=NOW)


def test_minutes_are_recorded_without_number_by_who_wrote_them(
    staff: Staff, case: Case, tmp_path: Path
) -> None:
    minutes = a_full_draft(staff, "C06", case)
    with drawn_at_once():
        recorded = issue(staff, minutes, tmp_path, by=Role.INSPECTOR)
    assert (recorded.state, recorded.number, recorded.series, recorded.symbol) == ("issued", None, None, "")
    assert recorded.pdf_sha256


def test_minutes_with_a_gap_are_not_recorded(staff: Staff, case: Case, tmp_path: Path) -> None:
    minutes = a_full_draft(staff, "C06", case, meeting_place="")
    with pytest.raises(Refused, match="Địa điểm"):
        issue(staff, minutes, tmp_path, by=Role.INSPECTOR)
    assert Document.get_by_id(minutes.id).state == "draft"


def test_a_paper_nobody_approved_gets_no_number(staff: Staff, case: Case, tmp_path: Path) -> None:
    draft = a_full_draft(staff, "C19", case)
    with pytest.raises(NotFound):
        issue(staff, draft, tmp_path)  # the clerk does not even see it
    with pytest.raises(NotAllowed):
        issue(staff, draft, tmp_path, by=Role.INSPECTOR)
    assert Document.get_by_id(draft.id).number is None


@pytest.mark.parametrize(
    ("issued_on", "signs", "field"),
    [(TODAY + timedelta(days=1), True, "issued_on"), (TODAY, False, "signer")],
)
def test_a_day_to_come_or_no_signer_is_refused_before_any_number_is_taken(
    staff: Staff, case: Case, tmp_path: Path, issued_on: date, signs: bool, field: str
) -> None:
    paper = an_approved_paper(staff, "C19", case)
    with pytest.raises(Invalid) as refused:
        operations.issue_document(
            staff.actor(Role.CLERK), paper.id, issued_on=issued_on, settings=settings_in(tmp_path), now=NOW,
            signer_id=staff.users[Role.CHAIR].id if signs else None,
        )  # fmt: skip
    assert refused.value.field == field
    assert Document.get_by_id(paper.id).number is None
