"""Verbs of importing: a whole file, a mended row, a row set aside, one version kept before the other."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from peewee import DataError, IntegrityError

from cases.audit.operations import act
from cases.clock import local_day
from cases.db import BaseModel, database, lock_name
from cases.errors import Invalid, Refused, Stale
from cases.imports import queries
from cases.imports.columns import Kind
from cases.imports.comparing import seal_of
from cases.imports.desk import Desk
from cases.imports.models import ImportFile, RepairRow
from cases.imports.privacy import about, opened, sealed_apart
from cases.imports.readers import RegisterReading, read_again, read_register
from cases.imports.reports import FileReport, RowProblems
from cases.imports.rights import KIND_PERMISSIONS
from cases.imports.rows import ReadRow
from cases.imports.stores import STORES
from cases.imports.storing import (
    UNFIT,
    Fate,
    Tally,
    as_data,
    finish,
    problems_of,
    remember,
    remembered,
    store_reading,
    store_row,
)
from cases.people.actor import Actor
from cases.people.models import Commission
from cases.people.permissions import Permission
from cases.text import clean_line

_SAMPLE_ROWS = 10
_NOTES_KEPT = 2_000
_CHANGED = "Dòng này vừa được người khác xử lý, nên chưa ghi gì. Mở lại danh sách dòng cần sửa."


class _RollBack(Exception):
    """Leaves the transaction of a dry run, so that only the report is left of it."""

    def __init__(self, report: FileReport) -> None:
        super().__init__(report)
        self.report = report


def import_file(
    actor: Actor | None,
    commission: Commission,
    name: str,
    data: bytes,
    *,
    now: datetime,
    dry_run: bool = False,
    kind: Kind | None = None,
    sheet: str | None = None,
) -> FileReport:
    """Import one register; `actor` None is the installation itself. `kind`, `sheet` settle what is open.

    Raises ImportRefused when the file cannot be used at all. A dry run reports the same and changes nothing.
    """
    reading = read_register((name, data), today=local_day(now), kind=kind, sheet=sheet)
    if actor is not None:
        actor.require(Permission.IMPORT_REGISTERS)
        actor.require(KIND_PERMISSIONS[reading.kind])
    try:
        with act(actor, "file.imported", now=now) as event:
            lock_name(f"import-{commission.id}")  # two at once would find each other's rows in the way
            desk = Desk(Commission.get_by_id(commission.id), actor, now)
            report = _import(desk, reading, hashlib.sha256(data).hexdigest())
            if dry_run:
                raise _RollBack(report)
            event.object_type, event.object_id = "importfile", report.file_id
            event.say(
                name=report.name, kind=report.kind.value, read=report.read, stored=report.stored,
                unchanged=report.unchanged, troubled=report.troubled,
            )  # fmt: skip
    except _RollBack as rolled_back:
        return replace(rolled_back.report, file_id=None)
    return report


def _import(desk: Desk, reading: RegisterReading, sha256: str) -> FileReport:
    file = ImportFile.create(
        commission=desk.commission, name=reading.file_name[:255], kind=reading.kind.value, sha256=sha256,
        rows_read=0, rows_stored=0, rows_unchanged=0, rows_with_problems=0,
        imported_by=desk.actor.user_id if desk.actor else None, imported_at=desk.now,
    )  # fmt: skip
    tally = store_reading(desk, file, reading)
    file.rows_read = len(reading.rows)
    file.rows_stored = tally.fates[Fate.STORED]
    file.rows_unchanged = tally.fates[Fate.UNCHANGED]
    file.rows_with_problems = tally.fates[Fate.TROUBLED]
    file.notes = [
        {"row": note.row, "column": note.column, "reason": note.reason} for note in tally.notes[:_NOTES_KEPT]
    ]
    file.save()
    return _report(reading, tally, file)


def _report(reading: RegisterReading, tally: Tally, file: ImportFile) -> FileReport:
    return FileReport(
        name=reading.file_name, kind=reading.kind, read=file.rows_read, stored=file.rows_stored,
        unchanged=file.rows_unchanged, troubled=file.rows_with_problems, problems=tuple(tally.problems),
        notes=tuple(tally.notes), ignored_columns=reading.ignored_columns, other_sheets=reading.other_sheets,
        sample=reading.rows[:_SAMPLE_ROWS], file_id=file.id,
    )  # fmt: skip


def repair_row(
    actor: Actor, row_id: int, cells: Mapping[str, str], *, seen: str | None = None, now: datetime
) -> RepairRow:
    """Read a row again with the cells a person changed (header → text) and store it.

    `seen` marks the cells the person looked at; raises Stale when they are others by now.
    What is still wrong stays in the list with the changed cells: the row comes back open.
    """
    waiting = queries.open_row_of(actor, row_id)
    if seen is not None and seen != queries.mark_of(waiting):
        raise Stale(_CHANGED)
    before = opened(waiting.raw, waiting.sealed)
    raw = _changed(actor, waiting, before, cells)
    if raw == before and not all(problem["retry"] for problem in waiting.problems):
        raise Invalid("Chưa sửa ô nào. Sửa ô có vấn đề rồi lưu, hoặc để riêng dòng này với lý do.")
    row = read_again(Kind(waiting.kind), raw, row_number=waiting.row_number, today=local_day(now))
    with act(actor, "row.repaired", now=now) as event:
        desk = _desk(actor, now)
        _take(waiting)
        problems, conflict = _stored(desk, row)
        if problems:
            _keep_changes(waiting, row, problems, conflict=conflict)
        else:
            _settle(waiting, actor, "repaired", now=now)
        event.about(waiting)
        event.say(kind=waiting.kind, row=waiting.row_number, settled=not problems)
    return waiting


def _changed(
    actor: Actor, waiting: RepairRow, before: Mapping[str, str], cells: Mapping[str, str]
) -> dict[str, str]:
    """The cells after the change; sealed ones stay as they are."""
    fixed = set(queries.hidden_headers(actor, waiting))
    changes = {header: cell for header, cell in cells.items() if header not in fixed}
    return {**before, **{header: cell for header, cell in changes.items() if cell or header in before}}


def _stored(desk: Desk, row: ReadRow) -> tuple[list[dict[str, object]], bool]:
    """Store the row; returns its problems (none when stored) and whether they are a conflict."""
    if row.problems:
        return as_data(problems_of(row), retry=False), False
    if remembered(desk, row):
        raise Refused("Dòng với đúng nội dung này đã lưu rồi. Để riêng dòng này với lý do “dòng trùng”.")
    try:
        _fate, made = store_row(desk, row)
    except RowProblems as trouble:
        return as_data(problems_of(row, trouble), retry=True), trouble.conflict
    remember(desk, row, made)
    finish(desk)
    return [], False


def _keep_changes(
    waiting: RepairRow, row: ReadRow, problems: list[dict[str, object]], *, conflict: bool
) -> None:
    waiting.raw, waiting.sealed = sealed_apart(row)
    waiting.about = about(row)
    waiting.problems, waiting.conflict = problems, conflict
    waiting.save()


def set_aside(actor: Actor, row_id: int, *, reason: str, now: datetime) -> RepairRow:
    """Leave a row out for a stated reason; it stays in the list, settled, with all its cells."""
    waiting = queries.open_row_of(actor, row_id)
    words = clean_line(reason)
    if not words:
        raise Invalid("Ghi lý do để riêng dòng này.", field="reason")
    with act(actor, "row.set_aside", now=now) as event:
        _take(waiting)
        _settle(waiting, actor, "set_aside", reason=words[:300], now=now)
        event.about(waiting)
        event.say(kind=waiting.kind, row=waiting.row_number, reason=words)
    return waiting


def replace_stored(actor: Actor, row_id: int, *, seen: str, now: datetime) -> RepairRow:
    """Put what the register says in the place of what is stored; `seen` marks the version the person saw."""
    waiting = queries.open_row_of(actor, row_id)
    row = queries.read_of(waiting, today=local_day(now))
    if row.problems:
        raise Refused("Dòng này còn ô chưa đọc được; sửa xong rồi mới chọn.")
    with act(actor, "row.repaired", now=now) as event:
        desk = _desk(actor, now)
        _take(waiting)
        found = _found(desk, row)
        if seal_of(row.kind, found) != seen:
            raise Stale("Nội dung trong hệ thống vừa được sửa. Xem lại hai bản rồi chọn.")
        try:
            with database.atomic():
                STORES[row.kind].replace(desk, found, row)
        except RowProblems as trouble:
            raise Invalid(trouble.found[0][1]) from trouble
        except (IntegrityError, DataError) as error:
            raise Invalid(UNFIT) from error
        finish(desk)
        remember(desk, row, found)
        _settle(waiting, actor, "repaired", reason="Thay bằng nội dung của sổ.", now=now)
        event.about(waiting)
        event.say(kind=waiting.kind, row=waiting.row_number, replaced=True)
    return waiting


def _found(desk: Desk, row: ReadRow) -> BaseModel:
    try:
        found = STORES[row.kind].find(desk, row)
    except RowProblems as trouble:
        raise Refused(trouble.found[0][1]) from trouble
    if not isinstance(found, BaseModel):
        raise Stale("Trong hệ thống không còn bản ghi mang số này. Lưu lại dòng này như dòng mới.")
    return found


def _desk(actor: Actor, now: datetime) -> Desk:
    return Desk(Commission.get_by_id(actor.commission_id), actor, now)


def _take(waiting: RepairRow) -> None:
    """Only one person settles a row: the second finds it no longer open."""
    still = RepairRow.update(state="open").where(RepairRow.id == waiting.id, RepairRow.state == "open")
    if not still.execute():
        raise Stale(_CHANGED)


def _settle(waiting: RepairRow, actor: Actor, state: str, *, reason: str = "", now: datetime) -> None:
    waiting.state, waiting.reason, waiting.settled_at = state, reason, now
    waiting.settled_by_id = actor.user_id
    waiting.save()
