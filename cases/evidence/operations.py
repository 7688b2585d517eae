"""Verbs about evidence: it is added, withdrawn with a reason, carried to another case; never changed."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

from peewee import fn

from cases.audit.operations import act
from cases.clock import local_day
from cases.errors import Invalid, Refused
from cases.evidence.models import Evidence
from cases.evidence.queries import evidence_of
from cases.evidence.store import StoredFile, store
from cases.lifecycle.holding import hold_open, require_text
from cases.lifecycle.models import Case
from cases.lifecycle.queries import case_of
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import clean_line, clean_text

KINDS = {
    "document": "Văn bản, tài liệu",
    "minutes": "Biên bản làm việc",
    "report": "Báo cáo, giải trình",
    "image": "Ảnh",
    "recording": "Ghi âm, ghi hình",
    "object": "Vật chứng",
    "other": "Khác",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceData:
    """What a person says about a piece; `original` is original or copy."""

    title: str
    kind: str
    received_on: date
    received_from: str = ""
    pages: int | None = None
    original: str = "copy"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: the name its owner gave it, its bytes, and where files are kept."""

    name: str
    data: bytes
    folder: Path
    most_mib: int


def add_evidence(
    actor: Actor, case_id: int, piece: EvidenceData, *, upload: Upload | None = None, now: datetime
) -> Evidence:
    """Add a piece to a case, with its file when there is one (a paper or an object may have none)."""
    actor.require(Permission.RUN_CASES)
    case_of(actor, case_id)
    title = require_text(clean_line(piece.title), what="tên tài liệu", field="title")
    if piece.kind not in KINDS:
        raise Invalid("Chọn loại tài liệu.", field="kind")
    if piece.original not in ("original", "copy"):
        raise Invalid("Chọn bản gốc hay bản sao.", field="original")
    if piece.received_on > local_day(now):
        raise Invalid("Ngày nhận ở sau hôm nay.", field="received_on")
    if piece.pages is not None and piece.pages < 1:
        raise Invalid("Số trang phải từ 1 trở lên.", field="pages")
    stored = store(upload.folder, upload.data, most_mib=upload.most_mib) if upload else StoredFile("", 0, "")
    with act(actor, "evidence.added", now=now) as event:
        case = hold_open(case_id)
        added = Evidence.create(
            case=case, number=_next_number(case), title=title[:300], kind=piece.kind,
            received_on=piece.received_on, received_from=clean_line(piece.received_from)[:200],
            pages=piece.pages, original=piece.original, note=clean_text(piece.note),
            file_name=_bare_name(upload.name) if upload else "",
            media_type=stored.media_type, size=stored.size, sha256=stored.sha256,
            added_by=actor.user_id, added_at=now,
        )  # fmt: skip
        event.about(added)
        event.say(number=added.number, title=title, sha256=stored.sha256)
    return added


def withdraw_evidence(actor: Actor, evidence_id: int, *, reason: str, now: datetime) -> Evidence:
    """Mark a piece as no longer relied on; its bytes and its number stay."""
    actor.require(Permission.RUN_CASES)
    piece = evidence_of(actor, evidence_id)
    words = require_text(clean_text(reason), what="lý do rút tài liệu", field="reason")
    with act(actor, "evidence.withdrawn", now=now) as event:
        hold_open(piece.case_id)
        changed = (
            Evidence.update(withdrawn_reason=words)
            .where(Evidence.id == piece.id, Evidence.withdrawn_reason == "")
            .execute()
        )
        if not changed:
            raise Refused("Tài liệu này đã được rút trước đó.")
        event.about(piece)
        event.say(number=piece.number, title=piece.title, reason=words)
    return Evidence.get_by_id(piece.id)


def carry_evidence(source: Case, target: Case, *, actor: Actor, now: datetime) -> int:
    """Carry every piece still relied on into another case; returns how many. Call inside `act`."""
    kept = Evidence.select().where(Evidence.case == source.id, Evidence.withdrawn_reason == "")
    carried = 0
    for piece in kept.order_by(Evidence.number):
        Evidence.create(
            case=target, number=_next_number(target), title=piece.title, kind=piece.kind,
            received_on=piece.received_on, received_from=piece.received_from, pages=piece.pages,
            original=piece.original, note=piece.note, file_name=piece.file_name, media_type=piece.media_type,
            size=piece.size, sha256=piece.sha256, carried_from=piece, added_by=actor.user_id, added_at=now,
        )  # fmt: skip
        carried += 1
    return carried


def _next_number(case: Case) -> int:
    last = Evidence.select(fn.MAX(Evidence.number)).where(Evidence.case == case.id).scalar()
    return (last or 0) + 1


def _bare_name(name: str) -> str:
    """The name without any folder, whichever system it came from."""
    return clean_line(PurePosixPath(PureWindowsPath(name).name).name)[-255:] or "tai-lieu"
