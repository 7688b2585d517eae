"""Who attends a session, who may vote on an item of it, and over how many members the votes are counted."""

from dataclasses import dataclass

from cases.definitions import rules
from cases.lifecycle.models import Case, ConflictDeclaration, Party
from cases.people.models import Commission, User
from cases.people.queries import voting_members
from cases.people.vote_settings import SUBJECT_IN_BASE, chosen
from cases.sessions.models import AgendaItem, Attendance, Session
from cases.sessions.rules import Quorum, quorum, threshold_of


@dataclass(frozen=True, slots=True)
class Seat:
    """One member of the commission at a session; `present` None: not written down yet."""

    user: User
    present: bool | None
    reason: str = ""


def attendance_of(session: Session) -> list[Attendance]:
    """What was written down, in Vietnamese name order."""
    query = Attendance.select(Attendance, User).join(User).where(Attendance.session == session.id)
    return list(query.order_by(User.name_sort))


def seats_of(session: Session) -> list[Seat]:
    """Every member: as written down; before that, everyone who may be expected."""
    written = attendance_of(session)
    if written:
        return [Seat(one.user, one.present, one.reason) for one in written]
    return [Seat(user, None) for user in members_of(session.commission_id)]


def members_of(commission_id: int) -> list[User]:
    """Everyone who votes in a commission, in Vietnamese name order."""
    found: list[User] = list(voting_members(commission_id).order_by(User.name_sort))
    return found


def quorum_of(session: Session) -> Quorum:
    """Attendance against more than half of all members (V-02, V-07)."""
    seats = seats_of(session)
    return quorum(
        present=sum(bool(seat.present) for seat in seats),
        total=len(seats),
        threshold=threshold_of(rules().vote_rule("V-02-decide")),
    )


def voters_excluded(item: AgendaItem) -> set[int]:
    """Users who neither vote nor count on an item: the subjects, and whoever declared a conflict here or
    in a case this one came from."""
    line = _line_of(item.case)
    declared = ConflictDeclaration.select().where(ConflictDeclaration.case.in_([case.id for case in line]))
    return {conflict.user_id for conflict in declared} | _subjects(item.case)


def present_voters(item: AgendaItem, *, session: Session) -> int:
    """How many attending members may vote on this item."""
    excluded = voters_excluded(item)
    if subject_rule(session.commission) == "in_base_with_vote":
        excluded -= _subjects(item.case)
    return sum(1 for one in attendance_of(session) if one.present and one.user_id not in excluded)


def vote_base(item: AgendaItem, *, session: Session) -> int:
    """The members over whom thresholds are counted. Whether a subject who is a member belongs to them is
    open (V-08): a setting of the commission, out of them unless it says otherwise."""
    total = session.total_members or 0
    if subject_rule(session.commission) != "excluded":
        return total
    return total - len(_subjects(item.case) & {one.user_id for one in attendance_of(session)})


def subject_rule(commission: Commission) -> str:
    """The commission's answer to V-08, or the default the rules state."""
    return chosen(commission, SUBJECT_IN_BASE).choice


def _subjects(case: Case) -> set[int]:
    members = Party.select(Party.member).where(Party.case == case.id, Party.member.is_null(False))
    return {user.id for user in User.select(User.id).where(User.member.in_(members))}


def _line_of(case: Case) -> list[Case]:
    found = [case]
    while found[-1].parent_id is not None:
        found.append(Case.get_by_id(found[-1].parent_id))
    return found
