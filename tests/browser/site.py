"""A live server of a journey's own: gunicorn on loopback, its own folder, database and clock."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

from cases.clock import local_day
from cases.db import migrate
from cases.intake.sealing import use_vault
from cases.intake.vault import Vault
from cases.settings import Settings
from tests.support.databases import opened

ROOT = Path(__file__).resolve().parents[2]
# A Monday morning in Vietnam with months of confirmed calendar ahead.
MORNING = datetime(2026, 6, 1, 1, 30, tzinfo=UTC)
PATIENCE = 60.0


@dataclass
class Site:
    """Where the server answers, and what stands behind it."""

    address: str
    settings: Settings
    clock_file: Path
    log_file: Path

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.clock_file.read_text(encoding="ascii"))

    @property
    def today(self) -> date:
        return local_day(self.now)

    def days_pass(self, days: int) -> None:
        self._set(self.now + timedelta(days=days))

    def _set(self, moment: datetime) -> None:
        # Replaced whole, so that a request never reads half a moment.
        draft = self.clock_file.with_suffix(".next")
        draft.write_text(moment.isoformat(), encoding="ascii")
        draft.replace(self.clock_file)

    @contextmanager
    def behind(self) -> Iterator[None]:
        """The models bound to this site's database and vault, to prepare people and cases."""
        with opened(self.settings.database):
            use_vault(Vault(self.settings.vault_key))
            yield


def prepared(folder: Path, *, moment: datetime = MORNING) -> Site:
    """A migrated, empty installation in `folder`, at `moment`; nothing answers yet."""
    folder.mkdir(parents=True)
    settings = Settings(instance_path=folder, database_url=f"sqlite:///{folder / 'journey.sqlite3'}")
    site = Site("", settings, folder / "clock", folder / "server.log")
    site._set(moment)
    with opened(settings.database) as database:
        migrate(database)
    return site


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Run the server for the time of the block; the address is set once it answers."""
    with socket.socket() as listening, site.log_file.open("wb") as log:
        listening.bind(("127.0.0.1", 0))
        site.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "tests.browser.served:app", "--bind",
                f"fd://{listening.fileno()}", "--worker-class", "gthread", "--threads", "4",
                "--timeout", "120", "--no-control-socket",
            ],
            cwd=ROOT, env=_environment(site), pass_fds=[listening.fileno()], stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait_for(site, server)
            yield site
        finally:
            server.terminate()
            server.wait(timeout=30)


def _environment(site: Site) -> dict[str, str]:
    return {
        **os.environ,
        "INSTANCE_PATH": str(site.settings.instance_path),
        "DATABASE_URL": site.settings.database_url,
        "KC_CLOCK_FILE": str(site.clock_file),
    }


def _wait_for(site: Site, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urlopen(f"{site.address}/dang-nhap", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    log = site.log_file.read_text(encoding="utf-8", errors="replace")
    raise AssertionError(f"not run: the server did not answer.\n{log[-4000:]}")
