"""Every word of the screens goes through `_('…')`, in Vietnamese, and has an English answer."""

import ast
import gettext
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask
from jinja2 import Environment, nodes
from peewee import Database

from cases import db
from cases.clock import FixedClock
from cases.settings import Settings
from cases.web.language import TRANSLATIONS
from procedures.schema import Role
from tests.support.page_client import Page, PageClient
from tests.support.running_app import build_app, signed_in
from tests.support.worlds import a_staffed_commission

ROOT: Final = Path(__file__).resolve().parents[2]
ENGLISH: Final = TRANSLATIONS / "en" / "LC_MESSAGES"
PLACEHOLDER: Final = re.compile(r"%\(\w+\)[sd]|%%")
LETTER: Final = re.compile(r"[^\W\d_]")
# What Vietnamese has and English has not: letters with marks.
VIETNAMESE: Final = re.compile(
    "[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE
)

PLAIN_TEMPLATES: Final = {
    "errors/500.html": "shown when anything may be broken, translation included",
}
PLAIN_MODULES: Final = {
    "cases/web/startup.py": "speaks on the console of the server, not on a screen",
}
PLAIN_WORDS: Final = {
    "Kỷ Cương": "the name of the product, the same in every language",
    "– Kỷ Cương": "the same, at the end of a title",
    "N": "a key of the keyboard",
    "is-wide": "a class, which the block of a page puts into an attribute of the layout",
}
PAPER_WORDS: Final = {
    "SỔ TIẾP NHẬN, XỬ LÝ ĐƠN": "heading of the register file, an official paper",
    "ỦY BAN KIỂM TRA": "second line of the issuer on papers",
}
WITHOUT_MARKS: Final = {
    "Sau": "Vietnamese without marks",
    "CN": "a day of the week",
    "Ghi": "Vietnamese without marks",
    "Mang theo": "Vietnamese without marks",
    "T2": "a day of the week",
    "T3": "a day of the week",
    "T4": "a day of the week",
    "T5": "a day of the week",
    "T6": "a day of the week",
    "T7": "a day of the week",
    "T7, CN": "a day of the week",
    "Thay": "Vietnamese without marks",
    "Trang %(number)d": "Vietnamese without marks",
    "vi": "code of the language, for the lang attribute",
    "%(size)d byte": "a unit of measure",
    "%(day)s. %(name)s, %(post)s.": "placeholders only",
}


def extracted() -> set[str]:
    """Every text the code and the templates pass to gettext, found as `script/translations` finds it."""
    mapping, options = parse_mapping_cfg((ROOT / "babel.cfg").read_text(encoding="utf-8").splitlines())
    keywords = DEFAULT_KEYWORDS | {"_l": None}
    found = extract_from_dir(str(ROOT), mapping, options, keywords=keywords)
    return {message if isinstance(message, str) else message[0] for _file, _line, message, *_rest in found}


@pytest.fixture(scope="module")
def words() -> set[str]:
    return extracted()


@cache
def english() -> Catalog:
    with (ENGLISH / "messages.po").open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def answers() -> dict[str, str]:
    """Vietnamese → English, for every entry of the catalogue but its header."""
    return {str(entry.id): str(entry.string) for entry in english() if entry.id}


def shown(texts: set[str]) -> str:
    return "\n- ".join(["", *sorted(texts)])


def test_every_text_of_the_screens_has_an_english_answer(words: set[str]) -> None:
    known = {text for text, answer in answers().items() if answer.strip()}
    missing = words - known
    assert not missing, f"run script/translations, then write the English of:{shown(missing)}"


def test_the_catalogue_keeps_no_text_that_the_screens_no_longer_have(words: set[str]) -> None:
    stale = answers().keys() - words
    assert not stale, f"run script/translations; no longer used:{shown(set(stale))}"


def test_no_answer_is_a_guess_of_the_tool() -> None:
    assert not shown({str(entry.id) for entry in english() if entry.id and entry.fuzzy})


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with (ENGLISH / "messages.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    differing = {text for text, answer in answers().items() if compiled.gettext(text) != answer}
    assert not differing, f"run script/translations compile; differing:{shown(differing)}"


def test_an_answer_keeps_the_placeholders_of_its_question() -> None:
    for text, answer in answers().items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(answer)), text


def test_answers_are_english() -> None:
    quoted = re.compile("“[^”]*”|Kỷ Cương|TỈNH ỦY AN SƠN")  # names, and words that stay Vietnamese on paper
    assert not shown({answer for answer in answers().values() if VIETNAMESE.search(quoted.sub("", answer))})


def test_the_source_language_is_vietnamese_in_composed_letters(words: set[str]) -> None:
    assert not shown({text for text in words if unicodedata.normalize("NFC", text) != text})
    foreign = {text for text in words if not VIETNAMESE.search(text)} - WITHOUT_MARKS.keys()
    assert not foreign, (
        f"no Vietnamese letters; write Vietnamese or name it in WITHOUT_MARKS:{shown(foreign)}"
    )


class VisibleText(HTMLParser):
    """Collects the words a person sees or hears: text, and the attributes that are spoken or shown."""

    SPOKEN: Final = {"alt", "aria-label", "aria-description", "label", "placeholder", "title", "value"}

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in self.SPOKEN:
                self._keep(value or "")

    def _keep(self, text: str) -> None:
        if LETTER.search(text):
            self.texts.add(" ".join(text.split()))


ENVIRONMENT: Final = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def plain_html(source: str) -> str:
    """The HTML of a template with its expressions, tags and comments taken out."""
    return "".join(value for _line, kind, value in ENVIRONMENT.lex(source) if kind == "data")


