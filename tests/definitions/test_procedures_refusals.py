"""Each way of breaking the rule files is refused with the file, the key and what to do."""

import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest

from procedures.load import RULES_FOLDER, load_rulebook
from procedures.lock import LOCK_NAME, lock_lines
from procedures.schema import RuleBookError, RuleProblem

KT04 = "kt_04_signs_of_violation_member"
TC03 = "tc_03_denunciation_member"
FULL = f"{KT04}/2021-12-22.toml"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the product's rules that a test may break."""
    copied = tmp_path / "rules"
    shutil.copytree(RULES_FOLDER, copied, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copied


def relock(folder: Path) -> None:
    (folder / LOCK_NAME).write_text("\n".join(lock_lines(folder)), encoding="utf-8")


def rewrite(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"nothing to break: {old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    relock(folder)


def problems_of(folder: Path, **options: frozenset[str]) -> tuple[RuleProblem, ...]:
    with pytest.raises(RuleBookError) as refused:
        load_rulebook(folder, **options)
    return refused.value.problems


def the_only_problem(folder: Path, **options: frozenset[str]) -> RuleProblem:
    problems = problems_of(folder, **options)
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


@dataclass(frozen=True)
class Break:
    """Text replaced in a file, and the one problem it must cause."""

    name: str
    file: str
    old: str
    new: str
    key: str
    says: str


FIRST_LIMIT = "time_limit[1] (T-01)"
BREAKS = [
    Break("a misspelt key", "time_limits.toml", "amount = 90", "amuont = 90\namount = 90",
          f"{FIRST_LIMIT}.amuont", "mục lạ"),
    Break("a missing key", "time_limits.toml", 'label = "Giải quyết tố cáo"\n', "",
          f"{FIRST_LIMIT}.label", "thiếu mục"),
    Break("a limit without source", "time_limits.toml", 'source = "TL:S01 TL:S03"\n', "",
          f"{FIRST_LIMIT}.source", "thiếu mục"),
    Break("a limit with a blank source", "time_limits.toml", 'source = "TL:S01 TL:S03"', 'source = "  "',
          f"{FIRST_LIMIT}.source", "để trống"),
    Break("a limit without basis", "time_limits.toml", 'basis = "22-QĐ/TW"\n', "",
          FIRST_LIMIT, "không có căn cứ"),
    Break("a number written as words", "time_limits.toml", "amount = 90", 'amount = "chín mươi"',
          f"{FIRST_LIMIT}.amount", "số nguyên"),
    Break("a negative number", "time_limits.toml", "amount = 90", "amount = -1",
          f"{FIRST_LIMIT}.amount", "ngoài khoảng"),
    Break("an unknown unit", "time_limits.toml", 'unit = "calendar_day"', 'unit = "week"',
          f"{FIRST_LIMIT}.unit", "working_day"),
    Break("a list where text belongs", "time_limits.toml", 'article = "Điều 20"', 'article = ["Điều 20"]',
          f"{FIRST_LIMIT}.article", "dấu ngoặc kép"),
    Break("an unknown kind of value", "time_limits.toml", "extension = { amount = 30",
          "extension = { times = 1.5, amount = 30", "(cả tệp)", "cú pháp"),
    Break("an end before the start", "time_limits.toml", "valid_to = 2025-05-29", "valid_to = 2021-01-01",
          FIRST_LIMIT, "valid_to đứng trước"),
    Break("two versions in force together", "time_limits.toml", "valid_to = 2025-05-29",
          "valid_to = 2025-06-29", "time_limit[2] (T-01).valid_from", "cùng hiệu lực"),
    Break("an unknown number passing as law", "time_limits.toml",
          'source = "TL:S31"\nconfidence = "unknown"\nprovisional = true',
          'source = "TL:S31"\nconfidence = "unknown"', "time_limit[10] (T-06)", "provisional = true"),
    Break("a basis nobody knows", "time_limits.toml", 'basis = "22-QĐ/TW"', 'basis = "99-QĐ/TW"',
          f"{FIRST_LIMIT}.basis", "99-QĐ/TW"),
    Break("a source nobody knows", "time_limits.toml", 'source = "TL:S01 TL:S03"', 'source = "TL:S99"',
          "time_limit[1].source", "TL:S99"),
    Break("a table of another file", "penalties.toml", "[[penalty]]\n", "[[fine]]\nid = 1\n[[penalty]]\n",
          "fine", "[[penalty]]"),
    Break("a record that is no table", "catalogue.toml", "# Danh mục 19 quy trình.",
          'procedure = "KT-01"\n#', "(cả tệp)", "cú pháp"),
    Break("a regulation written twice", "regulations.toml", 'number = "24-QĐ/TW"', 'number = "294-QĐ/TW"',
          "regulation[3] (294-QĐ/TW).number", "hai lần"),
    Break("an amendment of an unknown text", "regulations.toml", 'amends = ["22-QĐ/TW"]',
          'amends = ["222-QĐ/TW"]', "regulation[8] (262-QĐ/TW).amends", "222-QĐ/TW"),
    Break("a penalty with an unknown vote rule", "penalties.toml", 'propose_rule = "V-03-propose"',
          'propose_rule = "V-33"', "penalty[5] (expulsion).propose_rule", "V-33"),
    Break("a penalty with the vote rule of the other ballot", "penalties.toml",
          'propose_rule = "V-03-propose"', 'propose_rule = "V-03-decide"',
          "penalty[5] (expulsion).propose_rule", "không dùng"),
    Break("a penalty with an unknown limitation", "penalties.toml", 'limitation = "H-01"',
          'limitation = "H-99"', "penalty[2] (reprimand).limitation", "H-99"),
    Break("an open point whose default is no choice", "votes.toml", 'default = "excluded"',
          'default = "maybe"', "open_point[2] (V-08)", "choices"),
    Break("a holiday of another year", "calendar.toml", "day = 2025-01-01", "day = 2024-01-01",
          "holiday_year[1] (2025)", "không thuộc năm"),
    Break("a holiday at the weekend", "calendar.toml", "day = 2025-01-01", "day = 2025-01-04",
          "holiday_year[1] (2025)", "cuối tuần"),
    Break("a worked day in the week", "calendar.toml", "day = 2025-04-26", "day = 2025-04-25",
          "holiday_year[1] (2025)", "không phải thứ Bảy"),
    Break("a date in quotes that is no date", "calendar.toml", "day = 2025-01-01", 'day = "mồng một"',
          "holiday_year[1] (2025).days_off[1].day", "2026-04-11"),
    Break("a dangling limit", FULL, 'limit = "I-09"', 'limit = "I-99"',
          "steps[4] (TH1).limit", "I-99"),
    Break("a dangling total limit", FULL, 'total_limit = "I-04"', 'total_limit = "I-99"',
          "total_limit", "I-99"),
    Break("a limit not in force under the edition", FULL, 'total_limit = "I-04"', 'total_limit = "T-04"',
          "total_limit", "không có bản nào"),
    Break("a limit met by another event", FULL, 'limit = "I-09"', 'limit = "I-10"',
          "steps[4] (TH1).limit", "sự kiện khác"),
    Break("a dangling outcome", FULL, 'outcome = "completed"', 'outcome = "lessons_"',
          "steps[22] (KT8).outcome", "lessons_"),
    Break("a ballot after a step that is not there", FULL, 'vote_only_after = "TH6"',
          'vote_only_after = "TH66"', "steps[10] (TH7).vote_only_after", "TH66"),
    Break("a dangling regulation", FULL, '"22-QĐ/TW"]', '"22-QĐ/TU"]', "legal_basis", "22-QĐ/TU"),
    Break("a link from a step that is not there", FULL, 'step = "TH6"', 'step = "TH66"',
          "links[1].step", "TH66"),
    Break("a link to a procedure that is not there", FULL, 'to = ["KL-02", "KL-04"]',
          'to = ["KL-02", "KL-09"]', "links[1].to", "KL-09"),
    Break("a link target that is no list", FULL, 'to = ["KL-02", "KL-04"]', 'to = "KL-02"',
          "links[1].to", "ngoặc vuông"),
    Break("a required form outside the forms", FULL, 'required_forms = ["C06"]', 'required_forms = ["C99"]',
          "steps[4]", "C99"),
    Break("a condition without words", FULL,
          'condition = "Còn điểm chưa rõ sau hội nghị"\n', "", "steps[11]", "condition"),
]  # fmt: skip


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.name)
def test_a_broken_rule_is_refused_with_file_and_key(rules: Path, broken: Break) -> None:
    rewrite(rules, broken.file, broken.old, broken.new)
    found = problems_of(rules)
    hits = [p for p in found if p.key == broken.key]
    assert hits, [str(problem) for problem in found]
    assert broken.says in hits[0].message
    blamed = {problem.file for problem in found}
    assert blamed == {broken.file}, "an innocent file is blamed"


def test_a_procedure_outside_the_catalogue_is_refused(rules: Path) -> None:
    rewrite(rules, "catalogue.toml", 'code = "KT-04"', 'code = "KT-44"')
    problems = problems_of(rules)
    assert {problem.file.split("/")[0] for problem in problems} == {KT04}
    assert {problem.key for problem in problems} == {"code"}
    assert all('"KT-04" không có trong catalogue.toml' in problem.message for problem in problems)


def test_the_sound_copy_is_accepted(rules: Path) -> None:
    assert load_rulebook(rules) == load_rulebook()


def test_an_unreachable_step_is_refused(rules: Path) -> None:
    path = rules / FULL
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('next = ["TH11", "KT1"]', 'next = ["KT1"]'), encoding="utf-8")
    relock(rules)
    problem = the_only_problem(rules)
    assert (problem.file, problem.key) == (FULL, "steps (TH11).next")
    assert "không bước nào dẫn đến" in problem.message


