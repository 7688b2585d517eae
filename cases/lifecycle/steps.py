"""Doing the steps of a case: complete, return, repeat, skip, take a conditional one; and closing the case."""

from collections.abc import Mapping
from datetime import date, datetime

from cases.audit.operations import act
from cases.clock import local_day
from cases.deadlines.operations import cancel_running, event_happened
from cases.errors import Invalid, Refused, Stale
from cases.lifecycle.holding import (
    add_occurrence,
    hold_open,
    refresh_steps,
    require_day,
    require_recorder,
    require_text,
)
from cases.lifecycle.models import Allegation, Case, CaseStep, FollowUp
from cases.lifecycle.papers import PaperView, papers_of
from cases.lifecycle.progress import edition_of, latest_row, progress_of
from cases.lifecycle.queries import case_of, step_of
from cases.lifecycle.rules import StepState, concludes_item_by_item
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import clean_text
from procedures.schema import EventType, Step, StepType

NO_PAPERS: Mapping[str, str] = {}


def complete_step(
    actor: Actor,
    step_id: int,
    *,
    on: date,
    note: str = "",
    without_papers: Mapping[str, str] = NO_PAPERS,
    now: datetime,
) -> CaseStep:
    """Record that a ready step was done on a day; its event starts and meets deadlines.

    `without_papers` gives, for each required form that was not issued, the reason.
    """
    actor.require(Permission.SEE_CASES)
    row = step_of(actor, step_id)
    with act(actor, "case.step_completed", now=now) as event:
        case = hold_open(row.case_id)
        done = settle(actor, case, row.id, on=on, note=note, without_papers=without_papers, now=now)
        event.about(done)
        event.say(**_about(case, done), on=on.isoformat(), note=done.note, without=dict(done.missing_papers))
    return done


def complete_step_by_key(
    actor: Actor,
    case: Case,
    key: str,
    *,
    on: date,
    note: str = "",
    without_papers: Mapping[str, str] = NO_PAPERS,
    now: datetime,
) -> CaseStep:
    """Complete the ready occurrence of a step: for sessions, votes and papers that are the step.

    A conditional step on offer is taken first.
    """
    row = latest_row(case, key)
    if row is None or row.state in (StepState.COMPLETED, StepState.SKIPPED):
        row = take_step(actor, case.id, key, reason=note or "Thực hiện theo kết quả ghi nhận", now=now)
    return complete_step(actor, row.id, on=on, note=note, without_papers=without_papers, now=now)


def settle(
    actor: Actor,
    case: Case,
    row_id: int,
    *,
    on: date,
    note: str,
    without_papers: Mapping[str, str],
    now: datetime,
) -> CaseStep:
    """Complete one occurrence of a held case and tell the deadlines. Call inside `act`."""
    row = CaseStep.get_by_id(row_id)
    step = edition_of(case).step(row.key)
    _require_ready(case, row, step)
    require_day(on, case=case, now=now)
    papers = papers_of(case, step, row)
    require_recorder(actor, step, proved=any(paper.issued for paper in papers))
    row.missing_papers = _missing(papers, without_papers)
    _require_content(case, step)
    row.state, row.completed_on, row.completed_by_id, row.completed_at = "completed", on, actor.user_id, now
    row.note = clean_text(note)
    row.save()
    if step.event is not None:
        event_happened(case, step.event, on, row, actor=actor, now=now)
    refresh_steps(case, on=on)
    return row


def return_step(actor: Actor, step_id: int, *, to: str, reason: str, now: datetime) -> CaseStep:
    """Send the work from a ready step back to an earlier, settled one, which is then done again."""
    actor.require(Permission.SEE_CASES)
    row = step_of(actor, step_id)
    words = require_text(clean_text(reason), what="lý do trả lại", field="reason")
    with act(actor, "case.step_returned", now=now) as event:
        case = hold_open(row.case_id)
        row = CaseStep.get_by_id(row.id)
        step = edition_of(case).step(row.key)
        _require_ready(case, row, step)
        require_recorder(actor, step, proved=True)
        if to not in {earlier.key for earlier in progress_of(case).returns_from(row.key)}:
            raise Invalid("Chọn một bước đã hoàn thành ở trước bước này.", field="to")
        again = add_occurrence(case, to, ready_on=local_day(now), note=words)
        refresh_steps(case, on=local_day(now))
        event.about(again)
        event.say(**_about(case, again), back_from=step.label, reason=words)
    return again


def repeat_step(actor: Actor, step_id: int, *, reason: str = "", now: datetime) -> CaseStep:
    """Do a repeatable step once more."""
    actor.require(Permission.RUN_CASES)
    row = step_of(actor, step_id)
    with act(actor, "case.step_repeated", now=now) as event:
        case = hold_open(row.case_id)
        if not progress_of(case).may_repeat(row.key):
            raise Refused("Bước này không làm lại được, hoặc lần trước chưa xong.")
        again = add_occurrence(case, row.key, ready_on=local_day(now), note=clean_text(reason))
        refresh_steps(case, on=local_day(now))
        event.about(again)
        event.say(**_about(case, again), reason=clean_text(reason))
    return CaseStep.get_by_id(again.id)


