"""The steps of a case as a person needs them: who, which papers, by when, what keeps them waiting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.deadlines.models import Deadline
from cases.lifecycle.models import Case, CaseStep, Party
from cases.lifecycle.papers import PaperView, documents_of, papers_of
from cases.lifecycle.progress import on_team, parties_of, progress_of, rows_of
from cases.lifecycle.rules import StepState
from procedures.schema import Link, Step, StepActor

POSSIBLE = "possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One occurrence of a step, or a conditional step on offer (`row` is None then)."""

    step: Step
    row: CaseStep | None
    state: str
    who: str
    papers: tuple[PaperView, ...] = ()
    deadline: Deadline | None = None
    waits_for: tuple[Step, ...] = ()
    repeatable: bool = False
    latest: bool = True
    links: tuple[Link, ...] = ()

    @property
    def due_on(self) -> date | None:
        return self.deadline.due_on if self.deadline is not None else None

    @property
    def lacking(self) -> tuple[PaperView, ...]:
        """The papers without which the step cannot be completed."""
        return tuple(paper for paper in self.papers if paper.lacking)

    def is_late(self, today: date) -> bool:
        running = self.deadline is not None and self.deadline.state == "running"
        return running and self.due_on is not None and self.due_on < today


def steps_of(case: Case) -> list[StepView]:
    """Every occurrence of every step in order, and the conditional steps that may be taken now."""
    room = _Room(case)
    views = []
    for step in room.progress.edition.steps:
        views += [room.view(row) for row in room.rows if row.key == step.key]
        if step.key in room.offered:
            views.append(room.offer(step))
    return views


def next_steps(case: Case) -> list[StepView]:
    """What somebody must do now."""
    if case.state != "open":
        return []
    room = _Room(case)
    return [room.view(row) for row in room.rows if row.state == StepState.READY]


class _Room:
    """Everything about one case that its views are made of, read once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.rows = rows_of(case)
        self.progress = progress_of(case, self.rows)
        self.people = _People(case)
        self.deadlines = list(Deadline.select().where(Deadline.case == case.id).order_by(Deadline.id))
        self.documents = documents_of(case)
        self.last = {row.key: row for row in self.rows}
        possible = self.progress.possible() if case.state == "open" else ()
        self.offered = {step.key for step in possible}

    def view(self, row: CaseStep) -> StepView:
        step, last = self.progress.edition.step(row.key), self.last[row.key]
        latest = row.id == last.id
        return StepView(
            step=step, row=row, state=row.state, who=self.people.words(step.actor),
            papers=papers_of(self.case, step, row, documents=self.documents),
            deadline=_deadline_of(step, row, last, self.deadlines), latest=latest,
            waits_for=self.progress.blockers(row.key) if row.state == StepState.WAITING else (),
            repeatable=latest and self.case.state == "open" and self.progress.may_repeat(row.key),
            links=self.progress.edition.links_from(row.key),
        )  # fmt: skip

    def offer(self, step: Step) -> StepView:
        return StepView(
            step=step, row=None, state=POSSIBLE, who=self.people.words(step.actor),
            papers=papers_of(self.case, step, None, documents=self.documents),
            links=self.progress.edition.links_from(step.key),
        )  # fmt: skip


def _deadline_of(step: Step, row: CaseStep, last: CaseStep, deadlines: list[Deadline]) -> Deadline | None:
    """The clock of an occurrence; the latest one also shows the limit of the whole case it ends."""
    own = [deadline for deadline in deadlines if deadline.step_id == row.id]
    if not own and row.id == last.id and step.limit is not None:
        own = [one for one in deadlines if one.step_id is None and one.limit_id == step.limit]
    return own[-1] if own else None


class _People:
    """Names for the actors of the steps of one case."""

    def __init__(self, case: Case) -> None:
        self._directing = case.directing.full_name if case.directing is not None else ""
        team = on_team(case)
        self._head = next((one.user.full_name for one in team if one.position == "head"), "")
        self._parties = _names(parties_of(case))

    def words(self, actor: StepActor) -> str:
        name = {
            StepActor.COMMISSIONER: self._directing,
            StepActor.TEAM_HEAD: self._head,
            StepActor.TEAM: self._head,
            StepActor.SUBJECT: self._parties,
        }.get(actor, "")
        return f"{actor.label} ({name})" if name else actor.label


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(party.name for party in parties)
