"""Verbs of discipline decisions: record from a counted ballot, number at issue, announce."""

from datetime import date, datetime

from peewee import IntegrityError

from cases.audit.operations import act
from cases.clock import local_day
from cases.db import database
from cases.decisions.dates import effective_on, ends_on
from cases.decisions.models import Decision
from cases.decisions.queries import DECIDE, NO_PENALTY, decision_of, next_paper, paper_after
from cases.documents.models import Document
from cases.documents.operations import when_issued
from cases.errors import Invalid, Refused
from cases.lifecycle.models import Finding, Party
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.sessions.models import Ballot, OutsideVote
from cases.sessions.outside_votes import outside_vote_of
from cases.sessions.queries import ballot_of
from cases.text import clean_line, clean_text, short_date

DISCIPLINE_PAPERS = ("G10", "G11")


def record_decision(actor: Actor, ballot_id: int, *, removed_post: str = "", now: datetime) -> Decision:
    """Turn the outcome of a deciding ballot into a decision waiting for its paper (G10).

    Refused for a form above the commission's own power: that one is proposed upward (G09).
    """
    actor.require(Permission.RUN_SESSIONS)
    ballot = ballot_of(actor, ballot_id)
    if ballot.state != "counted" or ballot.stage != DECIDE:
        raise Refused("Chỉ lập quyết định từ cuộc bỏ phiếu quyết định đã kiểm phiếu.")
    if ballot.outcome in NO_PENALTY:
        raise Refused("Kết quả bỏ phiếu không có hình thức kỷ luật nào; không lập quyết định kỷ luật.")
    follows = next_paper(ballot)
    if follows.form not in DISCIPLINE_PAPERS:
        raise Refused(" ".join(follows.lines))
    return _record(actor, ballot, removed_post, now=now)


def record_outside_decision(actor: Actor, vote_id: int, *, removed_post: str = "", now: datetime) -> Decision:
    """Turn the outcome of another body's deciding vote into a decision waiting for its paper."""
    actor.require(Permission.RUN_SESSIONS)
    vote = outside_vote_of(actor, vote_id)
    follows = paper_after(vote)
    if follows.form not in DISCIPLINE_PAPERS:
        raise Refused(" ".join(follows.lines))
    return _record(actor, vote, removed_post, now=now)


def _record(actor: Actor, vote: Ballot | OutsideVote, removed_post: str, *, now: datetime) -> Decision:
    post = clean_line(removed_post)[:200]
    if vote.outcome == "removal" and not post:
        raise Invalid("Ghi rõ chức vụ bị cách.", field="removed_post")
    with act(actor, "decision.recorded", now=now) as event:
        try:
            with database.atomic():
                decision = _create(actor, vote, post, now=now)
        except IntegrityError as error:
            raise Refused("Đã lập quyết định từ kết quả bỏ phiếu này.") from error
        event.about(decision)
        event.say(penalty=decision.penalty)
    return decision


def _create(actor: Actor, vote: Ballot | OutsideVote, removed_post: str, *, now: datetime) -> Decision:
    party = vote.party
    case, found = party.case, _violations(party)
    ours = isinstance(vote, Ballot)
    return Decision.create(
        commission=case.commission_id, case=case, party=party, ballot=vote if ours else None,
        outside_vote=None if ours else vote, subject_kind=party.kind,
        subject_name=party.name, subject_member=party.member, subject_organisation=party.organisation,
        birth_date=party.member.birth_date if party.member else None,
        post=", ".join(filter(None, (party.party_post, party.government_post)))[:200], unit=party.unit,
        managed_by=party.managed_by, violation="; ".join(finding.text for finding in found),
        group=found[0].group if found else "", penalty=vote.outcome, removed_post=removed_post,
        deciding_body=vote.body_name, origin=case.procedure, created_by=actor.user_id, created_at=now,
    )  # fmt: skip


def _violations(party: Party) -> list[Finding]:
    """The disciplinary findings on one subject, and those that name nobody."""
    own = Finding.party.is_null() | (Finding.party == party.id)
    query = Finding.select().where(Finding.case == party.case_id, Finding.disciplinary, own)
    return list(query.order_by(Finding.id))


@when_issued("G10")
@when_issued("G11")
def number_decision(actor: Actor, document: Document, now: datetime) -> None:
    """Take number and day of the issued paper into the register, and compute effect by the rule in force."""
    decision = _decision_on(document)
    if decision is None or document.issued_on is None:
        return
    with act(actor, "decision.issued", now=now) as event:
        decision.document, decision.number_text, decision.number = document, document.symbol, document.number
        decision.signed_on = document.issued_on
        decision.effective_on = effective_on(decision)
        decision.save()
        event.about(decision)
        event.say(number=document.symbol, penalty=decision.penalty)


def _decision_on(document: Document) -> Decision | None:
    """The decision whose paper this is; one drafted by hand serves the only decision without a paper."""
    own: Decision | None = Decision.get_or_none(Decision.document == document.id)
    if own is not None or document.case_id is None:
        return own
    waiting = list(Decision.select().where(Decision.case == document.case_id, Decision.document.is_null()))
    return waiting[0] if len(waiting) == 1 else None


def announce_decision(
    actor: Actor,
    decision_id: int,
    *,
    announced_on: date,
    received_on: date | None,
    now: datetime,
    refusal: str = "",
) -> Decision:
    """Record the announcement and the receipt, or the refusal to receive (valid all the same, Q-06).

    Effect under older rules begins here; the end after twelve months is counted from here (Q-08).
    """
    actor.require(Permission.RECORD_DECISIONS)
    decision = decision_of(actor, decision_id)
    words = clean_text(refusal)
    _check_days(decision, announced_on, received_on, words, today=local_day(now))
    with act(actor, "decision.announced", now=now) as event:
        earlier = Decision.get_by_id(decision.id).announced_on
        if earlier is not None and earlier != announced_on:
            raise Refused(
                f"Quyết định đã ghi công bố ngày {short_date(earlier)}; "
                "chỉ bổ sung được ngày nhận hoặc việc từ chối nhận.",
                field="announced_on",
            )
        decision.announced_on, decision.received_on, decision.refusal = announced_on, received_on, words
        decision.effective_on = effective_on(decision)
        decision.ends_on = ends_on(decision)
        decision.save()
        event.about(decision)
        event.say(
            announced_on=announced_on.isoformat(),
            received_on=received_on.isoformat() if received_on else None,
            refused=bool(words),
        )
    return decision


def _check_days(
    decision: Decision, announced_on: date, received_on: date | None, refusal: str, *, today: date
) -> None:
    if decision.signed_on is None:
        raise Refused("Quyết định chưa ký ban hành, chưa công bố được.")
    if announced_on < decision.signed_on:
        raise Invalid("Ngày công bố không được trước ngày ký.", field="announced_on")
    if received_on is not None and received_on < decision.signed_on:
        raise Invalid("Ngày nhận quyết định không được trước ngày ký.", field="received_on")
    if announced_on > today:
        raise Invalid("Ngày công bố không được sau hôm nay.", field="announced_on")
    if received_on is not None and received_on > today:
        raise Invalid("Ngày nhận quyết định không được sau hôm nay.", field="received_on")
    if received_on is not None and refusal:
        raise Invalid("Đã ghi ngày nhận thì không ghi việc từ chối nhận.", field="refusal")
