"""The frame around every page: menu, ways back, headings, headers."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, flash, render_template_string

from cases.people.permissions import Permission
from cases.web import navigation
from cases.web.bootstrap_assets import load_icons
from cases.web.headers import HEADERS
from procedures.schema import Role
from tests.support.page_client import PageClient
from tests.support.sample_app import SampleUser, add_page, make_app

PLAIN = """{% extends "layout/base.html" %}{% block heading %}Đơn thư{% endblock %}"""
SIGNED_OUT = """{% extends "layout/signed_out.html" %}{% block heading %}Đăng nhập{% endblock %}"""


def view(permission: object) -> Callable[[], str]:
    def show() -> str:
        return render_template_string(PLAIN)

    if permission:
        show.permission = permission  # type: ignore[attr-defined]
    return show


def app_of(*roles: Role, pages: dict[str, tuple[str, Any]]) -> Flask:
    app = make_app(SampleUser(*roles))
    for endpoint, (address, permission) in pages.items():
        app.add_url_rule(address, endpoint, view(permission))
    return app


PAGES = {
    "home.index": ("/", Permission.SEE_HOME),
    "intake.letters": ("/don-thu", Permission.SEE_LETTERS),
    "intake.letter": ("/don-thu/1", Permission.SEE_LETTERS),
    "people.users": ("/nguoi-dung", Permission.MANAGE_USERS),
}


def test_the_menu_lists_only_what_the_person_may_open() -> None:
    clerk = PageClient(app_of(Role.CLERK, pages=PAGES)).get("/don-thu", expected=200)
    administrator = PageClient(app_of(Role.ADMINISTRATOR, pages=PAGES)).get("/nguoi-dung", expected=200)
    assert clerk.links.get("Đơn thư") == "/don-thu" and "Người dùng" not in clerk.links
    assert administrator.links.get("Người dùng") == "/nguoi-dung" and "Đơn thư" not in administrator.links


def test_the_menu_leaves_out_pages_that_do_not_exist_and_groups_left_empty() -> None:
    app = app_of(*Role, pages={"home.index": PAGES["home.index"]})
    page = PageClient(app).get("/", expected=200)
    assert "Công việc" in page.text
    assert "Hồ sơ vụ việc" not in page.text and "Quản trị" not in page.text


def test_a_view_that_names_no_permission_is_not_in_the_menu() -> None:
    app = app_of(*Role, pages={**PAGES, "audit.journal": ("/nhat-ky", None)})
    assert "Nhật ký" not in PageClient(app).get("/", expected=200).links


@pytest.mark.parametrize("address", ["/don-thu", "/don-thu/1"])
def test_the_menu_marks_the_feature_the_page_belongs_to(address: str) -> None:
    page = PageClient(app_of(Role.CLERK, pages=PAGES)).get(address, expected=200)
    current = [a.get("href") for a in page.root.iter("a") if a.get("aria-current") == "page"]
    assert current == ["/don-thu"]


def test_a_page_may_mark_another_menu_entry_than_its_own() -> None:
    app = app_of(Role.CLERK, pages=PAGES)
    add_page(app, "/khac", '{% set active_page = "home.index" %}' + PLAIN, endpoint="other.page")
    page = PageClient(app).get("/khac", expected=200)
    assert [a.get("href") for a in page.root.iter("a") if a.get("aria-current")] == ["/"]


def test_shortcut_letters_are_different_and_leave_n_for_the_next_action() -> None:
    letters = [entry.shortcut for group in navigation.MENU for entry in group.entries if entry.shortcut]
    assert len(letters) == len(set(letters)) and "N" not in letters


def test_every_icon_of_the_menu_exists() -> None:
    names = {entry.icon for group in navigation.MENU for entry in group.entries}
    assert names <= set(load_icons())


def test_an_icon_bootstrap_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError, match="no-such-icon"):
        load_icons(["no-such-icon"])


def test_the_header_names_product_commission_person_and_post() -> None:
    page = PageClient(app_of(Role.CLERK, pages=PAGES)).get("/", expected=200)
    for words in ("Kỷ Cương", "Ủy ban Kiểm tra Tỉnh ủy An Sơn", "Trần Thị Mẫu", "Kiểm tra viên, Phòng"):
        assert page.has(words)


def test_signing_out_is_a_form_with_a_token() -> None:
    app = app_of(Role.CLERK, pages=PAGES)
    app.add_url_rule("/dang-xuat", "people.sign_out", lambda: ("", 204), methods=["POST"])
    client = PageClient(app)
    client.submit(client.get("/", expected=200), button="Đăng xuất", expected=204)


def test_every_page_but_home_leads_back_to_home_by_default() -> None:
    client = PageClient(app_of(Role.CLERK, pages=PAGES))
    assert "Quay lại: Việc hôm nay" in client.get("/don-thu", expected=200).links
    assert "Quay lại: Việc hôm nay" not in client.get("/", expected=200).links


def test_a_page_without_a_heading_cannot_be_drawn() -> None:
    app = make_app(SampleUser())
    app.testing = True
    add_page(app, "/trong", '{% extends "layout/base.html" %}', endpoint="empty")
    with pytest.raises(Exception, match="heading"):
        app.test_client().get("/trong")


def test_a_heading_is_escaped_in_title_and_h1() -> None:
    app = make_app(SampleUser())
    source = '{% extends "layout/base.html" %}{% block heading %}{{ name }}{% endblock %}'
    add_page(app, "/ten", source, endpoint="named", name="Đơn <b>mật</b> & khẩn")
    page = PageClient(app).get("/ten", expected=200)
    assert page.h1 == "Đơn <b>mật</b> & khẩn"
    assert "<b>" not in page.html


@pytest.mark.parametrize(
    ("category", "role", "tone"), [("success", "status", "is-good"), ("error", "alert", "is-bad")]
)
def test_messages_are_announced_by_their_weight(category: str, role: str, tone: str) -> None:
    app = make_app(SampleUser())

    def show() -> str:
        flash("Đã ghi đơn số 214.", category)
        return render_template_string(PLAIN)

    app.add_url_rule("/ghi-xong", "done", show)
    page = PageClient(app).get("/ghi-xong", expected=200)
    box = next(item for item in page.root.iter() if item.get("data-flash") == category)
    assert box.get("role") == role and tone in page.html
    assert "Đã ghi đơn số 214." in page.flashes[0]


def test_a_page_for_people_not_signed_in_has_no_menu() -> None:
    app = make_app()
    add_page(app, "/dang-nhap", SIGNED_OUT, endpoint="people.sign_in")
    page = PageClient(app).get("/dang-nhap", expected=200)
    assert page.h1 == "Đăng nhập" and not list(page.root.iter("nav"))


def test_pages_carry_the_security_headers_and_are_not_kept() -> None:
    answer = PageClient(app_of(Role.CLERK, pages=PAGES)).get("/", expected=200).response
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_content_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    for rule in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert rule in policy


def test_everything_the_page_loads_is_served_here() -> None:
    app = app_of(Role.CLERK, pages=PAGES)
    client = PageClient(app)
    page = client.get("/", expected=200)
    found = [item for tag in ("link", "script", "img") for item in page.root.iter(tag)]
    assert len(found) >= 4
    for item in found:
        answer = client.get(item.get("src") or item.get("href") or "", expected=200)
        assert answer.body and answer.response.headers.get("Cache-Control") != "no-store"
