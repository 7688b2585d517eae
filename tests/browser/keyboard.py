"""A page without a mouse: Tab from place to place, and never lose sight of where one is."""

import re

from playwright.sync_api import Locator

from tests.browser.person import Person, labelled

MOST_TABS = 40
OUTLINE = """element => {
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
    && box.bottom > 0 && box.top < innerHeight;
}"""


def tabs_to(person: Person, target: Locator, *, most: int = MOST_TABS) -> None:
    """Press Tab until the target has the focus; wherever it stops on the way, it can be seen."""
    for _ in range(most):
        person.page.keyboard.press("Tab")
        _sees_the_focus(person)
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{most} times Tab and not yet at {target}")


def types(person: Person, label: str, text: str) -> None:
    tabs_to(person, person.main.get_by_label(labelled(label)))
    person.page.keyboard.type(text)


def types_into(person: Person, target: Locator, text: str) -> None:
    """Tab to a field and write over what stands there."""
    tabs_to(person, target)
    person.page.keyboard.press("Control+A")
    person.page.keyboard.type(text)


def sends(person: Person, heading: str | re.Pattern[str]) -> None:
    """Press Enter where the cursor is, and arrive at the page of this heading."""
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    person.watch.look()
    assert re.fullmatch(heading, person.heading), person.heading


def _sees_the_focus(person: Person) -> None:
    focused = person.page.locator(":focus")
    for _ in range(20):  # a page that scrolls to the field takes a few frames
        if focused.evaluate(OUTLINE):
            return
        person.page.wait_for_timeout(50)
    raise AssertionError(f"the focus cannot be seen at {focused.evaluate('element => element.outerHTML')}")
