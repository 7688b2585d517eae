"""One person at a browser, who reads and acts by roles and accessible names, as with a screen reader."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.browser.site import Site
from tests.browser.watch import Watch
from tests.support.worlds import PASSWORD

WHITE = re.compile(r"\s+")


def labelled(words: str) -> re.Pattern[str]:
    """The accessible name of a field: its label, and what the form may say about its being required."""
    return re.compile(rf"^\s*{re.escape(words)}\s*(\((bắt buộc|nếu có|cần khi [^)]*)\))?\s*$")


def starting_with(words: str) -> re.Pattern[str]:
    """Any words that begin so: a choice shown with more than its name."""
    return re.compile(rf"^\s*{re.escape(words)}")


@dataclass
class Person:
    """A user of the system in a browser of their own."""

    name: str
    username: str
    page: Page
    site: Site
    watch: Watch

    def signs_in(self) -> None:
        self.opens("/")
        self.page.get_by_label("Tên đăng nhập").fill(self.username)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.presses("Đăng nhập")
        assert self.heading == "Việc hôm nay"

    def opens(self, path: str) -> None:
        """Type an address."""
        self.page.goto(self.site.address + path)
        self.watch.look()

    @property
    def heading(self) -> str:
        return squeezed(self.page.get_by_role("heading", level=1).inner_text())

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def text(self) -> str:
        """The words in the main part of the page."""
        return squeezed(self.main.inner_text())

    def chooses_in_menu(self, entry: str) -> None:
        self._go(
            self.page.get_by_role("navigation", name="Chức năng chính").get_by_role(
                "link", name=entry, exact=True
            )
        )

    def follows(self, link: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Follow the first link of these words in the main part of the page."""
        exact = isinstance(link, str)
        self._go((within or self.main).get_by_role("link", name=link, exact=exact).first)

    def goes_back_to(self, link: str) -> None:
        """Follow the trail above the heading."""
        trail = self.page.get_by_role("navigation", name="Đường dẫn")
        self._go(trail.get_by_role("link", name=re.compile(rf"^(Quay lại: )?{re.escape(link)}$")))

    def fills(self, fields: dict[str, str], *, within: Locator | None = None) -> None:
        """Type into fields by their labels, be they of text, numbers or with suggestions."""
        for label, value in fields.items():
            (within or self.main).get_by_label(labelled(label)).first.fill(value)

    def selects(self, label: str, option: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Choose the option of a list whose words are, or match, `option`."""
        box = (within or self.main).get_by_role("combobox", name=labelled(label)).first
        wanted = option if isinstance(option, re.Pattern) else re.compile(f"^{re.escape(option)}$")
        for words in box.get_by_role("option").all_inner_texts():
            if wanted.search(squeezed(words)):
                box.select_option(label=words)
                return
        raise AssertionError(
            f"{label}: no option {option!r} in {box.get_by_role('option').all_inner_texts()}"
        )

    def chooses(self, group: str, option: str | re.Pattern[str]) -> None:
        """Choose one radio button, or tick one box, of a group."""
        box = self.main.get_by_role("group", name=labelled(group))
        choice = box.get_by_role("radio", name=option).or_(box.get_by_role("checkbox", name=option))
        choice.first.check()

    def ticks(self, *labels: str) -> None:
        for label in labels:
            self.main.get_by_role("checkbox", name=label, exact=True).first.check()

    def attaches(self, label: str, file: Path) -> None:
        self.main.get_by_label(labelled(label)).set_input_files(file)

    def presses(self, button: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Press a button and look at the page it leads to."""
        exact = isinstance(button, str)
        self._go((within or self.main).get_by_role("button", name=button, exact=exact).first)

    def sees(self, *words: str) -> None:
        text = self.text
        missing = [one for one in words if one not in text]
        assert not missing, f"{self.name} does not see {missing} on “{self.heading}”: {text[:2000]}"

    def value_of(self, term: str) -> str:
        """What a list of facts on the page says of a term; empty when it says there is none."""
        terms = [squeezed(one) for one in self.main.get_by_role("term").all_inner_texts()]
        value = self.main.get_by_role("definition").nth(terms.index(term)).inner_text()
        return "" if squeezed(value) == "Chưa có" else squeezed(value)

    def is_told(self, words: str) -> None:
        """A message about what was just done."""
        told = [squeezed(one) for one in self.page.get_by_role("status").all_inner_texts()]
        assert any(words in one for one in told), (
            f"{self.name} was told {told}, not “{words}”: {self.refusals}"
        )

    @property
    def refusals(self) -> list[str]:
        return [squeezed(one) for one in self.page.get_by_role("alert").all_inner_texts()]

    def downloads(self, link: str) -> Path:
        """Follow a link that gives a file."""
        return self._downloads(self.main.get_by_role("link", name=link, exact=True).first)

    def downloads_by_button(self, button: str) -> Path:
        return self._downloads(self.main.get_by_role("button", name=button, exact=True).first)

    def _downloads(self, target: Locator) -> Path:
        with self.page.expect_download() as waiting:
            target.click()
        return Path(waiting.value.path())

    def unfolds_all(self) -> None:
        """Open the parts of a form that are folded away; their headings say how many fields they hold."""
        for heading in self.main.get_by_role("heading", level=2, name=re.compile(r"\(\d+\)$")).all():
            heading.click()

    def _go(self, target: Locator) -> None:
        with self.page.expect_navigation(wait_until="load"):
            target.click()
        self.watch.look()


def squeezed(text: str) -> str:
    return WHITE.sub(" ", text).strip()


def short(day: date) -> str:
    """A day as it is typed."""
    return day.strftime("%d/%m/%Y")
