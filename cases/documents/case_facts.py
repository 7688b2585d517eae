"""What a case knows of itself: its matters, its team, its plan, and the papers it stands on."""

from collections.abc import Mapping
from typing import Any, Final

from peewee import ModelSelect

from cases.deadlines.models import Deadline, DeadlineChange
from cases.definitions import forms
from cases.documents.models import Document
from cases.documents.stored import values_of
from cases.documents.wording import capitalised
from cases.lifecycle.models import Case, TeamMember
from cases.lifecycle.progress import edition_of, subject_kind_of
from cases.text import official_date
from forms.schema import Family
from procedures.schema import SubjectKind

Facts = Mapping[str, Any]

TEAM_DECISIONS: Final = ("C01", "E01", "G01")
PLANS: Final = ("C02", "E01a", "G01a")
CONCLUSION_NOTICES: Final = ("C19", "E05")
PLANNED: Final = {
    "work_from": "work_from", "work_to": "work_to", "working_days": "working_days", "place": "work_place",
    "report_due_on": "report_due_on",
}  # fmt: skip
"""Name in the group `plan` → field of a decision or plan in which it was written down."""
POSITIONS: Final = {
    "head": "Trưởng đoàn",
    "deputy": "Phó Trưởng đoàn",
    "member": "Thành viên",
    "secretary": "Thư ký",
}


def family_of(case: Case) -> Family:
    """The set of forms of a case: that of its procedure for its first subject."""
    return Family(edition_of(case).family_for(subject_kind_of(case) or SubjectKind.MEMBER))


def papers_of(case: Case) -> "ModelSelect[Document]":
    """Every paper of a case, whatever its state."""
    return Document.select().where(Document.case == case.id)


def issued_paper(case: Case, codes: tuple[str, ...]) -> Document | None:
    """The first issued paper of one of these forms."""
    issued = papers_of(case).where(Document.form.in_(codes), Document.state == "issued")
    found: Document | None = issued.order_by(Document.issued_on, Document.id).first()
    return found


def named_by_number(paper: Document) -> str:
    """`Quyết định số 12-QĐ/UBKTTU, ngày 02 tháng 3 năm 2026`; a paper without number by its name."""
    form = forms()[paper.form]
    kind = forms().wording.abbreviations.get(form.abbreviation or "", "")
    name = f"{capitalised(kind.lower())} số {paper.symbol}" if kind and paper.symbol else form.name
    return f"{name}, {official_date(paper.issued_on)}" if paper.issued_on else name


def about_case(case: Case) -> Facts:
    """The group `case`."""
    allegations = list(case.allegations.order_by(case.allegations.model.number))
    texts = [allegation.text for allegation in allegations]
    content = texts or [line for line in case.scope.splitlines() if line.strip()]
    due = Deadline.select().where(Deadline.case == case.id, Deadline.step.is_null()).first()
    issued = list(papers_of(case).where(Document.state == "issued").order_by(Document.issued_on, Document.id))
    opening = [paper for paper in issued if paper.form in TEAM_DECISIONS + PLANS]
    return {
        "number": case.code, "title": case.title, "content": content,
        "short_content": content[0] if content else case.title,
        "period_from": case.period_from, "period_to": case.period_to,
        "secrecy": case.secrecy, "opened_on": case.started_on, "due_on": due.due_on if due else None,
        "allegations": texts,
        "allegation_results": [
            {"text": one.text, "verified": one.verified, "conclusion": one.conclusion} for one in allegations
        ],
        "opening_papers": [named_by_number(paper) for paper in opening],
        "documents": [_index_row(paper) for paper in issued],
        "document_total": len(issued),
        "requests": [
            {"content": task.text, "responsible": task.responsible, "due_on": task.due_on}
            for task in case.follow_ups
        ],
    }  # fmt: skip


def _index_row(paper: Document) -> dict[str, Any]:
    return {
        "symbol": paper.symbol, "date": paper.issued_on, "author": paper.commission.name,
        "abstract": paper.title,
    }  # fmt: skip


def about_team(case: Case) -> Facts:
    """The group `team`; it is named by the decision that set it up, once that is issued."""
    posts = list(case.team.where(TeamMember.left_on.is_null()).order_by(TeamMember.id))
    by_position = {post.position: post.user.full_name for post in reversed(posts)}
    decision = issued_paper(case, TEAM_DECISIONS)
    word = capitalised(forms().wording.families[family_of(case)].team)
    return {
        "name": f"{word} theo Quyết định số {decision.symbol}" if decision else "",
        "head": by_position.get("head", ""),
        "deputy": by_position.get("deputy", ""),
        "secretary": by_position.get("secretary", ""),
        "commissioner": case.directing.full_name if case.directing else "",
        "members": [
            {"full_name": post.user.full_name, "post": post.user.post, "duty": _duty(post)} for post in posts
        ],
    }


def _duty(post: TeamMember) -> str:
    """`Trưởng đoàn, phụ trách chung`; of a plain member only the task."""
    position = POSITIONS[post.position]
    if not post.task:
        return position
    return post.task if post.position == "member" else f"{position}, {post.task[:1].lower()}{post.task[1:]}"


def about_plan(case: Case) -> Facts:
    """The group `plan`: what the latest decision and plan of the case say, and the tasks of the team."""
    found: dict[str, Any] = {}
    papers = papers_of(case).where(Document.form.in_(TEAM_DECISIONS + PLANS), Document.state != "void")
    for paper in papers.order_by(Document.id):
        written = values_of(forms()[paper.form], paper.values)
        found |= {name: written[field] for name, field in PLANNED.items() if written.get(field)}
    given = case.team.where(TeamMember.left_on.is_null(), TeamMember.task != "").order_by(TeamMember.id)
    tasks = [{"member": post.user.full_name, "content": post.task} for post in given]
    year = case.programme_item.year if case.programme_item else None
    return found | {"tasks": tasks, "year": year}


def about_earlier_decisions(case: Case) -> Facts:
    """Of the group `decision`: what the case stands on and how it was extended."""
    team = issued_paper(case, TEAM_DECISIONS)
    notice = _conclusion_notice(case)
    change = _last_extension(case)
    return {
        "team_decision": named_by_number(team) if team else "",
        "conclusion_notice": named_by_number(notice) if notice else "",
        "extended_to": change.deadline.due_on if change else None,
        "extension_reason": change.reason if change else "",
    }


def _last_extension(case: Case) -> DeadlineChange | None:
    granted = (DeadlineChange.kind == "extension") & (DeadlineChange.state == "granted")
    changes = DeadlineChange.select().join(Deadline).where(Deadline.case == case.id, granted)
    found: DeadlineChange | None = changes.order_by(DeadlineChange.id.desc()).first()
    return found


def _conclusion_notice(case: Case) -> Document | None:
    """The notice of this case, else of the case it was opened from: discipline follows an inspection."""
    source: Case | None = case
    while source is not None:
        notice = issued_paper(source, CONCLUSION_NOTICES)
        if notice is not None:
            return notice
        source = source.parent
    return None
