"""The steps of a case as a person needs them: who, which papers, by when, what keeps them waiting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.deadlines.models import Deadline
from cases.lifecycle.models import Case, CaseStep, Party
from cases.lifecycle.papers import PaperView, papers_of
from cases.lifecycle.progress import edition_of, on_team, parties_of, progress_of, rows_of
from cases.lifecycle.rules import Progress, StepState
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
    rows = rows_of(case)
    progress = progress_of(case, rows)
    people = _People(case)
    deadlines = list(Deadline.select().where(Deadline.case == case.id).order_by(Deadline.id))
    offered = {step.key for step in progress.possible()} if case.state == "open" else set()
    views = []
    for step in progress.edition.steps:
        own = [row for row in rows if row.key == step.key]
        views += [_view(case, row, own[-1], progress, people, deadlines) for row in own]
        if step.key in offered:
            views.append(_offer(case, step, people))
    return views


def next_steps(case: Case) -> list[StepView]:
    """What somebody must do now."""
    return [] if case.state != "open" else [view for view in steps_of(case) if view.state == StepState.READY]


def who_does(case: Case, step: Step) -> str:
    """Who is waited for, by name where the case names somebody."""
    return _People(case).words(step.actor)


def _view(
    case: Case,
    row: CaseStep,
    last: CaseStep,
    progress: Progress,
    people: "_People",
    deadlines: list[Deadline],
) -> StepView:
    step = progress.edition.step(row.key)
    waiting = row.state == StepState.WAITING
    return StepView(
        step=step, row=row, state=row.state, who=people.words(step.actor), papers=papers_of(case, step, row),
        deadline=_deadline_of(step, row, last, deadlines),
        waits_for=progress.blockers(row.key) if waiting else (), latest=row.id == last.id,
        repeatable=row.id == last.id and case.state == "open" and progress.may_repeat(row.key),
        links=progress.edition.links_from(row.key),
    )  # fmt: skip


def _offer(case: Case, step: Step, people: "_People") -> StepView:
    return StepView(
        step=step, row=None, state=POSSIBLE, who=people.words(step.actor), papers=papers_of(case, step, None),
        links=edition_of(case).links_from(step.key),
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
