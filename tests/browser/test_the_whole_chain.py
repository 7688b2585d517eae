"""The main job from a letter to a decision and the report of the case, with scripts and without."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser import people as verbs
from tests.browser.people import People
from tests.browser.person import Person
from tests.browser.site import Site, prepared, serving

@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = prepared(tmp_path / "instance")
    with site.behind():
        verbs.a_whole_commission()
    with serving(site):
        yield site


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_letter_becomes_a_decision_and_a_case_report(
    site: Site, seat: Callable[..., Person], scripts: bool, tmp_path: Path
) -> None:
    people = verbs.seated(site, seat, scripts=scripts)
    people.sign_in()
    letter = verbs.the_clerk_logs_a_letter(people)
    verbs.the_clerk_classifies_it(people, letter)
    verbs.the_inspector_checks_it(people, letter)
    verbs.the_inspector_proposes(people, letter, handling="Thụ lý")
    verbs.the_chair_decides_on_the_letter(people, letter, handling="Thụ lý")
    case = verbs.the_inspector_opens_a_case(people, letter, procedure="TC-03")
    print(case, people.inspector.text)
    print("\n".join(people.problems))
