"""The reading half of the import: sample registers, shapes of files, cells and rows in trouble."""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from cases.imports.columns import REGISTERS, VOCABULARIES, Kind, header_key
from cases.imports.readers import ReadRow, read_again, read_register, read_staff
from cases.imports.sheets import detect_kind, open_table
from cases.imports.values import LetterNumber

TODAY = date(2026, 11, 22)
REGISTERS_OF_THE_DEMO = Path(__file__).parents[2] / "cases" / "demo" / "registers"

LETTER_HEADER = [
    "Số đến",
    "Ngày đến",
    "Ngày trên đơn",
    "Nguồn",
    "Người gửi",
    "Danh tính",
    "Loại đơn",
    "Đối tượng",
    "Tóm tắt",
    "Trùng với đơn số",
]
LETTER: list[object] = [
    1,
    "05/01/2026",
    "02/01/2026",
    "Bưu điện",
    "Trần Thị Ánh Huệ",
    "Rõ",
    "TC",
    "Ngô Bá Tâm",
    "Tố cáo ông Ngô Bá Tâm",
    None,
]


def workbook(*sheets: Sequence[Sequence[object]]) -> tuple[str, bytes]:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for index, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Trang {index + 1}")
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return "so.xlsx", out.getvalue()


def csv_file(
    rows: Sequence[Sequence[object]], *, encoding: str = "utf-8", separator: str = ","
) -> tuple[str, bytes]:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return "so.csv", out.getvalue().encode(encoding)


def letter(**changes: object) -> list[object]:
    return [changes.get(name, cell) for name, cell in zip(LETTER_FIELDS, LETTER, strict=True)]


LETTER_FIELDS = [
    "number",
    "received",
    "written",
    "source",
    "sender",
    "identity",
    "kind",
    "subject",
    "summary",
    "duplicate_of",
]


def read_letters_of(*letters: Sequence[object]) -> tuple[ReadRow, ...]:
    return read_register(workbook([LETTER_HEADER, *letters]), today=TODAY).rows


@pytest.mark.parametrize(
    ("file", "kind", "rows", "troubled"),
    [
        ("to-chuc-dang.csv", Kind.ORGANISATIONS, 99, 0),
        ("dang-vien.csv", Kind.MEMBERS, 420, 0),
        ("can-bo-ubkt.csv", Kind.STAFF, 26, 0),
        ("so-tiep-nhan-don-2026.xlsx", Kind.LETTERS, 240, 9),
        ("so-quyet-dinh-ky-luat.xlsx", Kind.DISCIPLINE, 60, 0),
        ("chuong-trinh-kiem-tra-giam-sat-2026.xlsx", Kind.PROGRAMME, 28, 0),
    ],
)
def test_every_row_of_the_sample_registers_is_read(file: str, kind: Kind, rows: int, troubled: int) -> None:
    reading = read_register(REGISTERS_OF_THE_DEMO / file, today=TODAY)
    assert (reading.kind, len(reading.rows), len(reading.with_problems)) == (kind, rows, troubled)
    assert len(reading.clean) + len(reading.with_problems) == rows
    assert len({row.content_hash for row in reading.rows}) == rows
    assert len({row.row_number for row in reading.rows}) == rows


def test_the_letters_in_trouble_are_those_whose_register_lacks_a_day_a_sender_or_a_summary() -> None:
    reading = read_register(REGISTERS_OF_THE_DEMO / "so-tiep-nhan-don-2026.xlsx", today=TODAY)
    columns = Counter(problem.column for row in reading.rows for problem in row.problems)
    assert columns == {"Ngày đến": 2, "Người gửi": 4, "Tóm tắt nội dung": 3}
    assert len(reading.clean) >= len(reading.rows) * 95 // 100


