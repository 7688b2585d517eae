"""The blueprint of the pages about sessions and ballots, and how their addresses name things."""

from flask import Blueprint

SESSION = "/ky-hop/<int:session_id>"
ITEM = "/ky-hop/noi-dung/<int:item_id>"
BALLOT = "/bo-phieu/<int:ballot_id>"
blueprint = Blueprint("sessions", __name__)
