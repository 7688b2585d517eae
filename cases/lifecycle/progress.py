"""How far a case is: its edition, its occurrences, its people. For whoever holds the case already."""

from collections.abc import Iterable

from cases.definitions import rules
from cases.lifecycle.models import Case, CaseStep, Party, TeamMember
from cases.lifecycle.rules import Occurrence, Progress, StepState
from procedures.schema import ProcedureEdition, SubjectKind

POSITION_ORDER = ("head", "deputy", "secretary", "member")


def edition_of(case: Case) -> ProcedureEdition:
    """The edition the case is pinned to; raises RuleNotFound if it is gone."""
    return rules().edition(case.procedure, case.edition)


def rows_of(case: Case) -> list[CaseStep]:
    """Every occurrence of every step of the case, in the order of the edition."""
    return list(
        CaseStep.select().where(CaseStep.case == case.id).order_by(CaseStep.position, CaseStep.occurrence)
    )


def progress_of(case: Case, rows: Iterable[CaseStep] | None = None) -> Progress:
    """How far the case is, computed from its stored occurrences."""
    stored = rows_of(case) if rows is None else rows
    return Progress(
        edition_of(case), [Occurrence(row.key, row.occurrence, StepState(row.state)) for row in stored]
    )


def latest_row(case: Case, key: str) -> CaseStep | None:
    """The last occurrence of a step, None when it never came up."""
    found: CaseStep | None = (
        CaseStep.select()
        .where(CaseStep.case == case.id, CaseStep.key == key)
        .order_by(CaseStep.occurrence.desc())
        .first()
    )
    return found


def on_team(case: Case) -> list[TeamMember]:
    """The people working on the case now, the head first."""
    members = TeamMember.select().where(TeamMember.case == case.id, TeamMember.left_on.is_null())
    return sorted(members, key=lambda member: (POSITION_ORDER.index(member.position), member.user.name_sort))


def parties_of(case: Case) -> list[Party]:
    return list(Party.select().where(Party.case == case.id).order_by(Party.id))


def subject_kind_of(case: Case) -> SubjectKind | None:
    """What the first subject of a case is; None while it has none."""
    first = Party.select(Party.kind).where(Party.case == case.id).order_by(Party.id).first()
    return SubjectKind(first.kind) if first is not None else None
