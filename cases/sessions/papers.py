"""Papers of a session, drafted with everything filled in: minutes C18, ballots G05 and G06, count G07."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader, PdfWriter

from cases.clock import VIETNAM
from cases.db import transaction
from cases.documents.facts import about_party
from cases.documents.models import Document
from cases.documents.operations import draft_document, issue_document, when_issued
from cases.documents.rendering import pdf_of
from cases.documents.vote_facts import about_ballot, about_meeting, about_session
from cases.errors import Invalid, Refused
from cases.intake.vault import Vault
from cases.lifecycle.models import CaseStep
from cases.lifecycle.progress import edition_of, latest_row
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.sessions.case_steps import advance
from cases.sessions.complaints import is_complaint
from cases.sessions.models import AgendaItem, Ballot
from cases.sessions.queries import ballot_of, ballots_on, item_of, lines_on_ballot
from cases.sessions.terms import STAGES
from cases.sessions.voting_steps import ballot_steps, session_steps
from cases.settings import Settings
from procedures.schema import Step

SLIPS: Final = {"propose": "G05", "decide": "G06"}
SLIP_ON_A_COMPLAINT: Final = "F04"
MINUTES_OF_SESSION: Final = "C18"
MINUTES_OF_COUNT: Final = "G07"
MOST_COPIES: Final = 60


def draft_session_minutes(actor: Actor, item_id: int, *, vault: Vault, now: datetime) -> Document:
    """The minutes of one item of a session; the same paper again while one lives."""
    item = item_of(actor, item_id)
    if item.minutes is not None and item.minutes.state != "void":
        return item.minutes
    if item.state != "concluded":
        raise Refused("Ghi kết luận của nội dung này rồi lập biên bản.")
    counted = [ballot for ballot in ballots_on(item) if ballot.state == "counted"]
    known = _facts(
        about_session=about_session(item), about_meeting=about_meeting(item), about_ballot=_votes(counted)
    )
    known["commission.member_total"] = item.session.total_members
    with transaction():
        document = _draft(
            actor, item, MINUTES_OF_SESSION, session_steps, known, {"has_vote": bool(counted)},
            vault=vault, now=now,
        )  # fmt: skip
        AgendaItem.update(minutes=document).where(AgendaItem.id == item.id).execute()
    return document


def _votes(counted: Sequence[Ballot]) -> Mapping[str, Any]:
    """The votes on an item: those of its only ballot, or the results of all of them by subject."""
    if len(counted) == 1:
        return about_ballot(counted[0])
    rows = [
        {**row, "option": f"{ballot.party.name}: {row['option']}"}
        for ballot in counted
        for row in about_ballot(ballot)["results"]
    ]
    return {"name": "thi hành kỷ luật đối với từng đối tượng", "results": rows} if rows else {}


def print_slips(
    actor: Actor, ballot_id: int, *, copies: int, vault: Vault, settings: Settings, today: date, now: datetime
) -> bytes:
    """`copies` blank slips as one PDF. The slip is recorded in the file once; it names no voter.

    Raises Invalid for a number of copies that no vote here can need.
    """
    actor.require(Permission.WRITE_DOCUMENTS)
    ballot = ballot_of(actor, ballot_id)
    if ballot.state != "open":
        raise Refused("Cuộc bỏ phiếu này đã kiểm phiếu, không in phiếu nữa.")
    if not 1 <= copies <= MOST_COPIES:
        raise Invalid(f"Số phiếu in từ 1 đến {MOST_COPIES}.", field="copies")
    slip = ballot.slip
    if slip is None or slip.state == "void":
        known = _facts(about_session=about_session(ballot.item), about_party=about_party(ballot.party))
        lines = lines_on_ballot(ballot.party, STAGES[ballot.stage])
        known["vote.options"] = [line.label for line in lines]
        with transaction():
            slip = _draft(
                actor, ballot.item, _slip_form(ballot), ballot_steps, known, {}, vault=vault, now=now
            )
            Ballot.update(slip=slip).where(Ballot.id == ballot.id).execute()
    if slip.state != "issued":
        slip = issue_document(actor, slip.id, issued_on=today, signer_id=None, settings=settings, now=now)
    return _repeated(pdf_of(slip, today=today, settings=settings), copies)


def draft_count_minutes(actor: Actor, ballot_id: int, *, vault: Vault, now: datetime) -> Document:
    """The minutes of the count, filled from the sealed totals; the same paper again while one lives."""
    ballot = ballot_of(actor, ballot_id)
    if ballot.minutes is not None and ballot.minutes.state != "void":
        return ballot.minutes
    if ballot.state != "counted":
        raise Refused("Nhập kết quả kiểm phiếu rồi lập biên bản.")
    known = _facts(
        about_session=about_session(ballot.item), about_meeting=about_meeting(ballot.item),
        about_ballot=about_ballot(ballot), about_party=about_party(ballot.party),
    )  # fmt: skip
    known["meeting.ends_at"] = ballot.counted_at.astimezone(VIETNAM).strftime("%H:%M")
    with transaction():
        document = _draft(
            actor, ballot.item, MINUTES_OF_COUNT, ballot_steps, known, {}, vault=vault, now=now
        )  # fmt: skip
        Ballot.update(minutes=document).where(Ballot.id == ballot.id).execute()
    return document


_GROUPS: Final = {
    "about_session": "session", "about_meeting": "meeting", "about_ballot": "vote", "about_party": "subject",
}  # fmt: skip


def _facts(**groups: Mapping[str, Any]) -> dict[str, Any]:
    """Facts by origin name; unknown ones are left out, so that the field stays open."""
    return {
        f"{_GROUPS[group]}.{name}": value
        for group, facts in groups.items()
        for name, value in facts.items()
        if value not in (None, "", [], ())
    }


def _draft(
    actor: Actor,
    item: AgendaItem,
    form: str,
    held_at: Callable[[Iterable[Step]], list[Step]],
    known: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    vault: Vault,
    now: datetime,
) -> Document:
    step = _step_row(item, held_at)
    return draft_document(
        actor, form=form, vault=vault, case_id=item.case_id, step_id=step.id if step else None, known=known,
        values=values, now=now,
    )  # fmt: skip


def _slip_form(ballot: Ballot) -> str:
    return SLIP_ON_A_COMPLAINT if is_complaint(ballot.item.case) else SLIPS[ballot.stage]


def _step_row(item: AgendaItem, held_at: Callable[[Iterable[Step]], list[Step]]) -> CaseStep | None:
    keys = [step.key for step in held_at(edition_of(item.case).steps)]
    return latest_row(item.case, keys[0]) if keys else None


def _repeated(data: bytes, copies: int) -> bytes:
    writer = PdfWriter()
    reader = PdfReader(BytesIO(data))
    for _ in range(copies):
        writer.append_pages_from_reader(reader)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _goes_on(find: Callable[[Document], AgendaItem | None]) -> Callable[[Actor, Document, datetime], None]:
    def go_on(actor: Actor, document: Document, now: datetime) -> None:
        item = find(document)
        if item is not None:
            advance(actor, item, now=now)

    return go_on


def _item_of_minutes(document: Document) -> AgendaItem | None:
    found: AgendaItem | None = AgendaItem.get_or_none(AgendaItem.minutes == document.id)
    return found


def _item_of_ballot_paper(document: Document) -> AgendaItem | None:
    ballot = Ballot.get_or_none((Ballot.slip == document.id) | (Ballot.minutes == document.id))
    return ballot.item if ballot is not None else None


when_issued(MINUTES_OF_SESSION)(_goes_on(_item_of_minutes))
for _code in (MINUTES_OF_COUNT, SLIP_ON_A_COMPLAINT, *SLIPS.values()):
    when_issued(_code)(_goes_on(_item_of_ballot_paper))
