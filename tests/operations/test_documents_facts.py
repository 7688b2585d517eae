"""What the program fills into a paper from the case and the letter, and what it never hands over."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.deadlines.changes import decide_change, request_extension
from cases.deadlines.models import Deadline
from cases.definitions import forms
from cases.documents.facts import facts_for, permitted
from cases.documents.models import Document
from cases.intake.models import Letter
from cases.intake.vault import Vault
from cases.lifecycle import operations as lifecycle
from cases.lifecycle.models import Case, Party
from cases.lifecycle.operations import NewParty
from forms.load import load_catalogue
from forms.origins import ORIGINS, SENDER
from forms.schema import FieldType
from procedures.schema import Role
from tests.support.letters import SENDER as WHO, a_decided_letter, a_logged_letter, open_vault
from tests.support.papers import a_draft, a_full_draft, an_approved_paper, drawn_at_once, issue
from tests.support.running_cases import an_open_case, loaded_rules
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, an_organisation

MASKED = [code for code, form in load_catalogue().items() if form.masked]
SECRETS = (WHO.name, WHO.address, WHO.contact)


@pytest.fixture
def staff(database: Database) -> Staff:
    loaded_rules()
    open_vault()
    return a_staffed_commission()


def a_denunciation_case(staff: Staff, **changes: Any) -> Case:
    letter = a_decided_letter(staff)
    return an_open_case(staff, "TC-03", by=Role.HEAD_OF_SECTION, letter_ids=(letter.id,), **changes)


def facts(
    staff: Staff,
    form: str,
    *,
    case: Case | None = None,
    letter: Letter | None = None,
    vault: Vault | None = None,
) -> dict[str, Any]:
    return facts_for(
        forms()[form],
        commission=staff.commission,
        case=case,
        letter=letter,
        vault=vault or open_vault(),
        today=TODAY,
    )


def issued(staff: Staff, form: str, case: Case, folder: Path) -> Document:
    with drawn_at_once():
        return issue(staff, an_approved_paper(staff, form, case), folder)


def test_every_fact_has_an_origin_that_forms_may_ask_for(staff: Staff, tmp_path: Path) -> None:
    case = a_denunciation_case(staff)
    issued(staff, "E01", case, tmp_path)
    unknown = [name for name in facts(staff, "A03", case=case) if name not in ORIGINS]
    assert unknown == []


def test_no_masked_form_is_ever_handed_the_sender(staff: Staff) -> None:
    case = a_denunciation_case(staff)
    letter = case.letters.get().letter
    assert len(MASKED) > 40
    for code in MASKED:
        for known in (facts(staff, code, case=case), facts(staff, code, letter=letter)):
            assert not [name for name in known if name.startswith(SENDER)], code
            assert not [secret for secret in SECRETS if secret in repr(known)], code


def test_an_open_form_is_handed_the_sender_it_asks_for(staff: Staff) -> None:
    known = facts(staff, "A05", case=a_denunciation_case(staff))
    assert (known["sender.full_name"], known["sender.address"]) == (WHO.name, WHO.address)


def test_nobody_can_slip_a_sender_into_a_masked_draft(staff: Staff) -> None:
    slipped = {"sender.full_name": WHO.name, "subject.full_name": "Phạm Văn Mẫu"}
    assert permitted(forms()["E01"], slipped) == {"subject.full_name": "Phạm Văn Mẫu"}
    assert permitted(forms()["A05"], slipped) == slipped


def test_a_masked_form_takes_nothing_from_a_paper_with_the_sender(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if a catalogue that was not checked chained it so."""
    case = a_denunciation_case(staff)
    a_full_draft(staff, "A05", case)
    field = forms()["E05"].fields[0].model_copy(update={"origin": "document.A05.sender_name"})
    chained = forms()["E05"].model_copy(update={"fields": (field,)})
    open_form = chained.model_copy(update={"masked": False})

    def known(form: Any) -> dict[str, Any]:
        return facts_for(
            form, commission=staff.commission, case=case, letter=None, vault=open_vault(), today=TODAY
        )

    assert known(open_form)["document.A05.sender_name"] == WHO.name
    assert WHO.name not in repr(known(chained))


