"""Letters after the register: classified, checked, split, proposed, decided."""

from collections.abc import Iterator
from datetime import date

import pytest
from peewee import Database, IntegrityError

from cases.audit.models import AuditEvent
from cases.errors import Invalid, NotAllowed, NotFound, Refused, Stale
from cases.intake import operations, queries
from cases.intake.eligibility import checks_of, computed_verdicts, open_points
from cases.intake.history import history_of
from cases.intake.models import Letter, LetterCheck
from cases.intake.numbers import full_number
from cases.intake.terms import CheckAnswer, Classification, PartData
from cases.intake.vault import SenderIdentity
from cases.lifecycle.models import Case, CaseLetter
from cases.settings import PROJECT
from procedures.load import load_rulebook
from procedures.schema import EligibilityRule, Role
from tests.support.letters import (
    SENDER,
    a_classified_letter,
    a_decided_letter,
    a_logged_letter,
    a_proposed_letter,
    open_vault,
)
from tests.support.worlds import NOW, TODAY, Staff, a_member, a_staffed_commission, a_user

RULES: tuple[EligibilityRule, ...] = load_rulebook(PROJECT / "procedures").eligibility


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    open_vault()
    yield a_staffed_commission()


def decide(staff: Staff, letter: Letter, **how: object) -> Letter:
    given = {"handling": "accepted", "reason": "Đồng ý.", **how}
    return operations.decide_letter(staff.actor(Role.CHAIR), letter.id, now=NOW, **given)  # type: ignore[arg-type]


def test_a_letter_goes_from_the_register_to_the_decision_and_tells_its_history(staff: Staff) -> None:
    letter = a_decided_letter(staff)
    stored = Letter.get_by_id(letter.id)
    assert (stored.state, stored.handling, stored.handled_on) == ("decided", "accepted", TODAY)
    assert stored.handled_by_id == staff.users[Role.CHAIR].id
    told = [(entry.title, entry.who) for entry in reversed(history_of(letter))]
    assert told == [
        ("Vào sổ đơn", "Lê Văn Thư"),
        ("Phân loại đơn", "Lê Văn Thư"),
        ("Đề xuất xử lý đơn", "Trần Thị Kiểm"),
        ("Quyết định xử lý đơn", "Vũ Thị Nhiệm"),
    ]
    assert "Lý do: Đồng ý với đề xuất." in history_of(letter)[0].text


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.CLERK, Role.HEAD_OF_SECTION])
def test_only_the_standing_members_decide(staff: Staff, role: Role) -> None:
    letter = a_proposed_letter(staff)
    with pytest.raises(NotAllowed):
        operations.decide_letter(staff.actor(role), letter.id, handling="filed", reason="Lưu.", now=NOW)


def test_an_inspector_neither_sees_nor_proposes_on_a_letter_given_to_another(staff: Staff) -> None:
    letter = a_classified_letter(staff, handler=Role.TEAM_HEAD)
    with pytest.raises(NotFound):
        operations.propose(staff.actor(Role.INSPECTOR), letter.id, proposal="filed", note="Lưu.", now=NOW)


def test_whoever_proposed_or_entered_a_letter_does_not_decide_it(staff: Staff) -> None:
    both = a_user(staff.commission, Role.CHAIR, Role.HEAD_OF_SECTION, Role.CLERK, name="Đa Nhiệm").as_actor()
    proposed = a_classified_letter(staff)
    operations.propose(both, proposed.id, proposal="filed", note="Lưu.", now=NOW)
    with pytest.raises(Refused, match="người khác"):
        operations.decide_letter(both, proposed.id, handling="filed", reason="Lưu.", now=NOW)
    logged = a_classified_letter(staff)
    Letter.update(created_by=both.user_id).where(Letter.id == logged.id).execute()
    with pytest.raises(Refused, match="người khác"):
        operations.decide_letter(both, logged.id, handling="filed", reason="Lưu.", now=NOW)


def test_the_database_itself_refuses_a_proposer_who_decides(staff: Staff) -> None:
    letter = a_decided_letter(staff)
    with pytest.raises(IntegrityError):
        Letter.update(handled_by=letter.proposed_by_id).where(Letter.id == letter.id).execute()