def test_raw_cells_of_a_row_keep_columns_nobody_knows() -> None:
    name, data = csv_file([["ma", "ten", "cap", "mau_so", ""], ["TU", "Tỉnh ủy", "tinh", "xanh", "lạc"]])
    reading = read_register((name, data), today=TODAY)
    assert reading.ignored_columns == ("mau_so", "Cột E")
    assert reading.rows[0].raw == {
        "ma": "TU",
        "ten": "Tỉnh ủy",
        "cap": "tinh",
        "mau_so": "xanh",
        "Cột E": "lạc",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_is_read_in_any_usual_encoding_and_separator(encoding: str, separator: str) -> None:
    rows = [LETTER_HEADER, letter(summary='Tố cáo; nhận "quà", nhiều lần\nhai dòng')]
    row = read_register(csv_file(rows, encoding=encoding, separator=separator), today=TODAY).rows[0]
    assert row.values["summary"] == 'Tố cáo; nhận "quà", nhiều lần\nhai dòng'
    assert row.problems == ()


def test_windows_1258_text_is_read_when_all_its_letters_are_vietnamese() -> None:
    # That code page writes five tones apart from their letters, as combining marks.
    text = unicodedata.normalize("NFC", "ma,ten,cap\nX1,Chi bộ thôn Đoài,chi_bo\n")
    apart = "".join(_tone_apart(char) for char in text)
    reading = read_register(("cu.csv", apart.encode("cp1258")), today=TODAY)
    assert reading.rows[0].values["name"] == "Chi bộ thôn Đoài"


def _tone_apart(char: str) -> str:
    for tone in "\u0300\u0301\u0303\u0309\u0323":
        parts = unicodedata.normalize("NFD", char)
        if tone in parts:
            return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone
    return char


def test_title_rows_a_group_row_and_column_numbers_around_the_header_are_passed_over() -> None:
    group = [None] * 7 + ["Đối tượng và nội dung", None, None]
    below = [*LETTER_HEADER[:7], *LETTER_HEADER[7:]]
    numbers = [f"({index})" for index in range(1, 11)]
    source = workbook([["SỔ TIẾP NHẬN ĐƠN"], [], group, below, numbers, letter()])
    table = open_table(source)
    assert (table.header_row, [row.number for row in table.rows]) == (4, [6])


def test_a_header_in_two_rows_is_put_together() -> None:
    upper = [*LETTER_HEADER[:7], "Nội dung đơn", None, "Trùng với đơn số"]
    lower = [None] * 7 + ["Đối tượng", "Tóm tắt", None]
    row = read_register(workbook([upper, lower, letter()]), today=TODAY).rows[0]
    assert (row.row_number, row.values["summary"], row.problems) == (3, "Tố cáo ông Ngô Bá Tâm", ())


def test_the_sheet_with_the_register_is_chosen_and_the_others_are_named() -> None:
    table = open_table(workbook([["Ghi chép riêng"]], [LETTER_HEADER, letter()]))
    assert (table.sheet, table.other_sheets) == ("Trang 2", ("Trang 1",))


def test_a_kind_is_detected_and_its_reader_refuses_another_kind() -> None:
    source = workbook([LETTER_HEADER, letter()])
    assert detect_kind(source) is Kind.LETTERS
    with pytest.raises(ValueError, match="letters"):
        read_staff(open_table(source), today=TODAY)


def test_a_formula_is_a_problem_even_when_it_has_a_result() -> None:
    (row,) = read_letters_of(letter(number="=1+0"))
    assert [(p.row, p.column, p.value) for p in row.problems] == [(2, "Số đến", "=1+0")]
    assert "công thức" in row.problems[0].reason


@pytest.mark.parametrize(
    ("field", "cell", "column"),
    [
        ("received", "31/02/2026", "Ngày đến"),
        ("received", "3/25/2026", "Ngày đến"),
        ("received", "5/1/26", "Ngày đến"),
        ("received", 2026, "Ngày đến"),
        ("received", "2026", "Ngày đến"),
        ("received", "#REF!", "Ngày đến"),
        ("received", "23/11/2026", "Ngày đến"),
        ("number", "0", "Số đến"),
        ("number", "-3", "Số đến"),
        ("number", 1.5, "Số đến"),
        ("number", True, "Số đến"),
        ("kind", "Đơn xin", "Loại đơn"),
        ("identity", None, "Danh tính"),
        ("source", "Chim bồ câu", "Nguồn"),
        ("summary", "T? cáo Nguy?n V?n A", "Tóm tắt"),
        ("summary", "\u200b \u202e", "Tóm tắt"),
        ("sender", None, "Người gửi"),
        ("sender", datetime(2026, 5, 1), "Người gửi"),
        ("duplicate_of", "1", "Trùng với đơn số"),
        ("duplicate_of", "đơn cũ", "Trùng với đơn số"),
    ],
)
def test_a_cell_that_cannot_be_right_is_a_problem(field: str, cell: object, column: str) -> None:
    (row,) = read_letters_of(letter(**{field: cell}))
    assert [problem.column for problem in row.problems] == [column]
    assert row.problems[0].reason.endswith((".", "…"))


@pytest.mark.parametrize(
    ("field", "cell", "column"),
    [
        ("received", 46027, "Ngày đến"),
        ("received", "46027", "Ngày đến"),
        ("written", "06/01/2026", "Ngày trên đơn"),
        ("kind", None, "Loại đơn"),
        ("kind", "PA", "Loại đơn"),
        ("sender", "TRẦN THỊ ÁNH HUỆ", "Người gửi"),
        ("subject", None, "Đối tượng"),
        ("source", "Chuyển đến", "Số CV chuyển"),
        ("duplicate_of", "17", "Trùng với đơn số"),
    ],
)
def test_what_is_only_odd_is_read_and_noted(field: str, cell: object, column: str) -> None:
    (row,) = read_letters_of(letter(**{field: cell}))
    assert row.problems == ()
    assert [note.column for note in row.notes] == [column]


def test_an_anonymous_letter_needs_no_sender() -> None:
    (row,) = read_letters_of(letter(sender=None, identity="Nặc danh"))
    assert (row.problems, row.values["identity"], row.values["sender_name"]) == ((), "anonymous", None)


def test_a_number_used_twice_in_a_year_is_a_problem_of_the_later_row() -> None:
    first, second, next_year = read_letters_of(
        letter(received="05/01/2025", written=None), letter(received="06/02/2025", written=None), letter()
    )
    assert (first.problems, next_year.problems) == ((), ())
    assert "dòng 2" in second.problems[0].reason


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("TC", "denunciation"),
        ("đơn TỐ CÁO", "denunciation"),
        ("Tố cáo, khiếu nại", "mixed"),
        ("KN + TC", "mixed"),
        ("Khiếu nại KL", "complaint"),
        ("KN-nghị", "petition"),
        ("PA", "feedback"),
    ],
)
def test_kinds_of_letters_are_read_as_registers_write_them(written: str, kind: str) -> None:
    (row,) = read_letters_of(letter(kind=written, summary="Nội dung"))
    assert row.values["kind"] == kind