def quoted_words(node: nodes.Node) -> Iterator[str]:
    """Words written in expressions outside `_(…)`: with a mark, or beginning like a sentence."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "_":
        inside: list[nodes.Node] = [*node.args[1:], *node.kwargs]
    else:
        inside = list(node.iter_child_nodes())
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            text = node.value
            if VIETNAMESE.search(text) or re.match("[A-Z][a-z]", text):
                yield text
    for child in inside:
        yield from quoted_words(child)


def words_outside_gettext(source: str) -> set[str]:
    reader = VisibleText()
    reader.feed(plain_html(source))
    reader.close()
    return (reader.texts | set(quoted_words(ENVIRONMENT.parse(source)))) - PLAIN_WORDS.keys()


def screen_templates() -> list[str]:
    """Every template but the papers, which are always in Vietnamese."""
    folder = ROOT / "templates"
    paths = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.html"))]
    return [path for path in paths if not path.startswith("documents/") and path not in PLAIN_TEMPLATES]


@pytest.mark.parametrize("path", screen_templates())
def test_a_template_writes_no_word_outside_gettext(path: str) -> None:
    found = words_outside_gettext((ROOT / "templates" / path).read_text(encoding="utf-8"))
    assert not found, f"put into {{{{ _('…') }}}}:{shown(found)}"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Đơn thư</p>", {"Đơn thư"}),
        ("<p>{% if late %}Quá hạn{% endif %}</p>", {"Quá hạn"}),
        ('<a title="Mở hồ sơ" href="/">{{ _("Mở") }}</a>', {"Mở hồ sơ"}),
        ("{{ notice('Lưu ý') }}", {"Lưu ý"}),
        ("{{ link(address, 'Trang sau') }}", {"Trang sau"}),
        ("{{ _('Đơn số %(number)s', number=number or 'chưa rõ') }}", {"chưa rõ"}),
        ("<p class=\"kc-quiet\">{{ _('Đơn thư') }} {# Ghi chú #}{{ icon('house') }} – 12</p>", set()),
    ],
)
def test_the_search_for_plain_words_finds_text_attributes_and_quoted_words(
    source: str, found: set[str]
) -> None:
    assert words_outside_gettext(source) == found


def screen_modules() -> list[str]:
    """The Python that speaks to people by itself; everything else speaks through terms and errors."""
    found = [
        *ROOT.glob("cases/**/*routes.py"),
        *ROOT.glob("cases/web/*.py"),
        *ROOT.glob("forms/screens/*.py"),
    ]
    return sorted({path.relative_to(ROOT).as_posix() for path in found} - PLAIN_MODULES.keys())


def plain_strings(tree: ast.AST) -> Iterator[str]:
    """Vietnamese literals outside `_(…)`, `_l(…)` and docstrings."""
    for node in ast.iter_child_nodes(tree):
        called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if called in {"_", "_l"} and isinstance(node, ast.Call):
            for value in [*node.args[1:], *(keyword.value for keyword in node.keywords)]:
                yield from plain_strings(ast.Expression(value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and VIETNAMESE.search(node.value):
            yield node.value
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield from plain_strings(node)


@pytest.mark.parametrize("path", screen_modules())
def test_the_code_of_screens_writes_no_word_outside_gettext(path: str) -> None:
    found = set(plain_strings(ast.parse((ROOT / path).read_text(encoding="utf-8")))) - PAPER_WORDS.keys()
    assert not found, f"put into _('…') or _l('…'):{shown(found)}"


def test_the_search_in_code_finds_what_is_not_passed_to_gettext() -> None:
    source = (
        '''"""Trang đơn thư."""\nflash(_("Đã lưu %(what)s.", what="đơn"), f"lỗi {n}")\nTITLE = "Kỳ họp"'''
    )
    assert set(plain_strings(ast.parse(source))) == {"đơn", "lỗi ", "Kỳ họp"}


def test_every_exemption_is_still_needed(words: set[str]) -> None:
    assert all((ROOT / "templates" / path).is_file() for path in PLAIN_TEMPLATES)
    assert all((ROOT / path).is_file() for path in PLAIN_MODULES)
    code = "".join((ROOT / path).read_text(encoding="utf-8") for path in screen_modules())
    assert not shown({text for text in PAPER_WORDS if text not in code})
    assert not shown(set(WITHOUT_MARKS) - words)


@pytest.fixture
def english_app(database: Database, database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[Flask]:
    yield build_app(database_url, tmp_path / "instance", clock, KC_LANGUAGE="en")
    if not db.database.is_closed():
        db.database.close()


def read(client: PageClient, address: str) -> Page:
    """A page without the checks of `strict_html`, which want every page in Vietnamese."""
    return Page(client.client.get(address, follow_redirects=True), address)


def test_an_english_installation_speaks_english_before_and_after_signing_in(english_app: Flask) -> None:
    clerk = a_staffed_commission().users[Role.CLERK]
    sign_in, home = read(PageClient(english_app), "/"), read(signed_in(english_app, clerk), "/")
    assert (sign_in.h1, home.h1) == ("Sign in", "Today’s work")
    assert sign_in.has("Please sign in to open this page.")
    assert '<html lang="en">' in sign_in.html and '<html lang="en">' in home.html


def test_an_installation_is_vietnamese_unless_told_otherwise(app: Flask) -> None:
    a_staffed_commission()
    page = PageClient(app).get("/dang-nhap", expected=200)
    assert page.h1 == "Đăng nhập" and '<html lang="vi">' in page.html


def test_the_language_comes_from_its_own_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    assert Settings().language == "vi"
    monkeypatch.setenv("KC_LANGUAGE", "en")
    assert Settings().language == "en"
    monkeypatch.setenv("KC_LANGUAGE", "fr")
    with pytest.raises(ValueError, match="KC_LANGUAGE"):
        Settings()
