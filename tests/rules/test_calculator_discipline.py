"""The batch calculator on discipline: limitation, life of a decision, secret votes."""

from typing import Any

import pytest

from cases.book.calculator import calculate
from cases.book.calculator_dates import Law
from cases.deadlines.calendar import Calendar
from procedures.load import load_rulebook


@pytest.fixture(scope="module")
def law() -> Law:
    # Neither limitation nor votes depend on working days: no year needs to be confirmed.
    return Law(load_rulebook(), Calendar())


VIOLATION = {
    "op": "limitation", "subject": "dang_vien", "start": "2020-03-15", "concluded": "2025-03-16",
    "penalty": "khien_trach", "excluded": [], "new_violation": None, "no_limit_ground": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (True, "2025-03-15", True)),
        ({"concluded": "2025-03-15"}, (True, "2025-03-15", False)),
        ({"concluded": None}, (True, "2025-03-15", None)),
        ({"penalty": "canh_cao"}, (True, "2030-03-15", False)),
        ({"penalty": "cach_chuc"}, (True, "2030-03-15", False)),
        ({"subject": "to_chuc"}, (True, "2025-03-15", True)),
        ({"subject": "to_chuc", "penalty": "canh_cao"}, (True, "2030-03-15", False)),
        ({"penalty": "khai_tru"}, (False, None, False)),
        ({"subject": "to_chuc", "penalty": "giai_tan"}, (False, None, False)),
        ({"no_limit_ground": "bang_cap"}, (False, None, False)),
        ({"excluded": [["2021-04-01", "2021-09-30"]]}, (True, "2025-09-14", False)),
        (
            {"excluded": [["2021-04-01", "2021-04-02"], ["2021-04-02", "2021-04-03"]]},
            (True, "2025-03-18", False),
        ),
        ({"excluded": [["2019-01-01", "2020-03-20"]]}, (True, "2025-03-20", False)),
        ({"excluded": [["2025-03-16", "2025-04-30"]]}, (True, "2025-03-15", True)),
        ({"excluded": [["2025-03-15", "2025-03-15"]]}, (True, "2025-03-16", False)),
        ({"excluded": [["2024-01-01", None]]}, (True, None, False)),
        ({"new_violation": "2022-06-01"}, (True, "2027-06-01", False)),
        ({"new_violation": "2025-03-15", "concluded": "2030-03-16"}, (True, "2030-03-15", True)),
        ({"new_violation": "2025-03-16"}, (True, "2025-03-15", True)),
        ({"new_violation": "2019-06-01"}, (True, "2025-03-15", True)),
        ({"start": "2020-02-29", "concluded": "2025-03-01"}, (True, "2025-02-28", True)),
    ],
)  # fmt: skip
def test_limitation_is_told_for_each_form(
    law: Law, changes: dict[str, Any], expected: tuple[bool, str | None, bool | None]
) -> None:
    answer = calculate(VIOLATION | changes, law)
    assert (answer["applies"], answer["last_day"], answer["expired"]) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"penalty": "giai_tan"}, {"subject": "to_chuc", "penalty": "khai_tru"}, {"penalty": "khong_ky_luat"},
        {"subject": "to_chuc", "penalty": "cach_chuc"}, {"no_limit_ground": "khac"}, {"subject": None},
        {"concluded": "2020-03-14"}, {"excluded": [["2021-05-01", "2021-04-01"]]}, {"new_violation": 5},
    ],
)  # fmt: skip
def test_a_form_that_does_not_exist_for_the_subject_is_bad_input(law: Law, changes: dict[str, Any]) -> None:
    assert calculate(VIOLATION | changes, law)["error"]["code"] == "bad_input"


DECISION = {
    "op": "decision_life", "penalty": "canh_cao", "signed": "2026-04-11", "announced": "2026-04-20",
    "first_announced": None, "new_violation": None, "edition": "21-QĐ/TW",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("2026-04-11", "2027-04-20", "2027-04-20", True)),
        ({"edition": None}, ("2026-04-11", "2027-04-20", "2027-04-20", True)),
        ({"edition": None, "signed": "2026-04-10"}, ("2026-04-20", "2027-04-20", "2027-04-20", True)),
        ({"edition": "296-QĐ/TW"}, ("2026-04-20", "2027-04-20", "2027-04-20", True)),
        ({"edition": "69-QĐ/TW"}, ("2026-04-11", "2027-04-20", "2027-04-20", True)),
        ({"level": "chi_bo", "signed": "2026-04-25"}, ("2026-04-20", "2027-04-20", "2027-04-20", True)),
        ({"first_announced": "2025-12-31"}, ("2026-04-11", "2026-12-31", "2026-12-31", True)),
        ({"new_violation": "2027-04-20"}, ("2026-04-11", "2027-04-20", None, False)),
        ({"new_violation": "2026-04-12"}, ("2026-04-11", "2027-04-20", None, False)),
        ({"new_violation": "2027-04-21"}, ("2026-04-11", "2027-04-20", "2027-04-20", True)),
        ({"new_violation": "2026-04-10"}, ("2026-04-11", "2027-04-20", "2027-04-20", True)),
        ({"penalty": "khai_tru"}, ("2026-04-11", None, None, False)),
        ({"penalty": "giai_tan"}, ("2026-04-11", None, None, False)),
        ({"announced": None}, ("2026-04-11", None, None, True)),
        ({"edition": "22-QĐ/TW", "announced": None}, (None, None, None, True)),
        ({"announced": "2028-02-29"}, ("2026-04-11", "2029-02-28", "2029-02-28", True)),
    ],
)
def test_a_decision_lives_from_its_regime_to_twelve_months_after_the_announcement(
    law: Law, changes: dict[str, Any], expected: tuple[str | None, str | None, str | None, bool]
) -> None:
    answer = calculate(DECISION | changes, law)
    told = (answer["effective"], answer["last_day"], answer["ends_on"], answer["ends_by_itself"])
    assert told == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"announced": "2026-04-10"}, {"first_announced": "2026-04-21"}, {"signed": None},
        {"penalty": "khong_ky_luat"}, {"edition": "999-QĐ/TW"}, {"edition": 21}, {"level": "thon"},
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_is_bad_input(law: Law, changes: dict[str, Any]) -> None:
    assert calculate(DECISION | changes, law)["error"]["code"] == "bad_input"


