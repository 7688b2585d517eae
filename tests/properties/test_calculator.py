"""Whatever is written on a line, the calculator answers it with one JSON object."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from cases.book.calculator import OPERATIONS, calculate, calculate_line
from cases.book.calculator_dates import Law
from cases.deadlines.rules import calendar_from
from procedures.load import load_rulebook

RULES = load_rulebook()
SEEDS = [year for year in RULES.calendar if year.complete]
LAW = Law(RULES, calendar_from(SEEDS, confirmed_years=(year.year for year in SEEDS)))
CODES = {"bad_input", "calendar_not_confirmed", "extension_refused"}

days = st.dates(date(1890, 1, 1), date(2210, 1, 1)).map(date.isoformat)
near = st.dates(date(2025, 1, 1), date(2026, 12, 31)).map(date.isoformat)
words = st.sampled_from(
    [
        "calendar_day", "working_day", "month", "tinh", "xa", "chi_bo", "trung_uong", "dang_vien", "to_chuc",
        "khien_trach", "canh_cao", "cach_chuc", "khai_tru", "giai_tan", "khong_ky_luat", "de_nghi",
        "quyet_dinh", "bang_cap", "22-QĐ/TW", "21-QĐ/TW", "69-QĐ/TW", "kiem_tra_giam_sat_ky_luat",
        "hinh_thuc_ky_luat", *(limit.id for limit in RULES.time_limits),
    ]
)  # fmt: skip
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | days | near | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | words, inner, max_size=3),
    max_leaves=8,
)
keys = [
    "start", "end", "amount", "unit", "pauses", "extension", "limit", "edition", "level", "subject",
    "concluded", "penalty", "excluded", "new_violation", "no_limit_ground", "signed", "announced",
    "first_announced", "stage", "base", "votes", "penalties", "area", "on",
]  # fmt: skip
likely: dict[str, st.SearchStrategy[Any]] = {
    "start": near, "end": near, "signed": near, "announced": near, "on": near, "concluded": near,
    "amount": st.integers(0, 200), "base": st.integers(1, 30),
    "unit": st.sampled_from(["calendar_day", "working_day", "month"]),
    "penalty": st.sampled_from(["khien_trach", "canh_cao", "khai_tru"]),
    "votes": st.dictionaries(words, st.integers(0, 9), max_size=3),
}  # fmt: skip
questions = st.fixed_dictionaries(
    {"op": st.sampled_from(sorted(OPERATIONS))},
    optional={key: likely.get(key, junk) | junk for key in keys},
)


@given(questions)
def test_a_question_with_any_values_gets_an_answer_that_is_json(asked: dict[str, Any]) -> None:
    answer = calculate(asked, LAW)
    json.dumps(answer, ensure_ascii=False).encode()
    assert "error" not in answer or answer["error"]["code"] in CODES


@given(st.binary(max_size=200) | junk.map(lambda value: json.dumps(value).encode()))
def test_a_line_of_any_bytes_gets_an_answer(line: bytes) -> None:
    answer = calculate_line(line, LAW)
    assert answer["error"]["code"] == "bad_input"


@pytest.mark.parametrize("unit", ["calendar_day", "working_day", "month"])
@given(start=st.dates(date(2025, 1, 1), date(2026, 6, 30)), amount=st.integers(0, 60), data=st.data())
def test_a_due_day_is_the_last_one_counted_in_its_own_trace(
    unit: str, start: date, amount: int, data: st.DataObject
) -> None:
    amount = min(amount, 5) if unit == "month" else amount
    first = data.draw(st.integers(-20, 40).map(lambda offset: start + timedelta(days=offset)))
    pause = [first.isoformat(), (first + timedelta(days=data.draw(st.integers(0, 20)))).isoformat()]
    asked = {"op": "due", "start": start.isoformat(), "amount": amount, "unit": unit, "pauses": [pause]}
    answer = calculate(asked, LAW)
    counted = [day["day"] for day in answer["trace"] if day["counted"]]
    assert answer["due"] == (counted[-1] if counted else start.isoformat())
    assert not [day for day in counted if pause[0] <= day <= pause[1]]
    assert unit == "month" or len(counted) == amount


@given(near, st.integers(0, 60))
def test_counting_back_and_forth_over_working_days_meets_again(end: str, amount: int) -> None:
    back = calculate({"op": "back", "end": end, "amount": amount, "unit": "working_day"}, LAW)
    if "error" in back or amount == 0:
        return
    before = (date.fromisoformat(back["first_day"]) - timedelta(days=1)).isoformat()
    forth = calculate({"op": "due", "start": before, "amount": amount, "unit": "working_day"}, LAW)
    assert forth["due"] < end
