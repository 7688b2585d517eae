"""Who takes part in a journey, and what they do with letters and cases, in the words of their work.

Papers are in `papers`, deadlines and branches in `running`, sessions and decisions in `deciding`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cases.people.models import User
from procedures.schema import Role
from tests.browser.person import Person, starting_with
from tests.browser.site import Site
from tests.support.worlds import a_commission, a_member, a_user, an_organisation

SUBJECT = "Phạm Văn Mẫu"
SENDER = "Hoàng Thị Kín"
ADDRESS = "thôn 4, Phước Hội"
SUMMARY = "Tố cáo đồng chí Phạm Văn Mẫu cấp đất sai đối tượng, không qua bốc thăm tại khu dân cư mới"
# Username → name, post, roles. Members of the commission are those with the role of commissioner.
STAFF = {
    "vanthu": ("Lê Văn Thư", "Văn thư", (Role.CLERK,)),
    "kiemtra": ("Trần Thị Kiểm", "Kiểm tra viên chính", (Role.INSPECTOR, Role.TEAM_HEAD)),
    "thuky": ("Ngô Văn Đoàn", "Kiểm tra viên", (Role.INSPECTOR,)),
    "chanhvp": ("Bùi Thị Phòng", "Chánh Văn phòng", (Role.HEAD_OF_SECTION,)),
    "uyvien": ("Đỗ Văn Ủy", "Ủy viên", (Role.COMMISSIONER,)),
    "uyvien2": ("Phan Thị Viên", "Ủy viên", (Role.COMMISSIONER,)),
    "uyvien3": ("Mai Văn Hội", "Ủy viên", (Role.COMMISSIONER,)),
    "chunhiem": ("Vũ Thị Nhiệm", "Chủ nhiệm", (Role.CHAIR, Role.COMMISSIONER)),
}
NAMES = {username: name for username, (name, _post, _roles) in STAFF.items()}


@dataclass
class People:
    """The five at a browser: the others of the commission only attend."""

    site: Site
    clerk: Person
    inspector: Person
    head: Person
    commissioner: Person
    chair: Person

    @property
    def all(self) -> tuple[Person, ...]:
        return self.clerk, self.inspector, self.head, self.commissioner, self.chair

    @property
    def problems(self) -> list[str]:
        return [f"{person.username}: {problem}" for person in self.all for problem in person.watch.problems]

    def sign_in(self) -> None:
        for person in self.all:
            person.signs_in()


def a_whole_commission() -> dict[str, User]:
    """A commission with everybody a case needs, and the member the letter is about."""
    commission = a_commission()
    branch = an_organisation(name="Chi bộ cơ quan xã Phước Hội")
    a_member(SUBJECT, branch=branch, post="Phó Bí thư Đảng ủy xã")
    return {
        username: a_user(commission, *roles, name=name, username=username, post=post)
        for username, (name, post, roles) in STAFF.items()
    }


def seated(site: Site, seat: Callable[..., Person], *, scripts: bool) -> People:
    """Everybody at a browser of their own; nobody is signed in yet."""
    clerk, inspector, head, commissioner, chair = (
        seat(site, NAMES[username], username, scripts=scripts)
        for username in ("vanthu", "kiemtra", "chanhvp", "uyvien", "chunhiem")
    )
    return People(site, clerk, inspector, head, commissioner, chair)


def the_clerk_logs_a_letter(people: People) -> str:
    """Type a denunciation; its number in the register."""
    clerk = people.clerk
    clerk.chooses_in_menu("Việc hôm nay")
    clerk.follows("Vào sổ đơn mới")
    clerk.fills({"Ngày trên đơn": "28/05/2026", "Người gửi": SENDER, "Địa chỉ người gửi": ADDRESS})
    clerk.selects("Loại đơn", "tố cáo")
    clerk.fills(
        {
            "Người, tổ chức bị nêu trong đơn": SUBJECT, "Chức vụ": "Phó Chủ tịch UBND xã",
            "Tóm tắt nội dung": SUMMARY, "Số trang": "3",
        }
    )  # fmt: skip
    clerk.presses("Vào sổ")
    clerk.is_told("Đã vào sổ đơn số")
    return clerk.heading.removeprefix("Đơn số ")


def the_clerk_classifies_it(people: People, letter: str) -> None:
    clerk = people.clerk
    _opens_letter(clerk, letter)
    clerk.follows("Phân loại đơn")
    clerk.chooses("Loại đơn", "tố cáo")
    clerk.selects("Danh tính người gửi", "rõ họ tên, địa chỉ")
    clerk.selects("Cán bộ xử lý", starting_with(NAMES["kiemtra"]))
    clerk.presses("Lưu phân loại")
    clerk.is_told("Đã phân loại đơn.")


def the_inspector_checks_it(people: People, letter: str) -> None:
    """Answer every condition for settling a denunciation."""
    inspector = people.inspector
    _opens_letter(inspector, letter)
    inspector.follows("Rà soát điều kiện")
    questions = inspector.main.get_by_role("radio", name="đạt, không vướng")
    assert questions.count() > 3
    for question in questions.all():
        question.check()
    for note in inspector.main.get_by_role("textbox", name="Ghi chú, căn cứ").all():
        note.fill("Đã xem đơn và làm việc với nơi gửi.")
    inspector.presses("Lưu kết quả rà soát")
    inspector.is_told("Đã ghi kết quả rà soát điều kiện.")


def the_inspector_proposes(people: People, letter: str, *, handling: str) -> None:
    inspector = people.inspector
    _opens_letter(inspector, letter)
    inspector.follows("Đề xuất xử lý")
    inspector.chooses("Đề xuất", handling)
    inspector.fills({"Lý do đề xuất": "Đơn đủ điều kiện thụ lý, thuộc thẩm quyền của Ủy ban."})
    inspector.presses("Trình đề xuất")
    inspector.is_told("Đã trình đề xuất xử lý đơn.")


def the_chair_decides_on_the_letter(people: People, letter: str, *, handling: str) -> None:
    chair = people.chair
    _opens_letter(chair, letter)
    chair.follows("Quyết định xử lý")
    chair.chooses("Hình thức xử lý", handling)
    chair.fills({"Ý kiến, lý do": "Đồng ý thụ lý, giao Đoàn giải quyết."})
    chair.presses("Quyết định")
    chair.is_told("Đã quyết định xử lý đơn.")


def the_inspector_opens_a_case(people: People, letter: str, *, procedure: str) -> str:
    """From the letter, with a team and a directing commissioner; the code of the case."""
    inspector = people.inspector
    _opens_letter(inspector, letter)
    inspector.follows("Mở hồ sơ")
    inspector.chooses("Quy trình", starting_with(procedure))
    inspector.selects("Thành viên Ủy ban chỉ đạo", starting_with(NAMES["uyvien"]))
    inspector.selects("Trưởng đoàn", starting_with(NAMES["kiemtra"]))
    inspector.selects("Thư ký", starting_with(NAMES["thuky"]))
    inspector.presses("Mở hồ sơ")
    inspector.is_told("Đã mở hồ sơ")
    inspector.sees(SUBJECT)
    return code_on(inspector)


def code_on(person: Person) -> str:
    """The code of the case whose page is open."""
    return person.heading.partition(":")[0]


def _opens_letter(person: Person, letter: str) -> None:
    person.chooses_in_menu("Đơn thư")
    person.follows(letter)
    assert person.heading == f"Đơn số {letter}"
