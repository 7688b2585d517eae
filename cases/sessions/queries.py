"""Reads of sessions and ballots. Every one of them starts from `visible_to`."""

from collections.abc import Mapping
from dataclasses import replace

from peewee import ModelSelect

from cases.definitions import rules
from cases.errors import Invalid, NotFound
from cases.lifecycle.models import Case, Party
from cases.lifecycle.queries import visible_to as cases_visible_to
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.sessions.attendance import present_voters, voters_excluded
from cases.sessions.complaints import complaint_lines, is_complaint, option_label
from cases.sessions.models import AgendaItem, Ballot, Session
from cases.sessions.rules import Choice, choices_for
from cases.sessions.terms import COMPLAINT_STAGE_NAMES, STAGE_NAMES, SUBJECT_KINDS
from procedures.schema import Penalty, VoteKind

__all__ = [
    "ballot_of", "ballots_on", "choices_of", "item_of", "items_of", "items_visible_to", "lines_on_ballot",
    "outcome_label", "parties_on", "penalties_on_ballot", "present_voters", "session_of", "stage_names",
    "visible_to", "voters_excluded",
]  # fmt: skip


def visible_to(actor: Actor) -> "ModelSelect[Session]":
    """The sessions of the actor's own commission."""
    if not actor.may(Permission.SEE_SESSIONS):
        return Session.select().where(Session.id.is_null())
    return Session.select().where(Session.commission == actor.commission_id)


def session_of(actor: Actor, session_id: int) -> Session:
    found: Session | None = visible_to(actor).where(Session.id == session_id).first()
    if found is None:
        raise NotFound("Không có kỳ họp này.")
    return found


def items_visible_to(actor: Actor) -> "ModelSelect[AgendaItem]":
    """Agenda items whose case the actor may see: nobody reads the item about himself."""
    sessions, cases = visible_to(actor).select(Session.id), cases_visible_to(actor).select(Case.id)
    return AgendaItem.select().where(AgendaItem.session.in_(sessions), AgendaItem.case.in_(cases))


def items_of(actor: Actor, session: Session) -> list[AgendaItem]:
    """The items of a session that this person may see, in order."""
    query = items_visible_to(actor).where(AgendaItem.session == session.id)
    return list(query.order_by(AgendaItem.position))


def item_of(actor: Actor, item_id: int) -> AgendaItem:
    found: AgendaItem | None = items_visible_to(actor).where(AgendaItem.id == item_id).first()
    if found is None:
        raise NotFound("Không có nội dung này trong chương trình kỳ họp, hoặc đồng chí không được xem.")
    return found


def ballots_on(item: AgendaItem) -> list[Ballot]:
    return list(Ballot.select().where(Ballot.item == item.id).order_by(Ballot.id))


def parties_on(item: AgendaItem) -> list[Party]:
    """The subjects an item is about."""
    return list(Party.select().where(Party.case == item.case_id).order_by(Party.id))


def ballot_of(actor: Actor, ballot_id: int) -> Ballot:
    items = items_visible_to(actor).select(AgendaItem.id)
    found: Ballot | None = Ballot.select().where(Ballot.id == ballot_id, Ballot.item.in_(items)).first()
    if found is None:
        raise NotFound("Không có cuộc bỏ phiếu này, hoặc đồng chí không được xem.")
    return found


def penalties_on_ballot(party: Party) -> tuple[Penalty, ...]:
    """Every form on the slip for this subject, heaviest first, "không kỷ luật" last (V-01).

    Forms that this subject cannot get are left off: removal without a post, removal and expulsion of a
    probationary member. None when the vote is about a complaint.
    """
    if is_complaint(party.case):
        return ()
    return tuple(
        penalty
        for penalty in rules().penalties_for(SUBJECT_KINDS[party.kind])
        if not (penalty.needs_post and not holds_post(party))
        and not (penalty.official_only and not is_official(party))
    )


def holds_post(party: Party) -> bool:
    """Whether the subject has a post to be removed from; plain membership is none."""
    posts = (party.party_post, party.government_post)
    return any(post.strip() and not post.strip().lower().startswith("đảng viên") for post in posts)


def is_official(party: Party) -> bool:
    """Whether the subject is an official member; one who is known by name only counts as official."""
    return party.member is None or party.member.official_on is not None


def lines_on_ballot(party: Party, stage: VoteKind) -> tuple[Choice, ...]:
    """The lines of the ballot on this subject without votes: forms of discipline, or what may become of a
    complaint."""
    if is_complaint(party.case):
        return complaint_lines()
    book, penalties = rules(), penalties_on_ballot(party)
    needed = {penalty.vote_rule(stage): book.vote_rule(penalty.vote_rule(stage)) for penalty in penalties}
    return choices_for(penalties, needed, {}, stage=stage)


def choices_of(party: Party, stage: VoteKind, votes: Mapping[str, int]) -> tuple[Choice, ...]:
    """The lines of a ballot with their votes, ready to be counted. Raises Invalid for one not on it."""
    lines = lines_on_ballot(party, stage)
    strangers = votes.keys() - {line.id for line in lines}
    if strangers:
        raise Invalid("Có hình thức không ghi trên lá phiếu này.", field="votes", forms=sorted(strangers))
    return tuple(replace(line, votes=votes.get(line.id, 0)) for line in lines)


def outcome_label(party: Party, outcome: str) -> str:
    """The words of what a vote came to; empty when nothing reached its threshold."""
    if not outcome:
        return ""
    if is_complaint(party.case):
        return option_label(outcome)
    return str(rules().penalty(outcome, SUBJECT_KINDS[party.kind]).label)


def stage_names(case: Case) -> Mapping[str, str]:
    """What the two kinds of ballot are called in a case."""
    return COMPLAINT_STAGE_NAMES if is_complaint(case) else STAGE_NAMES
