"""What the commission's answers to the open points (V-06, V-08, V-09) mean for one vote."""

from collections.abc import Iterator

from cases.decisions.models import Decision
from cases.errors import Invalid, Refused
from cases.lifecycle.models import Case, Party
from cases.people.models import Commission
from cases.people.vote_settings import NO_MAJORITY, REVOTE, SUBJECT_IN_BASE, Chosen, chosen
from cases.sessions.complaints import complaint_rule, is_complaint
from cases.sessions.models import AgendaItem, Ballot, OutsideVote
from cases.sessions.queries import outcome_label
from cases.sessions.rules import VoteResult
from procedures.schema import VoteKind

VOTE_AGAIN = "vote_again"
NEVER, ASK = "never", "ask_each_time"


def open_points_of(commission: Commission) -> list[Chosen]:
    """The three open points with the commission's answers, told before anybody votes."""
    return [chosen(commission, point) for point in (NO_MAJORITY, SUBJECT_IN_BASE, REVOTE)]


def open_notes(
    commission: Commission, party: Party, result: VoteResult, *, subject_in_body: bool, body: str = ""
) -> list[str]:
    """What stays open in a counted vote and how the commission deals with it; kept with the result.

    `body`: another body that voted; our commission's answers do not bind it.
    """
    notes, ours = [], not body
    if ours and result.outcome is None:
        notes.append(chosen(commission, NO_MAJORITY).line)
    if ours and subject_in_body:
        notes.append(chosen(commission, SUBJECT_IN_BASE).line)
    others = list(_disagreeing(party, result.outcome or "", body=body))
    if others:
        notes.append(f"Kết quả khác với đề nghị đã ghi: {'; '.join(others)}.")
    if ours and others:
        notes.append(chosen(commission, REVOTE).line)
    if is_complaint(party.case):
        rule = complaint_rule()
        notes.append(f"{rule.label}: {rule.confidence.label}. {rule.note}")
    return notes


def proposals_on(case: Case) -> list[OutsideVote]:
    """What bodies below proposed by secret vote, in the order they were written down."""
    query = OutsideVote.select().where(
        OutsideVote.case == case.id, OutsideVote.stage == VoteKind.PROPOSE.value
    )
    return list(query.order_by(OutsideVote.id))


def votes_again(commission: Commission, outcome: str) -> bool:
    """Whether a vote that came to nothing is to be held again (V-06)."""
    return not outcome and chosen(commission, NO_MAJORITY).choice == VOTE_AGAIN


def earlier_ballot(item: AgendaItem, party: Party, stage: VoteKind) -> Ballot | None:
    """The last vote of the same kind on the same subject at another session of this case."""
    found: Ballot | None = (
        Ballot.select()
        .join(AgendaItem)
        .where(
            AgendaItem.case == item.case_id, Ballot.item != item.id, Ballot.party == party.id,
            Ballot.stage == stage.value,
        )
        .order_by(Ballot.id.desc())
        .first()
    )  # fmt: skip
    return found


def require_revote(item: AgendaItem, party: Party, stage: VoteKind, *, reason: str) -> None:
    """Refuse a second vote on the same subject where the commission's settings or a decision forbid it."""
    earlier = earlier_ballot(item, party, stage)
    if earlier is None:
        return
    if Decision.select().where(Decision.party == party.id).exists():
        raise Refused(f"Đã lập quyết định đối với {party.name}, không bỏ phiếu lại.", field="party")
    commission = item.session.commission
    if votes_again(commission, earlier.outcome):
        return
    answer = chosen(commission, REVOTE)
    if not any(_disagreeing(party, earlier.outcome)):
        raise Refused(
            f"Kỳ họp trước đã bỏ phiếu về {party.name} và kết quả không khác đề nghị của cấp dưới; "
            "không bỏ phiếu lại.",
            field="party",
        )
    if answer.choice == NEVER:
        raise Refused(f"Kỳ họp trước đã bỏ phiếu về {party.name}. {answer.line}", field="party")
    if answer.choice == ASK and not reason:
        raise Invalid("Ghi lý do bỏ phiếu lại.", field="again_reason")


def _disagreeing(party: Party, outcome: str, *, body: str = "") -> Iterator[str]:
    """The proposals from below that differ, each as "body: what it proposed"."""
    for vote in proposals_on(party.case):
        if vote.party_id == party.id and vote.body_name != body and vote.outcome not in ("", outcome):
            yield f"{vote.body_name} đề nghị {outcome_label(party, vote.outcome)}"
