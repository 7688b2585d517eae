"""Reads of evidence. Every one of them starts from the cases the person may see."""

from peewee import ModelSelect

from cases.errors import NotFound
from cases.evidence.models import Evidence
from cases.lifecycle import queries as lifecycle
from cases.lifecycle.models import Case
from cases.people.actor import Actor


def visible_to(actor: Actor) -> "ModelSelect[Evidence]":
    """The evidence of the cases this person may know of."""
    return Evidence.select().where(Evidence.case.in_(lifecycle.visible_to(actor).select(Case.id)))


def evidence_of(actor: Actor, evidence_id: int) -> Evidence:
    """One piece; the same error for one that does not exist and one that may not be seen."""
    piece: Evidence | None = visible_to(actor).where(Evidence.id == evidence_id).first()
    if piece is None:
        raise NotFound("Không có tài liệu này, hoặc đồng chí không thuộc phạm vi được xem.")
    return piece


def evidence_in(case: Case) -> list[Evidence]:
    """The pieces of a case by number, withdrawn ones too."""
    return list(Evidence.select().where(Evidence.case == case.id).order_by(Evidence.number))
