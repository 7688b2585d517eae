"""An uploaded file between preview and confirmation: sealed on disk, its owner's alone, for two hours."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cases import files
from cases.clock import local_day
from cases.db import transaction
from cases.errors import NotFound
from cases.imports.columns import Kind
from cases.imports.models import WaitingFile
from cases.imports.readers import read_register
from cases.imports.rights import KIND_PERMISSIONS
from cases.intake.sealing import vault
from cases.people.actor import Actor
from cases.people.permissions import Permission

LIFETIME: Final = timedelta(hours=2)
_FOLDER: Final = "imports-waiting"


def keep(
    actor: Actor, name: str, data: bytes, *, kind: str = "", sheet: str = "", files_path: Path, now: datetime
) -> WaitingFile:
    """Keep an upload until it is confirmed; raises ImportRefused for a file that cannot be used at all."""
    actor.require(Permission.IMPORT_REGISTERS)
    chosen = Kind(kind) if kind else None
    reading = read_register((name, data), today=local_day(now), kind=chosen, sheet=sheet or None)
    actor.require(KIND_PERMISSIONS[reading.kind])
    forget_expired(files_path=files_path, now=now)
    digest = files.store(files_path / _FOLDER, vault().seal_bytes(data))
    with transaction():
        return WaitingFile.create(
            user=actor.user_id,
            name=name[:255],
            kind=kind,
            sheet=sheet[:255],
            sealed_sha256=digest,
            uploaded_at=now,
        )


def waiting_of(actor: Actor, waiting_id: int, *, now: datetime) -> WaitingFile:
    """The actor's own upload, while it has not expired."""
    found: WaitingFile | None = WaitingFile.get_or_none(
        WaitingFile.id == waiting_id,
        WaitingFile.user == actor.user_id,
        WaitingFile.uploaded_at > now - LIFETIME,
    )
    if found is None:
        raise NotFound("Tệp chờ nhập không còn nữa (chỉ giữ trong hai giờ). Chọn lại tệp rồi xem trước.")
    return found


def bytes_of(waiting: WaitingFile, *, files_path: Path) -> bytes:
    return vault().open_bytes(files.read(files_path / _FOLDER, waiting.sealed_sha256))


def forget(waiting: WaitingFile, *, files_path: Path) -> None:
    """Remove an upload that was imported or given up."""
    with transaction():
        waiting.delete_instance()
    files.discard(files_path / _FOLDER, waiting.sealed_sha256)


def forget_expired(*, files_path: Path, now: datetime) -> None:
    for waiting in WaitingFile.select().where(WaitingFile.uploaded_at <= now - LIFETIME):
        forget(waiting, files_path=files_path)
