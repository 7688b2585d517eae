"""Files that cannot be used get one clear sentence, whatever bytes they hold; never anything else."""

import io
import random
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from cases.imports import cells
from cases.imports.refusals import ImportRefused, RefusalReason
from cases.imports.sheets import Source, open_table

REGISTERS_OF_THE_DEMO = Path(__file__).parents[2] / "cases" / "demo" / "registers"
XLSX = (REGISTERS_OF_THE_DEMO / "so-quyet-dinh-ky-luat.xlsx").read_bytes()
STAFF = "ho_ten,vai_tro\nLê An,van_thu\n"


def refusal(source: Source) -> ImportRefused:
    with pytest.raises(ImportRefused) as caught:
        open_table(source)
    refused = caught.value
    assert refused.message.endswith(".")
    assert "{" not in refused.message
    return refused


def package(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """The sample workbook with one part changed."""
    with zipfile.ZipFile(io.BytesIO(XLSX)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    return package(**{**parts, part: parts[part].replace(old, new, 1)})


def ole(*streams: str) -> bytes:
    names = b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", RefusalReason.EMPTY),
        (b"\xef\xbb\xbf \r\n\t", RefusalReason.EMPTY),
        (b"ho_ten,vai_tro\n", RefusalReason.EMPTY),
        (b"%PDF-1.7\n", RefusalReason.NOT_A_SPREADSHEET),
        (b"<html><table><tr><td>ho_ten</td></tr></table></html>", RefusalReason.NOT_A_SPREADSHEET),
        (b"\x89PNG\r\n\x1a\n\0\0\0", RefusalReason.NOT_A_SPREADSHEET),
        (b"ho_ten,vai_tro\n\x01\0,\x03\n", RefusalReason.NOT_A_SPREADSHEET),
        (package(**{"word/document.xml": b"<a/>"}), RefusalReason.NOT_A_SPREADSHEET),
        (package(**{"xl/workbook.xml": b"<a/>"}), RefusalReason.DAMAGED),
        (ole("EncryptionInfo", "EncryptedPackage"), RefusalReason.PASSWORD_PROTECTED),
        (ole("Workbook"), RefusalReason.OLD_EXCEL),
        (ole("WordDocument"), RefusalReason.NOT_A_SPREADSHEET),
        (XLSX[: len(XLSX) // 2], RefusalReason.DAMAGED),
        (b"PK\x03\x04" + b"\0" * 100, RefusalReason.DAMAGED),
        ("Hä tªn,Vai trß\nLª An,v¨n th­\n".encode("latin-1"), RefusalReason.UNKNOWN_ENCODING),
        (b'ho_ten,vai_tro\n"L An,van_thu\nB,van_thu\n', RefusalReason.BROKEN_QUOTES),
        (b'ho_ten,vai_tro\n"L; An,van_thu\nB,van_thu\n', RefusalReason.BROKEN_QUOTES),
        (b"mot,hai\n1,2\n", RefusalReason.HEADER_NOT_FOUND),
        ("Số đến,Nguồn,Tóm tắt\n1,Bưu điện,x\n".encode(), RefusalReason.COLUMNS_MISSING),
        ("Họ tên,Vai trò,Vai trò\nLê An,van_thu,uy_vien\n".encode(), RefusalReason.COLUMN_TWICE),
        (("ho_ten,vai_tro" + ",x" * 100 + "\n").encode(), RefusalReason.TOO_MANY_COLUMNS),
        (STAFF.encode() + b"An,van_thu\n" * cells.MAX_ROWS, RefusalReason.TOO_MANY_ROWS),
        (b"a" * (cells.MAX_FILE_BYTES + 1), RefusalReason.TOO_LARGE),
    ],
    ids=lambda value: value.value if isinstance(value, RefusalReason) else "file",
)
def test_a_file_that_cannot_be_used_is_refused_with_its_reason(data: bytes, reason: RefusalReason) -> None:
    assert refusal(("so.xlsx", data)).reason is reason


def test_the_sentence_names_the_columns_that_are_missing() -> None:
    refused = refusal(("so.csv", "Số đến,Nguồn,Tóm tắt\n1,Bưu điện,x\n".encode()))
    assert "“Ngày đến”" in refused.message
    assert "Sổ tiếp nhận, xử lý đơn" in refused.message


def test_the_sentence_for_an_unknown_header_lists_what_was_looked_for() -> None:
    message = refusal(("so.csv", b"mot,hai\n1,2\n")).message
    assert all(column in message for column in ("“Số đến”", "“Số thẻ”", "“Số QĐ”", "“Vai trò”"))


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_unpacking() -> None:
    bomb = package(
        **{"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": bytes(cells.MAX_UNPACKED_BYTES)}
    )
    assert len(bomb) < 1024**2
    assert refusal(("bom.xlsx", bomb)).reason is RefusalReason.TOO_LARGE


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(package(**{"xl/workbook.xml": b" " * 100_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    assert refusal(("doi.xlsx", bytes(data))).reason is RefusalReason.DAMAGED


def test_a_password_protected_archive_is_named_as_such() -> None:
    data = bytearray(package(**{"xl/workbook.xml": b"<a/>"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(("khoa.xlsx", bytes(data))).reason is RefusalReason.PASSWORD_PROTECTED


def test_declared_entities_are_refused() -> None:
    head = b'<!DOCTYPE a [<!ENTITY x "y">]><worksheet'
    data = changed("xl/worksheets/sheet1.xml", b"<worksheet", head)
    assert refusal(("so.xlsx", data)).reason is RefusalReason.DAMAGED


def test_a_sheet_that_claims_to_be_huge_is_read_by_its_cells() -> None:
    data = changed("xl/worksheets/sheet1.xml", b'ref="A1:M63"', b'ref="A1:XFD1048576"')
    assert len(open_table(("so.xlsx", data)).rows) == 60


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (b'<row r="9999999999"', RefusalReason.DAMAGED),
        (b'<row r="0x"', RefusalReason.DAMAGED),
        (b'<row r="63"><c r="XFC63"><v>1</v></c></row><row r="64"', RefusalReason.TOO_MANY_COLUMNS),
    ],
)
def test_rows_and_cells_placed_absurdly_far_are_refused(new: bytes, reason: RefusalReason) -> None:
    assert refusal(("so.xlsx", changed("xl/worksheets/sheet1.xml", b'<row r="63"', new))).reason is reason


def test_two_sheets_that_could_both_be_meant_are_refused_until_one_is_chosen() -> None:
    book = openpyxl.Workbook()
    for title in ("Tháng 1", "Tháng 2"):
        sheet = book.create_sheet(title)
        sheet.append(["Họ tên", "Vai trò"])
        sheet.append([f"Lê {title}", "Văn thư"])
    out = io.BytesIO()
    book.save(out)
    source = ("hai.xlsx", out.getvalue())
    assert refusal(source).reason is RefusalReason.SEVERAL_SHEETS
    assert open_table(source, sheet="Tháng 2").sheet == "Tháng 2"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", ole()]))
def test_random_bytes_are_refused_and_never_break_the_reader(data: bytes, start: bytes) -> None:
    with pytest.raises(ImportRefused):
        open_table(("x.xlsx", start + data))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_a_damaged_workbook_is_read_or_refused_and_never_breaks_the_reader(seed: int) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(XLSX)) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    part = parts[chance.choice(sorted(parts))]
    for _ in range(chance.randint(1, 8)):
        part[chance.randrange(len(part))] = chance.randrange(256)
    try:
        table = open_table(("x.xlsx", package(**{name: bytes(part) for name, part in parts.items()})))
    except ImportRefused as refused:
        assert refused.message.endswith(".")
    else:
        assert table.rows
