"""The suite judges everything else; these judge the suite."""

import socket
from pathlib import Path

import pytest
from peewee import Database, PostgresqlDatabase, SqliteDatabase
from pytest_socket import SocketConnectBlockedError

from tests.support import postgres, results
from tests.support.databases import Engine

RUNS = """<testsuites><testsuite>
  <testcase classname="a" name="one">
    <properties><property name="engine" value="sqlite"/></properties>
  </testcase>
  <testcase classname="a" name="two"><failure/></testcase>
  <testcase classname="a" name="three"><skipped/></testcase>
</testsuite></testsuites>"""


def coverage_of(name: str, *, lines: int, branches: int) -> dict[str, dict[str, dict[str, dict[str, int]]]]:
    summary = {
        "num_statements": 100,
        "covered_lines": lines,
        "num_branches": 100,
        "covered_branches": branches,
    }
    return {"files": {name: {"summary": summary}}}


def test_a_test_that_reaches_for_the_network_fails() -> None:
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("198.51.100.7", 80), timeout=1)


@pytest.mark.both_databases
def test_a_marked_test_runs_on_the_engine_it_is_counted_for(database: Database, engine: Engine) -> None:
    kind = SqliteDatabase if engine is Engine.SQLITE else PostgresqlDatabase
    assert isinstance(database, kind)


@pytest.mark.both_databases
@pytest.mark.parametrize("turn", ["first", "second"])
def test_no_test_sees_what_another_one_left(database: Database, turn: str) -> None:
    assert "left_behind" not in database.get_tables()
    database.execute_sql("create table left_behind (turn varchar(9))")
    database.execute_sql(f"insert into left_behind values ('{turn}')")


def test_without_postgresql_programs_a_test_fails_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "INSTALLED", Path("/nowhere"))
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(postgres.PostgresMissing, match="not run: PostgreSQL missing"):
        postgres.programs()


def test_a_run_without_one_engine_or_with_a_skipped_test_is_a_failed_run(tmp_path: Path) -> None:
    (tmp_path / "suite.xml").write_text(RUNS, encoding="utf-8")
    outcome = results.read_runs([tmp_path / "suite.xml"])
    results.check_engines(outcome)
    assert (outcome.passed, outcome.failed) == (1, 1)
    assert outcome.complaints == ["skipped, and nothing may be: a::three", "no test ran on PostgreSQL"]


@pytest.mark.parametrize(("lines", "branches", "complaints"), [(98, 98, 0), (97, 100, 1), (100, 97, 1)])
def test_too_few_covered_lines_or_branches_of_the_rules_are_a_failed_run(
    lines: int, branches: int, complaints: int
) -> None:
    report = coverage_of("procedures/load.py", lines=lines, branches=branches)
    found = results.check_coverage(report)
    assert len([line for line in found if line.startswith("procedures/")]) == complaints


def test_rules_that_nobody_measured_are_a_failed_run() -> None:
    found = results.check_coverage(coverage_of("cases/web/headers.py", lines=100, branches=100))
    assert {line.split(":")[0] for line in found} == {"procedures/", "forms/", "cases/**/rules.py"}


def test_the_journeys_are_judged_by_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "RESULTS", tmp_path)
    one = '<testsuites><testsuite><testcase classname="a" name="one">{}</testcase></testsuite></testsuites>'
    for inside, answer in (("", 0), ("<skipped/>", 1), ("<failure/>", 1)):
        (tmp_path / "browser.xml").write_text(one.format(inside), encoding="utf-8")
        assert results.main(["--only", "browser.xml"]) == answer
