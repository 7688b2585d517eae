"""The rules are the customer's: editions as differences, packs to switch on, a folder of its own."""

from datetime import date
from pathlib import Path

import pytest

from forms.schema import Family
from procedures.layers import pack_folders
from procedures.load import RULES_FOLDER, load_rulebook
from procedures.schema import RuleBook, RuleBookError, RuleProblem

PACKS = sorted(folder.name for folder in pack_folders(RULES_FOLDER))
TODAY = date(2026, 11, 22)
DECISION = '[decision]\nnumber = "12-QĐ/UBKTTU"\ndate = 2026-08-20\nissuer = "Ủy ban Kiểm tra Tỉnh ủy"\n'


@pytest.fixture
def local(tmp_path: Path) -> Path:
    folder = tmp_path / "quy-trinh-rieng"
    folder.mkdir()
    return folder


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def an_edition(text: str = "", *, code: str = "KT-04", day: str = "2026-09-01", based_on: str = "") -> str:
    base = based_on or f"{code}@2026-04-11"
    return f'code = "{code}"\nbased_on = "{base}"\nvalid_from = {day}\n{text}\n{DECISION}'


def problems_of(local: Path) -> tuple[RuleProblem, ...]:
    with pytest.raises(RuleBookError) as refused:
        load_rulebook(local=local)
    return refused.value.problems


def the_only_problem(local: Path) -> RuleProblem:
    problems = problems_of(local)
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def test_an_edition_of_the_commissions_own_takes_over_on_its_day(local: Path) -> None:
    write(local, "kt_04_own/2026-09-01.toml", an_edition('name = "Kiểm tra đảng viên (bản của tỉnh)"'))
    book = load_rulebook(local=local)
    own, before = book.procedure("KT-04", TODAY), book.procedure("KT-04", date(2026, 8, 31))
    assert own.decision is not None
    assert own.decision.number == "12-QĐ/UBKTTU"
    assert own.name == "Kiểm tra đảng viên (bản của tỉnh)"
    assert own.steps == before.steps
    assert (before.valid_from, before.valid_to) == (date(2026, 4, 11), date(2026, 8, 31))
    assert book.edition("KT-04", date(2026, 4, 11)) is before, "cases pinned to the older one keep it"


def test_a_step_is_changed_put_in_and_taken_out_by_differences_alone(local: Path) -> None:
    text = (
        'without_steps = ["TH5"]\n'
        '[[steps]]\nkey = "CB2"\nlabel = "Ban hành quyết định theo mẫu của tỉnh"\n'
        '[[steps]]\nkey = "CB9"\nafter = "CB3"\nstage = "CB"\ntype = "PROPOSE"\n'
        'label = "Xin ý kiến Thường trực"\n'
        'what = "Đoàn xin ý kiến Thường trực trước khi triển khai."\nactor = "team_head"\n'
        'confidence = "source"\nsource = "Quyết định của Ủy ban"\n'
    )
    write(local, "kt_04_own/2026-09-01.toml", an_edition(text.split("\n")[0]) + text.split("\n", 1)[1])
    book = load_rulebook(local=local)
    own, base = book.procedure("KT-04", TODAY), book.edition("KT-04", date(2026, 4, 11))
    assert own.step("CB2").label == "Ban hành quyết định theo mẫu của tỉnh"
    assert own.step("CB2").what == base.step("CB2").what
    assert [step.key for step in own.steps][:4] == ["CB1", "CB2", "CB3", "CB9"]
    assert own.step("CB3").next == ("CB9", "TH1")
    assert own.step("CB9").next == ("TH1",)
    assert own.find_step("TH5") is None
    assert all("TH5" not in step.next for step in own.steps)
    assert set(own.step("TH3").next) == {"TH4", "TH6", "TH7"}


def test_two_procedures_are_merged_into_one(local: Path) -> None:
    write(
        local,
        "catalogue.toml",
        '[[procedure]]\ncode = "KT-56"\nname = "Kiểm tra công tác kiểm tra"\nnumber = "05"\n'
        'replaces = ["KT-05", "KT-06"]\n',
    )
    text = an_edition('name = "Kiểm tra công tác kiểm tra, giám sát, kỷ luật"', code="KT-56",
                      based_on="KT-05@2026-04-11")  # fmt: skip
    write(local, "kt_56_duty_and_discipline/2026-09-01.toml", text)
    book = load_rulebook(local=local)
    offered = {edition.code for edition in book.procedures_in_force(TODAY)}
    assert "KT-56" in offered
    assert not {"KT-05", "KT-06"} & offered
    assert book.replacements("KT-06", TODAY) == ("KT-56",)
    earlier = {edition.code for edition in book.procedures_in_force(date(2026, 8, 31))}
    assert {"KT-05", "KT-06"} <= earlier
    assert "KT-56" not in earlier
    assert book.procedure_name("KT-56").number == "05"
    assert book.procedure("KT-05", TODAY).code == "KT-05", "running cases stay readable"


def test_one_procedure_is_split_by_its_subjects(local: Path) -> None:
    write(
        local,
        "catalogue.toml",
        '[[procedure]]\ncode = "KT-02A"\nname = "Tổ chức đảng"\nreplaces = ["KT-02"]\n'
        '[[procedure]]\ncode = "KT-02B"\nname = "Đảng viên"\nreplaces = ["KT-02"]\n',
    )
    for code, kind in (("KT-02A", "body"), ("KT-02B", "member")):
        text = an_edition(f'subject_kinds = ["{kind}"]', code=code, based_on="KT-02@2026-04-11")
        write(local, f"{code.lower().replace('-', '_')}_part/2026-09-01.toml", text)
    book = load_rulebook(local=local)
    assert book.replacements("KT-02", TODAY) == ("KT-02A", "KT-02B")
    assert [kind.value for kind in book.procedure("KT-02A", TODAY).subject_kinds] == ["body"]


