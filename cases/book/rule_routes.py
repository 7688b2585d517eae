"""The public book of rules: one search over all of them, and the regulations with what replaces what."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from cases.book.blueprint import blueprint
from cases.book.entries import KINDS, RULES
from cases.book.limits import standing_of
from cases.book.regulations import anchor, by_area
from cases.book.searching import CONFIRMED, UNCONFIRMED, Query, index_of, page_of_hits
from cases.definitions import forms, rules
from cases.paging import page_number
from cases.people.access import actor, requires, today
from cases.people.permissions import Permission
from cases.text import DayUnreadable, parse_day

SURE = {CONFIRMED: _l("Đã xác nhận"), UNCONFIRMED: _l("Chưa xác nhận")}


@blueprint.route("/quy-dinh", endpoint="rules")
@requires(Permission.SEE_RULES)
def rule_search() -> ResponseReturnValue:
    query, problem = _query()
    index = index_of(rules(), forms())
    hits = index.search(query, standing_of(actor().commission_id), today=today())
    return render_template(
        "screens/book/rules.html", page=page_of_hits(hits, page_number()), query=query, problem=problem,
        kinds=KINDS, areas=[(area, area) for area in index.areas(query.kind)], sure=SURE, with_pages=RULES,
        anchor=anchor,
    )  # fmt: skip


@blueprint.route("/quy-dinh/van-ban")
@requires(Permission.SEE_RULES)
def regulations() -> ResponseReturnValue:
    return render_template("screens/book/rules_regulations.html", areas=by_area(rules(), today()))


def _query() -> tuple[Query, str]:
    """What the address asks for, and what is wrong with its day; a choice nobody offers is no choice."""
    typed, problem = request.args, ""
    try:
        on = parse_day(typed["ngay"]) if typed.get("ngay", "").strip() else None
    except DayUnreadable as error:
        on, problem = None, error.message
    kind, sure = typed.get("loai", ""), typed.get("xac-nhan", "")
    query = Query(
        typed.get("tim", "").strip(), kind if kind in KINDS else "", typed.get("linh-vuc", ""),
        sure if sure in SURE else "", on,
    )  # fmt: skip
    return query, problem
