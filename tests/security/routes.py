"""What the tests of access know of the routes: the reviewed file, and the application's own map."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from cases.people.access import PUBLIC
from cases.people.permissions import ROLE_PERMISSIONS
from procedures.schema import Role

FILE = Path(__file__).parent / "permissions.toml"
ROLES = [role.value for role in Role]


def reviewed() -> dict[str, set[str]]:
    """Who may use each endpoint, as a person reviewed it: role values, `public` for everybody."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {endpoint: _roles(answer) for endpoint, answer in found.items()}


def _roles(answer: str | list[str]) -> set[str]:
    if answer == "all":
        return set(ROLES)
    return {answer} if isinstance(answer, str) else set(answer)


def declared(app: Flask, endpoint: str) -> set[str]:
    """Who may use an endpoint according to the permission its view names."""
    needed = getattr(app.view_functions[endpoint], "permission", None)
    if needed == PUBLIC:
        return {PUBLIC}
    return {role.value for role in Role if needed in ROLE_PERMISSIONS[role]}


def line(endpoint: str, roles: set[str]) -> str:
    """The line of the file for an endpoint, ready to be pasted after a person agreed with it."""
    if roles == {PUBLIC}:
        return f'"{endpoint}" = "public"'
    if roles == set(ROLES):
        return f'"{endpoint}" = "all"'
    names = ", ".join(f'"{role}"' for role in ROLES if role in roles)
    return f'"{endpoint}" = [{names}]'


def rules_with(app: Flask, method: str) -> Iterator[Rule]:
    """The routes that answer `method`, one per endpoint and address."""
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            yield rule


def address(app: Flask, rule: Rule) -> str:
    """An address of the route, with values that fit its converters and name nothing that exists."""
    values: dict[str, object] = {}
    for name in rule.arguments:
        converter = rule._converters[name]
        if isinstance(converter, AnyConverter):
            values[name] = min(converter.items)
        else:
            values[name] = 999_999 if isinstance(converter, IntegerConverter) else "khong-co"
    with app.test_request_context():
        return app.url_map.bind("localhost").build(
            rule.endpoint, values, method=next(iter(rule.methods or ()))
        )