def test_a_procedure_is_renamed_and_given_the_commissions_own_number(local: Path) -> None:
    write(local, "catalogue.toml", '[[procedure]]\ncode = "KT-03"\nname = "Tên của tỉnh"\nnumber = "14"\n')
    book = load_rulebook(local=local)
    assert (book.procedure_name("KT-03").name, book.procedure_name("KT-03").number) == ("Tên của tỉnh", "14")
    assert len(book.catalogue) == 19


def test_a_limit_of_the_commissions_own_ends_the_one_before(local: Path) -> None:
    write(
        local,
        "time_limits.toml",
        '[[time_limit]]\nid = "I-04"\nlabel = "Kiểm tra khi có dấu hiệu vi phạm"\namount = 60\n'
        'unit = "calendar_day"\nstarts_on = "team_decision_signed"\nends_on = "conclusion_signed"\n'
        'basis = "12-QĐ/UBKTTU"\nsource = "Quyết định của Ủy ban"\nconfidence = "source"\n'
        "valid_from = 2026-09-01\n",
    )
    write(
        local,
        "regulations.toml",
        '[[regulation]]\nnumber = "12-QĐ/UBKTTU"\ndate = 2026-08-20\nissuer = "Ủy ban Kiểm tra Tỉnh ủy"\n'
        'title = "Quy trình kiểm tra"\narea = "local"\nvalid_from = 2026-09-01\nconfidence = "source"\n'
        'source = "Quyết định của Ủy ban"\n',
    )
    book = load_rulebook(local=local)
    assert book.time_limit("I-04", TODAY).amount == 60
    assert book.time_limit("I-04", TODAY).confirmed_by_source
    before = book.time_limit("I-04", date(2026, 8, 31))
    assert before.valid_to == date(2026, 8, 31)
    assert not before.confirmed_by_source


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        (an_edition(based_on="KT-04@2020-01-01"), "based_on", "không có bản"),
        (an_edition(based_on="KT-04@2026-09-01"), "based_on", "vòng tròn"),
        (an_edition().replace(DECISION, ""), "decision", "[decision]"),
        (an_edition('without_steps = ["TH55"]'), "without_steps", "TH55"),
        (an_edition('without_steps = "TH5"'), "without_steps", "danh sách"),
        (an_edition() + '\n[[steps]]\nkey = "CB9"\n', "steps[1].after", "after"),
        (an_edition('signer = "Ai đó"'), "signer", "mục lạ"),
    ],
)  # fmt: skip
def test_a_broken_edition_of_the_commissions_own_is_refused_with_its_file(
    local: Path, text: str, key: str, says: str
) -> None:
    write(local, "kt_04_own/2026-09-01.toml", text)
    problem = the_only_problem(local)
    assert (problem.file, problem.key) == ("quy-trinh-rieng/kt_04_own/2026-09-01.toml", key)
    assert says in problem.message


def test_two_editions_of_one_day_are_refused(local: Path) -> None:
    write(local, "kt_04_own/2026-04-11.toml", an_edition(day="2026-04-11", based_on="KT-04@2025-05-30"))
    assert any("trùng ngày hiệu lực" in problem.message for problem in problems_of(local))


def test_a_local_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    problem = the_only_problem(tmp_path / "nowhere")
    assert problem.file == "nowhere/"
    assert "không có thư mục" in problem.message


def test_no_pack_is_on_by_itself() -> None:
    book = load_rulebook()
    assert book.packs_on == ()
    assert {pack.id for pack in book.packs} == set(PACKS)
    assert len(book.catalogue) == 19


@pytest.mark.parametrize("pack", PACKS)
def test_each_pack_can_be_switched_on_by_itself(pack: str) -> None:
    book = load_rulebook(packs=[pack])
    own = [edition for edition in book.procedures if edition.pack == pack]
    assert own
    assert {edition.code for edition in own} <= {item.code for item in book.catalogue}
    assert len(book.procedures) == len(own) + len(load_rulebook().procedures)


def test_the_packs_of_the_source_are_all_there() -> None:
    book = load_rulebook(packs=PACKS)
    codes = {edition.code for edition in book.procedures if edition.pack}
    assert codes == {
        "TN-01", "CT-01", "TX-01", "TS-01", "DC-01", "TD-01", "XL-01", "TM-01", "TM-02",
        "CB-01", "CB-02", "CB-03", "CB-04", "CB-05",
    }  # fmt: skip
    restoration = [link.to for link in book.procedure("KN-02", TODAY).links if link.kind == "restoration"]
    assert restoration == [("XL-01",)], "a link into a pack works once the pack is on"


def test_a_pack_nobody_knows_is_told_with_those_on_offer() -> None:
    with pytest.raises(RuleBookError) as refused:
        load_rulebook(packs=["letters"])
    (problem,) = refused.value.problems
    assert "letter_handling" in problem.message


def test_every_family_named_by_an_edition_has_its_wording() -> None:
    book: RuleBook = load_rulebook(packs=PACKS)
    known = {family.value for family in Family}
    for edition in book.procedures:
        assert {edition.family, edition.body_family or edition.family} <= known, edition.id
