"""Drafts: filled with what is known, saved by one person at a time, deleted only while they are drafts."""

import pytest
from peewee import Database

from cases.documents import operations, rendering
from cases.documents.models import Document
from cases.errors import NotFound, Refused, Stale
from cases.lifecycle.models import Case
from procedures.schema import Role
from tests.support.letters import a_decided_letter, open_vault
from tests.support.papers import a_draft, a_full_draft
from tests.support.running_cases import an_open_case
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, a_user


@pytest.fixture
def staff(database: Database) -> Staff:
    return a_staffed_commission()


@pytest.fixture
def case(staff: Staff) -> Case:
    return an_open_case(staff)


def test_a_draft_starts_with_what_the_case_knows_and_remembers_from_where(staff: Staff, case: Case) -> None:
    draft = a_draft(staff, "C01", case_id=case.id)
    assert draft.values["subject_names"] == ["đồng chí Phạm Văn Mẫu"]
    assert draft.origins["subject_names"] == "subject.names"
    assert draft.title == "Quyết định kiểm tra (thành lập đoàn kiểm tra) – Phạm Văn Mẫu"


def test_a_draft_starts_with_the_words_the_form_offers(staff: Staff, case: Case) -> None:
    draft = a_draft(staff, "C01", case_id=case.id)
    assert draft.values["duties"].startswith("Đoàn kiểm tra có nhiệm vụ")
    assert "duties" not in draft.origins


def test_a_draft_of_a_letter_alone_is_filled_from_the_letter(staff: Staff) -> None:
    letter = a_decided_letter(staff)
    draft = a_draft(staff, "A03", letter_id=letter.id)
    assert (draft.case_id, draft.letter_id) == (None, letter.id)
    assert draft.values["proposal"] == "accepted"


@pytest.mark.parametrize("form", ["Z99", ""])
def test_a_form_that_does_not_exist_is_refused_in_words(staff: Staff, case: Case, form: str) -> None:
    with pytest.raises(NotFound, match="Không có mẫu văn bản"):
        a_draft(staff, form, case_id=case.id)


def test_who_saves_second_is_told_and_overwrites_nothing(staff: Staff, case: Case) -> None:
    draft = a_draft(staff, "C19", case_id=case.id)
    inspector, head = staff.actor(Role.INSPECTOR), staff.actor(Role.TEAM_HEAD)
    operations.save_draft(
        inspector, draft.id, values={"strengths": "Của kiểm tra viên"}, version=draft.version, now=NOW
    )
    with pytest.raises(Stale):
        operations.save_draft(
            head, draft.id, values={"strengths": "Của trưởng đoàn"}, version=draft.version, now=NOW
        )
    kept = Document.get_by_id(draft.id)
    assert kept.values == {"strengths": "Của kiểm tra viên"}
    operations.save_draft(head, draft.id, values={"strengths": "Cả hai"}, version=kept.version, now=NOW)
    assert Document.get_by_id(draft.id).values == {"strengths": "Cả hai"}


def test_what_was_typed_comes_back_with_its_types(staff: Staff, case: Case) -> None:
    draft = a_full_draft(staff, "G07", case)
    shown = rendering.paper_of(draft, today=TODAY)
    assert "8 giờ 30" in repr(shown)
    assert draft.values["meeting_date"] == "2026-03-05"


def test_a_draft_is_deleted_and_an_approved_paper_is_not(staff: Staff, case: Case) -> None:
    draft = a_draft(staff, "C19", case_id=case.id)
    operations.delete_draft(staff.actor(Role.INSPECTOR), draft.id, now=NOW)
    assert Document.get_or_none(Document.id == draft.id) is None
    approved = a_draft(staff, "C19", case_id=case.id)
    Document.update(state="approved").where(Document.id == approved.id).execute()
    with pytest.raises(Refused, match="bản thảo"):
        operations.delete_draft(staff.actor(Role.INSPECTOR), approved.id, now=NOW)


def test_a_person_outside_the_case_finds_no_paper_of_it(staff: Staff, case: Case) -> None:
    draft = a_draft(staff, "C19", case_id=case.id)
    outsider = a_user(staff.commission, Role.INSPECTOR, name="Mai Văn Ngoài", username="ngoai").as_actor()
    with pytest.raises(NotFound):
        operations.save_draft(outsider, draft.id, values={}, version=1, now=NOW)
    with pytest.raises(NotFound):
        operations.draft_document(outsider, form="C19", vault=open_vault(), case_id=case.id, now=NOW)


def test_an_approved_paper_without_number_prints_room_for_a_pen(staff: Staff, case: Case) -> None:
    draft = a_full_draft(staff, "C19", case)
    Document.update(state="approved").where(Document.id == draft.id).execute()
    paper = rendering.paper_of(Document.get_by_id(draft.id), today=TODAY)
    gap = "\u00a0" * 6
    assert paper.symbol == f"Số{gap}-TB/UBKTTU"
    assert paper.place_date == f"An Sơn, ngày{gap}tháng{gap}năm 2026"
    assert paper.draft == ""


def test_a_team_without_decision_is_called_by_the_word_of_its_kind_of_case(staff: Staff) -> None:
    letter = a_decided_letter(staff)
    case = an_open_case(staff, "TC-03", by=Role.HEAD_OF_SECTION, letter_ids=(letter.id,))
    draft = a_draft(staff, "E02", case_id=case.id)
    Document.update(values={}).where(Document.id == draft.id).execute()
    paper = rendering.paper_of(Document.get_by_id(draft.id), today=TODAY)
    assert (paper.superior, paper.issuer) == ("ỦY BAN KIỂM TRA TỈNH ỦY AN SƠN", "ĐOÀN GIẢI QUYẾT TỐ CÁO")
