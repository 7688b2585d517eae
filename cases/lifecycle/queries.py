"""Reads of cases. Every one of them starts from `visible_to`."""

from dataclasses import dataclass
from datetime import date

from peewee import ModelSelect

from cases.deadlines.models import Deadline
from cases.errors import NotFound
from cases.lifecycle.models import Case, CaseStep, ConflictDeclaration, Party, TeamMember
from cases.lifecycle.timeline import TimelineEntry, entries_of
from cases.lifecycle.views import StepView, next_steps, steps_of
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import search_words
from procedures.schema import Role

__all__ = [
    "CaseFilter", "CasePage", "StepView", "TimelineEntry", "case_of", "chain_of", "closed_to", "find_cases",
    "next_steps", "step_of", "steps_of", "timeline", "visible_to",
]  # fmt: skip

PAGE_SIZE = 25


def visible_to(actor: Actor) -> "ModelSelect[Case]":
    """The cases this person may know of.

    Own commission only; never a case whose subject the person is, nor one with a declared conflict,
    whatever the role. Commissioners see all others, a head of section those of the section and those
    without one, everybody else the cases they lead or are on the team of.
    """
    if not actor.may(Permission.SEE_CASES):
        return Case.select().where(Case.id.is_null())
    on_team = TeamMember.select(TeamMember.case).where(
        TeamMember.user == actor.user_id, TeamMember.left_on.is_null()
    )
    query = Case.select().where(Case.commission == actor.commission_id, Case.id.not_in(closed_to(actor)))
    if actor.roles & {Role.CHAIR, Role.COMMISSIONER}:
        return query
    mine = Case.id.in_(on_team) | (Case.directing == actor.user_id) | (Case.opened_by == actor.user_id)
    if Role.HEAD_OF_SECTION in actor.roles:
        mine |= (Case.unit == "") | (Case.unit == actor.unit)
    return query.where(mine)


def closed_to(actor: Actor) -> "ModelSelect[Case]":
    """The ids of the cases that are closed to this person whatever the role: as subject, or by conflict,
    here or in a case this one came from (the evidence went along)."""
    declared = ConflictDeclaration.select(ConflictDeclaration.case).where(
        ConflictDeclaration.user == actor.user_id
    )
    closed = Case.id.in_(declared)
    if actor.member_id is not None:
        closed |= Case.id.in_(Party.select(Party.case).where(Party.member == actor.member_id))
    roots = Case.select(Case.id).where(closed).cte("closed", recursive=True, columns=("id",))
    branch = Case.alias("branch")
    line = roots.union(branch.select(branch.id).join(roots, on=(branch.parent == roots.c.id)))
    return Case.select(Case.id).where(Case.id.in_(line.select_from(line.c.id)))


def case_of(actor: Actor, case_id: int) -> Case:
    """One case; the same error for one that does not exist and one that may not be seen."""
    case: Case | None = visible_to(actor).where(Case.id == case_id).first()
    if case is None:
        raise NotFound("Không có hồ sơ này, hoặc đồng chí không thuộc phạm vi được xem.")
    return case


def step_of(actor: Actor, step_id: int) -> CaseStep:
    """One step of a case the person may see."""
    row = CaseStep.get_or_none(CaseStep.id == step_id)
    if row is None:
        raise NotFound("Không có bước này, hoặc đồng chí không thuộc phạm vi được xem.")
    row.case = case_of(actor, row.case_id)
    return row


def chain_of(actor: Actor, case: Case) -> list[Case]:
    """The cases this one came from and led to, oldest first; only those the person may see."""
    root = case
    while root.parent_id is not None:
        root = Case.get_by_id(root.parent_id)
    found, waiting = [], [root]
    while waiting:
        one = waiting.pop(0)
        found.append(one.id)
        waiting += list(Case.select().where(Case.parent == one.id).order_by(Case.id))
    seen = {one.id: one for one in visible_to(actor).where(Case.id.in_(found))}
    return [seen[number] for number in found if number in seen]


def timeline(actor: Actor, case: Case, *, kind: str = "") -> list[TimelineEntry]:
    """All that happened in a case the person may see, newest first; `kind` narrows to one kind of thing."""
    return entries_of(case_of(actor, case.id), kind=kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """What a list of cases is narrowed to; empty values do not narrow."""

    text: str = ""
    procedure: str = ""
    state: str = ""
    mine: bool = False
    overdue: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class CasePage:
    cases: tuple[Case, ...]
    total: int
    page: int
    pages: int


def find_cases(actor: Actor, wanted: CaseFilter, *, today: date) -> CasePage:
    """One page of the cases the person may see, newest first."""
    query = _narrowed(actor, visible_to(actor), wanted, today=today)
    total = query.count()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, wanted.page), pages)
    found = query.order_by(Case.opened_at.desc(), Case.id.desc()).paginate(page, PAGE_SIZE)
    return CasePage(tuple(found), total, page, pages)


def _narrowed(
    actor: Actor, query: "ModelSelect[Case]", wanted: CaseFilter, *, today: date
) -> "ModelSelect[Case]":
    for word in search_words(wanted.text):
        query = query.where(Case.search_text.contains(word))
    if wanted.procedure:
        query = query.where(Case.procedure == wanted.procedure)
    if wanted.state:
        query = query.where(Case.state == wanted.state)
    if wanted.mine:
        team = TeamMember.select(TeamMember.case).where(
            TeamMember.user == actor.user_id, TeamMember.left_on.is_null()
        )
        query = query.where(Case.id.in_(team) | (Case.directing == actor.user_id))
    if wanted.overdue:
        late = Deadline.select(Deadline.case).where(Deadline.state == "running", Deadline.due_on < today)
        query = query.where(Case.id.in_(late))
    return query
