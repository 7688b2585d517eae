"""Reads of papers. Every one of them starts from `visible_to`."""

from typing import Any

from peewee import ModelSelect

from cases.definitions import forms
from cases.documents.models import Document
from cases.documents.rules import approving_role
from cases.errors import NotFound
from cases.intake.models import Letter
from cases.intake.queries import visible_to as letters_visible_to
from cases.lifecycle.models import Case, TeamMember
from cases.lifecycle.queries import closed_to as cases_closed_to, visible_to as cases_visible_to
from cases.people.actor import Actor
from cases.people.permissions import Permission
from forms.origins import SENDER


def visible_to(actor: Actor) -> "ModelSelect[Document]":
    """Papers of the cases and letters the person may see; who issues papers also sees all that were
    approved, waiting to be issued or issued already."""
    if not actor.may(Permission.SEE_DOCUMENTS):
        return Document.select().where(Document.id.is_null())
    reachable = Document.case.in_(cases_visible_to(actor).select(Case.id)) | (
        Document.case.is_null() & Document.letter.in_(letters_visible_to(actor).select(Letter.id))
    )
    if actor.may(Permission.ISSUE_DOCUMENTS):
        outside = Document.case.is_null() | Document.case.not_in(cases_closed_to(actor))
        if actor.member_id is not None:
            about_oneself = Letter.select(Letter.id).where(Letter.subject_member == actor.member_id)
            outside &= Document.letter.is_null() | Document.letter.not_in(about_oneself)
        reachable |= (
            outside
            & Document.state.in_(["approved", "issued", "void"])
            & Document.form.in_(_forms_that_are_issued())
        )
    if not actor.may(Permission.SEE_SENDERS):
        reachable &= Document.form.not_in(_forms_that_name_the_sender()) | _works_with_the_sender(actor)
    return Document.select().where(Document.commission == actor.commission_id, reachable)


def _forms_that_name_the_sender() -> list[str]:
    """The forms addressed to, or signed by, whoever sent the letter: the name stands on them in clear."""
    return [
        code
        for code, form in forms().items()
        if any((field.origin or "").startswith(SENDER) for field in form.fields)
    ]


def _works_with_the_sender(actor: Actor) -> Any:
    """Papers of people who must know the sender for their work: its writer, the team, the handler."""
    on_team = TeamMember.select(TeamMember.case).where(
        TeamMember.user == actor.user_id, TeamMember.left_on.is_null()
    )
    handled = Letter.select(Letter.id).where(Letter.handler == actor.user_id)
    return (Document.created_by == actor.user_id) | Document.case.in_(on_team) | Document.letter.in_(handled)


def _forms_that_are_issued() -> list[str]:
    """The forms somebody approves and the clerk then issues; minutes and ballots stay with their case."""
    return [code for code, form in forms().items() if approving_role(form) is not None]


def document_of(actor: Actor, document_id: int) -> Document:
    found: Document | None = visible_to(actor).where(Document.id == document_id).first()
    if found is None:
        raise NotFound("Không có văn bản này, hoặc đồng chí không thuộc phạm vi được xem.")
    return found


def waiting_for_number(actor: Actor) -> list[Document]:
    """Approved papers that only need to be issued, oldest first; empty for who may not issue."""
    if not actor.may(Permission.ISSUE_DOCUMENTS):
        return []
    return list(visible_to(actor).where(Document.state == "approved").order_by(Document.updated_at))
