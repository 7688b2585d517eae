"""Registers for tests: small ones written on the spot, and the sample folder as a commission brings it."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cases.imports.first_commission import Particulars, create_commission
from cases.imports.folders import FolderReport, import_folder
from cases.imports.operations import import_file
from cases.imports.reports import FileReport
from cases.people.actor import Actor
from cases.people.models import Commission
from tests.support.letters import open_vault
from tests.support.running_cases import loaded_rules
from tests.support.worlds import NOW, TODAY

SAMPLES = Path(__file__).resolve().parents[2] / "cases" / "demo" / "registers"
LETTER = {
    "Số đến": "1", "Ngày đến": "05/01/2026", "Nguồn": "Bưu điện", "Người gửi": "Hoàng Thị Kín",
    "Địa chỉ": "thôn 4, Phước Hội", "Danh tính": "Rõ", "Loại đơn": "TC",
    "Đối tượng bị tố cáo": "Phạm Văn Mẫu", "Tóm tắt nội dung": "Tố cáo cấp đất sai đối tượng",
}  # fmt: skip


def letter(**changes: str) -> dict[str, str]:
    """A letter of a paper register; names of columns are given with `_` for spaces."""
    return {**LETTER, **{name.replace("_", " "): value for name, value in changes.items()}}


def csv_of(rows: Iterable[Mapping[str, str]]) -> bytes:
    """The rows as a CSV file; the columns are those of all rows together."""
    listed = list(rows)
    columns = list(dict.fromkeys(name for row in listed for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(listed)
    return out.getvalue().encode("utf-8")


def bring(
    commission: Commission,
    *rows: Mapping[str, str],
    actor: Actor | None = None,
    name: str = "so.csv",
    **how: Any,
) -> FileReport:
    """Import rows as one CSV file."""
    open_vault()
    loaded_rules()
    return import_file(actor, commission, name, csv_of(rows), now=NOW, **how)


def bring_samples(source: Path = SAMPLES, **how: Any) -> FolderReport:
    """Import the sample registers into an empty installation, or once more into a full one."""
    open_vault()
    loaded_rules()

    def commission(readings: Sequence[Any]) -> Commission:
        return Commission.get_or_none() or create_commission(Particulars(), readings, now=NOW)

    return import_folder(source, commission, now=NOW, today=TODAY, **how)
