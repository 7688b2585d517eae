"""Every mistake a rule editor can make in a form is refused with its file, its key and a sentence."""

import re
import unicodedata
from pathlib import Path

import pytest

from forms.load import FOLDER, load_catalogue
from forms.problems import FormCatalogueError, FormProblem

# A real form, standing alone: without the values it takes from another paper.
GOOD = re.sub(
    r'origin = "document\..*"\n', "", (FOLDER / "c19_conclusion_notice.toml").read_text(encoding="utf-8")
)


def problems_of(folder: Path, **files: str) -> tuple[FormProblem, ...]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FormCatalogueError) as refused:
        load_catalogue(folder)
    return refused.value.problems


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def field(text: str) -> str:
    return GOOD + f"\n[[fields]]\n{text}\n"


MISTAKES = {
    "unknown placeholder": (changed("{strengths}", "{strenghts}"), "strenghts", "tên này không có"),
    "unknown origin": (
        field('name = "x"\nlabel = "X"\norigin = "subject.shoe_size"\nprinted = false'), "fields.x.origin",
        "không có nguồn dữ liệu",
    ),
    "origin in a form that does not exist": (
        field('name = "x"\nlabel = "X"\norigin = "document.Z99.text"\nprinted = false'), "fields.x.origin",
        "không có trường",
    ),
    "masked form with a sender": (
        GOOD.replace("{causes}", "{causes} {sender_name}"),
        "fields.sender_name.origin", "che danh tính",
    ),
    "letters not composed": (
        changed('name = "Thông báo', unicodedata.normalize("NFD", 'name = "Thông báo')), "name", "NFC",
    ),
    "required field never printed": (
        field('name = "x"\nlabel = "X"\nrequired = true'), "fields.x", "không được in",
    ),
    "field twice": (field('name = "causes"\nlabel = "Nguyên nhân"'), "fields.causes", "hai lần"),
    "unknown condition option": (
        changed('when = "causes"', 'when = "requests=often"'), "blocks.7.when", "không có lựa chọn",
    ),
    "malformed condition": (changed('when = "causes"', 'when = "causes and x"'), "when", "điều kiện"),
    "abbreviation outside the list": (changed('"TB"', '"TBB"'), "abbreviation", "không có trong danh mục"),
    "numbered without abbreviation": (changed('abbreviation = "TB"\n', ""), "abbreviation", "phải có chữ"),
    "unknown signer": (changed('["commission"]', '["emperor"]'), "signers", "emperor"),
    "nobody signs": (changed('["commission"]', "[]"), "signers", "chưa có người ký"),
    "unknown key": (changed("numbered = true", "colour = 1\nnumbered = true"), "colour", "không có trong"),
    "missing key": (changed("numbered = true\n", ""), "numbered", "thiếu khóa"),
    "unknown block": (changed('kind = "table"', 'kind = "tabel"'), "blocks", "loại khối"),
    "stray brace": (changed("{strengths}", "{strengths"), "blocks", "ngoặc nhọn"),
    "unknown task field": (changed('"requests"', '"demands"'), "creates_tasks", "list hoặc rows"),
    "text where a table is due": (
        changed('field = "requests"', 'field = "strengths"'), "field", "phải thuộc kiểu rows",
    ),
    "type name in small letters": (changed('"THÔNG BÁO"', '"Thông báo"'), "title", "in hoa"),
    "abstract with a capital": (changed('abstract = "kết', 'abstract = "Kết'), "abstract", "chữ thường"),
    "enum without options": (
        field('name = "x"\nlabel = "X"\ntype = "enum"\nprinted = false'), "fields.x.options", "lựa chọn",
    ),
    "submission addressed as a letter": (changed('"TB"', '"TTr"'), "address", "Kính trình"),
    "not TOML": ("code = ", "(cả tệp)", "TOML"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", list(MISTAKES))
def test_the_mistake_is_refused_with_file_key_and_sentence(mistake: str, tmp_path: Path) -> None:
    text, key, words = MISTAKES[mistake]
    found = problems_of(tmp_path, wrong=text)
    assert any(p.file == "wrong.toml" and key in p.key and words in p.message for p in found), found


def test_two_forms_with_one_code_are_both_named(tmp_path: Path) -> None:
    found = problems_of(tmp_path, one=GOOD, two=GOOD)
    assert [(p.file, p.key) for p in found] == [("one.toml", "code"), ("two.toml", "code")]


def test_all_problems_of_all_files_come_together(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path, one=changed('"TB"', '"XX"'), two="code = ", three=changed('["commission"]', "[]")
    )
    assert {p.file for p in found} == {"one.toml", "two.toml", "three.toml"}


def test_the_good_form_itself_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    assert list(load_catalogue(tmp_path)) == ["C19"]


def test_a_masked_form_takes_nothing_from_a_paper_that_is_not_masked(tmp_path: Path) -> None:
    open_paper = changed('code = "C19"', 'code = "C98"').replace("masked = true\n", "")
    chained = field('name = "x"\nlabel = "X"\norigin = "document.C98.causes"\nprinted = false')
    (problem,) = problems_of(tmp_path, open_paper=open_paper, chained=chained)
    assert (problem.file, problem.key) == ("chained.toml", "fields.x.origin")
    assert "không che danh tính" in problem.message


def test_a_masked_form_may_be_filled_from_a_masked_paper(tmp_path: Path) -> None:
    masked_paper = changed('code = "C19"', 'code = "C98"')
    chained = field('name = "x"\nlabel = "X"\norigin = "document.C98.causes"\nprinted = false')
    for name, text in {"masked": masked_paper, "chained": chained}.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    assert set(load_catalogue(tmp_path)) == {"C19", "C98"}


def test_a_ballot_may_not_be_signed(tmp_path: Path) -> None:
    ballot = changed('layout = "party_paper"', 'layout = "ballot"')
    assert any("phiếu biểu quyết" in p.message for p in problems_of(tmp_path, ballot=ballot))
