"""The width of a small telephone: 320 CSS pixels, on which no page may scroll sideways."""

from tests.browser.person import Person

NARROW = 320
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.outerHTML.slice(0, 120)).slice(0, 5)"""


def fits(person: Person) -> None:
    """The page as it stands is no wider than the screen."""
    width = person.page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW, (
        f"{person.page.url}: {width} pixels wide because of {person.page.evaluate(TOO_WIDE)}"
    )
