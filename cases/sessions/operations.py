"""Verbs of sessions: plan, open, agenda, attendance, secret ballot, conclusion, close."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from peewee import IntegrityError, fn

from cases.audit.operations import act
from cases.db import database
from cases.definitions import rules
from cases.errors import Invalid, Refused
from cases.lifecycle.models import Party
from cases.lifecycle.queries import case_of
from cases.people.actor import Actor
from cases.people.models import User
from cases.people.permissions import Permission
from cases.people.queries import commission_of, user_of, voting_members
from cases.people.series import take_number
from cases.sessions.models import AgendaItem, Attendance, Ballot, BallotTally, Session
from cases.sessions.queries import (
    ballot_of,
    choices_of,
    item_of,
    present_voters,
    session_of,
    voters_excluded,
)
from cases.sessions.rules import VoteResult, count_votes, quorum, threshold_of
from cases.sessions.tally import Tally
from cases.text import nfc
from procedures.schema import SubjectKind, VoteKind


def plan_session(
    actor: Actor, *, held_on: date, starts_at: str, place: str, chair_id: int, secretary_id: int, now: datetime
) -> Session:
    """Announce a session; its number runs on within the term."""
    actor.require(Permission.RUN_SESSIONS)
    commission = commission_of(actor)
    chair = user_of(actor, chair_id)
    if not voting_members(commission.id).where(User.id == chair.id).exists():
        raise Invalid("Người chủ trì phải là thành viên Ủy ban Kiểm tra.", field="chair")
    with act(actor, "session.planned", now=now) as event:
        session = Session.create(
            commission=commission, number=take_number(commission.id, "session", commission.term_name),
            term=commission.term_name, held_on=held_on, starts_at=starts_at, place=nfc(place).strip(), chair=chair,
            secretary=user_of(actor, secretary_id), created_by=actor.user_id,
        )  # fmt: skip
        event.about(session)
        event.say(number=session.number)
    return session


def add_item(actor: Actor, session_id: int, *, case_id: int, title: str, reporter: str, now: datetime) -> AgendaItem:
    actor.require(Permission.RUN_SESSIONS)
    session, case = session_of(actor, session_id), case_of(actor, case_id)
    with act(actor, "session.item_added", now=now) as event:
        _require_state(session.id, "planned", "open")
        if case.state != "open":
            raise Refused("Hồ sơ này đã kết thúc, không đưa vào chương trình kỳ họp được.")
        last = AgendaItem.select(fn.max(AgendaItem.position)).where(AgendaItem.session == session).scalar() or 0
        try:
            with database.atomic():
                item = AgendaItem.create(
                    session=session, case=case, position=last + 1, title=nfc(title).strip() or case.title,
                    reporter=nfc(reporter).strip(),
                )  # fmt: skip
        except IntegrityError as error:
            raise Refused("Hồ sơ này đã có trong chương trình kỳ họp.") from error
        event.about(item)
    return item


def record_attendance(
    actor: Actor, session_id: int, *, present: Sequence[int], reasons: Mapping[int, str], now: datetime
) -> None:
    """Write down who attends; who is absent gives a reason. Possible until the first ballot is opened."""
    actor.require(Permission.RUN_SESSIONS)
    session = session_of(actor, session_id)
    members = list(voting_members(session.commission_id))
    strangers = set(present) - {member.id for member in members}
    if strangers:
        raise Invalid("Chỉ điểm danh thành viên Ủy ban Kiểm tra.", field="present")
    with act(actor, "session.attendance_recorded", now=now) as event:
        _require_state(session.id, "planned", "open")
        if Ballot.select().join(AgendaItem).where(AgendaItem.session == session).exists():
            raise Refused("Kỳ họp đã mở bỏ phiếu, không sửa điểm danh được nữa.")
        Attendance.delete().where(Attendance.session == session).execute()
        Attendance.insert_many(
            [
                {
                    "session": session, "user": member, "present": member.id in present,
                    "reason": "" if member.id in present else nfc(reasons.get(member.id, "")).strip(),
                }
                for member in members
            ]
        ).execute()  # fmt: skip
        event.about(session)
        event.say(present=len(set(present)), total=len(members))


def open_session(actor: Actor, session_id: int, *, now: datetime) -> Session:
    """Open a session once more than half of all members attend; the total of members is fixed here (V-07)."""
    actor.require(Permission.RUN_SESSIONS)
    session = session_of(actor, session_id)
    with act(actor, "session.opened", now=now) as event:
        _require_state(session.id, "planned")
        attendance = list(session.attendance)
        if not attendance:
            raise Refused("Điểm danh trước khi khai mạc.")
        needed = quorum(
            present=sum(a.present for a in attendance),
            total=len(attendance),
            threshold=threshold_of(rules().vote_rule("V-02-decide")),
        )
        if not needed.reached:
            raise Refused(
                f"Có mặt {needed.present}, cần ít nhất {needed.needed} thành viên để kỳ họp đủ điều kiện quyết định."
            )
        Session.update(state="open", total_members=len(attendance)).where(Session.id == session.id).execute()
        event.about(session)
        event.say(present=needed.present, total=len(attendance))
    return Session.get_by_id(session.id)


def open_ballot(
    actor: Actor, item_id: int, *, party_id: int, stage: VoteKind, tellers: Sequence[Mapping[str, str]], now: datetime
) -> Ballot:
    """Open a secret vote on one subject. `tellers` are rows {full_name, post, duty}; a candidate is no teller."""
    actor.require(Permission.RUN_SESSIONS)
    item = item_of(actor, item_id)
    party = Party.get_or_none(Party.id == party_id, Party.case == item.case)
    if party is None:
        raise Invalid("Chọn đối tượng của hồ sơ.", field="party")
    if not tellers:
        raise Invalid("Ghi tổ kiểm phiếu, ít nhất một người.", field="tellers")
    if any(teller["full_name"] == party.name for teller in tellers):
        raise Invalid("Người được bỏ phiếu xem xét không được là thành viên tổ kiểm phiếu.", field="tellers")
    with act(actor, "ballot.opened", now=now) as event:
        _require_state(item.session_id, "open")
        session = Session.get_by_id(item.session_id)
        try:
            with database.atomic():
                ballot = Ballot.create(
                    item=item, party=party, stage=stage.value, body_name=session.commission.name,
                    base_total=session.total_members, present=present_voters(item),
                    tellers=[dict(teller) for teller in tellers],
                )  # fmt: skip
        except IntegrityError as error:
            raise Refused("Đã mở bỏ phiếu cho đối tượng này trong kỳ họp.") from error
        event.about(ballot)
        event.case_id = item.case_id
        event.say(stage=stage.value, base_total=ballot.base_total, present=ballot.present)
    return ballot


def count_ballot(
    actor: Actor,
    ballot_id: int,
    *,
    issued: int,
    returned: int,
    valid: int,
    invalid: int,
    votes: Mapping[str, int],
    now: datetime,
) -> Ballot:
    """Enter the tellers' tally, once: it is checked, counted by the rules and sealed with a hash.

    Only totals are kept; nothing links a voter to a choice. Raises TallyRejected with every problem.
    """
    actor.require(Permission.COUNT_BALLOTS)
    ballot = ballot_of(actor, ballot_id)
    if actor.user_id in voters_excluded(ballot.item):
        raise Refused("Người có xung đột lợi ích không được kiểm phiếu.")
    tally = Tally(
        base_total=ballot.base_total, present=ballot.present, issued=issued, returned=returned, valid=valid,
        invalid=invalid,
    )  # fmt: skip
    result = count_votes(
        choices_of(ballot, dict(votes)), tally, stage=VoteKind(ballot.stage), subject_in_body=_in_body(ballot)
    )
    stored = result_of(result)
    seal = _seal(ballot, tally, votes, stored)
    with act(actor, "ballot.counted", now=now) as event:
        changed = Ballot.update(
            state="counted", issued=issued, returned=returned, valid=valid, invalid=invalid,
            outcome=result.outcome or "", result=stored, seal=seal, counted_by=actor.user_id, counted_at=now,
        ).where(Ballot.id == ballot.id, Ballot.state == "open")  # fmt: skip
        if not changed.execute():
            raise Refused("Kết quả kiểm phiếu đã được nhập, không nhập lần hai.")
        BallotTally.insert_many(
            [{"ballot": ballot, "option": s.id, "votes": s.votes} for s in result.standings]
        ).execute()
        event.about(ballot)
        event.case_id = ballot.item.case_id
        event.say(outcome=result.outcome, seal=seal)
    return Ballot.get_by_id(ballot.id)


def result_of(result: VoteResult) -> dict[str, object]:
    """The counted vote as JSON: outcome, how, standings, the steps in words, warnings."""
    return {
        "outcome": result.outcome,
        "how": result.how.value,
        "standings": [asdict(standing) for standing in result.standings],
        "steps": list(result.steps),
        "warnings": list(result.warnings),
    }


def _seal(ballot: Ballot, tally: Tally, votes: Mapping[str, int], result: Mapping[str, object]) -> str:
    """Hash of all that was counted; printed in the minutes, so that a later change shows."""
    facts = [ballot.id, ballot.party_id, ballot.stage, asdict(tally), dict(votes), result["outcome"]]
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _in_body(ballot: Ballot) -> bool:
    """Whether the person voted on is a member of the body that votes (V-08)."""
    if SubjectKind(ballot.party.kind) is not SubjectKind.MEMBER or ballot.party.member_id is None:
        return False
    voters = voting_members(ballot.item.session.commission_id)
    return bool(voters.where(User.member == ballot.party.member_id).exists())


def conclude_item(
    actor: Actor, item_id: int, *, discussion: str, conclusion: str, now: datetime
) -> AgendaItem:
    """Write down the discussion and what the commission concluded as a collective body."""
    actor.require(Permission.RUN_SESSIONS)
    if not conclusion.strip():
        raise Invalid("Ghi kết luận của Ủy ban Kiểm tra về nội dung này.", field="conclusion")
    item = item_of(actor, item_id)
    with act(actor, "session.item_concluded", now=now) as event:
        _require_state(item.session_id, "open")
        if Ballot.select().where(Ballot.item == item, Ballot.state == "open").exists():
            raise Refused("Còn cuộc bỏ phiếu chưa kiểm phiếu; nhập kết quả kiểm phiếu trước khi kết luận.")
        AgendaItem.update(
            discussion=nfc(discussion).strip(), conclusion=nfc(conclusion).strip(), state="concluded"
        ).where(AgendaItem.id == item.id).execute()
        event.about(item)
    return AgendaItem.get_by_id(item.id)


def postpone_item(actor: Actor, item_id: int, *, reason: str, now: datetime) -> AgendaItem:
    actor.require(Permission.RUN_SESSIONS)
    if not reason.strip():
        raise Invalid("Ghi lý do hoãn.", field="reason")
    item = item_of(actor, item_id)
    with act(actor, "session.item_postponed", now=now) as event:
        _require_state(item.session_id, "open")
        if item.ballots.exists():
            raise Refused("Nội dung đã bỏ phiếu, không hoãn được.")
        AgendaItem.update(state="postponed", discussion=nfc(reason).strip()).where(AgendaItem.id == item.id).execute()
        event.about(item)
        event.say(reason=nfc(reason).strip())
    return AgendaItem.get_by_id(item.id)


def close_session(actor: Actor, session_id: int, *, ends_at: str, now: datetime) -> Session:
    """Close a session in which nothing is left open."""
    actor.require(Permission.RUN_SESSIONS)
    session = session_of(actor, session_id)
    with act(actor, "session.closed", now=now) as event:
        _require_state(session.id, "open")
        open_ballots = (
            Ballot.select().join(AgendaItem).where(AgendaItem.session == session, Ballot.state == "open").count()
        )
        if open_ballots:
            raise Refused(f"Còn {open_ballots} cuộc bỏ phiếu chưa kiểm phiếu.")
        left = session.agenda.where(AgendaItem.state == "planned").count()
        if left:
            raise Refused(f"Còn {left} nội dung chưa kết luận; kết luận hoặc hoãn từng nội dung.")
        Session.update(state="closed", ends_at=ends_at).where(Session.id == session.id).execute()
        event.about(session)
    return Session.get_by_id(session.id)


def _require_state(session_id: int, *states: str) -> None:
    state = Session.get_by_id(session_id).state
    if state not in states:
        words = {"planned": "chưa khai mạc", "open": "đang họp", "closed": "đã bế mạc"}
        raise Refused(f"Kỳ họp {words[state]}, không làm được việc này.")
