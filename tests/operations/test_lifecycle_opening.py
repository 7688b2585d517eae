"""Opening cases: from what, with whom, under which edition; what is refused leaves nothing behind."""

from collections.abc import Iterator
from datetime import date

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.errors import Invalid, NotAllowed, NotFound, Refused
from cases.lifecycle import operations, queries
from cases.lifecycle.models import Case, CaseLetter
from cases.lifecycle.operations import NewParty, TeamPost
from cases.lifecycle.progress import parties_of
from cases.plans.models import ProgrammeItem
from procedures.schema import Role
from tests.support.letters import a_decided_letter, a_logged_letter, open_vault
from tests.support.running_cases import (
    a_new_case,
    a_team,
    an_open_case,
    loaded_rules,
    ready_keys,
    subject,
)
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, a_user


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    open_vault()
    loaded_rules()
    yield a_staffed_commission()


def test_a_case_gets_the_next_code_of_the_year_and_its_first_step_is_ready(staff: Staff) -> None:
    first, second = an_open_case(staff), an_open_case(staff, "KL-02")
    assert [first.code, second.code] == ["HS-2026-001", "HS-2026-002"]
    assert ready_keys(first) == ["CB1"]


def test_a_case_is_pinned_to_the_edition_of_its_start_day(staff: Staff) -> None:
    old = an_open_case(staff, "TC-03", started_on=date(2025, 3, 3))
    new = an_open_case(staff, "TC-03", started_on=TODAY)
    assert (old.edition, new.edition) == (date(2025, 2, 3), date(2026, 4, 11))


def test_the_title_names_the_matter_and_the_subject_when_nobody_typed_one(staff: Staff) -> None:
    assert "đồng chí Phạm Văn Mẫu" in an_open_case(staff).title


def test_a_case_from_a_letter_counts_from_the_day_the_letter_was_received(staff: Staff) -> None:
    letter = a_decided_letter(staff, handling="accepted")
    case = an_open_case(staff, "TC-03", letter_ids=[letter.id], started_on=letter.received_on, by=Role.CHAIR)
    assert case.origin == "letter"
    assert [deadline.limit_id for deadline in case.deadlines] == ["T-01"]
    assert case.deadlines.get().started_on == letter.received_on


def test_a_letter_nobody_decided_on_opens_no_case(staff: Staff) -> None:
    letter = a_logged_letter(staff)
    with pytest.raises((Refused, NotFound)):
        operations.open_case(
            staff.actor(Role.CHAIR), a_new_case(staff, "TC-03", letter_ids=[letter.id]), now=NOW
        )
    assert Case.select().count() == 0


def test_a_letter_is_not_in_two_open_cases(staff: Staff) -> None:
    letter = a_decided_letter(staff, handling="accepted")
    case = an_open_case(staff, "TC-03", letter_ids=[letter.id], by=Role.CHAIR)
    with pytest.raises(Refused, match=case.code):
        an_open_case(staff, "TC-03", letter_ids=[letter.id], by=Role.CHAIR)


def test_one_more_letter_joins_a_case_once(staff: Staff) -> None:
    case, letter = an_open_case(staff, "TC-03"), a_decided_letter(staff, handling="accepted")
    actor = staff.actor(Role.CHAIR)
    operations.join_letter(actor, case.id, letter.id, now=NOW)
    with pytest.raises(Refused, match="đã có trong hồ sơ"):
        operations.join_letter(actor, case.id, letter.id, now=NOW)
    assert CaseLetter.select().where(CaseLetter.case == case.id).count() == 1


