"""Reads of sessions and ballots. Every one of them starts from `visible_to`."""

from peewee import ModelSelect

from cases.definitions import rules
from cases.errors import NotFound
from cases.lifecycle.models import Party
from cases.lifecycle.queries import visible_to as cases_visible_to
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.people.queries import voting_members
from cases.sessions.models import AgendaItem, Ballot, Session
from cases.sessions.rules import Choice, choices_for
from procedures.schema import Penalty, SubjectKind, VoteKind


def visible_to(actor: Actor) -> ModelSelect:
    """The sessions of the actor's own commission."""
    if not actor.may(Permission.SEE_SESSIONS):
        return Session.select().where(Session.id.is_null())
    return Session.select().where(Session.commission == actor.commission_id)


def session_of(actor: Actor, session_id: int) -> Session:
    found = visible_to(actor).where(Session.id == session_id).first()
    if found is None:
        raise NotFound("Không có kỳ họp này.")
    return found


def items_visible_to(actor: Actor) -> ModelSelect:
    """Agenda items whose case the actor may see: nobody reads the item about himself."""
    sessions, cases = visible_to(actor), cases_visible_to(actor)
    return AgendaItem.select().where(
        AgendaItem.session.in_(sessions.select(sessions.model.id)),
        AgendaItem.case.in_(cases.select(cases.model.id)),
    )


def item_of(actor: Actor, item_id: int) -> AgendaItem:
    found = items_visible_to(actor).where(AgendaItem.id == item_id).first()
    if found is None:
        raise NotFound("Không có nội dung này trong chương trình kỳ họp, hoặc đồng chí không được xem.")
    return found


def ballot_of(actor: Actor, ballot_id: int) -> Ballot:
    items = items_visible_to(actor)
    found = Ballot.select().where(Ballot.id == ballot_id, Ballot.item.in_(items.select(items.model.id))).first()
    if found is None:
        raise NotFound("Không có cuộc bỏ phiếu này, hoặc đồng chí không được xem.")
    return found


def penalties_on_ballot(party: Party) -> tuple[Penalty, ...]:
    """Every form on the slip for this subject, heaviest first, "không kỷ luật" last (V-01).

    Forms that this subject cannot get are left off: removal without a post, removal and expulsion of a
    probationary member.
    """
    kind = SubjectKind(party.kind)
    official = party.member is None or party.member.official_on is not None
    holds_post = bool(party.party_post.strip() or party.government_post.strip())
    return tuple(
        penalty
        for penalty in rules().penalties_for(kind)
        if not (penalty.needs_post and not holds_post) and not (penalty.official_only and not official)
    )


def choices_of(ballot: Ballot, votes: dict[str, int]) -> tuple[Choice, ...]:
    """The lines of a ballot with their votes, ready to be counted."""
    book = rules()
    penalties = penalties_on_ballot(ballot.party)
    stage = VoteKind(ballot.stage)
    needed = {penalty.vote_rule(stage): book.vote_rule(penalty.vote_rule(stage)) for penalty in penalties}
    return choices_for(penalties, needed, votes, stage=stage)


def voters_excluded(item: AgendaItem) -> set[int]:
    """Users who may not vote on an item: the subject himself and whoever declared a conflict."""
    declared = {conflict.user_id for conflict in item.case.conflicts}
    members = {party.member_id for party in item.case.parties if party.member_id}
    own = {user.id for user in voting_members(item.session.commission_id) if user.member_id in members}
    return declared | own


def present_voters(item: AgendaItem) -> int:
    """How many attending members may vote on this item."""
    excluded = voters_excluded(item)
    return sum(1 for a in item.session.attendance if a.present and a.user_id not in excluded)
