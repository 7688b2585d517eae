"""Every view names its permission, or says that it is public; the application does not start otherwise."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, url_for
from flask_login import current_user

from cases.clock import Clock, local_day
from cases.intake.vault import Vault
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")

PUBLIC = "public"
# A temporary password, known to the administrator who gave it, opens nothing but its own replacement.
OPEN_BEFORE_A_NEW_PASSWORD = frozenset({"people.password", "people.sign_out"})


def requires(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Open a view only to signed-in people who hold `permission`."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if not current_user.is_authenticated:
                return cast(R, current_app.login_manager.unauthorized())  # type: ignore[attr-defined]
            if current_user.must_change_password and request.endpoint not in OPEN_BEFORE_A_NEW_PASSWORD:
                return cast(R, redirect(url_for("people.password")))
            actor().require(permission)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return mark


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Open a view to everybody, signed in or not. Rare: sign-in, static files."""

    @wraps(view)
    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        return view(*args, **kwargs)

    opened.permission = PUBLIC  # type: ignore[attr-defined]
    return opened


def check_every_view_names_its_permission(app: Flask) -> None:
    """Refuse to start while a route is silent about who may use it."""
    silent = [name for name, view in app.view_functions.items() if not hasattr(view, "permission")]
    if silent:
        raise RuntimeError(f"views without a permission: {', '.join(sorted(silent))}")


def actor() -> Actor:
    """The signed-in person as operations and queries want to know them."""
    if "actor" not in g:
        g.actor = current_user.as_actor()
    return cast(Actor, g.actor)


def now() -> datetime:
    """The moment of this request, the same for everything the request does."""
    if "now" not in g:
        g.now = cast(Clock, current_app.extensions["clock"]).now()
    return cast(datetime, g.now)


def today() -> date:
    return local_day(now())


def settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])


def vault() -> Vault:
    """The denouncer vault of this installation."""
    return cast(Vault, current_app.extensions["vault"])
