"""Verbs of sessions: plan, attendance, agenda, open, conclude or postpone items, close.

The verbs of secret ballots are in `ballots`.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from peewee import IntegrityError, fn

from cases.audit.operations import act
from cases.clock import local_day
from cases.db import database
from cases.errors import Invalid, Refused
from cases.lifecycle.queries import case_of
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.people.queries import commission_of, user_of
from cases.people.series import take_number
from cases.sessions.attendance import members_of, quorum_of
from cases.sessions.ballots import count_ballot, open_ballot
from cases.sessions.case_steps import advance
from cases.sessions.holding import hold_item, hold_session
from cases.sessions.models import AgendaItem, Attendance, Ballot, Session
from cases.sessions.queries import item_of, session_of
from cases.sessions.readiness import readiness_of
from cases.text import clean_line, clean_text, short_date

__all__ = [
    "add_item", "close_session", "conclude_item", "count_ballot", "open_ballot", "open_session",
    "plan_session", "postpone_item", "record_attendance",
]  # fmt: skip

CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def plan_session(
    actor: Actor,
    *,
    held_on: date,
    starts_at: str,
    place: str,
    chair_id: int,
    secretary_id: int,
    now: datetime,
) -> Session:
    """Announce a session; its number runs on within the term. `starts_at` is HH:MM."""
    actor.require(Permission.RUN_SESSIONS)
    commission = commission_of(actor)
    chair, secretary = user_of(actor, chair_id), user_of(actor, secretary_id)
    if chair.id not in {member.id for member in members_of(commission.id)}:
        raise Invalid("Người chủ trì phải là thành viên Ủy ban Kiểm tra.", field="chair")
    if not clean_line(place):
        raise Invalid("Ghi địa điểm họp.", field="place")
    _require_clock(starts_at, field="starts_at")
    with act(actor, "session.planned", now=now) as event:
        session = Session.create(
            commission=commission, number=take_number(commission.id, "session", commission.term_name),
            term=commission.term_name, held_on=held_on, starts_at=starts_at, place=clean_line(place)[:200],
            chair=chair, secretary=secretary, created_by=actor.user_id,
        )  # fmt: skip
        event.about(session)
        event.say(number=session.number)
    return session


def add_item(
    actor: Actor, session_id: int, *, case_id: int, title: str = "", reporter: str = "", now: datetime
) -> AgendaItem:
    """Put a case whose step before the commission has come on the agenda. Missing papers only warn."""
    actor.require(Permission.RUN_SESSIONS)
    session, case = session_of(actor, session_id), case_of(actor, case_id)
    with act(actor, "session.item_added", now=now) as event:
        session = hold_session(session.id, "planned", "open")
        if case.state != "open":
            raise Refused("Hồ sơ này đã kết thúc, không đưa vào chương trình kỳ họp được.", field="case")
        found = readiness_of(case)
        if not found.addable:
            reasons = "; ".join(check.label for check in found.missing if check.blocks)
            raise Refused(f"{reasons}. Hoàn thành các bước trước rồi đưa vào chương trình.", field="case")
        last = AgendaItem.select(fn.MAX(AgendaItem.position)).where(AgendaItem.session == session.id).scalar()
        try:
            with database.atomic():
                item = AgendaItem.create(
                    session=session, case=case, position=(last or 0) + 1,
                    title=(clean_line(title) or case.title)[:400], reporter=clean_line(reporter)[:120],
                )  # fmt: skip
        except IntegrityError as error:
            raise Refused("Hồ sơ này đã có trong chương trình kỳ họp.", field="case") from error
        event.about(item)
        event.say(title=item.title, session=session.number)
    return item


def record_attendance(
    actor: Actor, session_id: int, *, present: Sequence[int], reasons: Mapping[int, str], now: datetime
) -> None:
    """Write down who attends; who is absent gives a reason. Possible until the first ballot is opened."""
    actor.require(Permission.RUN_SESSIONS)
    session = session_of(actor, session_id)
    members = members_of(session.commission_id)
    if set(present) - {member.id for member in members}:
        raise Invalid("Chỉ điểm danh thành viên Ủy ban Kiểm tra.", field="present")
    for member in members:
        if member.id not in present and not clean_line(reasons.get(member.id, "")):
            raise Invalid(
                f"Ghi lý do vắng mặt của đồng chí {member.full_name}, hoặc ghi “không có lý do”.",
                field=f"reason_{member.id}",
            )
    with act(actor, "session.attendance_recorded", now=now) as event:
        session = hold_session(session.id, "planned", "open")
        if Ballot.select().join(AgendaItem).where(AgendaItem.session == session.id).exists():
            raise Refused("Kỳ họp đã mở bỏ phiếu, không sửa điểm danh được nữa.")
        Attendance.delete().where(Attendance.session == session.id).execute()
        for member in members:
            there = member.id in present
            reason = "" if there else clean_line(reasons.get(member.id, ""))[:300]
            Attendance.create(session=session, user=member, present=there, reason=reason)
        if session.state == "open":
            _require_quorum(session)
            Session.update(total_members=len(members)).where(Session.id == session.id).execute()
        event.about(session)
        event.say(present=len(set(present)), total=len(members))


def open_session(actor: Actor, session_id: int, *, now: datetime) -> Session:
    """Open a session once more than half of all members attend; the total of members is fixed here (V-07)."""
    actor.require(Permission.RUN_SESSIONS)
    session = session_of(actor, session_id)
    with act(actor, "session.opened", now=now) as event:
        session = hold_session(session.id, "planned")
        if session.held_on > local_day(now):
            raise Refused(f"Kỳ họp ghi ngày {short_date(session.held_on)}, chưa đến ngày họp.")
        total = Attendance.select().where(Attendance.session == session.id).count()
        if not total:
            raise Refused("Điểm danh trước khi khai mạc.")
        present = _require_quorum(session)
        Session.update(state="open", total_members=total, version=Session.version + 1).where(
            Session.id == session.id
        ).execute()
        event.about(session)
        event.say(number=session.number, present=present, total=total)
    return Session.get_by_id(session.id)


def conclude_item(
    actor: Actor, item_id: int, *, discussion: str, conclusion: str, now: datetime, reporter: str = ""
) -> AgendaItem:
    """Write down who reported, the discussion and what the commission concluded as a collective body.

    The steps of the case that this settles are completed as soon as their papers are there.
    """
    actor.require(Permission.RUN_SESSIONS)
    item = item_of(actor, item_id)
    if not clean_text(conclusion):
        raise Invalid("Ghi kết luận của Ủy ban Kiểm tra về nội dung này.", field="conclusion")
    with act(actor, "session.item_concluded", now=now) as event:
        item = hold_item(item.id, "open")
        if Ballot.select().where(Ballot.item == item.id, Ballot.state == "open").exists():
            raise Refused(
                "Còn cuộc bỏ phiếu chưa kiểm phiếu; nhập kết quả kiểm phiếu trước khi kết luận.",
                field="conclusion",
            )
        item.discussion, item.conclusion = clean_text(discussion), clean_text(conclusion)
        item.reporter, item.state = clean_line(reporter)[:120] or item.reporter, "concluded"
        item.save()
        event.about(item)
        event.say(title=item.title, session=item.session.number)
        advance(actor, item, now=now)
    return AgendaItem.get_by_id(item.id)


def postpone_item(actor: Actor, item_id: int, *, reason: str, now: datetime) -> AgendaItem:
    """Leave an item to another session, with the reason; not once it was voted on."""
    actor.require(Permission.RUN_SESSIONS)
    item = item_of(actor, item_id)
    if not clean_text(reason):
        raise Invalid("Ghi lý do hoãn.", field="reason")
    with act(actor, "session.item_postponed", now=now) as event:
        item = hold_item(item.id, "planned", "open")
        if Ballot.select().where(Ballot.item == item.id).exists():
            raise Refused("Nội dung đã bỏ phiếu, không hoãn được.", field="reason")
        item.state, item.discussion = "postponed", clean_text(reason)
        item.save()
        event.about(item)
        event.say(title=item.title, reason=item.discussion)
    return AgendaItem.get_by_id(item.id)


def close_session(actor: Actor, session_id: int, *, ends_at: str, now: datetime) -> Session:
    """Close a session in which nothing is left open. `ends_at` is HH:MM, not before the start."""
    actor.require(Permission.RUN_SESSIONS)
    session = session_of(actor, session_id)
    _require_clock(ends_at, field="ends_at")
    if ends_at < session.starts_at:
        raise Invalid(f"Giờ bế mạc trước giờ khai mạc ({session.starts_at}).", field="ends_at")
    with act(actor, "session.closed", now=now) as event:
        session = hold_session(session.id, "open")
        left = open_points(session)
        if left:
            raise Refused(" ".join(left))
        Session.update(state="closed", ends_at=ends_at, version=Session.version + 1).where(
            Session.id == session.id
        ).execute()
        event.about(session)
        event.say(number=session.number)
    return Session.get_by_id(session.id)


def open_points(session: Session) -> list[str]:
    """What keeps a session from being closed, in sentences that give numbers and no titles."""
    items = AgendaItem.select().where(AgendaItem.session == session.id)
    ballots = Ballot.select().join(AgendaItem).where(
        AgendaItem.session == session.id, Ballot.state == "open"
    ).count()  # fmt: skip
    planned = items.where(AgendaItem.state == "planned").count()
    found = []
    if ballots:
        found.append(f"Còn {ballots} cuộc bỏ phiếu chưa kiểm phiếu.")
    if planned:
        found.append(f"Còn {planned} nội dung chưa kết luận; kết luận hoặc hoãn từng nội dung.")
    return found


def _require_quorum(session: Session) -> int:
    """How many attend; Refused when they are too few to decide."""
    found = quorum_of(session)
    if not found.reached:
        raise Refused(
            f"Có mặt {found.present}, cần ít nhất {found.needed} thành viên "
            "để kỳ họp đủ điều kiện quyết định."
        )
    return found.present


def _require_clock(text: str, *, field: str) -> None:
    if not CLOCK.fullmatch(text):
        raise Invalid("Ghi giờ theo dạng giờ:phút, ví dụ 08:00.", field=field)
