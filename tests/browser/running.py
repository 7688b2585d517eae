"""A case on its way: its steps, deadlines, contents, and the branches that lead to the next case."""

import re
from pathlib import Path

from tests.browser.people import code_on
from tests.browser.person import Person, starting_with

NO_PAPER = "Không cần trong vụ việc này, đã làm việc trực tiếp."


def opens_case(person: Person, case: str) -> None:
    person.chooses_in_menu("Hồ sơ vụ việc")
    person.follows(starting_with(case))
    assert person.heading.startswith(f"{case}:")


def opens_step(person: Person, case: str, step: str) -> None:
    """Open the step that is next in a case, by its name."""
    opens_case(person, case)
    _follows_step(person, step)


def does(person: Person, case: str, *steps: str) -> None:
    """Do the steps that are next, one after the other, and give a reason for each paper that is not made."""
    opens_case(person, case)
    for step in steps:
        _follows_step(person, step)
        completes(person)


def _follows_step(person: Person, step: str) -> None:
    person.follows(step)
    assert person.heading == step


def completes(person: Person) -> None:
    """On the page of a step: it is done."""
    _explains_missing_papers(person)
    person.presses("Hoàn thành bước")
    person.is_told("Đã hoàn thành bước")


def opens_deadline(person: Person, case: str, limit: str) -> None:
    """The sheet of one time limit of a case."""
    opens_case(person, case)
    _opens_tab(person, case, "Thời hạn")
    person.follows(starting_with(limit))
    assert person.heading.startswith(limit)
    person.sees("Cách tính", "Từng ngày")


def asks_for_more_time(person: Person, *, days: int, reason: str) -> None:
    """On the sheet of a deadline."""
    person.follows("Đề nghị gia hạn")
    person.fills({"Số ngày xin gia hạn": str(days), "Lý do": reason})
    person.presses("Gửi đề nghị")
    person.is_told("Đã gửi đề nghị gia hạn.")
    person.sees("Chờ quyết định")


def grants(person: Person) -> None:
    """On the sheet of a deadline somebody else asked to extend."""
    person.follows(starting_with("Quyết định đề nghị"))
    person.chooses("Quyết định", "Đồng ý")
    person.fills({"Ý kiến": "Đồng ý, bảo đảm chất lượng thẩm tra."})
    person.presses("Ghi quyết định")
    person.is_told("Đã ghi quyết định.")


def shows_its_matter(person: Person, case: str) -> None:
    """Allegations, findings, evidence and follow-ups of a case."""
    opens_case(person, case)
    _opens_tab(person, case, "Nội dung và chứng cứ")


def adds_evidence(person: Person, case: str, *, title: str, file: Path) -> None:
    shows_its_matter(person, case)
    person.follows("Thêm tài liệu, chứng cứ")
    person.fills({"Tên tài liệu, chứng cứ": title, "Nhận từ": "Đảng ủy xã Phước Hội", "Số trang": "12"})
    person.attaches("Tệp", file)
    person.presses("Thêm vào hồ sơ")
    person.is_told("Đã thêm tài liệu.")


def records_a_violation(person: Person, case: str, *, text: str) -> None:
    shows_its_matter(person, case)
    person.follows("Ghi vi phạm")
    person.fills(
        {
            "Hành vi, nội dung vi phạm": text, "Quy định bị vi phạm": "Điều 2 Quy định số 37-QĐ/TW",
            "Ngày chấm dứt vi phạm": "15/03/2025", "Ngày phát hiện": "28/05/2026",
        }
    )  # fmt: skip
    person.selects("Nhóm nội dung vi phạm", re.compile("Đất đai"))
    person.ticks("Đến mức phải xem xét kỷ luật")
    person.presses("Ghi vi phạm")
    person.is_told("Đã ghi vi phạm.")


def switches(person: Person, case: str, *, to: str, reason: str) -> str:
    """Go on under another procedure; the code of the new case."""
    opens_case(person, case)
    _opens_tab(person, case, "Các bước")
    person.follows("Chuyển quy trình")
    person.selects("Quy trình chuyển sang", starting_with(to))
    return _branches(person, reason, button="Chuyển quy trình")


def opens_discipline(person: Person, case: str, *, subject: str, reason: str) -> str:
    """Open a discipline case on the subject, with what was found; its code."""
    opens_case(person, case)
    _opens_tab(person, case, "Các bước")
    person.follows("Mở hồ sơ thi hành kỷ luật")
    person.selects("Quy trình", starting_with("KL-02"))
    person.chooses("Đối tượng chuyển sang hồ sơ mới", subject)
    return _branches(person, reason, button="Mở hồ sơ")


def _branches(person: Person, reason: str, *, button: str) -> str:
    _explains_missing_papers(person)
    person.fills({"Lý do": reason})
    person.presses(button)
    assert not person.refusals, person.refusals
    return code_on(person)


def _explains_missing_papers(person: Person) -> None:
    for field in person.main.get_by_role("textbox", name=starting_with("Lý do không cần văn bản")).all():
        field.fill(NO_PAPER)


def _opens_tab(person: Person, case: str, tab: str) -> None:
    tabs = person.page.get_by_role("navigation", name=f"Các phần của hồ sơ {case}")
    person.follows(starting_with(tab), within=tabs)
