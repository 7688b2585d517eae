"""Verbs of discipline decisions: record from a counted ballot, number at issue, announce."""

from datetime import date, datetime

from peewee import IntegrityError

from cases.audit.operations import act
from cases.db import database
from cases.decisions.models import Decision
from cases.decisions.queries import decision_of
from cases.decisions.rules import effect_date, effect_rule, end_of_effect
from cases.definitions import rules
from cases.documents.models import Document
from cases.documents.operations import when_issued
from cases.errors import Invalid, Refused
from cases.lifecycle.models import Finding
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.sessions.queries import ballot_of
from procedures.schema import EventType, Level

WITHOUT_END = ("expulsion", "dissolution")


def record_decision(actor: Actor, ballot_id: int, *, removed_post: str = "", now: datetime) -> Decision:
    """Turn the outcome of a deciding ballot into a decision waiting for its paper (G10)."""
    actor.require(Permission.RUN_SESSIONS)
    ballot = ballot_of(actor, ballot_id)
    if ballot.state != "counted" or ballot.stage != "decide":
        raise Refused("Chỉ lập quyết định từ cuộc bỏ phiếu quyết định đã kiểm phiếu.")
    if ballot.outcome in ("", "none"):
        raise Refused("Kết quả bỏ phiếu không có hình thức kỷ luật nào; không lập quyết định kỷ luật.")
    if ballot.outcome == "removal" and not removed_post.strip():
        raise Invalid("Ghi rõ chức vụ bị cách.", field="removed_post")
    party, case = ballot.party, ballot.item.case
    found = list(case.findings.where(Finding.disciplinary))
    with act(actor, "decision.recorded", now=now) as event:
        try:
            with database.atomic():
                decision = Decision.create(
                    commission=case.commission_id, case=case, party=party, ballot=ballot, subject_kind=party.kind,
                    subject_name=party.name, subject_member=party.member, subject_organisation=party.organisation,
                    birth_date=party.member.birth_date if party.member else None,
                    post=", ".join(filter(None, (party.party_post, party.government_post))), unit=party.unit,
                    managed_by=party.managed_by, violation="; ".join(f.text for f in found),
                    group=found[0].group if found else "", penalty=ballot.outcome,
                    removed_post=removed_post.strip(), deciding_body=ballot.body_name, origin=case.procedure,
                    created_by=actor.user_id, created_at=now,
                )  # fmt: skip
        except IntegrityError as error:
            raise Refused("Đã lập quyết định từ kết quả bỏ phiếu này.") from error
        event.about(decision)
        event.say(penalty=decision.penalty)
    return decision


@when_issued("G10")
@when_issued("G11")
def number_decision(actor: Actor, document: Document, now: datetime) -> None:
    """Take number and day of the issued paper into the register, and compute effect by the rule in force."""
    waiting = Decision.get_or_none(Decision.case == document.case, Decision.document.is_null())
    if waiting is None or document.issued_on is None:
        return
    with act(actor, "decision.issued", now=now) as event:
        waiting.document, waiting.number_text, waiting.number = document, document.symbol, document.number
        waiting.signed_on = document.issued_on
        waiting.effective_on = _effective_on(waiting)
        waiting.save()
        event.about(waiting)
        event.say(number=document.symbol, penalty=waiting.penalty)


def announce_decision(
    actor: Actor, decision_id: int, *, announced_on: date, received_on: date | None, now: datetime
) -> Decision:
    """Record the announcement (and receipt): effect under older rules, end after twelve months."""
    actor.require(Permission.RECORD_DECISIONS)
    decision = decision_of(actor, decision_id)
    if decision.signed_on is None:
        raise Refused("Quyết định chưa ký ban hành, chưa công bố được.")
    if announced_on < decision.signed_on:
        raise Invalid("Ngày công bố không được trước ngày ký.", field="announced_on")
    if received_on is not None and received_on < decision.signed_on:
        raise Invalid("Ngày nhận quyết định không được trước ngày ký.", field="received_on")
    with act(actor, "decision.announced", now=now) as event:
        decision.announced_on, decision.received_on = announced_on, received_on
        decision.effective_on = _effective_on(decision)
        decision.ends_on = _ends_on(decision)
        decision.save()
        event.about(decision)
        event.say(announced_on=announced_on.isoformat())
    return decision


def _effective_on(decision: Decision) -> date | None:
    rule = effect_rule(rules().time_limits, signed_on=decision.signed_on, level=_level(decision))
    if rule is None or rule.starts_on is None:
        return None
    happened = {EventType.DECISION_SIGNED: decision.signed_on}
    if decision.announced_on is not None:
        happened[EventType.DECISION_ANNOUNCED] = decision.announced_on
    return effect_date(rule.starts_on, happened).day


def _ends_on(decision: Decision) -> date | None:
    months = None
    if decision.penalty not in WITHOUT_END:
        months = rules().time_limit("Q-08", on=decision.announced_on).amount
    return end_of_effect(months, announced_on=decision.announced_on).day


def _level(decision: Decision) -> Level:
    return Level.PROVINCE if decision.commission.level == "tinh" else Level.GRASSROOTS