def test_steps_that_reach_no_outcome_are_refused(rules: Path) -> None:
    rewrite(rules, FULL, 'outcome = "completed"\n', "")
    problems = problems_of(rules)
    assert {problem.file for problem in problems} == {FULL}
    assert len(problems) == 22
    assert all("không đến được kết quả nào" in problem.message for problem in problems)


def test_a_step_that_leads_nowhere_known_is_refused(rules: Path) -> None:
    rewrite(rules, FULL, 'next = ["TH2"]', 'next = ["TH2", "TH22"]')
    problem = the_only_problem(rules)
    assert problem.key == "steps[4] (TH1).next"
    assert '"TH22"' in problem.message


def test_a_step_declared_twice_is_refused(rules: Path) -> None:
    rewrite(rules, FULL, 'key = "TH2"', 'key = "TH1"')
    keys = [problem.key for problem in problems_of(rules)]
    assert "steps[5] (TH1).key" in keys


def test_a_procedure_without_steps_is_refused(rules: Path) -> None:
    path = rules / FULL
    head = path.read_text(encoding="utf-8").split("[[links]]")[0]
    path.write_text(head.replace("[[runners]]", "steps = []\n\n[[runners]]", 1), encoding="utf-8")
    relock(rules)
    problem = the_only_problem(rules)
    assert problem.key == "steps"
    assert "không có bước nào" in problem.message


