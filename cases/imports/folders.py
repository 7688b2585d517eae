"""A folder of registers: which file is which, the order in which they can be stored, and what happened."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from cases.db import transaction
from cases.imports.cells import MAX_FILE_BYTES
from cases.imports.columns import Kind
from cases.imports.operations import import_file
from cases.imports.readers import RegisterReading, read_register
from cases.imports.refusals import ImportRefused
from cases.imports.reports import FileReport
from cases.people.models import Commission

_ENDINGS = (".csv", ".xlsx", ".xlsm", ".xls", ".tsv")


@dataclass
class FolderReport:
    """`reports` and `refused` by file name; `skipped`: files that do not even look like registers."""

    reports: dict[str, FileReport] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Opened:
    name: str
    data: bytes
    reading: RegisterReading


def import_folder(
    source: Path,
    commission: Callable[[Sequence[RegisterReading]], Commission],
    *,
    now: datetime,
    today: date,
    dry_run: bool = False,
) -> FolderReport:
    """Import every register of a folder (or one file) for the installation itself, one transaction per file.

    `commission` chooses or makes the commission once it is known what the files hold.
    A dry run goes through all files and leaves nothing behind.
    """
    report = FolderReport()
    opened = _open_all(source, report, today=today)
    with _rolled_back() if dry_run else _nothing():
        if opened:
            chosen = commission([one.reading for one in opened])
            for one in opened:
                report.reports[one.name] = import_file(None, chosen, one.name, one.data, now=now)
    return report


def _open_all(source: Path, report: FolderReport, *, today: date) -> list[_Opened]:
    """Read what can be read, in the order in which registers build on each other."""
    paths = [source] if source.is_file() else sorted(path for path in source.iterdir() if path.is_file())
    opened = []
    for path in paths:
        if path.suffix.lower() not in _ENDINGS and not source.is_file():
            report.skipped.append(path.name)
            continue
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
        try:
            opened.append(_Opened(path.name, data, read_register((path.name, data), today=today)))
        except ImportRefused as refused:
            report.refused[path.name] = refused.message
    order = list(Kind)
    return sorted(opened, key=lambda one: (order.index(one.reading.kind), one.name))


class _RollBack(Exception):
    pass


@contextmanager
def _rolled_back() -> Iterator[None]:
    try:
        with transaction():
            yield
            raise _RollBack
    except _RollBack:
        pass


@contextmanager
def _nothing() -> Iterator[None]:
    yield
