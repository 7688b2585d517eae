"""Votes of other bodies, written down as people of the commission do."""

from typing import Any

from cases.lifecycle.models import Case, Party
from cases.sessions.models import OutsideVote
from cases.sessions.outside_votes import OutsideMinutes, record_outside_vote
from procedures.schema import Role
from tests.support.running_cases import an_open_case, complete_up_to, row
from tests.support.worlds import NOW, TODAY, Staff


def minutes(votes: dict[str, int], **changes: Any) -> OutsideMinutes:
    given: dict[str, Any] = {
        "body_name": "Chi bộ Văn phòng", "held_on": TODAY, "base_total": 12, "present": 12, "invalid": 0,
        **changes,
    }  # fmt: skip
    return OutsideMinutes(votes=votes, **given)


def at(staff: Staff, procedure: str, key: str, **changes: Any) -> Case:
    """A case of a procedure whose next step is `key`."""
    case = an_open_case(staff, procedure, **changes)
    complete_up_to(staff, case, key)
    return case


def party_of(case: Case) -> Party:
    found: Party = Party.get(Party.case == case.id)
    return found


def written_down(
    staff: Staff, case: Case, key: str, votes: dict[str, int], *, by: Role = Role.TEAM_HEAD, **changes: Any
) -> OutsideVote:
    return record_outside_vote(
        staff.actor(by),
        row(case, key).id,
        party_id=party_of(case).id,
        minutes=minutes(votes, **changes),
        now=NOW,
    )


def committee_decides(staff: Staff, case: Case, votes: dict[str, int], **changes: Any) -> OutsideVote:
    names = {"body_name": "Ban Thường vụ Tỉnh ủy", "base_total": 15, "present": 15, **changes}
    return written_down(staff, case, "KT1", votes, by=Role.HEAD_OF_SECTION, **names)
