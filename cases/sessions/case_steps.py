"""What a session settles in a case: its SESSION step by the conclusion, its VOTE step by the counted ballots.

A step is completed on the day of the session as soon as its papers are issued, whichever comes last.
"""

from datetime import datetime

from cases.errors import NotAllowed
from cases.lifecycle.holding import require_recorder
from cases.lifecycle.models import Case
from cases.lifecycle.operations import complete_step_by_key
from cases.lifecycle.papers import papers_of
from cases.lifecycle.progress import edition_of, latest_row, progress_of
from cases.people.actor import Actor
from cases.sessions.models import AgendaItem, Ballot
from cases.sessions.open_votes import votes_again
from cases.sessions.voting_steps import ballot_steps, missing_dual, session_steps
from procedures.schema import Step, StepType

BY_HAND = "người có quyền ghi nhận hoàn thành bước này ở trang hồ sơ"


def advance(actor: Actor, item: AgendaItem, *, now: datetime) -> list[str]:
    """Complete every step of the case that this item has settled; returns their keys. Call inside `act`.

    A step whose papers are missing, or that this person may not record, waits: the papers' issue, or a
    person who may, completes it later.
    """
    item = AgendaItem.get_by_id(item.id)
    case = Case.get_by_id(item.case_id)
    done: list[str] = []
    if item.state != "concluded" or case.state != "open":
        return done
    for step in _steps_of(case):
        if _missing(item, case, step) or not _may_record(actor, case, step):
            continue
        complete_step_by_key(
            actor, case, step.key, on=max(item.session.held_on, case.started_on),
            note=f"Kỳ họp thứ {item.session.number}", now=now,
        )  # fmt: skip
        done.append(step.key)
    return done


def waiting_for(item: AgendaItem) -> list[tuple[str, list[str]]]:
    """The steps of the case that this item is to settle and has not yet: (label, what is missing)."""
    case = item.case
    return [
        (step.label, _missing(item, case, step) or [BY_HAND])
        for step in _steps_of(case)
        if not progress_of(case).is_settled(step.key) and (step.type is StepType.SESSION or _ballots(item))
    ]


def _steps_of(case: Case) -> list[Step]:
    return session_steps(edition_of(case).steps)


def _missing(item: AgendaItem, case: Case, step: Step) -> list[str]:
    progress = progress_of(case)
    found = []
    if item.state != "concluded":
        found.append("kết luận của Ủy ban Kiểm tra")
    if ballot_steps([step]) and missing_dual(progress, step) is None:
        found += _missing_votes(item)
    if step.key not in {one.key for one in (*progress.ready(), *progress.possible())}:
        found.append("các bước trước của hồ sơ")
    papers = papers_of(case, step, latest_row(case, step.key))
    return found + [f"{paper.name} ({paper.form}) đã ban hành" for paper in papers if paper.lacking]


def _missing_votes(item: AgendaItem) -> list[str]:
    ballots = _ballots(item)
    if not ballots:
        return ["cuộc bỏ phiếu kín"]
    if any(ballot.state != "counted" for ballot in ballots):
        return ["kết quả kiểm phiếu"]
    if any(ballot.minutes is None or ballot.minutes.state != "issued" for ballot in ballots):
        return ["biên bản kiểm phiếu của từng cuộc bỏ phiếu"]
    if any(votes_again(item.session.commission, ballot.outcome) for ballot in ballots):
        return ["bỏ phiếu lại ở kỳ họp khác, vì không đủ phiếu (V-06)"]
    return []


def _ballots(item: AgendaItem) -> list[Ballot]:
    return list(Ballot.select().where(Ballot.item == item.id))


def _may_record(actor: Actor, case: Case, step: Step) -> bool:
    papers = papers_of(case, step, latest_row(case, step.key))
    try:
        require_recorder(actor, step, proved=any(paper.issued for paper in papers))
    except NotAllowed:
        return False
    return True
