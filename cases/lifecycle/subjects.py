"""The subjects of a case, from the members' register or by name only, with posts as they stand today."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.errors import Invalid
from cases.lifecycle.models import Case, Party
from cases.parties.models import Member, Organisation
from cases.parties.queries import member_of, organisation_of
from cases.people.actor import Actor
from cases.text import clean_line
from procedures.schema import SubjectKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewParty:
    """A subject: a member or an organisation of the registers, or a name while nobody is sure."""

    kind: str = "member"
    member_id: int | None = None
    organisation_id: int | None = None
    name: str = ""
    party_post: str = ""
    unit: str = ""


def check_parties(actor: Actor, wanted: Sequence[NewParty]) -> list[Party]:
    """The subjects as rows not yet stored. Raises Invalid without any subject or with one twice."""
    if not wanted:
        raise Invalid("Ghi ít nhất một đối tượng của vụ việc.", field="parties")
    found = [_party(actor, one) for one in wanted]
    known = [party.member_id for party in found if party.member_id is not None]
    if len(known) != len(set(known)):
        raise Invalid("Một đảng viên được ghi hai lần.", field="parties")
    return found


def require_kinds(parties: Sequence[Party], kinds: Sequence[SubjectKind]) -> None:
    """Refuse subjects the procedure is not made for."""
    if any(party.kind not in kinds for party in parties):
        names = ", ".join(kind.label for kind in kinds)
        raise Invalid(f"Quy trình này chỉ dùng cho {names}.", field="parties")


def put_parties(case: Case, parties: Sequence[Party]) -> None:
    """Store checked subjects with their case."""
    for party in parties:
        party.case = case
        party.save(force_insert=True)


def copy_party(party: Party) -> Party:
    """The same subject as a new row, for a case that comes from this one."""
    return Party(
        kind=party.kind, member=party.member_id, organisation=party.organisation_id, name=party.name,
        party_post=party.party_post, government_post=party.government_post, unit=party.unit,
        managed_by=party.managed_by,
    )  # fmt: skip


def _party(actor: Actor, one: NewParty) -> Party:
    if one.kind not in set(SubjectKind):
        raise Invalid("Chọn đối tượng là đảng viên hay tổ chức đảng.", field="parties")
    if one.member_id is not None:
        return _from_member(member_of(actor, one.member_id))
    if one.organisation_id is not None:
        return _from_organisation(organisation_of(actor, one.organisation_id))
    name = clean_line(one.name)
    if not name:
        raise Invalid("Ghi họ tên hoặc chọn đối tượng trong danh sách.", field="parties")
    return Party(
        kind=one.kind, name=name[:300], party_post=clean_line(one.party_post)[:200],
        unit=clean_line(one.unit)[:300],
    )  # fmt: skip


def _from_member(member: Member) -> Party:
    return Party(
        kind="member", member=member, name=member.full_name, party_post=member.party_post,
        government_post=member.government_post, unit=member.branch.name if member.branch is not None else "",
        managed_by=member.management_level,
    )  # fmt: skip


def _from_organisation(organisation: Organisation) -> Party:
    unit = organisation.parent.name if organisation.parent is not None else ""
    return Party(kind="body", organisation=organisation, name=organisation.name, unit=unit)
