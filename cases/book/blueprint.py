"""The blueprint of the rule book's screens, shared by the modules that hold its views."""

from flask import Blueprint

blueprint = Blueprint("book", __name__)
