"""However a register is written down, the same values come out: order, titles, Unicode, day shapes."""

import csv
import io
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta

import openpyxl
import xlsxwriter
from hypothesis import given, settings, strategies as st

from cases.imports.columns import VOCABULARIES
from cases.imports.readers import read_register
from cases.imports.values import LetterNumber

TODAY = date(2026, 11, 22)
EPOCH = date(1899, 12, 30)
FIRST_DAY = date(1930, 1, 1)
Row = dict[str, object]

HEADERS = {
    "number": "Số đến",
    "received_on": "Ngày đến",
    "written_on": "Ngày trên đơn",
    "source": "Nguồn",
    "sender_name": "Người gửi",
    "identity": "Danh tính",
    "kind": "Loại đơn",
    "summary": "Tóm tắt",
    "pages": "Số trang",
}
DAYS = {"received_on", "written_on"}
SHAPES: tuple[Callable[[date], object], ...] = (
    lambda day: f"{day.day:02d}/{day.month:02d}/{day.year}",
    lambda day: f"{day.day}-{day.month}-{day.year}",
    lambda day: f"{day.day}.{day.month:02d}.{day.year}",
    lambda day: f" {day.day} / {day.month} / {day.year} ",
    lambda day: day.isoformat(),
    lambda day: f"{day.isoformat()} 00:00:00",
    lambda day: f"ngày {day.day} tháng {day.month} năm {day.year}",
    lambda day: f"Ngày {day.day:02d} tháng {day.month} năm {day.year}",
    lambda day: str((day - EPOCH).days),
    lambda day: (day - EPOCH).days,
    lambda day: datetime(day.year, day.month, day.day),
)
WORDS = st.sampled_from(
    ["đất đai", "Ủy ban Kiểm tra", "thu, chi", "ngân sách", "Đảng bộ", "2026", "quà;", "(hai)"]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=8).map(lambda words: "Về " + " ".join(words))
NAMES = st.sampled_from(["Trần Thị Ánh Huệ", "Đặng Văn Nam", "H'Hen Niê", "Ưng Đình Nghĩa"])
PAST = st.dates(FIRST_DAY, TODAY)


@st.composite
def letters(draw: st.DrawFn) -> list[Row]:
    rows: list[Row] = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        rows.append(
            {
                "number": LetterNumber(number),
                "received_on": draw(PAST),
                "written_on": draw(st.none() | PAST),
                "source": draw(st.sampled_from(sorted(VOCABULARIES["letter_source"].words))),
                "sender_name": draw(NAMES),
                "identity": "clear",
                "kind": draw(st.sampled_from(sorted(VOCABULARIES["letter_kind"].words))),
                "summary": draw(SENTENCES),
                "pages": draw(st.none() | st.integers(1, 99)),
            }
        )
    return rows


def written(draw: st.DrawFn, field: str, value: object) -> object:
    """One of the ways a person may have written this value."""
    if value is None:
        return draw(st.sampled_from([None, "", "  "]))
    if isinstance(value, date):
        return draw(st.sampled_from(SHAPES))(value)
    vocabulary = {"source": "letter_source", "identity": "identity", "kind": "letter_kind"}.get(field)
    if vocabulary:
        word = draw(st.sampled_from(VOCABULARIES[vocabulary].words[str(value)]))
        return draw(st.sampled_from([word, word.upper(), f" {word} ", unicodedata.normalize("NFD", word)]))
    if isinstance(value, LetterNumber):
        number = value.number
        return draw(st.sampled_from([number, str(number), f"{number:03d}", float(number)]))
    if isinstance(value, int):
        return draw(st.sampled_from([value, str(value), f"{value:02d} trang"]))
    text = str(value)
    shapes = [text, unicodedata.normalize("NFD", text), f"\u202a{text}\u202c"]
    shapes.append(text.replace(" ", "  ") + "\u00a0")
    if field == "sender_name" and "'" not in text:
        shapes.append(text.upper())
    return draw(st.sampled_from(shapes))


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[Row], list[list[object]], int]:
    """Values, the cells they were written as, and how many rows stand before the first of them."""
    rows = draw(letters())
    order = draw(st.permutations([*HEADERS, "?1", "?2"]))
    titles: list[list[object]] = draw(
        st.sampled_from([[], [["SỔ TIẾP NHẬN"]], [["TỈNH ỦY"], [], ["SỔ"], []]])
    )
    shape = draw(st.sampled_from([str, str.upper, lambda name: unicodedata.normalize("NFD", name)]))
    header: list[object] = [shape(HEADERS.get(name, f"Cột riêng {name}")) for name in order]
    body = [[written(draw, name, row[name]) if name in row else "thừa" for name in order] for row in rows]
    return rows, [*titles, header, *body], len(titles) + 1


