"""The rules and the forms, read once when the application starts and never changed by a user."""

from dataclasses import dataclass

from cases.settings import Settings
from forms.load import Catalogue, load_catalogue
from forms.problems import FormCatalogueError
from procedures.errors import RuleBookError
from procedures.load import load_rulebook
from procedures.schema import RuleBook


@dataclass(frozen=True)
class Definitions:
    rules: RuleBook
    forms: Catalogue


_loaded: Definitions | None = None


def load_definitions(settings: Settings) -> Definitions:
    """Read both worlds; raises with every problem, file and key when something is wrong."""
    global _loaded
    catalogue = load_catalogue(settings.forms_path)
    rulebook = load_rulebook(settings.procedures_path, known_forms=set(catalogue))
    _loaded = Definitions(rulebook, catalogue)
    return _loaded


def problems_of(settings: Settings) -> list[str]:
    """Read both worlds anew and tell every problem, as "file: key: what to do"; empty when all is well."""
    try:
        catalogue = load_catalogue(settings.forms_path)
    except FormCatalogueError as error:
        return [str(problem) for problem in error.problems]
    try:
        load_rulebook(settings.procedures_path, known_forms=set(catalogue))
    except RuleBookError as error:
        return [str(problem) for problem in error.problems]
    return []


def definitions() -> Definitions:
    if _loaded is None:
        raise RuntimeError("load_definitions() has not run")
    return _loaded


def rules() -> RuleBook:
    return definitions().rules


def forms() -> Catalogue:
    return definitions().forms
