"""Papers of a decision, drafted with everything filled in: G10/G11, the submission G09, the minutes G12."""

from datetime import datetime
from typing import Any

from cases.clock import local_day
from cases.db import transaction
from cases.decisions.dates import starts_with_signature
from cases.decisions.models import Decision
from cases.decisions.queries import decision_of, next_paper, paper_after
from cases.documents.facts import about_party, violations
from cases.documents.models import Document
from cases.documents.operations import draft_document
from cases.documents.vote_facts import about_ballot, about_decision
from cases.errors import Refused
from cases.intake.vault import Vault
from cases.lifecycle.models import Case, CaseStep, Party
from cases.lifecycle.progress import edition_of, latest_row
from cases.people.actor import Actor
from cases.sessions.complaints import SETTLEMENT
from cases.sessions.models import Ballot, OutsideVote
from cases.sessions.queries import ballot_of
from procedures.schema import StepType

ANNOUNCEMENT = "G12"
SUBMISSION = "G09"


def draft_decision_paper(actor: Actor, decision_id: int, *, vault: Vault, now: datetime) -> Document:
    """The paper of a decision; the same one again while it lives. A void one is replaced by a new draft."""
    decision = decision_of(actor, decision_id)
    paper = decision.document
    if paper is not None and paper.state != "void":
        return paper
    if decision.case is None or decision.party is None:
        raise Refused("Quyết định này nhập từ sổ giấy, không soạn văn bản tại đây.")
    form = "G10" if decision.subject_kind == "member" else "G11"
    today = local_day(now)
    known = _known(decision.party, about_decision(decision))
    known["decision.violations"] = violations(decision.case, decision.party_id)
    if starts_with_signature(decision, today):
        known["decision.effective_on"] = today
    with transaction():
        document = draft_document(
            actor, form=form, vault=vault, now=now, case_id=decision.case_id, known=known,
            step_id=_step_id(decision.case, StepType.SIGN), values={"removed_posts": decision.removed_post},
        )  # fmt: skip
        decision.document = document
        if paper is not None:
            decision.number_text, decision.number, decision.signed_on, decision.effective_on = (
                "",
                None,
                None,
                None,
            )
        decision.save()
    return document


def draft_submission(actor: Actor, ballot_id: int, *, vault: Vault, now: datetime) -> Document:
    """The submission to the body above, from a ballot that proposes a form."""
    ballot = ballot_of(actor, ballot_id)
    follows = next_paper(ballot)
    if follows.form != SUBMISSION:
        raise Refused(" ".join(follows.lines))
    case = ballot.item.case
    known = _known(ballot.party, {"penalty": ballot.outcome})
    known |= {f"vote.{name}": value for name, value in about_ballot(ballot).items()}
    known["decision.violations"] = violations(case, ballot.party_id)
    return draft_document(
        actor, form=SUBMISSION, vault=vault, now=now, case_id=case.id, known=known,
        step_id=_step_id(case, StepType.REFER),
    )  # fmt: skip


def draft_settlement(actor: Actor, vote: Ballot | OutsideVote, *, vault: Vault, now: datetime) -> Document:
    """The decision on a complaint, with the result of the vote; the voter's words are typed in it."""
    follows = next_paper(vote) if isinstance(vote, Ballot) else paper_after(vote)
    if follows.form != SETTLEMENT:
        raise Refused(" ".join(follows.lines))
    case = vote.party.case
    return draft_document(
        actor, form=SETTLEMENT, vault=vault, now=now, case_id=case.id, known=_known(vote.party, {}),
        values={"result": vote.outcome}, step_id=_step_id(case, StepType.SIGN),
    )  # fmt: skip


def draft_announcement(actor: Actor, decision_id: int, *, vault: Vault, now: datetime) -> Document:
    """The minutes of announcing and handing over; the same ones again while they live."""
    decision = decision_of(actor, decision_id)
    if decision.announcement is not None and decision.announcement.state != "void":
        return decision.announcement
    if decision.case is None or decision.party is None:
        raise Refused("Quyết định này nhập từ sổ giấy, không soạn văn bản tại đây.")
    if decision.announced_on is None:
        raise Refused("Ghi ngày công bố quyết định rồi lập biên bản.")
    known = _known(decision.party, about_decision(decision)) | {"meeting.date": decision.announced_on}
    values: dict[str, Any] = {"receipt": "received"} if decision.received_on else {}
    if decision.refusal:
        values = {"receipt": "refused", "refusal_note": decision.refusal}
    with transaction():
        document = draft_document(
            actor, form=ANNOUNCEMENT, vault=vault, now=now, case_id=decision.case_id, known=known,
            values=values, step_id=_step_id(decision.case, StepType.PUBLISH),
        )  # fmt: skip
        Decision.update(announcement=document).where(Decision.id == decision.id).execute()
    return document


def _known(party: Party, decision: Any) -> dict[str, Any]:
    facts = {f"subject.{name}": value for name, value in about_party(party).items()}
    facts |= {f"decision.{name}": value for name, value in decision.items()}
    return {name: value for name, value in facts.items() if value not in (None, "", [], ())}


def _step_id(case: Case, kind: StepType) -> int | None:
    keys = [step.key for step in edition_of(case).steps if step.type is kind]
    row: CaseStep | None = latest_row(case, keys[0]) if keys else None
    return row.id if row is not None else None
