"""What happens: the application, one folder per feature. `create_app` builds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from cases.clock import Clock
    from cases.settings import Settings


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> Flask:
    """Build the application from its settings; it does not start with broken rules or an open route."""
    # Imported late, so that a rule or a model can be imported without the whole application.
    from cases.web.application import create_app as build

    return build(settings, clock)