def skip_step(actor: Actor, step_id: int, *, reason: str, now: datetime) -> CaseStep:
    """Settle a ready step without doing it, with the reason."""
    actor.require(Permission.SEE_CASES)
    row = step_of(actor, step_id)
    words = require_text(clean_text(reason), what="lý do bỏ qua bước", field="reason")
    with act(actor, "case.step_skipped", now=now) as event:
        case = hold_open(row.case_id)
        row = CaseStep.get_by_id(row.id)
        step = edition_of(case).step(row.key)
        _require_ready(case, row, step)
        require_recorder(actor, step, proved=True)
        row.state, row.completed_on, row.completed_by_id, row.completed_at = (
            "skipped", local_day(now), actor.user_id, now,
        )  # fmt: skip
        row.reason = words
        row.save()
        refresh_steps(case, on=local_day(now))
        event.about(row)
        event.say(**_about(case, row), reason=words)
    return row


def take_step(actor: Actor, case_id: int, key: str, *, reason: str, now: datetime) -> CaseStep:
    """Take a conditional step that is on offer; it becomes ready."""
    actor.require(Permission.SEE_CASES)
    case_of(actor, case_id)
    words = require_text(clean_text(reason), what="lý do thực hiện bước này", field="reason")
    with act(actor, "case.step_taken", now=now) as event:
        case = hold_open(case_id)
        if key not in {step.key for step in progress_of(case).possible()}:
            raise Refused("Bước này chưa đến lúc thực hiện, hoặc đã qua.")
        require_recorder(actor, edition_of(case).step(key), proved=True)
        row = add_occurrence(case, key, ready_on=local_day(now), note=words)
        refresh_steps(case, on=local_day(now))
        event.about(row)
        event.say(**_about(case, row), reason=words)
    return row


def close_case(actor: Actor, case_id: int, *, outcome: str, note: str = "", now: datetime) -> Case:
    """Close a case whose every step is settled, with one of the outcomes of its procedure."""
    if not actor.may(Permission.ASSIGN_CASES):
        actor.require(Permission.RUN_CASES)
    case_of(actor, case_id)
    with act(actor, "case.closed", now=now) as event:
        case = hold_open(case_id)
        edition = edition_of(case)
        if outcome not in {one.id for one in edition.outcomes}:
            raise Invalid("Chọn kết quả của vụ việc.", field="outcome")
        left = progress_of(case).unsettled()
        if left:
            labels = "; ".join(step.label for step in left[:3])
            raise Refused(f"Còn {len(left)} bước chưa xong: {labels}. Hoàn thành hoặc bỏ qua kèm lý do.")
        _end(case, state="closed", outcome=outcome, note=note, on=local_day(now))
        event_happened(case, EventType.CASE_CLOSED, local_day(now), actor=actor, now=now)
        cancel_running(case, reason="Hồ sơ đã kết thúc", actor=actor, now=now)
        event.about(case)
        event.say(code=case.code, outcome=edition.outcome(outcome).label, note=clean_text(note))
    return case


def end_switched(case: Case, *, note: str, actor: Actor, now: datetime) -> None:
    """End a held case that goes on under another procedure. Call inside `act`."""
    _end(case, state="switched", outcome="switched", note=note, on=local_day(now))
    cancel_running(case, reason="Chuyển sang quy trình khác", actor=actor, now=now)


def _end(case: Case, *, state: str, outcome: str, note: str, on: date) -> None:
    case.state, case.outcome, case.outcome_note, case.closed_on = state, outcome, clean_text(note), on
    case.save()


def _require_ready(case: Case, row: CaseStep, step: Step) -> None:
    if row.state in (StepState.COMPLETED, StepState.SKIPPED):
        raise Stale(f"Bước “{step.label}” vừa được ghi nhận trước đó. Mở lại trang hồ sơ để xem.")
    blockers = progress_of(case).blockers(row.key)
    if blockers or row.state != StepState.READY:
        labels = "; ".join(blocker.label for blocker in blockers[:3])
        raise Refused(f"Bước “{step.label}” phải đợi các bước trước: {labels}.", step=step.key)


def _missing(papers: tuple[PaperView, ...], reasons: Mapping[str, str]) -> dict[str, str]:
    """The required forms not issued, each with its reason. Raises Refused naming those without one."""
    lacking = [paper for paper in papers if paper.lacking]
    given = {paper.form: clean_text(reasons.get(paper.form, "")) for paper in lacking}
    unexplained = [f"{paper.form} – {paper.name}" for paper in lacking if not given[paper.form]]
    if unexplained:
        raise Refused(
            f"Chưa ban hành văn bản bắt buộc: {'; '.join(unexplained)}. "
            "Ban hành văn bản, hoặc ghi lý do không cần.",
            field="without_papers",
            forms=[paper.form for paper in lacking],
        )
    return given


def _require_content(case: Case, step: Step) -> None:
    """What must be on record before a step counts as done, beyond its papers."""
    if step.type is StepType.SIGN:
        items = Allegation.select().where(Allegation.case == case.id, Allegation.conclusion == "")
        open_items = items.count()
        if open_items and concludes_item_by_item(edition_of(case)):
            raise Refused(
                f"Còn {open_items} nội dung tố cáo chưa có kết luận (T-41). Ghi kết luận từng nội dung trước."
            )
    if step.type is StepType.FOLLOW:
        waiting = FollowUp.select().where(FollowUp.case == case.id, FollowUp.done_on.is_null()).count()
        if waiting:
            raise Refused(f"Còn {waiting} yêu cầu sau kết luận chưa xong. Ghi kết quả thực hiện trước.")


def _about(case: Case, row: CaseStep) -> dict[str, object]:
    step = edition_of(case).step(row.key)
    return {"step": row.key, "label": step.label, "occurrence": row.occurrence}
