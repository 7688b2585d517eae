"""What every test run has: the databases, their counts, and failure in the place of silence."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from peewee import Database

from tests.support import databases, postgres
from tests.support.databases import Engine

ENGINE_PROPERTY = "engine"

# A busy machine is no defect of the code under test; how long things take is measured elsewhere.
# On the integration server the examples are the same each time, so that a change fails for what it does;
# everybody else's runs keep looking for new ones.
settings.register_profile("kycuong", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("kycuong")


class Run:
    """The run as a whole: the pytest that was typed, not the workers it divides the tests among."""

    def __init__(self) -> None:
        self._postgres_folder = postgres.reserve()
        self._counts: Counter[str] = Counter()

    def pytest_unconfigure(self) -> None:
        postgres.release(self._postgres_folder)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and not report.skipped:
            self._counts.update(
                str(value) for name, value in report.user_properties if name == ENGINE_PROPERTY
            )

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        on_sqlite, on_postgres = self._counts[Engine.SQLITE], self._counts[Engine.POSTGRES]
        terminalreporter.write_line(f"tests on SQLite: {on_sqlite}, on PostgreSQL: {on_postgres}")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        # A run that is told to end cleans up as one that is interrupted: no PostgreSQL stays behind.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        config.pluginmanager.register(Run(), "kycuong-run")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        engines = list(Engine) if _runs_on_both(metafunc) else [Engine.SQLITE]
        metafunc.parametrize("engine", engines, ids=str, indirect=True)


def _runs_on_both(metafunc: pytest.Metafunc) -> bool:
    below = metafunc.definition.path.relative_to(metafunc.config.rootpath / "tests")
    return below.parts[0] in databases.BOTH_ENGINES_FOLDERS or any(
        metafunc.definition.iter_markers("both_databases")
    )


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Engine:
    """The engine this test runs on; asking for it, even indirectly, makes the test count for it."""
    chosen = Engine(request.param)
    request.node.user_properties.append((ENGINE_PROPERTY, chosen.value))
    return chosen


@pytest.fixture
def database_url(engine: Engine, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database of this test's own; several processes may use it."""
    with databases.migrated(engine, tmp_path) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database of this test's own, with every model bound to it."""
    with databases.opened(database_url) as opened:
        yield opened


@pytest.fixture
def empty_database_url(engine: Engine, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, for tests of migrations and of the first start."""
    with databases.empty(engine, tmp_path) as url:
        yield url


@pytest.fixture
def fresh_database(engine: Engine, tmp_path: Path) -> Callable[[], AbstractContextManager[str]]:
    """Makes migrated databases on request, one per Hypothesis example: `with fresh_database() as url`."""
    return partial(databases.migrated, engine, tmp_path)
