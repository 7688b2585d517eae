"""Forms open to a person, limitation, effect, end after 12 months, complaint window."""

from datetime import date

import pytest

from cases.deadlines.calendar import Calendar
from cases.decisions.rules import (
    complaint_window,
    effect_date,
    effect_rule,
    end_of_effect,
    limitation,
    penalties_open_to,
)
from procedures.schema import (
    Confidence,
    EventType,
    Level,
    Penalty,
    SubjectKind,
    TimeLimit,
    Unit,
)

TODAY = date(2026, 11, 22)


def penalty(key: str, weight: int, **more: object) -> Penalty:
    return Penalty.model_validate(
        {
            "id": key, "label": key, "subject_kind": "member", "weight": weight, "propose_rule": "half",
            "decide_rule": "half", "source": "S12", "confidence": "source", **more,
        }
    )  # fmt: skip


PENALTIES = [
    penalty("none", 0),
    penalty("reprimand", 1),
    penalty("removal", 3, needs_post=True, official_only=True),
    penalty("expulsion", 4, official_only=True),
    penalty("abolished", 2, valid_to="2020-01-01"),
    penalty("dissolution", 3, subject_kind="body"),
]


@pytest.mark.parametrize(
    ("official", "holds_post", "expected"),
    [
        (True, True, ["expulsion", "removal", "reprimand", "none"]),
        (True, False, ["expulsion", "reprimand", "none"]),
        (False, True, ["reprimand", "none"]),
    ],
)
def test_forms_open_to_a_member_depend_on_being_official_and_on_a_post(
    official: bool, holds_post: bool, expected: list[str]
) -> None:
    choices = penalties_open_to(PENALTIES, on=TODAY, official=official, holds_post=holds_post)
    assert [choice.penalty.id for choice in choices if choice.open] == expected
    assert all(choice.open is not bool(choice.reason) for choice in choices)


def test_a_closed_form_says_why_and_bodies_have_their_own_forms() -> None:
    closed = {c.penalty.id: c.reason for c in penalties_open_to(PENALTIES, on=TODAY) if not c.open}
    assert closed == {"removal": "Hình thức removal chỉ áp dụng đối với người đang giữ chức vụ."}
    bodies = penalties_open_to(PENALTIES, on=TODAY, subject_kind=SubjectKind.BODY)
    assert [choice.penalty.id for choice in bodies] == ["dissolution"]


@pytest.mark.parametrize(
    ("concluded_on", "expired"), [(date(2026, 3, 15), False), (date(2026, 3, 16), True), (None, None)]
)
def test_limitation_runs_from_the_end_of_the_act_to_the_conclusion(
    concluded_on: date | None, expired: bool | None
) -> None:
    found = limitation(
        60, ended_on=date(2021, 3, 15), detected_on=date(2023, 1, 1), concluded_on=concluded_on
    )
    assert (found.last_day, found.expired) == (date(2026, 3, 15), expired)
    assert any("Vẫn phải kiểm tra" in line for line in found.lines) is bool(expired)


def test_limitation_runs_from_detection_when_the_end_is_unknown() -> None:
    found = limitation(60, ended_on=None, detected_on=date(2023, 1, 1), concluded_on=TODAY)
    assert (found.starts_on, found.last_day) == (date(2023, 1, 1), date(2028, 1, 1))
    assert "ngày phát hiện" in found.lines[0]


def test_limitation_is_unknown_without_either_day() -> None:
    found = limitation(60, ended_on=None, detected_on=None, concluded_on=TODAY)
    assert (found.last_day, found.expired, len(found.warnings)) == (None, None, 1)


def test_expulsion_has_no_limitation() -> None:
    found = limitation(None, ended_on=date(1990, 1, 1), detected_on=None, concluded_on=TODAY)
    assert (found.last_day, found.expired) == (None, False)


def test_excluded_days_do_not_count_towards_limitation() -> None:
    found = limitation(
        60,
        ended_on=date(2021, 3, 15),
        detected_on=None,
        concluded_on=date(2026, 3, 16),
        exclusions=[(date(2024, 1, 1), date(2024, 1, 10))],
    )
    assert (found.last_day, found.expired) == (date(2026, 3, 25), False)
    assert "Không tính vào thời hiệu: từ 01/01/2024 đến 10/01/2024." in found.lines


def test_an_exclusion_still_running_keeps_the_violation_open() -> None:
    found = limitation(
        60,
        ended_on=date(2021, 3, 15),
        detected_on=None,
        concluded_on=TODAY,
        exclusions=[(date(2025, 1, 1), None)],
        new_violations=[date(2022, 1, 1)],
    )
    assert (found.starts_on, found.last_day, found.expired) == (date(2022, 1, 1), None, False)
    assert len(found.warnings) == 1


def test_a_new_violation_restarts_only_a_period_that_still_runs() -> None:
    common = {"ended_on": date(2021, 3, 15), "detected_on": None, "concluded_on": None}
    restarted = limitation(60, **common, new_violations=[date(2023, 5, 1), date(2020, 1, 1)])
    in_time = limitation(60, **common, new_violations=[date(2026, 3, 15)])
    late = limitation(60, **common, new_violations=[date(2026, 3, 16)])
    assert (restarted.last_day, in_time.last_day) == (date(2028, 5, 1), date(2031, 3, 15))
    assert late.last_day == date(2026, 3, 15)


