"""A rule or form file that cannot be right stops the start, and says which file and which key."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the application, as script/server does before it serves."""
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "rules", "check"],
        cwd=PROJECT,
        env={**os.environ, "INSTANCE_PATH": str(folder / "instance"), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def edited(source: Path, target: Path, file: str, old: str, new: str) -> Path:
    """A copy of a folder in which one file was changed at one place."""
    shutil.copytree(source, target)
    path = target / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return target


def test_the_rules_of_the_product_have_no_problem(tmp_path: Path) -> None:
    answer = start(tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "0 lỗi" in answer.stdout


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("time_limits.toml", 'unit = "calendar_day"', 'unit = "fortnight"', "unit"),
        ("time_limits.toml", 'starts_on = "letter_received"', 'start_on = "letter_received"', "start_on"),
        ("penalties.toml", 'propose_rule = "V-02-propose"', 'propose_rule = "V-99"', "V-99"),
    ],
)
def test_a_broken_rule_file_stops_the_start_with_file_and_key(
    tmp_path: Path, file: str, old: str, new: str, key: str
) -> None:
    folder = edited(PROJECT / "procedures", tmp_path / "procedures", file, old, new)
    answer = start(tmp_path, PROCEDURES_PATH=str(folder))
    assert answer.returncode != 0
    assert file in answer.stderr
    assert key in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_broken_form_file_stops_the_start_with_file_and_key(tmp_path: Path) -> None:
    file = "c19_conclusion_notice.toml"
    old, new = 'phase = "close"', 'phase = "never"'
    folder = edited(PROJECT / "forms", tmp_path / "forms", f"catalogue/{file}", old, new)
    answer = start(tmp_path, FORMS_PATH=str(folder / "catalogue"))
    assert answer.returncode != 0
    assert file in answer.stderr
    assert "phase" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_setting_out_of_range_stops_the_start_with_its_name(tmp_path: Path) -> None:
    answer = start(tmp_path, PORT="70000")
    assert answer.returncode != 0
    assert "PORT" in answer.stderr
    assert "Traceback" not in answer.stderr
