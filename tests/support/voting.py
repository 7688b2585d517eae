"""A commission of nine in session with a discipline case; made through the product's own operations."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.intake.vault import Vault
from cases.lifecycle import operations as lifecycle
from cases.lifecycle.models import Case, Party
from cases.people.actor import Actor
from cases.people.models import User
from cases.sessions import operations
from cases.sessions.models import AgendaItem, Ballot, Session
from procedures.schema import Role, VoteKind
from tests.support.running_cases import an_open_case, complete_up_to
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, a_user

NAMES = ("An", "Bình", "Cúc", "Dũng", "Én", "Giang", "Hải")
ENDED_ON = date(2024, 3, 1)
SLIPS = {"issued": 9, "returned": 9, "valid": 9, "invalid": 0}
VAULT = Vault("bí mật của bài kiểm thử")


@dataclass
class Voting:
    """The commission, its nine voting members, a KL-02 case ready for the session, and a session."""

    staff: Staff
    case: Case
    session: Session
    members: list[User] = field(default_factory=list)

    @property
    def head(self) -> Actor:
        """The head of section, who prepares and records the session."""
        return self.staff.actor(Role.HEAD_OF_SECTION)

    @property
    def chair(self) -> Actor:
        return self.staff.actor(Role.CHAIR)

    @property
    def teller(self) -> Actor:
        return self.members[-1].as_actor()

    @property
    def party(self) -> Party:
        found: Party = Party.get(Party.case == self.case.id)
        return found


def nine_members(staff: Staff) -> list[User]:
    """Seven more commissioners beside the chair and the commissioner of the staff."""
    more = [
        a_user(
            staff.commission, Role.COMMISSIONER, name=f"Đỗ Thị {name}", username=f"uv{number}", post="Ủy viên"
        )
        for number, name in enumerate(NAMES, start=1)
    ]
    return [staff.users[Role.CHAIR], staff.users[Role.COMMISSIONER], *more]


def a_discipline_case(staff: Staff, **changes: Any) -> Case:
    """A KL-02 case whose next step is the session, with one violation that reaches discipline."""
    case = an_open_case(staff, "KL-02", **changes)
    violation = lifecycle.FindingData(
        text="Cấp đất ở sai đối tượng", rule_broken="Điều 8 Quy định những điều đảng viên không được làm",
        group="land", disciplinary=True, ended_on=ENDED_ON, party_id=Party.get(Party.case == case.id).id,
    )  # fmt: skip
    lifecycle.record_finding(staff.actor(Role.TEAM_HEAD), case.id, violation, now=NOW)
    complete_up_to(staff, case, "KT1")
    return case


def a_planned_session(staff: Staff) -> Session:
    return operations.plan_session(
        staff.actor(Role.HEAD_OF_SECTION), held_on=TODAY, starts_at="08:00", place="Phòng họp số 1",
        chair_id=staff.users[Role.CHAIR].id, secretary_id=staff.users[Role.HEAD_OF_SECTION].id, now=NOW,
    )  # fmt: skip


def before_the_session(**changes: Any) -> Voting:
    """Everybody is there, the session is planned and nothing is on its agenda."""
    staff = a_staffed_commission()
    members = nine_members(staff)
    return Voting(staff, a_discipline_case(staff, **changes), a_planned_session(staff), members)


def attend(world: Voting, *, absent: int = 0) -> None:
    """All members attend but the last `absent` ones."""
    there = [user.id for user in world.members[: len(world.members) - absent]]
    reasons = {user.id: "Công tác" for user in world.members}
    operations.record_attendance(world.head, world.session.id, present=there, reasons=reasons, now=NOW)


def in_session(*, absent: int = 0, **changes: Any) -> tuple[Voting, AgendaItem]:
    """The session is open and the case is on its agenda."""
    world = before_the_session(**changes)
    item = operations.add_item(world.head, world.session.id, case_id=world.case.id, now=NOW)
    attend(world, absent=absent)
    world.session = operations.open_session(world.head, world.session.id, now=NOW)
    return world, item


def an_open_ballot(world: Voting, item: AgendaItem, stage: VoteKind = VoteKind.DECIDE) -> Ballot:
    tellers = [{"full_name": world.members[-1].full_name, "post": "Ủy viên", "duty": "Tổ trưởng"}]
    return operations.open_ballot(
        world.head, item.id, party_id=world.party.id, stage=stage, tellers=tellers, now=NOW
    )


def counted(world: Voting, ballot: Ballot, votes: dict[str, int], **slips: int) -> Ballot:
    given = {**SLIPS, **slips}
    return operations.count_ballot(world.teller, ballot.id, votes=votes, now=NOW, **given)
