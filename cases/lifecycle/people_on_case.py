"""Who works on a case: the directing member, the team, and those who must keep away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from peewee import IntegrityError

from cases.audit.operations import act
from cases.clock import local_day
from cases.db import transaction
from cases.errors import Invalid, NotFound, Refused
from cases.lifecycle.holding import hold_open, index_case, require_text
from cases.lifecycle.models import Case, ConflictDeclaration, Party, TeamMember
from cases.lifecycle.progress import edition_of, parties_of
from cases.lifecycle.queries import case_of
from cases.lifecycle.subjects import NewParty, check_parties, put_parties, require_kinds
from cases.people.actor import Actor
from cases.people.models import User, UserRole
from cases.people.permissions import Permission
from cases.people.queries import visible_to as users_visible_to
from cases.text import clean_line, clean_text
from procedures.schema import Role

POSITIONS = {
    "head": "Trưởng đoàn",
    "deputy": "Phó Trưởng đoàn",
    "secretary": "Thư ký",
    "member": "Thành viên",
}


@dataclass(frozen=True, slots=True)
class TeamPost:
    """A colleague's place on the team: head, deputy, secretary or member."""

    user_id: int
    position: str
    task: str = ""


def name_team(actor: Actor, case_id: int, team: Sequence[TeamPost], *, now: datetime) -> Case:
    """Say who the team is now; whoever is left out leaves it today."""
    actor.require(Permission.ASSIGN_CASES)
    case_of(actor, case_id)
    with act(actor, "case.team_changed", now=now) as event:
        case = hold_open(case_id)
        check_team(actor, team, parties=parties_of(case), directing_id=case.directing_id, case=case)
        put_team(case, team, on=local_day(now))
        event.about(case)
        event.say(team=[{"user": post.user_id, "position": post.position} for post in team])
    return case


def name_directing(actor: Actor, case_id: int, *, user_id: int, now: datetime) -> Case:
    """Name the member of the commission who directs the case."""
    actor.require(Permission.ASSIGN_CASES)
    case_of(actor, case_id)
    with act(actor, "case.directing_named", now=now) as event:
        case = hold_open(case_id)
        check_directing(actor, user_id, parties=parties_of(case), case=case)
        if _is_on_team(case, user_id):
            raise Invalid("Người chỉ đạo không đồng thời là thành viên đoàn.", field="directing_id")
        case.directing_id = user_id
        case.save()
        event.about(case)
        event.say(name=User.get_by_id(user_id).full_name)
    return case


def declare_conflict(
    actor: Actor, case_id: int, *, reason: str, user_id: int | None = None, now: datetime
) -> ConflictDeclaration:
    """State a conflict of interest, one's own or (with the right to assign) a colleague's.

    From then on the person neither sees nor handles the case.
    """
    actor.require(Permission.SEE_CASES)
    case_of(actor, case_id)
    who = actor.user_id if user_id is None else user_id
    if who != actor.user_id:
        actor.require(Permission.ASSIGN_CASES)
    person = _colleague(actor, who, field="user_id")
    words = require_text(clean_text(reason), what="lý do xung đột lợi ích", field="reason")
    with act(actor, "case.conflict_declared", now=now) as event:
        case = hold_open(case_id)
        try:
            with transaction():
                declared = ConflictDeclaration.create(case=case, user=person, reason=words, declared_at=now)
        except IntegrityError:
            raise Refused("Đồng chí này đã khai báo xung đột lợi ích ở hồ sơ này.") from None
        _take_off(case, who, on=local_day(now))
        event.about(case)
        event.say(name=person.full_name, reason=words)
    return declared


def add_party(actor: Actor, case_id: int, new: NewParty, *, now: datetime) -> Party:
    """Name one more subject; a colleague who is this member leaves the case at once."""
    actor.require(Permission.RUN_CASES)
    case_of(actor, case_id)
    (party,) = check_parties(actor, [new])
    with act(actor, "case.parties_changed", now=now) as event:
        case = hold_open(case_id)
        require_kinds([party], edition_of(case).subject_kinds)
        _refuse_known(case, party.member_id)
        put_parties(case, [party])
        _settle_subject(case, party, on=local_day(now))
        event.about(case)
        event.say(name=party.name)
    return party


def identify_party(actor: Actor, party_id: int, *, member_id: int, now: datetime) -> Party:
    """Say which member a subject known by name only is; posts are taken as they stand today."""
    actor.require(Permission.RUN_CASES)
    party = Party.get_or_none(Party.id == party_id)
    if party is None:
        raise NotFound("Không có đối tượng này.")
    case_of(actor, party.case_id)
    (known,) = check_parties(actor, [NewParty(member_id=member_id)])
    with act(actor, "case.parties_changed", now=now) as event:
        case = hold_open(party.case_id)
        if party.kind != "member" or party.member_id is not None:
            raise Refused("Đối tượng này đã được xác định.")
        _refuse_known(case, member_id)
        party.member_id, party.name, party.unit = member_id, known.name, known.unit
        party.party_post, party.government_post = known.party_post, known.government_post
        party.managed_by = known.managed_by
        party.save()
        _settle_subject(case, party, on=local_day(now))
        event.about(case)
        event.say(name=party.name, member=member_id)
    return party


