"""Row by row: store it, find it unchanged, or keep it whole in the repair list; inside one transaction."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import Enum, auto

from peewee import DataError, IntegrityError

from cases.db import BaseModel, database
from cases.imports.comparing import differences
from cases.imports.desk import Desk
from cases.imports.headers import header_for
from cases.imports.models import ImportedRow, ImportFile, RepairRow
from cases.imports.privacy import SENDER_FIELDS, about, masked, sealed_apart, secret_headers
from cases.imports.readers import RegisterReading
from cases.imports.reports import RowProblems
from cases.imports.rows import Note, Problem, ReadRow
from cases.imports.stores import STORES
from cases.intake.terms import SEALED

UNFIT = "Cơ sở dữ liệu không nhận dòng này; hãy xem lại các ô, nhất là ngày tháng và ô quá dài."
_STORED_LATER = "Đã lưu khi nhập lại sổ."
_SHOWN_DIFFERENCE = 200


class Fate(Enum):
    STORED = auto()
    UNCHANGED = auto()
    TROUBLED = auto()


@dataclass
class Tally:
    """What became of the rows of one file."""

    fates: Counter[Fate] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def store_reading(desk: Desk, file: ImportFile, reading: RegisterReading) -> Tally:
    """Give every row of a reading its fate; problems and notes come in the order of the file."""
    tally, seen = Tally(), Counter[str]()
    for row in STORES[reading.kind].in_order(desk, reading.rows):
        seen[row.content_hash] += 1
        tally.fates[_settle(desk, file, row, seen[row.content_hash], tally)] += 1
    finish(desk)
    secret = {row.row_number: secret_headers(row) for row in reading.rows}
    tally.notes += [masked(note, secret.get(note.row, ())) for note in desk.notes]
    tally.problems.sort(key=lambda item: item.row)
    tally.notes.sort(key=lambda item: item.row)
    return tally


def _settle(desk: Desk, file: ImportFile, row: ReadRow, occurrence: int, tally: Tally) -> Fate:
    waiting = _waiting(desk, row, occurrence)
    if waiting is not None and waiting.state != "open":
        return Fate.UNCHANGED
    if row.problems:
        return _keep(desk, file, row, occurrence, tally, waiting)
    if remembered(desk, row):
        return Fate.UNCHANGED
    try:
        fate, made = store_row(desk, row)
    except RowProblems as trouble:
        return _keep(desk, file, row, occurrence, tally, waiting, trouble)
    remember(desk, row, made)
    if waiting is not None:
        _close(desk, waiting)
    tally.notes += [masked(note, secret_headers(row)) for note in row.notes]
    return fate


def store_row(desk: Desk, row: ReadRow) -> tuple[Fate, BaseModel]:
    """Store a row without problems, or find it stored already; raises RowProblems and leaves no trace."""
    notes, later = len(desk.notes), len(desk.later)
    try:
        with database.atomic():
            return _store(desk, row)
    except RowProblems:
        del desk.notes[notes:], desk.later[later:]
        raise
    except (IntegrityError, DataError) as error:
        del desk.notes[notes:], desk.later[later:]
        raise RowProblems((next(iter(row.values)), UNFIT)) from error


def _store(desk: Desk, row: ReadRow) -> tuple[Fate, BaseModel]:
    store = STORES[row.kind]
    found = store.find(desk, row)
    if found is None:
        return Fate.STORED, store.create(desk, row)
    differ = differences(desk, row, found)
    if differ:
        raise RowProblems(
            *((one.field.name, _differs(one.field.name, one.stored)) for one in differ), conflict=True
        )
    return Fate.UNCHANGED, found


def _differs(name: str, stored: str) -> str:
    if not stored:
        return "Đã có, nội dung khác: trong hệ thống chưa ghi mục này."
    words = SEALED if name in SENDER_FIELDS else stored[:_SHOWN_DIFFERENCE]
    return f"Đã có, nội dung khác: trong hệ thống là “{words}”."


def remembered(desk: Desk, row: ReadRow) -> bool:
    """Was a row of exactly this content stored before?"""
    same = (ImportedRow.kind == row.kind.value) & (ImportedRow.content_hash == row.content_hash)
    return bool(ImportedRow.select().where(ImportedRow.commission == desk.commission, same).exists())


def remember(desk: Desk, row: ReadRow, made: BaseModel) -> None:
    ImportedRow.insert(
        commission=desk.commission,
        kind=row.kind.value,
        content_hash=row.content_hash,
        object_id=made.get_id(),
    ).on_conflict_ignore().execute()


def finish(desk: Desk) -> None:
    """Do what had to wait until all rows of the file were stored."""
    while desk.later:
        desk.later.pop(0)()


def problems_of(row: ReadRow, trouble: RowProblems | None = None) -> list[Problem]:
    """Everything wrong with a row, without the name of a sender."""
    found = list(row.problems)
    for name, reason in trouble.found if trouble else ():
        header = header_for(row.kind, name, row.raw)
        found.append(Problem(row.row_number, header, row.raw.get(header, ""), reason))
    secret = secret_headers(row)
    return [masked(problem, secret) for problem in found]


def as_data(problems: Iterable[Problem], *, retry: bool) -> list[dict[str, object]]:
    """Problems as the repair list keeps them; `retry`: may vanish without a change of the row itself."""
    return [{**asdict(problem), "retry": retry} for problem in problems]


def _waiting(desk: Desk, row: ReadRow, occurrence: int) -> RepairRow | None:
    found: RepairRow | None = RepairRow.get_or_none(
        RepairRow.commission == desk.commission, RepairRow.kind == row.kind.value,
        RepairRow.content_hash == row.content_hash, RepairRow.occurrence == occurrence,
    )  # fmt: skip
    return found


def _keep(
    desk: Desk,
    file: ImportFile,
    row: ReadRow,
    occurrence: int,
    tally: Tally,
    waiting: RepairRow | None,
    trouble: RowProblems | None = None,
) -> Fate:
    problems = problems_of(row, trouble)
    tally.problems += problems
    data, conflict = as_data(problems, retry=trouble is not None), bool(trouble and trouble.conflict)
    if waiting is not None:
        waiting.problems, waiting.conflict = data, conflict
        waiting.save(only=["problems", "conflict"])
        return Fate.TROUBLED
    raw, sealed = sealed_apart(row)
    RepairRow.create(
        commission=desk.commission, file=file, kind=row.kind.value, row_number=row.row_number,
        content_hash=row.content_hash, occurrence=occurrence, raw=raw, sealed=sealed, about=about(row),
        problems=data, conflict=conflict,
    )  # fmt: skip
    return Fate.TROUBLED


def _close(desk: Desk, waiting: RepairRow) -> None:
    waiting.state, waiting.reason, waiting.settled_at = "repaired", _STORED_LATER, desk.now
    waiting.settled_by_id = desk.actor.user_id if desk.actor else None
    waiting.save()
