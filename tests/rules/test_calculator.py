"""The batch calculator: dates, limits of the rule book, texts in force, and lines nobody can answer."""

from datetime import date
from typing import Any

import pytest

from cases.book.calculator import calculate, calculate_line, is_bad
from cases.book.calculator_dates import Law
from cases.deadlines.rules import calendar_from
from procedures.load import load_rulebook


@pytest.fixture(scope="module")
def law() -> Law:
    rules = load_rulebook()
    seeds = [year for year in rules.calendar if year.complete]
    return Law(rules, calendar_from(seeds, confirmed_years=(year.year for year in seeds)))


def limit(law: Law, limit_id: str, start: str = "2025-03-03", **more: Any) -> dict[str, Any]:
    return calculate({"op": "due", "limit": limit_id, "start": start, **more}, law)


def code(answer: dict[str, Any]) -> str:
    assert set(answer["error"]) == {"code", "message"}
    return str(answer["error"]["code"])


def test_a_due_day_comes_unrolled_rolled_and_extended_with_its_days(law: Law) -> None:
    asked = {
        "op": "due", "start": "2026-02-12", "amount": 20, "unit": "calendar_day",
        "pauses": [["2026-03-01", "2026-03-05"]], "extension": {"fraction": [1, 3]},
    }  # fmt: skip
    answer = calculate(asked, law)
    assert (answer["due"], answer["due_rolled"]) == ("2026-03-09", "2026-03-09")
    assert (answer["due_extended"], answer["due_extended_rolled"]) == ("2026-03-15", "2026-03-16")
    counted = [day["number"] for day in answer["trace"] if day["counted"]]
    assert counted == list(range(1, 21))
    assert next(day["day"] for day in answer["trace"] if not day["counted"]) == "2026-03-01"
    assert [day["number"] for day in answer["extension_trace"]] == list(range(21, 27))


def test_working_days_leave_out_tet_and_count_a_worked_saturday(law: Law) -> None:
    answer = calculate({"op": "due", "start": "2026-02-12", "amount": 2, "unit": "working_day"}, law)
    assert answer["due"] == "2026-02-23"
    answer = calculate({"op": "due", "start": "2026-08-21", "amount": 1, "unit": "working_day"}, law)
    assert (answer["due"], answer["due_extended"]) == ("2026-08-22", None)


def test_a_month_ends_on_the_corresponding_day_or_the_last_one(law: Law) -> None:
    answer = calculate({"op": "due", "start": "2026-01-31", "amount": 1, "unit": "month"}, law)
    assert (answer["due"], answer["due_rolled"]) == ("2026-02-28", "2026-03-02")


def test_several_extensions_add_up_and_a_running_pause_leaves_the_day_open(law: Law) -> None:
    asked: dict[str, Any] = {"op": "due", "start": "2026-03-02", "amount": 9, "unit": "calendar_day"}
    twice = calculate(asked | {"extension": [{"amount": 2}, {"fraction": [1, 3]}]}, law)
    assert twice["due_extended"] == "2026-03-16"
    running = calculate(asked | {"pauses": [["2026-03-05", None]]}, law)
    assert (running["due"], running["remaining"]) == (None, 7)


def test_days_are_counted_back_from_an_event(law: Law) -> None:
    answer = calculate({"op": "back", "end": "2026-09-15", "amount": 25, "unit": "working_day"}, law)
    assert answer["first_day"] == "2026-08-07"


def test_a_year_nobody_confirmed_is_refused_and_the_year_named(law: Law) -> None:
    answer = calculate({"op": "due", "start": "2026-12-15", "amount": 20, "unit": "working_day"}, law)
    assert (set(answer), code(answer)) == ({"error"}, "calendar_not_confirmed")
    assert "2027" in answer["error"]["message"]


def test_where_only_the_roll_is_unknown_the_unrolled_day_stands_beside_the_error(law: Law) -> None:
    answer = calculate({"op": "due", "start": "2024-01-10", "amount": 5, "unit": "calendar_day"}, law)
    assert (answer["due"], answer["due_rolled"], code(answer)) == (
        "2024-01-15",
        None,
        "calendar_not_confirmed",
    )


