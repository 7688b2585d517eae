"""Verbs of secret ballots: open on one subject, count once. Nobody is ever linked to a choice."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from peewee import IntegrityError

from cases.audit.operations import act
from cases.db import database
from cases.errors import Invalid, NotAllowed, Refused
from cases.lifecycle.models import Party
from cases.lifecycle.progress import progress_of
from cases.people.actor import Actor
from cases.people.models import User
from cases.people.permissions import Permission
from cases.people.queries import voting_members
from cases.sessions.attendance import present_voters, vote_base, voters_excluded
from cases.sessions.case_steps import advance
from cases.sessions.holding import hold_item
from cases.sessions.models import AgendaItem, Ballot, BallotTally
from cases.sessions.open_votes import open_notes, require_revote
from cases.sessions.queries import ballot_of, choices_of, item_of
from cases.sessions.rules import VoteResult, count_votes
from cases.sessions.tally import Tally
from cases.sessions.terms import STAGES
from cases.sessions.voting_steps import ballot_steps, missing_dual
from cases.text import clean_line, fold
from procedures.schema import VoteKind

COUNTED_ALREADY = "Kết quả kiểm phiếu đã được nhập trước đó, không nhập lần hai. Mở lại trang để xem kết quả."


def open_ballot(
    actor: Actor,
    item_id: int,
    *,
    party_id: int,
    stage: VoteKind,
    tellers: Sequence[Mapping[str, Any]],
    again_reason: str = "",
    now: datetime,
) -> Ballot:
    """Open a secret vote on one subject, which a step of the case must provide for.

    `tellers` are rows {full_name, post, duty, user_id?}; who has an account alone may enter the count.
    A subject or somebody with a conflict of interest is no teller. `again_reason`: why one votes again on
    what an earlier session voted on, where the commission's settings ask for it (V-09).
    """
    actor.require(Permission.RUN_SESSIONS)
    item = item_of(actor, item_id)
    party = Party.get_or_none(Party.id == party_id, Party.case == item.case_id)
    if party is None:
        raise Invalid("Chọn đối tượng của hồ sơ.", field="party")
    if stage.value not in STAGES:
        raise Invalid("Chọn bỏ phiếu đề nghị hay bỏ phiếu quyết định.", field="stage")
    named = _check_tellers(item, tellers)
    with act(actor, "ballot.opened", now=now) as event:
        item = hold_item(item.id, "open")
        _require_vote_step(item)
        require_revote(item, party, stage, reason=clean_line(again_reason))
        try:
            with database.atomic():
                ballot = Ballot.create(
                    item=item, party=party, stage=stage.value, body_name=item.session.commission.name,
                    base_total=vote_base(item, session=item.session),
                    present=present_voters(item, session=item.session), tellers=named,
                )  # fmt: skip
        except IntegrityError as error:
            raise Refused("Đã mở bỏ phiếu cho đối tượng này trong kỳ họp.", field="party") from error
        event.about(ballot)
        event.case_id = item.case_id
        event.say(stage=stage.value, base_total=ballot.base_total, present=ballot.present)
        if again_reason:
            event.say(again=clean_line(again_reason))
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
    require_teller(actor, ballot)
    if ballot.state != "open":
        raise Refused(COUNTED_ALREADY)
    tally = Tally(
        base_total=ballot.base_total, present=ballot.present, issued=issued, returned=returned, valid=valid,
        invalid=invalid,
    )  # fmt: skip
    stage, in_body = STAGES[ballot.stage], _in_body(ballot)
    result = count_votes(choices_of(ballot.party, stage, votes), tally, stage=stage, subject_in_body=in_body)
    notes = open_notes(ballot.item.session.commission, ballot.party, result, subject_in_body=in_body)
    with act(actor, "ballot.counted", now=now) as event:
        seal = _store(actor, ballot, tally, result, notes=notes, now=now)
        event.about(ballot)
        event.case_id = ballot.item.case_id
        event.say(outcome=result.outcome, seal=seal)
        advance(actor, ballot.item, now=now)
    return Ballot.get_by_id(ballot.id)


def _store(
    actor: Actor, ballot: Ballot, tally: Tally, result: VoteResult, *, notes: Sequence[str], now: datetime
) -> str:
    """Write totals and result; Refused when another teller was first. Returns the seal."""
    seal = _seal(ballot, tally, result)
    changed = Ballot.update(
        state="counted", issued=tally.issued, returned=tally.returned, valid=tally.valid,
        invalid=tally.invalid, outcome=result.outcome or "",
        result=result_of(result, notes), seal=seal,
        counted_by=actor.user_id, counted_at=now,
    ).where(Ballot.id == ballot.id, Ballot.state == "open")  # fmt: skip
    if not changed.execute():
        raise Refused(COUNTED_ALREADY)
    for standing in result.standings:
        BallotTally.create(ballot=ballot, option=standing.id, votes=standing.votes)
    return seal


def result_of(result: VoteResult, notes: Sequence[str] = ()) -> dict[str, object]:
    """The counted vote as JSON: outcome, how, standings, the steps in words, warnings and `notes` on them."""
    return {
        "outcome": result.outcome,
        "how": result.how.value,
        "standings": [asdict(standing) for standing in result.standings],
        "steps": list(result.steps),
        "warnings": [*result.warnings, *notes],
    }


def require_teller(actor: Actor, ballot: Ballot) -> None:
    """Refuse who has a conflict of interest, and everybody but the named tellers when these have accounts."""
    if actor.user_id in voters_excluded(ballot.item):
        raise NotAllowed("Người có xung đột lợi ích không được kiểm phiếu.")
    named = {row["user_id"] for row in ballot.tellers if row.get("user_id")}
    if named and actor.user_id not in named:
        names = ", ".join(str(row["full_name"]) for row in ballot.tellers)
        raise NotAllowed(f"Chỉ tổ kiểm phiếu nhập kết quả: {names}.")


def _seal(ballot: Ballot, tally: Tally, result: VoteResult) -> str:
    votes = {standing.id: standing.votes for standing in result.standings}
    return _hash(ballot, tally, votes, result.outcome or "")


def seal_holds(ballot: Ballot) -> bool:
    """Whether the stored totals are still those that were sealed when they were counted."""
    votes = {one.option: one.votes for one in BallotTally.select().where(BallotTally.ballot == ballot.id)}
    tally = Tally(
        base_total=ballot.base_total, present=ballot.present, issued=ballot.issued, returned=ballot.returned,
        valid=ballot.valid, invalid=ballot.invalid,
    )  # fmt: skip
    return _hash(ballot, tally, votes, ballot.outcome) == ballot.seal


def _hash(ballot: Ballot, tally: Tally, votes: Mapping[str, int], outcome: str) -> str:
    """Over all that was counted; printed in the minutes, so that a later change shows."""
    facts = [ballot.id, ballot.party_id, ballot.stage, asdict(tally), dict(votes), outcome]
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _in_body(ballot: Ballot) -> bool:
    """Whether the person voted on is a member of the body that votes (V-08)."""
    if ballot.party.member_id is None:
        return False
    voters = voting_members(ballot.item.session.commission_id)
    return bool(voters.where(User.member == ballot.party.member_id).exists())


def _check_tellers(item: AgendaItem, tellers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The tellers as kept with the ballot. Raises Invalid at `tellers`."""
    if not tellers:
        raise Invalid("Ghi tổ kiểm phiếu, ít nhất một người.", field="tellers")
    subjects = {fold(party.name) for party in Party.select().where(Party.case == item.case_id)}
    excluded = voters_excluded(item)
    named = [_teller(row, subjects=subjects, excluded=excluded) for row in tellers]
    if len({fold(row["full_name"]) for row in named}) != len(named):
        raise Invalid("Một người được ghi hai lần trong tổ kiểm phiếu.", field="tellers")
    return named


