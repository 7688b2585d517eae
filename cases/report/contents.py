"""Everything the report on one case tells, as values of form V01.

It is written from what may be read by everyone on the case: letters are told by number and day, never by
sender, and ballots by their totals.
"""

from datetime import date
from typing import Any

from cases.deadlines.models import Deadline, DeadlineChange
from cases.decisions.models import Decision
from cases.definitions import rules
from cases.documents.facts import about_party
from cases.documents.letter_facts import LETTER_SOURCES
from cases.documents.models import Document
from cases.documents.vote_facts import vote_rows
from cases.lifecycle.models import Allegation, Case, CaseLetter, Finding, FollowUp
from cases.lifecycle.people_on_case import POSITIONS
from cases.lifecycle.progress import edition_of, on_team, parties_of
from cases.lifecycle.rules import SETTLED
from cases.lifecycle.terms import CONCLUSIONS, ORIGINS, STATES
from cases.lifecycle.views import POSSIBLE, StepView, steps_of
from cases.sessions.models import AgendaItem, Ballot, OutsideVote
from cases.sessions.queries import outcome_label, stage_names
from cases.sessions.terms import SUBJECT_KINDS
from cases.text import short_date

STEP_STATES = {"completed": "", "skipped": "Bỏ qua", "ready": "Đang thực hiện", "waiting": "Chưa đến"}
CHANGE_KINDS = {"extension": "Gia hạn", "pause": "Tạm dừng"}
CHANGE_STATES = {"requested": "chờ quyết định", "granted": "đồng ý", "refused": "không đồng ý"}


def report_values(case: Case, *, today: date) -> dict[str, Any]:
    """The values of the report as it stands today, by field name of form V01."""
    return {
        **_general(case), **_subjects(case),
        "origin_text": "\n".join(_origin(case)),
        "stage_rows": [_step(view, today=today) for view in steps_of(case) if _tells(case, view)],
        "document_rows": _papers(case),
        "allegation_rows": _allegations(case),
        "finding_rows": _findings(case),
        "vote_rows": _votes(case),
        "decision_text": "\n".join(_decisions(case)),
        "follow_up_rows": _follow_ups(case),
        "deadline_rows": _changes(case),
    }  # fmt: skip


def _tells(case: Case, view: StepView) -> bool:
    """Whether a step belongs in the report: of an ended case only what was done or set aside."""
    return view.state != POSSIBLE and (case.state == "open" or view.state in SETTLED)


def _general(case: Case) -> dict[str, Any]:
    edition = edition_of(case)
    outcome = edition.outcome(case.outcome).label if _has_outcome(case) else ""
    ended = f", {short_date(case.closed_on)}" if case.closed_on else ""
    return {
        "case_number": case.code,
        "procedure_name": f"{edition.code} – {edition.name}",
        "opened_on": case.started_on,
        "current_state": ": ".join(filter(None, [f"{STATES[case.state]}{ended}", outcome])),
        "team_commissioner": case.directing.full_name if case.directing is not None else "",
        "team_members": [
            {
                "full_name": one.user.full_name, "post": one.user.post,
                "duty": "; ".join(filter(None, [POSITIONS[one.position], one.task])),
            }
            for one in on_team(case)
        ],
    }  # fmt: skip


def _has_outcome(case: Case) -> bool:
    return case.outcome in {outcome.id for outcome in edition_of(case).outcomes}


def _subjects(case: Case) -> dict[str, Any]:
    parties = parties_of(case)
    if not parties:
        return {}
    facts = about_party(parties[0])
    return {
        "subject_name": "; ".join(party.name for party in parties),
        "subject_party_post": facts["party_post"], "subject_state_post": facts["state_post"],
        "subject_unit": facts["unit"], "subject_managed_by": facts["managed_by"],
    }  # fmt: skip


def _origin(case: Case) -> list[str]:
    """Where the case comes from: letters by number and day, programme, earlier case."""
    lines = [f"{ORIGINS[case.origin]}."]
    for link in CaseLetter.select().where(CaseLetter.case == case.id).order_by(CaseLetter.id):
        letter = link.letter
        number = f"{letter.number}{letter.part}/{letter.year}"
        lines.append(
            f"Đơn số {number}, nhận {short_date(letter.received_on)}, nguồn {LETTER_SOURCES[letter.source]}."
        )
    if case.programme_item is not None:
        lines.append(f"Chương trình năm {case.programme_item.year}.")
    if case.parent is not None:
        lines.append(f"Từ hồ sơ {case.parent.code} ({edition_of(case.parent).short_name}).")
    return lines


