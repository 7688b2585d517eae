"""Released editions are never edited: their hashes are kept in ``editions.lock``.

A new edition is released by ``python -m procedures.lock > procedures/editions.lock``.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from procedures.errors import RuleProblem
from procedures.layers import layers_of, pack_folders

LOCK_NAME = "editions.lock"


def edition_hash(path: Path) -> str:
    """SHA-256 of the text; line ends are made alike so that a Windows checkout does not differ."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def lock_lines(folder: Path | None = None) -> tuple[str, ...]:
    """One line ``<sha256>  <folder>/<date>.toml`` per edition file, in order of name."""
    root = folder or Path(__file__).parent
    packs = {pack.name for pack in pack_folders(root)}
    paths = [path for layer in layers_of(root, packs, None) for path in layer.editions()]
    return tuple(f"{edition_hash(path)}  {path.relative_to(root).as_posix()}" for path in paths)


def lock_problems(folder: Path) -> Iterator[RuleProblem]:
    """Editions changed, missing or not yet in the lock."""
    lock = folder / LOCK_NAME
    if not lock.is_file():
        yield RuleProblem(LOCK_NAME, "(cả tệp)", "không có tệp khóa; tạo bằng python -m procedures.lock")
        return
    locked = _by_file(lock.read_text(encoding="utf-8").splitlines())
    present = _by_file(lock_lines(folder))
    for file in sorted(locked.keys() | present.keys()):
        if file not in present:
            yield RuleProblem(LOCK_NAME, file, "bản quy trình đã phát hành bị mất; khôi phục tệp")
        elif file not in locked:
            yield RuleProblem(LOCK_NAME, file, "bản quy trình mới chưa ghi vào tệp khóa; phát hành rồi ghi")
        elif locked[file] != present[file]:
            yield RuleProblem(
                LOCK_NAME, file, "bản đã phát hành bị sửa; khôi phục, và viết thay đổi thành tệp mới"
            )


def _by_file(lines: tuple[str, ...] | list[str]) -> dict[str, str]:
    pairs = (line.split(maxsplit=1) for line in lines if line.strip())
    return {pair[-1]: pair[0] for pair in pairs}


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in lock_lines()))
