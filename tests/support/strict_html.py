"""Reads a page as strictly as a person with a screen reader needs it, and says what is wrong with it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import html5lib

LABELLABLE = {"input", "select", "textarea"}
NEVER_LABELLED = {"hidden", "submit", "button", "image", "reset"}
NOT_SPOKEN = {"script", "style", "template"}
NOT_TEXT = NOT_SPOKEN | {"head", "title"}
LEFTOVERS = (
    "Submit|Save|Cancel|Required|Delete|Edit|Search|Next|Previous|Back|Home|Login|Logout|Sign in|Sign out"
    "|Password|Username|Loading|Close|Open|Error|Warning|Invalid|This field|Field must|Not a valid"
    "|Unauthorized|Forbidden|Not Found|CSRF|Yes|Page"
)
ENGLISH = re.compile(rf"\b(?:{LEFTOVERS})\b")
UNFINISHED = re.compile(
    r"\b(?:None|undefined|Undefined|NaN|null)\b|\{\{|\}\}|\{%|%\}|<[A-Z]\w+ |object at 0x|%\(\w+\)"
)


def parse(html: str) -> tuple[Element, list[str]]:
    """Return the document and html5lib's complaints, each with its line."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    lines = html.splitlines()
    errors = [
        f"line {line}: {code} {data or ''} near {lines[min(line, len(lines)) - 1 :][:1]}"
        for (line, _column), code, data in parser.errors
    ]
    return root, errors


def text_of(element: Element) -> str:
    """Return the words of an element as they are read aloud: single spaces, nothing aria-hidden."""
    return " ".join("".join(_pieces(element)).split())


def _is_element(element: Element) -> bool:
    # A comment is an Element too, with a function in the place of its tag.
    return not callable(element.tag)


def _pieces(element: Element) -> Iterator[str]:
    if _is_element(element) and element.tag not in NOT_TEXT and element.get("aria-hidden") != "true":
        yield element.text or ""
        for child in element:
            yield from _pieces(child)
            # Blocks are separate words, and spaces are folded later.
            yield "" if child.tag in {"span", "strong", "b", "em", "a", "time", "kbd", "svg"} else " "
            yield child.tail or ""


def accessible_name(element: Element, root: Element) -> str:
    """Return a plain reading of the accessible name: aria-labelledby, aria-label, text, alt, title."""
    references = element.get("aria-labelledby", "").split()
    if referred := " ".join(
        text_of(item) for item in root.iter() if item.get("id") in references and references
    ):
        return referred
    alternatives = " ".join(image.get("alt", "") for image in element.iter("img"))
    own = element.get("aria-label") or text_of(element) or alternatives.strip()
    return own or element.get("value", "") if element.tag == "input" else own or element.get("title", "")


def labels_of(root: Element) -> dict[str, str]:
    """Return the text of each label by the id of its input."""
    return {label.get("for", ""): text_of(label) for label in root.iter("label")}


def problems(html: str) -> list[str]:
    """Return everything wrong with a page, in sentences; an empty list is a good page."""
    root, found = parse(html)
    if not html.lstrip().lower().startswith("<!doctype html>"):
        found.append("the page does not start with <!doctype html>")
    for check in CHECKS:
        found.extend(check(root))
    if not unicodedata.is_normalized("NFC", html):
        found.append("the page holds text that is not NFC")
    return found


def _language(root: Element) -> Iterator[str]:
    if root.get("lang") != "vi":
        yield f"<html lang> is {root.get('lang')!r}, not 'vi'"


