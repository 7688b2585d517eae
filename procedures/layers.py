"""Where rules come from: the product's own files, the packs switched on, the commission's own folder.

A later layer has the last word: a record of the same id replaces the earlier one; a version or an edition
ends the earlier one the day before its own first day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKS = "packs"
PACK_FILE = "pack.toml"


@dataclass(frozen=True)
class Layer:
    """One folder of rules. ``prefix`` stands before its file names in every message."""

    folder: Path
    prefix: str = ""
    pack: str = ""
    local: bool = False

    @property
    def complete(self) -> bool:
        """Whether every table must be there: only the product's own rules are whole."""
        return not self.pack and not self.local

    def named(self, path: Path) -> str:
        return self.prefix + path.relative_to(self.folder).as_posix()

    def editions(self) -> list[Path]:
        return sorted(self.folder.glob("*/[0-9]*.toml"))


def layers_of(folder: Path, packs: Collection[str], local: Path | None) -> Iterator[Layer]:
    """The layers in order of rank, the weakest first; a pack that is not there is left to the checks."""
    yield Layer(folder)
    for pack in pack_folders(folder):
        if pack.name in packs:
            yield Layer(pack, prefix=f"{PACKS}/{pack.name}/", pack=pack.name)
    if local is not None:
        yield Layer(local, prefix=f"{local.name}/", local=True)


def pack_folders(folder: Path) -> list[Path]:
    """Every pack on offer, switched on or not."""
    return sorted(path.parent for path in (folder / PACKS).glob(f"*/{PACK_FILE}"))
