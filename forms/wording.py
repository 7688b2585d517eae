"""Words shared by all forms: per family of case, per type abbreviation, per signer."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from forms.problems import FormCatalogueError, FormProblem, from_validation
from forms.schema import Family, Signer
from forms.text import Clean, Frozen


class FamilyWords(Frozen):
    """How one kind of case speaks: the act, the team, the subject, the subject's report."""

    act: Clean
    team: Clean
    subject_word: Clean
    self_report: Clean


class Wording(Frozen):
    families: dict[Family, FamilyWords]
    abbreviations: dict[Clean, Clean]
    signers: dict[str, Signer]


def load_wording(path: Path) -> Wording:
    """Raises FormCatalogueError with file and key."""
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        signers = {name: {"id": name, **body} for name, body in raw.get("signers", {}).items()}
        wording = Wording.model_validate({**raw, "signers": signers})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormCatalogueError([FormProblem(path.name, "(cả tệp)", str(error))]) from error
    except ValidationError as error:
        raise FormCatalogueError(from_validation(path.name, error)) from error
    missing = [family for family in Family if family not in wording.families]
    if missing:
        raise FormCatalogueError(
            FormProblem(path.name, f"families.{f}", "thiếu chữ của loại việc") for f in missing
        )
    return wording