def as_csv(cells: list[list[object]], separator: str, encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(cells)
    return out.getvalue().encode(encoding)


def as_openpyxl(cells: list[list[object]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in cells:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def as_xlsxwriter(cells: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "d/m/yyyy"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(cells):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
    return out.getvalue()


def check(data: bytes, rows: list[Row], before: int) -> None:
    reading = read_register(("so", data), today=TODAY)
    assert [row.problems for row in reading.rows] == [()] * len(rows)
    assert [{name: row.values[name] for name in HEADERS} for row in reading.rows] == rows
    assert [row.row_number for row in reading.rows] == [before + index for index in range(1, len(rows) + 1)]
    assert len(reading.ignored_columns) == 2


@settings(max_examples=80, deadline=None)
@given(sheets(), st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_register_written_as_csv_gives_its_values(
    sheet: tuple[list[Row], list[list[object]], int], separator: str, encoding: str
) -> None:
    rows, cells, before = sheet
    check(as_csv(cells, separator, encoding), rows, before)


@settings(max_examples=50, deadline=None)
@given(sheets())
def test_a_register_written_as_a_workbook_gives_its_values(
    sheet: tuple[list[Row], list[list[object]], int],
) -> None:
    rows, cells, before = sheet
    check(as_openpyxl(cells), rows, before)
    check(as_xlsxwriter(cells), rows, before)


@settings(max_examples=50, deadline=None)
@given(sheets(), st.data())
def test_the_hash_of_a_row_does_not_depend_on_how_it_is_written(
    sheet: tuple[list[Row], list[list[object]], int], data: st.DataObject
) -> None:
    rows, cells, _ = sheet
    again = [list(HEADERS.values())] + [[_plain(row[name]) for name in HEADERS] for row in rows]
    first = read_register(("a", as_openpyxl(cells)), today=TODAY)
    second = read_register(("b", as_csv(again, ",", "utf-8")), today=TODAY)
    # A kind or source written plainly is its vocabulary's first writing.
    assert [row.content_hash for row in first.rows] == [row.content_hash for row in second.rows]


def _plain(value: object) -> object:
    for vocabulary in ("letter_source", "identity", "letter_kind"):
        if isinstance(value, str) and value in VOCABULARIES[vocabulary].words:
            return VOCABULARIES[vocabulary].words[value][0]
    return value.isoformat() if isinstance(value, date) else value


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40))
def test_any_text_in_a_day_column_is_a_day_or_a_problem(text: str) -> None:
    header = list(HEADERS.values())
    cells: list[list[object]] = [header, [1, text, "", "Bưu điện", "Lê An", "Rõ", "TC", "Nội dung", 1]]
    row = read_register(("a.csv", as_csv(cells, ",", "utf-16")), today=TODAY).rows[0]
    day, troubled = row.values["received_on"], any(p.column == "Ngày đến" for p in row.problems)
    assert troubled == (not isinstance(day, date) or day > TODAY)


def test_day_numbers_of_workbooks_counting_from_1904_give_the_same_days() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": True}) as book:
        sheet = book.add_worksheet()
        plain, style = book.add_format(), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, list(HEADERS.values()))
        sheet.write_row(1, 0, [1, None, None, "Bưu điện", "Lê An", "Rõ", "TC", "Nội dung", 1])
        sheet.write_number(1, 1, (date(2026, 1, 5) - EPOCH - timedelta(days=1462)).days, plain)
        sheet.write_datetime(1, 2, datetime(2026, 1, 2), style)
    values = read_register(("a.xlsx", out.getvalue()), today=TODAY).rows[0].values
    assert (values["received_on"], values["written_on"]) == (date(2026, 1, 5), date(2026, 1, 2))