def check_team(
    actor: Actor,
    team: Sequence[TeamPost],
    *,
    parties: Sequence[Party],
    directing_id: int | None,
    case: Case | None = None,
) -> None:
    """A team has exactly one head, nobody twice, nobody in conflict, and not the directing member."""
    if any(post.position not in POSITIONS for post in team):
        raise Invalid("Chọn vị trí của từng người trong đoàn.", field="team")
    if sum(post.position == "head" for post in team) != 1:
        raise Invalid("Đoàn phải có đúng một Trưởng đoàn.", field="team")
    if len({post.user_id for post in team}) != len(team):
        raise Invalid("Một người được ghi hai lần trong đoàn.", field="team")
    for post in team:
        person = _colleague(actor, post.user_id, field="team")
        if person.id == directing_id:
            raise Invalid(f"{person.full_name} là người chỉ đạo nên không ở trong đoàn.", field="team")
        _refuse_conflict(person, parties, case, field="team")


def check_directing(
    actor: Actor, user_id: int | None, *, parties: Sequence[Party], case: Case | None = None
) -> None:
    """The directing member is of the commission and has no conflict."""
    if user_id is None:
        return
    person = _colleague(actor, user_id, field="directing_id")
    roles = UserRole.role.in_([Role.COMMISSIONER, Role.CHAIR])
    held = UserRole.select().where(UserRole.user == person.id, roles)
    if not held.exists():
        raise Invalid(f"{person.full_name} không phải là thành viên Ủy ban Kiểm tra.", field="directing_id")
    _refuse_conflict(person, parties, case, field="directing_id")


def put_team(case: Case, team: Sequence[TeamPost], *, on: date) -> None:
    """Store a checked team; people left out are kept with the day they left."""
    now_on = {post.user_id: post for post in team}
    for member in TeamMember.select().where(TeamMember.case == case.id):
        post = now_on.pop(member.user_id, None)
        if post is None:
            member.left_on = member.left_on or on
        else:
            member.position, member.task, member.left_on = post.position, clean_line(post.task)[:300], None
        member.save()
    for post in now_on.values():
        TeamMember.create(
            case=case, user=post.user_id, position=post.position, task=clean_line(post.task)[:300]
        )


def _colleague(actor: Actor, user_id: int, *, field: str) -> User:
    person: User | None = users_visible_to(actor).where(User.id == user_id, User.active).first()
    if person is None:
        raise Invalid("Không có người này trong Ủy ban, hoặc tài khoản đã ngừng.", field=field)
    return person


def _refuse_conflict(person: User, parties: Sequence[Party], case: Case | None, *, field: str) -> None:
    if person.member_id is not None and person.member_id in {party.member_id for party in parties}:
        raise Invalid(f"{person.full_name} là đối tượng của vụ việc.", field=field)
    declared = ConflictDeclaration.select().where(
        ConflictDeclaration.user == person.id, ConflictDeclaration.case.in_(_line_of(case))
    )
    if declared.exists():
        raise Invalid(f"{person.full_name} đã khai báo xung đột lợi ích ở vụ việc này.", field=field)


def _line_of(case: Case | None) -> list[int]:
    """The case and those it came from: a conflict declared in one holds in its branches."""
    found = []
    while case is not None:
        found.append(case.id)
        case = case.parent
    return found


def _is_on_team(case: Case, user_id: int) -> bool:
    return bool(
        TeamMember.select()
        .where(TeamMember.case == case.id, TeamMember.user == user_id, TeamMember.left_on.is_null())
        .exists()
    )


def _refuse_known(case: Case, member_id: int | None) -> None:
    if member_id is not None and member_id in {party.member_id for party in parties_of(case)}:
        raise Refused("Đảng viên này đã là đối tượng của hồ sơ.", field="found")


def _settle_subject(case: Case, party: Party, *, on: date) -> None:
    """Whoever became a subject works on the case no more; the case is found by the name."""
    if party.member_id is not None:
        for person in User.select().where(User.member == party.member_id):
            _take_off(case, person.id, on=on)
    index_case(case)


def _take_off(case: Case, user_id: int, *, on: date) -> None:
    TeamMember.update(left_on=on).where(
        TeamMember.case == case.id, TeamMember.user == user_id, TeamMember.left_on.is_null()
    ).execute()
    if case.directing_id == user_id:
        case.directing = None
        case.save()
