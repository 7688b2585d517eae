"""Verbs of papers: draft, save, delete, issue with a number, void."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from cases import files
from cases.audit.operations import act
from cases.clock import local_day
from cases.definitions import forms
from cases.documents.facts import facts_for, permitted
from cases.documents.models import Document
from cases.documents.numbering import reserve_number
from cases.documents.queries import document_of
from cases.documents.rendering import form_of, render
from cases.documents.rules import EDITABLE, missing_values
from cases.documents.signing import (
    OutsideIssue,
    approver_of,
    given_number,
    outside_signer,
    require_outside,
)
from cases.documents.stored import to_stored, values_of
from cases.errors import Invalid, NotFound, Refused, Stale
from cases.intake.queries import letter_of
from cases.intake.vault import Vault
from cases.lifecycle.models import CaseStep
from cases.lifecycle.queries import case_of
from cases.people.actor import Actor
from cases.people.models import Commission, User
from cases.people.permissions import Permission
from cases.people.queries import user_of
from cases.settings import Settings
from forms.origins import SENDER
from forms.schema import FormDef


def draft_document(
    actor: Actor,
    *,
    form: str,
    vault: Vault,
    now: datetime,
    case_id: int | None = None,
    letter_id: int | None = None,
    step_id: int | None = None,
    known: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
) -> Document:
    """Start a paper, filled with all that the case or letter knows; every filled value keeps its origin.

    `known` are facts by origin name that the caller knows better than the case as a whole: which of the
    subjects, which ballot, which decision the paper is about. `values` are values by field name.
    """
    actor.require(Permission.WRITE_DOCUMENTS)
    if form not in forms():
        raise NotFound(f"Không có mẫu văn bản “{form}”.")
    definition = forms()[form]
    case = case_of(actor, case_id) if case_id else None
    letter = letter_of(actor, letter_id) if letter_id else None
    step = CaseStep.get_or_none(CaseStep.id == step_id, CaseStep.case == case) if step_id and case else None
    commission = Commission.get_by_id(actor.commission_id)
    facts = facts_for(
        definition, commission=commission, case=case, letter=letter, vault=vault, today=local_day(now)
    ) | permitted(definition, known or {})
    filled, origins = _prefilled(definition.fields, facts)
    filled |= {name: to_stored(value) for name, value in (values or {}).items() if definition.field(name)}
    subject = facts.get("subject.full_name") or facts.get("letter.accused") or ""
    with act(actor, "document.drafted", now=now) as event:
        document = Document.create(
            commission=commission,
            case=case,
            letter=letter,
            step=step,
            form=form,
            form_edition=definition.edition,
            title=_title(definition.name, str(subject)),
            values=filled,
            origins=origins,
            secrecy=case.secrecy if case else "none",
            created_by=actor.user_id,
            created_at=now,
            updated_at=now,
        )
        event.about(document)
        event.say(form=form, names_sender=any(o.startswith(SENDER) for o in origins.values()))
    return document


def _prefilled(fields: Any, facts: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for field in fields:
        if field.origin and field.origin in facts:
            values[field.name] = to_stored(facts[field.origin])
            origins[field.name] = field.origin
        elif field.starting_value is not None:
            values[field.name] = field.starting_value
    return values, origins


def _title(name: str, subject: str) -> str:
    return f"{name} – {subject}"[:400] if subject else name


def save_draft(
    actor: Actor, document_id: int, *, values: dict[str, Any], version: int, now: datetime
) -> Document:
    """Keep what was typed. Stale when somebody saved in between: their text stays as it is."""
    actor.require(Permission.WRITE_DOCUMENTS)
    document = document_of(actor, document_id)
    with act(actor, "document.edited", now=now) as event:
        changed = (
            Document.update(
                values=to_stored(values), updated_at=now, version=Document.version + 1, state="draft"
            )
            .where(
                Document.id == document.id, Document.version == version, Document.state.in_(list(EDITABLE))
            )
            .execute()
        )
        if not changed:
            _refuse_edit(document.id)
        event.about(document)
    return Document.get_by_id(document.id)


def _refuse_edit(document_id: int) -> None:
    current = Document.get_by_id(document_id)
    if current.state not in EDITABLE:
        raise Refused(
            "Văn bản đã trình hoặc đã ban hành, không sửa được. Muốn sửa, đề nghị người duyệt trả lại."
        )
    raise Stale(
        "Người khác vừa lưu văn bản này. Nội dung đồng chí gõ vẫn còn bên dưới; "
        "đối chiếu với bản mới nhất rồi lưu lại."
    )


def delete_draft(actor: Actor, document_id: int, *, now: datetime) -> None:
    actor.require(Permission.WRITE_DOCUMENTS)
    document = document_of(actor, document_id)
    with act(actor, "document.deleted", now=now) as event:
        gone = Document.delete().where(
            Document.id == document.id, Document.state.in_(list(EDITABLE)), Document.number.is_null()
        )
        if not gone.execute():
            raise Refused("Chỉ xóa được bản thảo. Văn bản đã ban hành thì hủy và giữ số.")
        event.about(document)
        event.say(form=document.form, title=document.title)


def issue_document(
    actor: Actor,
    document_id: int,
    *,
    issued_on: date,
    signer_id: int | None,
    settings: Settings,
    now: datetime,
    outside: OutsideIssue | None = None,
) -> Document:
    """Give an approved paper its number and freeze it: values, bytes and hashes are kept for good.

    A paper that nobody approves (minutes, ballots) is recorded without a number by who wrote it; one that
    the body running the case signed, with the number, day and signer that stand on it (`outside`).
    The number is taken in the same transaction, so no number is doubled and none is lost.
    """
    document = document_of(actor, document_id)
    form = form_of(document)
    needs_approval = approver_of(document) is not None
    actor.require(Permission.ISSUE_DOCUMENTS if needs_approval else Permission.WRITE_DOCUMENTS)
    if issued_on > local_day(now):
        raise Invalid("Ngày ban hành không được sau hôm nay.", field="issued_on")
    if needs_approval and form.numbered and signer_id is None:
        raise Invalid("Chọn người ký.", field="signer")
    signer = user_of(actor, signer_id) if signer_id else None
    typed = require_outside(form, outside) if outside_signer(document) else None
    missing = missing_values(form, values_of(form, document.values))
    if missing:
        raise Refused(f"Chưa ban hành được, còn thiếu: {', '.join(missing)}.")
    given = given_number(form, typed.symbol) if typed else None
    reserve_number(
        actor, document, form, given=given, year=issued_on.year, needs_approval=needs_approval, now=now
    )
    # Drawing takes a second or two: no lock is held meanwhile. The number already belongs to this paper;
    # when the process dies here, issuing again goes on with the same number.
    _freeze(document, form, issued_on=issued_on, signed=_signed(signer, typed), settings=settings)
    with act(actor, "document.issued", now=now) as event:
        changed = Document.update(
            state="issued",
            signer=None if typed else signer,
            issued_on=issued_on,
            issued_at=now,
            updated_at=now,
            issued_by=actor.user_id,
            snapshot=document.snapshot,
            pdf_sha256=document.pdf_sha256,
            docx_sha256=document.docx_sha256,
            version=Document.version + 1,
        ).where(Document.id == document.id, Document.state == "approved")
        if not changed.execute():
            raise Stale("Văn bản vừa được người khác ban hành hoặc hủy.")
        issued: Document = Document.get_by_id(document.id)
        for follow in _when_issued.get(document.form, ()):
            follow(actor, issued, now)
        event.about(issued)
        event.say(form=issued.form, symbol=issued.symbol, pdf=issued.pdf_sha256)
    return issued


IssuedHook = Callable[[Actor, Document, datetime], None]
_when_issued: dict[str, list[IssuedHook]] = {}


def when_issued(form: str) -> Callable[[IssuedHook], IssuedHook]:
    """Register what else happens, in the same transaction, when a paper of `form` is issued."""

    def register(hook: IssuedHook) -> IssuedHook:
        _when_issued.setdefault(form, []).append(hook)
        return hook

    return register


def _signed(signer: User | None, typed: OutsideIssue | None) -> dict[str, str] | None:
    """Title and name under the paper, as its snapshot keeps them."""
    if typed is not None:
        return {"title": typed.signer_title, "name": typed.signer_name}
    return {"title": signer.post, "name": signer.full_name} if signer else None


def _freeze(
    document: Document,
    form: FormDef,
    *,
    issued_on: date,
    signed: Mapping[str, str] | None,
    settings: Settings,
) -> None:
    body = document.case.run_by if document.case is not None and outside_signer(document) else ""
    document.issued_on = issued_on
    document.snapshot = {
        "values": document.values,
        "form_edition": form.edition,
        "signer": dict(signed) if signed else None,
        "issued_by": body,
    }
    rendered = render(document, today=issued_on, settings=settings)
    document.pdf_sha256 = files.store(settings.files, rendered.pdf)
    document.docx_sha256 = files.store(settings.files, rendered.docx)


def void_document(actor: Actor, document_id: int, *, reason: str, now: datetime) -> Document:
    """Withdraw an issued paper: its number stays in the register, marked void, and is never used again."""
    actor.require(Permission.ISSUE_DOCUMENTS)
    if not reason.strip():
        raise Invalid("Ghi lý do hủy.", field="reason")
    document = document_of(actor, document_id)
    with act(actor, "document.voided", now=now) as event:
        # A number of another body's book was only written down here: it is free to be written down rightly.
        kept = None if outside_signer(document) else document.number
        changed = Document.update(
            state="void", void_reason=reason.strip(), number=kept, updated_at=now
        ).where(
            Document.id == document.id,
            (Document.state == "issued") | Document.number.is_null(False),
            Document.state != "void",
        )
        if not changed.execute():
            raise Refused("Chỉ hủy được văn bản đã ban hành hoặc đã lấy số.")
        event.about(document)
        event.say(symbol=document.symbol, reason=reason.strip())
    return Document.get_by_id(document.id)
