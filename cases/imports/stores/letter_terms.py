"""How far a letter of a paper register has come, in the terms of the system."""

from typing import Any, Final

from cases.imports.columns import VOCABULARIES
from cases.imports.desk import Desk
from cases.imports.headers import headers_of
from cases.imports.reports import RowProblems
from cases.imports.rows import ReadRow
from cases.imports.stores.base import day, text
from cases.intake.terms import Source, State
from cases.intake.validation import told_identity
from cases.intake.vault import SenderIdentity

SERIES: Final = "letters"


def columns_of(desk: Desk, row: ReadRow) -> dict[str, Any]:
    """State, proposal and source, told from the cells; raises RowProblems when a decision has no day."""
    columns: dict[str, Any] = {"note": note_of(row)} if note_of(row) else {}
    if not text(row, "source"):
        columns["source"] = Source.POST.value
        desk.note(row, "source", "Sổ không có cột nguồn; đơn được ghi là đến qua bưu điện, cần xem lại.")
    if text(row, "handling"):
        return columns | _decided(desk, row)
    proposal = VOCABULARIES["handling"].find(text(row, "proposal_note"))
    if proposal is not None:
        return columns | {"state": State.PROPOSED.value, "proposal": proposal[0]}
    return columns | {"state": State.CLASSIFIED.value if text(row, "kind") else State.LOGGED.value}


def _decided(desk: Desk, row: ReadRow) -> dict[str, Any]:
    handled_on = day(row, "handled_on") or day(row, "leader_opinion_on")
    if handled_on is None:
        raise RowProblems(("handled_on", "Đơn đã có hình thức xử lý nhưng chưa ghi ngày xử lý."))
    if day(row, "handled_on") is None:
        desk.note(row, "handled_on", "Chưa ghi ngày văn bản xử lý; ghi theo ngày ý kiến lãnh đạo.")
    return {
        "state": State.DECIDED.value,
        "handled_on": handled_on,
        "handling_reason": text(row, "leader_opinion"),
    }


def identity_of(row: ReadRow) -> str:
    """As written; told from name and address where the register has no such column."""
    written = text(row, "identity")
    if written or "sender_name" not in headers_of(row.kind, row.raw):
        return written or "unclear"
    sender = SenderIdentity(name=text(row, "sender_name"), address=text(row, "sender_address"))
    return told_identity(sender).value


def note_of(row: ReadRow) -> str:
    level = text(row, "management_level")
    words = VOCABULARIES["management_level"].words[level][0] if level else ""
    return "\n".join(part for part in (text(row, "note"), f"Diện quản lý: {words}." if words else "") if part)