@pytest.mark.parametrize(
    ("field", "how"),
    [
        ("reason", {"reason": "  "}),
        ("handling", {"handling": "burnt"}),
        ("target", {"handling": "transferred"}),
        ("case_id", {"handling": "joined"}),
        ("case_id", {"handling": "joined", "case_id": 404}),
        ("due_on", {"due_on": date(2020, 1, 1)}),
        ("reason", {"reason": "Mời bà Hoàng Thị Kín đến làm việc"}),
    ],
)
def test_an_incomplete_decision_is_refused_at_its_field(
    staff: Staff, field: str, how: dict[str, object]
) -> None:
    letter = a_proposed_letter(staff)
    with pytest.raises(Invalid) as refused:
        decide(staff, letter, **how)
    assert refused.value.field == field
    assert Letter.get_by_id(letter.id).state == "proposed"


def test_a_letter_is_not_decided_before_it_is_classified_nor_twice(staff: Staff) -> None:
    with pytest.raises(Refused, match="Phân loại đơn trước"):
        decide(staff, a_logged_letter(staff))
    done = a_decided_letter(staff)
    with pytest.raises(Refused, match="đã có quyết định"):
        decide(staff, done)


def test_two_decisions_on_one_page_leave_one(staff: Staff) -> None:
    letter = a_proposed_letter(staff)
    operations.propose(
        staff.actor(Role.INSPECTOR), letter.id, proposal="filed", note="Xét lại: lưu.", now=NOW
    )
    with pytest.raises(Stale):
        decide(staff, letter, version=letter.version)


def test_a_held_letter_may_be_proposed_and_decided_anew(staff: Staff) -> None:
    letter = a_decided_letter(staff, handling="held")
    operations.propose(
        staff.actor(Role.INSPECTOR), letter.id, proposal="accepted", note="Đã nắm đủ thông tin.", now=NOW
    )
    assert Letter.get_by_id(letter.id).handling == ""
    assert decide(staff, letter).handling == "accepted"


def test_a_letter_joins_a_case_that_the_decider_may_see(staff: Staff) -> None:
    case = Case.create(
        commission=staff.commission, code="01-2026", procedure="TC-03", edition=TODAY, title="Vụ việc",
        origin="letter", started_on=TODAY, opened_at=NOW, opened_by=staff.users[Role.CHAIR],
    )  # fmt: skip
    letter = decide(staff, a_proposed_letter(staff), handling="joined", case_id=case.id)
    assert [(link.case_id, link.letter_id) for link in CaseLetter.select()] == [(case.id, letter.id)]
    assert AuditEvent.get(AuditEvent.verb == "letter.decided").case_id == case.id


def test_a_closed_case_takes_no_more_letters(staff: Staff) -> None:
    case = Case.create(
        commission=staff.commission, code="01-2026", procedure="TC-03", edition=TODAY, title="Vụ việc",
        origin="letter", started_on=TODAY, opened_at=NOW, opened_by=staff.users[Role.CHAIR], state="closed",
        closed_on=TODAY,
    )  # fmt: skip
    with pytest.raises(Invalid):
        decide(staff, a_proposed_letter(staff), handling="joined", case_id=case.id)
    assert not CaseLetter.select().exists()


def test_the_subject_of_a_letter_cannot_be_its_handler(staff: Staff) -> None:
    member = a_member("Phạm Văn Mẫu")
    named = a_user(staff.commission, Role.INSPECTOR, name="Phạm Văn Mẫu", member=member)
    letter = a_logged_letter(staff)
    what = Classification(kind="denunciation", identity="clear", member_id=member.id, handler_id=named.id)
    with pytest.raises(Invalid) as refused:
        operations.classify_letter(staff.actor(Role.CLERK), letter.id, what, now=NOW)
    assert refused.value.field == "handler_id"


def test_a_complaint_that_names_its_sender_cannot_become_a_denunciation_unseen(staff: Staff) -> None:
    letter = a_logged_letter(staff, kind="complaint", summary="Bà Hoàng Thị Kín khiếu nại kỷ luật")
    what = Classification(kind="denunciation", identity="clear")
    with pytest.raises(Invalid) as refused:
        operations.classify_letter(staff.actor(Role.CLERK), letter.id, what, now=NOW)
    assert refused.value.field == "kind"