def test_a_case_from_the_programme_says_so(staff: Staff) -> None:
    item = ProgrammeItem.create(
        commission=staff.commission, year=2026, number=1, kind="kiem_tra", kind_label="Kiểm tra",
        subject_name="Phạm Văn Mẫu", content="Chấp hành quy chế làm việc",
    )  # fmt: skip
    case = an_open_case(staff, programme_item_id=item.id)
    assert (case.origin, case.programme_item) == ("programme", item)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"parties": []}, "parties"),
        ({"parties": [NewParty(name="  ")]}, "parties"),
        ({"parties": [NewParty(kind="body", name="Đảng ủy xã Thử")]}, "parties"),
        ({"team": []}, "team"),
        ({"procedure": "XX-99"}, "procedure"),
        ({"started_on": date(2030, 1, 1)}, "started_on"),
        ({"period_from": TODAY, "period_to": date(2020, 1, 1)}, "period_to"),
        ({"programme_item_id": 12345}, "programme_item_id"),
    ],
)
def test_what_cannot_be_right_is_named_by_its_field_and_nothing_is_written(
    staff: Staff, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        an_open_case(staff, **changes)
    assert refusal.value.field == field
    assert Case.select().count() == 0
    assert not AuditEvent.select().where(AuditEvent.verb == "case.opened").exists()


def test_a_refused_case_takes_no_code(staff: Staff) -> None:
    with pytest.raises(Invalid):
        an_open_case(staff, team=[])
    assert an_open_case(staff).code == "HS-2026-001"


def test_a_team_has_exactly_one_head_and_nobody_twice(staff: Staff) -> None:
    head = TeamPost(staff.users[Role.TEAM_HEAD].id, "head")
    other = TeamPost(staff.users[Role.INSPECTOR].id, "head")
    for team in ([head, other], [head, head], [TeamPost(head.user_id, "guest")]):
        with pytest.raises(Invalid) as refusal:
            an_open_case(staff, team=team)
        assert refusal.value.field == "team"


def test_the_subject_is_neither_on_the_team_nor_directs(staff: Staff) -> None:
    accused = a_user(staff.commission, Role.INSPECTOR, Role.COMMISSIONER, member=subject())
    with pytest.raises(Invalid, match="đối tượng của vụ việc"):
        an_open_case(staff, team=[*a_team(staff), TeamPost(accused.id, "member")])
    with pytest.raises(Invalid, match="đối tượng của vụ việc"):
        an_open_case(staff, directing_id=accused.id)


def test_only_a_member_of_the_commission_directs_and_not_from_within_the_team(staff: Staff) -> None:
    with pytest.raises(Invalid) as refusal:
        an_open_case(staff, directing_id=staff.users[Role.CLERK].id)
    assert refusal.value.field == "directing_id"
    directing = staff.users[Role.COMMISSIONER].id
    with pytest.raises(Invalid):
        an_open_case(staff, team=[*a_team(staff), TeamPost(directing, "member")])


def test_a_clerk_opens_no_case(staff: Staff) -> None:
    with pytest.raises(NotAllowed):
        operations.open_case(staff.actor(Role.CLERK), a_new_case(staff), now=NOW)


def test_a_subject_known_by_name_only_is_kept_as_typed_and_cleaned(staff: Staff) -> None:
    case = an_open_case(staff, parties=[NewParty(name="  Lò  Văn   Lạ ", unit="Bản Xa")])
    party = parties_of(case)[0]
    assert (party.name, party.unit, party.member) == ("Lò Văn Lạ", "Bản Xa", None)


def test_cases_are_found_without_tones_and_by_filters(staff: Staff) -> None:
    case = an_open_case(staff)
    an_open_case(staff, "KL-02", parties=[NewParty(name="Người Khác")])
    actor = staff.actor(Role.CHAIR)

    def found(**wanted: object) -> list[str]:
        page = queries.find_cases(actor, queries.CaseFilter(**wanted), today=TODAY)  # type: ignore[arg-type]
        return sorted(one.code for one in page.cases)

    assert found(text="pham van mau") == [case.code]
    assert found(procedure="KL-02") == ["HS-2026-002"]
    assert found(mine=True) == []
    assert found(state="closed") == []
    assert found(text="100%") == []