def test_no_masked_draft_of_a_real_case_holds_the_sender(staff: Staff) -> None:
    case = a_denunciation_case(staff)
    letter = a_full_draft(staff, "A05", case)
    assert letter.values["sender_name"] == WHO.name
    for code in MASKED:
        document = a_draft(staff, code, case_id=case.id)
        assert not [secret for secret in SECRETS if secret in repr(document.values)], code


def test_members_are_listed_with_their_posts_and_organisations_by_name(staff: Staff) -> None:
    body = an_organisation("DU1", name="Đảng ủy xã Bình Thạnh", level="co_so")
    case = an_open_case(staff)
    Party.update(party_post="Bí thư Đảng ủy xã", government_post="Chủ tịch HĐND xã").execute()
    Party.create(case=case, kind="body", organisation=body, name=body.name)
    known = facts(staff, "C01", case=case)
    assert known["subject.names"] == [
        "đồng chí Phạm Văn Mẫu, Bí thư Đảng ủy xã, Chủ tịch HĐND xã", "Đảng ủy xã Bình Thạnh",
    ]  # fmt: skip
    assert known["subject.reference"] == "đồng chí Phạm Văn Mẫu"


def test_a_plain_member_is_named_with_the_place_of_work(staff: Staff) -> None:
    case = an_open_case(staff, parties=[NewParty(name="Lê Thị Lẻ", unit="Ban Quản lý chợ")])
    assert facts(staff, "C01", case=case)["subject.names"] == ["đồng chí Lê Thị Lẻ, Ban Quản lý chợ"]


def test_the_team_is_named_by_its_decision_once_that_is_issued(staff: Staff, tmp_path: Path) -> None:
    case = a_denunciation_case(staff)
    before = facts(staff, "E04", case=case)
    assert not {"team.name", "decision.team_decision", "case.opening_papers"} & before.keys()
    paper = issued(staff, "E01", case, tmp_path)
    known = facts(staff, "E04", case=case)
    assert known["team.name"] == f"Đoàn giải quyết tố cáo theo Quyết định số {paper.symbol}"
    assert known["decision.team_decision"] == f"Quyết định số {paper.symbol}, ngày 22 tháng 11 năm 2026"
    assert known["case.opening_papers"] == [known["decision.team_decision"]]


def test_duties_in_the_team_are_said_with_the_position(staff: Staff) -> None:
    rows = facts(staff, "C01", case=an_open_case(staff))["team.members"]
    assert [row["duty"] for row in rows] == ["Trưởng đoàn, phụ trách chung", "Thư ký"]


def test_each_allegation_comes_with_what_was_verified_and_concluded(staff: Staff) -> None:
    case = a_denunciation_case(staff)
    allegation = lifecycle.record_allegation(
        staff.actor(Role.TEAM_HEAD), case.id, text="Cấp đất sai đối tượng", now=NOW
    )
    lifecycle.conclude_allegation(
        staff.actor(Role.TEAM_HEAD),
        allegation.id,
        conclusion="true_violation",
        verified="Đã đối chiếu sổ",
        now=NOW,
    )
    assert facts(staff, "E05", case=case)["case.allegation_results"] == [
        {"text": "Cấp đất sai đối tượng", "verified": "Đã đối chiếu sổ", "conclusion": "true_violation"}
    ]


def test_discipline_stands_on_the_notice_of_the_inspection_before_it(staff: Staff, tmp_path: Path) -> None:
    inspection = an_open_case(staff)
    paper = issued(staff, "C19", inspection, tmp_path)
    known = facts(staff, "C20", case=inspection)
    assert known["decision.conclusion_notice"] == f"Thông báo số {paper.symbol}, ngày 22 tháng 11 năm 2026"
    follow_up = an_open_case(staff, "KL-02")
    Case.update(parent=inspection, origin="branch", branch_kind="discipline").where(
        Case.id == follow_up.id
    ).execute()
    branch = facts(staff, "G01", case=Case.get_by_id(follow_up.id))
    assert branch["decision.conclusion_notice"] == known["decision.conclusion_notice"]


