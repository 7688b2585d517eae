"""Cases in the state a test needs; made through the product's own operations."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from cases.definitions import definitions, load_definitions
from cases.documents.models import Document
from cases.lifecycle import operations
from cases.lifecycle.models import Case, CaseStep
from cases.lifecycle.operations import NewCase, NewParty, TeamPost
from cases.lifecycle.papers import papers_of
from cases.lifecycle.progress import edition_of, progress_of
from cases.parties.models import Member
from cases.people.actor import Actor
from cases.settings import Settings
from procedures.schema import Role, RuleBook
from tests.support.worlds import NOW, TODAY, Staff, a_member

WITHOUT = "Không cần trong bài kiểm thử"


@cache
def loaded_rules() -> RuleBook:
    """The product's own rules, loaded once for the whole run."""
    load_definitions(Settings())
    return definitions().rules


def subject() -> Member:
    found: Member | None = Member.get_or_none(Member.full_name == "Phạm Văn Mẫu")
    return found or a_member()


def a_team(staff: Staff) -> list[TeamPost]:
    return [
        TeamPost(staff.users[Role.TEAM_HEAD].id, "head", "Phụ trách chung"),
        TeamPost(staff.users[Role.INSPECTOR].id, "secretary"),
    ]


def a_new_case(staff: Staff, procedure: str = "KT-04", **changes: Any) -> NewCase:
    """What a person types to open a case on the subject of these tests."""
    new = NewCase(
        procedure=procedure, started_on=TODAY, parties=[NewParty(member_id=subject().id)], team=a_team(staff),
        directing_id=staff.users[Role.COMMISSIONER].id,
    )  # fmt: skip
    return replace(new, **changes)


def an_open_case(
    staff: Staff, procedure: str = "KT-04", *, by: Role = Role.TEAM_HEAD, now: datetime = NOW, **changes: Any
) -> Case:
    loaded_rules()
    new = a_new_case(staff, procedure, **changes)
    return operations.open_case(staff.actor(by), new, now=now)


def ready_keys(case: Case) -> list[str]:
    return [step.key for step in progress_of(case).ready()]


def row(case: Case, key: str, occurrence: int | None = None) -> CaseStep:
    """An occurrence of a step, the latest when none is named."""
    rows = CaseStep.select().where(CaseStep.case == case.id, CaseStep.key == key)
    if occurrence is not None:
        rows = rows.where(CaseStep.occurrence == occurrence)
    found: CaseStep = rows.order_by(CaseStep.occurrence.desc()).get()
    return found


def complete(
    staff: Staff, case: Case, key: str, *, on: date = TODAY, now: datetime = NOW, **how: Any
) -> CaseStep:
    """Complete a step by its key, giving a reason for each paper that is not there."""
    step_row = row(case, key)
    papers = papers_of(case, edition_of(case).step(key), step_row)
    reasons = {paper.form: WITHOUT for paper in papers if paper.lacking}
    return operations.complete_step(
        who_may(staff, case, key),
        step_row.id, on=on, now=now, **{"without_papers": reasons, **how},
    )  # fmt: skip


def who_may(staff: Staff, case: Case, key: str) -> Actor:
    """Who records this step without a paper: the standing member for their own steps, else the team head."""
    own = edition_of(case).step(key).actor.recorder in (Role.CHAIR, Role.COMMISSIONER)
    return staff.actor(Role.CHAIR if own else Role.TEAM_HEAD)


def complete_up_to(staff: Staff, case: Case, key: str, **how: Any) -> None:
    """Complete every ready mandatory step until `key` is the one to do."""
    for _ in range(40):
        ready = ready_keys(case)
        if key in ready:
            return
        complete(staff, case, ready[0], **how)
    raise AssertionError(f"{key} never became ready; ready now: {ready_keys(case)}")


def an_issued_paper(staff: Staff, case: Case, form: str, *, step: CaseStep | None = None) -> Document:
    """A paper as good as issued, without printing it."""
    return Document.create(
        commission=case.commission_id, case=case, step=step, form=form, form_edition="2026-01-01", title=form,
        state="issued", issued_on=TODAY, snapshot={}, pdf_sha256="0" * 64,
        created_by=staff.users[Role.INSPECTOR], created_at=NOW, updated_at=NOW,
    )  # fmt: skip


def keys_of(steps: Iterable[Any]) -> list[str]:
    return [step.key for step in steps]
