"""The blueprint of the letter pages, and how an address names a letter."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from cases.intake.sealing import use_vault

LETTER = "/don-thu/<int:letter_id>"
blueprint = Blueprint("intake", __name__)


@blueprint.record
def take_vault(state: BlueprintSetupState) -> None:
    """Seal with the vault of the application that shows these pages."""
    use_vault(state.app.extensions["vault"])
