"""The steps of an edition as a graph: which are reached, which lead to a result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from procedures.editions import ProcedureEdition


def unreachable_steps(edition: ProcedureEdition) -> tuple[str, ...]:
    """Keys of steps that cannot be reached from the first step declared."""
    forward = {step.key: step.next for step in edition.steps}
    reached = _spread(forward, [step.key for step in edition.steps[:1]])
    return tuple(step.key for step in edition.steps if step.key not in reached)


def steps_without_outcome(edition: ProcedureEdition) -> tuple[str, ...]:
    """Keys of steps from which no step with an outcome can be reached."""
    backward: dict[str, list[str]] = {}
    for step in edition.steps:
        for target in step.next:
            backward.setdefault(target, []).append(step.key)
    ending = _spread(backward, [step.key for step in edition.steps if step.outcome is not None])
    return tuple(step.key for step in edition.steps if step.key not in ending)


def _spread(edges: Mapping[str, Iterable[str]], start: list[str]) -> set[str]:
    reached, waiting = set(start), list(start)
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached
