"""Register R04, the papers sent out: one book per type and term, gaps in the numbers shown (forms.md R04)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from cases.definitions import forms
from cases.documents.models import Document
from cases.documents.rendering import SECRECY, URGENCY, paper_of
from cases.workbook import Column

TITLE: Final = "SỔ ĐĂNG KÝ VĂN BẢN ĐI"
HIDDEN: Final = "(văn bản không thuộc phạm vi được xem)"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the book: a paper, a number without paper (`gap`), or one this reader may not read."""

    number: int
    series: str
    term: str
    document: Document | None = None
    gap: bool = False

    @property
    def symbol(self) -> str:
        return self.document.symbol if self.document is not None else ""

    @property
    def abstract(self) -> str:
        if self.document is not None:
            return str(self.document.title)
        return "" if self.gap else HIDDEN

    @property
    def state(self) -> str:
        return str(self.document.state) if self.document is not None else ""

    @property
    def note(self) -> str:
        """What the last column says: void and why, number taken but not issued, number missing."""
        if self.gap:
            return "Trống số: không có văn bản mang số này trong hệ thống"
        if self.document is None:
            return ""
        if self.document.state == "void":
            return f"Đã hủy: {self.document.void_reason}"
        return "Đã lấy số, chưa ban hành xong" if self.document.state == "approved" else ""


def entries(
    numbered: Iterable[tuple[str, str, int]], readable: dict[tuple[str, str, int], Document]
) -> list[Entry]:
    """The book from all numbers taken and the papers this reader may read: newest term first, then by type
    and number, with a line for every number between the lowest and the highest that is missing."""
    books: dict[tuple[str, str], set[int]] = {}
    for series, term, number in numbered:
        books.setdefault((series, term), set()).add(number)
    found = []
    for series, term in sorted(books, key=lambda key: (key[1], key[0]), reverse=True):
        taken = books[series, term]
        for number in range(max(taken), min(taken) - 1, -1):
            document = readable.get((series, term, number))
            found.append(Entry(number, series, term, document, gap=number not in taken))
    return found


def recipients_of(document: Document) -> str:
    """Where the paper went, as printed on it."""
    if document.issued_on is None:
        return ""
    lines = paper_of(document, today=document.issued_on).recipients
    return "; ".join(line.strip("- ;.") for line in lines)


def _of(entry: Entry, name: str) -> str:
    return str(getattr(entry.document, name)) if entry.document is not None else ""


def _type(entry: Entry) -> str:
    """The name of the type that the abbreviation stands for."""
    return forms().wording.abbreviations.get(entry.series, entry.series).capitalize()


def _case(entry: Entry) -> str:
    case = entry.document.case if entry.document is not None else None
    return str(case.code) if case is not None else ""


def _signer(entry: Entry) -> str:
    signer = entry.document.signer if entry.document is not None else None
    return str(signer.full_name) if signer is not None else ""


def _unit(entry: Entry) -> str:
    writer = entry.document.created_by if entry.document is not None else None
    return str(writer.unit) if writer is not None else ""


COLUMNS: Final[Sequence[Column[Entry]]] = (
    Column("Số", 8, lambda one: one.number),
    Column("Ký hiệu", 20, lambda one: one.symbol),
    Column("Ngày", 12, lambda one: one.document.issued_on if one.document is not None else None),
    Column("Loại", 16, _type),
    Column("Trích yếu", 50, lambda one: one.abstract),
    Column("Người ký", 24, _signer),
    Column("Độ mật", 12, lambda one: SECRECY.get(_of(one, "secrecy"), "")),
    Column("Độ khẩn", 12, lambda one: URGENCY.get(_of(one, "urgency"), "")),
    Column("Nơi nhận", 40, lambda one: recipients_of(one.document) if one.document is not None else ""),
    Column("Số bản", 8, lambda one: _copies(one)),
    Column("Đơn vị soạn", 22, _unit),
    Column("Hồ sơ số", 16, _case),
    Column("Ghi chú", 34, lambda one: one.note),
)


def _copies(entry: Entry) -> int | None:
    value = entry.document.values.get("copy_count") if entry.document is not None else None
    return value if isinstance(value, int) else None