def _step(view: StepView, *, today: date) -> dict[str, Any]:
    row = view.row
    done = row.completed_on if row is not None and row.state == "completed" else None
    due = view.due_on
    last = done or today
    late = (
        (last - due).days if due is not None and view.state in ("completed", "ready") and last > due else None
    )
    notes = [STEP_STATES.get(view.state, "")]
    if row is not None:
        notes += [f"lần {row.occurrence}" if row.occurrence > 1 else "", row.reason]
        notes += [f"không có {form}: {why}" for form, why in row.missing_papers.items()]
    return {
        "stage": view.step.stage.label, "step": view.step.label, "who": view.who, "due_on": due,
        "done_on": done, "delay_days": late, "note": "; ".join(filter(None, notes)),
    }  # fmt: skip


def _papers(case: Case) -> list[dict[str, Any]]:
    papers = Document.select().where(Document.case == case.id, Document.state.in_(["issued", "void"]))
    return [
        {
            "number": str(number), "symbol": paper.symbol, "date": paper.issued_on,
            "title": f"{paper.title} (đã hủy: {paper.void_reason})" if paper.state == "void" else paper.title,
        }
        for number, paper in enumerate(papers.order_by(Document.issued_on, Document.id), start=1)
    ]  # fmt: skip


def _allegations(case: Case) -> list[dict[str, Any]]:
    items = Allegation.select().where(Allegation.case == case.id).order_by(Allegation.number)
    return [
        {
            "text": item.text, "verified": item.verified,
            "conclusion": CONCLUSIONS.get(item.conclusion, "Chưa kết luận"),
        }
        for item in items
    ]  # fmt: skip


def _findings(case: Case) -> list[dict[str, Any]]:
    found = Finding.select().where(Finding.case == case.id).order_by(Finding.id)
    return [
        {
            "content": one.text, "rule": one.rule_broken,
            "subject": one.party.name if one.party is not None else "",
        }
        for one in found
    ]  # fmt: skip


def _votes(case: Case) -> list[dict[str, Any]]:
    """Totals of the counted ballots and of the votes of other bodies, with the outcome in the name."""
    ballots = Ballot.select().join(AgendaItem).where(AgendaItem.case == case.id, Ballot.state == "counted")
    rows = []
    for ballot in ballots.order_by(Ballot.id):
        name = _vote_name(ballot, f"kỳ họp thứ {ballot.item.session.number}")
        rows += [{"vote": name, **result} for result in vote_rows(ballot)]
    for vote in OutsideVote.select().where(OutsideVote.case == case.id).order_by(OutsideVote.id):
        name = _vote_name(vote, f"{vote.body_name}, ngày {short_date(vote.held_on)}")
        rows += [{"vote": name, **result} for result in vote_rows(vote)]
    return rows


def _vote_name(vote: Ballot | OutsideVote, where: str) -> str:
    outcome = outcome_label(vote.party, vote.outcome) or "không đủ phiếu"
    return f"{stage_names(vote.party.case)[vote.stage]}: {vote.party.name}, {where}, kết quả: {outcome}"


def _decisions(case: Case) -> list[str]:
    found = Decision.select().where(Decision.case == case.id).order_by(Decision.id)
    return [_decision(one) for one in found]


def _decision(one: Decision) -> str:
    label = rules().penalty(one.penalty, SUBJECT_KINDS[one.subject_kind]).label
    if one.signed_on is None:
        return f"{one.subject_name}: {label}; chưa ký ban hành."
    dates = [
        ("có hiệu lực", one.effective_on), ("công bố", one.announced_on), ("đối tượng nhận", one.received_on),
        ("tự chấm dứt hiệu lực", one.ends_on),
    ]  # fmt: skip
    told = "; ".join(f"{words} {short_date(day)}" for words, day in dates if day is not None)
    post = f" ({one.removed_post})" if one.removed_post else ""
    signed = f"Quyết định số {one.number_text}, ký {short_date(one.signed_on)}"
    return f"{signed}: {label}{post} đối với {one.subject_name}{'; ' if told else ''}{told}."


def _follow_ups(case: Case) -> list[dict[str, Any]]:
    tasks = FollowUp.select().where(FollowUp.case == case.id).order_by(FollowUp.id)
    return [
        {
            "content": task.text, "responsible": task.responsible, "due_on": task.due_on,
            "done_on": task.done_on, "note": task.done_note,
        }
        for task in tasks
    ]  # fmt: skip


def _changes(case: Case) -> list[dict[str, Any]]:
    """Extensions and pauses, granted and not, each with who decided and why."""
    query = DeadlineChange.select().join(Deadline).where(Deadline.case == case.id)
    return [_change(change) for change in query.order_by(DeadlineChange.id)]


def _change(change: DeadlineChange) -> dict[str, Any]:
    amount = f" {change.amount}" if change.amount else ""
    limit = change.deadline
    return {
        "kind": f"{CHANGE_KINDS[change.kind]}{amount} ({CHANGE_STATES[change.state]}): {limit.label}",
        "from_on": change.pause_from if change.kind == "pause" else None,
        "to_on": change.pause_to if change.kind == "pause" else limit.due_on,
        "decided_by": change.decided_by.full_name if change.decided_by is not None else "",
        "reason": "; ".join(filter(None, [change.reason, change.decision_reason])),
    }
