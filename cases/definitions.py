"""The rules and the forms, read once when the application starts and never changed by a user."""

from collections.abc import Collection
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
    rulebook = _read_rules(settings, catalogue, packs=settings.packs_on)
    _loaded = Definitions(rulebook, catalogue)
    return _loaded


def problems_of(settings: Settings) -> list[str]:
    """Read both worlds anew, with every pack, and tell each problem as "file: key: what to do"."""
    try:
        catalogue = load_catalogue(settings.forms_path)
    except FormCatalogueError as error:
        return [str(problem) for problem in error.problems]
    try:
        offered = {pack.id for pack in _read_rules(settings, catalogue, packs=settings.packs_on).packs}
        _read_rules(settings, catalogue, packs=offered)
    except RuleBookError as error:
        return [str(problem) for problem in error.problems]
    return []


def _read_rules(settings: Settings, catalogue: Catalogue, *, packs: Collection[str]) -> RuleBook:
    return load_rulebook(
        settings.procedures_path, known_forms=set(catalogue), packs=packs, local=settings.local_rules_path
    )


def definitions() -> Definitions:
    if _loaded is None:
        raise RuntimeError("load_definitions() has not run")
    return _loaded


def rules() -> RuleBook:
    return definitions().rules


def forms() -> Catalogue:
    return definitions().forms
