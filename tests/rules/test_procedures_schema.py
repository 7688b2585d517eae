"""Rule records refuse what would mislead, and cannot be changed once read."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from procedures.schema import Confidence, EventType, Extension, Measure, Role, TimeLimit, Unit
from procedures.words import key_path, sentence


def limit(**changes: Any) -> TimeLimit:
    known: dict[str, Any] = {
        "id": "T-01",
        "label": "Giải quyết tố cáo",
        "amount": 90,
        "unit": Unit.CALENDAR_DAY,
        "starts_on": EventType.LETTER_RECEIVED,
        "basis": "22-QĐ/TW",
        "source": "Điều 20",
        "confidence": Confidence.SOURCE,
    }
    return TimeLimit(**(known | changes))


def extension(**changes: Any) -> Extension:
    known: dict[str, Any] = {"unit": "calendar_day", "decided_by": Role.CHAIR, "confidence": "source"}
    return Extension(**(known | changes))


def test_a_limit_read_in_the_text_is_confirmed_and_an_inferred_one_is_not() -> None:
    assert limit().confirmed_by_source
    assert not limit(confidence=Confidence.INFERRED).confirmed_by_source
    assert not limit(confidence=Confidence.SECONDARY).confirmed_by_source


def test_a_stand_in_number_never_claims_a_source() -> None:
    for confidence in (Confidence.SOURCE, Confidence.SECONDARY):
        with pytest.raises(ValidationError, match="provisional"):
            limit(provisional=True, confidence=confidence)
    assert not limit(provisional=True, confidence=Confidence.UNKNOWN, basis=None).confirmed_by_source


def test_a_date_written_in_the_plan_has_no_number() -> None:
    assert limit(measure=Measure.PLAN_DATE, amount=None).amount is None
    for measure, amount in ((Measure.PLAN_DATE, 5), (Measure.NONE, 5), (Measure.NUMBER, None)):
        with pytest.raises(ValidationError, match="amount"):
            limit(measure=measure, amount=amount)


def test_both_ends_of_validity_are_in_force() -> None:
    dated = limit(valid_from=date(2021, 7, 28), valid_to=date(2025, 5, 29))
    days = [date(2021, 7, 27), date(2021, 7, 28), date(2025, 5, 29), date(2025, 5, 30)]
    assert [dated.in_force(day) for day in days] == [False, True, True, False]
    assert limit().in_force(date(1990, 1, 1))


def test_an_extension_has_one_measure_or_admits_it_is_unknown() -> None:
    third = {"numerator": 1, "denominator": 3}
    assert extension(fraction=third).amount is None
    assert extension(confidence="unknown").fraction is None
    with pytest.raises(ValidationError, match="một trong hai"):
        extension(amount=30, fraction=third)
    with pytest.raises(ValidationError, match="unknown"):
        extension()


def test_a_rule_cannot_be_changed_after_reading() -> None:
    with pytest.raises(ValidationError):
        limit().amount = 1


def test_positions_in_a_key_path_count_from_one() -> None:
    assert key_path(("steps", 3, "forms", 0)) == "steps[4].forms[1]"
    assert key_path(()) == ""


def test_an_error_without_words_of_its_own_keeps_the_checker_message() -> None:
    message = sentence({"type": "odd", "loc": (), "msg": "Odd value", "input": 1})
    assert message == "giá trị không đúng kiểu (Odd value)"
