"""What a story needs around its case: rules with packs, letters, the programme, papers that are issued."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import pytest

import cases.definitions
from cases.approvals import operations as approvals
from cases.definitions import Definitions, load_definitions
from cases.documents import operations as documents
from cases.documents.models import Document
from cases.documents.rendering import form_of
from cases.documents.signing import OutsideIssue, approver_of, outside_signer
from cases.intake import operations as intake
from cases.intake.models import Letter
from cases.intake.terms import Classification, LetterData
from cases.lifecycle.models import Case
from cases.lifecycle.operations import NewParty
from cases.lifecycle.papers import papers_of
from cases.lifecycle.progress import edition_of, latest_row
from cases.plans.models import ProgrammeItem
from cases.settings import Settings
from forms.samples import sample_values
from procedures.schema import Role
from tests.support.letters import SENDER, open_vault
from tests.support.running_cases import WITHOUT, loaded_rules
from tests.support.story_files import Papers, Story
from tests.support.worlds import Staff, a_member, an_organisation

MORNING = time(2, 0, tzinfo=UTC)  # nine o'clock in Vietnam


def moment(day: date) -> datetime:
    return datetime.combine(day, MORNING)


@contextmanager
def packs_on(packs: tuple[str, ...]) -> Iterator[None]:
    """The rules as a commission reads them that has switched these packs on."""
    loaded_rules()
    if not packs:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cases.definitions, "_loaded", None)  # loading replaces it; this puts it back after
        patch.setattr(cases.definitions, "_loaded", _with_packs(packs))
        yield


@cache
def _with_packs(packs: tuple[str, ...]) -> Definitions:
    return load_definitions(Settings(packs=",".join(packs)))


def parties_in(story: Story) -> list[NewParty]:
    """The subjects, put into the registers of members and organisations first."""
    members = [NewParty(member_id=a_member(name).id) for name in story.members]
    bodies = [
        NewParty(kind="body", organisation_id=an_organisation(f"TC{number}", name=name, level="co_so").id)
        for number, name in enumerate(story.bodies, start=1)
    ]
    return [*members, *bodies]


def letters_of(staff: Staff, story: Story, parties: list[NewParty], *, now: datetime) -> list[int]:
    """The letter that a story begins with, accepted by who may decide on it."""
    if story.origin != "letter":
        return []
    kind = "complaint" if story.procedure.startswith("KN") else "denunciation"
    member, body = parties[0].member_id, parties[0].organisation_id
    data = LetterData(
        received_on=story.started_on, sender=SENDER, kind=kind, summary=story.text[:200], pages=2,
        subject_name=(*story.members, *story.bodies)[0], member_id=member, organisation_id=body,
    )  # fmt: skip
    letter = intake.log_letter(staff.actor(Role.CLERK), data, now=now)
    what = Classification(
        kind=kind, identity="clear", handler_id=staff.users[Role.INSPECTOR].id, member_id=member,
        organisation_id=body,
    )  # fmt: skip
    intake.classify_letter(staff.actor(Role.CLERK), letter.id, what, now=now)
    intake.propose(staff.actor(Role.INSPECTOR), letter.id, proposal="accepted", note="Đủ điều kiện.", now=now)
    decided: Letter = intake.decide_letter(
        staff.actor(Role.CHAIR), letter.id, handling="accepted", reason="Đồng ý.", now=now
    )
    return [decided.id]


def programme_item(staff: Staff, story: Story) -> int | None:
    """The item of the year's programme that a story begins with."""
    if story.origin != "programme":
        return None
    item = ProgrammeItem.create(
        commission=staff.commission, year=story.started_on.year, number=1, kind="kiem_tra",
        kind_label="Theo chương trình", subject_name=(*story.bodies, *story.members)[0],
        content=story.text[:200],
    )  # fmt: skip
    number: int = item.id
    return number


def papers_for(staff: Staff, case: Case, key: str, *, how: Papers, on: date, folder: Path) -> dict[str, str]:
    """Deal with the papers a step cannot be completed without; returns the reasons for those not issued."""
    papers = papers_of(case, edition_of(case).step(key), latest_row(case, key))
    lacking = [one for one in papers if one.lacking]
    if how == "issued":
        for one in lacking:
            if not one.recorded_elsewhere:
                _issue(staff, case, key, one.form, on=on, folder=folder)
    said = {"explained": lacking, "issued": [one for one in lacking if one.recorded_elsewhere]}
    return dict.fromkeys((one.form for one in said.get(how, [])), WITHOUT)


def _issue(staff: Staff, case: Case, key: str, form: str, *, on: date, folder: Path) -> None:
    """Draft a paper from the case, fill in what is still empty, have it approved, issue it."""
    writer, now, row = staff.actor(Role.INSPECTOR), moment(on), latest_row(case, key)
    draft = documents.draft_document(
        writer, form=form, vault=open_vault(), now=now, case_id=case.id, step_id=row.id if row else None
    )
    definition = form_of(draft)
    documents.save_draft(
        writer, draft.id, values={**sample_values(definition), **draft.values}, version=draft.version, now=now
    )
    role = approver_of(draft)
    if role is not None:
        approval = approvals.submit(writer, draft.id, now=now)
        approvals.approve(staff.actor(role), approval.id, now=now)
    documents.issue_document(
        staff.actor(Role.CLERK) if role else writer, draft.id, issued_on=on,
        signer_id=staff.users[Role.CHAIR].id, settings=Settings(instance_path=folder), now=now,
        outside=OutsideIssue(f"{draft.id}-{definition.abbreviation}/TU", "Bí thư", "Lê Văn Ký")
        if outside_signer(draft) else None,
    )  # fmt: skip
    assert Document.get_by_id(draft.id).state == "issued"