def test_a_limit_of_the_book_brings_its_basis_and_says_whether_it_was_read(law: Law) -> None:
    answer = limit(law, "T-01", edition="22-QĐ/TW", level="tinh", subject="dang_vien")
    assert (answer["due"], answer["due_rolled"]) == ("2025-06-01", "2025-06-02")
    assert (answer["basis"], answer["article"], answer["confirmed"]) == ("22-QĐ/TW", "Điều 20", True)
    later = limit(law, "T-01", edition="21-QĐ/TW", level="tinh")
    assert (later["due"], later["confirmed"], later["confidence"]) == ("2025-06-01", False, "inferred")


def test_without_an_edition_the_version_of_the_start_day_counts(law: Law) -> None:
    assert limit(law, "T-01", "2025-05-29")["confirmed"]
    assert not limit(law, "T-01", "2025-05-30")["confirmed"]


@pytest.mark.parametrize(
    ("limit_id", "more", "expected"),
    [
        ("T-01", {"level": "trung_uong"}, "T-02"),
        ("T-02", {"level": "xa"}, "T-01"),
        ("I-01", {"level": "huyen"}, "I-01-H"),
        ("I-01", {"level": "xa"}, "I-01-H"),
        ("K-06", {"level": "trung_uong"}, "K-06-TW"),
        ("D-03", {"subject": "to_chuc", "edition": "22-QĐ/TW"}, "D-04"),
        ("D-04", {"subject": "dang_vien", "edition": "22-QĐ/TW"}, "D-03"),
        ("D-06", {"subject": "to_chuc", "edition": "21-QĐ/TW"}, "D-06"),
    ],
)
def test_level_and_subject_lead_to_the_twin_of_a_limit(
    law: Law, limit_id: str, more: dict[str, str], expected: str
) -> None:
    assert limit(law, limit_id, **more)["limit"] == expected


@pytest.mark.parametrize(
    ("limit_id", "extension", "due_extended"),
    [
        ("T-01", {"amount": 30}, "2025-07-01"),
        ("T-01", {"fraction": [1, 3]}, "2025-07-01"),
        ("T-01", {"amount": 31}, None),
        ("T-01", [{"amount": 10}, {"amount": 10}], None),
        ("D-03", {"amount": 90}, "2025-08-30"),
        ("D-03", {"amount": 91}, None),
        ("D-03", [{"amount": 45}, {"amount": 46}], None),
        ("D-04", {"amount": 1}, None),
        ("I-01", {"fraction": [1, 3]}, "2025-04-28"),
        ("I-01", {"amount": 11}, None),
        ("K-01", {"amount": 1}, None),
        ("K-06", {"amount": 200}, "2025-12-18"),
        ("T-06", {"amount": 1}, None),
    ],
)
def test_an_extension_beyond_the_rule_is_refused(
    law: Law, limit_id: str, extension: Any, due_extended: str | None
) -> None:
    answer = limit(law, limit_id, extension=extension)
    if due_extended is None:
        assert code(answer) == "extension_refused"
        assert not is_bad(answer)
    else:
        assert answer["due_extended"] == due_extended


def test_a_limit_counted_back_names_the_first_day(law: Law) -> None:
    answer = limit(law, "T-11", "2026-09-15", level="co_so")
    assert (answer["first_day"], answer["limit"]) == ("2026-08-07", "T-11-CS")


