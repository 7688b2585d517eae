"""`rules calc`, as an auditor types it: one answer for each line, the calendar of record, no surprises."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from cases.deadlines import operations
from cases.deadlines.confirming import Correction, correct_rule
from procedures.schema import Role
from tests.support.worlds import NOW, a_staffed_commission

PROJECT = Path(__file__).parents[2]
NEXT_YEAR = {"op": "due", "start": "2027-03-01", "amount": 1, "unit": "working_day"}
QUESTIONS: list[dict[str, Any]] = [
    {"op": "due", "start": "2026-02-12", "amount": 90, "unit": "working_day",
     "extension": {"fraction": [1, 3]}},
    {"op": "due", "limit": "T-01", "edition": "22-QĐ/TW", "level": "tinh", "start": "2025-03-03"},
    {"op": "back", "end": "2026-09-15", "amount": 25, "unit": "working_day"},
    {"op": "limitation", "subject": "dang_vien", "start": "2016-03-15", "concluded": "2026-03-16",
     "penalty": "canh_cao", "excluded": [["2021-04-01", "2021-09-30"]]},
    {"op": "decision_life", "penalty": "canh_cao", "signed": "2026-04-11", "announced": "2026-04-20"},
    {"op": "vote", "stage": "de_nghi", "base": 21, "votes": {"khai_tru": 13, "cach_chuc": 3},
     "penalties": ["khai_tru", "cach_chuc", "canh_cao", "khien_trach"]},
    {"op": "regulation", "area": "hinh_thuc_ky_luat", "on": "2025-02-14"},
]  # fmt: skip


def lines_of(*asked: object) -> bytes:
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in asked)


def run(app: Flask, lines: bytes, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["rules", "calc", "-", *options], input=lines)


def answers(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_gets_its_answer_in_order_and_bad_ones_are_counted(app: Flask) -> None:
    lines = lines_of(*QUESTIONS) + b"khong phai JSON\n\n\xff\xfe\n" + lines_of(QUESTIONS[2])
    result = run(app, lines)
    told = answers(result)
    assert len(told) == len(QUESTIONS) + 4
    assert [one["error"]["code"] for one in told[-4:-1]] == ["bad_input"] * 3
    assert told[-1] == told[2]
    assert told[6] == {"document": "69-QĐ/TW", "amended_by": ["264-QĐ/TW"]}
    assert result.stderr == "3 dòng không hợp lệ.\n"


def test_a_file_without_a_line_break_at_its_end_is_read_whole(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "cau-hoi.jsonl"
    path.write_bytes(lines_of(*QUESTIONS).rstrip(b"\n"))
    result = app.test_cli_runner().invoke(args=["rules", "calc", str(path)])
    assert len(answers(result)) == len(QUESTIONS)
    assert result.stderr == "0 dòng không hợp lệ.\n"


def test_a_year_counts_from_the_day_it_is_confirmed_in_the_database(app: Flask) -> None:
    (before,) = answers(run(app, lines_of(NEXT_YEAR)))
    assert before["error"]["code"] == "calendar_not_confirmed"
    staff = a_staffed_commission()
    operations.confirm_year(staff.actor(Role.CHAIR), 2027, notice="1-TB/BNV", now=NOW)
    (after,) = answers(run(app, lines_of(NEXT_YEAR)))
    assert after["due"] == "2027-03-02"


def test_a_commission_may_have_its_own_statements_counted(app: Flask) -> None:
    staff = a_staffed_commission()
    asked = lines_of({"op": "due", "limit": "T-06", "start": "2026-03-02"})
    correct_rule(
        staff.actor(Role.CHAIR), "T-06", None,
        correction=Correction(amount=10), basis="Quy chế làm việc", now=NOW,
    )  # fmt: skip
    (written,) = answers(run(app, asked))
    assert (written["due"], written["basis"], written["confirmed"]) == ("2026-03-11", None, False)
    (stated,) = answers(run(app, asked, "--commission", staff.commission.code))
    assert (stated["due"], stated["basis"], stated["confirmed"]) == ("2026-03-16", "Quy chế làm việc", True)


def test_a_commission_nobody_knows_is_refused_in_words(app: Flask) -> None:
    result = run(app, b"", "--commission", "khong-co")
    assert (result.exit_code, "khong-co" in result.stderr) == (1, True)


def from_outside(folder: Path, lines: bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "rules", "calc", "-"],
        cwd=PROJECT,
        env={**os.environ, "INSTANCE_PATH": str(folder / "instance"), **environment},
        input=lines,
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_without_a_database_the_years_of_the_rule_book_count_and_none_is_made(tmp_path: Path) -> None:
    result = from_outside(tmp_path, lines_of(QUESTIONS[2]), LC_ALL="C")
    assert (result.returncode, json.loads(result.stdout)["first_day"]) == (0, "2026-08-07")
    assert result.stderr.decode() == "0 dòng không hợp lệ.\n"
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_a_database_without_tables_is_told_and_does_not_stop_the_run(
    empty_database_url: str, tmp_path: Path
) -> None:
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite:///")).touch()
    result = from_outside(tmp_path, lines_of(QUESTIONS[2]), DATABASE_URL=empty_database_url)
    assert (result.returncode, json.loads(result.stdout)["first_day"]) == (0, "2026-08-07")
    assert "Không đọc được cơ sở dữ liệu" in result.stderr.decode()


def test_ten_thousand_mixed_lines_take_less_than_twenty_seconds(tmp_path: Path) -> None:
    chosen = random.Random(7).choices([*QUESTIONS, NEXT_YEAR, ["rác"]], k=10_000)
    started = time.monotonic()
    result = from_outside(tmp_path, lines_of(*chosen))
    assert time.monotonic() - started < 20
    assert (result.returncode, len(result.stdout.splitlines())) == (0, 10_000)
    assert result.stderr.decode() == f"{chosen.count(['rác'])} dòng không hợp lệ.\n"


@pytest.mark.parametrize("missing", ["khong-co.jsonl", "."])
def test_a_file_that_cannot_be_read_is_refused_in_words(app: Flask, missing: str) -> None:
    result = app.test_cli_runner().invoke(args=["rules", "calc", missing])
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
