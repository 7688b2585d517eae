"""What every answer carries, and what every write must bring."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from cases.clock import FixedClock
from cases.web.headers import HEADERS
from procedures.schema import Role
from tests.security.routes import address, rules_with
from tests.support import strict_html
from tests.support.page_client import PageClient
from tests.support.running_app import build_app, signed_in
from tests.support.worlds import PASSWORD, Staff, a_staffed_commission


@pytest.fixture
def staff(app: Flask) -> Staff:
    return a_staffed_commission()


def pages(app: Flask, staff: Staff) -> Iterator[tuple[str, str]]:
    """Every page that needs no number, as somebody who may open it sees it."""
    clients = {role: signed_in(app, user).client for role, user in staff.users.items()}
    for rule in rules_with(app, "GET"):
        if rule.arguments:
            continue
        for client in clients.values():
            answer = client.get(rule.rule)
            if answer.status_code == 200:
                if answer.mimetype == "text/html":
                    yield rule.rule, answer.get_data(as_text=True)
                break


def test_every_post_refuses_a_missing_token(app: Flask, staff: Staff) -> None:
    client = signed_in(app, staff.users[Role.CHAIR])
    for rule in rules_with(app, "POST"):
        page = client.post(address(app, rule), expected=400)
        assert page.has("Phiên làm việc trên trang này đã hết hạn"), str(rule)


def test_a_token_of_another_browser_is_refused(app: Flask, staff: Staff) -> None:
    one, other = signed_in(app, staff.users[Role.CLERK]), signed_in(app, staff.users[Role.CLERK])
    token = one.get("/tai-khoan", expected=200).form(action="/dang-xuat").values["csrf_token"]
    other.get("/tai-khoan", expected=200)
    other.post("/dang-xuat", {"csrf_token": token}, expected=400)
    one.post("/dang-xuat", {"csrf_token": token}, expected=302)


@pytest.mark.parametrize("path", ["/dang-nhap", "/khong-co-trang-nay", "/nhat-ky", "/tai-khoan"])
def test_every_answer_carries_the_security_headers(app: Flask, staff: Staff, path: str) -> None:
    answer = signed_in(app, staff.users[Role.CLERK]).client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_policy_lets_no_script_or_style_run_that_is_not_a_file_of_ours() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'" and "unsafe" not in HEADERS["Content-Security-Policy"]
    assert {"script-src", "style-src"}.isdisjoint(policy)
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"


def test_no_page_has_an_inline_script_style_or_handler(app: Flask, staff: Staff) -> None:
    seen = dict(pages(app, staff))
    assert len(seen) >= 10
    for path, html in seen.items():
        assert not strict_html.problems(html), path
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son[a-z]+=|\sstyle=|javascript:", html), path


def test_no_page_fetches_anything_from_another_server(app: Flask, staff: Staff) -> None:
    for path, html in pages(app, staff):
        assert not re.search(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"'](?:https?:)?//", html), path


def sign_in_by_hand(client: PageClient) -> str:
    page = client.get("/dang-nhap", expected=200)
    answer = client.submit(page, expected=302, username="clerk", password=PASSWORD)
    return str(answer.response.headers["Set-Cookie"])


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(app: Flask, staff: Staff) -> None:
    cookie = sign_in_by_hand(PageClient(app))
    assert cookie.startswith("ky_cuong=") and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert "Expires" not in cookie and "Max-Age" not in cookie  # gone when the browser is closed


def test_behind_https_the_cookie_travels_encrypted_only(
    app: Flask, staff: Staff, database_url: str, clock: FixedClock
) -> None:
    instance = app.extensions["settings"].instance_path
    secure = build_app(database_url, instance, clock, secure_cookies=True)
    client = PageClient(secure)
    page = client.get("/dang-nhap", expected=200)
    assert "Secure" in page.response.headers["Set-Cookie"]


def test_the_page_of_an_unexpected_failure_tells_nothing_of_the_inside(
    app: Flask, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail() -> str:
        raise RuntimeError("mật khẩu cơ sở dữ liệu")

    monkeypatch.setitem(app.view_functions, "people.account", fail)
    page = signed_in(app, staff.users[Role.CLERK]).get("/tai-khoan", expected=500)
    assert "RuntimeError" not in page.html and "mật khẩu cơ sở" not in page.html
