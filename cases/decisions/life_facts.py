"""What the record says about the months after a decision: complaints, changes of form, new violations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from peewee import Expression

from cases.decisions.models import Decision
from cases.lifecycle.models import Case, CaseStep, Finding, Party
from cases.lifecycle.progress import edition_of
from cases.sessions.complaints import is_complaint
from cases.sessions.models import AgendaItem, Ballot, OutsideVote
from procedures.schema import EventType, SubjectKind

DECIDING: Final = "decide"
UPHELD: Final = "kept"
LIFTED: Final = "lifted"
RUNNING_CASES: Final = ("open", "suspended")


@dataclass(frozen=True, slots=True)
class NewViolation:
    """A violation deserving discipline, dated within the months of watch, and the case that found it."""

    on: date
    text: str
    case_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeFacts:
    """What changes the end of a decision.

    `first_announced_on`: of the decision whose form this one changed (Q-10). `settled_on`: announcement of
    the decision on a complaint; `lifted` by it. `told_complaint`: what the register says,
    without knowing how it went on.
    """

    first_announced_on: date | None = None
    form_changed: bool = False
    complaint_pending: bool = False
    settled_on: date | None = None
    lifted: bool = False
    told_complaint: str = ""


def facts_of(decision: Decision) -> LifeFacts:
    """What the record holds about a decision's complaints and changes."""
    cases = _complaint_cases(decision)
    settled = [day for case in cases if (day := _event_day(case, EventType.DECISION_ANNOUNCED)) is not None]
    outcomes = {_outcome(case) for case in cases} - {""}
    changed = bool(decision.changed_to) or bool(outcomes - {UPHELD})
    return LifeFacts(
        first_announced_on=_first_announced(decision),
        form_changed=changed,
        complaint_pending=any(case.state in RUNNING_CASES for case in cases) and not settled,
        settled_on=max(settled, default=None),
        lifted=LIFTED in outcomes and bool(settled),
        told_complaint="" if cases or changed else str(decision.complaint),
    )


def new_violation_in(decision: Decision, first: date, last: date) -> NewViolation | None:
    """The first violation of the same subject in these days that was found to deserve discipline (Q-09)."""
    about = _party_is(decision)
    if about is None:
        return None
    found = (
        Finding.select(Finding, Case)
        .join(Case)
        .switch(Finding)
        .join(Party, on=(Finding.party == Party.id))
        .where(about, Finding.disciplinary, Case.commission == decision.commission_id)
    )
    days = [(one.ended_on or one.detected_on, one) for one in found]
    inside = [(day, one) for day, one in days if day is not None and first < day <= last]
    if not inside:
        return None
    day, one = min(inside, key=lambda pair: (pair[0], pair[1].id))
    return NewViolation(day, one.text, one.case.code)


def later_decision_in(decision: Decision, first: date, last: date) -> Decision | None:
    """A later decision on the same subject in these days whose violation has no day: a person must look."""
    about = _decision_is(decision)
    if about is None:
        return None
    later = Decision.select().where(
        about, Decision.commission == decision.commission_id, Decision.id != decision.id,
        Decision.signed_on > first, Decision.signed_on <= last,
        Decision.penalty != decision.changed_to,
    )  # fmt: skip
    return next((one for one in later.order_by(Decision.signed_on) if not _is_dated(one)), None)


def _is_dated(decision: Decision) -> bool:
    """Whether every violation behind a decision has its day, so that the days themselves tell."""
    if decision.case_id is None:
        return False
    findings = Finding.select().where(Finding.case == decision.case_id, Finding.disciplinary)
    return findings.exists() and all(one.ended_on or one.detected_on for one in findings)


def _first_announced(decision: Decision) -> date | None:
    """When the decision was announced whose form this one changed; None when it changed none."""
    about = _decision_is(decision)
    if about is None or decision.signed_on is None:
        return None
    earlier: Decision | None = (
        Decision.select()
        .where(
            about, Decision.commission == decision.commission_id, Decision.id != decision.id,
            Decision.changed_to == decision.penalty, Decision.signed_on <= decision.signed_on,
        )
        .order_by(Decision.signed_on.desc())
        .first()
    )  # fmt: skip
    return earlier.announced_on if earlier else None


def _complaint_cases(decision: Decision) -> list[Case]:
    """The cases that settle complaints about this decision: opened while it was the subject's latest one."""
    about = _party_is(decision)
    if about is None or decision.signed_on is None:
        return []
    next_one = _next_signed(decision)
    started = Case.select().join(Party).where(
        about, Case.commission == decision.commission_id, Case.started_on >= decision.signed_on
    )  # fmt: skip
    if next_one is not None:
        started = started.where(Case.started_on < next_one)
    return [case for case in started.distinct() if is_complaint(case)]


def _next_signed(decision: Decision) -> date | None:
    about = _decision_is(decision)
    later = Decision.select().where(
        about, Decision.commission == decision.commission_id, Decision.signed_on > decision.signed_on
    )  # fmt: skip
    return min((one.signed_on for one in later if one.signed_on is not None), default=None)


def _event_day(case: Case, event: EventType) -> date | None:
    keys = [step.key for step in edition_of(case).steps if step.event is event]
    done = CaseStep.select().where(
        CaseStep.case == case.id, CaseStep.key.in_(keys), CaseStep.state == "completed"
    )
    return _latest(row.completed_on for row in done)


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)


def _outcome(case: Case) -> str:
    """What the latest deciding vote made of the complaint; empty while nothing was decided."""
    ours = (
        Ballot.select()
        .join(AgendaItem)
        .where(AgendaItem.case == case.id, Ballot.state == "counted", Ballot.stage == DECIDING)
        .order_by(Ballot.id.desc())
        .first()
    )
    theirs = (
        OutsideVote.select()
        .where(OutsideVote.case == case.id, OutsideVote.stage == DECIDING)
        .order_by(OutsideVote.id.desc())
        .first()
    )
    found = ours or theirs
    return str(found.outcome) if found is not None else ""


def _party_is(decision: Decision) -> Expression | None:
    if decision.subject_kind == SubjectKind.BODY:
        known = decision.subject_organisation_id
        return None if known is None else Party.organisation == known
    known = decision.subject_member_id
    return None if known is None else Party.member == known


def _decision_is(decision: Decision) -> Expression | None:
    if decision.subject_kind == SubjectKind.BODY:
        known = decision.subject_organisation_id
        return None if known is None else Decision.subject_organisation == known
    known = decision.subject_member_id
    return None if known is None else Decision.subject_member == known
