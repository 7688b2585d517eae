"""What stands on every page of a case: tabs, the chain of cases, what is next and who is waited for."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from cases.deadlines.models import Deadline
from cases.documents.models import Document
from cases.evidence.models import Evidence
from cases.lifecycle import queries
from cases.lifecycle.branches import ways_out
from cases.lifecycle.models import Allegation, Case
from cases.lifecycle.progress import edition_of, on_team, progress_of
from cases.lifecycle.rules import concludes_item_by_item
from cases.lifecycle.terms import BRANCHES, ORIGINS, SECRECY, STATES, URGENCY
from cases.lifecycle.views import steps_of
from cases.people.access import actor, today
from cases.people.permissions import Permission
from procedures.schema import Owner

TABS = (
    ("case", "lifecycle.case"),
    ("steps", "lifecycle.steps"),
    ("deadlines", "deadlines.of_case"),
    ("papers", "lifecycle.papers"),
    ("matter", "lifecycle.matter"),
    ("limitation", "decisions.limitation"),
    ("people", "lifecycle.people"),
    ("timeline", "lifecycle.timeline"),
)


def frame(case: Case, current: str) -> dict[str, Any]:
    """The values every page of a case needs; `current` names its tab."""
    views = steps_of(case)
    return {
        "case": case,
        "edition": edition_of(case),
        "tabs_of_case": _tabs(case, current),
        "chain": queries.chain_of(actor(), case),
        "views": views,
        "next_views": [view for view in views if view.state == "ready"] if case.state == "open" else [],
        "possible_views": [view for view in views if view.state == "possible"],
        "may_close": case.state == "open" and progress_of(case).may_close,
        "ways_out": ways_out(case, on=today()) if case.state == "open" else [],
        "gaps": _gaps(case),
        "clock": _clock(case),
        "today": today(),
        "running": actor().may(Permission.RUN_CASES) and case.state == "open",
        "assigning": actor().may(Permission.ASSIGN_CASES) and case.state == "open",
        "words": {
            "state": STATES, "origin": ORIGINS, "branch": BRANCHES, "secrecy": SECRECY, "urgency": URGENCY,
            "owner": {owner.value: owner.label for owner in Owner},
        },
    }  # fmt: skip


def _tabs(case: Case, current: str) -> list[dict[str, Any]]:
    labels = {
        "case": _("Tổng quan"),
        "steps": _("Các bước"),
        "deadlines": _("Thời hạn"),
        "papers": _("Văn bản"),
        "matter": _("Nội dung và chứng cứ"),
        "limitation": _("Thời hiệu"),
        "people": _("Người tham gia"),
        "timeline": _("Diễn biến"),
    }
    counts = {
        "deadlines": _count(Deadline, case, Deadline.state == "running"),
        "papers": _count(Document, case, Document.state != "void"),
        "matter": _count(Evidence, case, Evidence.withdrawn_reason == ""),
    }
    return [
        {
            "label": labels[name], "href": url_for(endpoint, case_id=case.id), "current": name == current,
            "count": counts.get(name),
        }
        for name, endpoint in TABS
    ]  # fmt: skip


def _count(model: Any, case: Case, narrowed: Any) -> int:
    return int(model.select().where(model.case == case.id, narrowed).count())


def _clock(case: Case) -> Deadline | None:
    """The running limit of the whole case, if its procedure has one."""
    running = Deadline.select().where(Deadline.case == case.id, Deadline.state == "running")
    found: Deadline | None = running.where(Deadline.step.is_null()).order_by(Deadline.id).first()
    return found


def _gaps(case: Case) -> list[str]:
    """What is missing for the case to go on, beyond its steps."""
    if case.state != "open":
        return []
    found = []
    if not any(member.position == "head" for member in on_team(case)):
        found.append(_("Chưa có Trưởng đoàn."))
    if case.directing_id is None:
        found.append(_("Chưa phân công thành viên Ủy ban chỉ đạo."))
    waiting = _count(Allegation, case, Allegation.conclusion == "")
    if waiting and concludes_item_by_item(edition_of(case)):
        found.append(_("%(count)d nội dung tố cáo chưa có kết luận.", count=waiting))
    return found
