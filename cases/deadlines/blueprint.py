"""The blueprint of the deadline and calendar screens, shared by the modules that hold its views."""

from flask import Blueprint

blueprint = Blueprint("deadlines", __name__)
