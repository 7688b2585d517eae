"""Error pages: in Vietnamese, with a way back, and standing when everything else fell."""

import pytest
from flask import Flask, abort, redirect
from flask.typing import ResponseReturnValue
from peewee import DataError
from werkzeug.exceptions import HTTPException

from cases.errors import NotAllowed, Refused
from cases.web.error_pages import WORDS
from tests.support import strict_html
from tests.support.page_client import PageClient
from tests.support.sample_app import SampleUser, make_app


def failing_app(user: SampleUser | None = None) -> Flask:
    app = make_app(user)

    def fail(status: int) -> ResponseReturnValue:
        abort(status)

    app.add_url_rule("/loi/<int:status>", "fail", fail)
    app.add_url_rule("/ghi", "write", lambda: ("", 204), methods=["POST"])
    return app


@pytest.mark.parametrize("status", sorted(WORDS))
@pytest.mark.parametrize("user", [None, SampleUser()], ids=["signed out", "signed in"])
def test_each_error_says_what_why_and_what_to_do(status: int, user: SampleUser | None) -> None:
    page = PageClient(failing_app(user)).get(f"/loi/{status}", expected=status)
    assert page.h1 == str(WORDS[status].title)
    assert page.has(str(WORDS[status].why))
    assert page.has("Việc cần làm") and page.has(f"Mã lỗi: {status}")


@pytest.mark.parametrize("status", [406, 410, 415, 422])
def test_an_error_without_words_of_its_own_keeps_its_status(status: int) -> None:
    assert PageClient(failing_app()).get(f"/loi/{status}", expected=status).h1 == "Yêu cầu không đọc được"


def test_an_unknown_address_is_not_found() -> None:
    assert PageClient(failing_app()).get("/khong-co", expected=404).h1 == "Không tìm thấy trang"


def test_a_wrong_method_says_which_are_allowed() -> None:
    answer = PageClient(failing_app()).get("/ghi", expected=405).response
    assert "POST" in answer.headers["Allow"]


def test_a_form_without_a_token_is_refused_in_words() -> None:
    page = PageClient(failing_app(SampleUser())).post("/ghi", expected=400)
    assert page.h1 == "Phiên làm việc trên trang này đã hết hạn"


def test_too_many_attempts_say_when_to_come_back() -> None:
    answer = PageClient(failing_app()).get("/loi/429", expected=429).response
    assert int(answer.headers["Retry-After"]) > 0


def test_an_upload_that_is_too_large_is_refused_in_words() -> None:
    app = failing_app()
    app.config["MAX_CONTENT_LENGTH"] = 10
    page = PageClient(app).post("/ghi", {"text": "dài" * 100}, expected=413)
    assert page.h1 == "Tệp quá lớn"


@pytest.mark.parametrize(
    ("error", "status"), [(Refused("Hồ sơ đã kết thúc."), 409), (NotAllowed("Đồng chí không có quyền."), 403)]
)
def test_a_refusal_nobody_caught_shows_its_reason(error: Exception, status: int) -> None:
    app = make_app(SampleUser())

    def refuse() -> ResponseReturnValue:
        raise error

    app.add_url_rule("/tu-choi", "refuse", refuse)
    page = PageClient(app).get("/tu-choi", expected=status)
    assert page.h1 == "Chưa thực hiện được" and page.has(str(error))


@pytest.mark.parametrize("address", ["/hong", "/loi/503"])
def test_a_failure_shows_a_reference_that_is_in_the_log(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = failing_app(SampleUser())
    app.add_url_rule("/hong", "broken", lambda: str(1 // 0))
    page = PageClient(app).get(address, expected=500)
    reference = next(item.text for item in page.root.iter("strong"))
    assert reference and reference in caplog.text
    assert "ZeroDivisionError" not in page.text


def test_the_failure_page_stands_when_user_and_context_fail_too() -> None:
    app = failing_app()

    def broken(*_args: object) -> None:
        raise RuntimeError("the database is gone")

    app.login_manager.request_loader(broken)  # type: ignore[attr-defined]
    app.context_processor(broken)  # type: ignore[arg-type]
    answer = app.test_client().get("/loi/404")
    assert answer.status_code == 500
    assert strict_html.problems(answer.get_data(as_text=True)) == []
    assert "Hệ thống gặp sự cố" in answer.get_data(as_text=True)


def test_what_the_failure_page_loads_exists() -> None:
    client = PageClient(failing_app())
    page = client.get("/loi/500", expected=500)
    links = [item.get("href") or "" for item in page.root.iter("link")]
    assert links and all(client.get(link, expected=200).body for link in links)


def test_a_redirect_is_not_an_error() -> None:
    app = make_app()

    def move() -> ResponseReturnValue:
        raise _redirecting()

    app.add_url_rule("/chuyen", "move", move)
    assert app.test_client().get("/chuyen").headers["Location"] == "/den"


def _redirecting() -> HTTPException:
    return HTTPException(response=redirect("/den"))


@pytest.mark.parametrize("error", [OverflowError("too large"), DataError("NUL")], ids=repr)
def test_a_value_that_no_column_can_hold_is_a_bad_request_and_no_failure(error: Exception) -> None:
    app = make_app()

    def fail() -> ResponseReturnValue:
        raise error

    app.add_url_rule("/qua-lon", "too_large", fail)
    assert PageClient(app).get("/qua-lon", expected=400).h1 == "Yêu cầu không đọc được"
