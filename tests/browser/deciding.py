"""The commission in session: attendance, conclusion, the secret ballot, and the decision that follows."""

import re
from collections.abc import Mapping

from pypdf import PdfReader

from tests.browser.papers import MINUTES, records, writes
from tests.browser.people import NAMES, SUBJECT, People
from tests.browser.person import Person, short, squeezed, starting_with

MEETING_ROOM = "Phòng họp Ủy ban Kiểm tra"


def the_head_plans_a_session(people: People, case: str) -> str:
    """A session today with the case on its agenda; the words the session is called by."""
    head = people.head
    head.chooses_in_menu("Kỳ họp")
    head.follows("Lập kỳ họp")
    head.fills({"Ngày họp": short(people.site.today), "Giờ khai mạc": "08:00", "Địa điểm": MEETING_ROOM})
    head.selects("Chủ trì", starting_with(NAMES["chunhiem"]))
    head.selects("Người ghi biên bản", starting_with(NAMES["chanhvp"]))
    head.presses("Lập kỳ họp")
    head.is_told("Đã lập kỳ họp thứ")
    session = head.heading
    head.follows("Đưa hồ sơ vào chương trình")
    head.chooses("Hồ sơ đưa vào chương trình", starting_with(case))
    head.fills({"Người báo cáo": NAMES["kiemtra"]})
    head.presses("Đưa vào chương trình")
    head.is_told("Đã đưa vào chương trình kỳ họp.")
    head.goes_back_to(session)
    return session


def the_head_opens_it(people: People, *, absent: str) -> None:
    """On the page of a session: who is there, who is not and why; then it is opened."""
    head = people.head
    head.follows("Điểm danh")
    there = head.main.get_by_role("group", name="Thành viên có mặt")
    there.get_by_role("checkbox", name=starting_with(NAMES[absent])).uncheck()
    head.fills({f"Lý do vắng của đồng chí {NAMES[absent]}": "đi công tác"})
    head.presses("Lưu điểm danh")
    head.is_told("Đã điểm danh.")
    head.sees("Có mặt 3, cần ít nhất 3 thành viên.")
    head.presses("Khai mạc kỳ họp")
    head.is_told("Kỳ họp đã khai mạc.")


def the_head_writes_the_conclusion(people: People, *, conclusion: str) -> None:
    """On the page of an item: discussion and conclusion, then the minutes, which become part of the case."""
    head = people.head
    head.follows("Ghi kết luận")
    head.fills({"Ý kiến thảo luận": "Các ý kiến thống nhất.", "Kết luận của Ủy ban Kiểm tra": conclusion})
    head.presses("Ghi kết luận")
    head.is_told("Đã ghi kết luận.")
    head.presses("Lập biên bản kỳ họp")
    head.follows("Sửa nội dung")
    writes(head, typed=MINUTES)
    records(head)


def the_head_opens_the_ballot(people: People, *, subject: str) -> None:
    head = people.head
    head.follows("Mở bỏ phiếu kín")
    head.chooses("Bỏ phiếu về", subject)
    head.chooses("Loại phiếu", starting_with("Bỏ phiếu quyết định"))
    head.selects("Tổ trưởng tổ kiểm phiếu", starting_with(NAMES["uyvien"]))
    head.selects("Thư ký tổ kiểm phiếu", starting_with(NAMES["chanhvp"]))
    head.presses("Mở bỏ phiếu")
    head.is_told("Đã mở bỏ phiếu kín.")


def the_head_prints_the_slips(people: People) -> None:
    """On the page of a ballot: one blank slip for each who may vote."""
    head = people.head
    here = head.heading
    head.follows("In phiếu biểu quyết")
    slips = head.downloads_by_button("Tải tệp PDF để in")
    assert len(PdfReader(slips).pages) == 3
    head.goes_back_to(here)


def the_teller_enters_the_count(people: People, session: str, *, votes: Mapping[str, int]) -> None:
    """The commissioner, head of the tellers, types the totals; `votes` by form of discipline."""
    teller = people.commissioner
    _opens_ballot(teller, session)
    teller.follows("Nhập kết quả kiểm phiếu")
    total = str(sum(votes.values()))
    teller.fills({"Số phiếu phát ra": total, "Số phiếu thu về": total, "Số phiếu hợp lệ": total})
    teller.fills({"Số phiếu không hợp lệ": "0"})
    for box in teller.main.get_by_label(starting_with("Số phiếu:")).all():
        box.fill("0")
    teller.fills({f"Số phiếu: {form}": str(number) for form, number in votes.items()})
    teller.presses("Ghi kết quả")
    teller.is_told("Đã ghi kết quả kiểm phiếu.")


def the_head_writes_the_count(people: People, session: str) -> None:
    """Minutes of the count, which become part of the case."""
    head = people.head
    _opens_ballot(head, session)
    head.presses("Lập biên bản kiểm phiếu")
    records(head)


def the_head_records_the_decision(people: People, session: str) -> None:
    """From the counted ballot; the page of the decision stays open."""
    head = people.head
    _opens_ballot(head, session)
    head.follows("Lập quyết định kỷ luật")
    head.presses("Lập quyết định")
    head.is_told("Đã lập quyết định")


def opens_item(person: Person, session: str) -> None:
    """The only item on the agenda of a session."""
    person.chooses_in_menu("Kỳ họp")
    person.follows(starting_with(session))
    assert person.heading == session
    person.follows(re.compile("đồng chí"), within=person.main.get_by_role("table", name="Nội dung kỳ họp"))


def _opens_ballot(person: Person, session: str) -> None:
    opens_item(person, session)
    person.follows(SUBJECT, within=person.main.get_by_role("table", name="Các cuộc bỏ phiếu"))
    assert person.heading == f"Bỏ phiếu về {SUBJECT}"


def the_chair_announces(people: People, number: str) -> None:
    """From the register of decisions: announced and received today."""
    chair = people.chair
    chair.chooses_in_menu("Sổ sách")
    chair.follows("Sổ đăng ký quyết định kỷ luật")
    chair.follows(number)
    chair.follows("Ghi việc công bố")
    today = short(people.site.today)
    chair.fills({"Ngày công bố": today, "Ngày đối tượng nhận quyết định": today})
    chair.presses("Lưu")
    chair.is_told("Đã ghi việc công bố quyết định.")


def downloads_the_report(person: Person) -> str:
    """On the page of a case: the report as PDF; its text."""
    person.follows("Báo cáo vụ việc")
    file = person.downloads("Tải PDF")
    return squeezed(" ".join(page.extract_text() for page in PdfReader(file).pages))