def test_a_mixed_letter_is_split_and_the_denunciation_is_to_be_sent_separately(staff: Staff) -> None:
    letter = a_classified_letter(staff, kind="mixed", handler=None)
    complaint, rest = operations.split_letter(
        staff.actor(Role.CLERK),
        letter.id,
        [PartData(summary="Khiếu nại việc cho thôi giữ chức"), PartData(summary="Tố cáo trù dập")],
        now=NOW,
    )
    assert [full_number(part) for part in (complaint, rest)] == ["1a/2026", "1b/2026"]
    assert (complaint.kind, complaint.proposal) == ("complaint", "")
    assert (rest.kind, rest.proposal) == ("denunciation", "guided")
    assert Letter.get_by_id(letter.id).state == "split"
    assert queries.sender_of(staff.actor(Role.CLERK), rest) == SENDER
    family = queries.family_of(staff.actor(Role.CLERK), complaint)
    assert [full_number(one) for one in family] == ["1/2026", "1b/2026"]
    with pytest.raises(Refused, match="từng phần"):
        decide(staff, letter)
    assert a_logged_letter(staff).number == 2


def test_a_denunciation_part_given_to_an_officer_is_kept_for_information(staff: Staff) -> None:
    letter = a_classified_letter(staff, kind="mixed")
    inspector = staff.users[Role.INSPECTOR]
    parts = [PartData(summary="Khiếu nại"), PartData(summary="Tố cáo trù dập", handler_id=inspector.id)]
    _, rest = operations.split_letter(staff.actor(Role.CLERK), letter.id, parts, now=NOW)
    assert (rest.handler_id, rest.proposal) == (inspector.id, "held")


def test_a_part_without_words_splits_nothing(staff: Staff) -> None:
    letter = a_classified_letter(staff, kind="mixed")
    with pytest.raises(Invalid) as refused:
        parts = [PartData(summary="Khiếu nại"), PartData(summary=" ")]
        operations.split_letter(staff.actor(Role.CLERK), letter.id, parts, now=NOW)
    assert refused.value.field == "b_summary"
    assert Letter.select().count() == 1
    assert Letter.get_by_id(letter.id).state == "classified"


def test_a_plain_denunciation_is_not_split(staff: Staff) -> None:
    letter = a_classified_letter(staff)
    with pytest.raises(Refused):
        operations.split_letter(
            staff.actor(Role.CLERK), letter.id, [PartData(summary="a"), PartData(summary="b")], now=NOW
        )


def test_an_anonymous_denunciation_fails_the_first_rule_and_says_why(staff: Staff) -> None:
    letter = a_classified_letter(staff, sender=SenderIdentity(), identity="anonymous")
    views = {view.rule.id: view for view in checks_of(letter, RULES)}
    assert views["T-30"].finding.verdict == "fails"
    assert "giấu tên" in views["T-30"].finding.explanation
    assert "T-30" in [view.rule.id for view in open_points(views.values())]


def test_a_complaint_is_not_asked_what_only_concerns_denunciations(staff: Staff) -> None:
    letter = a_classified_letter(staff, kind="complaint")
    assert [view.rule.id for view in checks_of(letter, RULES)] == ["T-37", "T-38"]


def test_only_rules_in_force_on_the_day_of_receipt_are_asked(staff: Staff) -> None:
    old = a_classified_letter(staff, received_on=date(2025, 1, 10), written_on=None)
    assert {view.rule.id for view in checks_of(old, RULES)}.isdisjoint({"T-31", "T-34", "T-40"})


