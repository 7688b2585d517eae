"""Which procedure fits, and the words for and against."""

from datetime import date

from cases.lifecycle.fitting import CaseFacts, choices, reasons
from procedures.schema import IdentityStatus, LetterKind, Origin, SubjectKind
from tests.support.running_cases import loaded_rules

DAY = date(2026, 11, 22)


def offered(facts: CaseFacts) -> dict[str, bool]:
    return {one.edition.code: one.fits for one in choices(loaded_rules().procedures_in_force(DAY), facts)}


def test_a_named_denunciation_of_a_member_fits_its_procedure_first() -> None:
    facts = CaseFacts(
        letter_kind=LetterKind.DENUNCIATION, identity=IdentityStatus.CLEAR, subject_kind=SubjectKind.MEMBER,
        origin=Origin.LETTER,
    )  # fmt: skip
    found = offered(facts)
    assert next(iter(found)) == "TC-03"
    assert found["TC-03"] is True


def test_an_anonymous_letter_speaks_against_settling_it_as_a_denunciation() -> None:
    facts = CaseFacts(letter_kind=LetterKind.DENUNCIATION, identity=IdentityStatus.ANONYMOUS)
    assert offered(facts)["TC-03"] is False
    against = [
        one.text for one in reasons(loaded_rules().procedure("TC-03", on=DAY), facts) if not one.speaks_for
    ]
    assert against == ["Danh tính người gửi: giấu tên; quy trình này dùng khi là rõ họ tên, địa chỉ."]


def test_a_conclusion_leads_to_discipline() -> None:
    facts = CaseFacts(subject_kind=SubjectKind.MEMBER, origin=Origin.CONCLUSION)
    found = offered(facts)
    assert found["KL-02"] is True
    assert found["TC-03"] is False


def test_a_body_as_subject_fits_no_procedure_for_members() -> None:
    facts = CaseFacts(subject_kind=SubjectKind.BODY)
    in_force = {one.code: one for one in loaded_rules().procedures_in_force(DAY)}
    for code, fits in offered(facts).items():
        assert fits is (
            SubjectKind.BODY in (in_force[code].fits.subject_kinds or in_force[code].subject_kinds)
        )


def test_what_nobody_knows_speaks_neither_way() -> None:
    assert reasons(loaded_rules().procedure("TC-03", on=DAY), CaseFacts()) == ()
