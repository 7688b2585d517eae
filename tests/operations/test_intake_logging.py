"""Entering letters: numbers, sealed senders, matched subjects, what is refused."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from peewee import Database

from cases import db
from cases.audit.models import AuditEvent
from cases.errors import Invalid, NotAllowed, Refused, Stale, UserFacingError
from cases.intake import operations, queries
from cases.intake.models import Letter, Sender
from cases.intake.terms import Classification
from cases.intake.vault import SenderIdentity
from procedures.schema import Role
from tests.support.letters import (
    SENDER,
    SUMMARY,
    a_classified_letter,
    a_decided_letter,
    a_logged_letter,
    a_proposed_letter,
    open_vault,
    typed,
)
from tests.support.worlds import NOW, TODAY, Staff, a_member, a_staffed_commission, a_user


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    open_vault()
    yield a_staffed_commission()


def test_letters_are_numbered_one_after_the_other_in_the_book_of_their_year(staff: Staff) -> None:
    numbers = [a_logged_letter(staff).number for _ in range(3)]
    old = a_logged_letter(staff, received_on=date(2025, 12, 30), written_on=None)
    assert numbers == [1, 2, 3]
    assert (old.year, old.number) == (2025, 1)


def test_a_refused_letter_takes_no_number(staff: Staff) -> None:
    with pytest.raises(Invalid):
        a_logged_letter(staff, summary="  ")
    assert a_logged_letter(staff).number == 1


def test_letters_logged_at_the_same_time_get_different_numbers_without_a_gap(staff: Staff) -> None:
    actor = staff.actor(Role.CLERK)

    def log(_: int) -> int:
        with db.database.connection_context():
            return int(operations.log_letter(actor, typed(), now=NOW).number)

    with ThreadPoolExecutor(max_workers=4) as pool:
        numbers = sorted(pool.map(log, range(20)))
    assert numbers == list(range(1, 21))


def test_the_sender_is_sealed_and_stands_in_no_readable_column_and_in_no_event(staff: Staff) -> None:
    letter = a_decided_letter(staff)
    operations.see_sender(staff.actor(Role.CHAIR), letter.id, reason="Mời làm việc.", now=NOW)
    stored = [json.dumps(row, default=str, ensure_ascii=False) for row in Letter.select().dicts()]
    stored += [json.dumps(row, default=str, ensure_ascii=False) for row in AuditEvent.select().dicts()]
    stored += [repr(row) for row in Sender.select().dicts()]
    for secret in (SENDER.name, SENDER.address, SENDER.contact, "hoang thi kin"):
        assert not [row for row in stored if secret in row]
    assert queries.sender_of(staff.actor(Role.CLERK), letter) == SENDER


def test_a_sender_is_not_shown_without_the_right_and_every_look_is_journalled(staff: Staff) -> None:
    letter = a_classified_letter(staff)
    assert queries.sender_of(staff.actor(Role.INSPECTOR), letter) is None
    with pytest.raises(NotAllowed):
        operations.see_sender(staff.actor(Role.INSPECTOR), letter.id, reason="Cần biết.", now=NOW)
    with pytest.raises(Invalid) as refused:
        operations.see_sender(staff.actor(Role.CHAIR), letter.id, reason=" ", now=NOW)
    assert refused.value.field == "reason"
    assert (
        operations.see_sender(staff.actor(Role.CHAIR), letter.id, reason="Mời làm việc.", now=NOW) == SENDER
    )
    seen = AuditEvent.get(AuditEvent.verb == "letter.sender_seen")
    assert (seen.actor_id, seen.letter_id) == (staff.users[Role.CHAIR].id, letter.id)
    assert seen.data == {"reason": "Mời làm việc."}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("summary", {"summary": ""}),
        ("summary", {"summary": "Bà Hoàng Thị  Kín tố cáo việc cấp đất"}),
        ("note", {"note": "đã gặp HOÀNG THỊ KÍN."}),
        ("received_on", {"received_on": TODAY + timedelta(days=1)}),
        ("written_on", {"written_on": TODAY + timedelta(days=1)}),
        ("posted_on", {"posted_on": TODAY + timedelta(days=1)}),
        ("transfer_reference", {"source": "forwarded"}),
        ("source", {"source": "pigeon"}),
        ("kind", {"kind": "other"}),
        ("identity", {"identity": "clear", "sender": SenderIdentity()}),
        ("identity", {"identity": "anonymous"}),
        ("pages", {"pages": -1}),
        ("subject_name", {"subject_name": "a" * 301}),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(
    staff: Staff, field: str, changes: dict[str, object]
) -> None:
    with pytest.raises(Invalid) as refused:
        a_logged_letter(staff, **changes)
    assert refused.value.field == field
    assert not Letter.select().exists()


def test_a_complaint_about_the_senders_own_matter_may_name_the_sender(staff: Staff) -> None:
    letter = a_logged_letter(
        staff, kind="complaint", subject_name=SENDER.name, summary="Hoàng Thị Kín khiếu nại kỷ luật cảnh cáo"
    )
    assert letter.subject_name == SENDER.name


@pytest.mark.parametrize(
    ("sender", "identity"),
    [
        (SENDER, "clear"),
        (SenderIdentity(name="Hoàng Thị Kín"), "unclear"),
        (SenderIdentity(address="thôn 4"), "anonymous"),
        (SenderIdentity(), "anonymous"),
    ],
)
def test_the_identity_is_told_from_what_the_letter_gives(
    staff: Staff, sender: SenderIdentity, identity: str
) -> None:
    assert a_logged_letter(staff, sender=sender).identity == identity


def test_a_subject_is_matched_only_when_one_member_has_the_name(staff: Staff) -> None:
    member = a_member("Phạm Văn Mẫu")
    assert a_logged_letter(staff, subject_name="PHAM VĂN MẪU").subject_member_id == member.id
    a_member("Phạm Vân Mầu")
    assert a_logged_letter(staff).subject_member_id is None


def test_the_person_a_letter_is_about_cannot_find_it(staff: Staff) -> None:
    member = a_member("Phạm Văn Mẫu")
    subject = a_user(staff.commission, Role.CHAIR, name="Phạm Văn Mẫu", member=member).as_actor()
    letter = a_logged_letter(staff)
    assert letter.id not in [found.id for found in queries.visible_to(subject)]
    with pytest.raises(UserFacingError) as refused:
        operations.decide_letter(subject, letter.id, handling="filed", reason="Lưu.", now=NOW)
    assert refused.value.status == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CLERK])
def test_only_the_reception_logs_letters(staff: Staff, role: Role) -> None:
    with pytest.raises(NotAllowed):
        operations.log_letter(staff.actor(role), typed(), now=NOW)


def test_a_correction_keeps_the_seal_and_names_fields_not_values(staff: Staff) -> None:
    letter = a_logged_letter(staff)
    data = typed(sender=SenderIdentity(), identity="clear", summary=SUMMARY + " xã Hòa Lạc")
    operations.change_letter(staff.actor(Role.CLERK), letter.id, data, version=letter.version, now=NOW)
    event = AuditEvent.get(AuditEvent.verb == "letter.changed")
    assert event.data == {"fields": ["summary"], "sender_changed": False}
    assert queries.sender_of(staff.actor(Role.CLERK), letter) == SENDER
    found = queries.filtered(staff.actor(Role.CLERK), queries.LetterFilter(text="hoa lac"))
    assert [one.id for one in found] == [letter.id]


def test_a_corrected_sender_is_sealed_anew_and_matched_by_the_new_name(staff: Staff) -> None:
    letter = a_logged_letter(staff)
    data = typed(sender=SenderIdentity(name="Đỗ Thị Mới", address="thôn 1"))
    operations.change_letter(staff.actor(Role.CLERK), letter.id, data, version=letter.version, now=NOW)
    clerk = staff.actor(Role.CLERK)
    assert [one.id for one in queries.sent_by(clerk, "do thi moi")] == [letter.id]
    assert queries.sent_by(clerk, "Hoàng Kín") == []


def test_a_letter_somebody_changed_meanwhile_is_not_overwritten(staff: Staff) -> None:
    letter = a_logged_letter(staff)
    clerk = staff.actor(Role.CLERK)
    operations.change_letter(clerk, letter.id, typed(pages=9), version=letter.version, now=NOW)
    with pytest.raises(Stale):
        operations.change_letter(clerk, letter.id, typed(pages=5), version=letter.version, now=NOW)
    what = Classification(kind="denunciation", identity="clear")
    with pytest.raises(Stale):
        operations.classify_letter(clerk, letter.id, what, version=letter.version, now=NOW)
    assert Letter.get_by_id(letter.id).pages == 9


def test_a_letter_stays_in_the_book_of_its_year(staff: Staff) -> None:
    letter = a_logged_letter(staff)
    data = typed(received_on=date(2025, 12, 1), written_on=None)
    with pytest.raises(Invalid) as refused:
        operations.change_letter(staff.actor(Role.CLERK), letter.id, data, version=letter.version, now=NOW)
    assert refused.value.field == "received_on"


def test_a_proposed_letter_is_corrected_no_more(staff: Staff) -> None:
    letter = a_proposed_letter(staff)
    with pytest.raises(Refused):
        operations.change_letter(staff.actor(Role.CLERK), letter.id, typed(), version=letter.version, now=NOW)
