"""Is a case ready for the session? What is there, what is missing: the program tells, people decide."""

from dataclasses import dataclass

from cases.definitions import rules
from cases.documents.models import Document
from cases.lifecycle.models import Case
from cases.lifecycle.papers import form_name
from cases.lifecycle.progress import edition_of, progress_of
from cases.lifecycle.queries import visible_to as cases_visible_to
from cases.people.actor import Actor
from cases.sessions.models import AgendaItem
from cases.sessions.voting_steps import session_steps

REPORTS = ("C16", "E04", "G08")
SUBMISSION = "C17"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a session needs; `done` says whether it is there. `blocks`: without it nothing is added."""

    label: str
    done: bool
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Readiness:
    """A case with everything the session needs of it."""

    case: Case
    checks: tuple[Check, ...]

    @property
    def addable(self) -> bool:
        return all(check.done for check in self.checks if check.blocks)

    @property
    def missing(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.done)


def readiness_of(case: Case) -> Readiness:
    """Whether the step before the commission has come, and which of its papers are issued."""
    return Readiness(case, (_step_check(case), *_paper_checks(case)))


def candidates(actor: Actor, *, session_id: int) -> list[Readiness]:
    """The open cases the person may see whose procedure goes before the commission and that are not on
    this agenda; those that are ready come first."""
    taken = AgendaItem.select(AgendaItem.case).where(AgendaItem.session == session_id)
    procedures = {edition.code for edition in rules().procedures if session_steps(edition.steps)}
    query = cases_visible_to(actor).where(
        Case.state == "open", Case.id.not_in(taken), Case.procedure.in_(sorted(procedures))
    )
    found = [readiness_of(case) for case in query.order_by(Case.id)]
    return sorted(found, key=lambda one: (not one.addable, len(one.missing), one.case.id))


def _step_check(case: Case) -> Check:
    progress = progress_of(case)
    offered = {step.key for step in (*progress.ready(), *progress.possible())}
    steps = session_steps(progress.edition.steps)
    if any(step.key in offered for step in steps):
        return Check("Đã đến bước Ủy ban Kiểm tra họp xem xét", True, blocks=True)
    waiting = [blocker.label for step in steps[:1] for blocker in progress.blockers(step.key)]
    what = f"còn {len(waiting)} bước trước: {'; '.join(waiting[:3])}" if waiting else "bước họp đã hoàn thành"
    return Check(f"Chưa đến bước Ủy ban Kiểm tra họp xem xét ({what})", False, blocks=True)


def _paper_checks(case: Case) -> list[Check]:
    used = {code for step in edition_of(case).steps for code in step.forms}
    wanted = [code for code in (*REPORTS, SUBMISSION) if code in used]
    issued = Document.select(Document.form).where(
        Document.case == case.id, Document.state == "issued", Document.form.in_(wanted)
    )
    there = {document.form for document in issued}
    own_report = [code for code in wanted if code in REPORTS and code in _required(case)]
    shown = [code for code in wanted if code in own_report or code == SUBMISSION or not own_report]
    return [Check(f"{form_name(code)} ({code})", code in there) for code in shown]


def _required(case: Case) -> set[str]:
    return {code for step in edition_of(case).steps for code in step.required_forms}