def limit(key: str, starts_on: EventType, **more: object) -> TimeLimit:
    return TimeLimit.model_validate(
        {
            "id": key, "label": key, "amount": 0, "unit": "calendar_day", "starts_on": starts_on.value,
            "basis": "21-QĐ/TW", "source": "S22", "confidence": "secondary", **more,
        }
    )  # fmt: skip


IN_FORCE = {"ends_on": "decision_in_force"}
EFFECTS = [
    limit("Q-01", EventType.VOTE_RESULT_ANNOUNCED, levels=["cell"], **IN_FORCE),
    limit("Q-04", EventType.DECISION_ANNOUNCED, levels=["province"], valid_to="2026-04-10", **IN_FORCE),
    limit("Q-05", EventType.DECISION_SIGNED, levels=["province"], valid_from="2026-04-11", **IN_FORCE),
]


@pytest.mark.parametrize(
    ("signed_on", "level", "expected"),
    [
        (date(2026, 4, 10), Level.PROVINCE, "Q-04"),
        (date(2026, 4, 11), Level.PROVINCE, "Q-05"),
        (date(2026, 4, 11), Level.CELL, "Q-01"),
        (date(2026, 4, 11), Level.CENTRAL, None),
    ],
)
def test_the_regime_of_the_signing_day_says_what_brings_a_decision_into_effect(
    signed_on: date, level: Level, expected: str | None
) -> None:
    found = effect_rule(EFFECTS, signed_on=signed_on, level=level)
    assert (found.id if found else None) == expected


def test_a_rule_about_something_else_does_not_bring_a_decision_into_effect() -> None:
    other = limit("Q-03", EventType.DECISION_SIGNED, amount=15, ends_on="decision_announced")
    assert effect_rule([other], signed_on=TODAY, level=Level.PROVINCE) is None


def test_a_decision_waits_for_the_event_that_brings_it_into_effect() -> None:
    events = {EventType.DECISION_SIGNED: date(2026, 4, 12)}
    assert effect_date(EventType.DECISION_SIGNED, events).day == date(2026, 4, 12)
    waiting = effect_date(EventType.DECISION_ANNOUNCED, events)
    assert waiting.day is None
    assert "Ngày công bố quyết định" in waiting.line


def test_a_decision_ends_twelve_months_after_its_announcement() -> None:
    end = end_of_effect(12, announced_on=date(2026, 2, 28))
    assert (end.day, end.earliest, end.warnings) == (date(2027, 2, 28), date(2027, 2, 28), ())


def test_a_changed_form_counts_from_the_first_announcement() -> None:
    end = end_of_effect(
        12, announced_on=date(2026, 2, 1), settlement_announced_on=date(2026, 6, 1), form_changed=True
    )
    assert (end.day, end.warnings) == (date(2027, 2, 1), ())


def test_an_upheld_decision_shows_both_ends_and_warns() -> None:
    end = end_of_effect(12, announced_on=date(2026, 2, 1), settlement_announced_on=date(2026, 6, 1))
    assert (end.earliest, end.day) == (date(2027, 2, 1), date(2027, 6, 1))
    assert end.warnings[0].startswith("Q-11")


@pytest.mark.parametrize(
    ("months", "announced_on", "new_violation", "complaint_pending"),
    [
        (None, TODAY, False, False),
        (12, None, False, False),
        (12, TODAY, True, False),
        (12, TODAY, False, True),
    ],
)
def test_some_decisions_do_not_end_by_themselves_and_say_why(
    months: int | None, announced_on: date | None, new_violation: bool, complaint_pending: bool
) -> None:
    end = end_of_effect(
        months,
        announced_on=announced_on,
        new_violation=new_violation,
        complaint_pending=complaint_pending,
    )
    assert (end.day, len(end.lines)) == (None, 1)


MONTH = limit("K-01", EventType.DECISION_RECEIVED, amount=1, unit=Unit.MONTH.value)
DAYS = limit("K-02", EventType.DECISION_RECEIVED, amount=30, confidence=Confidence.SECONDARY.value)
CALENDAR = Calendar(confirmed_years=frozenset({2026}))


def test_a_complaint_is_surely_in_time_only_under_every_rule() -> None:
    window = complaint_window([MONTH, DAYS], date(2026, 7, 16), CALENDAR)
    assert window is not None
    assert [key for key, _ in window.sheets] == ["K-01", "K-02"]
    assert (window.earliest, window.latest) == (date(2026, 8, 15), date(2026, 8, 17))
    assert window.is_surely_open(date(2026, 8, 15))
    assert not window.is_surely_open(date(2026, 8, 16))
    assert not window.is_surely_closed(date(2026, 8, 17))
    assert window.is_surely_closed(date(2026, 8, 18))


def test_a_complaint_is_never_surely_late_while_the_calendar_is_unconfirmed() -> None:
    window = complaint_window([DAYS], date(2026, 12, 20), CALENDAR)
    assert window is not None
    assert (window.earliest, window.latest) == (date(2027, 1, 19), None)
    assert not window.is_surely_closed(date(2030, 1, 1))


def test_without_a_rule_there_is_no_window() -> None:
    assert complaint_window([], date(2026, 12, 20), CALENDAR) is None
