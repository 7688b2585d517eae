"""`flask --app wsgi import FOLDER`: the registers of a commission's first day, and every later one."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from flask import current_app

from cases.clock import local_day
from cases.commands import with_database
from cases.errors import Invalid
from cases.imports.first_commission import Particulars, create_commission
from cases.imports.folders import FolderReport, import_folder
from cases.imports.readers import RegisterReading
from cases.people.models import Commission

_SHOWN_PROBLEMS = 20


@click.command("import")
@click.argument("source", type=click.Path(exists=True, path_type=Path), metavar="THƯ_MỤC")
@click.option("--dry-run", is_flag=True, help="Chỉ xem kết quả, không lưu gì.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả thành một đối tượng JSON.")
@click.option("--commission", "code", default="", help="Mã ủy ban kiểm tra, khi hệ thống có nhiều ủy ban.")
@click.option("--name", default="", help="Tên ủy ban kiểm tra, khi lập ủy ban đầu tiên.")
@click.option("--place", default="", help="Địa danh ghi trên văn bản.")
@click.option("--superior", default="", help="Dòng cơ quan cấp trên trên văn bản.")
@click.option("--suffix", default="", help="Ký hiệu cơ quan trên văn bản, ví dụ UBKTTU.")
@click.option("--term", default="2025-2030", show_default=True, help="Nhiệm kỳ.")
@with_database
def group(
    source: Path,
    dry_run: bool,
    as_json: bool,
    code: str,
    name: str,
    place: str,
    superior: str,
    suffix: str,
    term: str,
) -> None:
    """Nhập các sổ trong THƯ_MỤC (hoặc một tệp). Trên hệ thống trống, lập ủy ban kiểm tra đầu tiên."""
    given = Particulars(code, name, place, superior, suffix, term)
    now = current_app.extensions["clock"].now()

    def commission(readings: Sequence[RegisterReading]) -> Commission:
        return _commission(code) or create_commission(given, readings, now=now)

    report = import_folder(source, commission, now=now, today=local_day(now), dry_run=dry_run)
    for skipped in report.skipped:
        click.echo(f"Bỏ qua {skipped}: không phải là sổ.", err=True)
    if as_json:
        click.echo(json.dumps(_as_json(report), ensure_ascii=False, indent=2))
    else:
        _tell(report, dry_run=dry_run)
    if report.refused:
        raise SystemExit(1)


def _commission(code: str) -> Commission | None:
    """The commission meant; None while there is none at all."""
    if code:
        found: Commission | None = Commission.get_or_none(Commission.code == code)
        if found is None and Commission.select().exists():
            raise Invalid(f"Không có ủy ban kiểm tra mang mã “{code}”.")
        return found
    existing = list(Commission.select().order_by(Commission.code).limit(2))
    if len(existing) > 1:
        raise Invalid("Hệ thống có nhiều ủy ban kiểm tra: ghi rõ --commission MÃ.")
    return existing[0] if existing else None


def _as_json(report: FolderReport) -> dict[str, object]:
    done: dict[str, object] = {name: one.as_json() for name, one in report.reports.items()}
    return {**done, **{name: {"refused": why} for name, why in report.refused.items()}}


def _tell(report: FolderReport, *, dry_run: bool) -> None:
    if dry_run:
        click.echo("Chạy thử: chưa lưu gì.")
    for name, one in report.reports.items():
        click.echo(
            f"{name}: đọc {one.read}, lưu mới {one.stored}, không đổi {one.unchanged}, cần sửa {one.troubled}"
        )
        for problem in one.problems[:_SHOWN_PROBLEMS]:
            click.echo(f"  dòng {problem.row}, cột {problem.column}: {problem.reason}")
        if len(one.problems) > _SHOWN_PROBLEMS:
            click.echo(f"  … và {len(one.problems) - _SHOWN_PROBLEMS} chỗ khác, xem ở trang Nhập sổ.")
    for name, why in report.refused.items():
        click.echo(f"{name}: {why}", err=True)
