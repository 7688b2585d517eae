"""A small application with one page per look, for tests of the frame and the components alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask, redirect, render_template, render_template_string
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_login import LoginManager, UserMixin
from flask_wtf.csrf import CSRFProtect

from cases.people.actor import Actor
from cases.web import error_pages, filters, headers, navigation
from procedures.schema import Role
from tests.support.page_client import Page, PageClient

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
FRAME = '{{% extends "layout/base.html" %}}{imports}{{% block heading %}}Mẫu{{% endblock %}}'


@dataclass
class SampleCommission:
    name: str = "Ủy ban Kiểm tra Tỉnh ủy An Sơn"


class SampleUser(UserMixin):  # type: ignore[misc]
    """Somebody signed in, without a database."""

    def __init__(self, *roles: Role) -> None:
        self.id = "1"
        self.full_name = "Trần Thị Mẫu"
        self.post = "Kiểm tra viên, Phòng Nghiệp vụ II"
        self.commission = SampleCommission()
        self.roles = frozenset(roles)

    def as_actor(self) -> Actor:
        return Actor(user_id=1, commission_id=1, name=self.full_name, roles=self.roles)


def make_app(user: SampleUser | None = None) -> Flask:
    """Build the application as `user` sees it; nobody is signed in without one."""
    app = Flask(
        "cases", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "cases" / "static")
    )
    app.config.update(SECRET_KEY="sample", BOOTSTRAP_SERVE_LOCAL=True, BABEL_DEFAULT_LOCALE="vi")
    Babel(app)
    Bootstrap5(app)
    CSRFProtect(app)
    LoginManager(app).request_loader(lambda _request: user)
    filters.init_filters(app)
    headers.init_headers(app)
    error_pages.init_error_pages(app)
    navigation.init_navigation(app)
    return app


def add_page(app: Flask, address: str, source: str, *, endpoint: str, **values: Any) -> None:
    """Serve a template given as text."""

    def show() -> str:
        return render_template_string(source, today=TODAY, **values)

    app.add_url_rule(address, endpoint, show)


def add_file_page(app: Flask, address: str, template: str, *, endpoint: str, **values: Any) -> None:
    """Serve a template from its file."""

    def show() -> str:
        return render_template(template, today=TODAY, **values)

    app.add_url_rule(address, endpoint, show)


def add_form_page(
    app: Flask, address: str, source: str, *, endpoint: str, form: Callable[[], Any], done: str
) -> None:
    """Serve a form that is shown again until it is right, then leads to `done`."""

    def fill() -> ResponseReturnValue:
        filled = form()
        if filled.validate_on_submit():
            return redirect(done)
        return render_template_string(source, form=filled, today=TODAY), 422 if filled.errors else 200

    app.add_url_rule(address, endpoint, fill, methods=["GET", "POST"])


def source_of(content: str, **components: str) -> str:
    """Return a page that shows `content`; `table="cell"` imports `cell` from components/table.html."""
    imports = "".join(
        f'{{% from "components/{name}.html" import {macros} %}}' for name, macros in components.items()
    )
    return FRAME.format(imports=imports) + "{% block content %}" + content + "{% endblock %}"


def shown(content: str, values: dict[str, Any] | None = None, *, at: str = "/mau", **components: str) -> Page:
    """Open, with every check, a page made of `content` alone."""
    app = make_app(SampleUser())
    add_page(app, "/mau", source_of(content, **components), endpoint="sample", **(values or {}))
    return PageClient(app).get(at, expected=200)
