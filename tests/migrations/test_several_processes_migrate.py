"""Several processes that start at once on one database: one migrates, the others find it done."""

import multiprocessing
import time
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier

import pytest

from cases.db import connect, migrate
from tests.support.databases import Engine, opened
from tests.support.table_facts import facts

PROCESSES = 4
ROUNDS = 2


def _start(url: str, together: Barrier, answers: "SimpleQueue[list[str] | str]") -> None:
    together.wait(60)
    database = connect(url)
    try:
        answers.put(migrate())
    except Exception as error:  # the test shows it; a process would only end with a trace
        answers.put(f"{type(error).__name__}: {error}")
    finally:
        database.close()


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_processes_that_start_at_once_make_the_tables_once(
    empty_database_url: str, database_url: str, attempt: int
) -> None:
    context = multiprocessing.get_context("spawn")
    together, answers = context.Barrier(PROCESSES), context.SimpleQueue()
    processes = [
        context.Process(target=_start, args=(empty_database_url, together, answers)) for _ in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    given = [answers.get() for _ in processes if not answers.empty()]
    assert sorted(map(str, given)) == ["['0001_house']", *["[]"] * (PROCESSES - 1)]
    with opened(empty_database_url) as database:
        made = facts(database)
    with opened(database_url) as database:
        assert made == facts(database)


def test_a_command_does_not_wait_for_who_is_writing_when_nothing_is_to_migrate(
    database_url: str, engine: Engine
) -> None:
    writer = connect(database_url)
    with writer.atomic():
        writer.execute_sql("update commission set name = name")
        if engine is Engine.POSTGRES:
            writer.execute_sql("lock table audit_event, schema_migration in exclusive mode")
        other = connect(database_url)
        try:
            other.execute_sql(
                "set lock_timeout = '1s'" if engine is Engine.POSTGRES else "pragma busy_timeout = 1000"
            )
            assert migrate() == []
        finally:
            other.close()
    writer.close()


def test_looking_whether_there_is_something_to_migrate_takes_no_time(database_url: str) -> None:
    """At most 20 ms: every command does it. The best of several, for a machine busy with other work."""
    with opened(database_url) as database:
        database.connect()
        times = []
        for _ in range(20):
            began = time.perf_counter()
            migrate()
            times.append(time.perf_counter() - began)
        assert min(times) < 0.020
