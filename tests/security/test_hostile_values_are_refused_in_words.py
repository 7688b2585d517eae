"""What no honest browser sends, in fields people never type into, is refused: never a failure of ours."""

from collections.abc import Callable

import pytest
from flask import Flask

from cases.people.models import User
from procedures.schema import Role
from tests.support.running_app import signed_in
from tests.support.running_cases import an_open_case
from tests.support.worlds import Staff, a_staffed_commission

HOSTILE = ["", "x", "²", "-1", "9" * 30, "a\x00b", "ă" * 40_000, "a " * 20_000, "inf", "\u202e1"]
HEAD, CHAIR, CLERK = Role.HEAD_OF_SECTION, Role.CHAIR, Role.CLERK
POSTS: list[tuple[Role, str, Callable[[str], dict[str, str]]]] = [
    (HEAD, "/ho-so/{case}/chi-dao", lambda value: {"directing": value}),
    (HEAD, "/ho-so/{case}/xung-dot", lambda value: {"user_id": value, "reason": "Người thân"}),
    (HEAD, "/ho-so/{case}/doi-tuong/them", lambda value: {"name": value, "found": f"member:{value}"}),
    (HEAD, "/ho-so/{case}/vi-pham/them", lambda value: {"text": "Vi phạm", "party_id": value}),
    (HEAD, "/ho-so/{case}/ghep-don", lambda value: {"letter_id": value}),
    (HEAD, "/ho-so/mo", lambda value: {"parties-0-name": value, "parties-0-found": f"body:{value}"}),
    (HEAD, "/van-ban/soan", lambda value: {"form": "C01", "case_id": value, "step_id": value}),
    (HEAD, "/van-ban/soan", lambda value: {"form": value, "letter_id": value}),
    (CLERK, "/don-thu/moi", lambda value: {"summary": value, "subject_name": value, "pages": value}),
    (CLERK, "/don-thu/tim-nguoi-gui", lambda value: {"name": value}),
]
SEARCHES = ["/don-thu?tim=", "/ho-so?tim=", "/dang-vien?tim=", "/to-chuc?tim=", "/ho-so?trang="]


@pytest.fixture
def staff(app: Flask) -> Staff:
    app.config["WTF_CSRF_ENABLED"] = False
    return a_staffed_commission()


@pytest.mark.both_databases
@pytest.mark.parametrize("place", range(len(POSTS)), ids=lambda place: POSTS[place][1])
def test_a_hostile_value_is_refused_and_never_breaks_a_page(app: Flask, staff: Staff, place: int) -> None:
    role, path, values = POSTS[place]
    user: User = staff.users[role]
    case = an_open_case(staff, by=HEAD)
    client = signed_in(app, user).client
    for value in HOSTILE:
        status = client.post(path.format(case=case.id), data=values(value)).status_code
        assert status < 500, f"{path} {value[:20]!r}: {status}"


@pytest.mark.both_databases
@pytest.mark.parametrize("path", SEARCHES)
def test_a_hostile_search_finds_nothing_and_never_breaks_a_page(app: Flask, staff: Staff, path: str) -> None:
    client = signed_in(app, staff.users[CHAIR]).client
    for value in HOSTILE:
        name, _, key = path.partition("?")
        status = client.get(name, query_string={key.strip("="): value}).status_code
        assert status < 500, f"{path} {value[:20]!r}: {status}"
