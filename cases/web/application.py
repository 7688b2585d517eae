"""The application: wiring only. What happens lives in the feature folders of `cases`."""

from importlib import import_module
from typing import Any
from wsgiref.headers import Headers

from flask import Flask, session
from flask_babel import lazy_gettext as _l
from flask_bootstrap import Bootstrap5
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect
from werkzeug.routing import IntegerConverter, Map
from whitenoise import WhiteNoise

from cases import commands, db
from cases.clock import Clock, SystemClock
from cases.definitions import load_definitions
from cases.intake.vault import Vault
from cases.people.access import (
    check_every_view_names_its_permission,
    now as moment,
    public,
    settings,
)
from cases.people.commands import commissions_group
from cases.people.models import User
from cases.people.signing_in import resume
from cases.settings import PROJECT, Settings
from cases.web import error_pages, filters, headers, language, navigation
from cases.web.startup import prepare

SCREENS = (
    "home", "people", "parties", "plans", "audit", "intake", "documents", "approvals", "lifecycle",
    "deadlines", "evidence", "imports", "sessions", "decisions", "registers", "report", "book",
)  # fmt: skip
COMMANDS = ("people", "imports", "deadlines", "demo")


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> Flask:
    """Build the application from its settings; it does not start with broken rules or an open route."""
    settings = settings or Settings()
    app = Flask(
        "cases",
        template_folder=str(PROJECT / "templates"),
        instance_path=str(settings.instance_path.resolve()),
    )
    app.config.update(
        SECRET_KEY=settings.signing_key,
        SESSION_COOKIE_NAME="ky_cuong",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        MAX_CONTENT_LENGTH=settings.max_upload_mib * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=5_000,
        WTF_CSRF_TIME_LIMIT=None,
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    app.extensions.update(settings=settings, clock=clock or SystemClock(), vault=Vault(settings.vault_key))
    load_definitions(settings)
    db.connect(settings.database)
    _connect_per_request(app)
    _sign_in(app)
    language.init_language(app, settings.language)
    Bootstrap5(app)
    CSRFProtect(app)
    filters.init_filters(app)
    headers.init_headers(app)
    error_pages.init_error_pages(app)
    navigation.init_navigation(app)
    app.url_map.converters["int"] = RowNumber
    for feature in SCREENS:
        app.register_blueprint(import_module(f"cases.{feature}.routes").blueprint)
    own = (import_module(f"cases.{feature}.commands").group for feature in COMMANDS)
    for group in (prepare, commissions_group, *commands.GROUPS, *own):
        app.cli.add_command(group)
    _static(app)
    check_every_view_names_its_permission(app)
    return app


class RowNumber(IntegerConverter):
    """A number in an address, no larger than a key can be: what is beyond is a page that does not exist."""

    def __init__(
        self,
        url_map: Map,
        fixed_digits: int = 0,
        min: int | None = None,
        max: int | None = 2**31 - 1,
        signed: bool = False,
    ) -> None:
        super().__init__(url_map, fixed_digits, min, max, signed)


def _connect_per_request(app: Flask) -> None:
    @app.before_request
    def open_connection() -> None:
        db.database.connect(reuse_if_open=True)

    @app.teardown_request
    def close_connection(error: BaseException | None) -> None:
        if not db.database.is_closed() and not app.testing:
            db.database.close()


def _sign_in(app: Flask) -> None:
    manager = LoginManager(app)
    manager.login_view = "people.sign_in"
    manager.login_message = _l("Đồng chí cần đăng nhập để mở trang này.")
    manager.localize_callback = str  # a message travels in the cookie as plain text
    manager.login_message_category = "info"

    def load(request: object) -> User | None:
        token = session.get("token")
        return resume(token, now=moment(), lifetime=settings().session_lifetime) if token else None

    manager.request_loader(load)


def _static(app: Flask) -> None:
    views: dict[str, Any] = app.view_functions
    for name in ("static", "bootstrap.static"):
        if name in views:
            views[name] = public(views[name])
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(PROJECT / "cases" / "static"),
        prefix="static/",
        max_age=3600,
        allow_all_origins=False,
        add_headers_function=_keep_type,
    )


def _keep_type(response_headers: Headers, path: str, url: str) -> None:
    response_headers["X-Content-Type-Options"] = "nosniff"
