"""A case is bound by the rules of the day it started on: around every change of regulation, and for 2020."""

from collections.abc import Iterator
from datetime import date

import pytest
from peewee import Database

from cases.deadlines import operations as deadlines, queries
from cases.deadlines.calendar import CalendarNotConfirmed
from cases.deadlines.calendar_operations import DayChoice
from cases.deadlines.models import Deadline
from cases.errors import Invalid
from cases.lifecycle import operations
from cases.lifecycle.models import Case
from cases.lifecycle.operations import NewParty
from cases.lifecycle.progress import edition_of
from procedures.schema import LinkKind, Owner, Role
from tests.support.letters import a_decided_letter, open_vault
from tests.support.running_cases import a_team, an_open_case, complete_up_to, loaded_rules
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission

# The day a case starts on, the first day of the edition it gets (that of the commission's own procedures,
# of the committee's, and of complaints settled by a committee), and the regulation behind it.
COMMISSION, COMMITTEE, COMPLAINT = "354-QĐ/UBKTTW", "89-QĐ/TW", "35-QĐ/TW"
FIRST = {COMMISSION: date(2021, 12, 22), COMMITTEE: date(2022, 12, 1), COMPLAINT: date(2021, 10, 15)}
REGIMES = [
    (date(2025, 2, 2), None, ["22-QĐ/TW"]),
    (date(2025, 2, 4), date(2025, 2, 3), ["22-QĐ/TW", "262-QĐ/TW"]),
    (date(2025, 5, 29), date(2025, 2, 3), ["22-QĐ/TW", "262-QĐ/TW"]),
    (date(2025, 5, 31), date(2025, 5, 30), ["296-QĐ/TW"]),
    (date(2026, 4, 10), date(2025, 5, 30), ["296-QĐ/TW"]),
    (date(2026, 4, 11), date(2026, 4, 11), ["21-QĐ/TW"]),
]
PROCEDURES = {
    "KT-01": COMMITTEE, "KT-02": COMMITTEE, "GS-01": COMMITTEE, "KL-01": COMMITTEE, "TC-01": COMMITTEE,
    "KT-03": COMMISSION, "KT-04": COMMISSION, "KT-08": COMMISSION, "GS-02": COMMISSION, "KL-02": COMMISSION,
    "KL-04": COMMISSION, "TC-03": COMMISSION, "KN-02": COMMISSION, "KN-01": COMPLAINT,
}  # fmt: skip
OLD = date(2020, 3, 2)
OLD_EDITION = date(2018, 5, 3)


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    open_vault()
    loaded_rules()
    yield a_staffed_commission()


def started(staff: Staff, procedure: str, day: date) -> Case:
    """A case entered today that started on that day, on a subject the procedure is made for."""
    (kind, *_) = loaded_rules().procedure(procedure, on=day).subject_kinds
    return an_open_case(
        staff, procedure, started_on=day, parties=[NewParty(kind=kind, name="Đối tượng cũ")],
        team=a_team(staff),
    )  # fmt: skip


def an_old_denunciation(staff: Staff) -> Case:
    letter = a_decided_letter(staff, received_on=OLD, written_on=OLD)
    return an_open_case(staff, "TC-03", by=Role.CHAIR, letter_ids=[letter.id], started_on=OLD)


@pytest.mark.parametrize(("day", "first_day", "regulations"), REGIMES, ids=str)
def test_around_a_new_regulation_a_case_gets_the_edition_of_its_day(
    staff: Staff, day: date, first_day: date | None, regulations: list[str]
) -> None:
    for procedure, decision in PROCEDURES.items():
        case = started(staff, procedure, day)
        assert case.edition == (first_day or FIRST[decision]), procedure
        assert edition_of(case).legal_basis == (decision, *regulations), procedure


def test_a_case_keeps_its_edition_however_late_it_is_worked_on(staff: Staff) -> None:
    case = started(staff, "KT-04", date(2025, 5, 29))
    complete_up_to(staff, case, "TH1")
    assert Case.get_by_id(case.id).edition == date(2025, 2, 3)
    assert edition_of(case).in_force(TODAY) is False