def test_an_unknown_form_code_is_refused_once_the_known_codes_are_given(rules: Path) -> None:
    codes = (Path(__file__).parent / "data" / "form_codes.txt").read_text(encoding="utf-8").split()
    problems = problems_of(rules, known_forms=frozenset(codes) - {"E05"})
    denunciations = {"tc_01_denunciation_committee", "tc_02_denunciation_body", TC03}
    assert {problem.file.split("/")[0] for problem in problems} == denunciations
    assert (f"{TC03}/2021-12-22.toml", "steps[18] (KT3).forms") in {(p.file, p.key) for p in problems}
    assert all('mẫu biểu "E05"' in problem.message for problem in problems)


def test_a_file_name_other_than_the_date_of_effect_is_refused(rules: Path) -> None:
    (rules / FULL).rename(rules / KT04 / "2026-04-12.toml")
    relock(rules)
    problem = the_only_problem(rules)
    assert (problem.file, problem.key) == (f"{KT04}/2026-04-12.toml", "valid_from")
    assert "2021-12-22.toml" in problem.message


def test_a_folder_named_after_another_procedure_is_refused(rules: Path) -> None:
    (rules / KT04).rename(rules / "kt_33_signs_of_violation_member")
    relock(rules)
    problems = problems_of(rules)
    assert {problem.key for problem in problems} == {"code"}
    assert all('bắt đầu bằng "kt_04_"' in problem.message for problem in problems)


