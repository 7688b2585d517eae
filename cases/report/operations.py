"""Taking the report on a case out of the house: drawn from what the case holds, and journalled."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from cases.audit.operations import act
from cases.clock import local_day
from cases.definitions import forms
from cases.documents import docx, pdf
from cases.documents.case_facts import family_of
from cases.documents.compose import compose
from cases.documents.paper import Issue, Paper, Signature
from cases.documents.rendering import SECRECY, URGENCY, house_of
from cases.intake.models import Letter
from cases.intake.sealing import sealed_identity
from cases.lifecycle.models import Case, CaseLetter
from cases.lifecycle.queries import case_of
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.report.contents import report_values
from cases.report.masking import masked
from cases.settings import Settings

FORM: Final = "V01"


def report_of(
    actor: Actor, case_id: int, *, kind: str, settings: Settings, now: datetime
) -> tuple[Case, bytes]:
    """The report as PDF or .docx (`kind`), and the case it is about. Who may see the case may take it."""
    actor.require(Permission.SEE_CASES)
    case = case_of(actor, case_id)
    paper = paper_of(case, reporter=actor.name, today=local_day(now))
    draw: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: pdf.pdf(paper, engine=settings.engine),
        "docx": lambda: docx.docx(paper),
    }
    data = draw[kind]()
    with act(actor, "report.downloaded", now=now) as event:
        event.about(case)
        event.say(code=case.code, kind=kind)
    return case, data


def paper_of(case: Case, *, reporter: str, today: date) -> Paper:
    """The report as the view model every renderer draws; nobody who sent a letter is named in it."""
    form = forms()[FORM]
    return compose(
        form,
        masked(report_values(case, today=today), _senders(case)),
        house=house_of(case.commission),
        wording=forms().wording,
        family=family_of(case),
        issue=Issue(
            year=today.year, day=today, secrecy=SECRECY[case.secrecy], urgency=URGENCY[case.urgency],
            signatures=(Signature(form.signers[0].id, name=reporter),),
        ),
    )  # fmt: skip


def _senders(case: Case) -> list[str]:
    """The names that must not be printed: who sent the letters of this case and of those it came from."""
    line = [case.id]
    while case.parent_id is not None:
        case = Case.get_by_id(case.parent_id)
        line.append(case.id)
    letters = Letter.select().join(CaseLetter).where(CaseLetter.case.in_(line))
    return [who.name for who in map(sealed_identity, letters) if who.known]
