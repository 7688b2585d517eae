"""Every mistake a rule editor can make in a form is refused with its file, its key and a sentence."""

import re
import shutil
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


def block(text: str) -> str:
    return GOOD + f"\n[[blocks]]\n{text}\n"


ENUM = 'name = "x"\nlabel = "X"\ntype = "enum"\nprinted = false\n'
ROWS = 'name = "x"\nlabel = "X"\ntype = "rows"\nprinted = false\n'
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
    "option twice": (
        field(ENUM + 'options = [{ id = "a", label = "A" }, { id = "a", label = "B" }]'),
        "fields.x.options.a", "hai lần",
    ),
    "column twice": (
        field(ROWS + 'columns = [{ name = "a", label = "A" }, { name = "a", label = "B" }]'),
        "fields.x.columns.a", "hai lần",
    ),
    "family twice": (changed('"NV", ', '"NV", "NV", '), "families", "hai lần"),
    "field named like a built-in word": (
        field('name = "team"\nlabel = "Đoàn"\nprinted = false'), "fields.team", "từ ngữ dựng sẵn",
    ),
    "masked form signed by the sender": (changed('["commission"]', '["sender"]'), "signers", "người gửi đơn"),
    "rows without columns": (field(ROWS), "fields.x.columns", "cột bắt buộc"),
    "default outside the options": (
        field(ENUM + 'default = "b"\noptions = [{ id = "a", label = "A" }]'), "fields.x.default", "lựa chọn",
    ),
    "facts of a table": (block('kind = "facts"\nfields = ["requests"]'), "fields", "bảng hoặc danh sách"),
    "ticked field without options": (block('kind = "tick_boxes"\nfield = "causes"'), "field", "enum"),
    "grounds that are no list": (block('kind = "grounds"\nfield = "causes"'), "field", "list"),
    "unknown column of a table": (
        block('kind = "table"\nfield = "requests"\ncolumns = ["colour"]'), "columns", "không có cột",
    ),
    "rows without a sentence": (block('kind = "items"\nfield = "requests"'), "item", "câu mẫu"),
    "sentence with an unknown column": (
        block('kind = "items"\nfield = "requests"\nitem = "{colour}"'), "item", "không có cột",
    ),
    "four signers": (
        changed('["commission"]', '["commission", "team", "chair", "minute_taker"]'),
        "signers", "ba người ký",
    ),
    "alternative beside two signers": (
        changed('["commission"]', '["commission", "team"]'), "signer_alternatives", "một người ký",
    ),
    "lines of an address without an address": (
        changed("masked = true", 'masked = true\naddress_lines = ["Đảng ủy xã"]'), "address", "Kính",
    ),
    "letter with a type name": (changed('"party_paper"', '"official_letter"'), "title", "công văn"),
    "abstract with a full stop": (
        changed('{subject_reference}"', '{subject_reference}."'), "abstract", "chấm",
    ),
    "option that the condition does not know": (
        field('name = "x"\nlabel = "X"\nrequired_when = "y=b"\nprinted = false')
        + '\n[[fields]]\n' + ENUM.replace('"x"', '"y"') + 'options = [{ id = "a", label = "A" }]\n',
        "fields.x.required_when", "không có lựa chọn",
    ),
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


@pytest.mark.parametrize(
    ("file", "text", "key"),
    [
        ("common_fields.toml", "x = ", "(cả tệp)"),
        ("common_fields.toml", '[x]\nlabel = "X"\ncolour = 1\n', "colour"),
        ("wording.toml", "x = ", "(cả tệp)"),
        ("wording.toml", "[families]\n[abbreviations]\n", "families.TN"),
        ("wording.toml", "[abbreviations]\n", "families"),
    ],
)
def test_a_mistake_in_what_all_forms_share_is_refused_with_file_and_key(
    file: str, text: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forms.load.HOUSE", tmp_path)
    for shared in ("common_fields.toml", "wording.toml"):
        shutil.copy(FOLDER.parent / shared, tmp_path / shared)
    (tmp_path / "catalogue").mkdir()
    (tmp_path / file).write_text(text, encoding="utf-8")
    found = problems_of(tmp_path / "catalogue", good=GOOD)
    assert any(p.file == file and key in p.key for p in found), found
