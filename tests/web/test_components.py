"""The components: their obligatory words, what they say, and that forms are sent as people send them."""

from datetime import UTC, date, datetime

import pytest
from jinja2 import UndefinedError

from cases.web.filters import (
    ComponentTextMissing,
    days_left,
    due_state,
    file_size,
    moment,
    page_numbers,
    person,
)
from tests.support.page_client import Page, PageClient
from tests.support.sample_app import TODAY, SampleUser, add_page, make_app, shown, source_of


def classes(page: Page, name: str) -> list[str]:
    return [item.get("class", "") for item in page.root.iter() if name in item.get("class", "").split()]


@pytest.mark.parametrize(
    ("component", "macro", "call"),
    [
        ("table", "table", "{% call table('', ['A']) %}{% endcall %}"),
        ("table", "table", "{% call table('Đơn thư', []) %}{% endcall %}"),
        ("table", "cell", "{{ cell('', 'x') }}"),
        ("badge", "badge", "{{ badge(' ') }}"),
        ("action", "link_button", "{{ link_button('/x', '') }}"),
        ("action", "post_button", "{{ post_button('/x', none) }}"),
        ("deadline", "deadline_chip", "{{ deadline_chip(today, today, '') }}"),
        ("empty_state", "empty_state", "{{ empty_state('Chưa có đơn', '') }}"),
        ("timeline", "timeline", "{{ timeline('', []) }}"),
        ("steps", "steps", "{{ steps('', [], today) }}"),
        ("tabs", "tabs", "{{ tabs('', []) }}"),
        ("notice", "notice", "{{ notice('') }}"),
        ("trail", "breadcrumb", "{{ breadcrumb([]) }}"),
        ("trail", "back_link", "{{ back_link('/x', '') }}"),
        ("pagination", "pagination", "{{ pagination(1, 1, 3, '') }}"),
        ("summary_list", "summary_row", "{{ summary_row('', 'x') }}"),
        ("filter_bar", "filter_text", "{{ filter_text('tu', '') }}"),
        ("form", "fieldset", "{% call fieldset('') %}{% endcall %}"),
    ],
)
def test_a_component_without_its_words_is_refused(component: str, macro: str, call: str) -> None:
    app = make_app(SampleUser())
    app.testing = True
    add_page(app, "/mau", source_of(call, **{component: macro}), endpoint="sample")
    with pytest.raises(ComponentTextMissing, match="obligatory"):
        app.test_client().get("/mau")


def test_a_value_nobody_passed_is_refused() -> None:
    app = make_app(SampleUser())
    app.testing = True
    add_page(app, "/mau", source_of("{{ forgotten }}"), endpoint="sample")
    with pytest.raises(UndefinedError, match="forgotten"):
        app.test_client().get("/mau")


def test_a_table_reads_by_its_columns_and_says_what_is_missing() -> None:
    page = shown(
        "{% call table('Đơn thư', ['Số', ('Ngày', 'number')]) %}"
        "<tr>{{ row_head('Số', '214', '/don-thu/214') }}{{ cell('Ngày', '', number=true) }}</tr>"
        "{% endcall %}",
        table="table, cell, row_head",
    )
    assert page.table("Đơn thư") == [{"Số": "214", "Ngày": "chưa có"}]
    region = next(item for item in page.root.iter() if item.get("role") == "region")
    assert region.get("tabindex") == "0" and region.get("aria-label") == "Đơn thư"


@pytest.mark.parametrize("value", [0, False, "0"])
def test_a_cell_shows_nothing_as_nothing_but_zero_as_zero(value: object) -> None:
    page = shown(
        "{% call table('Số liệu', ['Số']) %}<tr>{{ cell('Số', value) }}</tr>{% endcall %}",
        {"value": value},
        table="table, cell",
    )
    assert page.table("Số liệu") == [{"Số": str(value)}]


@pytest.mark.parametrize(
    ("due", "words", "state"),
    [
        (date(2026, 11, 19), "quá hạn 3 ngày", "late"),
        (date(2026, 11, 22), "hạn cuối hôm nay", "soon"),
        (date(2026, 11, 25), "còn 3 ngày", "soon"),
        (date(2026, 11, 26), "còn 4 ngày", "ahead"),
    ],
)
def test_a_deadline_says_day_and_distance_and_leads_to_its_sheet(due: date, words: str, state: str) -> None:
    page = shown(
        "{{ deadline_chip(due, today, '/ho-so/1/thoi-han') }}", {"due": due}, deadline="deadline_chip"
    )
    assert due.strftime("%d/%m/%Y") in page.main and words in page.main
    assert classes(page, "kc-due") == [f"kc-due is-{state}"]
    assert "/ho-so/1/thoi-han" in page.links.values()
    with make_app().test_request_context():
        assert days_left(due, TODAY) == words
    assert due_state(due, TODAY) == state


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("done_on=today", "hoàn thành"),
        ("paused=true", "đang tạm dừng"),
        ("unconfirmed=true", "chưa xác nhận"),
    ],
)
def test_a_deadline_says_when_it_is_done_paused_or_unconfirmed(how: str, words: str) -> None:
    page = shown(f"{{{{ deadline_chip(today, today, '/x', {how}) }}}}", deadline="deadline_chip")
    assert words in page.main


