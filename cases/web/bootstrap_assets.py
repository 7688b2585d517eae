"""The few of Bootstrap's icons the product uses, read from the installed Bootstrap-Flask."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

ICON_NAMES: Final = frozenset(
    {
        "arrow-counterclockwise", "arrow-left", "book", "box-arrow-right", "building", "calendar-week",
        "calendar3", "check-circle-fill", "check2-square", "chevron-down", "circle", "clock",
        "clock-history", "dash-circle", "diagram-3", "download", "envelope-paper",
        "exclamation-octagon-fill", "exclamation-triangle-fill", "file-earmark-pdf",
        "file-earmark-text", "file-earmark-word", "folder2-open", "hourglass-split", "house", "inbox",
        "info-circle-fill", "journal-text", "keyboard", "list", "list-check", "paperclip",
        "patch-check", "pause-circle", "people", "person-circle", "person-gear", "plus-lg", "printer",
        "question-circle", "record-circle", "search", "shield-lock", "signpost-split", "skip-forward",
        "upload", "x-lg",
    }
)  # fmt: skip
_SPRITE: Final = "static/bootstrap5/icons/bootstrap-icons.svg"
_SYMBOL: Final = re.compile(
    r'<symbol class="[^"]*" viewBox="0 0 16 16" id="([a-z0-9-]+)">(.*?)</symbol>', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Icon:
    """A drawing for the eye only: the words stand beside it."""

    name: str
    drawing: str

    def __html__(self) -> str:
        return (
            '<svg class="kc-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
            f"{self.drawing}</svg>"
        )


def load_icons(names: Iterable[str] = ICON_NAMES) -> dict[str, Icon]:
    """Read the named icons out of Bootstrap's sprite; raise `KeyError` for one it does not have."""
    sprite = files("flask_bootstrap").joinpath(_SPRITE).read_text(encoding="utf-8")
    drawings = dict(_SYMBOL.findall(sprite))
    return {name: Icon(name, drawings[name]) for name in names}
