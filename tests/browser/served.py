"""What gunicorn serves during a journey: the application as it runs, at a moment that stands in a file."""

import os
from datetime import datetime
from pathlib import Path

from cases import create_app


class FileClock:
    """Reads its moment from a file, so that the journey can let days pass in the server's process."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        return datetime.fromisoformat(self._path.read_text(encoding="ascii"))


app = create_app(clock=FileClock(Path(os.environ["KC_CLOCK_FILE"])))
