"""What happened to a letter, told from the journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l

from cases.audit.models import AuditEvent
from cases.audit.verbs import VERBS
from cases.intake.models import Letter
from cases.intake.terms import HANDLINGS, kind_label
from cases.people.models import User

_FIELDS = {
    "received_on": _l("ngày đến"), "written_on": _l("ngày trên đơn"), "posted_on": _l("ngày dấu bưu điện"),
    "source": _l("nguồn"), "transfer_reference": _l("số công văn chuyển"), "identity": _l("danh tính"),
    "kind": _l("loại đơn"), "subject_name": _l("đối tượng"), "subject_post": _l("chức vụ"),
    "subject_place": _l("tổ chức đảng"),
    "summary": _l("tóm tắt nội dung"), "violation_ended_on": _l("ngày chấm dứt hành vi"),
    "pages": _l("số trang"), "enclosures": _l("tài liệu kèm"),
    "note": _l("ghi chú"),
    "duplicate_of": _l("trùng với đơn số"), "result": _l("kết quả"),
}  # fmt: skip
_HANDLED = {"proposal": _l("Đề xuất"), "handling": _l("Hình thức xử lý")}
_SAID = {
    "handler": _l("Cán bộ xử lý"), "target": _l("Nơi nhận"), "reference": _l("Văn bản"),
    "reason": _l("Lý do"),
    "duplicate_of": _l("Trùng với đơn số"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    when: datetime
    title: str
    who: str
    text: str


def history_of(letter: Letter) -> list[HistoryEntry]:
    """Every event of a letter the reader may see, the latest first."""
    events = (
        AuditEvent.select(AuditEvent, User)
        .left_outer_join(User, on=AuditEvent.actor)
        .where(AuditEvent.letter_id == letter.id)
        .order_by(AuditEvent.id.desc())
    )
    return [
        HistoryEntry(
            event.at, VERBS[event.verb], event.actor.full_name if event.actor else "", _words(event.data)
        )
        for event in events
    ]


def _words(data: dict[str, Any]) -> str:
    """The facts of an event in words."""
    pieces = []
    if kind := data.get("kind"):
        pieces.append(_("Loại: %(what)s.", what=kind_label(kind)))
    for name, label in _HANDLED.items():
        if data.get(name):
            pieces.append(f"{label}: {HANDLINGS[data[name]].label}.")
    for name, label in _SAID.items():
        if data.get(name):
            pieces.append(f"{label}: {str(data[name]).rstrip('.')}.")
    changed = [str(_FIELDS[name]) for name in data.get("fields", ()) if name in _FIELDS]
    changed += [_("người gửi (đã niêm phong)")] if data.get("sender_changed") else []
    if changed:
        pieces.append(_("Sửa: %(what)s.", what=", ".join(changed)))
    if data.get("parts"):
        pieces.append(_("Thành các đơn số %(what)s.", what=", ".join(data["parts"])))
    if data.get("fails"):
        pieces.append(_("Không đạt: %(what)s.", what=", ".join(data["fails"])))
    return " ".join(pieces)
