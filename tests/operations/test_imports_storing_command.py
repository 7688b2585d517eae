"""The commands `import` and `demo`, as typed on the server."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from cases.audit.models import AuditEvent
from cases.intake.models import Letter
from cases.people.models import Commission, User
from cases.people.passwords import matches
from tests.support.registers import SAMPLES, csv_of, letter
from tests.support.worlds import a_commission


def run(app: Flask, *words: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def report(result: Result) -> dict[str, Any]:
    """Standard output has to be one JSON object and nothing else."""
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def test_the_command_prints_one_object_and_tells_apart_what_is_no_register(
    app: Flask, tmp_path: Path
) -> None:
    folder = tmp_path / "so"
    shutil.copytree(SAMPLES, folder)
    (folder / "README.md").write_text("# Sổ", encoding="utf-8")
    first = run(app, "import", folder, "--json")
    told = report(first)
    assert (first.exit_code, len(told)) == (0, 6)
    assert "README.md" in first.stderr
    letters = told["so-tiep-nhan-don-2026.xlsx"]
    troubled = {problem["row"] for problem in letters["problems"]}
    assert letters["read"] == letters["stored"] + letters["unchanged"] + len(troubled) == 240
    assert all(set(problem) == {"row", "column", "value", "reason"} for problem in letters["problems"])
    second = report(run(app, "import", folder, "--json"))
    assert {one["stored"] for one in second.values()} == {0}


def test_a_dry_run_on_an_empty_database_leaves_it_empty(app: Flask) -> None:
    told = report(run(app, "import", SAMPLES, "--json", "--dry-run"))
    assert told["dang-vien.csv"]["stored"] == 420
    assert (Commission.select().count(), Letter.select().count(), AuditEvent.select().count()) == (0, 0, 0)


def test_a_refused_file_is_told_among_the_others_and_the_command_fails(app: Flask, tmp_path: Path) -> None:
    a_commission()
    (tmp_path / "don.csv").write_bytes(csv_of([letter()]))
    (tmp_path / "hong.xlsx").write_bytes(b"PK\x03\x04 khong phai")
    result = run(app, "import", tmp_path, "--json")
    told = report(result)
    assert result.exit_code == 1
    assert told["don.csv"]["stored"] == 1 and "hong.xlsx" in told["hong.xlsx"]["refused"]


def test_one_file_and_words_instead_of_an_object(app: Flask, tmp_path: Path) -> None:
    a_commission()
    (tmp_path / "don.csv").write_bytes(csv_of([letter(Ngày_đến="")]))
    result = run(app, "import", tmp_path / "don.csv")
    assert result.exit_code == 0
    assert (
        "đọc 1, lưu mới 0, không đổi 0, cần sửa 1" in result.stdout
        and "dòng 2, cột Ngày đến" in result.stdout
    )


@pytest.mark.parametrize("named", [False, True])
def test_the_first_commission_is_named_when_no_register_tells(
    app: Flask, tmp_path: Path, named: bool
) -> None:
    (tmp_path / "don.csv").write_bytes(csv_of([letter()]))
    name = "Ủy ban Kiểm tra Đảng ủy xã Thử"
    words = ["--name", name, "--place", "Thử", "--superior", "ĐẢNG ỦY XÃ THỬ"] if named else []
    result = run(app, "import", tmp_path, *words)
    assert (result.exit_code == 0) is named
    assert [one.name for one in Commission.select()] == ([name] if named else [])


def test_among_several_commissions_one_has_to_be_named(app: Flask, tmp_path: Path) -> None:
    a_commission()
    a_commission("xa", name="Ủy ban Kiểm tra Đảng ủy xã Xa", level="xa")
    (tmp_path / "don.csv").write_bytes(csv_of([letter()]))
    assert run(app, "import", tmp_path).exit_code == 1
    assert run(app, "import", tmp_path, "--commission", "khong-co").exit_code == 1
    assert run(app, "import", tmp_path, "--commission", "xa").exit_code == 0
    assert Letter.get().commission.code == "xa"


def test_the_demonstration_is_loaded_once_and_its_people_can_sign_in(app: Flask) -> None:
    assert run(app, "demo", "load", "--if-empty").exit_code == 0
    told = run(app, "demo", "sign-ins").stdout.splitlines()
    assert len(told) == 27 and told[1].startswith("cb01")
    words = told[0].index("Mật khẩu")
    clerk = User.get(User.username == "cb13")
    assert matches(clerk.password_hash, told[13][words:].strip())
    assert {user.username for user in User.select().where(User.member.is_null(False))} == {"cb08", "cb22"}
    hashes = {user.password_hash for user in User.select()}
    assert "không nạp" in run(app, "demo", "load", "--if-empty").stdout
    assert run(app, "demo", "load").exit_code == 0
    assert {user.password_hash for user in User.select()} == hashes and Letter.select().count() == 231


def test_no_demonstration_is_mixed_into_a_real_commission(app: Flask) -> None:
    a_commission()
    result = run(app, "demo", "load")
    assert result.exit_code == 1 and User.select().count() == 0
    assert run(app, "demo", "sign-ins").exit_code == 1
