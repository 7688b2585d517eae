"""From a stored paper to what is seen: preview, PDF, .docx. Drafts are drawn, issued papers read back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases import files
from cases.approvals.models import Approval
from cases.definitions import forms
from cases.documents import case_facts, docx as docx_writer, html, pdf
from cases.documents.compose import compose
from cases.documents.models import Document
from cases.documents.paper import House, Issue, Letterhead, Paper, Signature
from cases.documents.signing import outside_signer, printed_title
from cases.documents.stored import values_of
from cases.documents.wording import body_name
from cases.people.models import Commission, User
from cases.settings import Settings
from forms.schema import Family, FormDef

SECRECY = {"none": "", "mat": "Mật", "toi_mat": "Tối mật", "tuyet_mat": "Tuyệt mật"}
URGENCY = {"none": "", "khan": "Khẩn", "thuong_khan": "Thượng khẩn", "hoa_toc": "Hỏa tốc"}


@dataclass(frozen=True)
class Rendered:
    pdf: bytes
    docx: bytes


def house_of(commission: Commission) -> House:
    """The letterheads of a commission and of the committee above it."""
    superior = commission.superior_line
    suffix = commission.settings.get("committee_suffix", "TU")
    return House(
        commission=Letterhead(
            superior, commission.issuer_line, commission.name, commission.symbol_suffix, commission.place
        ),
        committee=Letterhead(
            "",
            superior,
            commission.settings.get("committee_name", body_name(superior)),
            suffix,
            commission.place,
        ),
        spelling=commission.settings.get("spelling", "ủy"),
    )


def paper_of(document: Document, *, today: date) -> Paper:
    """The view model of a draft, or of an issued paper as it was issued (from its snapshot)."""
    form = form_of(document)
    stored = document.snapshot["values"] if document.snapshot else document.values
    return compose(
        form,
        values_of(form, stored),
        house=house_of(document.commission),
        wording=forms().wording,
        family=family_of(document, form),
        issue=_issue(document, form, today),
        team=_team_name(document),
        advisory=document.case.unit if document.case is not None else "",
    )


def form_of(document: Document) -> FormDef:
    return forms()[document.form]


def family_of(document: Document, form: FormDef) -> Family:
    """The family whose words the paper uses: its case's, else the first the form serves."""
    if document.case is not None:
        return case_facts.family_of(document.case)
    return form.families[0] if form.families else Family.TN


def render(document: Document, *, today: date, settings: Settings) -> Rendered:
    """PDF and .docx of the paper as it stands now. Raises PdfError when no engine answers."""
    paper = paper_of(document, today=today)
    return Rendered(pdf.pdf(paper, engine=settings.engine), docx_writer.docx(paper))


def pdf_of(document: Document, *, today: date, settings: Settings) -> bytes:
    if document.pdf_sha256:
        return files.read(settings.files, document.pdf_sha256)
    return pdf.pdf(paper_of(document, today=today), engine=settings.engine)


def docx_of(document: Document, *, today: date, settings: Settings) -> bytes:
    if document.docx_sha256:
        return files.read(settings.files, document.docx_sha256)
    return docx_writer.docx(paper_of(document, today=today))


def preview(document: Document, *, today: date) -> str:
    """The paper as an HTML fragment for the screen; safe, because its environment escapes everything."""
    return html.fragment(paper_of(document, today=today))


def _issue(document: Document, form: FormDef, today: date) -> Issue:
    snapshot: dict[str, Any] = document.snapshot or {}
    day = document.issued_on
    return Issue(
        year=(day or today).year,
        number=document.number,
        symbol=document.symbol if outside_signer(document) else "",
        day=day,
        secrecy=SECRECY[document.secrecy],
        urgency=URGENCY[document.urgency],
        draft_no=_draft_number(document),
        signatures=_outside_signature(document) or _signatures(form, document.signer, snapshot.get("signer")),
    )


def _draft_number(document: Document) -> int | None:
    """Which draft this is: one more than the times it came back from approval; None once approved."""
    if document.state in ("issued", "void", "approved"):
        return None
    asked = Approval.select().where(Approval.document == document.id, Approval.state != "withdrawn")
    return int(asked.count()) + (document.state != "submitted")


def _outside_signature(document: Document) -> tuple[Signature, ...]:
    """The signature of the body that runs the case, also before it has signed; empty on our own papers."""
    signer = outside_signer(document)
    if signer is None:
        return ()
    signed = (document.snapshot or {}).get("signer")
    if not signed:
        return (Signature(signer=signer.id),)
    return (Signature(signer=signer.id, title=printed_title(signer, signed["title"]), name=signed["name"]),)


def _signatures(form: FormDef, signer: User | None, kept: dict[str, str] | None) -> tuple[Signature, ...]:
    """Who signs, when one person of the commission signs alone; others sign by hand."""
    if len(form.signers) != 1 or (signer is None and kept is None):
        return ()
    title = kept["title"] if kept else signer.post if signer else ""
    name = kept["name"] if kept else signer.full_name if signer else ""
    for known in (*form.signers, *form.signer_alternatives):
        best = next((rank for rank in known.titles if title.upper().startswith(rank)), None)
        if best is not None:
            return (Signature(signer=known.id, title=best, name=name),)
    return (Signature(signer=form.signers[0].id, name=name),)


def _team_name(document: Document) -> str:
    if document.case is None:
        return ""
    return str(document.values.get("team_name") or "")
