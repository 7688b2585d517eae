"""Fixtures of the journeys: Debian's Chromium, a live server, and people who sit at a browser each."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.person import Person
from tests.browser.site import Site
from tests.browser.watch import Watch

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / ".results" / "browser"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    # Nothing but this machine answers: a page that needs another host fails here as it fails offline.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
LONGEST = "test_the_whole_chain"

Seat = Callable[..., Person]
# Who sits at a browser just now, whichever test seated them.
SEATED: list[Person] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The two long journeys first: begun last, one processor would wait for the other."""
    items.sort(key=lambda item: LONGEST not in item.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and call.when != "teardown":
        _keep_pictures(item.name)
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("KC_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("not run: Chromium is missing (KC_CHROMIUM names none, and none is on the PATH)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def seat(chromium: Browser) -> Iterator[Seat]:
    """Seat a person at a browser of their own; pictures of their pages are kept when the test fails."""
    with ExitStack() as stack:
        yield _seating(chromium, stack)


@pytest.fixture(scope="module")
def lasting_seat(chromium: Browser) -> Iterator[Seat]:
    """The same for people who stay through all tests of a module."""
    with ExitStack() as stack:
        yield _seating(chromium, stack)


def _seating(chromium: Browser, stack: ExitStack) -> Seat:
    def sit(
        site: Site, name: str, username: str, *, scripts: bool = True, width: int = 1280, height: int = 900
    ) -> Person:
        context = chromium.new_context(
            java_script_enabled=scripts, locale="vi-VN", viewport={"width": width, "height": height}
        )
        stack.callback(context.close)
        context.set_default_timeout(15_000)
        page = context.new_page()
        person = Person(name, username, page, site, Watch(page, scripts))
        SEATED.append(person)
        stack.callback(SEATED.remove, person)
        return person

    return sit


def _keep_pictures(test: str) -> None:
    folder = PICTURES / test
    folder.mkdir(parents=True, exist_ok=True)
    for person in SEATED:
        person.page.screenshot(path=folder / f"{person.username}.png", full_page=True)
        (folder / f"{person.username}.html").write_text(person.page.content(), encoding="utf-8")
