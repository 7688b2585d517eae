"""The demonstration commission: sample registers, people who can sign in, the calendar. Safe to run again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cases.audit.operations import act
from cases.clock import local_day
from cases.db import transaction
from cases.deadlines.calendar_operations import seed_calendar
from cases.definitions import rules
from cases.demo.cases import build_cases
from cases.demo.cast import Cast
from cases.errors import Refused
from cases.imports.first_commission import Particulars, create_commission
from cases.imports.folders import FolderReport, import_folder
from cases.imports.readers import RegisterReading
from cases.lifecycle.models import Case
from cases.parties.models import Member
from cases.people.models import Commission, User, UserRole
from cases.people.passwords import hash_password, matches
from procedures.schema import Role

REGISTERS: Final = Path(__file__).with_name("registers")
SIGN_IN_WORDS: Final = "kiem tra 2026"
# The sample registers were kept until this day; an earlier clock would call their last rows impossible.
_REGISTERS_END: Final = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
_MARK: Final = "demonstration"


@dataclass(frozen=True, slots=True)
class SignIn:
    """How one demonstration user signs in; `words` is empty once the person has chosen a password."""

    username: str
    full_name: str
    post: str
    roles: tuple[str, ...]
    words: str


def load_demonstration(*, now: datetime) -> FolderReport:
    """Load the sample registers; raises Refused on an installation that holds a real commission."""
    moment = max(now, _REGISTERS_END)
    if any(_MARK not in one.settings for one in Commission.select()):
        raise Refused("Hệ thống đã có ủy ban kiểm tra thật; không nạp dữ liệu minh họa vào đây.")

    def commission(readings: Sequence[RegisterReading]) -> Commission:
        existing: Commission | None = Commission.get_or_none()
        return existing or _marked(create_commission(Particulars(), readings, now=moment))

    report = import_folder(REGISTERS, commission, now=moment, today=local_day(moment))
    _let_people_in(now=moment)
    _link_people_to_members()
    seed_calendar(rules(), now=moment)
    return report


def add_cases(cast: Cast) -> bool:
    """Add the demonstration cases where there is no case yet: all of them or none."""
    if Case.select().exists():
        return False
    with transaction():
        build_cases(cast)
    return True


def _marked(made: Commission) -> Commission:
    made.settings = {**made.settings, _MARK: True}
    made.save()
    return made


def _let_people_in(*, now: datetime) -> None:
    """One password for all who have none; hashed once, as hashing is slow on purpose."""
    without = User.select().where(User.password_hash == "")
    if not without.exists():
        return
    with act(None, "user.password_changed", now=now) as event:
        changed = User.update(password_hash=hash_password(SIGN_IN_WORDS), must_change_password=False)
        event.say(users=changed.where(User.password_hash == "").execute(), source="demonstration")


def _link_people_to_members() -> None:
    """Staff who are in the list of members under a name only one member bears."""
    with transaction():
        for user in User.select().where(User.member.is_null()):
            named = list(Member.select().where(Member.full_name == user.full_name).limit(2))
            if len(named) == 1:
                user.member = named[0]
                user.save(only=["member"])


def sign_ins() -> list[SignIn]:
    """Everybody of the demonstration commission, by user name."""
    known: dict[str, bool] = {}
    found = []
    for user in User.select().where(User.active).order_by(User.username):
        if _MARK not in user.commission.settings:
            continue
        stored = str(user.password_hash)
        if stored not in known:
            known[stored] = matches(stored, SIGN_IN_WORDS)
        roles = tuple(Role(role).label for role in _roles_of(user))
        words = SIGN_IN_WORDS if known[stored] else ""
        found.append(SignIn(user.username, user.full_name, user.post, roles, words))
    return found


def _roles_of(user: User) -> list[str]:
    return [held.role for held in UserRole.select().where(UserRole.user == user).order_by(UserRole.id)]
