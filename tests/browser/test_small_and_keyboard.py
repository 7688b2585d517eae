"""The same pages on a telephone's width, and a letter logged by somebody who has no mouse."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from cases.documents.operations import draft_document
from cases.intake.vault import Vault
from procedures.schema import Role
from tests.browser.keyboard import sends, tabs_to, types
from tests.browser.narrow import NARROW, fits
from tests.browser.person import Person, labelled
from tests.browser.site import Site, prepared, serving
from tests.support.letters import SUMMARY, a_logged_letter
from tests.support.running_cases import an_open_case
from tests.support.worlds import NAMES, PASSWORD, a_member, a_staffed_commission


@dataclass
class World:
    """A site with a letter, a case and a draft; where the pages of these are."""

    site: Site
    letter: str
    case: str
    document: str


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    site = prepared(tmp_path_factory.mktemp("small") / "instance")
    with site.behind():
        staff = a_staffed_commission()
        a_member()
        letter = a_logged_letter(staff, now=site.now, received_on=site.today, written_on=site.today)
        case = an_open_case(staff, "KT-04", now=site.now, started_on=site.today)
        paper = draft_document(
            staff.actor(Role.TEAM_HEAD), form="C01", vault=Vault(site.settings.vault_key), case_id=case.id,
            now=site.now,
        )  # fmt: skip
    with serving(site):
        yield World(site, f"/don-thu/{letter.id}", f"/ho-so/{case.id}", f"/van-ban/{paper.id}")


@pytest.fixture(scope="module")
def at_small_screens(world: World, lasting_seat: Callable[..., Person]) -> Callable[[Role], Person]:
    """Sign each role in once, on a screen 320 CSS pixels wide."""
    people: dict[Role, Person] = {}

    def sit(role: Role) -> Person:
        if role not in people:
            people[role] = lasting_seat(world.site, NAMES[role], role.value, width=NARROW, height=640)
            people[role].signs_in()
        return people[role]

    return sit


@pytest.fixture
def narrow(at_small_screens: Callable[[Role], Person]) -> Callable[[Role], Person]:
    """Somebody at a small screen, whose earlier pages are no longer held against them."""

    def sit(role: Role) -> Person:
        person = at_small_screens(role)
        person.watch.forgets()
        return person

    return sit


PAGES: dict[str, tuple[Role, Callable[[World], str]]] = {
    "the home of a clerk": (Role.CLERK, lambda _world: "/"),
    "the home of a team head": (Role.TEAM_HEAD, lambda _world: "/"),
    "the register of letters": (Role.CLERK, lambda _world: "/don-thu"),
    "the form of a new letter": (Role.CLERK, lambda _world: "/don-thu/moi"),
    "a letter": (Role.CLERK, lambda world: world.letter),
    "a case": (Role.TEAM_HEAD, lambda world: world.case),
    "the steps of a case": (Role.TEAM_HEAD, lambda world: f"{world.case}/cac-buoc"),
    "a new case": (Role.TEAM_HEAD, lambda _world: "/ho-so/mo"),
    "a paper": (Role.TEAM_HEAD, lambda world: world.document),
    "a paper being written": (Role.TEAM_HEAD, lambda world: f"{world.document}/sua"),
    "a session being planned": (Role.HEAD_OF_SECTION, lambda _world: "/ky-hop/moi"),
    "the registers": (Role.CHAIR, lambda _world: "/so-sach"),
}


@pytest.mark.parametrize("page", PAGES)
def test_no_page_scrolls_sideways_at_320_pixels(
    world: World, narrow: Callable[[Role], Person], page: str
) -> None:
    role, address = PAGES[page]
    person = narrow(role)
    person.opens(address(world))
    fits(person)
    person.unfolds_all()
    person.watch.look()
    fits(person)
    assert person.watch.problems == []


def test_the_menu_opens_and_leads_on_at_320_pixels(narrow: Callable[[Role], Person]) -> None:
    clerk = narrow(Role.CLERK)
    clerk.opens("/")
    menu = clerk.page.get_by_role("navigation", name="Chức năng chính")
    menu.get_by_text("Chức năng", exact=True).click()
    fits(clerk)
    clerk.chooses_in_menu("Đơn thư")
    assert clerk.heading == "Đơn thư"
    assert clerk.watch.problems == []


def test_a_clerk_logs_a_letter_with_the_keyboard_alone(world: World, seat: Callable[..., Person]) -> None:
    clerk = seat(world.site, NAMES[Role.CLERK], Role.CLERK.value)
    keys = clerk.page.keyboard
    clerk.page.goto(world.site.address)
    keys.type(clerk.username)
    tabs_to(clerk, clerk.page.get_by_label("Mật khẩu"))
    keys.type(PASSWORD)
    sends(clerk, "Việc hôm nay")
    tabs_to(clerk, clerk.main.get_by_role("link", name="Vào sổ đơn mới"))
    sends(clerk, "Vào sổ đơn mới")
    # The cursor waits in the first field: the letter is typed in the order in which it is read.
    types(clerk, "Người gửi", "Hoàng Thị Kín")
    types(clerk, "Địa chỉ người gửi", "thôn 4, Phước Hội")
    tabs_to(clerk, clerk.main.get_by_label(labelled("Loại đơn")))
    keys.press("ArrowDown")
    types(clerk, "Người, tổ chức bị nêu trong đơn", "Phạm Văn Mẫu")
    types(clerk, "Tóm tắt nội dung", SUMMARY)
    types(clerk, "Số trang", "3")
    keys.press("Enter")
    clerk.page.wait_for_url(re.compile(r"/don-thu/\d+$"))
    clerk.watch.look()
    assert clerk.heading.startswith("Đơn số ")
    clerk.sees("Tố cáo", SUMMARY, "Phạm Văn Mẫu")
    assert clerk.watch.problems == []