VOTE = {
    "op": "vote", "stage": "de_nghi", "base": 21,
    "votes": {"khai_tru": 13, "cach_chuc": 3, "canh_cao": 4, "khong_ky_luat": 1},
    "penalties": ["khai_tru", "cach_chuc", "canh_cao", "khien_trach"],
}  # fmt: skip
OF_BODY = {"penalties": ["canh_cao", "giai_tan"]}
WITHOUT_POST = {"penalties": ["khien_trach", "canh_cao", "khai_tru"]}


def test_a_vote_that_reaches_nothing_alone_is_cumulated_downwards(law: Law) -> None:
    assert calculate(VOTE, law) == {
        "outcome": "cach_chuc",
        "how": "cumulated",
        "needed": {"khai_tru": 14, "cach_chuc": 11, "canh_cao": 11, "khien_trach": 11},
        "tally": {"khai_tru": 13, "cach_chuc": 3, "canh_cao": 4, "khien_trach": 0, "khong_ky_luat": 1},
        "cumulated": {"khai_tru": 13, "cach_chuc": 16, "canh_cao": 20, "khien_trach": 20},
        "no_penalty_reached": False,
    }


@pytest.mark.parametrize(
    ("changes", "outcome", "how"),
    [
        ({"stage": "quyet_dinh"}, "khai_tru", "direct"),
        ({"votes": {"khai_tru": 14}}, "khai_tru", "direct"),
        ({"votes": {"canh_cao": 11, "khai_tru": 10}}, "canh_cao", "direct"),
        ({"votes": {"khai_tru": 4, "canh_cao": 4}}, None, "none"),
        ({"votes": {"khong_ky_luat": 21}}, None, "none"),
        ({"votes": {}}, None, "none"),
        ({"votes": {"canh_cao": 10, "khong_ky_luat": 10}, "base": 20}, None, "none"),
        (OF_BODY | {"votes": {"giai_tan": 14, "canh_cao": 7}}, "giai_tan", "direct"),
        (OF_BODY | {"votes": {"giai_tan": 13, "canh_cao": 8}}, "canh_cao", "cumulated"),
        (WITHOUT_POST | {"votes": {"khai_tru": 13, "canh_cao": 3}}, "canh_cao", "cumulated"),
    ],
)  # fmt: skip
def test_the_outcome_says_how_it_came_about(
    law: Law, changes: dict[str, Any], outcome: str | None, how: str
) -> None:
    answer = calculate(VOTE | changes, law)
    assert (answer["outcome"], answer["how"]) == (outcome, how)


def test_no_discipline_is_not_a_form_but_a_majority_for_it_is_told(law: Law) -> None:
    answer = calculate(VOTE | {"votes": {"khong_ky_luat": 11, "canh_cao": 10}}, law)
    assert (answer["outcome"], answer["how"], answer["no_penalty_reached"]) == (None, "none", True)


@pytest.mark.parametrize(
    "changes",
    [
        {"base": 20}, {"base": 0}, {"base": 21.0}, {"base": "21"}, {"stage": "ket_luan"}, {"votes": []},
        {"votes": {"canh_cao": -1}}, {"votes": {"canh_cao": 1.5}}, {"votes": {"canh_cao": True}},
        {"votes": {"xoa_ten": 1}}, {"penalties": ["xoa_ten"]}, {"penalties": []}, {"penalties": ["canh_cao"]},
        {"penalties": ["khai_tru", "giai_tan"]}, {"penalties": ["canh_cao", "canh_cao"]}, {"penalties": [1]},
        {"penalties": "canh_cao"}, {"subject": "to_chuc"},
    ],
)  # fmt: skip
def test_slips_that_cannot_be_are_bad_input(law: Law, changes: dict[str, Any]) -> None:
    assert calculate(VOTE | changes, law)["error"]["code"] == "bad_input"
