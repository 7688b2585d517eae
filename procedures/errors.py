"""Typed errors of the rules; they carry data, the words for people are chosen by the caller."""

from __future__ import annotations

from dataclasses import dataclass


class RuleNotFound(KeyError):
    """A rule asked for does not exist (or was not in force). ``what`` was sought, ``where`` it was sought."""

    def __init__(self, *, what: str, where: str) -> None:
        super().__init__(what)
        self.what = what
        self.where = where

    def __str__(self) -> str:
        return f"Không tìm thấy {self.what} trong {self.where}."


@dataclass(frozen=True, order=True)
class RuleProblem:
    """One defect of the rule files: the file, the key path in it, what is wrong and what to do."""

    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.message}"


class RuleBookError(Exception):
    """The rule files cannot be used; every problem found is in ``problems``."""

    def __init__(self, problems: tuple[RuleProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
