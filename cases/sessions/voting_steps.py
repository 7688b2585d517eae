"""Which steps of a case hold a vote, and whose: ours in session, or another body's at its own meeting."""

from collections.abc import Iterable
from typing import Final

from cases.lifecycle.rules import Progress, StepState
from procedures.schema import ProcedureEdition, Step, StepActor, StepType, VoteKind

AT_A_SESSION: Final = (StepType.SESSION, StepType.VOTE)
ON_DISCIPLINE: Final = (VoteKind.PROPOSE, VoteKind.DECIDE)
ELSEWHERE: Final = (StepActor.PARTY_BODY, StepActor.COMMITTEE, StepActor.ADVISORY, StepActor.SUBJECT)
VOTING_BODIES: Final = (StepActor.PARTY_BODY, StepActor.COMMITTEE)


def session_steps(steps: Iterable[Step]) -> list[Step]:
    """The steps that are done by our commission in session; a committee's meeting is none of them."""
    return [step for step in steps if step.type in AT_A_SESSION and step.actor not in ELSEWHERE]


def ballot_steps(steps: Iterable[Step]) -> list[Step]:
    """The steps at which our commission holds a secret ballot: those of that type, and a session whose own
    step says that it decides."""
    return [step for step in session_steps(steps) if _has_ballot(step)]


def outside_stage(edition: ProcedureEdition, step: Step) -> VoteKind | None:
    """What another body votes on at a step: to propose, to decide, or nothing.

    A committee that concludes decides on discipline as well once both are considered together.
    """
    if step.actor not in VOTING_BODIES:
        return None
    if step.vote in ON_DISCIPLINE:
        return step.vote
    concludes = step.actor is StepActor.COMMITTEE and step.vote is VoteKind.CONCLUDE
    return VoteKind.DECIDE if concludes and duals_of(edition) else None


def missing_dual(progress: Progress, step: Step) -> Step | None:
    """The step without which no vote is held here and that was not taken; None when one may vote."""
    edition = progress.edition
    keys = [step.vote_only_after] if step.vote_only_after else duals_of(edition)
    if not keys or any(_was_taken(progress, key) for key in keys):
        return None
    return edition.step(keys[0])


def duals_of(edition: ProcedureEdition) -> list[str]:
    """The steps after which alone a vote on discipline is held in an inspection."""
    return sorted({step.vote_only_after for step in edition.steps if step.vote_only_after})


def _has_ballot(step: Step) -> bool:
    return step.type is StepType.VOTE or step.vote in ON_DISCIPLINE


def _was_taken(progress: Progress, key: str) -> bool:
    occurrence = progress.latest(key)
    return occurrence is not None and occurrence.state is not StepState.SKIPPED
