"""The real application on a test's own database, and people signed in to it."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from peewee import Database

from cases import create_app, db
from cases.clock import FixedClock
from cases.people.models import SignInSession, User
from cases.people.passwords import token_hash
from cases.settings import Settings
from procedures.schema import Role
from tests.support.page_client import PageClient
from tests.support.worlds import NOW

SignIn = Callable[[Role], PageClient]


def build_app(database_url: str, folder: Path, clock: FixedClock, **settings: Any) -> Flask:
    """The application as it runs, with its files in `folder`; an unexpected error fails the test."""
    app = create_app(Settings(database_url=database_url, instance_path=folder, **settings), clock)
    app.testing = True
    return app


def signed_in(app: Flask, user: User) -> PageClient:
    """A browser in which `user` signed in a moment ago, without the slow check of the password."""
    client, moment = PageClient(app), app.extensions["clock"].now()
    token = secrets.token_urlsafe(12)
    SignInSession.create(user=user, token_hash=token_hash(token), opened_at=moment, last_seen_at=moment)
    with client.client.session_transaction() as session:
        session["token"] = token
    return client


@pytest.fixture
def clock() -> FixedClock:
    """Stands at `worlds.NOW`; a test moves it by setting `clock.moment`."""
    return FixedClock(NOW)


@pytest.fixture
def app(database: Database, database_url: str, tmp_path: Path, clock: FixedClock) -> Iterator[Flask]:
    """The application on this test's database. CSRF protection is on."""
    yield build_app(database_url, tmp_path / "instance", clock)
    if not db.database.is_closed():
        db.database.close()
