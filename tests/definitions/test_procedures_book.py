"""The rule book answers by code, id and day, and says what it does not know."""

import runpy
from datetime import date, timedelta
from itertools import pairwise

import pytest

from procedures.load import RULES_FOLDER, load_rulebook
from procedures.lock import LOCK_NAME, lock_lines
from procedures.schema import (
    Confidence,
    EventType,
    Level,
    RegulationArea,
    Role,
    RuleBook,
    RuleNotFound,
    Stage,
    StepActor,
    SubjectKind,
    Unit,
    VoteKind,
)
from procedures.terms import Term


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rulebook()


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2020, 6, 1), date(2018, 5, 3)),
        (date(2021, 7, 28), date(2021, 7, 28)),
        (date(2021, 12, 22), date(2021, 12, 22)),
        (date(2025, 2, 2), date(2021, 12, 22)),
        (date(2025, 2, 3), date(2025, 2, 3)),
        (date(2025, 5, 29), date(2025, 2, 3)),
        (date(2025, 5, 30), date(2025, 5, 30)),
        (date(2026, 4, 10), date(2025, 5, 30)),
        (date(2026, 4, 11), date(2026, 4, 11)),
        (date(2030, 1, 1), date(2026, 4, 11)),
    ],
)
def test_a_case_gets_the_edition_of_the_day_it_is_opened(book: RuleBook, day: date, edition: date) -> None:
    found = book.procedure("KT-04", on=day)
    assert found.valid_from == edition
    assert book.edition("KT-04", edition) is found
    assert found.id == f"KT-04@{edition.isoformat()}"


def test_all_procedures_are_in_force_from_2018_on_and_none_before(book: RuleBook) -> None:
    codes = {item.code for item in book.catalogue}
    assert len(codes) == 19
    for day in (date(2018, 5, 3), date(2021, 11, 1), date(2022, 11, 30), date(2025, 2, 3), date(2026, 11, 1)):
        assert {edition.code for edition in book.procedures_in_force(day)} == codes, day
    assert book.procedures_in_force(date(2018, 5, 2)) == ()


def test_editions_of_a_procedure_follow_each_other_without_a_gap(book: RuleBook) -> None:
    for item in book.catalogue:
        editions = book.editions_of(item.code)
        for earlier, later in pairwise(editions):
            assert earlier.valid_to is not None
            assert earlier.valid_to + timedelta(days=1) == later.valid_from, later.id
        assert editions[-1].valid_to is None


def test_a_limit_has_the_number_of_its_regime(book: RuleBook) -> None:
    member = book.time_limit("D-03", on=date(2024, 1, 1))
    assert (member.amount, member.extension and member.extension.cap) == (90, 180)
    today = book.time_limit("D-06")
    assert (today.amount, today.extension and today.extension.amount) == (90, 30)
    old, new = book.time_limit("Q-03", on=date(2020, 1, 1)), book.time_limit("Q-03")
    assert old.confirmed_by_source
    assert (new.provisional, new.confirmed_by_source) == (True, False)
    assert book.time_limit("T-04", on=date(2020, 1, 1)).unit is Unit.WORKING_DAY


def test_limits_are_narrowed_by_start_event_and_level(book: RuleBook) -> None:
    day = date(2026, 6, 1)
    started = book.limits_in_force(day, starts_on=EventType.SUSPENSION_STARTED)
    assert [limit.id for limit in started] == ["D-06", "D-07"]
    at_province = book.limits_in_force(day, starts_on=EventType.LETTER_RECEIVED, level=Level.PROVINCE)
    assert [limit.id for limit in at_province] == ["T-01", "T-06", "T-07"]
    assert len(book.limits_in_force(day)) > len(at_province)


def test_the_effect_of_a_decision_moved_from_announcement_to_signing(book: RuleBook) -> None:
    last_day, first_day = date(2026, 4, 10), date(2026, 4, 11)
    assert book.time_limit("Q-04", on=last_day).starts_on is EventType.DECISION_ANNOUNCED
    assert book.time_limit("Q-05", on=first_day).starts_on is EventType.DECISION_SIGNED
    for limit_id, day in (("Q-04", first_day), ("Q-05", last_day)):
        with pytest.raises(RuleNotFound):
            book.time_limit(limit_id, on=day)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2020, 1, 1), "30-QĐ/TW"),
        (date(2025, 3, 1), "22-QĐ/TW"),
        (date(2025, 5, 30), "296-QĐ/TW"),
        (date(2026, 4, 11), "21-QĐ/TW"),
    ],
)
def test_the_regulation_in_force_follows_the_time_line(book: RuleBook, day: date, number: str) -> None:
    found = book.regulation_in_force(RegulationArea.INSPECTION, day)
    assert found.number == number
    assert book.regulation(number) is found


def test_an_amending_text_stands_beside_the_text_it_amends(book: RuleBook) -> None:
    amending = book.amendments_in_force(RegulationArea.INSPECTION, date(2025, 3, 1))
    assert [text.number for text in amending] == ["262-QĐ/TW"]
    assert book.amendments_in_force(RegulationArea.INSPECTION, date(2026, 5, 1)) == ()


def test_regulations_of_one_area_follow_each_other_without_a_gap(book: RuleBook) -> None:
    for replacing in book.regulations:
        for number in replacing.replaces:
            replaced = next((text for text in book.regulations if text.number == number), None)
            if replaced is not None:
                assert replaced.valid_to is not None
                assert replaced.valid_to + timedelta(days=1) == replacing.valid_from, number


