"""Read the form catalogue once at start: TOML files → frozen `FormDef`s, all problems reported together."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from forms.checks import check_catalogue, check_form
from forms.problems import FormCatalogueError, FormProblem, from_validation
from forms.schema import Family, Field, FormDef
from forms.usage import condition_names, printed_names
from forms.wording import Wording, load_wording

HOUSE = Path(__file__).parent
FOLDER = HOUSE / "catalogue"
_FIELDS = TypeAdapter(tuple[Field, ...])


@dataclass(frozen=True, slots=True)
class Catalogue(Mapping[str, FormDef]):
    """Code → form, in code order, with the shared wording."""

    forms: Mapping[str, FormDef]
    wording: Wording

    def __getitem__(self, code: str) -> FormDef:
        return self.forms[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    def for_family(self, family: Family) -> tuple[FormDef, ...]:
        return tuple(form for form in self.forms.values() if family in form.families)


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Load every `*.toml` of the folder. Raises FormCatalogueError naming file and key of each problem."""
    wording = load_wording(HOUSE / "wording.toml")
    common = _common_fields(HOUSE / "common_fields.toml")
    problems: list[FormProblem] = []
    found: list[tuple[str, FormDef]] = []
    for path in sorted((folder or FOLDER).glob("*.toml")):
        form, wrong = _load_form(path, wording=wording, common=common)
        problems += wrong
        if form is not None:
            found.append((path.name, form))
    problems += check_catalogue(found)
    if problems:
        raise FormCatalogueError(problems)
    return Catalogue({form.code: form for _, form in sorted(found, key=lambda pair: pair[1].code)}, wording)


def _load_form(
    path: Path, *, wording: Wording, common: Mapping[str, Field]
) -> tuple[FormDef | None, list[FormProblem]]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        unknown = _resolve_signers(raw, wording)
        if unknown:
            return None, [FormProblem(path.name, "signers", f"chưa có người ký “{name}”") for name in unknown]
        form = _with_common_fields(FormDef.model_validate(raw), common)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [FormProblem(path.name, "(cả tệp)", f"không đọc được TOML: {error}")]
    except ValidationError as error:
        return None, from_validation(path.name, error)
    return form, check_form(path.name, form, abbreviations=wording.abbreviations)


def _resolve_signers(raw: dict[str, Any], wording: Wording) -> list[str]:
    """Replace signer ids by their definitions; return the ids that do not exist."""
    unknown = []
    for key in ("signers", "signer_alternatives"):
        names = raw.get(key, ())
        unknown += [name for name in names if name not in wording.signers]
        raw[key] = [wording.signers[name] for name in names if name in wording.signers]
    return unknown


def _with_common_fields(form: FormDef, common: Mapping[str, Field]) -> FormDef:
    """Add the shared fields the form mentions, and put all fields in printing order."""
    own = {field.name: field for field in form.fields}
    order = dict.fromkeys(printed_names(form) + condition_names(form) + tuple(own))
    known = {name: own.get(name) or common.get(name) for name in order}
    fields = tuple(field for field in known.values() if field is not None)
    return form.model_copy(update={"fields": fields if len(own) == len(form.fields) else form.fields})


def _common_fields(path: Path) -> dict[str, Field]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        fields = _FIELDS.validate_python([{"name": name, **body} for name, body in raw.items()])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormCatalogueError([FormProblem(path.name, "(cả tệp)", str(error))]) from error
    except ValidationError as error:
        raise FormCatalogueError(from_validation(path.name, error)) from error
    return {field.name: field for field in fields}
