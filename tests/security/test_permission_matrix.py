"""Who may open what: a reviewed file, the permission each view names, and the answers of the application.

A new route fails here until a person has read the line that the failure prints and pasted it into
permissions.toml.
"""

from collections.abc import Iterator

import pytest
from flask import Flask

from cases.people.access import PUBLIC, check_every_view_names_its_permission
from procedures.schema import Role
from tests.security.routes import ROLES, address, declared, line, reviewed, rules_with
from tests.support.page_client import PageClient
from tests.support.running_app import signed_in
from tests.support.worlds import Staff, a_staffed_commission

PUBLIC_ENDPOINTS = {"people.sign_in", "people.first_admin", "static", "bootstrap.static"}
STATIC = {"static", "bootstrap.static"}


@pytest.fixture
def staff(app: Flask) -> Staff:
    return a_staffed_commission()


def test_every_route_is_in_the_reviewed_file(app: Flask) -> None:
    missing = sorted(set(app.view_functions) - set(reviewed()))
    lines = "\n".join(line(endpoint, declared(app, endpoint)) for endpoint in missing)
    assert not missing, f"not in tests/security/permissions.toml; read, agree, then add:\n{lines}"


def test_the_reviewed_file_names_no_route_that_does_not_exist(app: Flask) -> None:
    gone = sorted(set(reviewed()) - set(app.view_functions))
    assert not gone, f"in tests/security/permissions.toml but no route any more; remove: {', '.join(gone)}"


def test_the_reviewed_file_names_only_roles_that_exist() -> None:
    for endpoint, roles in reviewed().items():
        assert roles and roles <= {*ROLES, PUBLIC}, f"{endpoint}: {sorted(roles)}"


def test_every_view_opens_to_the_roles_of_the_reviewed_file_and_to_no_other(app: Flask) -> None:
    wrong = [
        f"file:  {line(endpoint, roles)}\nroute: {line(endpoint, declared(app, endpoint))}"
        for endpoint, roles in sorted(reviewed().items())
        if endpoint in app.view_functions and roles != declared(app, endpoint)
    ]
    assert not wrong, "the permission of a view and the reviewed file disagree:\n" + "\n".join(wrong)


def test_no_view_is_public_but_those_of_signing_in_and_of_static_files(app: Flask) -> None:
    public = {
        name for name, view in app.view_functions.items() if getattr(view, "permission", None) == PUBLIC
    }
    assert public == PUBLIC_ENDPOINTS


def test_an_application_with_a_silent_view_does_not_start(app: Flask) -> None:
    app.view_functions["secret.door"] = lambda: "open"
    with pytest.raises(RuntimeError, match=r"secret\.door"):
        check_every_view_names_its_permission(app)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_is_not_signed_in_gets_the_sign_in_page_and_nothing_else(
    app: Flask, staff: Staff, method: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False  # else the missing token would be the reason
    client = app.test_client()
    for rule in rules_with(app, method):
        if rule.endpoint in PUBLIC_ENDPOINTS:
            continue
        answer = client.open(address(app, rule), method=method)
        where = answer.headers.get("Location", "")
        assert (answer.status_code, where.partition("?")[0]) == (302, "/dang-nhap"), f"{method} {rule}"


def parameterless(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in rules_with(app, "GET"):
        if not rule.arguments and rule.endpoint not in PUBLIC_ENDPOINTS:
            yield rule.endpoint, rule.rule


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_opens_its_pages_and_is_refused_all_others(app: Flask, staff: Staff, role: Role) -> None:
    client, allowed = signed_in(app, staff.users[role]), reviewed()
    for endpoint, path in parameterless(app):
        if role.value not in allowed.get(endpoint, set()):
            page = client.get(path, expected=403)
            assert page.main, endpoint
            continue
        answer = client.client.get(path)
        assert answer.status_code in (200, 302), f"{role.value} opens {path}: {answer.status_code}"


@pytest.mark.parametrize("role", list(Role), ids=str)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_role_is_refused_before_anything_is_looked_up(
    app: Flask, staff: Staff, role: Role, method: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client, allowed = signed_in(app, staff.users[role]), reviewed()
    for rule in rules_with(app, method):
        if (not rule.arguments and method == "GET") or rule.endpoint in STATIC:
            continue
        if {role.value, PUBLIC} & allowed.get(rule.endpoint, {role.value}):
            continue
        status = client.client.open(address(app, rule), method=method).status_code
        assert status == 403, f"{role.value} {method} {rule}: {status}"


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_an_address_of_nothing_is_a_page_not_found_and_never_a_failure(
    app: Flask, staff: Staff, role: Role
) -> None:
    client, allowed = signed_in(app, staff.users[role]), reviewed()
    for rule in rules_with(app, "GET"):
        if rule.arguments and rule.endpoint not in STATIC and role.value in allowed.get(rule.endpoint, set()):
            page = PageClient(app, client.client).get(address(app, rule), expected=404)
            assert page.h1, str(rule)


def test_a_number_no_key_can_have_is_a_page_not_found(app: Flask, staff: Staff) -> None:
    client = signed_in(app, staff.users[Role.ADMINISTRATOR])
    client.get("/to-chuc/99999999999999999999", expected=404)