def test_penalties_are_ordered_and_voted_as_the_rules_say(book: RuleBook) -> None:
    member = book.penalties_for(SubjectKind.MEMBER)
    assert [p.id for p in member] == ["expulsion", "removal", "warning", "reprimand", "none"]
    body = book.penalties_for(SubjectKind.BODY)
    assert [p.id for p in body] == ["dissolution", "warning", "reprimand", "none"]
    expulsion = book.penalty("expulsion")
    propose, decide = (
        book.vote_rule(expulsion.vote_rule(kind)) for kind in (VoteKind.PROPOSE, VoteKind.DECIDE)
    )
    assert (propose.numerator, propose.denominator, propose.strict) == (2, 3, False)
    assert (decide.numerator, decide.denominator, decide.strict) == (1, 2, True)
    assert book.penalty("removal").needs_post
    assert not book.penalty("warning", SubjectKind.BODY).official_only


def test_every_rule_of_the_vote_table_is_present(book: RuleBook) -> None:
    present = {rule.id[:4] for rule in book.vote_rules if rule.id != "V-KL"}
    present |= {item.id for item in book.vote_principles} | {point.id for point in book.open_points}
    assert present == {f"V-{number:02}" for number in range(1, 12)}


def test_the_letter_gate_has_its_twelve_questions(book: RuleBook) -> None:
    assert [rule.id for rule in book.eligibility] == [f"T-{number}" for number in range(30, 42)]
    assert len({rule.check for rule in book.eligibility}) == 12


def test_the_calendar_knows_swapped_days_and_that_2027_is_open(book: RuleBook) -> None:
    year = book.holiday_year(2026)
    assert date(2026, 8, 31) in {item.day for item in year.days_off}
    assert {item.day for item in year.worked_days} == {date(2026, 1, 10), date(2026, 8, 22)}
    assert (len(book.holiday_year(2025).days_off), len(year.days_off)) == (12, 14)
    assert (year.complete, book.holiday_year(2027).complete) == (True, False)
    assert book.holiday_year(2027).confidence is Confidence.UNKNOWN


def test_what_is_not_there_is_told_with_what_and_where(book: RuleBook) -> None:
    day = date(2026, 11, 1)
    edition = book.procedure("KL-02", on=day)
    asked = [
        (lambda: book.procedure("KN-09", on=day), "quy trình KN-09", "quy trình"),
        (lambda: book.edition("KT-04", day), "bản ngày 01/11/2026", "quy trình"),
        (lambda: book.time_limit("T-99"), "thời hạn T-99", "time_limits.toml"),
        (lambda: book.penalty("dissolution"), "dissolution (đảng viên)", "penalties.toml"),
        (lambda: book.vote_rule("V-99"), "V-99", "votes.toml"),
        (lambda: book.regulation("1-QĐ/TW"), "văn bản 1-QĐ/TW", "regulations.toml"),
        (lambda: book.regulation_in_force(RegulationArea.PAPERS, date(2000, 1, 1)), "01/01/2000",
         "regulations.toml"),
        (lambda: book.holiday_year(2031), "lịch năm 2031", "calendar.toml"),
        (lambda: edition.step("TH99"), "bước TH99", edition.id),
        (lambda: edition.outcome("gone"), "kết quả gone", edition.id),
    ]  # fmt: skip
    for ask, what, where in asked:
        with pytest.raises(RuleNotFound) as missing:
            ask()
        assert what in missing.value.what
        assert missing.value.where == where
        assert str(missing.value).startswith("Không tìm thấy")


def test_an_edition_answers_about_its_steps(book: RuleBook) -> None:
    edition = book.procedure("KT-04", on=date(2026, 11, 1))
    assert edition.stages == (Stage.CB, Stage.TH, Stage.KT)
    assert [step.key for step in edition.first_steps] == ["CB1"]
    assert [step.key for step in edition.steps_of(Stage.CB)] == ["CB1", "CB2", "CB3"]
    assert "TH4" not in {step.key for step in edition.mandatory_steps}
    assert edition.find_step("none") is None
    assert [link.step for link in edition.links_from("KT5")] == ["KT5"]
    assert edition.outcome("completed").label


def test_every_step_is_recorded_by_a_role_a_user_can_have() -> None:
    assert {actor.recorder for actor in StepActor} <= set(Role)
    assert StepActor.SUBJECT.recorder is Role.INSPECTOR
    assert StepActor.COMMISSION.recorder is Role.CHAIR


def test_every_term_has_a_label_in_vietnamese_words() -> None:
    for term in Term.__subclasses__():
        labels = [member.label for member in term]
        assert all(label.strip() and label != member for label, member in zip(labels, term, strict=True))
        assert len(set(labels)) == len(labels), f"two values of {term.__name__} read the same"


def test_released_editions_are_those_of_the_lock() -> None:
    locked = (RULES_FOLDER / LOCK_NAME).read_text(encoding="utf-8").splitlines()
    assert tuple(locked) == lock_lines()
    assert len(locked) == 19 * 6 + 16


def test_the_lock_is_printed_by_its_module(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(RULES_FOLDER / "lock.py"), run_name="__main__")
    assert tuple(capsys.readouterr().out.splitlines()) == lock_lines()
