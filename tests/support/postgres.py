"""One private PostgreSQL for a test run: made when the first test asks, gone when the run ends.

The run (the pytest that was typed, not its workers) reserves a folder and names it in the
environment; whichever worker needs PostgreSQL first starts it there, the others find it running.
It listens on a Unix socket in that folder only, as `postgres` when the tests run as root
(initdb refuses root) and as oneself otherwise.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from filelock import FileLock

FOLDER_VARIABLE = "KC_TEST_POSTGRES"
SUPERUSER = "kycuong"
# A socket path may have 107 letters, and `postgres` must be able to walk to it: neither is
# certain of the folder TMPDIR names. script/test names one in memory that is both.
PARENT = Path(os.environ.get("KC_TEST_MEMORY", "/tmp"))
PREFIX = "kycuong-postgres-"
INSTALLED = Path("/usr/lib/postgresql")
OPTIONS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    # The data die with the run: nothing has to survive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


class PostgresMissing(Exception):
    """No PostgreSQL programs on this machine: a test that needs them fails, it is not skipped."""

    def __init__(self) -> None:
        super().__init__("not run: PostgreSQL missing; script/test installs it")


def reserve() -> Path:
    """Make the folder of this run and name it to the workers; PostgreSQL itself starts later."""
    _remove_orphans()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=PARENT))
    os.environ[FOLDER_VARIABLE] = str(folder)
    return folder


def release(folder: Path) -> None:
    """Stop what runs in `folder` and remove it."""
    if (folder / "data" / "postmaster.pid").exists():
        _run("pg_ctl", "stop", "--silent", "--wait", "--mode", "immediate", "--pgdata", str(folder / "data"))
    shutil.rmtree(folder, ignore_errors=True)
    os.environ.pop(FOLDER_VARIABLE, None)


def running() -> Path:
    """The socket folder of this run's PostgreSQL, started if nobody has yet.

    Raises PostgresMissing without its programs, RuntimeError when it does not start.
    """
    folder = Path(os.environ[FOLDER_VARIABLE])
    with FileLock(folder / "start.lock"):
        if not (folder / "data" / "postmaster.pid").exists():
            _start(folder)
    return folder


def _start(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, user="postgres")
    data = folder / "data"
    _run(
        "initdb", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust",
        f"--username={SUPERUSER}", str(data),
    )  # fmt: skip
    options = {**OPTIONS, "unix_socket_directories": str(folder)}
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.writelines(f"{key} = '{value}'\n" for key, value in options.items())
    _run("pg_ctl", "start", "--silent", "--wait", "--pgdata", str(data), "--log", str(data / "log"))


def _run(program: str, *arguments: str) -> None:
    command = [str(programs() / program), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    # The server keeps the descriptors it inherits: a pipe would never come to its end.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, cwd="/", stdout=output, stderr=output, stdin=subprocess.DEVNULL)
        output.seek(0)
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{output.read().decode(errors='replace')}")


def programs() -> Path:
    """The folder of initdb and pg_ctl, of the newest version. Raises PostgresMissing."""
    found = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda path: float(path.parent.parent.name))
    newest = found[-1] if found else shutil.which("initdb")
    if newest is None or (os.geteuid() == 0 and not _has_user("postgres")):
        raise PostgresMissing
    return Path(newest).parent


def _has_user(name: str) -> bool:
    return any(user.pw_name == name for user in pwd.getpwall())


def _remove_orphans() -> None:
    """A run that was killed could not clean up; its folder names the process that is no more."""
    for folder in PARENT.glob(f"{PREFIX}*"):
        process = folder.name.removeprefix(PREFIX).split("-")[0]
        is_ours = os.geteuid() == 0 or folder.stat().st_uid == os.geteuid()
        if is_ours and process.isdigit() and not Path("/proc", process).exists():
            release(folder)
