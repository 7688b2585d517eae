"""The blueprint of the discipline screens, shared by the modules that hold its views."""

from flask import Blueprint

BALLOT = "/bo-phieu/<int:ballot_id>"
DECISION = "/quyet-dinh/<int:decision_id>"
blueprint = Blueprint("decisions", __name__)
