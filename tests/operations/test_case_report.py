"""The report on a case: everything that happened, in PDF and .docx, and never who sent a letter."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from peewee import Database
from pypdf import PdfReader

from cases.audit.models import AuditEvent
from cases.deadlines.models import Deadline, DeadlineChange
from cases.decisions import operations as decisions
from cases.decisions.models import Decision
from cases.errors import NotFound
from cases.lifecycle import operations as lifecycle
from cases.lifecycle.models import Allegation, Case, CaseStep
from cases.report.contents import report_values
from cases.report.masking import STRUCK, masked
from cases.report.operations import report_of
from cases.sessions.models import AgendaItem
from cases.settings import Settings
from procedures.schema import Role
from tests.support.letters import SENDER, a_decided_letter, open_vault
from tests.support.running_cases import a_new_case, an_issued_paper, loaded_rules, subject
from tests.support.voting import Voting, an_open_ballot, counted, in_session
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, a_user


@pytest.fixture
def world(database: Database) -> Iterator[Voting]:
    open_vault()
    yield in_session()[0]


@pytest.fixture
def denounced(database: Database) -> tuple[Staff, Case]:
    """A case opened from a letter whose sender somebody also typed into texts where it does not belong."""
    open_vault()
    staff = a_staffed_commission()
    subject()
    letter = a_decided_letter(staff)
    loaded_rules()
    new = a_new_case(staff, "TC-03", letter_ids=[letter.id], allegations=["Cấp đất sai đối tượng"])
    case = lifecycle.open_case(staff.actor(Role.CHAIR), new, now=NOW)
    Allegation.update(verified=f"Theo lời bà {SENDER.name.upper()}, việc cấp đất không bốc thăm").execute()
    CaseStep.update(note=f"đã gặp {SENDER.name}", reason=f"gặp {SENDER.name}").execute()
    an_issued_paper(staff, case, "E01")
    return staff, case


def taken(staff: Staff, case: Case, kind: str, folder: Path) -> bytes:
    settings = Settings(instance_path=folder, pdf_engine="weasyprint")
    return report_of(staff.actor(Role.CHAIR), case.id, kind=kind, settings=settings, now=NOW)[1]


def words_of_pdf(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def words_of_docx(data: bytes) -> str:
    document = docx.Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([p.text for p in document.paragraphs] + cells).split())


def test_the_sender_is_in_neither_file_even_when_typed_into_a_text(
    denounced: tuple[Staff, Case], tmp_path: Path
) -> None:
    staff, case = denounced
    for text in (
        words_of_pdf(taken(staff, case, "pdf", tmp_path)),
        words_of_docx(taken(staff, case, "docx", tmp_path)),
    ):
        assert "Đơn số 1/2026, nhận 22/11/2026" in text
        assert STRUCK in text
        for word in (SENDER.name, SENDER.name.upper(), SENDER.address, SENDER.contact):
            assert word.casefold() not in text.casefold()


def test_the_report_is_journalled_and_only_for_who_may_see_the_case(
    denounced: tuple[Staff, Case], tmp_path: Path
) -> None:
    staff, case = denounced
    taken(staff, case, "docx", tmp_path)
    event = AuditEvent.get(AuditEvent.verb == "report.downloaded")
    assert (event.case_id, event.data) == (case.id, {"code": case.code, "kind": "docx"})
    himself = a_user(staff.commission, Role.CHAIR, name="Phạm Văn Mẫu", member=subject()).as_actor()
    with pytest.raises(NotFound):
        report_of(himself, case.id, kind="docx", settings=Settings(instance_path=tmp_path), now=NOW)


def test_a_report_tells_votes_in_totals_and_the_decision_with_its_dates(world: Voting) -> None:
    ballot = counted(world, an_open_ballot(world, AgendaItem.get()), {"warning": 5, "reprimand": 4})
    decisions.record_decision(world.head, ballot.id, now=NOW)
    Decision.update(
        signed_on=TODAY, number_text="01-QĐ/UBKTTU", effective_on=TODAY, announced_on=TODAY,
        ends_on=date(2027, 11, 22),
    ).execute()  # fmt: skip
    values = report_values(world.case, today=TODAY)
    assert values["vote_rows"][1]["votes"] == 5
    assert "kết quả: Cảnh cáo" in values["vote_rows"][0]["vote"]
    assert values["decision_text"] == (
        "Quyết định số 01-QĐ/UBKTTU, ký 22/11/2026: Cảnh cáo đối với Phạm Văn Mẫu; có hiệu lực 22/11/2026; "
        "công bố 22/11/2026; tự chấm dứt hiệu lực 22/11/2027."
    )
    assert values["finding_rows"][0]["content"] == "Cấp đất ở sai đối tượng"


def test_a_step_tells_by_how_many_days_it_is_late(world: Voting) -> None:
    row = CaseStep.get(CaseStep.case == world.case.id, CaseStep.key == "TH2")
    Deadline.create(
        case=world.case, step=row, limit_id="X-02", label="Nộp bản tự kiểm điểm", start_event="case_opened",
        started_on=date(2026, 11, 1), due_on=date(2026, 11, 17), state="met", met_on=TODAY,
    )  # fmt: skip
    lines = report_values(world.case, today=TODAY)["stage_rows"]
    (late,) = [one for one in lines if one["due_on"] == date(2026, 11, 17)]
    assert (late["done_on"], late["delay_days"]) == (TODAY, 5)
    assert all(one["delay_days"] is None for one in lines if one is not late)


def test_requests_and_changes_of_deadlines_are_told_with_reason_and_decision(world: Voting) -> None:
    lifecycle.add_follow_up(
        world.staff.actor(Role.TEAM_HEAD),
        world.case.id,
        text="Thu hồi đất",
        responsible="Đảng ủy xã",
        now=NOW,
    )
    deadline = Deadline.create(
        case=world.case, limit_id="X-02", label="Hạn chung", start_event="case_opened", started_on=TODAY,
        due_on=date(2026, 12, 30),
    )  # fmt: skip
    DeadlineChange.create(
        deadline=deadline, kind="extension", amount=30, reason="Vụ việc phức tạp", state="granted",
        requested_by=world.members[2], requested_at=NOW, decided_by=world.members[0], decided_at=NOW,
    )  # fmt: skip
    values = report_values(world.case, today=TODAY)
    assert values["follow_up_rows"][0]["responsible"] == "Đảng ủy xã"
    (change,) = values["deadline_rows"]
    assert (change["kind"], change["to_on"]) == ("Gia hạn 30 (đồng ý): Hạn chung", date(2026, 12, 30))
    assert change["decided_by"] == world.members[0].full_name


def test_names_are_struck_whole_in_any_case_and_kept_where_they_name_a_subject() -> None:
    values = {"note": "bà hoàng thị\n kín, Hoàng Thị Kính", "subject_name": "Hoàng Thị Kín", "days": 3}
    assert masked(values, ["Hoàng Thị Kín", ""]) == {
        "note": f"bà {STRUCK}, Hoàng Thị Kính", "subject_name": "Hoàng Thị Kín", "days": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    "written",
    ["hoang thi kin", "HOÀNG THỊ KÍN", "Hoàng  Thi\nKín", unicodedata.normalize("NFD", "Hoàng Thị Kín")],
)
def test_a_sender_is_struck_out_however_the_name_is_written(written: str) -> None:
    assert masked(f"Do {written} nêu, đúng", ["Hoàng Thị Kín"]) == f"Do {STRUCK} nêu, đúng"
    assert masked(written, ["Hoàng Thị Kín"]) == STRUCK
    assert masked("Hoàng Thị Kính", ["Hoàng Thị Kín"]) == "Hoàng Thị Kính"
