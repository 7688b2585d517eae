"""What an import did, file by file: the figures, what waits for a person, what a person should know."""

from dataclasses import dataclass
from typing import Any

from cases.imports.columns import Kind
from cases.imports.rows import Note, Problem, ReadRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """One imported file. read = stored + unchanged + troubled, always.

    `problems` and `notes` never name the sender of a letter; a row in trouble has one problem or more.
    `file_id` is None after a dry run. `sample`: the first rows as read, for a preview.
    """

    name: str
    kind: Kind
    read: int
    stored: int
    unchanged: int
    troubled: int
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    ignored_columns: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()
    sample: tuple[ReadRow, ...] = ()
    file_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The four figures and problems that the import command prints."""
        return {
            "read": self.read,
            "stored": self.stored,
            "unchanged": self.unchanged,
            "problems": [
                {"row": item.row, "column": item.column, "value": item.value, "reason": item.reason}
                for item in self.problems
            ],
        }


class RowProblems(Exception):
    """A row that was read well but cannot be stored; `found` pairs fields of the register with reasons.

    `conflict`: something with the same number is stored already, with other content.
    """

    def __init__(self, *found: tuple[str, str], conflict: bool = False) -> None:
        super().__init__(found)
        self.found = found
        self.conflict = conflict