def test_what_an_old_case_leads_to_starts_today_and_so_under_the_rules_of_today(staff: Staff) -> None:
    case = started(staff, "KT-04", date(2025, 5, 29))
    complete_up_to(staff, case, "TH7")
    opened = operations.open_branch(
        staff.actor(Role.TEAM_HEAD), case.id, party_ids=[party.id for party in case.parties],
        reason="Vi phạm đã rõ, đối tượng tự giác nhận", kinds=(LinkKind.DUAL,),
        now=NOW,
    )  # fmt: skip
    assert (opened.procedure, opened.edition) == ("KL-02", date(2026, 4, 11))


@pytest.mark.parametrize("procedure", sorted(PROCEDURES))
def test_a_case_of_2020_gets_the_edition_of_2018(staff: Staff, procedure: str) -> None:
    case = started(staff, procedure, OLD)
    assert case.edition == OLD_EDITION
    assert "30-QĐ/TW" in edition_of(case).legal_basis


def test_a_denunciation_of_2020_counts_working_days_and_says_that_its_calendar_is_not_confirmed(
    staff: Staff,
) -> None:
    case = an_old_denunciation(staff)
    (clock,) = Deadline.select().where(Deadline.case == case.id)
    limit = queries.limit_of(clock)
    assert (clock.limit_id, clock.started_on, clock.due_on) == ("T-04", OLD, None)
    assert (limit.amount, limit.unit, limit.basis) == (90, "working_day", "30-QĐ/TW")
    view = queries.sheet_view(staff.actor(Role.CHAIR), clock.id)
    assert (view.sheet, view.refused_year) == (None, 2020)
    assert "2020" in view.refusal
    with pytest.raises(CalendarNotConfirmed):
        queries.sheet_of(staff.actor(Role.CHAIR), clock.id)


def test_once_somebody_confirms_2020_the_old_deadline_has_a_day(staff: Staff) -> None:
    """90 working days after Monday 02/03/2020, with 02/04 (Giỗ Tổ), 30/04 and 01/05 off.

    March 21 (3rd to 31st), April 20 (41; 22 weekdays less two), May 20 (61; 21 less one), June 22 (83),
    and seven of July: 1, 2, 3, 6, 7, 8, 9.
    """
    case = an_old_denunciation(staff)
    names = {date(2020, 4, 2): "Giỗ Tổ", date(2020, 4, 30): "Chiến thắng", date(2020, 5, 1): "Lao động"}
    days = [DayChoice(day, "off", name) for day, name in names.items()]
    chair = staff.actor(Role.CHAIR)
    deadlines.change_days(chair, 2020, days, now=NOW)
    deadlines.confirm_year(chair, 2020, notice="Thông báo nghỉ lễ năm 2020", now=NOW)
    (clock,) = Deadline.select().where(Deadline.case == case.id)
    assert clock.due_on == date(2020, 7, 9)
    assert queries.sheet_of(chair, clock.id)[2].due == date(2020, 7, 9)


@pytest.mark.parametrize(
    ("procedure", "day", "allowed"),
    [
        ("KT-01", date(2025, 6, 17), False),
        ("KT-01", date(2025, 6, 18), True),
        ("GS-01", date(2025, 6, 17), False),
        ("GS-01", date(2025, 6, 18), True),
        ("KT-02", date(2025, 6, 18), False),
        ("KT-03", date(2026, 5, 4), False),
        ("KT-04", date(2026, 5, 4), False),
    ],
)
def test_advisory_bodies_run_what_the_law_lets_them_and_from_the_day_it_does(
    staff: Staff, procedure: str, day: date, allowed: bool
) -> None:
    kind = "body" if procedure == "KT-03" else "member"

    def opening() -> Case:
        return an_open_case(
            staff, procedure, started_on=day, parties=[NewParty(kind=kind, name="Đối tượng")],
            run_by=Owner.ADVISORY,
        )  # fmt: skip

    if allowed:
        assert opening().run_by == Owner.ADVISORY
        return
    with pytest.raises(Invalid) as refusal:
        opening()
    assert refusal.value.field == "run_by"
    barred = procedure not in ("KT-01", "GS-01")
    assert ("Điều 5 khoản 1.3đ Quy định 296-QĐ/TW" in refusal.value.message) is barred
    assert Case.select().count() == 0


def test_no_case_starts_before_the_first_edition(staff: Staff) -> None:
    with pytest.raises(Invalid) as refusal:
        an_open_case(staff, "KT-04", started_on=date(2018, 5, 2), parties=[NewParty(name="Đối tượng")])
    assert refusal.value.field == "procedure"
