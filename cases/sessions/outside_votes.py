"""Secret votes of other bodies, written down from their minutes: a chi bộ proposes, a committee decides.

They are counted by the same rules as our own ballots. Only totals are kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from peewee import IntegrityError

from cases.audit.operations import act
from cases.db import database
from cases.decisions.models import Decision
from cases.errors import Invalid, NotFound, Refused
from cases.lifecycle.holding import hold_open, require_day, require_recorder
from cases.lifecycle.models import Case, CaseStep, Party
from cases.lifecycle.papers import also_needed, papers_of
from cases.lifecycle.progress import parties_of, progress_of
from cases.lifecycle.queries import step_of, visible_to as cases_visible_to
from cases.lifecycle.rules import StepState
from cases.lifecycle.steps import complete_step
from cases.people.actor import Actor
from cases.people.models import Commission
from cases.people.permissions import Permission
from cases.sessions.ballots import result_of
from cases.sessions.models import OutsideVote
from cases.sessions.open_votes import open_notes
from cases.sessions.queries import choices_of
from cases.sessions.rules import VoteResult, count_votes
from cases.sessions.tally import Tally, TallyProblem, TallyRejected
from cases.sessions.terms import STAGES
from cases.sessions.voting_steps import missing_dual, outside_stage
from cases.text import clean_line, clean_text
from procedures.schema import Step, StepActor, VoteKind

VOTE_ENTRY: Final = "KQBP"  # stands beside form codes where a step tells what it lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideMinutes:
    """What the minutes of the count say. `subject_in_body`: who is voted on belongs to the body (V-08)."""

    body_name: str
    held_on: date
    base_total: int
    present: int
    invalid: int
    votes: Mapping[str, int]
    subject_in_body: bool = False
    minutes_note: str = ""

    @property
    def valid(self) -> int:
        return sum(self.votes.values())


def record_outside_vote(
    actor: Actor, step_id: int, *, party_id: int, minutes: OutsideMinutes, now: datetime
) -> OutsideVote:
    """Write down one body's vote on one subject at the step that holds it, count it and keep the result.

    A committee's step is completed by it as soon as everything else is there. Raises TallyRejected with
    every sum that cannot be, Refused when no vote is held here.
    """
    actor.require(Permission.SEE_CASES)
    row = step_of(actor, step_id)
    with act(actor, "vote.outside_recorded", now=now) as event:
        case = hold_open(row.case_id)
        row, step, stage = _require_votable(actor, case, row.id)
        party = Party.get_or_none(Party.id == party_id, Party.case == case.id)
        if party is None:
            raise Invalid("Chọn đối tượng của hồ sơ.", field="party")
        filled = _counted(case, party, stage, minutes, now=now)
        try:
            with database.atomic():
                vote = OutsideVote.create(
                    case=case, step_key=step.key, party=party, stage=stage.value,
                    recorded_by=actor.user_id, recorded_at=now, **filled,
                )  # fmt: skip
        except IntegrityError as error:
            raise Refused(
                f"Đã ghi kết quả bỏ phiếu của {filled['body_name']} về {party.name} ở bước này. "
                "Mở kết quả đó để sửa; tổ chức họp bỏ phiếu lại thì ghi tên kèm “(lần 2)”.",
                field="body_name",
            ) from error
        event.about(vote)
        event.case_id = case.id
        event.say(step=step.key, label=step.label, body=vote.body_name, outcome=vote.outcome)
        _settle_committee_step(actor, case, step, row, on=minutes.held_on, now=now)
    return vote


def correct_outside_vote(
    actor: Actor, vote_id: int, *, minutes: OutsideMinutes, reason: str, now: datetime
) -> OutsideVote:
    """Put right what was written down wrongly, with the reason; not once a decision was made from it."""
    actor.require(Permission.SEE_CASES)
    vote = outside_vote_of(actor, vote_id)
    words = clean_text(reason)
    if not words:
        raise Invalid("Ghi lý do sửa.", field="reason")
    with act(actor, "vote.outside_recorded", now=now) as event:
        case = hold_open(vote.case_id)
        step = progress_of(case).edition.step(vote.step_key)
        require_recorder(actor, step, proved=True)
        if Decision.select().where(Decision.outside_vote == vote.id).exists():
            raise Refused("Đã lập quyết định từ kết quả này, không sửa được nữa.")
        before = {"body": vote.body_name, "outcome": vote.outcome, "votes": dict(vote.votes)}
        filled = _counted(case, vote.party, STAGES[vote.stage], minutes, now=now)
        try:
            with database.atomic():
                OutsideVote.update(recorded_by=actor.user_id, recorded_at=now, **filled).where(
                    OutsideVote.id == vote.id
                ).execute()
        except IntegrityError as error:
            raise Refused("Đã ghi kết quả của tổ chức này ở bước này.", field="body_name") from error
        vote = OutsideVote.get_by_id(vote.id)
        event.about(vote)
        event.case_id = case.id
        event.say(step=step.key, body=vote.body_name, outcome=vote.outcome, before=before, reason=words)
    return vote


def _require_votable(actor: Actor, case: Case, row_id: int) -> tuple[CaseStep, Step, VoteKind]:
    """The step with what is voted on there. Refused when no vote of another body is held at it now."""
    row = CaseStep.get_by_id(row_id)
    progress = progress_of(case)
    step = progress.edition.step(row.key)
    require_recorder(actor, step, proved=True)
    stage = outside_stage(progress.edition, step)
    if stage is None:
        raise Refused(f"Bước “{step.label}” không có bỏ phiếu kín của tổ chức đảng khác.")
    dual = missing_dual(progress, step)
    if dual is not None:
        raise Refused(f"Chỉ bỏ phiếu kỷ luật ở bước này sau khi thực hiện bước “{dual.label}”.")
    if row.state == StepState.WAITING:
        raise Refused(f"Bước “{step.label}” chưa đến lúc thực hiện.")
    if row.state == StepState.SKIPPED:
        raise Refused(f"Bước “{step.label}” đã bỏ qua.")
    return row, step, stage


def _counted(
    case: Case, party: Party, stage: VoteKind, minutes: OutsideMinutes, *, now: datetime
) -> dict[str, object]:
    """The columns of a vote after checking and counting."""
    body = clean_line(minutes.body_name)[:200]
    if not body:
        raise Invalid("Ghi tên tổ chức đảng đã bỏ phiếu.", field="body_name")
    require_day(minutes.held_on, case=case, now=now, field="held_on")
    result = _count(party, stage, minutes)
    commission = Commission.get_by_id(case.commission_id)
    notes = open_notes(commission, party, result, subject_in_body=minutes.subject_in_body, body=body)
    return {
        "body_name": body, "held_on": minutes.held_on, "base_total": minutes.base_total,
        "present": minutes.present, "invalid": minutes.invalid, "votes": dict(minutes.votes),
        "outcome": result.outcome or "", "minutes_note": clean_line(minutes.minutes_note)[:200],
        "result": {**result_of(result, notes), "subject_in_body": minutes.subject_in_body},
    }  # fmt: skip


def _count(party: Party, stage: VoteKind, minutes: OutsideMinutes) -> VoteResult:
    returned = minutes.valid + minutes.invalid
    if min(minutes.present, *minutes.votes.values(), minutes.invalid) >= 0 and returned > minutes.present:
        words = (
            f"Cộng phiếu các hình thức ({minutes.valid}) và phiếu không hợp lệ ({minutes.invalid}) được "
            f"{returned}, lớn hơn số người có mặt ({minutes.present})."
        )
        raise TallyRejected([TallyProblem("present", words)])
    tally = Tally(
        base_total=minutes.base_total, present=minutes.present, issued=minutes.present, returned=returned,
        valid=minutes.valid, invalid=minutes.invalid,
    )  # fmt: skip
    return count_votes(
        choices_of(party, stage, minutes.votes), tally, stage=stage, subject_in_body=minutes.subject_in_body
    )


def _settle_committee_step(
    actor: Actor, case: Case, step: Step, row: CaseStep, *, on: date, now: datetime
) -> None:
    """A committee's own meeting settles its step, not our agenda: once every subject was voted on and the
    required papers are there. Other bodies meet one after the other, so their step waits for a person."""
    decides = step.actor is StepActor.COMMITTEE and step.vote is VoteKind.DECIDE
    if not decides or row.state != StepState.READY:
        return
    if subjects_without_vote(case, step) or any(paper.lacking for paper in papers_of(case, step, row)):
        return
    complete_step(actor, row.id, on=on, note="Theo kết quả bỏ phiếu của cấp ủy", now=now)


def subjects_without_vote(case: Case, step: Step) -> list[Party]:
    """The subjects on whom no vote was written down although the step demands one."""
    progress = progress_of(case)
    demanded = step.vote is outside_stage(progress.edition, step) and missing_dual(progress, step) is None
    if step.vote is None or not demanded:
        return []
    voted_on = {vote.party_id for vote in outside_votes_on(case, step.key)}
    return [party for party in parties_of(case) if party.id not in voted_on]


@also_needed(VOTE_ENTRY)
def lacking_vote(case: Case, step: Step) -> str:
    """What a step with another body's vote lacks, in words; empty once every subject was voted on."""
    names = ", ".join(party.name for party in subjects_without_vote(case, step))
    return f"Kết quả bỏ phiếu kín của tổ chức đảng về {names}" if names else ""


def outside_votes_on(case: Case, step_key: str) -> list[OutsideVote]:
    """The votes written down at one step, in that order."""
    query = OutsideVote.select().where(OutsideVote.case == case.id, OutsideVote.step_key == step_key)
    return list(query.order_by(OutsideVote.party, OutsideVote.id))


def outside_vote_of(actor: Actor, vote_id: int) -> OutsideVote:
    """A vote of a case that the person may see."""
    cases = cases_visible_to(actor).select(Case.id)
    found: OutsideVote | None = (
        OutsideVote.select().where(OutsideVote.id == vote_id, OutsideVote.case.in_(cases)).first()
    )
    if found is None:
        raise NotFound("Không có kết quả bỏ phiếu này, hoặc đồng chí không được xem.")
    return found
