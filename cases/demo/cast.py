"""The people of the demonstration, and doing things as one of them on a given day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from cases.clock import VIETNAM
from cases.intake.vault import Vault
from cases.lifecycle.holding import STANDING_ACTORS
from cases.lifecycle.models import Case
from cases.lifecycle.operations import TeamPost, complete_step_by_key
from cases.lifecycle.papers import papers_of
from cases.lifecycle.progress import edition_of, latest_row
from cases.people.actor import Actor
from cases.people.models import User
from cases.settings import Settings

ON_PAPER = "đã lập trên giấy"


def at(day: date, hour: int = 9) -> datetime:
    """A moment of a working day in Vietnam."""
    return datetime.combine(day, time(hour), tzinfo=VIETNAM)


@dataclass(frozen=True)
class Cast:
    """Who plays: user names of the staff register. One team of inspectors, one directing commissioner."""

    vault: Vault
    settings: Settings
    clerk: str = "cb13"
    section: str = "cb15"
    head: str = "cb17"
    inspector: str = "cb21"
    directing: str = "cb06"
    chair: str = "cb01"
    deputy: str = "cb02"

    def user(self, username: str) -> User:
        found: User = User.get(User.username == username)
        return found

    def actor(self, username: str) -> Actor:
        return self.user(username).as_actor()

    def team(self) -> list[TeamPost]:
        return [
            TeamPost(self.user(self.head).id, "head", "Phụ trách chung, chịu trách nhiệm về kết quả"),
            TeamPost(self.user(self.inspector).id, "secretary", "Tổng hợp, ghi biên bản, quản lý hồ sơ"),
        ]

    def complete(self, case: Case, days: Mapping[str, date]) -> None:
        """Complete steps in the given order, each on its day, by who may record it; papers were on paper."""
        for key, day in days.items():
            step = edition_of(case).step(key)
            who = self.chair if step.actor in STANDING_ACTORS else self.head
            missing = {p.form: ON_PAPER for p in papers_of(case, step, latest_row(case, key)) if p.lacking}
            complete_step_by_key(self.actor(who), case, key, on=day, without_papers=missing, now=at(day, 16))
