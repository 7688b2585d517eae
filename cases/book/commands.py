"""`flask rules calc`: dates, votes and texts worked out line by line, for auditors."""

import json
from pathlib import Path
from typing import IO

import click
from flask import current_app
from flask.cli import with_appcontext
from peewee import PeeweeException

from cases import db
from cases.book.calculator import calculate_line, is_bad
from cases.book.calculator_dates import Law
from cases.deadlines.confirmations import statements_of
from cases.deadlines.queries import current_calendar
from cases.deadlines.rules import calendar_from
from cases.definitions import rules
from cases.people.models import Commission
from procedures.schema import RuleBook


@click.command("calc")
@click.argument("source", type=click.File("rb"), metavar="FILE.jsonl|-")
@click.option("--commission", "code", metavar="MÃ", help="Tính theo quy định như Ủy ban này đã xác nhận.")
@with_appcontext
def calc(source: IO[bytes], code: str | None) -> None:
    """Tính từng dòng JSON của một tệp (hoặc đầu vào chuẩn); mỗi dòng vào cho một dòng ra."""
    law = _law(code)
    bad = 0
    for line in source:
        answer = calculate_line(line, law)
        bad += is_bad(answer)
        # Bytes, so that the answer is UTF-8 whatever the terminal is set to.
        click.echo(json.dumps(answer, ensure_ascii=False).encode())
    click.echo(f"{bad} dòng không hợp lệ.", err=True)


def _law(code: str | None) -> Law:
    """Rules and calendar of record; without a database the rule book as written and its complete years."""
    if _has_database():
        try:
            with db.database.connection_context():
                return Law(_stated(code) if code else rules(), current_calendar())
        except PeeweeException:
            click.echo("Không đọc được cơ sở dữ liệu; dùng quy định và lịch của bộ quy định.", err=True)
    if code:
        raise click.ClickException("Không có cơ sở dữ liệu nên không biết Ủy ban đã xác nhận điều gì.")
    seeds = [year for year in rules().calendar if year.complete]
    return Law(rules(), calendar_from(seeds, confirmed_years=(year.year for year in seeds)))


def _has_database() -> bool:
    """Connecting to a SQLite file that does not exist would leave an empty one behind."""
    url = current_app.extensions["settings"].database
    return not url.startswith("sqlite") or Path(url.removeprefix("sqlite:///")).exists()


def _stated(code: str) -> RuleBook:
    """The rule book with every limit as a commission has confirmed or corrected it."""
    commission = Commission.get_or_none(Commission.code == code)
    if commission is None:
        raise click.ClickException(f"Không có Ủy ban nào mang mã {code}.")
    said = statements_of(commission.id)
    limits = tuple(said.bound(commission.id, limit).limit for limit in rules().time_limits)
    return rules().model_copy(update={"time_limits": limits})
