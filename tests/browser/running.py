"""A case on its way: its steps, deadlines, contents, and the branches that lead to the next case."""

from tests.browser.people import People
from tests.browser.person import Person, labelled, squeezed, starting_with

NO_PAPER = "Không cần trong vụ việc này, đã làm việc trực tiếp."


def opens_case(person: Person, case: str) -> None:
    person.chooses_in_menu("Hồ sơ vụ việc")
    person.follows(starting_with(case))
    assert person.heading.startswith(f"{case}:")


def opens_step(person: Person, case: str, step: str) -> None:
    """Open the step that is next in a case, by its name."""
    opens_case(person, case)
    person.follows(step)
    assert person.heading == step


def does(person: Person, case: str, *steps: str) -> None:
    """Do the steps that are next, one after the other, and give a reason for each paper that is not made."""
    for step in steps:
        opens_step(person, case, step)
        completes(person)


def completes(person: Person) -> None:
    """On the page of a step: it is done."""
    for field in person.main.get_by_role("textbox", name=starting_with("Lý do không cần văn bản")).all():
        field.fill(NO_PAPER)
    person.presses("Hoàn thành bước")
    person.is_told("Đã hoàn thành bước")