def test_a_persons_answer_counts_before_the_computed_one_and_needs_a_note_against_it(staff: Staff) -> None:
    letter = a_classified_letter(staff, sender=SenderIdentity(), identity="anonymous")
    computed = computed_verdicts(checks_of(letter, RULES))
    inspector = staff.actor(Role.INSPECTOR)
    with pytest.raises(Invalid) as refused:
        operations.answer_checks(
            inspector, letter.id, [CheckAnswer(rule_id="T-30", answer="ok")], computed=computed, now=NOW
        )
    assert refused.value.field == "T-30"
    answers = [
        CheckAnswer(rule_id="T-30", answer="ok", note="Đã xác định được người gửi qua buổi làm việc."),
        CheckAnswer(rule_id="T-38", answer="fails"),
    ]
    operations.answer_checks(inspector, letter.id, answers, computed=computed, now=NOW)
    views = {view.rule.id: view for view in checks_of(letter, RULES)}
    assert (views["T-30"].verdict, views["T-30"].overridden) == ("ok", True)
    assert views["T-38"].verdict == "fails"
    assert LetterCheck.get(LetterCheck.rule_id == "T-30").computed == "fails"


def test_an_unanswered_rule_never_blocks_a_decision(staff: Staff) -> None:
    letter = a_proposed_letter(staff, sender=SenderIdentity(), identity="anonymous")
    assert open_points(checks_of(letter, RULES))
    assert decide(staff, letter).state == "decided"


def test_earlier_letters_are_found_by_sender_subject_and_wording_with_reasons(staff: Staff) -> None:
    first = a_logged_letter(staff)
    other = a_logged_letter(
        staff, sender=SenderIdentity(name="Người Khác Hẳn", address="thôn 1"), subject_name="Lý Thị Lạ",
        summary="Phản ánh việc thu đảng phí",
    )  # fmt: skip
    again = a_logged_letter(
        staff, sender=SenderIdentity(name="HOANG THI KIN", address="thôn 4"), subject_name=""
    )
    found = {one.letter.id: [r.likeness for r in one.reasons] for one in similar(staff, again)}
    assert found == {first.id: ["same_sender", "like_wording"]}
    assert similar(staff, other) == []


def test_of_letters_alike_in_wording_only_the_nearest_three_are_shown(staff: Staff) -> None:
    for number in range(5):
        a_logged_letter(staff, sender=SenderIdentity(), subject_name=f"Người Thứ {number}")
    same = a_logged_letter(staff, sender=SenderIdentity(), subject_name="Lý Thị Lạ", summary="Việc khác")
    last = a_logged_letter(staff, sender=SenderIdentity(), subject_name="Lý Thị Lạ")
    assert [one.letter.number for one in similar(staff, last)] == [same.number, 5, 4, 3]


def test_two_members_of_one_name_are_not_one_subject(staff: Staff) -> None:
    one = a_logged_letter(staff, sender=SenderIdentity(), summary="Việc thứ nhất")
    two = a_logged_letter(staff, sender=SenderIdentity(), summary="Chuyện khác hẳn")
    assert [s.letter.id for s in similar(staff, two)] == [one.id]
    Letter.update(subject_member=a_member("Phạm Văn Mẫu")).where(Letter.id == one.id).execute()
    Letter.update(subject_member=a_member("Phạm Văn Mẫu")).where(Letter.id == two.id).execute()
    assert similar(staff, Letter.get_by_id(two.id)) == []


def similar(staff: Staff, letter: Letter) -> list[queries.SimilarLetter]:
    return queries.similar_letters(staff.actor(Role.CLERK), letter)


def test_a_letter_repeats_only_an_earlier_one(staff: Staff) -> None:
    first, second = a_logged_letter(staff), a_logged_letter(staff)
    clerk = staff.actor(Role.CLERK)
    with pytest.raises(Invalid):
        operations.mark_duplicate(clerk, first.id, of=second.id, now=NOW)
    operations.mark_duplicate(clerk, second.id, of=first.id, now=NOW)
    assert [one.id for one in queries.duplicates_of(clerk, first)] == [second.id]
    operations.mark_duplicate(clerk, second.id, of=None, now=NOW)
    assert queries.duplicates_of(clerk, first) == []


def test_searching_a_sender_needs_the_right_and_leaves_no_name_in_the_journal(staff: Staff) -> None:
    letter = a_classified_letter(staff)
    assert [one.id for one in operations.find_sender(staff.actor(Role.CLERK), "thị kín", now=NOW)] == [
        letter.id
    ]
    with pytest.raises(NotAllowed):
        operations.find_sender(staff.actor(Role.INSPECTOR), "thị kín", now=NOW)
    assert AuditEvent.get(AuditEvent.verb == "letter.sender_searched").data == {"found": 1}


