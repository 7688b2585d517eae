"""Vietnamese text and days: composing, folding, ordering, reading and writing."""

import unicodedata
from datetime import date, datetime

import pytest

from cases.text import (
    DayProblem,
    DayUnreadable,
    clean_line,
    clean_text,
    fold,
    name_sort_key,
    nfc,
    official_date,
    parse_day,
    search_words,
    short_date,
    title_case_name,
    typed_id,
)


def test_text_is_stored_composed() -> None:
    assert nfc(unicodedata.normalize("NFD", "Kỷ Cương")) == "Kỷ Cương"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ĐƯỜNG  Hồ\tXuân\nHương ", "duong ho xuan huong"),
        (unicodedata.normalize("NFD", "Ủy ban Kiểm tra"), "uy ban kiem tra"),
        ("tổ\u200bchức ﬁ №1", "tochuc fi no1"),
        ("\u00a0Straße\u3000", "strasse"),
        ("", ""),
    ],
)
def test_folding_drops_tones_capitals_and_extra_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_line_is_cleaned_of_control_bidirectional_and_zero_width_characters() -> None:
    assert clean_line("  A\u202eB\u0000\tC\r\nD\u200b\ufeffE\ud800\uffff ") == "AB C DE"


def test_several_lines_keep_their_breaks() -> None:
    assert clean_text("\n một \n\n hai\u202e\r\nba\n") == "một\n\nhai\nba"


def test_names_are_ordered_by_given_name_then_letters_then_tones() -> None:
    ordered = [
        "Trần An", "Nguyễn Văn An", "Lê Anh", "Lê Ánh", "Lê Ăn", "Lê Ân", "Lê Bình",
        "Lê Dũng", "Lê Đức", "Lê Y", "Lê Ý", "Lê Yến",
    ]  # fmt: skip
    expected = ["Nguyễn Văn An", "Trần An", *ordered[2:]]
    jumbled = sorted(ordered, reverse=True)
    assert sorted(jumbled, key=name_sort_key) == expected


def test_tones_go_level_falling_asking_tumbling_sharp_heavy() -> None:
    tones = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"]
    assert sorted(sorted(tones), key=name_sort_key) == tones


def test_letters_go_as_in_the_vietnamese_alphabet() -> None:
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    jumbled = letters[::-1]
    assert sorted(jumbled, key=name_sort_key) == letters


@pytest.mark.parametrize("name", ["Nguyễn Thị Ánh 2", "O'Brien", "Лев", "\u0306", "***", ""])
def test_the_sort_key_is_plain_ascii_for_any_name(name: str) -> None:
    key = name_sort_key(name)
    assert key.isascii()
    assert key == name_sort_key(unicodedata.normalize("NFD", name))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("NGUYỄN  THỊ ÁNH", "Nguyễn Thị Ánh"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        ("ĐỖ HÀ-MY", "Đỗ Hà-My"),
        ("K'brơi", "K'brơi"),
        ("nguyễn an", "nguyễn an"),
        ("", ""),
    ],
)
def test_only_names_in_capitals_are_rewritten(typed: str, shown: str) -> None:
    assert title_case_name(typed) == shown


@pytest.mark.parametrize(
    ("day", "official", "short"),
    [
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026", "05/03/2026"),
        (date(2026, 2, 15), "ngày 15 tháng 02 năm 2026", "15/02/2026"),
        (date(2026, 12, 1), "ngày 01 tháng 12 năm 2026", "01/12/2026"),
    ],
)
def test_days_are_written_as_papers_and_as_screens_write_them(day: date, official: str, short: str) -> None:
    assert (official_date(day), short_date(day)) == (official, short)


@pytest.mark.parametrize(
    "written",
    [
        "05/03/2026", "5/3/2026", "5-3-2026", "05.03.2026", "5. 3. 2026", "2026-03-05", "2026/3/5",
        "2026-03-05T00:00:00", "05/03/2026 08:30", "ngày 5 tháng 3 năm 2026", "5 tháng 03, năm 2026.",
        unicodedata.normalize("NFD", "Ngày 05 tháng 3 năm 2026"), " 05/03/2026\u200b ",
        date(2026, 3, 5), datetime(2026, 3, 5, 23, 59),
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_shapes_people_write(written: object) -> None:
    assert parse_day(written) == date(2026, 3, 5)


@pytest.mark.parametrize("serial", [46086, 46086.75, "46086", "46086.0"])
def test_a_spreadsheet_number_is_a_day_only_where_expected(serial: object) -> None:
    assert parse_day(serial, serials=True) == date(2026, 3, 5)
    with pytest.raises(DayUnreadable) as refused:
        parse_day(serial)
    assert refused.value.reason is DayProblem.SERIAL_NOT_EXPECTED


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (None, DayProblem.EMPTY),
        (" \u200b", DayProblem.EMPTY),
        ("05/03/26", DayProblem.TWO_DIGIT_YEAR),
        ("ngày 5 tháng 3 năm 26", DayProblem.TWO_DIGIT_YEAR),
        ("05/03/202", DayProblem.NOT_A_DAY),
        ("5/3-2026", DayProblem.NOT_A_DAY),
        ("tháng 3 năm 2026", DayProblem.NOT_A_DAY),
        ("hôm qua", DayProblem.NOT_A_DAY),
        (["05/03/2026"], DayProblem.NOT_A_DAY),
        (True, DayProblem.NOT_A_DAY),
        ("31/02/2026", DayProblem.IMPOSSIBLE),
        ("12/25/2026", DayProblem.IMPOSSIBLE),
        ("00/01/2026", DayProblem.IMPOSSIBLE),
        ("05/03/0026", DayProblem.OUT_OF_RANGE),
        (date(1492, 1, 1), DayProblem.OUT_OF_RANGE),
        (60, DayProblem.OUT_OF_RANGE),
        (float("nan"), DayProblem.OUT_OF_RANGE),
        (float("inf"), DayProblem.OUT_OF_RANGE),
        (10**400, DayProblem.OUT_OF_RANGE),
    ],
)
def test_a_day_that_is_not_certain_is_refused_with_its_reason(written: object, reason: DayProblem) -> None:
    with pytest.raises(DayUnreadable) as refused:
        parse_day(written, serials=True)
    assert (refused.value.reason, refused.value.status) == (reason, 422)
    assert "05/03/2026" in refused.value.message


def test_the_refusal_shows_a_long_or_odd_value_short_and_clean() -> None:
    with pytest.raises(DayUnreadable) as refused:
        parse_day("\u202e" + "x" * 5000)
    assert len(refused.value.message) < 200
    assert "\u202e" not in refused.value.message


def test_a_search_takes_so_few_and_short_words_that_a_database_can_match_them() -> None:
    assert search_words("  Đặng   Văn ") == ["dang", "van"]
    assert search_words("ă" * 40_000) == ["a" * 100]
    assert len(search_words("a " * 20_000)) == 20


@pytest.mark.parametrize("typed", ["", None, "²", "٣", "-1", "1.0", "9" * 10, " 1", "x"])
def test_what_no_row_can_have_as_its_id_is_no_id(typed: str | None) -> None:
    assert typed_id(typed) is None
    assert typed_id("12") == 12
