"""The lifecycle as a state machine: whatever people do, no case is stuck and nothing is done out of turn."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from hypothesis import HealthCheck, given, note, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cases.lifecycle import operations
from cases.lifecycle.models import Case, CaseStep
from cases.lifecycle.operations import NewParty
from cases.lifecycle.progress import progress_of
from cases.lifecycle.rules import Occurrence, Progress, StepState
from procedures.layers import pack_folders
from procedures.load import RULES_FOLDER, load_rulebook
from procedures.schema import ProcedureEdition, Step, StepType
from tests.support.databases import opened
from tests.support.running_cases import an_open_case, complete, keys_of, loaded_rules, who_may
from tests.support.worlds import NOW, TODAY, a_staffed_commission

PACKS = [folder.name for folder in pack_folders(RULES_FOLDER)]
EDITIONS = {one.id: one for one in load_rulebook(packs=PACKS).procedures}
IN_FORCE = sorted(edition.id for edition in EDITIONS.values() if edition.in_force(TODAY))
NINETEEN = sorted(edition.code for edition in loaded_rules().procedures_in_force(TODAY))
MOST_ACTS = 25


class Lifecycle(RuleBasedStateMachine):
    """A case in the hands of people who complete, skip, take, repeat and return as they like."""

    edition: ProcedureEdition  # given by a class of its own for each edition

    def __init__(self) -> None:
        super().__init__()
        self.states = {(step.key, 1): StepState.WAITING for step in self.edition.mandatory_steps}
        self.allowed = Counter(step.key for step in self.edition.mandatory_steps)
        self.done: Counter[str] = Counter()

    @property
    def progress(self) -> Progress:
        occurrences = [Occurrence(key, number, state) for (key, number), state in self.states.items()]
        return Progress(self.edition, occurrences)

    def settle(self, key: str, state: StepState) -> None:
        latest = self.progress.latest(key)
        assert latest is not None
        self.states[key, latest.number] = state
        self.done[key] += 1

    def open_again(self, key: str) -> None:
        latest = self.progress.latest(key)
        self.states[key, latest.number + 1 if latest else 1] = StepState.WAITING
        self.allowed[key] += 1

    @precondition(lambda self: self.progress.ready())
    @rule(data=st.data(), state=st.sampled_from([StepState.COMPLETED, StepState.SKIPPED]))
    def do(self, data: st.DataObject, state: StepState) -> None:
        self.settle(data.draw(st.sampled_from(keys_of(self.progress.ready()))), state)

    @precondition(lambda self: self.progress.possible())
    @rule(data=st.data())
    def take(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(keys_of(self.progress.possible())))
        assert self.edition.step(key).conditional
        self.open_again(key)
        assert self.progress.state_of(key) is StepState.READY

    @precondition(lambda self: self.repeatable())
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        self.open_again(data.draw(st.sampled_from(self.repeatable())))

    @precondition(lambda self: self.returnable())
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(self.returnable()))
        back = data.draw(st.sampled_from(keys_of(self.progress.returns_from(key))))
        self.open_again(back)
        if not self.edition.step(back).conditional and not self.edition.step(key).conditional:
            assert self.progress.state_of(key) is StepState.WAITING

    @precondition(lambda self: self.progress.may_close)
    @rule()
    def rest(self) -> None:
        assert not self.progress.unsettled()

    def repeatable(self) -> list[str]:
        progress = self.progress
        return [step.key for step in self.edition.steps if progress.may_repeat(step.key)]

    def returnable(self) -> list[str]:
        progress = self.progress
        return [step.key for step in progress.ready() if progress.returns_from(step.key)]

    @invariant()
    def somebody_can_always_do_something_until_the_case_may_close(self) -> None:
        progress = self.progress
        assert progress.may_close or progress.ready(), [step.key for step in progress.unsettled()]

    @invariant()
    def no_mandatory_step_is_ready_before_those_it_waits_for(self) -> None:
        for step in self.progress.ready():
            assert not self.progress.blockers(step.key)

    @invariant()
    def every_step_is_settled_at_most_once_per_time_it_was_opened(self) -> None:
        assert all(self.done[key] <= self.allowed[key] for key in self.done)

    def teardown(self) -> None:
        """From wherever the case was left, doing what is ready reaches the archive and the end."""
        for _ in range(200):
            ready = self.progress.ready()
            if not ready:
                break
            self.settle(ready[0].key, StepState.COMPLETED)
        assert self.progress.may_close
        assert self.progress.is_settled(last_step(self.edition).key)


def last_step(edition: ProcedureEdition) -> Step:
    """The archive; of the supporting procedures that have none, the last step nobody may leave out."""
    archive = [step for step in edition.steps if step.type is StepType.ARCHIVE]
    return (archive or edition.mandatory_steps)[-1]


def test_the_machine_runs_every_procedure_in_force() -> None:
    assert len(NINETEEN) == 19
    assert {EDITIONS[name].code for name in IN_FORCE} > set(NINETEEN)


@pytest.mark.parametrize("name", IN_FORCE)
def test_no_case_is_stuck_and_nothing_is_done_out_of_turn(name: str) -> None:
    run_state_machine_as_test(
        type("LifecycleOfOneEdition", (Lifecycle,), {"edition": EDITIONS[name]}),
        settings=settings(max_examples=12, stateful_step_count=MOST_ACTS, deadline=None),
    )


@pytest.mark.parametrize("name", IN_FORCE)
def test_every_conditional_step_is_on_offer_at_some_time_of_a_plain_case(name: str) -> None:
    """Walking the mandatory steps one by one, each conditional one comes up before its time has passed."""
    edition = EDITIONS[name]
    offered: set[str] = set()
    states = {step.key: StepState.WAITING for step in edition.mandatory_steps}
    while True:
        progress = Progress(edition, [Occurrence(key, 1, state) for key, state in states.items()])
        # A conditional step may lead to another one: taking it is what puts the next on offer.
        while fresh := [step.key for step in progress.possible() if step.key not in offered]:
            offered |= set(fresh)
            taken = [Occurrence(key, 1, StepState.COMPLETED) for key in offered]
            done = [Occurrence(key, 1, state) for key, state in states.items()]
            progress = Progress(edition, [*done, *taken])
        ready = [step for step in progress.ready() if not step.conditional]
        if not ready:
            break
        states[ready[0].key] = StepState.COMPLETED
    assert offered == {step.key for step in edition.steps if step.conditional}


@given(data=st.data())
@settings(
    max_examples=4, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_a_stored_case_says_what_the_rules_say_after_every_act(
    fresh_database: Callable[[], AbstractContextManager[str]], data: st.DataObject
) -> None:
    with fresh_database() as url, opened(url):
        staff = a_staffed_commission()
        code = data.draw(st.sampled_from(NINETEEN))
        (kind, *_) = loaded_rules().procedure(code, on=TODAY).subject_kinds
        case = an_open_case(staff, code, parties=[NewParty(kind=kind, name="Đối tượng của bài kiểm thử")])
        for _ in range(data.draw(st.integers(min_value=3, max_value=12))):
            progress = progress_of(case)
            acts = [("complete", step.key) for step in progress.ready()]
            acts += [("take", step.key) for step in progress.possible()]
            verb, key = data.draw(st.sampled_from(acts))
            note(f"{verb} {key}")
            if verb == "take":
                operations.take_step(who_may(staff, case, key), case.id, key, reason="Cần", now=NOW)
            else:
                complete(staff, case, key)
            assert_stored_as_computed(case)


def assert_stored_as_computed(case: Case) -> None:
    """The states kept for lists are those the rules compute."""
    progress = progress_of(case)
    for row in CaseStep.select().where(CaseStep.case == case.id):
        latest = progress.latest(row.key)
        if latest is not None and latest.number == row.occurrence:
            assert row.state == progress.state_of(row.key), row.key
