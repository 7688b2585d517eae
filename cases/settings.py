"""Settings of one installation, read once from the environment (docs/operate.md lists them all)."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class SessionLifetime:
    """How long a sign-in lasts: in all, and without a single page asked for."""

    whole: timedelta
    idle: timedelta


class Settings(BaseSettings):
    """Values from the environment; frozen so that nothing changes them while the server runs."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    database_url: str = ""
    secret_key: str = ""
    instance_path: Path = PROJECT / "instance"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    secure_cookies: bool = False
    session_hours: int = Field(default=10, ge=1, le=72)
    idle_minutes: int = Field(default=60, ge=5, le=1440)
    max_upload_mib: int = Field(default=25, ge=1, le=500)
    pdf_engine: str = Field(default="auto", pattern="^(auto|pdfkit|weasyprint)$")
    # LANGUAGE alone is the operating system's own variable.
    language: Literal["vi", "en"] = Field(default="vi", validation_alias="KC_LANGUAGE")
    procedures_path: Path = PROJECT / "procedures"
    packs: str = ""
    local_rules_path: Path | None = None
    forms_path: Path = PROJECT / "forms" / "catalogue"

    @property
    def database(self) -> str:
        """The database address; without DATABASE_URL a SQLite file in the instance folder."""
        return self.database_url or f"sqlite:///{self.instance_path / 'ky-cuong.sqlite3'}"

    @property
    def packs_on(self) -> tuple[str, ...]:
        """Ids of the packs of procedures switched on, written with commas between."""
        return tuple(sorted({name.strip() for name in self.packs.split(",")} - {""}))

    @property
    def engine(self) -> str | None:
        """The PDF engine that was chosen; None lets the installation decide."""
        return None if self.pdf_engine == "auto" else self.pdf_engine

    @property
    def files(self) -> Path:
        return self.instance_path / "files"

    def stored_secret(self, name: str) -> str:
        """A random secret kept in the instance folder, made on first use and readable by its owner only."""
        path = self.instance_path / "keys" / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = path.with_suffix(f".{secrets.token_hex(4)}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
            try:
                path.hardlink_to(draft)  # atomic: two processes starting together keep one secret
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_text(encoding="ascii").strip()

    @property
    def session_lifetime(self) -> SessionLifetime:
        return SessionLifetime(timedelta(hours=self.session_hours), timedelta(minutes=self.idle_minutes))

    @property
    def signing_key(self) -> str:
        return self.secret_key or self.stored_secret("session")

    @property
    def vault_key(self) -> str:
        """Key material of the denouncer vault; losing it loses every sender's identity."""
        return self.stored_secret("vault")
