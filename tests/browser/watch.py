"""Looks at every page somebody reaches: what axe says, headings, console, requests that failed."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Download, Error, Page, Request, Response

ASK_AXE = 'axe.run({resultTypes: ["violations"]}).then(results => results.violations)'


@dataclass
class Watch:
    """What was wrong on the pages of one person. `scripts`: whether the pages may run scripts."""

    page: Page
    scripts: bool
    found: list[str] = field(default_factory=list)
    looked_at: int = 0
    _failures: list[tuple[str, str]] = field(default_factory=list)
    _downloads: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.scripts:
            self.page.add_init_script(AXE_SCRIPT)
        self.page.on("console", self._heard)
        self.page.on("pageerror", self._broke)
        self.page.on("requestfailed", self._failed)
        self.page.on("download", self._downloaded)
        self.page.on("response", self._answered)

    @property
    def problems(self) -> list[str]:
        """All that was wrong so far; a download ends its navigation, which the browser tells as a failure."""
        return self.found + [words for address, words in self._failures if address not in self._downloads]

    def forgets(self) -> None:
        """Begin anew: what was wrong on earlier pages belongs to whoever opened them."""
        self.found.clear()
        self._failures.clear()

    def look(self) -> None:
        """Check the page as it stands now."""
        self.looked_at += 1
        headings = self.page.get_by_role("heading", level=1).count()
        if headings != 1:
            self._note(f"{headings} headings of level 1")
        if not self.page.title().strip():
            self._note("no title")
        if self.scripts:
            self._ask_axe()

    def _ask_axe(self) -> None:
        for violation in self.page.evaluate(ASK_AXE):
            for node in violation["nodes"]:
                self._note(_in_words(violation, node))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._note(f"console {message.type}: {message.text}")

    def _broke(self, error: Error) -> None:
        self._note(f"script: {error.message}")

    def _failed(self, request: Request) -> None:
        self._failures.append(
            (request.url, f"request failed: {request.method} {request.url}: {request.failure}")
        )

    def _downloaded(self, download: Download) -> None:
        self._downloads.add(download.url)

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"answered {response.status}: {response.request.method} {response.url}")

    def _note(self, problem: str) -> None:
        line = f"{self.page.url}: {problem}"
        if line not in self.found:
            self.found.append(line)


def _in_words(violation: dict[str, Any], node: dict[str, Any]) -> str:
    target = " ".join(str(part) for part in node["target"])
    reasons = [item["message"] for kind in ("any", "all", "none") for item in node[kind]]
    return f"axe {violation['id']} at {target}: {violation['help']} ({'; '.join(reasons)})"
