"""Numbers of a series: none twice, none lost, whoever takes them and whatever goes wrong."""

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.audit.operations import act, first_broken_event
from cases.people.models import NumberSeries
from cases.people.series import raise_above, take_number
from procedures.schema import Role
from tests.support.races import TURNS, TurnedBack, in_processes, take_numbers
from tests.support.worlds import NOW, Staff, a_commission, a_staffed_commission

TERM = "2025-2030"


@pytest.fixture
def staff(database: Database) -> Staff:
    return a_staffed_commission([Role.CLERK])


def take(staff: Staff, series: str = "TB", term: str = TERM) -> int:
    with act(staff.actor(Role.CLERK), "document.numbered", now=NOW):
        return take_number(staff.commission.id, series, term)


def test_numbers_follow_each_other_from_one(staff: Staff) -> None:
    assert [take(staff) for _ in range(4)] == [1, 2, 3, 4]


def test_each_series_term_and_commission_counts_for_itself(staff: Staff) -> None:
    take(staff)
    other = a_commission("x01", name="Ủy ban Kiểm tra Đảng ủy xã Bình Thạnh", level="xa")
    assert take(staff, series="QĐ") == 1
    assert take(staff, term="2030-2035") == 1
    with act(staff.actor(Role.CLERK), "document.numbered", now=NOW):
        assert take_number(other.id, "TB", TERM) == 1
    assert take(staff) == 2


def test_a_number_goes_back_when_the_verb_fails(staff: Staff) -> None:
    take(staff)
    with pytest.raises(TurnedBack), act(staff.actor(Role.CLERK), "document.numbered", now=NOW):
        take_number(staff.commission.id, "TB", TERM)
        raise TurnedBack
    assert take(staff) == 2


def test_outside_a_verb_no_number_is_given(staff: Staff) -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        take_number(staff.commission.id, "TB", TERM)
    assert NumberSeries.select().count() == 0


def test_numbers_used_on_paper_are_never_given_again(staff: Staff) -> None:
    with act(staff.actor(Role.CLERK), "file.imported", now=NOW):
        raise_above(staff.commission.id, "TB", TERM, 41)
        raise_above(staff.commission.id, "TB", TERM, 7)
    assert take(staff) == 42


def test_two_clerks_in_two_processes_share_one_series_without_double_or_gap(
    database_url: str, staff: Staff
) -> None:
    """200 numbers each at the same time; every seventh and every fifth attempt is rolled back."""
    user, commission = staff.users[Role.CLERK].id, staff.commission.id
    first, second = in_processes(
        take_numbers, (database_url, commission, user, 7), (database_url, commission, user, 5)
    )
    assert first == sorted(first) and second == sorted(second)
    assert sorted(first + second) == list(range(1, 2 * TURNS + 1))
    assert AuditEvent.select().where(AuditEvent.verb == "document.numbered").count() == 2 * TURNS
    assert first_broken_event() is None
