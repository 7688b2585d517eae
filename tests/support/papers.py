"""Papers for tests: drafted from a case, filled with the samples of their form, approved, issued."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cases.approvals import operations as approvals
from cases.definitions import forms
from cases.documents import docx, operations, pdf
from cases.documents.models import Document
from cases.documents.rendering import form_of
from cases.documents.stored import to_stored
from cases.intake.vault import Vault
from cases.lifecycle.models import Case
from cases.people.actor import Actor
from cases.settings import Settings
from forms.samples import sample_values
from procedures.schema import Role
from tests.support.letters import open_vault
from tests.support.worlds import NOW, TODAY, Staff


def a_draft(
    staff: Staff, form: str, *, by: Role = Role.INSPECTOR, vault: Vault | None = None, **about: Any
) -> Document:
    """A paper as the program fills it; `about`: case_id, letter_id, known, values."""
    return operations.draft_document(
        staff.actor(by), form=form, vault=vault or open_vault(), now=NOW, **about
    )


def fill(actor: Actor, document: Document, **values: Any) -> Document:
    """Write the sample of the form into every field that is still empty, then `values`."""
    current = Document.get_by_id(document.id)
    filled = {**sample_values(form_of(current)), **current.values, **values}
    return operations.save_draft(actor, current.id, values=filled, version=current.version, now=NOW)


def a_full_draft(
    staff: Staff, form: str, case: Case, *, by: Role = Role.INSPECTOR, **values: Any
) -> Document:
    return fill(staff.actor(by), a_draft(staff, form, by=by, case_id=case.id), **values)


def many_approved_papers(staff: Staff, form: str, *, count: int) -> list[int]:
    """Their ids. Written straight into the table: the way to approval is tested elsewhere, and is slow."""
    definition = forms()[form]
    row = {
        "commission": staff.commission.id, "form": form, "form_edition": definition.edition, "title": form,
        "values": to_stored(sample_values(definition)), "state": "approved", "created_at": NOW,
        "updated_at": NOW,
        "created_by": staff.users[Role.INSPECTOR].id,
    }  # fmt: skip
    Document.insert_many([row] * count).execute()
    return [one.id for one in Document.select(Document.id).order_by(Document.id.desc()).limit(count)]


def an_approved_paper(staff: Staff, form: str, case: Case, *, now: datetime = NOW, **values: Any) -> Document:
    """Written by the inspector, approved by the chair."""
    document = a_full_draft(staff, form, case, **values)
    approval = approvals.submit(staff.actor(Role.INSPECTOR), document.id, now=now)
    approvals.approve(staff.actor(Role.CHAIR), approval.id, now=now)
    return Document.get_by_id(document.id)


def issue(staff: Staff, document: Document, folder: Path, *, by: Role = Role.CLERK) -> Document:
    return operations.issue_document(
        staff.actor(by), document.id, issued_on=TODAY, signer_id=staff.users[Role.CHAIR].id,
        settings=settings_in(folder), now=NOW,
    )  # fmt: skip


def settings_in(folder: Path) -> Settings:
    return Settings(instance_path=folder / "instance")


@contextmanager
def drawn_at_once() -> Iterator[None]:
    """Papers drawn in no time: the bytes are the words, not a PDF. What is drawn is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "pdf", lambda paper, **_: repr(paper).encode())
        patch.setattr(docx, "docx", lambda paper: repr(paper).encode() + b"docx")
        yield
