"""Whole cases as people tell them: every file of this folder is acted out from opening to archive."""

from pathlib import Path

import pytest
from peewee import Database

from procedures.schema import Link, ProcedureEdition, RuleBook
from tests.support.running_cases import loaded_rules
from tests.support.stories import tell
from tests.support.story_files import read_scenario, scenario_files
from tests.support.worlds import TODAY

FILES = scenario_files()
LEAST_EACH = 2
GROUPS = ("KT", "GS", "KL", "TC", "KN")


@pytest.fixture
def book() -> RuleBook:
    return loaded_rules()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_case_goes_as_the_story_tells(path: Path, database: Database, tmp_path: Path) -> None:
    tell(read_scenario(path), name=path.name, folder=tmp_path)


def test_every_procedure_has_a_plain_story_and_one_with_its_branches(book: RuleBook) -> None:
    ended: dict[str, int] = {}
    for path in FILES:
        scenario = read_scenario(path)
        if not scenario.story.refused:
            ended[scenario.story.procedure] = ended.get(scenario.story.procedure, 0) + 1
    procedures = {edition.code for edition in book.procedures_in_force(TODAY)}
    assert len(procedures) == 19
    assert {code for code in procedures if ended.get(code, 0) < LEAST_EACH} == set()


def test_every_conditional_step_and_every_way_out_is_walked_in_some_story(book: RuleBook) -> None:
    editions = {edition.code: edition for edition in book.procedures_in_force(TODAY)}
    steps: set[tuple[str, str]] = set()
    ways: set[tuple[str, str]] = set()
    for path in FILES:
        scenario = read_scenario(path)
        edition = editions[scenario.story.procedure]
        for act in scenario.act:
            if act.case == "" and not act.refused:
                kind = "switch" if act.do == "switch" else act.kind
                steps |= {(edition.code, key) for key in act.keys}
                ways |= {(edition.code, str(kind))} if kind else set()
                steps |= {(edition.code, link.step) for link in edition.links if link.kind == kind}
    wanted = {(one.code, step.key) for one in editions.values() for step in one.steps if step.conditional}
    assert wanted - steps == set()
    assert {
        (one.code, link.kind.value) for one in editions.values() for link in open_links(one, book)
    } == ways


def open_links(edition: ProcedureEdition, book: RuleBook) -> list[Link]:
    """The links that a subject of this procedure can be taken along; the restoration waits for its pack."""
    kinds = set(edition.subject_kinds)
    serving = {one.code for one in book.procedures if kinds & set(one.subject_kinds)}
    return [link for link in edition.links if link.later or serving & set(link.to)]


def test_a_story_of_each_group_issues_every_paper_its_steps_require() -> None:
    told = [read_scenario(path).story for path in FILES]
    with_papers = {story.procedure[:2] for story in told if story.papers == "issued"}
    assert with_papers == set(GROUPS)
