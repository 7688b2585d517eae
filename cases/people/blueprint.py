"""The blueprint shared by the two modules of routes about people."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)
