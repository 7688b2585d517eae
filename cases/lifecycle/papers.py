"""The papers of a step: which are there, which are still missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from peewee import JOIN

from cases.definitions import forms
from cases.documents.models import Document
from cases.lifecycle.models import Case, CaseStep
from procedures.schema import Step

DEAD_STATES = ("void",)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """One form of a step and the papers made from it, newest last.

    `recorded_elsewhere`: no paper to draft but an entry that the step needs as well, such as a vote.
    """

    form: str
    name: str
    required: bool
    documents: tuple[Document, ...]
    defined: bool = True
    missing_reason: str = ""
    recorded_elsewhere: bool = False

    @property
    def issued(self) -> bool:
        return any(document.state == "issued" for document in self.documents)

    @property
    def lacking(self) -> bool:
        """Whether the step cannot be completed because of this form; nobody can issue an undefined one."""
        return self.required and self.defined and not self.issued and not self.missing_reason


Lacking = Callable[[Case, Step], str]
_also_needed: dict[str, Lacking] = {}


def also_needed(code: str) -> Callable[[Lacking], Lacking]:
    """Register an entry of another feature without which a step is not complete, like a required paper.

    The function returns what is lacking in words, empty when nothing is.
    """

    def register(lacking: Lacking) -> Lacking:
        _also_needed[code] = lacking
        return lacking

    return register


def documents_of(case: Case) -> list[Document]:
    """The papers of a case that still stand, with the steps they were made for, oldest first."""
    query = Document.select(Document, CaseStep).join(CaseStep, JOIN.LEFT_OUTER)
    return list(
        query.where(Document.case == case.id, Document.state.not_in(DEAD_STATES)).order_by(Document.id)
    )


def papers_of(
    case: Case, step: Step, row: CaseStep | None, *, documents: Sequence[Document] | None = None
) -> tuple[PaperView, ...]:
    """The forms of a step with what was made from them for this occurrence.

    `documents` are those of the case, for a caller who asks about many steps.
    """
    entries = _entries(case, step, row)
    if not step.forms:
        return entries
    standing = documents_of(case) if documents is None else documents
    made = [document for document in standing if _counts(document, row)]
    reasons = row.missing_papers if row is not None else {}
    return entries + tuple(
        PaperView(
            form=code, name=form_name(code), required=code in step.required_forms,
            documents=tuple(document for document in made if document.form == code),
            defined=code in forms(), missing_reason=reasons.get(code, ""),
        )
        for code in step.forms
    )  # fmt: skip


def _entries(case: Case, step: Step, row: CaseStep | None) -> tuple[PaperView, ...]:
    """The entries that are lacking at a step, each with the reason given for going on without it."""
    reasons = row.missing_papers if row is not None else {}
    named = [(code, lacking(case, step)) for code, lacking in _also_needed.items()]
    return tuple(
        PaperView(
            form=code, name=words, required=True, documents=(), missing_reason=reasons.get(code, ""),
            recorded_elsewhere=True,
        )
        for code, words in named
        if words
    )  # fmt: skip


def form_name(code: str) -> str:
    """The name of a form; its code while nobody has defined it."""
    definition = forms().get(code)
    return definition.name if definition else code


def _counts(document: Document, row: CaseStep | None) -> bool:
    """A paper of an earlier occurrence of the same step does not serve the new one."""
    made_for = document.step
    return made_for is None or row is None or made_for.id == row.id or made_for.key != row.key