def test_the_list_is_filtered_by_each_column_and_counted_by_state(staff: Staff) -> None:
    logged = a_logged_letter(staff, source="in_person", summary="Phản ánh thu đảng phí ở Đại Thành")
    decided = a_decided_letter(staff, handling="filed")
    clerk = staff.actor(Role.CLERK)

    def ids(**wanted: object) -> list[int]:
        return [one.id for one in queries.filtered(clerk, queries.LetterFilter(**wanted))]  # type: ignore[arg-type]

    assert ids() == [decided.id, logged.id]
    assert ids(oldest_first=True) == [logged.id, decided.id]
    assert ids(source="in_person") == ids(text="dang phi dai thanh") == ids(state="logged") == [logged.id]
    assert ids(handling="filed") == ids(handler=str(staff.users[Role.INSPECTOR].id)) == [decided.id]
    assert ids(handler="none") == [logged.id]
    assert ids(text="100%") == []
    assert ids(received_from=date(2026, 11, 23)) == []
    assert queries.counts_by_state(clerk, queries.LetterFilter(state="logged")) == {"logged": 1, "decided": 1}


def test_a_result_is_written_only_once_there_is_a_decision(staff: Staff) -> None:
    letter = a_proposed_letter(staff)
    with pytest.raises(Refused):
        operations.record_result(staff.actor(Role.INSPECTOR), letter.id, result="Xong.", now=NOW)
    decide(staff, letter)
    operations.record_result(staff.actor(Role.INSPECTOR), letter.id, result="Đã giải quyết.", now=NOW)
    assert Letter.get_by_id(letter.id).result == "Đã giải quyết."


def test_letters_of_another_commission_do_not_exist(staff: Staff) -> None:
    letter = a_decided_letter(staff)
    staff.users[Role.CHAIR].commission_id = 999
    with pytest.raises(NotFound):
        queries.letter_of(staff.actor(Role.CHAIR), letter.id)


def test_each_person_is_told_which_letters_wait_for_them(staff: Staff) -> None:
    logged, classified = a_logged_letter(staff), a_classified_letter(staff)
    proposed = a_proposed_letter(staff)
    a_decided_letter(staff)

    def waiting(role: Role) -> list[int]:
        return [letter.id for letter in queries.waiting_for(staff.actor(role))]

    assert waiting(Role.CLERK) == [logged.id]
    assert waiting(Role.INSPECTOR) == [classified.id]
    assert waiting(Role.CHAIR) == [proposed.id]
    assert waiting(Role.COMMISSIONER) == waiting(Role.STATISTICIAN) == []


def test_an_unchanged_answer_stays_with_the_person_who_gave_it(staff: Staff) -> None:
    letter = a_classified_letter(staff)
    computed = computed_verdicts(checks_of(letter, RULES))
    first = CheckAnswer(rule_id="T-38", answer="ok")
    operations.answer_checks(staff.actor(Role.CLERK), letter.id, [first], computed=computed, now=NOW)
    both = [first, CheckAnswer(rule_id="T-34", answer="ok")]
    operations.answer_checks(staff.actor(Role.INSPECTOR), letter.id, both, computed=computed, now=NOW)
    given = {check.rule_id: check.answered_by.full_name for check in LetterCheck.select()}
    assert given == {"T-38": "Lê Văn Thư", "T-34": "Trần Thị Kiểm"}


def test_answers_given_on_an_old_page_are_refused(staff: Staff) -> None:
    letter = a_classified_letter(staff)
    computed = computed_verdicts(checks_of(letter, RULES))
    answers = [CheckAnswer(rule_id="T-38", answer="ok")]
    inspector = staff.actor(Role.INSPECTOR)
    operations.answer_checks(
        inspector, letter.id, answers, computed=computed, version=letter.version, now=NOW
    )
    with pytest.raises(Stale):
        operations.answer_checks(
            inspector, letter.id, answers, computed=computed, version=letter.version, now=NOW
        )
