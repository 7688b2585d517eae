"""Bytes kept for good: stored once under their SHA-256, never changed, never named by a person."""

import hashlib
import os
import secrets
from pathlib import Path

from cases.errors import NotFound


def store(folder: Path, data: bytes) -> str:
    """Keep `data` below `folder` and return its SHA-256; bytes already there are not written again."""
    digest = hashlib.sha256(data).hexdigest()
    path = _path(folder, digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{secrets.token_hex(4)}")
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o440)
        draft.replace(path)  # atomic: nobody ever reads half a file
    return digest


def read(folder: Path, digest: str) -> bytes:
    """The bytes of a digest; NotFound when the file is gone or its bytes are not what they were."""
    path = _path(folder, digest)
    data = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(data).hexdigest() != digest:
        raise NotFound(
            "Tệp lưu trữ bị mất hoặc đã bị thay đổi so với lúc lưu. "
            "Báo người quản trị khôi phục từ bản sao lưu."
        )
    return data


def discard(folder: Path, digest: str) -> None:
    """Remove bytes of a temporary area; only for folders that keep nothing for good."""
    _path(folder, digest).unlink(missing_ok=True)


def _path(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest
