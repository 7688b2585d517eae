"""The order of the steps: what is ready, what waits, what is on offer, what may be returned to."""

from collections.abc import Callable
from typing import Any

import pytest

from cases.lifecycle.rules import Occurrence, Progress, StepState, concludes_item_by_item
from procedures.schema import ProcedureEdition
from tests.support.running_cases import keys_of, loaded_rules

DONE, READY, SKIPPED = StepState.COMPLETED, StepState.READY, StepState.SKIPPED


def a_step(key: str, *leads_to: str, stage: str = "CB", **more: Any) -> dict[str, Any]:
    if more.get("conditional"):
        more.setdefault("condition", "Khi cần")
    return {
        "key": key, "stage": stage, "type": "VERIFY", "label": f"Bước {key}", "what": "Làm", "actor": "team",
        "next": leads_to, "confidence": "source", "source": "S01", **more,
    }  # fmt: skip


def an_edition(*steps: dict[str, Any], family: str = "KT-DV") -> ProcedureEdition:
    return ProcedureEdition.model_validate(
        {
            "code": "XX-01", "name": "Quy trình thử", "short_name": "Thử", "family": family,
            "runners": [
                {"owner": "commission", "signer": "Chủ nhiệm", "confidence": "source", "source": "S01"}
            ],
            "subject_kinds": ["member"], "trigger": "Có việc", "legal_basis": ["1"],
            "fits": {"reason": "Thử"}, "valid_from": "2020-01-01",
            "confidence": "source", "source": "S01", "outcomes": [{"id": "done", "label": "Xong"}],
            "steps": steps,
        },
        strict=False,
    )  # fmt: skip


@pytest.fixture
def small() -> Callable[..., Progress]:
    """A → (B on demand) → C → D; C leads back to A; E on demand ends the stage of D."""
    edition = an_edition(
        a_step("A", "B", "C", repeatable=True),
        a_step("B", "C", conditional=True, repeatable=True),
        a_step("C", "A", "D"),
        a_step("D", "E", stage="KT"),
        a_step("E", stage="KT", conditional=True),
    )

    def progress(**states: StepState) -> Progress:
        given = {"A": READY, "C": StepState.WAITING, "D": StepState.WAITING, **states}
        return Progress(edition, [Occurrence(key, 1, state) for key, state in given.items()])

    return progress


def test_only_the_first_step_is_ready_at_first(small: Callable[..., Progress]) -> None:
    assert keys_of(small().ready()) == ["A"]
    assert keys_of(small().blockers("D")) == ["A", "C"]


def test_a_way_back_makes_nobody_wait(small: Callable[..., Progress]) -> None:
    assert small().blockers("A") == ()


@pytest.mark.parametrize("settled", [DONE, SKIPPED])
def test_a_settled_step_makes_way(small: Callable[..., Progress], settled: StepState) -> None:
    assert keys_of(small(A=settled).ready()) == ["C"]


def test_a_conditional_step_is_on_offer_from_the_step_before_it_until_what_follows_is_done(
    small: Callable[..., Progress],
) -> None:
    assert keys_of(small().possible()) == ["B"]
    assert keys_of(small(A=DONE).possible()) == ["B"]
    assert keys_of(small(A=DONE, C=DONE).possible()) == ["E"]


def test_a_taken_step_is_waited_for_by_the_next_one_only(small: Callable[..., Progress]) -> None:
    taken = small(A=DONE, B=READY)
    assert keys_of(taken.ready()) == ["B"]
    assert keys_of(taken.blockers("C")) == ["B"]
    assert keys_of(small(A=DONE, B=READY, C=DONE).ready()) == ["B", "D"]


def test_a_conditional_step_is_taken_again_when_repeatable_or_skipped(small: Callable[..., Progress]) -> None:
    assert keys_of(small(B=READY).possible()) == []
    assert keys_of(small(B=DONE).possible()) == ["B"]
    assert keys_of(small(A=DONE, C=DONE, E=DONE).possible()) == []
    assert keys_of(small(A=DONE, C=DONE, E=SKIPPED).possible()) == ["E"]


def test_work_returns_only_to_settled_steps_before(small: Callable[..., Progress]) -> None:
    assert keys_of(small(A=DONE, B=DONE, C=DONE).returns_from("D")) == ["A", "B", "C"]
    assert small().returns_from("A") == ()


def test_an_occurrence_added_later_opens_the_step_again(small: Callable[..., Progress]) -> None:
    edition = small().edition
    again = Progress(
        edition, [Occurrence("A", 2, READY), Occurrence("A", 1, DONE), Occurrence("C", 1, StepState.WAITING)]
    )
    assert keys_of(again.ready()) == ["A"]
    assert again.state_of("C") is StepState.WAITING


def test_only_settled_repeatable_steps_are_repeated(small: Callable[..., Progress]) -> None:
    assert small(A=DONE).may_repeat("A")
    assert not small().may_repeat("A")
    assert not small(A=DONE, C=DONE).may_repeat("C")


def test_a_case_closes_when_nothing_mandatory_or_taken_is_open(small: Callable[..., Progress]) -> None:
    assert small(A=DONE, C=SKIPPED, D=DONE).may_close
    assert keys_of(small(A=DONE, C=DONE, D=DONE, E=READY).unsettled()) == ["E"]
    assert keys_of(small(A=DONE).unsettled()) == ["C", "D"]


def test_a_step_that_never_came_up_has_no_occurrence(small: Callable[..., Progress]) -> None:
    assert small().latest("B") is None
    assert not small().is_open("B")


def test_a_conditional_step_without_a_step_before_is_on_offer_from_the_start() -> None:
    edition = an_edition(a_step("A", conditional=True), a_step("B"))
    assert keys_of(Progress(edition, []).possible()) == ["A"]


def test_a_conditional_step_after_another_waits_until_that_one_came_up() -> None:
    edition = an_edition(
        a_step("A", "B", "D"),
        a_step("B", "C", conditional=True),
        a_step("C", "D", conditional=True),
        a_step("D"),
    )
    begun = Progress(edition, [Occurrence("A", 1, DONE)])
    assert keys_of(begun.possible()) == ["B"]
    taken = Progress(edition, [Occurrence("A", 1, DONE), Occurrence("B", 1, DONE)])
    assert keys_of(taken.possible()) == ["C"]
    both = Progress(edition, [Occurrence("A", 1, DONE), Occurrence("B", 1, READY), Occurrence("C", 1, READY)])
    assert keys_of(both.blockers("D")) == ["B", "C"]


def test_items_are_concluded_one_by_one_where_denunciations_are_settled() -> None:
    by_code = {edition.code: concludes_item_by_item(edition) for edition in loaded_rules().procedures}
    assert {"TC-03": True, "KT-04": False, "KL-02": False}.items() <= by_code.items()
