"""What holds for every text, name and day."""

import unicodedata
from datetime import date

from hypothesis import example, given, strategies as st

from cases.text import (
    DayUnreadable,
    clean_line,
    fold,
    name_sort_key,
    nfc,
    official_date,
    parse_day,
    short_date,
    title_case_name,
)

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
words = st.text(VIETNAMESE + VIETNAMESE.upper(), min_size=1, max_size=6)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)
any_text = st.text(max_size=40)
stored_days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@given(any_text)
@example("İ")
@example("ﬃ™")
@example("e\u0301\u0302")
def test_folding_twice_changes_nothing(text) -> None:
    assert fold(fold(text)) == fold(text)


@given(any_text | names)
def test_folding_and_cleaning_do_not_see_how_letters_are_composed(text) -> None:
    assert fold(decomposed(text)) == fold(text)
    assert clean_line(decomposed(text)) == clean_line(text)
    assert nfc(decomposed(text)) == nfc(text)


@given(names)
def test_vietnamese_text_folds_to_plain_small_letters(text) -> None:
    assert fold(text) == fold(text.upper())
    assert fold(text).replace(" ", "").isascii()
    assert len(fold(text)) == len(text)


@given(any_text)
def test_cleaning_twice_changes_nothing_and_leaves_one_visible_line(text) -> None:
    cleaned = clean_line(text)
    assert clean_line(cleaned) == cleaned
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in cleaned)
    cleaned.encode("utf-8")


@given(names, names)
def test_names_with_equal_keys_are_the_same_name_but_for_capitals(one, other) -> None:
    same = unicodedata.normalize("NFC", one).lower() == unicodedata.normalize("NFC", other).lower()
    assert (name_sort_key(one) == name_sort_key(other)) == same


@given(words, words)
def test_a_word_is_ordered_by_its_letters_before_its_tones(one, other) -> None:
    alphabet = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    marks = {"\u0306", "\u0302", "\u031b"}
    letters = []
    for word in (one, other):
        kept = [c for c in decomposed(word.lower()) if c in marks or not unicodedata.combining(c)]
        letters.append([alphabet.index(c) for c in nfc("".join(kept))])
    if letters[0] < letters[1]:
        assert name_sort_key(one) < name_sort_key(other)


@given(names, words)
def test_the_given_name_decides_before_the_family_name(family, given_name) -> None:
    assert name_sort_key(f"{family} {given_name}").startswith(name_sort_key(given_name))


@given(any_text)
def test_the_sort_key_is_plain_ascii_and_blind_to_composition(text) -> None:
    assert name_sort_key(text).isascii()
    assert name_sort_key(decomposed(text)) == name_sort_key(text)


@given(any_text | names.map(str.upper))
def test_rewriting_a_name_keeps_its_letters_and_is_done_once(text) -> None:
    once = title_case_name(text)
    assert fold(once) == fold(text)
    assert title_case_name(once) == once or once.isupper()


@given(stored_days)
def test_a_day_written_in_any_shape_is_read_back(day) -> None:
    shapes = [
        short_date(day),
        official_date(day),
        decomposed(official_date(day)),
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day}-{day.month}-{day.year}",
        day,
    ]
    assert {parse_day(shape) for shape in shapes} == {day}


@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)), st.floats(0, 0.999))
def test_a_spreadsheet_number_is_read_back_whatever_the_hour(day, hour) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert parse_day(serial, serials=True) == parse_day(serial + hour, serials=True) == day


@given(any_text | st.integers() | st.floats() | st.none() | st.booleans(), st.booleans())
def test_anything_else_is_a_day_or_a_typed_refusal(value, serials) -> None:
    try:
        day = parse_day(value, serials=serials)
    except DayUnreadable as refused:
        assert refused.value is value
    else:
        assert 1900 <= day.year <= 2199