def test_several_earlier_letters_may_be_named() -> None:
    *_, row = read_letters_of(
        letter(), letter(number=2), letter(number="3a", duplicate_of="đơn số 01; 2 và 1")
    )
    assert row.values["duplicate_of"] == (LetterNumber(1), LetterNumber(2), LetterNumber(1))
    assert row.values["number"] == LetterNumber(3, "a")


def test_the_hash_is_that_of_the_content_and_changes_with_it() -> None:
    reordered = workbook(
        [[*reversed(LETTER_HEADER), "Thừa"], [*reversed(letter(received="2026-01-05")), "x"]]
    )
    (same,) = read_register(reordered, today=TODAY).rows
    plain, other, broken, broken_otherwise = read_letters_of(
        letter(), letter(summary="Khác"), letter(received="30/2/2026"), letter(received="31/2/2026")
    )
    assert same.content_hash == plain.content_hash
    assert len({row.content_hash for row in (plain, other, broken, broken_otherwise)}) == 4


def test_a_repaired_row_is_read_again_from_its_raw_cells() -> None:
    (broken,) = read_letters_of(letter(received="31/02/2026"))
    repaired = read_again(Kind.LETTERS, {**broken.raw, "Ngày đến": "05/01/2026"}, row_number=2, today=TODAY)
    (right,) = read_letters_of(letter())
    assert repaired.problems == ()
    assert (repaired.values, repaired.content_hash) == (right.values, right.content_hash)


