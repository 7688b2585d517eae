"""The report on one case: a page that says what is in it, and the two files."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from cases.documents.html import fragment
from cases.downloads import as_download
from cases.lifecycle.queries import case_of
from cases.people.access import actor, now, requires, settings, today
from cases.people.permissions import Permission
from cases.report import operations

CASE = "/ho-so/<int:case_id>"
blueprint = Blueprint("report", __name__)


@blueprint.route(f"{CASE}/bao-cao")
@requires(Permission.SEE_CASES)
def report(case_id: int) -> ResponseReturnValue:
    case = case_of(actor(), case_id)
    paper = operations.paper_of(case, reporter=actor().name, today=today())
    return render_template("screens/report/report.html", case=case, preview=fragment(paper))


@blueprint.route(f"{CASE}/bao-cao.<any(pdf, docx):kind>")
@requires(Permission.SEE_CASES)
def download(case_id: int, kind: str) -> ResponseReturnValue:
    case, data = operations.report_of(actor(), case_id, kind=kind, settings=settings(), now=now())
    return as_download(data, f"bao-cao-vu-viec-{case.code}.{kind}")
