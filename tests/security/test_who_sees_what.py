"""Every list starts from what the person may see: the own commission, and never a row about oneself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from peewee import Database

from cases.approvals import queries as approvals
from cases.approvals.models import Approval
from cases.audit import queries as audit
from cases.audit.operations import act
from cases.decisions import queries as decisions
from cases.decisions.models import Decision
from cases.documents import queries as documents
from cases.documents.models import Document
from cases.errors import NotFound
from cases.evidence import queries as evidence
from cases.evidence.models import Evidence
from cases.intake import queries as intake
from cases.intake.models import Letter
from cases.lifecycle import queries as lifecycle
from cases.lifecycle.models import Case, CaseLetter, ConflictDeclaration, Party, TeamMember
from cases.parties.models import Member
from cases.people import queries as people
from cases.people.actor import Actor
from cases.people.models import User
from cases.plans import queries as plans
from cases.plans.models import ProgrammeItem
from cases.sessions import queries as sessions
from cases.sessions.models import AgendaItem, Session
from procedures.schema import Role
from tests.support.running_cases import loaded_rules
from tests.support.worlds import NOW, TODAY, a_commission, a_member, a_user


@dataclass
class World:
    """One commission with one row of each kind about one member."""

    boss: User
    subject: Member
    letter: Letter
    case: Case
    rows: dict[str, Any]


def a_world(code: str, level: str, number: int) -> World:
    commission = a_commission(code, name=f"Ủy ban Kiểm tra {code}", level=level)
    boss = a_user(commission, *Role, username=f"chu.nhiem.{code}")
    other = a_user(commission, Role.CLERK, username=f"van.thu.{code}")
    subject = a_member(f"Phạm Văn Mẫu {code}", card=f"91.00000{number}")
    letter = Letter.create(
        commission=commission,
        year=2026,
        number=number,
        received_on=TODAY,
        source="post",
        identity="clear",
        kind="denunciation",
        subject_name=subject.full_name,
        subject_member=subject,
        summary="Tố cáo",
        created_by=other,
        created_at=NOW,
    )
    case = Case.create(
        commission=commission,
        code=f"{number}-2026",
        procedure="KT-04",
        edition=TODAY,
        title="Kiểm tra",
        origin="letter",
        started_on=TODAY,
        opened_at=NOW,
        opened_by=other,
    )
    Party.create(case=case, kind="member", member=subject, name=subject.full_name)
    return World(boss, subject, letter, case, _rows(commission, other, subject, letter, case))


def _rows(commission: Any, other: User, subject: Member, letter: Letter, case: Case) -> dict[str, Any]:
    paper = {
        "commission": commission,
        "form": "C01",
        "form_edition": "2026-01-01",
        "title": "Quyết định",
        "created_by": other,
        "created_at": NOW,
        "updated_at": NOW,
        "state": "submitted",
        "series": "QĐ",
    }
    document = Document.create(**paper, case=case)
    session = Session.create(
        commission=commission,
        number=1,
        term="2025-2030",
        held_on=TODAY,
        place="Phòng họp",
        chair=other,
        secretary=other,
        created_by=other,
    )
    with act(other.as_actor(), "case.opened", now=NOW) as event:
        event.about(case)
    with act(other.as_actor(), "letter.logged", now=NOW) as event:
        event.about(letter)
    return {
        "letter": letter,
        "case": case,
        "document": document,
        "letter paper": Document.create(**paper, letter=letter),
        "approved paper": Document.create(**{**paper, "state": "approved"}, case=case),
        "approved letter paper": Document.create(
            **{**paper, "state": "approved", "form": "A07"}, letter=letter
        ),
        "approval": Approval.create(
            commission=commission, document=document, requested_by=other, requested_at=NOW, role="chair"
        ),
        "agenda item": AgendaItem.create(session=session, case=case, position=1, title="Xem xét"),
        "decision": Decision.create(
            commission=commission,
            subject_name=subject.full_name,
            subject_member=subject,
            penalty="warning",
            signed_on=TODAY,
            created_at=NOW,
        ),
        "draft decision": Decision.create(
            commission=commission,
            case=case,
            subject_name=subject.full_name,
            subject_member=subject,
            penalty="warning",
            created_at=NOW,
        ),
        "programme": ProgrammeItem.create(
            commission=commission,
            year=2026,
            number=1,
            kind="kt",
            kind_label="Kiểm tra",
            subject_name=subject.full_name,
            subject_member=subject,
            content="Nội dung",
        ),
        "evidence": Evidence.create(
            case=case,
            number=1,
            title="Biên bản",
            kind="record",
            received_on=TODAY,
            added_by=other,
            added_at=NOW,
        ),
        "session": session,
    }


READS: dict[str, Callable[[Actor], Any]] = {
    "letter": intake.visible_to,
    "case": lifecycle.visible_to,
    "document": documents.visible_to,
    "letter paper": documents.visible_to,
    "approved letter paper": documents.visible_to,
    "approved paper": documents.visible_to,
    "approval": approvals.visible_to,
    "agenda item": sessions.items_visible_to,
    "decision": decisions.visible_to,
    "draft decision": decisions.visible_to,
    "programme": plans.visible_to,
    "evidence": evidence.visible_to,
    "session": sessions.visible_to,
}
ABOUT_A_PERSON = [kind for kind in READS if kind != "session"]


@pytest.fixture
def province(database: Database) -> World:
    loaded_rules()
    return a_world("tinh", "tinh", 1)


@pytest.fixture
def commune(province: World) -> World:
    return a_world("xa", "xa", 2)


def seen(kind: str, actor: Actor) -> set[int]:
    return {row.id for row in READS[kind](actor)}


@pytest.mark.parametrize("kind", READS)
def test_a_chair_sees_the_rows_of_the_own_commission_and_of_no_other(
    province: World, commune: World, kind: str
) -> None:
    assert province.rows[kind].id in seen(kind, province.boss.as_actor())
    assert commune.rows[kind].id not in seen(kind, province.boss.as_actor())
    assert province.rows[kind].id not in seen(kind, commune.boss.as_actor())


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", ABOUT_A_PERSON)
def test_whoever_a_row_is_about_never_sees_it_whatever_the_roles(province: World, kind: str) -> None:
    assert seen(kind, province.boss.as_actor())
    User.update(member=province.subject).where(User.id == province.boss.id).execute()
    assert seen(kind, User.get_by_id(province.boss.id).as_actor()) == set()


FROM_THE_CASE = [
    "case",
    "document",
    "approval",
    "agenda item",
    "evidence",
    "approved paper",
    "draft decision",
]


@pytest.mark.parametrize("kind", FROM_THE_CASE)
def test_whoever_declared_a_conflict_sees_nothing_of_the_case(province: World, kind: str) -> None:
    boss = province.boss
    ConflictDeclaration.create(case=province.case, user=boss, reason="Người thân", declared_at=NOW)
    assert province.rows[kind].id not in seen(kind, boss.as_actor())


@pytest.mark.both_databases
@pytest.mark.parametrize("as_subject", [True, False])
def test_a_case_closed_to_a_person_closes_the_branches_it_led_to(province: World, as_subject: bool) -> None:
    case, boss = province.case, province.boss
    branches = []
    for parent, code in ((case, "2"), (None, "3")):
        branches.append(
            Case.create(
                commission=boss.commission,
                code=f"nhánh {code}",
                procedure="KL-02",
                edition=TODAY,
                title="Kỷ luật",
                origin="branch",
                parent=parent or branches[-1],
                branch_kind="discipline",
                started_on=TODAY,
                opened_at=NOW,
                opened_by=boss,
            )
        )
    assert {one.id for one in branches} <= seen("case", boss.as_actor())
    if as_subject:
        User.update(member=province.subject).where(User.id == boss.id).execute()
    else:
        ConflictDeclaration.create(case=case, user=boss, reason="Người thân", declared_at=NOW)
    assert seen("case", User.get_by_id(boss.id).as_actor()).isdisjoint({one.id for one in branches})


@pytest.mark.both_databases
def test_the_letter_of_a_case_is_closed_to_whoever_declared_a_conflict_in_it(province: World) -> None:
    CaseLetter.create(case=province.case, letter=province.letter)
    assert province.letter.id in seen("letter", province.boss.as_actor())
    ConflictDeclaration.create(case=province.case, user=province.boss, reason="Người thân", declared_at=NOW)
    assert province.letter.id not in seen("letter", province.boss.as_actor())
    assert province.rows["letter paper"].id not in seen("letter paper", province.boss.as_actor())


@pytest.mark.both_databases
@pytest.mark.parametrize("about", ["case", "letter"])
def test_a_paper_that_names_the_sender_is_read_by_those_who_work_with_the_sender(
    province: World, about: str
) -> None:
    paper = Document.create(
        commission=province.boss.commission, form="A07", form_edition="2026-01-01", title="Thông báo",
        created_by=province.boss, created_at=NOW, updated_at=NOW, **{about: getattr(province, about)},
    )  # fmt: skip
    chair, member = (a_user(province.boss.commission, role) for role in (Role.CHAIR, Role.COMMISSIONER))
    worker = a_user(province.boss.commission, Role.INSPECTOR)
    assert province.rows["document"].id in seen("document", member.as_actor())
    assert paper.id not in seen("document", member.as_actor())
    assert paper.id not in seen("document", worker.as_actor())
    assert paper.id in seen("document", chair.as_actor())
    if about == "case":
        TeamMember.create(case=province.case, user=worker, position="member")
    else:
        Letter.update(handler=worker).where(Letter.id == province.letter.id).execute()
    assert paper.id in seen("document", worker.as_actor())


@pytest.mark.parametrize("kind", READS)
def test_without_a_role_nothing_is_seen(province: World, kind: str) -> None:
    nobody = Actor(
        user_id=province.boss.id, commission_id=province.boss.commission_id, name="", roles=frozenset()
    )
    assert seen(kind, nobody) == set()


@pytest.mark.parametrize("kind", ["letter", "case"])
def test_an_inspector_outside_the_team_sees_neither_letter_nor_case(province: World, kind: str) -> None:
    inspector = a_user(province.boss.commission, Role.INSPECTOR, Role.TEAM_HEAD).as_actor()
    assert seen(kind, inspector) == set()


def test_the_journal_hides_even_that_something_happened_about_oneself(province: World) -> None:
    journal = {event.verb for event in audit.visible_to(province.boss.as_actor())}
    assert {"case.opened", "letter.logged"} <= journal
    User.update(member=province.subject).where(User.id == province.boss.id).execute()
    own = {event.verb for event in audit.visible_to(User.get_by_id(province.boss.id).as_actor())}
    assert own.isdisjoint({"case.opened", "letter.logged"})


def test_the_journal_of_one_commission_is_not_read_in_another(province: World, commune: World) -> None:
    for world, other in ((province, commune), (commune, province)):
        events = list(audit.visible_to(world.boss.as_actor()))
        assert events and {event.commission_id for event in events} == {world.boss.commission_id}
        assert other.boss.commission_id not in {event.commission_id for event in events}


def test_an_administrator_reads_that_a_case_was_opened_but_not_which(province: World) -> None:
    administrator = a_user(province.boss.commission, Role.ADMINISTRATOR).as_actor()
    events = list(audit.visible_to(administrator))
    assert any(event.case_id == province.case.id for event in events)
    assert audit.subjects_of(administrator, events) == audit.Subjects({}, {})
    shown = audit.subjects_of(province.boss.as_actor(), events)
    assert (set(shown.cases), set(shown.letters)) == ({province.case.id}, {province.letter.id})


def test_users_of_another_commission_are_not_found(province: World, commune: World) -> None:
    assert commune.boss.id not in {user.id for user in people.visible_to(province.boss.as_actor())}
    with pytest.raises(NotFound):
        people.user_of(province.boss.as_actor(), commune.boss.id)


@pytest.mark.parametrize(
    "read",
    [
        lambda actor, rows: intake.letter_of(actor, rows["letter"].id),
        lambda actor, rows: lifecycle.case_of(actor, rows["case"].id),
        lambda actor, rows: documents.document_of(actor, rows["document"].id),
        lambda actor, rows: decisions.decision_of(actor, rows["decision"].id),
        lambda actor, rows: sessions.session_of(actor, rows["session"].id),
        lambda actor, rows: sessions.item_of(actor, rows["agenda item"].id),
        lambda actor, rows: plans.item_of(actor, rows["programme"].id),
        lambda actor, rows: evidence.evidence_of(actor, rows["evidence"].id),
    ],
    ids=["letter", "case", "document", "decision", "session", "agenda item", "programme", "evidence"],
)
def test_a_number_typed_into_the_address_finds_nothing_of_another_commission(
    province: World, commune: World, read: Callable[[Actor, dict[str, Any]], Any]
) -> None:
    assert read(commune.boss.as_actor(), commune.rows).id
    with pytest.raises(NotFound):
        read(province.boss.as_actor(), commune.rows)
