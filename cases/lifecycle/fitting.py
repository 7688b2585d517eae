"""Which procedures fit what is known, with every reason for and against. A person picks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from procedures.schema import IdentityStatus, LetterKind, Origin, Owner, ProcedureEdition, SubjectKind
from procedures.terms import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What is known before a case is opened; None means unknown and speaks neither way."""

    letter_kind: LetterKind | None = None
    identity: IdentityStatus | None = None
    subject_kind: SubjectKind | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, in Vietnamese, for a procedure or against it."""

    speaks_for: bool
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A procedure on offer with its reasons."""

    edition: ProcedureEdition
    reasons: tuple[Reason, ...]

    @property
    def fits(self) -> bool:
        """Whether nothing speaks against it."""
        return all(reason.speaks_for for reason in self.reasons)

    @property
    def points(self) -> int:
        return sum(1 if reason.speaks_for else -1 for reason in self.reasons)


def choices(editions: Iterable[ProcedureEdition], facts: CaseFacts) -> tuple[Choice, ...]:
    """Return every procedure with its reasons: those that fit first, then by the weight of reasons.

    Where reasons weigh the same, what the commission itself runs stands before what others run.
    """
    found = [Choice(edition, reasons(edition, facts)) for edition in editions]
    return tuple(sorted(found, key=_rank))


def reasons(edition: ProcedureEdition, facts: CaseFacts) -> tuple[Reason, ...]:
    """Return what speaks for and against one edition; a point the edition leaves open is not mentioned."""
    fits = edition.fits
    subject_kinds = fits.subject_kinds or edition.subject_kinds
    found = [
        _compare("Đối tượng", facts.subject_kind, subject_kinds),
        _compare("Loại đơn", facts.letter_kind, fits.letter_kinds),
        _compare("Danh tính người gửi", facts.identity, fits.identities),
        _compare("Nguồn", facts.origin, fits.origins),
    ]
    return tuple(reason for reason in found if reason is not None)


def _rank(choice: Choice) -> tuple[bool, int, bool, str]:
    edition = choice.edition
    return not choice.fits, -choice.points, edition.owner is not Owner.COMMISSION, edition.code


def _compare(what: str, known: Term | None, wanted: Sequence[Term]) -> Reason | None:
    if known is None or not wanted:
        return None
    if known in wanted:
        return Reason(True, f"{what}: {known.label}, đúng với quy trình này.")
    accepted = ", ".join(term.label for term in wanted)
    return Reason(False, f"{what}: {known.label}; quy trình này dùng khi là {accepted}.")
