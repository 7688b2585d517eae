"""The pages of the rule book, of deadlines and of the calendar, as the people who use them meet them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from cases.deadlines.models import Deadline
from procedures.schema import Role
from tests.browser.keyboard import sends, tabs_to, types_into
from tests.browser.narrow import NARROW, fits
from tests.browser.person import Person, labelled, starting_with
from tests.browser.site import Site, prepared, serving
from tests.support.letters import a_decided_letter
from tests.support.outside_voting import at
from tests.support.running_cases import an_open_case, complete, complete_up_to, row
from tests.support.worlds import NAMES, NOW, Staff, a_staffed_commission

SEE_MOVES = "Xem thời hạn bị dời"
PREVIEW = "Xem trước lịch năm 2026"
SWAP_DAY, SWAP_NAME = "23/11/2026", "Nghỉ hoán đổi với thứ Bảy 28/11"
# More places than a page of sixteen rows has between its menu and its buttons.
ALL_ROWS = 120
IF = "bat_dau=20/11/2026&gia_han_cho=T-01&gia_han=30&tam_dung_tu=01/12/2026&tam_dung_den=10/12/2026"
UNFOLD = "document.querySelectorAll('main details').forEach(part => { part.open = true; })"


@dataclass
class World:
    """A site where clocks run; the addresses of its cases, of two running deadlines and of a vote."""

    site: Site
    settling: str
    inspecting: str
    settling_deadline: str
    five_days: str
    vote: str


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    site = prepared(tmp_path_factory.mktemp("book") / "instance", moment=NOW)
    with site.behind():
        addresses = _running_clocks(a_staffed_commission())
    with serving(site):
        yield World(site, *addresses)


def _running_clocks(staff: Staff) -> tuple[str, str, str, str, str]:
    letter = a_decided_letter(staff, handling="accepted")
    settling = an_open_case(staff, "TC-03", by=Role.CHAIR, letter_ids=[letter.id])
    inspecting = an_open_case(staff)
    complete_up_to(staff, inspecting, "CB2")
    complete(staff, inspecting, "CB2")
    voting = at(staff, "KL-01", "KT1")
    return (
        f"/ho-so/{settling.id}",
        f"/ho-so/{inspecting.id}",
        f"/thoi-han/{Deadline.get(Deadline.case == settling.id).id}",
        f"/thoi-han/{Deadline.get(Deadline.case == inspecting.id).id}",
        f"/ho-so/{voting.id}/buoc/{row(voting, 'KT1').id}/phieu-to-chuc",
    )


EVERYBODY = frozenset({Role.CHAIR, Role.INSPECTOR, Role.ADMINISTRATOR})
ON_CASES = frozenset({Role.CHAIR, Role.INSPECTOR})
CALENDAR = frozenset({Role.CHAIR, Role.ADMINISTRATOR})
CHAIR = frozenset({Role.CHAIR})
Address = Callable[[World], str]
PAGES: dict[str, tuple[frozenset[Role], Address]] = {
    "a running deadline": (ON_CASES, lambda world: world.settling_deadline),
    "a deadline in working days": (ON_CASES, lambda world: world.five_days),
    "the deadlines of a case": (ON_CASES, lambda world: f"{world.settling}/thoi-han"),
    "the date plan": (ON_CASES, lambda world: f"{world.settling}/ke-hoach-ngay"),
    "the date plan under assumptions": (ON_CASES, lambda world: f"{world.settling}/ke-hoach-ngay?{IF}"),
    "limitation": (ON_CASES, lambda world: f"{world.inspecting}/thoi-hieu"),
    "a vote of another body": (ON_CASES, lambda world: world.vote),
    "a hold": (CHAIR, lambda world: f"{world.settling}/tam-dung"),
    "another edition": (CHAIR, lambda world: f"{world.settling}/chuyen-ban-quy-trinh"),
    "what is to be confirmed": (EVERYBODY, lambda _world: "/xac-nhan-quy-dinh"),
    "a rule": (EVERYBODY, lambda _world: "/quy-dinh/T-01"),
    "a rule of votes": (EVERYBODY, lambda _world: "/quy-dinh/V-06"),
    "a rule being confirmed": (CHAIR, lambda _world: "/quy-dinh/T-01/xac-nhan"),
    "a rule being corrected": (CHAIR, lambda _world: "/quy-dinh/T-01/dinh-chinh"),
    "the years": (EVERYBODY, lambda _world: "/lich-lam-viec"),
    "a year": (EVERYBODY, lambda _world: "/lich-lam-viec/2026"),
    "a year being tried": (EVERYBODY, lambda _world: "/lich-lam-viec/2026/thu"),
    "a year being changed": (CALENDAR, lambda _world: "/lich-lam-viec/2026/sua"),
    "a year being confirmed": (CALENDAR, lambda _world: "/lich-lam-viec/2026/xac-nhan"),
    "the procedures": (EVERYBODY, lambda _world: "/quy-trinh"),
    "an inspection procedure": (EVERYBODY, lambda _world: "/quy-trinh/KT-03"),
    "a denunciation procedure": (EVERYBODY, lambda _world: "/quy-trinh/TC-03"),
    "two editions": (EVERYBODY, lambda _world: "/quy-trinh/TC-03/so-sanh"),
    "the rules": (EVERYBODY, lambda _world: "/quy-dinh"),
    "a search in the rules": (EVERYBODY, lambda _world: "/quy-dinh?tim=gia+han+to+cao"),
    "the regulations": (EVERYBODY, lambda _world: "/quy-dinh/van-ban"),
}


@pytest.fixture
def sitting(world: World, seat: Callable[..., Person]) -> Callable[..., Person]:
    """Sign somebody in by role."""

    def sit(role: Role, **how: object) -> Person:
        person = seat(world.site, NAMES[role], role.value, **how)
        person.signs_in()
        return person

    return sit


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.ADMINISTRATOR])
def test_every_page_is_sound_on_a_small_screen_with_all_parts_unfolded(
    world: World, sitting: Callable[..., Person], role: Role
) -> None:
    person = sitting(role, width=NARROW, height=640)
    for may, address in PAGES.values():
        if role in may:
            person.page.goto(world.site.address + address(world))
            _unfolds(person)
            fits(person)
            person.watch.look()
    assert person.watch.problems == []


def test_every_page_of_the_chair_is_sound_and_fits_a_small_screen(
    world: World, sitting: Callable[..., Person]
) -> None:
    chair = sitting(Role.CHAIR)
    for may, address in PAGES.values():
        if Role.CHAIR in may:
            chair.opens(address(world))
            # What everybody sees was looked at narrow and unfolded by the others.
            _looks_narrow(chair, closely=may is not EVERYBODY)
    assert chair.watch.problems == []


def test_a_corrected_rule_and_another_edition_are_seen_before_they_are_stored(
    world: World, sitting: Callable[..., Person]
) -> None:
    chair = sitting(Role.CHAIR)
    chair.opens("/quy-dinh/T-01/dinh-chinh")
    chair.fills({"Độ dài thời hạn": "45", "Căn cứ": "Hướng dẫn số 01, điểm 2"})
    chair.presses("Xem trước")
    chair.sees("Xem trước: thời hạn đang tính thay đổi", "20/02/2027", "06/01/2027")
    _looks_narrow(chair)
    chair.opens(f"{world.settling}/chuyen-ban-quy-trinh")
    chair.selects("Áp dụng bản quy trình", starting_with("có hiệu lực từ 30/05/2025"))
    chair.fills({"Lý do": "Việc phát sinh trước ngày bản mới có hiệu lực."})
    chair.presses("Xem thay đổi")
    chair.sees("Các thời hạn đang tính, trước và sau khi chuyển", "20/02/2027")
    _looks_narrow(chair)
    chair.opens(world.settling_deadline)
    chair.sees("Quy định chưa xác nhận")
    assert chair.watch.problems == []


def test_a_calendar_is_changed_seen_and_changed_again_with_the_keyboard_alone(
    sitting: Callable[..., Person],
) -> None:
    chair = sitting(Role.CHAIR)
    chair.opens("/lich-lam-viec/2026")
    tabs_to(chair, chair.main.get_by_role("link", name="Sửa ngày nghỉ, ngày làm bù"))
    sends(chair, "Sửa lịch năm 2026")
    first_name = chair.main.get_by_label(labelled("Tên ngày nghỉ, lý do làm bù")).first
    types_into(chair, first_name, "Tết Dương lịch 2026")
    tabs_to(chair, chair.main.get_by_role("button", name="Thêm ngày"), most=ALL_ROWS)
    chair.page.keyboard.press("Enter")
    # The new row waits for its day at once.
    chair.page.keyboard.type(SWAP_DAY)
    tabs_to(chair, chair.main.get_by_label(labelled("Tên ngày nghỉ, lý do làm bù")).last)
    chair.page.keyboard.type(SWAP_NAME)
    typed = _days_typed(chair)
    assert typed[-1] == (SWAP_DAY, "off", SWAP_NAME)
    tabs_to(chair, chair.main.get_by_role("button", name=SEE_MOVES))
    sends(chair, PREVIEW)
    _sees_the_move(chair)
    tabs_to(chair, chair.main.get_by_role("button", name="Sửa tiếp"))
    sends(chair, "Sửa lịch năm 2026")
    assert _days_typed(chair) == typed
    assert chair.watch.problems == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_moves_of_a_calendar_are_seen_with_and_without_scripts(
    sitting: Callable[..., Person], scripts: bool
) -> None:
    administrator = sitting(Role.ADMINISTRATOR, scripts=scripts, width=NARROW)
    administrator.opens("/lich-lam-viec/2026/sua")
    if scripts:
        administrator.main.get_by_role("button", name="Thêm ngày").click()
    else:
        administrator.presses("Thêm ngày")
    administrator.main.get_by_label(labelled("Ngày")).last.fill(SWAP_DAY)
    administrator.main.get_by_label(labelled("Tên ngày nghỉ, lý do làm bù")).last.fill(SWAP_NAME)
    typed = _days_typed(administrator)
    fits(administrator)
    administrator.presses(SEE_MOVES)
    assert administrator.heading == PREVIEW
    administrator.sees("Thay đổi này làm dời 1 thời hạn đang tính", SWAP_NAME)
    fits(administrator)
    administrator.presses("Sửa tiếp")
    assert _days_typed(administrator) == typed
    assert administrator.watch.problems == []


def _looks_narrow(person: Person, *, closely: bool = True) -> None:
    """The same page at a telephone's width, unfolded; then as wide as before."""
    wide = person.page.viewport_size
    assert wide is not None
    person.page.set_viewport_size({"width": NARROW, "height": 640})
    _unfolds(person)
    fits(person)
    if closely:
        person.watch.look()
    person.page.set_viewport_size(wide)


def _unfolds(person: Person) -> None:
    person.page.evaluate(UNFOLD)


def _sees_the_move(person: Person) -> None:
    person.sees(
        "Chưa có gì được ghi.",
        SWAP_NAME,
        "Thay đổi này làm dời 1 thời hạn đang tính",
        "30/11/2026",
        "01/12/2026",
    )


def _days_typed(person: Person) -> list[tuple[str, str, str]]:
    """Every row of the calendar as it stands in the fields: the day, its kind, its name."""
    rows = person.main.get_by_role("group", name=starting_with("Ngày nghỉ và ngày làm bù "))
    return [
        (
            one.get_by_label(labelled("Ngày")).input_value(),
            one.get_by_role("combobox").input_value(),
            one.get_by_label(labelled("Tên ngày nghỉ, lý do làm bù")).input_value(),
        )
        for one in rows.all()
    ]
