"""Register R02 as a spreadsheet: the columns of the paper book, in its order (forms.md R02)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

from xlsxwriter import Workbook

from cases.intake.models import Letter
from cases.intake.numbers import full_number, short_number
from cases.intake.terms import HANDLINGS, IDENTITIES, KINDS, SEALED, SOURCES
from cases.intake.vault import SenderIdentity
from cases.parties.labels import MANAGEMENT

Value = str | int | date | None
Senders = Callable[[Letter], SenderIdentity] | None

# Column, width in characters, how the cell is read from a letter. The two sender columns come apart.
_BEFORE_SENDER: Final[Sequence[tuple[str, int, Callable[[Letter], Value]]]] = (
    ("Số đến", 8, lambda letter: letter.number if not letter.part else short_number(letter)),
    ("Ngày đến", 12, lambda letter: letter.received_on),
    ("Ngày trên đơn", 12, lambda letter: letter.written_on),
    ("Nguồn", 14, lambda letter: SOURCES[letter.source].label),
    ("Số công văn chuyển", 18, lambda letter: letter.transfer_reference),
)
_SENDER: Final = (("Người gửi", 22), ("Địa chỉ", 26))
_AFTER_SENDER: Final[Sequence[tuple[str, int, Callable[[Letter], Value]]]] = (
    ("Danh tính", 16, lambda letter: IDENTITIES[letter.identity].label),
    ("Loại đơn", 16, lambda letter: KINDS[letter.kind].label if letter.kind in KINDS else ""),
    ("Đối tượng bị tố cáo", 26, lambda letter: letter.subject_name),
    ("Chức vụ", 22, lambda letter: letter.subject_post),
    ("Tổ chức đảng", 28, lambda letter: letter.subject_place),
    ("Diện quản lý", 20, lambda letter: _managed_by(letter)),
    ("Tóm tắt nội dung", 60, lambda letter: letter.summary),
    ("Số trang", 8, lambda letter: letter.pages),
    ("Tài liệu kèm", 24, lambda letter: letter.enclosures),
    (
        "Trùng với đơn số",
        12,
        lambda letter: _repeats(letter),
    ),
    (
        "Cán bộ xử lý",
        22,
        lambda letter: letter.handler_name,
    ),
    ("Đề xuất", 30, lambda letter: _proposal(letter)),
    ("Ý kiến lãnh đạo", 30, lambda letter: letter.leader_opinion),
    ("Ngày ý kiến lãnh đạo", 12, lambda letter: letter.leader_opinion_on),
    ("Hình thức xử lý", 18, lambda letter: HANDLINGS[letter.handling].label if letter.handling else ""),
    ("Số văn bản xử lý", 18, lambda letter: letter.handling_reference),
    ("Ngày văn bản xử lý", 12, lambda letter: letter.handled_on),
    ("Hạn", 12, lambda letter: letter.due_on),
    ("Kết quả", 30, lambda letter: letter.result),
    ("Ghi chú", 24, lambda letter: letter.note),
)
HEADERS: Final = tuple(column[0] for group in (_BEFORE_SENDER, _SENDER, _AFTER_SENDER) for column in group)


def _repeats(letter: Letter) -> str:
    return full_number(letter.duplicate_of) if letter.duplicate_of is not None else ""


def _managed_by(letter: Letter) -> str:
    member = letter.subject_member if letter.subject_member_id else None
    return str(MANAGEMENT.get(member.management_level, member.management_level)) if member else ""


def _proposal(letter: Letter) -> str:
    label = HANDLINGS[letter.proposal].label if letter.proposal in HANDLINGS else letter.proposal
    return ": ".join(part for part in (label, letter.proposal_note) if part)


def register_workbook(letters: Iterable[Letter], *, title: str, senders: Senders = None) -> bytes:
    """The register as XLSX bytes; without `senders` the sender columns say that they are sealed.

    Text is written as text, whatever it begins with: a letter cannot smuggle in a formula or a link.
    """
    output = BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with Workbook(output, options) as book:
        sheet = book.add_worksheet("Sổ đơn")
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "border": 1})
        _write_head(book, sheet, title)
        for row, letter in enumerate(letters, start=3):
            for column, value in enumerate(_row(letter, senders)):
                _write_cell(sheet, row, column, value, text=wrapped, day=day)
    return output.getvalue()


def _write_head(book: Workbook, sheet: Any, title: str) -> None:
    head = book.add_format(
        {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
    )
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    widths = [column[1] for group in (_BEFORE_SENDER, _SENDER, _AFTER_SENDER) for column in group]
    for column, (header, width) in enumerate(zip(HEADERS, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, header, head)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3: the book has twenty-seven columns
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)


def _row(letter: Letter, senders: Senders) -> list[Value]:
    sender = senders(letter) if senders else SenderIdentity(name=SEALED, address=SEALED)
    return [
        *(read(letter) for _, _, read in _BEFORE_SENDER),
        sender.name, sender.address,
        *(read(letter) for _, _, read in _AFTER_SENDER),
    ]  # fmt: skip


def _write_cell(sheet: Any, row: int, column: int, value: Value, *, text: Any, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, text)
    else:
        sheet.write_string(row, column, value or "", text)
