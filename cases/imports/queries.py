"""Reads of imports: files, the repair list, one row with both of its versions."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from peewee import ModelSelect

from cases.errors import NotFound, Refused
from cases.imports.columns import REGISTERS, Kind
from cases.imports.comparing import Difference, differences, seal_of
from cases.imports.desk import Desk
from cases.imports.headers import headers_of
from cases.imports.models import ImportFile, RepairRow
from cases.imports.privacy import SENDER_FIELDS, opened
from cases.imports.readers import read_again
from cases.imports.reports import RowProblems
from cases.imports.rights import KIND_PERMISSIONS
from cases.imports.rows import ReadRow
from cases.imports.stores import STORES
from cases.intake.terms import SEALED
from cases.people.actor import Actor
from cases.people.models import Commission, User
from cases.people.permissions import Permission
from cases.text import fold


def kinds_for(actor: Actor) -> list[Kind]:
    """The registers this person may bring in."""
    if not actor.may(Permission.IMPORT_REGISTERS):
        return []
    return [kind for kind in Kind if actor.may(KIND_PERMISSIONS[kind])]


def files_visible_to(actor: Actor) -> "ModelSelect[ImportFile]":
    """Imported files of the commission, of the registers the actor may bring in."""
    kinds = [kind.value for kind in kinds_for(actor)]
    return ImportFile.select().where(ImportFile.commission == actor.commission_id, ImportFile.kind.in_(kinds))


def visible_to(actor: Actor) -> "ModelSelect[RepairRow]":
    """Rows of the repair list of these registers, without those about the actor."""
    kinds = [kind.value for kind in kinds_for(actor)]
    return RepairRow.select().where(
        RepairRow.commission == actor.commission_id,
        RepairRow.kind.in_(kinds),
        RepairRow.about != fold(actor.name),
    )


def file_of(actor: Actor, file_id: int) -> ImportFile:
    found: ImportFile | None = files_visible_to(actor).where(ImportFile.id == file_id).first()
    if found is None:
        raise NotFound("Không có lần nhập sổ này, hoặc đồng chí không được xem.")
    return found


def history(actor: Actor) -> "ModelSelect[ImportFile]":
    """Imported files, the latest first, each with who imported it."""
    query = files_visible_to(actor).select(ImportFile, User)
    return query.left_outer_join(User, on=ImportFile.imported_by).order_by(ImportFile.id.desc())


def row_of(actor: Actor, row_id: int) -> RepairRow:
    found: RepairRow | None = visible_to(actor).where(RepairRow.id == row_id).first()
    if found is None:
        raise NotFound("Không có dòng này trong danh sách cần sửa, hoặc đồng chí không được xem.")
    return found


def open_row_of(actor: Actor, row_id: int) -> RepairRow:
    actor.require(Permission.IMPORT_REGISTERS)
    found = row_of(actor, row_id)
    if found.state != "open":
        raise Refused("Dòng này đã được xử lý xong.")
    return found


def to_repair(
    actor: Actor, *, state: str = "open", kind: str = "", file_id: int | None = None
) -> "ModelSelect[RepairRow]":
    """The repair list, by file and row; an empty filter lets everything through."""
    query = visible_to(actor).select(RepairRow, ImportFile).join(ImportFile)
    if state == "conflict":
        query = query.where(RepairRow.state == "open", RepairRow.conflict)
    elif state:
        query = query.where(RepairRow.state == state)
    if kind:
        query = query.where(RepairRow.kind == kind)
    if file_id is not None:
        query = query.where(RepairRow.file == file_id)
    return query.order_by(RepairRow.file.desc(), RepairRow.row_number, RepairRow.id)


def open_count(actor: Actor) -> int:
    return int(visible_to(actor).where(RepairRow.state == "open").count())


def read_of(waiting: RepairRow, *, today: date) -> ReadRow:
    """The row as it reads now."""
    raw = opened(waiting.raw, waiting.sealed)
    return read_again(Kind(waiting.kind), raw, row_number=waiting.row_number, today=today)


def hidden_headers(actor: Actor, waiting: RepairRow) -> list[str]:
    """The columns whose cells stay sealed on screen: what may name a sender and needs no mending."""
    raw = opened(waiting.raw, waiting.sealed)
    mending = (
        {problem["column"] for problem in waiting.problems} if actor.may(Permission.SEE_SENDERS) else set()
    )
    sealed = {header for header, cell in raw.items() if cell != waiting.raw.get(header, "")}
    return sorted(sealed - mending)


def mark_of(waiting: RepairRow) -> str:
    """A mark of the cells as they are now, so that two people do not overwrite each other."""
    raw = opened(waiting.raw, waiting.sealed)
    return hashlib.sha256(json.dumps(sorted(raw.items()), ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell of a row in repair: the label of its column, the header in the file, its text and problems."""

    label: str
    header: str
    text: str
    problems: tuple[str, ...]
    long: bool
    needed: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A row in repair: cells in the order of the register, labels of sealed cells, unknown columns."""

    cells: tuple[CellView, ...]
    sealed: tuple[str, ...]
    other: tuple[tuple[str, str], ...]


def view_of(actor: Actor, waiting: RepairRow) -> RowView:
    """All cells of a row; columns the file lacks are offered too, as empty cells."""
    kind = Kind(waiting.kind)
    raw = opened(waiting.raw, waiting.sealed)
    places, hidden = headers_of(kind, raw), set(hidden_headers(actor, waiting))
    wrong: dict[str, list[str]] = {}
    for problem in waiting.problems:
        wrong.setdefault(problem["column"], []).append(problem["reason"])
    cells = [
        CellView(
            field.label,
            header,
            raw.get(header, ""),
            tuple(wrong.get(header, ())),
            long=field.type == "long_text",
            needed=field.need == "must",
        )
        for field in REGISTERS[kind].fields
        for header in [places.get(field.name, field.label)]
    ]
    known = {cell.header for cell in cells}
    return RowView(
        tuple(cell for cell in cells if cell.header not in hidden),
        tuple(cell.label for cell in cells if cell.header in hidden),
        tuple((name, SEALED if name in hidden else text) for name, text in raw.items() if name not in known),
    )


@dataclass(frozen=True, slots=True)
class Conflict:
    """What a row and the stored record of the same number say differently; `seen` marks that version."""

    differences: list[Difference]
    seen: str


def conflict_of(actor: Actor, waiting: RepairRow, *, now: datetime, today: date) -> Conflict | None:
    """Both versions of a row whose number is taken; None when nothing is stored under it (any more)."""
    row = read_of(waiting, today=today)
    if not waiting.conflict or row.problems:
        return None
    desk = Desk(Commission.get_by_id(actor.commission_id), actor, now)
    try:
        found = STORES[row.kind].find(desk, row)
        if found is None:
            return None
        differ = differences(desk, row, found)
    except RowProblems:
        return None
    shown = [
        Difference(one.field, SEALED, SEALED) if one.field.name in SENDER_FIELDS else one for one in differ
    ]
    return Conflict(shown, seal_of(row.kind, found))
