"""Limitation as the voters are told it: what does not count, what starts it anew, what has none."""

from datetime import date

import pytest
from flask import Flask

from cases.decisions.limitations import LimitationView, limitations_on
from cases.lifecycle.models import Finding, Party, Postponement
from cases.people.models import Member
from cases.sessions.models import AgendaItem
from tests.support.running_cases import subject
from tests.support.voting import Voting, an_open_ballot, in_session
from tests.support.worlds import NOW


@pytest.fixture
def opened(app: Flask) -> tuple[Voting, AgendaItem]:
    Member.update(party_post="Bí thư Chi bộ").where(Member.id == subject().id).execute()
    return in_session()


def told(opened: tuple[Voting, AgendaItem]) -> dict[str, LimitationView]:
    """The first violation under every form."""
    world, item = opened
    first = Finding.get(Finding.case == world.case.id)
    views = limitations_on(an_open_ballot(world, item))
    return {view.penalty.id: view for view in views if view.finding.id == first.id}


def postponed(party: Party, from_on: date, to_on: date | None, lifted_on: date | None = None) -> None:
    world_user = party.case.opened_by
    Postponement.create(
        party=party, ground="treatment", from_on=from_on, to_on=to_on, lifted_on=lifted_on,
        reason="Điều trị nội trú", recorded_by=world_user, recorded_at=NOW,
    )  # fmt: skip


def test_each_form_has_its_own_last_day_and_expulsion_none(opened: tuple[Voting, AgendaItem]) -> None:
    found = {form: view.limitation.last_day for form, view in told(opened).items()}
    assert found == {
        "expulsion": None,
        "removal": date(2034, 3, 1),
        "warning": date(2034, 3, 1),
        "reprimand": date(2029, 3, 1),
    }


@pytest.mark.parametrize(
    ("to_on", "lifted_on", "last_day"),
    [
        (date(2025, 1, 10), None, date(2029, 3, 11)),
        (date(2025, 1, 10), date(2025, 1, 5), date(2029, 3, 6)),
        (None, date(2025, 1, 5), date(2029, 3, 6)),
        (None, None, None),
    ],
)
def test_a_postponement_does_not_count_until_it_ends_or_is_lifted(
    opened: tuple[Voting, AgendaItem], to_on: date | None, lifted_on: date | None, last_day: date | None
) -> None:
    world, _ = opened
    postponed(world.party, date(2025, 1, 1), to_on, lifted_on)
    reprimand = told(opened)["reprimand"].limitation
    assert (reprimand.last_day, reprimand.expired) == (last_day, False)
    assert any(line.startswith("Không tính vào thời hiệu: từ 01/01/2025") for line in reprimand.lines)


def test_a_later_violation_of_the_same_member_starts_the_period_anew(
    opened: tuple[Voting, AgendaItem],
) -> None:
    world, _ = opened
    Finding.create(
        case=world.case, party=world.party, text="Vi phạm mới", ended_on=date(2025, 6, 1), disciplinary=True
    )  # fmt: skip
    reprimand = told(opened)["reprimand"].limitation
    assert (reprimand.starts_on, reprimand.last_day) == (date(2025, 6, 1), date(2030, 6, 1))
    assert "Có vi phạm mới trong thời hiệu: tính lại từ 01/06/2025." in reprimand.lines
