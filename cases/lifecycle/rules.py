"""How far a case is: which steps are ready, waited for or on offer. Pure; the edition says the order.

A step that the edition does not mark conditional must be done or skipped with a reason. A conditional
step happens only when a person takes it. ``next`` leads forward; a ``next`` back to an earlier step
(verify again) is a way to return and makes nobody wait.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from procedures.schema import ProcedureEdition, Step


class StepState(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    COMPLETED = "completed"
    SKIPPED = "skipped"


DENUNCIATIONS = "TC-"  # how the families of form sets for denunciations begin (forms.md §2)
SETTLED = frozenset({StepState.COMPLETED, StepState.SKIPPED})


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time a step was, or is to be, done: `number` counts from 1."""

    key: str
    number: int
    state: StepState

    @property
    def settled(self) -> bool:
        return self.state in SETTLED


class Progress:
    """An edition together with what has happened in one case."""

    def __init__(self, edition: ProcedureEdition, occurrences: Iterable[Occurrence]) -> None:
        self.edition = edition
        self._latest: dict[str, Occurrence] = {}
        for occurrence in sorted(occurrences, key=lambda one: one.number):
            self._latest[occurrence.key] = occurrence
        self._position = {step.key: index for index, step in enumerate(edition.steps)}
        self._before: dict[str, list[Step]] = {step.key: [] for step in edition.steps}
        self._after: dict[str, list[Step]] = {step.key: [] for step in edition.steps}
        for step in edition.steps:
            for key in step.next:
                if self._position[key] > self._position[step.key]:
                    self._before[key].append(step)
                    self._after[step.key].append(edition.step(key))

    def latest(self, key: str) -> Occurrence | None:
        """The last occurrence of a step; None when it never came up."""
        return self._latest.get(key)

    def is_settled(self, key: str) -> bool:
        occurrence = self.latest(key)
        return occurrence is not None and occurrence.settled

    def is_open(self, key: str) -> bool:
        """Whether the step is on the list of things still to do."""
        occurrence = self.latest(key)
        return occurrence is not None and not occurrence.settled

    def blockers(self, key: str) -> tuple[Step, ...]:
        """The steps that must be settled first, in the order of the edition.

        Every mandatory step before it, and the conditional ones taken right before it.
        """
        if self.edition.step(key).conditional:
            return ()
        waiting = {
            step.key for step in self._earlier(key) if not step.conditional and not self.is_settled(step.key)
        }
        waiting |= {step.key for step in self._side_steps(key) if self.is_open(step.key)}
        return tuple(step for step in self.edition.steps if step.key in waiting)

    def state_of(self, key: str) -> StepState:
        """The state a step has now, whatever was stored before."""
        occurrence = self.latest(key)
        if occurrence is not None and occurrence.settled:
            return occurrence.state
        return StepState.WAITING if self.blockers(key) else StepState.READY

    def ready(self) -> tuple[Step, ...]:
        """The steps somebody can do now."""
        return tuple(
            step
            for step in self.edition.steps
            if (not step.conditional or self.is_open(step.key)) and self.state_of(step.key) is StepState.READY
        )

    def possible(self) -> tuple[Step, ...]:
        """The conditional steps that may be taken now."""
        return tuple(step for step in self.edition.steps if step.conditional and self._is_offered(step))

    def may_repeat(self, key: str) -> bool:
        """Whether a settled step may be done once more."""
        return self.is_settled(key) and self.edition.step(key).repeatable

    def returns_from(self, key: str) -> tuple[Step, ...]:
        """The settled steps before a ready one: where the work can be sent back to."""
        earlier = {step.key for step in self._earlier(key)}
        return tuple(step for step in self.edition.steps if step.key in earlier and self.is_settled(step.key))

    def unsettled(self) -> tuple[Step, ...]:
        """What keeps the case from closing: mandatory steps not settled and taken ones still open."""
        return tuple(
            step
            for step in self.edition.steps
            if self.is_open(step.key) or (not step.conditional and not self.is_settled(step.key))
        )

    @property
    def may_close(self) -> bool:
        return not self.unsettled()

    def _is_offered(self, step: Step) -> bool:
        occurrence = self.latest(step.key)
        if occurrence is not None and not (occurrence.settled and self._may_be_taken_again(step, occurrence)):
            return False
        return self._is_reached(step) and not self._is_past(step)

    def _may_be_taken_again(self, step: Step, occurrence: Occurrence) -> bool:
        return step.repeatable or occurrence.state is StepState.SKIPPED

    def _is_reached(self, step: Step) -> bool:
        before = self._before[step.key]
        return not before or any(self._has_begun(one) for one in before)

    def _has_begun(self, step: Step) -> bool:
        if step.conditional:
            return self.latest(step.key) is not None
        return self.is_settled(step.key) or self.state_of(step.key) is StepState.READY

    def _is_past(self, step: Step) -> bool:
        stage = [one for one in self.edition.steps_of(step.stage) if not one.conditional]
        return all(self.is_settled(one.key) for one in [*stage, *self._mandatory_after(step.key)])

    def _earlier(self, key: str) -> list[Step]:
        found: dict[str, Step] = {}
        waiting = list(self._before[key])
        while waiting:
            step = waiting.pop()
            if step.key not in found:
                found[step.key] = step
                waiting += self._before[step.key]
        return list(found.values())

    def _side_steps(self, key: str) -> list[Step]:
        found: dict[str, Step] = {}
        waiting = [step for step in self._before[key] if step.conditional]
        while waiting:
            step = waiting.pop()
            found[step.key] = step
            waiting += [one for one in self._before[step.key] if one.conditional and one.key not in found]
        return list(found.values())

    def _mandatory_after(self, key: str) -> list[Step]:
        found: dict[str, Step] = {}
        waiting = list(self._after[key])
        while waiting:
            step = waiting.pop()
            if step.conditional:
                waiting += self._after[step.key]
            else:
                found[step.key] = step
        return list(found.values())


def concludes_item_by_item(edition: ProcedureEdition) -> bool:
    """Whether each item gets a conclusion of its own: it does where denunciations are settled (T-41)."""
    return edition.family.startswith(DENUNCIATIONS)
