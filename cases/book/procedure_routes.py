"""The public book of procedures: the list, one procedure, two editions side by side, the printed booklet."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.book.blueprint import blueprint
from cases.book.booklet import booklet as printed_booklet
from cases.book.comparing import compare as differences
from cases.book.diagram import draw
from cases.book.limits import standing_of
from cases.book.reading import Reader
from cases.definitions import forms, rules
from cases.documents.rendering import house_of
from cases.downloads import as_download
from cases.errors import NotFound
from cases.people.access import actor, requires, settings, today
from cases.people.permissions import Permission
from cases.people.queries import commission_of
from procedures.schema import ProcedureEdition, RuleNotFound


@blueprint.route("/quy-trinh")
@requires(Permission.SEE_RULES)
def procedures() -> ResponseReturnValue:
    book = reader()
    query = request.args.get("tim", "").strip()
    return render_template(
        "screens/book/procedures.html", groups=book.groups(query), query=query,
        packs_off=book.packs_off(), today=today(),
    )  # fmt: skip


@blueprint.route("/quy-trinh/<code>")
@requires(Permission.SEE_RULES)
def procedure(code: str) -> ResponseReturnValue:
    book = reader()
    edition = _asked(book, code, "ban") or _current(book, code)
    view = book.view(edition)
    return render_template(
        "screens/book/procedure.html", view=view, diagram=draw(view, book.name_of), name_of=book.name_of,
        editions=list(reversed(rules().editions_of(code))), known=_with_pages(), today=today(),
    )  # fmt: skip


@blueprint.route("/quy-trinh/<code>/so-sanh")
@requires(Permission.SEE_RULES)
def compare(code: str) -> ResponseReturnValue:
    book = reader()
    new = _asked(book, code, "den") or _current(book, code)
    old = _asked(book, code, "tu") or _before(new)
    pair = (book.view(old), book.view(new)) if old else None
    return render_template(
        "screens/book/procedure_compare.html", view=book.view(new), pair=pair,
        diff=differences(*pair) if pair else None, editions=rules().editions_of(code), today=today(),
    )  # fmt: skip


@blueprint.route("/quy-trinh/<code>/so-tay.pdf")
@requires(Permission.SEE_RULES)
def booklet(code: str) -> ResponseReturnValue:
    book = reader()
    edition = _asked(book, code, "ban") or _current(book, code)
    return as_download(_printed(book, [edition]), f"so-tay-{edition.code}-{edition.valid_from}.pdf")


@blueprint.route("/quy-trinh/so-tay.pdf")
@requires(Permission.SEE_RULES)
def booklet_of_all() -> ResponseReturnValue:
    book = reader()
    rows = (row for group in book.groups() for row in group.rows)
    data = _printed(book, [row.edition for row in rows if row.edition is not None])
    return as_download(data, f"so-tay-quy-trinh-{today()}.pdf")


def reader() -> Reader:
    """The rule book as the commission of the signed-in person reads it today."""
    return Reader(rules(), forms(), standing_of(actor().commission_id), today=today())


def _asked(book: Reader, code: str, name: str) -> ProcedureEdition | None:
    """The edition whose day the address names; None when it names none."""
    typed = request.args.get(name, "")
    if not typed:
        return None
    try:
        return book.edition_on(code, date.fromisoformat(typed))
    except (ValueError, RuleNotFound):
        raise NotFound(_("Không có bản quy trình %(code)s của ngày này.", code=code)) from None


def _current(book: Reader, code: str) -> ProcedureEdition:
    edition = book.current(code)
    if edition is None:
        raise NotFound(_("Không có quy trình mã này; hãy chọn trong danh sách quy trình."))
    return edition


def _before(edition: ProcedureEdition) -> ProcedureEdition | None:
    """The edition that this one followed; the next one for the first, so that there is something to see."""
    others = [one for one in rules().editions_of(edition.code) if one.valid_from != edition.valid_from]
    earlier = [one for one in others if one.valid_from < edition.valid_from]
    return next(reversed(earlier), None) or next(iter(others), None)


def _with_pages() -> set[str]:
    return {edition.code for edition in rules().procedures}


def _printed(book: Reader, editions: list[ProcedureEdition]) -> bytes:
    return printed_booklet(
        book, [book.view(edition) for edition in editions], house=house_of(commission_of(actor())),
        printed_on=today(), engine=settings().engine,
    )  # fmt: skip