def test_overlapping_editions_are_refused(rules: Path) -> None:
    rewrite(rules, f"{KT04}/2025-05-30.toml", "valid_to = 2026-04-10\n", "")
    problem = the_only_problem(rules)
    assert (problem.file, problem.key) == (f"{KT04}/2026-04-11.toml", "valid_from")
    assert "hai bản của KT-04 cùng hiệu lực" in problem.message


@pytest.mark.parametrize("file", ["votes.toml", FULL])
def test_text_that_is_not_nfc_is_refused(rules: Path, file: str) -> None:
    path = rules / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Bỏ phiếu kín", unicodedata.normalize("NFD", "Bỏ phiếu kín"), 2), "utf-8")
    relock(rules)
    problems = problems_of(rules)
    assert {problem.file for problem in problems} == {file}
    assert all("NFC" in problem.message for problem in problems)


def test_an_edited_edition_is_refused_by_the_lock(rules: Path) -> None:
    with (rules / FULL).open("a", encoding="utf-8") as edition:
        edition.write("# một chữ thôi cũng là sửa\n")
    problem = the_only_problem(rules)
    assert (problem.file, problem.key) == (LOCK_NAME, FULL)
    assert "đã phát hành bị sửa" in problem.message


def test_an_edition_outside_the_lock_and_a_lost_one_are_refused(rules: Path) -> None:
    lock = rules / LOCK_NAME
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if FULL not in line]
    lock.write_text("\n".join([*lines, f"{'0' * 64}  {KT04}/2020-01-01.toml", ""]), encoding="utf-8")
    lost, unreleased = problems_of(rules)
    assert (lost.key, unreleased.key) == (f"{KT04}/2020-01-01.toml", FULL)
    assert "bị mất" in lost.message
    assert "chưa ghi vào tệp khóa" in unreleased.message


def test_a_missing_lock_is_refused(rules: Path) -> None:
    (rules / LOCK_NAME).unlink()
    assert the_only_problem(rules).file == LOCK_NAME


def test_a_missing_file_a_wrong_encoding_and_bad_syntax_are_told_together(rules: Path) -> None:
    (rules / "calendar.toml").unlink()
    (rules / "eligibility.toml").write_bytes("# Điều".encode("utf-16"))
    (rules / KT04 / "2021-12-22.toml").write_text("code = \n", encoding="utf-8")
    relock(rules)
    told = {problem.file: problem.message for problem in problems_of(rules)}
    assert set(told) == {"calendar.toml", "eligibility.toml", f"{KT04}/2021-12-22.toml"}
    assert "không có tệp này" in told["calendar.toml"]
    assert "UTF-8" in told["eligibility.toml"]
    assert "cú pháp TOML" in told[f"{KT04}/2021-12-22.toml"]


def test_records_of_a_wrong_shape_are_told_not_crashed_on(rules: Path) -> None:
    (rules / "catalogue.toml").write_text('procedure = ["KT-04"]\nextra = 1\n', encoding="utf-8")
    path = rules / FULL
    text = path.read_text(encoding="utf-8")
    head, tail = text.split("[[links]]", 1)
    steps = tail[tail.index("[[steps]]") :]
    broken = head.replace("[[runners]]", 'links = ["KL-02"]\n\n[[runners]]', 1) + steps
    path.write_text(broken, encoding="utf-8")
    older = rules / TC03 / "2021-12-22.toml"
    head, tail = older.read_text(encoding="utf-8").split("[[links]]", 1)
    no_list = head.replace("[[runners]]", "links = 1\n\n[[runners]]", 1) + tail[tail.index("[[steps]]") :]
    older.write_text(no_list, encoding="utf-8")
    relock(rules)
    keys = {(problem.file, problem.key) for problem in problems_of(rules)}
    assert ("catalogue.toml", "procedure[1]") in keys
    assert ("catalogue.toml", "extra") in keys
    assert (FULL, "links[1]") in keys
    assert (f"{TC03}/2021-12-22.toml", "links") in keys


def test_the_message_of_the_error_lists_every_problem_on_a_line(rules: Path) -> None:
    (rules / "calendar.toml").unlink()
    (rules / LOCK_NAME).unlink()
    with pytest.raises(RuleBookError) as refused:
        load_rulebook(rules)
    lines = str(refused.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["calendar.toml", LOCK_NAME]
