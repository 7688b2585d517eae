"""The glossary names what the code names: every value of the rules, every table, every stored value."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from peewee import SQL

from cases.db import BaseModel, all_models
from procedures import terms

PROJECT = Path(__file__).parents[2]
GLOSSARY = PROJECT / "docs" / "glossary.md"
CODE = re.compile(r"`([^`]+)`")
IN_LIST = re.compile(r"CHECK \((\w+) in \(('[^)]*')\)\)")
HEADER = "| Vietnamese term | Identifier | Meaning | Source |"


def vocabularies() -> list[type[terms.Term]]:
    found = [thing for thing in vars(terms).values() if isinstance(thing, type)]
    return [thing for thing in found if issubclass(thing, terms.Term) and thing is not terms.Term]


def stored_values() -> dict[str, set[str]]:
    """`Model.column` → the values its CHECK allows, for every column held to a list."""
    values: dict[str, set[str]] = {}
    for model in all_models():
        for check in model._meta.constraints or ():
            found = IN_LIST.fullmatch(check.sql) if isinstance(check, SQL) else None
            if found:
                values[f"{model.__name__}.{found[1]}"] = set(re.findall(r"'(\w+)'", found[2]))
    return values


class Glossary:
    """The tables of the file; a section is what its heading names in code, and its identifiers."""

    def __init__(self, text: str) -> None:
        self.rows: list[list[str]] = []
        self.sections: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        names: tuple[str, ...] = ()
        for line in text.splitlines():
            if line.startswith("#"):
                names = tuple(CODE.findall(line))
            elif line.startswith("| ") and line != HEADER:
                cells = [cell.strip() for cell in line.strip("|").split("|")]
                self.rows.append(cells)
                self.sections[names] |= dict.fromkeys(CODE.findall(cells[1]), cells[0])

    def about(self, name: str) -> dict[str, str]:
        """Identifier → Vietnamese term, in the section whose heading holds `name`."""
        return next((rows for names, rows in self.sections.items() if name in names), {})


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary(GLOSSARY.read_text(encoding="utf-8"))


@pytest.mark.parametrize("vocabulary", vocabularies(), ids=lambda found: found.__name__)
def test_every_value_of_a_vocabulary_stands_there_in_its_own_words(
    vocabulary: type[terms.Term], glossary: Glossary
) -> None:
    rows = glossary.about(vocabulary.__name__)
    assert {term.value: rows.get(term.value) for term in vocabulary} == {
        term.value: term.label for term in vocabulary
    }


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model.__name__)
def test_every_table_is_explained(model: type[BaseModel], glossary: Glossary) -> None:
    assert model.__name__ in {name for row in glossary.rows for name in CODE.findall(row[1])}


@pytest.mark.parametrize(("column", "values"), stored_values().items(), ids=stored_values())
def test_every_value_a_column_may_hold_is_explained(
    column: str, values: set[str], glossary: Glossary
) -> None:
    assert values - glossary.about(column).keys() == set()


def test_no_section_holds_a_word_that_the_code_does_not_know(glossary: Glossary) -> None:
    known = stored_values() | {found.__name__: {term.value for term in found} for found in vocabularies()}
    for names, rows in glossary.sections.items():
        if names:
            assert rows.keys() == set().union(*(known[name] for name in names))


def test_every_identifier_is_a_word_of_the_code(glossary: Glossary) -> None:
    files = [path for room in ("cases", "forms", "procedures") for path in (PROJECT / room).rglob("*.*")]
    texts = [path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".toml")]
    words = set(re.findall(r"\w+", "\n".join(texts)))
    named = {word for row in glossary.rows for name in CODE.findall(row[1]) for word in name.split(".")}
    assert named - words == set()


def test_every_row_has_four_filled_cells(glossary: Glossary) -> None:
    assert [row for row in glossary.rows if len(row) != 4 or not all(row)] == []
