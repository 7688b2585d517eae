"""What a session, a secret ballot and a discipline decision know, for the papers made of them.

Only totals leave a ballot, and of a session only the item that concerns the case: its other items may
be about the very person who reads the paper.
"""

from collections.abc import Mapping
from typing import Any

from cases.decisions.models import Decision
from cases.lifecycle.models import Case
from cases.sessions.attendance import attendance_of
from cases.sessions.complaints import is_complaint
from cases.sessions.models import AgendaItem, Ballot, OutsideVote

Facts = Mapping[str, Any]

VOTED_ON = {"propose": "đề nghị thi hành kỷ luật", "decide": "quyết định thi hành kỷ luật"}
ON_A_COMPLAINT = "giải quyết khiếu nại kỷ luật đảng"
TELLER_COLUMNS = ("full_name", "post", "duty")
APPEAL = (
    "Trong thời hạn quy định kể từ ngày nhận được quyết định, đảng viên bị kỷ luật có quyền khiếu nại "
    "với tổ chức đảng có thẩm quyền; trong khi chờ giải quyết vẫn phải chấp hành Quyết định này."
)


def last_item(case: Case) -> AgendaItem | None:
    found: AgendaItem | None = (
        AgendaItem.select().where(AgendaItem.case == case.id).order_by(AgendaItem.id.desc()).first()
    )
    return found


def last_ballot(case: Case) -> Ballot | None:
    """The ballot counted last in a case."""
    query = Ballot.select().join(AgendaItem).where(AgendaItem.case == case.id, Ballot.state == "counted")
    found: Ballot | None = query.order_by(Ballot.id.desc()).first()
    return found


def about_session(item: AgendaItem) -> Facts:
    """The group `session`: the session as one item of it may be told."""
    session = item.session
    attendance = attendance_of(session)
    return {
        "name": f"kỳ họp thứ {session.number} của {session.commission.name}",
        "date": session.held_on,
        "present": sum(a.present for a in attendance),
        "absent": sum(not a.present for a in attendance),
        "agenda": [item.title],
        "opinions": item.discussion,
        "conclusion": item.conclusion,
    }


def about_meeting(item: AgendaItem) -> Facts:
    """The group `meeting`, when the meeting is the session itself."""
    session = item.session
    attendance = attendance_of(session)
    return {
        "date": session.held_on, "starts_at": session.starts_at, "ends_at": session.ends_at,
        "place": session.place, "chair": session.chair.full_name,
        "minute_taker": session.secretary.full_name, "total": session.total_members,
        "present": sum(a.present for a in attendance),
        "our_side": [_with_post(a.user) for a in attendance if a.present],
        "absent": "; ".join(
            f"{a.user.full_name} ({a.reason})" if a.reason else a.user.full_name
            for a in attendance
            if not a.present
        ),
    }  # fmt: skip


def _with_post(user: Any) -> str:
    return f"{user.full_name}, {user.post}" if user.post else str(user.full_name)


def about_ballot(ballot: Ballot) -> Facts:
    """The group `vote`: totals, the tellers, and the votes of each form from the heaviest down."""
    return {
        "name": ON_A_COMPLAINT if is_complaint(ballot.item.case) else VOTED_ON[ballot.stage],
        "total": ballot.base_total, "present": ballot.present,
        "absent": str(ballot.base_total - ballot.present), "issued": ballot.issued,
        "collected": ballot.returned, "valid": ballot.valid, "invalid": ballot.invalid,
        "tellers": [{name: row.get(name, "") for name in TELLER_COLUMNS} for row in ballot.tellers],
        "results": vote_rows(ballot),
        "remarks": "\n".join(ballot.result["warnings"]),
    }  # fmt: skip


def vote_rows(vote: Ballot | OutsideVote) -> list[dict[str, Any]]:
    """The votes of each line of a counted ballot, with their share of all members."""
    return [
        {
            "option": line["label"], "votes": line["votes"],
            "share": f"{100 * line['votes'] / vote.base_total:.1f}".replace(".", ","),
        }
        for line in vote.result["standings"]
    ]  # fmt: skip


def about_decision(decision: Decision) -> Facts:
    """The group `decision`, for one subject."""
    return {
        "penalty": decision.penalty,
        "number": decision.number_text,
        "date": decision.signed_on,
        "issuer": decision.deciding_body,
        "effective_on": decision.effective_on,
        "announced_on": decision.announced_on,
        "received_on": decision.received_on,
        "removed_post": decision.removed_post,
        "appeal_text": APPEAL,
    }
