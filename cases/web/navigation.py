"""The main menu as data. A page is listed once it exists and when the person may open it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, current_app, request, url_for
from flask_babel import LazyString, lazy_gettext as _l
from flask_login import current_user

from cases.people.access import PUBLIC, actor

MayOpen = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One page of the menu; `shortcut` is the letter that Alt + Shift joins."""

    endpoint: str
    label: LazyString
    icon: str
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class MenuGroup:
    label: LazyString
    entries: tuple[MenuEntry, ...]


@dataclass(frozen=True, slots=True)
class MenuLink:
    """An entry ready to draw."""

    endpoint: str
    label: LazyString
    icon: str
    shortcut: str
    url: str


MENU: Final = (
    MenuGroup(
        _l("Công việc"),
        (
            MenuEntry("home.index", _l("Việc hôm nay"), "house", "V"),
            MenuEntry("intake.letters", _l("Đơn thư"), "envelope-paper", "D"),
            MenuEntry("lifecycle.cases", _l("Hồ sơ vụ việc"), "folder2-open", "H"),
            MenuEntry("documents.index", _l("Văn bản"), "file-earmark-text", "B"),
            MenuEntry("approvals.inbox", _l("Chờ duyệt"), "check2-square", "C"),
            MenuEntry("sessions.index", _l("Kỳ họp"), "people", "K"),
            MenuEntry("plans.programme", _l("Chương trình"), "calendar3", "T"),
        ),
    ),
    MenuGroup(
        _l("Tra cứu"),
        (
            MenuEntry("registers.index", _l("Sổ sách"), "journal-text", "S"),
            MenuEntry("parties.organisations", _l("Tổ chức, đảng viên"), "diagram-3", "G"),
            MenuEntry("book.procedures", _l("Quy trình"), "signpost-split", "Q"),
            MenuEntry("book.rules", _l("Quy định, thời hạn"), "book"),
        ),
    ),
    MenuGroup(
        _l("Quản trị"),
        (
            MenuEntry("imports.index", _l("Nhập sổ"), "upload"),
            MenuEntry("deadlines.calendar", _l("Lịch làm việc"), "calendar-week"),
            MenuEntry("book.confirmations", _l("Xác nhận quy định"), "patch-check"),
            MenuEntry("people.users", _l("Người dùng"), "person-gear"),
            MenuEntry("people.commission", _l("Ủy ban kiểm tra"), "building"),
            MenuEntry("audit.journal", _l("Nhật ký"), "clock-history"),
        ),
    ),
)
HOME: Final = "home.index"
SIGN_OUT: Final = "people.sign_out"
OWN_ACCOUNT: Final = "people.account"


def init_navigation(app: Flask) -> None:
    """Give templates the functions of this module about menu, person and addresses."""
    for offered in (main_menu, may_open, menu_page, signed_in, home_url, address_of):
        app.add_template_global(offered, offered.__name__)
    app.jinja_env.globals.update(sign_out_endpoint=SIGN_OUT, account_endpoint=OWN_ACCOUNT)


def main_menu() -> list[tuple[LazyString, list[MenuLink]]]:
    """Return the menu of the person who is signed in."""
    return menu_for(may_open, existing=current_app.view_functions)


def may_open(endpoint: str) -> bool:
    """Ask the permission that the view itself names, so menu and view can never disagree."""
    needed = getattr(current_app.view_functions.get(endpoint), "permission", None)
    if needed is None or not current_user.is_authenticated:
        return False
    return needed == PUBLIC or actor().may(needed)


def menu_for(may_open: MayOpen, *, existing: Iterable[str]) -> list[tuple[LazyString, list[MenuLink]]]:
    """Return the groups and links that exist and may be opened; a group without links is left out."""
    known = set(existing)
    groups = [(group.label, _links(group, may_open, known)) for group in MENU]
    return [(label, links) for label, links in groups if links]


def _links(group: MenuGroup, may_open: MayOpen, known: set[str]) -> list[MenuLink]:
    return [
        MenuLink(entry.endpoint, entry.label, entry.icon, entry.shortcut, url_for(entry.endpoint))
        for entry in group.entries
        if entry.endpoint in known and may_open(entry.endpoint)
    ]


def menu_page() -> str:
    """Return the menu entry the current page belongs to: its own, else the first of its feature."""
    endpoints = [entry.endpoint for group in MENU for entry in group.entries]
    if request.endpoint in endpoints:
        return request.endpoint
    feature = (request.endpoint or "").partition(".")[0]
    return next((name for name in endpoints if name.partition(".")[0] == feature), "")


def signed_in() -> bool:
    return bool(current_user.is_authenticated)


def home_url() -> str:
    """Return where "home" leads; the root of the site until the home page exists."""
    return address_of(HOME) or "/"


def address_of(endpoint: str, **values: Any) -> str:
    """Return the address of an endpoint, empty when no such page exists."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""
