"""The life of a decision: how far it is, what stood in it, whom it still watches (Q-08 to Q-12).

The program tells; whether a decision has ended where the record is open, a person says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from peewee import ModelSelect

from cases.decisions.dates import ExplainedDate, dates_of, end_date, last_day, watched_from
from cases.decisions.life_facts import LifeFacts, facts_of, later_decision_in
from cases.decisions.models import Decision
from cases.decisions.queries import visible_to
from cases.definitions import rules
from cases.lifecycle.models import Party
from cases.lifecycle.queries import closed_to
from cases.people.actor import Actor
from cases.sessions.terms import SUBJECT_KINDS
from cases.text import short_date
from procedures.schema import SubjectKind
from procedures.terms import Term

SOON: Final = timedelta(days=60)  # how far ahead the list looks: a choice of the screen, no rule
RECENTLY: Final = timedelta(days=365)


class LifeState(Term):
    """How far a decision has come."""

    WAITING = "waiting", "chưa có hiệu lực"
    RUNNING = "running", "đang có hiệu lực"
    ENDING = "ending", "sắp hết hiệu lực"
    ENDED = "ended", "đã chấm dứt hiệu lực"
    KEPT = "kept", "không tự chấm dứt hiệu lực"
    UNSURE = "unsure", "quá ngày cuối, chờ xác định"
    ENDLESS = "endless", "không có thời hạn chấm dứt"


WATCHED: Final = frozenset({LifeState.RUNNING, LifeState.ENDING, LifeState.KEPT, LifeState.UNSURE})
VIEWS: Final = {
    "sap-het": "Sắp hết hiệu lực",
    "da-het": "Đã qua ngày hết hiệu lực",
    "chua-ro": "Chưa tính được ngày hết hiệu lực",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A decision on a day: its state with the words for it, its end, its last day of watch, all its dates."""

    decision: Decision
    state: LifeState
    words: tuple[str, ...]
    end: ExplainedDate
    last_day: date | None
    dates: tuple[ExplainedDate, ...]

    @property
    def watched(self) -> bool:
        """Whether Q-12 holds: no transfer, planning, appointment, promotion or reward meanwhile."""
        return self.decision.subject_kind == SubjectKind.MEMBER and self.state in WATCHED


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a decision's time line; `ahead` when it is still to come."""

    when: date
    title: str
    text: str = ""
    ahead: bool = False

    @property
    def draw(self) -> str:
        return "clock" if self.ahead else "record-circle"


def life_of(decision: Decision, *, today: date) -> Life:
    """How a decision stands today, as far as the record tells."""
    facts = facts_of(decision)
    end, last = end_date(decision, facts), last_day(decision, facts)
    state, words = _state(decision, facts, end, last, today=today)
    return Life(
        decision=decision, state=state, words=words, end=end, last_day=last,
        dates=dates_of(decision, facts),
    )  # fmt: skip


def _state(
    decision: Decision, facts: LifeFacts, end: ExplainedDate, last: date | None, *, today: date
) -> tuple[LifeState, tuple[str, ...]]:
    start = watched_from(decision, facts)
    if start > today:
        return LifeState.WAITING, ()
    if facts.lifted and end.day is not None and end.day <= today:
        return LifeState.ENDED, end.lines
    if last is None:
        return (LifeState.RUNNING if decision.announced_on is None else LifeState.ENDLESS), end.lines
    if end.day is None:
        return LifeState.KEPT, end.lines[1:]
    doubt = _doubt(decision, start, last)
    if today <= last:
        soon = today + SOON >= last
        return (LifeState.ENDING if soon else LifeState.RUNNING), doubt
    sure = not doubt and not facts.told_complaint
    return (LifeState.ENDED if sure else LifeState.UNSURE), doubt


def _doubt(decision: Decision, start: date, last: date) -> tuple[str, ...]:
    """What beside a complaint a person must look at before the decision counts as ended."""
    later = later_decision_in(decision, start, last)
    if later is None or later.signed_on is None:
        return ()
    return (
        f"Có quyết định {later.number_text} ngày {short_date(later.signed_on)} trong thời gian này; "
        "chưa rõ ngày vi phạm nên phải xác định có phải vi phạm mới không.",
    )


def moments_of(life: Life, *, today: date) -> list[Moment]:
    """What happened to a decision and what is still to come, in order of days."""
    decision, facts = life.decision, facts_of(life.decision)
    happened = [
        (decision.signed_on, "Ký ban hành", decision.number_text),
        (decision.announced_on, "Công bố", "Đối tượng từ chối nghe, nhận." if decision.refusal else ""),
        (decision.received_on, "Đối tượng nhận quyết định", ""),
        (facts.settled_on, "Công bố quyết định giải quyết khiếu nại", ""),
        *((one.day, one.label, " ".join(one.lines)) for one in life.dates if one.label != life.end.label),
        (life.end.day if facts.lifted else life.last_day, "Hết thời gian theo dõi", " ".join(life.end.lines)),
    ]
    found = [Moment(day, title, text, day > today) for day, title, text in happened if day is not None]
    return sorted(found, key=lambda one: one.when)


def watching(actor: Actor, member_id: int | None, *, today: date) -> list[Life]:
    """The decisions that still watch a member, for the page of that member: those the reader may open."""
    return _watching(visible_to(actor), member_id, today=today)


def watching_parties(actor: Actor, parties: Iterable[Party], *, today: date) -> dict[int, list[Life]]:
    """The same for the parties of a case, by party: whoever works on a case must know of them.

    Never those about the reader, nor of a case closed to the reader.
    """
    issued = Decision.select().where(
        Decision.commission == actor.commission_id, Decision.signed_on.is_null(False),
        Decision.case.is_null() | Decision.case.not_in(closed_to(actor)),
    )  # fmt: skip
    known = [(party.id, party.member_id) for party in parties if party.member_id != actor.member_id]
    found = {number: _watching(issued, member, today=today) for number, member in known}
    return {number: lives for number, lives in found.items() if lives}


def penalty_words(decision: Decision) -> str:
    """The name of its form of discipline."""
    return str(rules().penalty(decision.penalty, SUBJECT_KINDS[decision.subject_kind]).label)


def _watching(query: "ModelSelect[Decision]", member_id: int | None, *, today: date) -> list[Life]:
    if member_id is None:
        return []
    own = query.where(Decision.subject_member == member_id, Decision.signed_on.is_null(False))
    lives = [life_of(one, today=today) for one in own.order_by(Decision.signed_on.desc())]
    return [life for life in lives if life.watched]


def decisions_in(actor: Actor, view: str, *, today: date) -> "ModelSelect[Decision]":
    """Announced decisions by the day kept for lists: soon at an end, lately past it, or without one."""
    announced = visible_to(actor).where(Decision.announced_on.is_null(False))
    if view == "da-het":
        past = announced.where(Decision.ends_on < today, Decision.ends_on >= today - RECENTLY)
        return past.order_by(Decision.ends_on.desc(), Decision.id)
    if view == "chua-ro":
        endless = ("expulsion", "dissolution")
        open_end = announced.where(Decision.ends_on.is_null(), Decision.penalty.not_in(endless))
        return open_end.order_by(Decision.announced_on.desc(), Decision.id)
    soon = announced.where(Decision.ends_on >= today, Decision.ends_on <= today + SOON)
    return soon.order_by(Decision.ends_on, Decision.id)
