"""Who signs a paper: our commission and its team, or the body that runs the case, under its own letterhead.

Who runs a case decides who signs. A paper of another body takes no number of our series: number, day and
signer are typed as they stand on the signed paper.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cases.definitions import forms
from cases.documents.models import Document
from cases.documents.rules import approving_role
from cases.errors import Invalid
from cases.lifecycle.models import Case
from cases.text import clean_line
from forms.schema import FormDef, Issuer, Signer
from procedures.schema import Owner, Role

ISSUERS: Final[Mapping[str, Issuer]] = {
    Owner.COMMITTEE.value: Issuer.COMMITTEE,
    Owner.ADVISORY.value: Issuer.ADVISORY,
}
SYMBOL: Final = re.compile(r"(\d{1,6})-([^/\s]{1,10})/(\S{1,30})")
LONGEST_SERIES: Final = 20


@dataclass(frozen=True, slots=True)
class OutsideIssue:
    """What stands on a paper that another body signed: number and symbol, who signed it under which title."""

    symbol: str
    signer_title: str
    signer_name: str


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """A number from another body's book, as it is kept with the paper."""

    symbol: str
    number: int | None
    series: str


def outside_signer(document: Document) -> Signer | None:
    """The signer of a paper that the body running the case issues; None for our own papers."""
    if document.snapshot is not None:
        return signer_for(forms()[document.form], document.snapshot.get("issued_by", ""))
    return signer_of_case(forms()[document.form], document.case)


def signer_of_case(form: FormDef, case: Case | None) -> Signer | None:
    """Who signs this form in a case that another body runs; None when it is ours to sign."""
    return signer_for(form, case.run_by) if case is not None else None


def signer_for(form: FormDef, owner: str) -> Signer | None:
    issuer = ISSUERS.get(owner)
    offered = (*form.signers, *form.signer_alternatives)
    return next((signer for signer in offered if signer.issuer is issuer), None) if issuer else None


def approver_of(document: Document) -> Role | None:
    """The role of our commission that approves a paper; none for what another body signs."""
    form = forms()[document.form]
    return None if outside_signer(document) else approving_role(form)


def printed_title(signer: Signer, typed: str) -> str:
    """The rank a title begins with, as papers print it; any other title in capitals."""
    title = clean_line(typed).upper()
    return next((rank for rank in signer.titles if title.startswith(rank)), title)


def require_outside(form: FormDef, given: OutsideIssue | None) -> OutsideIssue:
    """What was typed, tidied. Raises Invalid at the field that is missing or cannot be."""
    typed = given or OutsideIssue("", "", "")
    tidy = OutsideIssue(
        re.sub(r"\s", "", typed.symbol), clean_line(typed.signer_title), clean_line(typed.signer_name)
    )
    if not tidy.signer_name:
        raise Invalid("Ghi họ tên người đã ký.", field="signer_name")
    if not tidy.signer_title:
        raise Invalid("Ghi chức vụ của người đã ký.", field="signer_title")
    given_number(form, tidy.symbol)
    return tidy


def given_number(form: FormDef, symbol: str) -> GivenNumber:
    """The number of a paper in the book of the body that issued it; Invalid at `symbol` when it is none."""
    if not form.numbered:
        return GivenNumber("", None, "")
    found = SYMBOL.fullmatch(symbol)
    if found is None or found[2] != form.abbreviation or int(found[1]) < 1:
        raise Invalid(
            f"Ghi số, ký hiệu như trên văn bản đã ký, ví dụ 12-{form.abbreviation}/TU.", field="symbol"
        )
    series = f"{form.abbreviation}/{found[3]}"
    if len(series) > LONGEST_SERIES:
        raise Invalid("Ký hiệu cơ quan dài quá; kiểm tra lại.", field="symbol")
    return GivenNumber(f"{int(found[1]):02d}-{series}", int(found[1]), series)
