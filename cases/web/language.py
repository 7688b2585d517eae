"""Which language the screens speak: one for the whole installation. Papers are Vietnamese in any case."""

from typing import Final, Literal

from flask import Flask
from flask_babel import Babel

from cases.settings import PROJECT

Language = Literal["vi", "en"]
TRANSLATIONS: Final = PROJECT / "cases" / "translations"


def init_language(app: Flask, language: Language) -> None:
    """Let `_('…')` answer in `language`; the Vietnamese words themselves need no catalogue."""
    Babel(
        app,
        default_locale=language,
        default_timezone="Asia/Ho_Chi_Minh",
        default_translation_directories=str(TRANSLATIONS),
    )
