"""Reads of discipline decisions (register R06), and what follows from a counted ballot."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from peewee import Expression, ModelSelect, fn

from cases.decisions.models import Decision
from cases.decisions.powers import Powers, powers_of
from cases.definitions import rules
from cases.errors import NotFound
from cases.lifecycle.models import Case, Party
from cases.lifecycle.queries import closed_to, visible_to as cases_visible_to
from cases.parties.models import Member
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.sessions.complaints import SETTLEMENT, is_complaint
from cases.sessions.models import Ballot, OutsideVote
from cases.sessions.queries import outcome_label
from cases.sessions.terms import SUBJECT_KINDS
from cases.text import LONGEST_SEARCH_WORD, search_words

DECIDE: Final = "decide"
PROPOSE: Final = "propose"
NO_PENALTY: Final = ("", "none")


def visible_to(actor: Actor) -> "ModelSelect[Decision]":
    """Decisions of the actor's commission: issued ones for who may read the register, drafts only with
    the case; never those about the actor, nor of a case closed to him."""
    reachable = Decision.case.in_(cases_visible_to(actor).select(Case.id))
    if actor.may(Permission.SEE_DECISIONS):
        reachable |= Decision.signed_on.is_null(False)
    open_to = Decision.case.is_null() | Decision.case.not_in(closed_to(actor))
    query = Decision.select().where(Decision.commission == actor.commission_id, reachable, open_to)
    if actor.member_id is not None:
        about = Decision.subject_member
        query = query.where(about.is_null() | (about != actor.member_id))
    return query


def decision_of(actor: Actor, decision_id: int) -> Decision:
    found: Decision | None = visible_to(actor).where(Decision.id == decision_id).first()
    if found is None:
        raise NotFound("Không có quyết định này, hoặc đồng chí không được xem.")
    return found


def decision_from(vote: Ballot | OutsideVote) -> Decision | None:
    """The decision recorded from a vote, if any."""
    source = Decision.ballot if isinstance(vote, Ballot) else Decision.outside_vote
    found: Decision | None = Decision.get_or_none(source == vote.id)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFilter:
    """What the register is narrowed to; empty values do not narrow."""

    text: str = ""
    penalty: str = ""
    kind: str = ""
    year: int | None = None
    state: str = ""


def filtered(actor: Actor, wanted: DecisionFilter, *, today: date) -> "ModelSelect[Decision]":
    """The register, newest first; decisions still waiting for a number stand on top."""
    query = visible_to(actor)
    if wanted.text.strip():
        query = query.where(_tells_of(wanted.text.strip()))
    if wanted.penalty:
        query = query.where(Decision.penalty == wanted.penalty)
    if wanted.kind:
        query = query.where(Decision.subject_kind == wanted.kind)
    if wanted.year is not None:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        query = query.where(Decision.signed_on.between(first, last))
    query = _in_state(query, wanted.state, today=today)
    unsigned_first = fn.COALESCE(Decision.signed_on, date(9999, 12, 31))
    return query.order_by(unsigned_first.desc(), Decision.number.desc(), Decision.id.desc())


def _tells_of(words: str) -> Expression:
    """Name or number as written, or the name of a known member without tones."""
    named = Member.select(Member.id)
    for word in search_words(words):
        named = named.where(Member.name_fold.contains(word))
    part = words[:LONGEST_SEARCH_WORD]
    written = Decision.subject_name.contains(part) | Decision.number_text.contains(part)
    return written | Decision.subject_member.in_(named)


def _in_state(query: "ModelSelect[Decision]", state: str, *, today: date) -> "ModelSelect[Decision]":
    match state:
        case "waiting":
            return query.where(Decision.signed_on.is_null())
        case "unannounced":
            return query.where(Decision.signed_on.is_null(False), Decision.announced_on.is_null())
        case "running":
            running = Decision.ends_on.is_null() | (Decision.ends_on >= today)
            return query.where(Decision.announced_on.is_null(False), running)
        case "ended":
            return query.where(Decision.ends_on < today)
        case _:
            return query


@dataclass(frozen=True, slots=True)
class NextPaper:
    """What a counted vote leads to: form G10/G11 (own decision), G09 (submission upward), F05 (a complaint
    settled) or none yet.

    `lines` say why, in words; `powers` is the rule behind it where the power was the question.
    """

    form: str
    lines: tuple[str, ...]
    powers: Powers | None = None


def next_paper(ballot: Ballot) -> NextPaper:
    """Which paper follows from the outcome. Nothing follows from a ballot that decided nothing."""
    if ballot.state != "counted":
        return NextPaper("", ("Chưa kiểm phiếu.",))
    later = _later_ballot(ballot)
    if later is not None:
        number = later.item.session.number
        return NextPaper("", (f"Đã bỏ phiếu lại ở kỳ họp thứ {number}; căn cứ vào kết quả đó.",))
    if is_complaint(ballot.item.case):
        return _complaint_paper(ballot.party, ballot.outcome)
    if ballot.outcome in NO_PENALTY:
        return NextPaper("", ("Không có hình thức kỷ luật nào đủ phiếu, không lập quyết định kỷ luật.",))
    label = rules().penalty(ballot.outcome, SUBJECT_KINDS[ballot.party.kind]).label
    powers = powers_of(ballot.item.session.commission)
    if ballot.stage == PROPOSE:
        return NextPaper("G09", (f"Đề nghị hình thức {label}: lập tờ trình cấp có thẩm quyền.",), powers)
    if ballot.outcome in powers.beyond:
        lines = (
            f"Hình thức {label} vượt thẩm quyền quyết định của Ủy ban Kiểm tra, nên không lập quyết định.",
            "Mở cuộc bỏ phiếu đề nghị đối với đối tượng này; đủ phiếu thì lập tờ trình cấp có thẩm quyền.",
        )
        return NextPaper("", lines, powers)
    return NextPaper(_decision_form(ballot.party), (_decided(label),), powers)


def paper_after(vote: OutsideVote) -> NextPaper:
    """Which paper follows from the vote of another body: a decision from one that decided.

    What that body may decide is its own to know; the program does not judge it.
    """
    if is_complaint(vote.case):
        return _complaint_paper(vote.party, vote.outcome)
    if vote.outcome in NO_PENALTY:
        return NextPaper("", ("Không có hình thức kỷ luật nào đủ phiếu, không lập quyết định kỷ luật.",))
    label = outcome_label(vote.party, vote.outcome)
    if vote.stage == PROPOSE:
        return NextPaper("", (f"Đề nghị hình thức {label}: cấp có thẩm quyền xem xét, quyết định.",))
    return NextPaper(_decision_form(vote.party), (_decided(label),))


def _decision_form(party: Party) -> str:
    return "G10" if party.kind == "member" else "G11"


def _decided(label: str) -> str:
    return f"Quyết định hình thức {label}: lập quyết định thi hành kỷ luật."


def _complaint_paper(party: Party, outcome: str) -> NextPaper:
    if not outcome:
        return NextPaper("", ("Không phương án nào đủ phiếu, chưa lập quyết định giải quyết khiếu nại.",))
    label = outcome_label(party, outcome)
    return NextPaper(SETTLEMENT, (f"{label}: lập quyết định giải quyết khiếu nại.",))


def _later_ballot(ballot: Ballot) -> Ballot | None:
    """A counted vote of the same kind on the same subject at a later session."""
    found: Ballot | None = (
        Ballot.select()
        .where(
            Ballot.party == ballot.party_id, Ballot.stage == ballot.stage, Ballot.state == "counted",
            Ballot.id > ballot.id,
        )
        .order_by(Ballot.id.desc())
        .first()
    )  # fmt: skip
    return found
