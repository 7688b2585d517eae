"""How far a letter of a paper register has come, in the terms of the system."""

from typing import Any, Final

from cases.imports.columns import VOCABULARIES
from cases.imports.desk import Desk
from cases.imports.headers import headers_of
from cases.imports.reports import RowProblems
from cases.imports.rows import ReadRow
from cases.imports.stores.base import day, text
from cases.intake.models import Letter
from cases.intake.terms import Source, State
from cases.intake.validation import told_identity
from cases.intake.vault import SenderIdentity
from procedures.schema import IdentityStatus

SERIES: Final = "letters"
_STAGES: Final = [state.value for state in State]


def columns_of(desk: Desk, row: ReadRow, before: Letter) -> dict[str, Any]:
    """What the cells say of a letter besides themselves; raises RowProblems when a decision has no day.

    `before`: the letter so far. A blank cell takes nothing back that is known of it.
    """
    columns = _stage(desk, row)
    if before.get_id() is not None and _STAGES.index(columns["state"]) < _STAGES.index(before.state):
        columns = {}
    if note_of(row) and (text(row, "note") or not before.note):
        columns["note"] = note_of(row)
    if not text(row, "identity") and not before.identity:
        columns["identity"] = _told_identity(row)
    if not text(row, "source") and not before.source:
        columns["source"] = Source.POST.value
        desk.note(row, "source", "Sổ không có cột nguồn; đơn được ghi là đến qua bưu điện, cần xem lại.")
    return columns


def _stage(desk: Desk, row: ReadRow) -> dict[str, Any]:
    if text(row, "handling"):
        return _decided(desk, row)
    proposal = VOCABULARIES["handling"].find(text(row, "proposal_note"))
    if proposal is not None:
        return {"state": State.PROPOSED.value, "proposal": proposal[0]}
    return {"state": State.CLASSIFIED.value if text(row, "kind") else State.LOGGED.value}


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


def _told_identity(row: ReadRow) -> str:
    """Told from name and address where the register has no column for it."""
    if "sender_name" not in headers_of(row.kind, row.raw):
        return IdentityStatus.UNCLEAR.value
    sender = SenderIdentity(name=text(row, "sender_name"), address=text(row, "sender_address"))
    return told_identity(sender).value


def note_of(row: ReadRow) -> str:
    level = text(row, "management_level")
    words = VOCABULARIES["management_level"].words[level][0] if level else ""
    return "\n".join(part for part in (text(row, "note"), f"Diện quản lý: {words}." if words else "") if part)
