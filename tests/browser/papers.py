"""Papers as they go through the house: drafted, submitted, approved by another, issued with a number."""

from collections.abc import Mapping

from tests.browser.people import NAMES, SUBJECT, People
from tests.browser.person import Person, starting_with

NOTHING: Mapping[str, str] = {}

# What is typed into papers, by the labels of their fields; all else comes from the case.
PROPOSAL = {"Lý do": "Đơn rõ họ tên, địa chỉ, nội dung cụ thể."}
PROPOSAL_CHOICES = {
    "Thuộc thẩm quyền giải quyết của Ủy ban Kiểm tra": "Thuộc thẩm quyền",
    "Đủ điều kiện xem xét, giải quyết": "Đủ điều kiện",
    "Đề xuất": "Thụ lý, giải quyết",
}
TEAM_DECISION = {"Tiến hành từ ngày": "03/06/2026", "Tiến hành đến ngày": "10/07/2026"}
INSPECTION_DECISION = {"Mốc thời gian từ ngày": "01/01/2024", "Mốc thời gian đến ngày": "31/12/2025"}
ANNOUNCEMENT = {
    "Giờ bắt đầu": "08:00",
    "Ngày họp, làm việc": "01/06/2026",
    "Địa điểm": "Trụ sở Đảng ủy xã",
    "Thành phần của đoàn": NAMES["uyvien"],
    "Thành phần phía đối tượng": SUBJECT,
    "Người chủ trì": NAMES["uyvien"],
    "Người ghi biên bản": NAMES["thuky"],
    "Diễn biến": "Đoàn công bố quyết định, thống nhất cách làm việc.",
    "Lịch làm việc thống nhất": "Từ ngày 03/6 đến ngày 10/7/2026",
    "Hạn nộp báo cáo": "15/06/2026",
    "Giờ kết thúc": "09:30",
}
MINUTES = {"Giờ kết thúc": "09:30"}
CONCLUSION = {
    "Mốc thời gian từ ngày": "01/01/2024",
    "Mốc thời gian đến ngày": "31/12/2025",
    "Ưu điểm": "Chấp hành việc báo cáo, giải trình đầy đủ.",
    "Hạn chế, khuyết điểm, vi phạm": "Cấp đất sai đối tượng, đến mức phải xem xét kỷ luật.",
    "Nội dung yêu cầu": "Kiểm điểm, khắc phục việc cấp đất sai đối tượng",
    "Người, tổ chức thực hiện": SUBJECT,
    "Thời hạn": "30/06/2026",
    "Báo cáo kết quả thực hiện trước ngày": "30/06/2026",
}


def drafts(
    person: Person, form: str, *, typed: Mapping[str, str] = NOTHING, chosen: Mapping[str, str] = NOTHING
) -> None:
    """On the page of a step: start a paper, fill in what the case does not know, look at the preview."""
    person.presses(f"Soạn {form}")
    writes(person, typed=typed, chosen=chosen)
    preview = person.page.get_by_role("region", name="Bản xem trước của văn bản")
    assert preview.inner_text().strip(), f"{form} has an empty preview"


def writes(
    person: Person, *, typed: Mapping[str, str] = NOTHING, chosen: Mapping[str, str] = NOTHING
) -> None:
    """On the page where a paper is written."""
    person.unfolds_all()
    person.fills(dict(typed))
    for label, option in chosen.items():
        person.selects(label, option)
    person.presses("Lưu và xem trước")
    person.is_told("Đã lưu bản thảo.")


def submits(person: Person) -> None:
    """On the page of a paper."""
    person.presses("Trình duyệt")
    person.is_told("Đã trình duyệt.")


def records(person: Person) -> None:
    """On the page of minutes or of a paper written by others: it becomes part of the case."""
    person.presses("Ghi nhận")
    person.is_told("Đã ghi nhận văn bản.")


def approves(person: Person, name: str) -> None:
    """In the inbox: open the paper of this name and approve it."""
    person.chooses_in_menu("Chờ duyệt")
    person.follows(starting_with(name))
    person.presses("Duyệt")
    person.is_told("Đã duyệt.")


def the_clerk_issues(people: People, name: str, *, signer: str = NAMES["chunhiem"]) -> str:
    """From the clerk's own list of papers that wait to be issued; the number, where the form has one."""
    clerk = people.clerk
    clerk.chooses_in_menu("Việc hôm nay")
    clerk.follows(starting_with(name))
    clerk.selects("Người ký", starting_with(signer))
    clerk.presses("Ban hành")
    clerk.sees("Đã ban hành")
    return clerk.value_of("Số, ký hiệu")
