"""The registers on screen and as spreadsheets: discipline decisions (R06), papers sent out (R04)."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from cases.decisions.models import Decision
from cases.decisions.queries import DecisionFilter, filtered
from cases.definitions import rules
from cases.downloads import as_download
from cases.paging import PAGE_SIZE, Page, page_number, page_of
from cases.people.access import actor, now, requires, today
from cases.people.permissions import Permission
from cases.registers import operations, queries
from cases.registers.discipline import penalty_label
from cases.registers.outgoing import Entry
from cases.registers.queries import OutgoingFilter
from procedures.schema import SubjectKind

blueprint = Blueprint("registers", __name__)


@blueprint.route("/so-sach")
@requires(Permission.SEE_REGISTERS)
def index() -> ResponseReturnValue:
    return render_template("screens/registers/index.html")


@blueprint.route("/so-sach/quyet-dinh-ky-luat")
@requires(Permission.SEE_DECISIONS)
def discipline() -> ResponseReturnValue:
    wanted = _decisions_wanted()
    page = page_of(filtered(actor(), wanted, today=today()), page_number())
    choices = {
        penalty.id: penalty.label
        for kind in SubjectKind
        for penalty in rules().penalties_for(kind)
        if penalty.weight
    }
    return render_template(
        "screens/registers/discipline.html", page=page, wanted=wanted, penalties=choices.items(),
        labels={one.id: penalty_label(one, one.penalty) for one in page.rows},
    )  # fmt: skip


@blueprint.route("/so-sach/quyet-dinh-ky-luat.xlsx")
@requires(Permission.SEE_REGISTERS)
def discipline_file() -> ResponseReturnValue:
    actor().require(Permission.SEE_DECISIONS)
    found = filtered(actor(), _decisions_wanted(), today=today()).where(Decision.signed_on.is_null(False))
    rows = list(found.order_by(Decision.signed_on, Decision.number))
    data = operations.export_discipline(actor(), rows, now=now())
    return as_download(data, f"so-quyet-dinh-ky-luat-{today().isoformat()}.xlsx")


@blueprint.route("/so-sach/van-ban-di")
@requires(Permission.SEE_REGISTERS)
def outgoing() -> ResponseReturnValue:
    wanted = _papers_wanted()
    page = _cut(queries.outgoing(actor(), wanted), page_number())
    books = queries.books(actor())
    return render_template(
        "screens/registers/outgoing.html", page=page, wanted=wanted,
        series=[(one, one) for one in sorted({book[0] for book in books})],
        terms=[(one, one) for one in sorted({book[1] for book in books}, reverse=True)],
    )  # fmt: skip


@blueprint.route("/so-sach/van-ban-di.xlsx")
@requires(Permission.SEE_REGISTERS)
def outgoing_file() -> ResponseReturnValue:
    entries = queries.outgoing(actor(), _papers_wanted())
    data = operations.export_outgoing(actor(), list(reversed(entries)), now=now())
    return as_download(data, f"so-van-ban-di-{today().isoformat()}.xlsx")


def _decisions_wanted() -> DecisionFilter:
    asked = request.args
    return DecisionFilter(
        text=asked.get("tim", ""), penalty=asked.get("hinh-thuc", ""), kind=asked.get("doi-tuong", ""),
        year=_year(asked.get("nam", "")), state=asked.get("trang-thai", ""),
    )  # fmt: skip


def _papers_wanted() -> OutgoingFilter:
    asked = request.args
    return OutgoingFilter(
        text=asked.get("tim", ""), series=asked.get("loai", ""), term=asked.get("nhiem-ky", ""),
        state=asked.get("trang-thai", ""), year=_year(asked.get("nam", "")),
    )  # fmt: skip


def _year(text: str) -> int | None:
    """A year people could mean; anything else asks for nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and text > "1900" else None


def _cut(entries: list[Entry], number: int) -> Page:
    pages = max(1, -(-len(entries) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    return Page(entries[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, pages, len(entries))