def test_organisations_that_stand_above_themselves_are_problems() -> None:
    rows = [
        ["ma", "ten", "cap", "cap_tren"],
        ["A", "Đảng bộ A", "co_so", "B"],
        ["B", "Đảng bộ B", "co_so", "A"],
        ["C", "Chi bộ C", "chi_bo", "A"],
        ["D", "Chi bộ D", "chi_bo", "Z"],
    ]
    found = read_register(csv_file(rows), today=TODAY).rows
    assert [bool(row.problems) for row in found] == [True, True, False, False]
    assert found[3].notes[0].column == "cap_tren"


def test_days_of_members_and_decisions_have_to_follow_each_other() -> None:
    members = [
        ["so_the", "ho_ten", "chi_bo", "ngay_vao_dang", "ngay_chinh_thuc"],
        ["1", "Lê An", "X1", "2020-01-01", "2019-01-01"],
        ["1", "Lê Bình", "X1", "2020-01-01", ""],
    ]
    first, second = read_register(csv_file(members), today=TODAY).rows
    assert first.problems[0].column == "ngay_chinh_thuc"
    assert second.problems[0].column == "so_the"
    decisions = [
        ["Số QĐ", "Ngày ký", "Họ tên", "Hình thức", "Ngày công bố"],
        ["01-QĐ/UBKTTU", "11/02/2025", "Lê An", "Cảnh cáo", "10/02/2025"],
    ]
    assert read_register(csv_file(decisions), today=TODAY).rows[0].problems[0].column == "Ngày công bố"


def test_a_card_number_turned_into_a_number_by_the_spreadsheet_is_not_trusted() -> None:
    (row,) = read_register(
        workbook([["Số thẻ", "Họ tên", "Chi bộ"], [93.1, "Lê An", "X1"]]), today=TODAY
    ).rows
    assert row.problems[0].column == "Số thẻ"


def test_a_member_of_staff_may_have_several_roles_and_an_unknown_role_is_a_problem() -> None:
    rows = [["ho_ten", "vai_tro"], ["Lê An", "Ủy viên; Trưởng phòng"], ["Lê Bình", "Bảo vệ"]]
    first, second = read_register(csv_file(rows), today=TODAY).rows
    assert first.values["roles"] == ("commissioner", "head_of_section")
    assert "Bảo vệ" in second.problems[0].reason


def test_the_year_of_a_programme_comes_from_its_timing_or_its_title() -> None:
    header = ["STT", "Loại", "Đối tượng", "Nội dung", "Thời gian"]
    items = [[1, "KT-04", "Lê An", "Đất đai", "Quý I/2027"], [2, "KT-04", "Lê An", "Đất đai", "Quý II"]]
    titled = read_register(workbook([["CHƯƠNG TRÌNH NĂM 2026"], header, *items]), today=TODAY)
    assert [row.values["year"] for row in titled.rows] == [2027, 2026]
    untitled = read_register(workbook([header, *items]), today=TODAY)
    assert [bool(row.problems) for row in untitled.rows] == [False, True]


def test_text_longer_than_its_column_is_a_problem_and_not_cut() -> None:
    (row,) = read_letters_of(letter(sender="Lê " * 150))
    assert (row.values["sender_name"], row.problems[0].column) == (None, "Người gửi")


def test_no_writing_of_a_value_and_no_header_name_means_two_things() -> None:
    for name, vocabulary in VOCABULARIES.items():
        keys = Counter(key for words in vocabulary.words.values() for key in {header_key(w) for w in words})
        assert [key for key, times in keys.items() if times > 1] == [], name
        assert {header_key(word) for word in vocabulary.remarks} <= set(keys), name
    for register in REGISTERS.values():
        for field in register.fields:
            assert (field.type in ("choice", "choices")) == (field.vocabulary in VOCABULARIES), field.name
