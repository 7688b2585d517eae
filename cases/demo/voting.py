"""The end of a discipline case in the demonstration: session, secret vote, decision, announcement."""

from datetime import date, timedelta

from cases.approvals.operations import approve, submit
from cases.decisions.operations import announce_decision, record_decision
from cases.demo.cast import Cast, at
from cases.documents.models import Document
from cases.documents.operations import draft_document, issue_document, save_draft
from cases.documents.rendering import form_of
from cases.documents.rules import approving_role, missing_values
from cases.documents.stored import values_of
from cases.lifecycle.models import Case, Party
from cases.lifecycle.operations import add_follow_up
from cases.people.models import User
from cases.people.queries import voting_members
from cases.sessions.ballots import count_ballot, open_ballot
from cases.sessions.models import Session
from cases.sessions.operations import (
    add_item,
    close_session,
    conclude_item,
    open_session,
    plan_session,
    record_attendance,
)
from procedures.schema import Role, VoteKind


def plan_demo_session(cast: Cast, day: date) -> Session:
    return plan_session(
        cast.actor(cast.section),
        held_on=day,
        starts_at="08:00",
        place="Phòng họp số 1, trụ sở Ủy ban Kiểm tra",
        chair_id=cast.user(cast.chair).id,
        secretary_id=cast.user(cast.section).id,
        now=at(day - timedelta(days=4)),
    )


def vote_and_decide(cast: Cast, case: Case, day: date) -> None:
    secretary, party = cast.actor(cast.section), Party.get(Party.case == case)
    session = plan_demo_session(cast, day)
    absent = cast.user("cb10").id
    members = [user.id for user in voting_members(case.commission_id).order_by(User.name_sort)]
    present = [member for member in members if member != absent]
    record_attendance(secretary, session.id, present=present, reasons={absent: "Đi công tác"}, now=at(day, 8))
    open_session(secretary, session.id, now=at(day, 8))
    item = add_item(secretary, session.id, case_id=case.id, now=at(day, 8))
    ballot = open_ballot(
        secretary,
        item.id,
        party_id=party.id,
        stage=VoteKind.DECIDE,
        now=at(day, 9),
        tellers=[
            {
                "full_name": cast.user("cb07").full_name,
                "post": "Ủy viên",
                "duty": "Tổ trưởng",
                "user_id": cast.user("cb07").id,
            }
        ],
    )
    voters = ballot.present
    count_ballot(
        cast.actor("cb07"),
        ballot.id,
        issued=voters,
        returned=voters,
        valid=voters,
        invalid=0,
        now=at(day, 10),
        votes={"warning": voters - 3, "reprimand": 3},
    )
    conclude_item(
        secretary,
        item.id,
        reporter=cast.user(cast.head).full_name,
        now=at(day, 10),
        discussion="Hội nghị thảo luận, thống nhất về nội dung, tính chất, mức độ và nguyên nhân vi phạm.",
        conclusion="Thi hành kỷ luật bằng hình thức cảnh cáo theo kết quả bỏ phiếu kín.",
    )
    close_session(secretary, session.id, ends_at="11:00", now=at(day, 11))
    cast.complete(case, {"KT1": day, "KT2": day})
    decision = record_decision(secretary, ballot.id, now=at(day, 14))
    paper = _issue(cast, case, "G10", day + timedelta(days=2))
    cast.complete(case, {"KT4": paper.issued_on or day})
    announce_decision(
        cast.actor(cast.chair),
        decision.id,
        announced_on=day + timedelta(days=9),
        now=at(day + timedelta(days=9)),
        received_on=day + timedelta(days=9),
    )
    cast.complete(
        case,
        {"KT5": day + timedelta(days=9), "KT6": day + timedelta(days=12), "KT7": day + timedelta(days=14)},
    )
    add_follow_up(
        cast.actor(cast.head),
        case.id,
        text="Báo cáo kết quả khắc phục vi phạm về quản lý đất đai",
        responsible=party.name,
        due_on=date(2026, 12, 15),
        now=at(day + timedelta(days=12)),
    )


def _issue(cast: Cast, case: Case, code: str, day: date) -> Document:
    """Draft a paper from the case, have it approved by another person and numbered by the clerk."""
    drafter = cast.actor(cast.head)
    document = draft_document(
        drafter, form=code, case_id=case.id, vault=cast.vault, now=at(day - timedelta(days=1))
    )
    known = {
        name: value
        for name, value in values_of(form_of(document), document.values).items()
        if value is not None
    }
    document = save_draft(
        drafter,
        document.id,
        values=known | {"effective_on": day},
        version=document.version,
        now=at(day - timedelta(days=1)),
    )
    if missing := missing_values(form_of(document), values_of(form_of(document), document.values)):
        raise ValueError(f"{code}: {missing}")
    if approving_role(form_of(document)) is Role.CHAIR:
        approval = submit(drafter, document.id, now=at(day, 8))
        approve(cast.actor(cast.chair), approval.id, now=at(day, 9))
    return issue_document(
        cast.actor(cast.clerk),
        document.id,
        issued_on=day,
        signer_id=cast.user(cast.chair).id,
        settings=cast.settings,
        now=at(day, 10),
    )
