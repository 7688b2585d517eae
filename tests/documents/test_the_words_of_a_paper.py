"""Number, day, signature, recipients, address: the fixed words every paper carries."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cases.documents.grouping import groups
from cases.documents.paper import PARTY_TITLE, Issue, Signature, TextView
from cases.documents.plain_text import plain_text
from forms.samples import sample_values
from tests.documents.sample_papers import (
    BALLOT,
    CODES,
    HOUSE,
    ISSUED,
    LETTER,
    SUBJECT_PAPER,
    catalogue,
    form_from,
    paper_of,
)

GAP = "\u00a0" * 6
LEADING = ("heading", "decision", "address")


def test_a_number_below_ten_gets_a_zero_and_no_colon() -> None:
    assert paper_of("C01").symbol == "Số 05-QĐ/UBKTTU"
    assert paper_of("C01", issue=Issue(2026, number=123)).symbol == "Số 123-QĐ/UBKTTU"


def test_a_paper_without_number_and_day_leaves_room_for_a_pen() -> None:
    paper = paper_of("C01", issue=Issue(2026))
    assert paper.symbol == f"Số{GAP}-QĐ/UBKTTU"
    assert paper.place_date == f"An Sơn, ngày{GAP}tháng{GAP}năm 2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 11, 22), "ngày 22 tháng 11 năm 2026"),
    ],
)
def test_zeros_stand_before_days_under_ten_and_the_first_two_months(day: date, words: str) -> None:
    assert paper_of("C01", issue=Issue(2026, day=day)).place_date == f"An Sơn, {words}"


@pytest.mark.parametrize("code", CODES)
def test_every_paper_has_the_party_title_and_no_state_header(code: str) -> None:
    words = plain_text(paper_of(code))
    assert PARTY_TITLE in words
    assert not re.search(r"CỘNG H[ÒO]A|Độc lập|\./\.|TM\.|KT\.|T/U\b", words)


@pytest.mark.parametrize("code", [c for c in CODES if catalogue()[c].recipients])
def test_recipients_close_with_semicolons_and_the_last_with_a_full_stop(code: str) -> None:
    *others, last = paper_of(code).recipients
    assert all(line.startswith("- ") and line.endswith(";") for line in others)
    assert last.startswith("- Lưu ")
    assert last.endswith(".")


def test_the_commission_signs_as_a_body_and_the_post_stands_below() -> None:
    (signature,) = paper_of("C01").signatures
    assert (signature.line1, signature.title) == ("T/M ỦY BAN KIỂM TRA", "CHỦ NHIỆM")


def test_a_deputy_signs_under_the_same_body_and_a_house_may_print_k_t() -> None:
    deputy = Signature("commission", title="PHÓ CHỦ NHIỆM", name="Trần Thị Ổn")
    assert (
        paper_of("C01", issue=Issue(2026, signatures=(deputy,))).signatures[0].line1 == "T/M ỦY BAN KIỂM TRA"
    )
    other = replace(deputy, line1="K/T CHỦ NHIỆM")
    assert paper_of("C01", issue=Issue(2026, signatures=(other,))).signatures[0].line1 == "K/T CHỦ NHIỆM"


def test_the_standing_committee_signs_under_its_own_letterhead_and_symbol() -> None:
    paper = paper_of("G10", issue=Issue(2026, number=7, signatures=(Signature("standing_committee"),)))
    assert (paper.superior, paper.issuer, paper.symbol) == ("", "TỈNH ỦY AN SƠN", "Số 07-QĐ/TU")
    assert paper.signatures[0].line1 == "T/M BAN THƯỜNG VỤ"


def test_minutes_are_signed_under_bold_roles_and_bear_no_number() -> None:
    paper = paper_of("G07")
    assert [signature.line1 for signature in paper.signatures] == ["THƯ KÝ", "TỔ TRƯỞNG"]
    assert paper.symbol == ""
    assert paper.recipients == ()


def test_a_letter_has_no_type_name_no_dashes_and_answers_as_above(tmp_path: Path) -> None:
    paper = paper_of(form_from(tmp_path, LETTER))
    assert (paper.type_name, paper.abstract, paper.letter_abstract) == ("", "", "về việc chuyển đơn")
    assert "-----" not in plain_text(paper)
    assert paper.recipients[0] == "- Như trên;"
    assert "Kính gửi:" in plain_text(paper)


def test_a_ballot_names_nobody_who_votes_and_no_box_is_marked(tmp_path: Path) -> None:
    form = form_from(tmp_path, BALLOT)
    paper = paper_of(form, {**sample_values(form), "penalty": "warning"})
    assert paper.signatures == ()
    assert [line for line in plain_text(paper).splitlines() if line[0] in "□■"] == [
        "□ Không kỷ luật",
        "□ Cảnh cáo",
    ]


def test_a_paper_of_the_subject_carries_no_body_at_the_left(tmp_path: Path) -> None:
    paper = paper_of(form_from(tmp_path, SUBJECT_PAPER))
    assert (paper.superior, paper.issuer, paper.symbol) == ("", "", "")
    assert plain_text(paper).startswith(PARTY_TITLE)
    assert "*" not in plain_text(paper)


def test_articles_are_numbered_by_what_is_printed() -> None:
    values = sample_values(catalogue()["G10"])
    for penalty, words in {"removal": "cách chức", "expulsion": "khai trừ ra khỏi Đảng"}.items():
        text = plain_text(paper_of("G10", {**values, "penalty": penalty}))
        assert re.findall(r"^Điều (\d)\.", text, re.M) == ["1", "2", "3"]
        assert f"Điều 1. Thi hành kỷ luật bằng hình thức {words}" in text


def test_the_house_spelling_changes_fixed_words_and_never_what_was_typed() -> None:
    house = replace(HOUSE, spelling="uỷ")
    values = {**sample_values(catalogue()["C19"]), "strengths": "Đảng ủy xã Thủy Nguyên"}
    text = plain_text(paper_of("C19", values, house=house))
    assert "UỶ BAN KIỂM TRA" in text
    assert "ỦY BAN" not in text
    assert "Đảng ủy xã Thủy Nguyên" in text


def test_missing_days_leave_a_dotted_day() -> None:
    values = sample_values(catalogue()["C19"])
    del values["report_back_by"]
    assert "trước ngày …… tháng …… năm ………." in plain_text(paper_of("C19", values))


def test_secrecy_urgency_and_draft_are_words_of_the_paper() -> None:
    issue = replace(ISSUED, secrecy="Mật", urgency="Khẩn", draft_no=2)
    lines = plain_text(paper_of("C01", issue=issue)).splitlines()
    assert {"MẬT", "KHẨN", "Dự thảo lần 2"} <= set(lines)


def test_the_family_of_the_case_chooses_the_words() -> None:
    assert "kiểm tra khi có dấu hiệu vi phạm" in paper_of("C01").abstract


@pytest.mark.parametrize("code", ["C01", "C19"])
def test_a_heading_and_what_it_heads_stay_on_one_page(code: str) -> None:
    for group in groups(paper_of(code)):
        *before, last = group.blocks
        assert not isinstance(last, TextView) or not last.style.startswith("heading")
        assert all(
            isinstance(b, TextView) and (b.style.startswith(LEADING) or b.text.endswith(":")) for b in before
        )


def test_groups_lose_and_change_no_block() -> None:
    paper = paper_of("C19", repeat=3)
    assert tuple(block for group in groups(paper) for block in group.blocks) == paper.blocks
