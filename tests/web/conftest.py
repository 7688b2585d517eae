"""The people of every page test: a staffed commission, and signing in as one of its roles."""

import pytest
from flask import Flask

from procedures.schema import Role
from tests.support.page_client import PageClient
from tests.support.running_app import SignIn, signed_in
from tests.support.worlds import Staff, a_staffed_commission


@pytest.fixture
def staff(app: Flask) -> Staff:
    return a_staffed_commission()


@pytest.fixture
def as_role(app: Flask, staff: Staff) -> SignIn:
    def sign_in(role: Role) -> PageClient:
        return signed_in(app, staff.users[role])

    return sign_in