def test_a_deadline_that_cannot_be_counted_says_so() -> None:
    page = shown("{{ deadline_chip(none, today, '/x') }}", deadline="deadline_chip")
    assert "chưa tính được" in page.main


STAGES = [
    {
        "name": "Tiến hành",
        "steps": [
            {"name": "Công bố", "state": "done", "who": "Trưởng đoàn", "done_on": date(2026, 11, 2)},
            {"name": "Gặp", "state": "skipped", "note": "Lý do: vắng"},
            {"name": "Giải trình", "state": "waiting", "due": TODAY, "sheet_url": "/x"},
            {"name": "Báo cáo", "state": "future"},
        ],
    }
]


def test_steps_say_state_person_and_day_and_mark_where_the_case_stands() -> None:
    page = shown("{{ steps('Tiến độ', stages, today) }}", {"stages": STAGES}, steps="steps")
    for words in ("1. Tiến hành", "Đã xong · Trưởng đoàn", "02/11/2026", "Bỏ qua", "Lý do: vắng", "Chưa đến"):
        assert words in page.main
    current = [item for item in page.root.iter("li") if item.get("aria-current") == "step"]
    assert len(current) == 1 and "Đang chờ" in "".join(current[0].itertext())


def test_a_timeline_shows_moments_in_vietnamese_time() -> None:
    entry = {
        "when": datetime(2026, 11, 20, 18, 5, tzinfo=UTC),
        "title": "Trả lại dự thảo",
        "who": "Trưởng phòng",
    }
    page = shown("{{ timeline('Diễn biến', [entry]) }}", {"entry": entry}, timeline="timeline")
    assert "01:05, 21/11/2026 · Trưởng phòng" in page.main


def test_lists_of_nothing_say_so() -> None:
    page = shown(
        "{{ people_list('Đoàn', []) }}{{ file_list('Tệp', []) }}"
        "{{ summary_list([('Người chỉ đạo', none)]) }}",
        people_list="people_list",
        file_list="file_list",
        summary_list="summary_list",
    )
    assert "Chưa có ai" in page.main and "Chưa có tệp nào" in page.main
    assert page.main.endswith("Người chỉ đạo Chưa có")


@pytest.mark.parametrize("confidence", ["source", "secondary", "inferred", "unknown"])
def test_an_unconfirmed_rule_warns_and_does_not_block(confidence: str) -> None:
    page = shown(
        "{{ unconfirmed_rule('Thời hạn 90 ngày', '22-QĐ/TW Đ21', level, '/quy-dinh/1') }}",
        {"level": confidence},
        notice="unconfirmed_rule",
    )
    assert "Quy định chưa xác nhận" in page.main and "Vẫn thực hiện được" in page.main
    assert page.link("Xem căn cứ và xác nhận") == "/quy-dinh/1"


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "approved", "issued", "void"])
def test_every_state_of_a_document_has_words_of_its_own(state: str) -> None:
    page = shown("{{ document_state(state) }}", {"state": state}, badge="document_state")
    assert len(page.main) > len("Mẫu")


def test_page_links_keep_the_filters() -> None:
    page = shown(
        "{{ pagination(2, 9, 164, 'đơn thư') }}",
        at="/mau?tu=%C4%91%E1%BA%A5t&trang=2",
        pagination="pagination",
    )
    assert page.link("Trang 3") == "/mau?tu=%C4%91%E1%BA%A5t&trang=3"
    assert "Tất cả 164 đơn thư" in page.main


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (4, 9, [1, 2, 3, 4, 5, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_page_numbers_leave_out_only_real_gaps(page: int, pages: int, numbers: list[int | None]) -> None:
    assert page_numbers(page, pages) == numbers


def test_a_filter_keeps_what_was_asked_and_can_be_cleared() -> None:
    content = (
        "{% call filter_bar('Lọc đơn thư', '/mau') %}{{ filter_text('tu', 'Từ cần tìm') }}"
        "{{ filter_select('loai', 'Loại', [(1, 'Tố cáo'), (2, 'Khiếu nại')]) }}{% endcall %}"
    )
    app = make_app(SampleUser())
    source = source_of(content, filter_bar="filter_bar, filter_text, filter_select")
    add_page(app, "/mau", source, endpoint="sample")
    client = PageClient(app)
    page = client.submit(client.get("/mau", expected=200), button="Lọc", expected=200, tu="đất", loai=2)
    assert dict(page.form(button="Lọc").values) == {"tu": "đất", "loai": "2"}
    assert page.link("Bỏ lọc") == "/mau"


def test_words_for_people_files_and_moments() -> None:
    assert person(SampleUser()) == "Trần Thị Mẫu – Kiểm tra viên, Phòng Nghiệp vụ II"
    assert moment(TODAY) == "22/11/2026"
    with make_app().test_request_context():
        assert [file_size(n) for n in (900, 43008, 1_468_006)] == ["900 byte", "42,0 KB", "1,4 MB"]
