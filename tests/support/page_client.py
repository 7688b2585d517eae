"""A client that acts as people do: it opens pages, follows links by their words and sends forms it has read.

Every HTML page it meets is checked by `strict_html`. CSRF protection stays on: tokens come from the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.support import strict_html
from tests.support.strict_html import accessible_name, text_of

SENT_BY_BUTTON = {"submit", "image", "button", "reset"}


@dataclass
class FormView:
    """A form as a person finds it: where it goes, what it holds now, which buttons it has."""

    element: Element
    root: Element
    values: MultiDict[str, Any]
    choices: dict[str, set[str]] = field(default_factory=dict)
    checkboxes: set[str] = field(default_factory=set)

    @property
    def method(self) -> str:
        return self.element.get("method", "get").lower()

    @property
    def action(self) -> str:
        return self.element.get("action", "")

    @property
    def multipart(self) -> bool:
        return self.element.get("enctype") == "multipart/form-data"

    @property
    def buttons(self) -> dict[str, Element]:
        """Return the buttons that send this form, by their words."""
        found = [b for b in self.element.iter("button") if b.get("type", "submit") == "submit"]
        found += [i for i in self.element.iter("input") if i.get("type") == "submit"]
        return {accessible_name(button, self.root): button for button in found}

    def filled(self, answers: Mapping[str, Any]) -> MultiDict[str, Any]:
        """Return what is sent after typing `answers`; refuse fields and choices the page does not offer."""
        sent = self.values.copy()
        for name, answer in answers.items():
            assert name in self.names, f"the form has no field {name!r}; it has {sorted(self.names)}"
            sent.setlist(name, self._typed(name, answer))
        return sent

    @property
    def names(self) -> set[str]:
        return {str(name) for name in self.values} | set(self.choices) | self.checkboxes

    def _typed(self, name: str, answer: Any) -> list[Any]:
        answers = list(answer) if isinstance(answer, list | set) else [answer]
        if name in self.checkboxes and isinstance(answer, bool):
            return sorted(self.choices[name]) if answer else []
        if name not in self.choices:
            return [a if isinstance(a, tuple) else str(a) for a in answers]
        for one in answers:
            assert str(one) in self.choices[name], (
                f"field {name!r} does not offer {one!r}; it offers {sorted(self.choices[name])}"
            )
        return [str(one) for one in answers]


def read_form(element: Element, root: Element) -> FormView:
    """Read the values a browser would send now."""
    form = FormView(element, root, MultiDict())
    for item in element.iter():
        name = item.get("name", "")
        if not name or item.get("disabled") is not None:
            continue
        if item.tag == "textarea":
            form.values.add(name, "".join(item.itertext()).removeprefix("\n"))
        elif item.tag == "select":
            _read_select(form, name, item)
        elif item.tag == "input" and item.get("type", "text") not in SENT_BY_BUTTON:
            _read_input(form, name, item)
    return form


def _read_select(form: FormView, name: str, select: Element) -> None:
    options = list(select.iter("option"))
    offered = [o.get("value", text_of(o)) for o in options if o.get("disabled") is None]
    form.choices.setdefault(name, set()).update(offered)
    chosen = [o.get("value", text_of(o)) for o in options if o.get("selected") is not None]
    if not chosen and select.get("multiple") is None:
        chosen = offered[:1]
    for value in chosen:
        form.values.add(name, value)


def _read_input(form: FormView, name: str, item: Element) -> None:
    kind = item.get("type", "text")
    value = item.get("value", "on" if kind in {"checkbox", "radio"} else "")
    if kind in {"checkbox", "radio"}:
        form.choices.setdefault(name, set()).add(value)
        if kind == "checkbox":
            form.checkboxes.add(name)
        if item.get("checked") is None:
            return
    form.values.add(name, value)


class Page:
    """One answer of the application. For HTML the document is parsed and has passed every check."""

    def __init__(self, response: TestResponse, address: str) -> None:
        self.response = response
        self.address = address
        self.status = response.status_code
        self.body: bytes = response.get_data()
        self.location: str = response.headers.get("Location", "")
        self.is_html = bool(self.body) and response.mimetype == "text/html" and not self.location
        self.html = self.body.decode() if self.is_html else ""
        response.close()
        self.root, _ = strict_html.parse(self.html)

    @property
    def text(self) -> str:
        """All visible words with single spaces."""
        return text_of(self.root)

    @property
    def h1(self) -> str:
        return next((text_of(h1) for h1 in self.root.iter("h1")), "")

    @property
    def main(self) -> str:
        """The words of the main part, without header and menu."""
        return next((text_of(main) for main in self.root.iter("main")), "")

    @property
    def flashes(self) -> list[str]:
        """Messages of the last act."""
        return [text_of(item) for item in self.root.iter() if item.get("data-flash") is not None]

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        boxes = [item for item in self.root.iter() if item.get("data-error-summary") is not None]
        return [text_of(line) for box in boxes for line in box.iter("li")]

    @property
    def links(self) -> dict[str, str]:
        """Addresses by the words of the link; of equal words the first counts."""
        found: dict[str, str] = {}
        for link in self.root.iter("a"):
            found.setdefault(accessible_name(link, self.root), link.get("href", ""))
        return found

    def has(self, words: str) -> bool:
        return words in self.text

    def link(self, words: str) -> str:
        """Return the address of the link with these words, or holding them if only one does."""
        if words in self.links:
            return self.links[words]
        near = [name for name in self.links if words in name]
        assert len(near) == 1, f"{self}: {len(near)} links hold {words!r}; links: {sorted(self.links)}"
        return self.links[near[0]]

    def form(self, *, action: str | None = None, button: str | None = None) -> FormView:
        """Return the only form with this action (end of its path) or this button."""
        forms = [read_form(element, self.root) for element in self.root.iter("form")]
        fits = [
            form
            for form in forms
            if (action is None or form.action.partition("?")[0].endswith(action))
            and (button is None or button in form.buttons)
        ]
        known = [(form.action, sorted(form.buttons)) for form in forms]
        assert len(fits) == 1, (
            f"{self}: {len(fits)} forms fit action={action!r} button={button!r}; forms: {known}"
        )
        return fits[0]

    def table(self, caption: str) -> list[dict[str, str]]:
        """Return the rows of the table with this caption, cells by the words of their column."""
        for table in self.root.iter("table"):
            if (found := table.find("caption")) is not None and text_of(found) == caption:
                heads = [text_of(th) for th in table.findall("./thead/tr/th")]
                rows = table.findall("./tbody/tr")
                return [dict(zip(heads, map(text_of, row), strict=False)) for row in rows]
        captions = [text_of(caption) for caption in self.root.iter("caption")]
        raise AssertionError(f"{self}: no table {caption!r}; tables: {captions}")

    def __str__(self) -> str:
        return f"{self.response.request.method} {self.address} ({self.status}, {self.h1!r})"


class PageClient:
    """Opens and sends pages; the expected status is always said."""

    def __init__(self, app: Flask, client: FlaskClient | None = None) -> None:
        self.app = app
        self.client = client or app.test_client()

    def get(self, address: str, *, expected: int) -> Page:
        return self._page(self.client.get(address), address, expected)

    def post(self, address: str, data: Mapping[str, Any] | None = None, *, expected: int) -> Page:
        """Send values without having read a form: for tests of refusal; people use `submit`."""
        return self._page(self.client.post(address, data=data or {}), address, expected)

    def follow(self, page: Page, words: str | None = None, *, expected: int = 200) -> Page:
        """Open the link with these words; without words, go where a redirect leads."""
        target = page.location if words is None else page.link(words)
        assert target, f"{page} leads nowhere"
        return self.get(urljoin(page.address, target), expected=expected)

    def submit(
        self,
        page: Page,
        *,
        expected: int,
        action: str | None = None,
        button: str | None = None,
        answers: Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> Page:
        """Fill the page's form and press its button (the first when none is named).

        Values are text, `True`/`False` for one checkbox, a list for several choices,
        `(stream, file name)` for a file. `answers` takes names that are no Python words (`rows-0-name`).
        """
        form = page.form(action=action, button=button)
        sent = form.filled({**(answers or {}), **fields})
        pressed = form.buttons[button] if button else next(iter(form.buttons.values()), None)
        assert pressed is not None, f"{page}: the form to {form.action!r} has no button"
        if pressed.get("name"):
            sent.add(pressed.get("name", ""), pressed.get("value", ""))
        address = urljoin(page.address, pressed.get("formaction") or form.action)
        if form.method == "get":
            return self._page(
                self.client.get(address.partition("?")[0], query_string=sent), address, expected
            )
        kind = "multipart/form-data" if form.multipart else "application/x-www-form-urlencoded"
        response = self.client.post(address, data=_without_empty_files(sent, form), content_type=kind)
        return self._page(response, address, expected)

    def submit_and_follow(self, page: Page, **how: Any) -> Page:
        """Send a form that must be accepted and open the page it leads to."""
        answer = self.submit(page, expected=302, **how)
        return self.follow(answer)

    def _page(self, response: TestResponse, address: str, expected: int) -> Page:
        page = Page(response, address)
        hint = f" → {page.location}" if page.location else ""
        wrong = "; ".join(page.errors)
        assert page.status == expected, (
            f"{page}: expected {expected}{hint}{' – ' + wrong if wrong else ''}\n{page.main[:600]}"
        )
        if page.is_html:
            found = strict_html.problems(page.html)
            assert not found, f"{page} is not a good page:\n- " + "\n- ".join(found)
        return page


def _without_empty_files(sent: MultiDict[str, Any], form: FormView) -> MultiDict[str, Any]:
    files = {item.get("name") for item in form.element.iter("input") if item.get("type") == "file"}
    chosen: MultiDict[str, Any] = MultiDict()
    for name, value in sent.items(multi=True):
        if name not in files or isinstance(value, tuple):
            chosen.add(name, value)
    return chosen