@pytest.mark.parametrize(
    ("area", "on", "more", "document", "amended_by"),
    [
        ("kiem_tra_giam_sat_ky_luat", "2025-02-02", {}, "22-QĐ/TW", []),
        ("kiem_tra_giam_sat_ky_luat", "2025-02-03", {"subject": "dang_vien"}, "22-QĐ/TW", ["262-QĐ/TW"]),
        ("kiem_tra_giam_sat_ky_luat", "2025-05-30", {}, "296-QĐ/TW", []),
        ("kiem_tra_giam_sat_ky_luat", "2026-04-11", {}, "21-QĐ/TW", []),
        ("hinh_thuc_ky_luat", "2025-02-13", {}, "69-QĐ/TW", []),
        ("hinh_thuc_ky_luat", "2025-02-14", {}, "69-QĐ/TW", ["264-QĐ/TW"]),
        ("hinh_thuc_ky_luat", "2026-08-17", {}, "212-QĐ/TW", []),
        ("hinh_thuc_ky_luat", "2020-01-01", {}, "102-QĐ/TW", []),
        ("hinh_thuc_ky_luat", "2020-01-01", {"subject": "to_chuc"}, "07-QĐi/TW", []),
    ],
)
def test_the_text_in_force_comes_with_what_amended_it_by_then(
    law: Law, area: str, on: str, more: dict[str, str], document: str, amended_by: list[str]
) -> None:
    answer = calculate({"op": "regulation", "area": area, "on": on, **more}, law)
    assert answer == {"document": document, "amended_by": amended_by}


DUE = {"op": "due", "start": "2026-03-02", "amount": 5, "unit": "calendar_day"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"op": "sum"}, {"op": None}, {"op": ["due"]}, DUE | {"start": "2026-02-30"},
        DUE | {"start": "20260302"},
        DUE | {"start": "2026-W10-1"}, DUE | {"start": 20260302}, DUE | {"start": "0001-01-01"},
        DUE | {"start": "9999-12-31"}, DUE | {"amount": 5.0}, DUE | {"amount": True}, DUE | {"amount": -1},
        DUE | {"amount": 10**30}, DUE | {"amount": 50_000}, DUE | {"unit": "week"}, DUE | {"unit": None},
        DUE | {"pauses": "2026-03-03"}, DUE | {"pauses": [["2026-03-05", "2026-03-03"]]},
        DUE | {"pauses": [["2026-03-05"]]}, DUE | {"extension": 5}, DUE | {"extension": {}},
        DUE | {"extension": {"amount": 1, "fraction": [1, 3]}}, DUE | {"extension": {"fraction": [1, 0]}},
        DUE | {"extension": {"fraction": [1]}}, DUE | {"limit": "T-01"},
        {"op": "due", "limit": "Z-99", "start": "2026-03-02"},
        {"op": "due", "limit": "X-02", "start": "2026-03-02"},
        {"op": "due", "limit": "T-01", "start": "2010-03-02"},
        {"op": "due", "limit": "T-01", "start": "2026-03-02", "edition": "1-QĐ/TW"},
        {"op": "due", "limit": "T-05", "start": "2026-03-02", "level": "tinh"},
        {"op": "regulation", "area": "thue", "on": "2026-03-02"},
        {"op": "regulation", "area": "kiem_tra_giam_sat_ky_luat", "on": "1990-03-02"},
        [], "due", 7, None,
    ],
)  # fmt: skip
def test_a_line_nobody_can_mean_is_told_as_bad_input(law: Law, wrong: object) -> None:
    answer = calculate(wrong, law)
    assert code(answer) == "bad_input"
    assert answer["error"]["message"].endswith(".")
    assert is_bad(answer)


@pytest.mark.parametrize(
    "line",
    [
        b"", b"{", b"null", b"\xff\xfe", b"[" * 100_000, b'{"op":NaN}', b'{"op":1e400}', b"9" * 5_000,
        b'{"op":"due","op":"back"}', b'{"op":"\\ud800"}', b"{}\x00", b'{"a":' * 50_000,
    ],
)  # fmt: skip
def test_bytes_that_are_no_question_are_told_as_bad_input(law: Law, line: bytes) -> None:
    assert code(calculate_line(line, law)) == "bad_input"


def test_a_byte_order_mark_before_the_first_line_does_no_harm(law: Law) -> None:
    line = b'\xef\xbb\xbf{"op":"back","end":"2026-09-15","amount":0,"unit":"working_day"}\r\n'
    assert calculate_line(line, law)["first_day"] == date(2026, 9, 15).isoformat()
