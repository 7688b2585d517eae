"""`read_register`: a file → all its rows, typed, each with its problems, notes, raw cells and hash.

The storing half goes on from here: rows where `problems` is empty are stored (or found unchanged by
`content_hash`), the others go to the repair list with `raw`. `read_again` reads one repaired row.
References to other records (organisation codes, members, users, duplicate letters) are still words;
looking them up, and refusing what is not found, needs the database.

The raw cells of letters name their senders: they need the same protection as the sender's record.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.imports.cells import Cells, SheetRow, is_blank, shown
from cases.imports.columns import REGISTERS, Field, Kind, match_headers
from cases.imports.row_checks import check_rows
from cases.imports.rows import DraftRow, Note, Problem, ReadRow
from cases.imports.sheets import Source, Table, open_table
from cases.imports.values import CellProblem, Context, parse_cell
from cases.text import fold

__all__ = [
    "Note",
    "Problem",
    "ReadRow",
    "RegisterReading",
    "read_again",
    "read_discipline",
    "read_letters",
    "read_members",
    "read_organisations",
    "read_programme",
    "read_register",
    "read_staff",
    "read_table",
]


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """Everything read from one file, and what was left aside in it."""

    kind: Kind
    file_name: str
    sheet: str | None
    rows: tuple[ReadRow, ...]
    ignored_columns: tuple[str, ...]
    other_sheets: tuple[str, ...]

    @property
    def clean(self) -> tuple[ReadRow, ...]:
        return tuple(row for row in self.rows if not row.problems)

    @property
    def with_problems(self) -> tuple[ReadRow, ...]:
        return tuple(row for row in self.rows if row.problems)


def read_register(
    source: Source, *, today: date, kind: Kind | None = None, sheet: str | None = None
) -> RegisterReading:
    """Read a whole file; raise `ImportRefused` when it cannot be used at all."""
    table = open_table(source, kind=kind, sheet=sheet)
    rows = read_table(table, today=today)
    return RegisterReading(
        table.kind, table.file_name, table.sheet, rows, table.ignored_columns, table.other_sheets
    )


def read_table(table: Table, *, today: date) -> tuple[ReadRow, ...]:
    """Read every row of an opened register; `today` (legal day) bounds what can have happened."""
    drafts = [_draft(table, row) for row in table.rows]
    if table.kind is Kind.PROGRAMME:
        _add_years(table, drafts)
    check_rows(table.kind, drafts, today=today)
    return tuple(draft.finished() for draft in drafts)


def read_organisations(table: Table, *, today: date) -> tuple[ReadRow, ...]:
    """code, name, level (as `Organisation.level`), parent_code, secretary, valid_from, valid_to."""
    return _of_kind(table, Kind.ORGANISATIONS, today)


def read_members(table: Table, *, today: date) -> tuple[ReadRow, ...]:
    """card_number, full_name, birth_date, joined_on, official_on, branch_code, posts, management_level."""
    return _of_kind(table, Kind.MEMBERS, today)


def read_staff(table: Table, *, today: date) -> tuple[ReadRow, ...]:
    """full_name, post, roles (tuple of role values), rank, unit, email, phone, entered_on."""
    return _of_kind(table, Kind.STAFF, today)


def read_letters(table: Table, *, today: date) -> tuple[ReadRow, ...]:
    """Register R02: number (`LetterNumber`), days, source, sender, identity, kind, subject, summary …"""
    return _of_kind(table, Kind.LETTERS, today)


def read_discipline(table: Table, *, today: date) -> tuple[ReadRow, ...]:
    """Register R06: number_text, signed_on, subject, birth_date, violation, penalty, announced_on …"""
    return _of_kind(table, Kind.DISCIPLINE, today)


def read_programme(table: Table, *, today: date) -> tuple[ReadRow, ...]:
    """number, year, procedure (code such as KT-04), subject_name, content, period, timing, unit, note."""
    return _of_kind(table, Kind.PROGRAMME, today)


def read_again(kind: Kind, raw: Mapping[str, str], *, row_number: int, today: date) -> ReadRow:
    """Read one row of the repair list after a person changed its cells (header → text).

    Checks against other rows of the old file do not come back here; the database makes them.
    """
    register, columns = REGISTERS[kind], tuple(raw)
    match = match_headers(columns, register)
    row = SheetRow(row_number, tuple(raw.values()))
    table = Table(
        file_name="",
        sheet=None,
        register=register,
        header_row=0,
        columns=columns,
        places=dict(match.places),
        rows=(row,),
        title="",
        ignored_columns=(),
        other_sheets=(),
        epoch_1904=False,
    )
    return read_table(table, today=today)[0]


def _of_kind(table: Table, kind: Kind, today: date) -> tuple[ReadRow, ...]:
    if table.kind is not kind:
        raise ValueError(f"a table of {table.kind} was given to the reader of {kind}")
    return read_table(table, today=today)


def _draft(table: Table, row: SheetRow) -> DraftRow:
    cells: Cells = row.cells + (None,) * (len(table.columns) - len(row.cells))
    known = set(table.places.values())
    # A known column stays even when blank: without it, another column could be taken for it later on.
    raw = {
        name: "" if is_blank(cell) else shown(cell)
        for at, (name, cell) in enumerate(zip(table.columns, cells, strict=True))
        if at in known or not is_blank(cell)
    }
    draft = DraftRow(table, row.number, raw)
    context = Context(epoch_1904=table.epoch_1904)
    for field in table.register.fields:
        _read_field(draft, field, cells, context)
    return draft


def _read_field(draft: DraftRow, field: Field, cells: Cells, context: Context) -> None:
    draft.values[field.name] = None
    place = draft.table.places.get(field.name)
    if place is None:
        return
    try:
        parsed = parse_cell(field, cells[place], context)
    except CellProblem as problem:
        draft.problem(field.name, problem.reason)
        return
    draft.values[field.name] = parsed.value
    if parsed.value is None and field.need != "may":
        draft.problem(field.name, "Ô bắt buộc nhưng để trống.")
    if parsed.note:
        draft.note(field.name, parsed.note)


def _add_years(table: Table, drafts: Sequence[DraftRow]) -> None:
    """The year of a programme stands in the timing of each row, or in the title of the file."""
    of_title = _years(table.title)
    for draft in drafts:
        years = _years(draft.text("timing")) or of_title
        draft.values["year"] = next(iter(years)) if len(years) == 1 else None
        if len(years) != 1:
            draft.problem("timing", "Không rõ năm của chương trình ở cột này và ở tiêu đề của tệp.")


def _years(text: str) -> set[int]:
    return {int(year) for year in re.findall(r"\b(?:19|20)[0-9]{2}\b", fold(text))}