def test_a_granted_extension_is_known_and_an_open_request_is_not(staff: Staff) -> None:
    case = a_denunciation_case(staff)
    deadline = Deadline.select().where(Deadline.case == case.id, Deadline.due_on.is_null(False)).get()
    change = request_extension(
        staff.actor(Role.TEAM_HEAD), deadline.id, amount=10, reason="Nhiều nội dung phức tạp", now=NOW
    )
    assert "decision.extended_to" not in facts(staff, "C13", case=case)
    decide_change(staff.actor(Role.CHAIR), change.id, grant=True, reason="Đồng ý", now=NOW)
    known = facts(staff, "C13", case=case)
    assert known["decision.extension_reason"] == "Nhiều nội dung phức tạp"
    assert known["decision.extended_to"] == Deadline.get_by_id(deadline.id).due_on


def test_the_plan_is_what_the_decision_and_the_plan_say(staff: Staff) -> None:
    case = an_open_case(staff)
    a_full_draft(staff, "C01", case, work_from=date(2026, 12, 1), work_to=date(2026, 12, 20))
    a_full_draft(staff, "C02", case, work_to=date(2026, 12, 25), work_place="Trụ sở Đảng ủy xã")
    known = facts(staff, "C16", case=case)
    assert (known["plan.work_from"], known["plan.work_to"], known["plan.place"]) == (
        date(2026, 12, 1), date(2026, 12, 25), "Trụ sở Đảng ủy xã",
    )  # fmt: skip
    assert known["plan.tasks"] == [{"member": "Ngô Văn Đoàn", "content": "Phụ trách chung"}]


def test_letters_give_their_kind_proposal_and_handling(staff: Staff) -> None:
    letter = a_decided_letter(staff, handling="transferred")
    known = facts(staff, "A03", letter=letter)
    assert known["letter.kind"] == "denunciation"
    assert known["letter.identity"] == "clear"
    assert known["letter.proposal"] == "transferred"
    assert known["letter.proposal_reason"] == "Đủ điều kiện thụ lý."
    assert known["letter.handling_reason"] == "Đồng ý với đề xuất."
    assert known["letter.competent_body"] == "Đảng ủy xã Đại Thành"
    assert "letter.accepted_on" not in known


def test_values_of_choices_are_ids_that_the_forms_offer(staff: Staff) -> None:
    letter = a_decided_letter(staff)
    known = facts(staff, "A03", letter=letter)
    for field in forms()["A03"].fields:
        if field.type is FieldType.ENUM and field.origin in known:
            assert known[field.origin] in {option.id for option in field.options}, field.name


def test_an_unclassified_letter_has_no_kind_yet(staff: Staff) -> None:
    assert "letter.kind" not in facts(staff, "A03", letter=a_logged_letter(staff, kind="unclassified"))


def test_earlier_letters_are_told_by_number_and_day_alone(staff: Staff) -> None:
    first, second = a_logged_letter(staff), a_logged_letter(staff)
    Letter.update(duplicate_of=first).where(Letter.id == second.id).execute()
    known = facts(staff, "A03", letter=Letter.get_by_id(second.id))
    assert known["letter.times"] == 2
    assert known["letter.history"] == ["Đơn số 1/2026, nhận ngày 22/11/2026"]
    assert "letter.history" not in facts(staff, "A03", letter=first)


def test_grounds_are_whole_sentences_in_force_on_the_day(staff: Staff) -> None:
    grounds = facts(staff, "C01", case=an_open_case(staff))["legal.grounds"]
    assert all(line.startswith("Căn cứ ") and not line.endswith((".", ";", ",")) for line in grounds)
    assert any("21-QĐ/TW" in line for line in grounds)


def test_the_journal_tells_when_a_draft_was_handed_the_sender_but_not_who(staff: Staff) -> None:
    case = a_denunciation_case(staff)
    a_full_draft(staff, "A05", case)
    a_full_draft(staff, "E05", case)
    told = {
        event.data["form"]: event.data["names_sender"]
        for event in AuditEvent.select().where(AuditEvent.verb == "document.drafted")
    }
    assert told == {"A05": True, "E05": False}
    assert not any(WHO.name in str(event.data) for event in AuditEvent.select())