def _headings(root: Element) -> Iterator[str]:
    headings = [text_of(h1) for h1 in root.iter("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"exactly one h1 with text is needed, found {headings}"
        return
    title = " ".join((root.findtext(".//title") or "").split())
    if not title.startswith(headings[0]):
        yield f"the title {title!r} does not start with the h1 {headings[0]!r}"


def _exists(name: str, root: Element) -> bool:
    return any(item.get("id") == name for item in root.iter())


def _inputs(root: Element) -> Iterator[str]:
    labels = labels_of(root)
    inside = {id(item) for label in root.iter("label") for item in label.iter()}
    for item in root.iter():
        if item.tag not in LABELLABLE or item.get("type", "").lower() in NEVER_LABELLED:
            continue
        if not (labels.get(item.get("id", "")) or id(item) in inside or item.get("aria-label")):
            yield f"<{item.tag} name={item.get('name')!r} id={item.get('id')!r}> has no label"
    for target in labels:
        if target and not _exists(target, root):
            yield f"a label points at id {target!r}, which does not exist"


def _ids(root: Element) -> Iterator[str]:
    counted = Counter(item.get("id") for item in root.iter() if item.get("id"))
    yield from (f"id {name!r} is used {times} times" for name, times in counted.items() if times > 1)
    for item in root.iter():
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls"):
            for name in item.get(attribute, "").split():
                if name not in counted:
                    yield f"<{item.tag} {attribute}> points at id {name!r}, which does not exist"


def _tables(root: Element) -> Iterator[str]:
    for table in root.iter("table"):
        heads = table.find(".//th") is not None
        if table.get("role") == "presentation":  # the two columns of a printed paper's head and foot
            if heads:
                yield "a table that only places things has header cells"
            continue
        caption = table.find("caption")
        # A paper's tables are printed without caption; on screen they are named all the same.
        if (caption is None or not text_of(caption)) and not table.get("aria-label"):
            yield "a table has no caption"
        if not heads:
            yield "a table has no header cells"
    for wrapper in root.findall(".//*[@class='kc-table-wrap kc-cards']"):
        for cell in wrapper.iter("td"):
            if not cell.get("data-label") and not cell.get("colspan"):
                yield f"table cell {text_of(cell)[:40]!r} has no data-label (use cell())"


def _names(root: Element) -> Iterator[str]:
    for tag in ("a", "button", "summary", "legend"):
        for item in root.iter(tag):
            if not accessible_name(item, root):
                yield f"a <{tag} href={item.get('href')!r} class={item.get('class')!r}> has no text"
    for item in root.iter("a"):
        if not item.get("href"):
            yield f"link {text_of(item)!r} leads nowhere"
        elif item.get("href", "").startswith("#") and not _exists(item.get("href", "")[1:], root):
            yield f"link {text_of(item)!r} jumps to {item.get('href')!r}, which does not exist"
    yield from ("an image has no alt" for image in root.iter("img") if image.get("alt") is None)


def _forms(root: Element) -> Iterator[str]:
    for form in root.iter("form"):
        method = form.get("method", "").lower()
        if method not in {"get", "post", "dialog"}:
            yield f"a form to {form.get('action')!r} names no method"
        if method != "dialog" and not form.get("action"):
            yield f"a {method} form names no action"
        tokens = [i for i in form.iter("input") if i.get("name") == "csrf_token" and i.get("value")]
        if method == "post" and len(tokens) != 1:
            yield f"the form to {form.get('action')!r} has {len(tokens)} CSRF tokens, not one"
        if method == "get" and tokens:
            yield f"the GET form to {form.get('action')!r} puts the CSRF token in the address"


def _inline(root: Element) -> Iterator[str]:
    for item in root.iter():
        for name, value in item.attrib.items():
            if name.startswith("on") or name == "style":
                yield f"<{item.tag}> has an inline {name}={value[:40]!r}, which the CSP forbids"
            if value.strip().lower().startswith("javascript:"):
                yield f"<{item.tag} {name}> runs a script"
            if name in {"src", "srcset"} and re.match(r"(?:https?:)?//", value):
                yield f"<{item.tag}> loads {value!r} from elsewhere"
        if item.tag == "style" or (item.tag == "script" and not item.get("src")):
            yield f"an inline <{item.tag}> is forbidden by the CSP"
        if item.tag == "link" and re.match(r"(?:https?:)?//", item.get("href", "")):
            yield f"<link> loads {item.get('href')!r} from elsewhere"


def _words(root: Element) -> Iterator[str]:
    for place, text in _spoken(root):
        for pattern, what in ((UNFINISHED, "unfinished"), (ENGLISH, "untranslated")):
            if hit := pattern.search(text):
                start = max(0, hit.start() - 30)
                yield f"{what} text {hit[0]!r} in {place}: …{text[start : hit.end() + 30]}…"


def _spoken(element: Element) -> Iterator[tuple[str, str]]:
    """Yield all words a reader meets; elements with translate="no" hold names and quoted data."""
    if not _is_element(element) or element.get("translate") == "no" or element.tag in NOT_SPOKEN:
        return
    for name in ("alt", "title", "placeholder", "aria-label", "data-label", "href", "action"):
        value = element.get(name, "")
        if name not in {"href", "action"} or UNFINISHED.search(value):
            yield f"<{element.tag} {name}>", value
    if element.tag == "input":
        yield "<input value>", element.get("value", "") if element.get("value") in {"None", "null"} else ""
    if element.tag != "textarea":
        yield f"<{element.tag}>", element.text or ""
    for child in element:
        yield from _spoken(child)
        yield f"<{element.tag}>", child.tail or ""


def _way_back(root: Element) -> Iterator[str]:
    marked = any(item.get("data-back") is not None for item in root.iter())
    if not marked and not any(nav.find(".//a") is not None for nav in root.iter("nav")):
        yield "the page has no way back: neither a link marked data-back nor a menu"


CHECKS: tuple[Callable[[Element], Iterator[str]], ...] = (
    _language, _headings, _inputs, _ids, _tables, _names, _forms, _inline, _words, _way_back
)  # fmt: skip
