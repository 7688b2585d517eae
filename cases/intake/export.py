"""Register R02 as a spreadsheet: the columns of the paper book, in its order (forms.md R02)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from cases.intake.models import Letter
from cases.intake.numbers import full_number, short_number
from cases.intake.terms import HANDLINGS, IDENTITIES, KINDS, SEALED, SOURCES
from cases.intake.vault import SenderIdentity
from cases.parties.labels import MANAGEMENT
from cases.workbook import Column, Value, workbook

Senders = Callable[[Letter], SenderIdentity] | None
_Row = tuple[Letter, SenderIdentity]
_SEALED_SENDER: Final = SenderIdentity(name=SEALED, address=SEALED)

# Column, width in characters, how the cell is read from a letter. The two sender columns come apart.
_BEFORE_SENDER: Final[Sequence[tuple[str, int, Callable[[Letter], Value]]]] = (
    ("Số đến", 8, lambda letter: letter.number if not letter.part else short_number(letter)),
    ("Ngày đến", 12, lambda letter: letter.received_on),
    ("Ngày trên đơn", 12, lambda letter: letter.written_on),
    ("Nguồn", 14, lambda letter: SOURCES[letter.source].label),
    ("Số công văn chuyển", 18, lambda letter: letter.transfer_reference),
)
_SENDER: Final[Sequence[tuple[str, int, Callable[[_Row], Value]]]] = (
    ("Người gửi", 22, lambda row: row[1].name),
    ("Địa chỉ", 26, lambda row: row[1].address),
)
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
    """The register as XLSX bytes; without `senders` the sender columns say that they are sealed."""
    columns = [
        *(_of_letter(*column) for column in _BEFORE_SENDER),
        *(Column(label, width, read) for label, width, read in _SENDER),
        *(_of_letter(*column) for column in _AFTER_SENDER),
    ]
    rows = ((letter, senders(letter) if senders else _SEALED_SENDER) for letter in letters)
    return workbook(rows, columns, title=title, sheet_name="Sổ đơn")


def _of_letter(label: str, width: int, read: Callable[[Letter], Value]) -> Column[_Row]:
    return Column(label, width, lambda row: read(row[0]))
