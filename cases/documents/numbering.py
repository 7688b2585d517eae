"""The number of a paper: taken once from our own series, or kept as another body gave it."""

from datetime import datetime

from peewee import IntegrityError

from cases.audit.operations import act
from cases.db import database
from cases.documents.models import Document
from cases.documents.signing import GivenNumber
from cases.errors import Refused
from cases.people.actor import Actor
from cases.people.series import take_number
from forms.schema import FormDef


def reserve_number(
    actor: Actor,
    document: Document,
    form: FormDef,
    *,
    given: GivenNumber | None,
    year: int,
    needs_approval: bool,
    now: datetime,
) -> None:
    """Give the paper its number, once; a paper that nobody approves passes straight to "approved".

    A number that another body gave (`given`) is kept as that body's of the year; twice is refused.
    """
    ready = ["approved"] if needs_approval else ["draft", "returned", "approved"]
    with act(actor, "document.numbered", now=now) as event:
        locked = Document.update(state="approved", version=Document.version + 1).where(
            Document.id == document.id, Document.state.in_(ready)
        )
        if not locked.execute():
            raise Refused("Chỉ ban hành được văn bản đã duyệt và chưa ban hành.")
        current: Document = Document.get_by_id(document.id)
        if given is not None:
            _keep_given(current, given, year=year)
        elif form.numbered and current.number is None:
            commission = current.commission
            current.series, current.term = form.abbreviation, commission.term_name
            current.number = take_number(commission.id, str(form.abbreviation), commission.term_name)
            current.symbol = f"{current.number:02d}-{form.abbreviation}/{commission.symbol_suffix}"
            current.save()
        event.about(current)
        event.say(form=current.form, symbol=current.symbol)
    document.series, document.term = current.series, current.term
    document.number, document.symbol, document.state = current.number, current.symbol, "approved"


def _keep_given(document: Document, given: GivenNumber, *, year: int) -> None:
    document.symbol, document.number = given.symbol, given.number
    document.series, document.term = given.series or None, str(year)
    try:
        with database.atomic():
            document.save()
    except IntegrityError as error:
        raise Refused(
            f"Số {given.symbol} năm {year} đã ghi cho văn bản khác. Kiểm tra lại số trên văn bản.",
            field="symbol",
        ) from error