def _teller(row: Mapping[str, Any], *, subjects: set[str], excluded: set[int]) -> dict[str, Any]:
    name, user_id = clean_line(str(row.get("full_name", ""))), row.get("user_id")
    if not name:
        raise Invalid("Ghi họ tên từng thành viên tổ kiểm phiếu.", field="tellers")
    if user_id in excluded or (user_id is None and fold(name) in subjects):
        raise Invalid(
            f"{name} là đối tượng hoặc có xung đột lợi ích, không ở trong tổ kiểm phiếu được.",
            field="tellers",
        )
    kept = {"full_name": name, "post": clean_line(str(row.get("post", ""))), "duty": str(row.get("duty", ""))}
    return kept | ({"user_id": user_id} if user_id is not None else {})


def vote_barrier(item: AgendaItem) -> str:
    """Why no ballot may be held on this item now; empty when it may."""
    progress = progress_of(item.case)
    here = ballot_steps(progress.edition.steps)
    if not here:
        return "Quy trình của hồ sơ này không có bước bỏ phiếu kín tại kỳ họp của Ủy ban Kiểm tra."
    missing = [missing_dual(progress, step) for step in here]
    if missing[0] is not None and all(missing):
        return f"Chỉ bỏ phiếu kỷ luật trong hồ sơ này sau khi thực hiện bước “{missing[0].label}”."
    if all(progress.is_settled(step.key) for step in here):
        return "Bước bỏ phiếu của hồ sơ đã hoàn thành."
    return ""


def _require_vote_step(item: AgendaItem) -> None:
    barrier = vote_barrier(item)
    if barrier:
        raise Refused(barrier, field="stage")
