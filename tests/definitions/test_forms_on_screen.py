"""A form definition as a web form: typed values in, typed values out, refusals in Vietnamese."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from forms.blocks import TickBoxes
from forms.build import SPARE_ROWS, add_asked_row, build_form, initial_values, typed_values
from forms.load import load_catalogue
from forms.samples import sample_values
from forms.schema import Field, FieldType, FormDef, Layout
from forms.text import parse_condition
from forms.usage import asked_fields

CATALOGUE = load_catalogue()
every_form = pytest.mark.parametrize("code", tuple(CATALOGUE))


@pytest.fixture(autouse=True)
def request_context() -> Iterator[None]:
    app = Flask(__name__)
    app.secret_key = "chỉ để thử"
    Babel(app, default_locale="vi")
    with app.test_request_context("/", method="POST"):
        yield


def typed(form: FormDef, pairs: dict[str, str], *, draft: bool = False) -> FlaskForm:
    return build_form(form, draft=draft)(formdata=MultiDict(pairs), meta={"csrf": False})


def as_typed(form: FormDef, values: dict[str, object]) -> dict[str, str]:
    """What a browser would send for these values."""
    sent: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for index, row in enumerate(value):
                sent |= {f"{name}-{index}-{column}": _text(cell) for column, cell in row.items()}
        elif value is not False:
            sent[name] = _text(value)
    return sent


def _text(value: object) -> str:
    match value:
        case date():
            return value.strftime("%d/%m/%Y")
        case time():
            return value.strftime("%H:%M")
        case list():
            return "\n".join(map(str, value))
        case _:
            return str(value)


@every_form
def test_values_typed_into_the_form_come_back_unchanged(code: str) -> None:
    form = CATALOGUE[code]
    values = sample_values(form)
    web = typed(form, as_typed(form, values))
    assert web.validate(), web.errors
    assert typed_values(form, web) == values


@every_form
def test_an_empty_form_asks_for_exactly_its_required_fields(code: str) -> None:
    form = CATALOGUE[code]
    web = typed(form, {})
    web.validate()
    asked = asked_fields(form)
    required = {f.name for f in asked if f.required and f.type is not FieldType.BOOL}
    required |= {f.name for f in asked if f.required_when and parse_condition(f.required_when).holds(None)}
    assert set(web.errors) == required
    assert all("điền" in str(web.errors[name]) for name in required)


@every_form
def test_a_draft_may_be_empty_and_says_what_will_be_asked_for(code: str) -> None:
    form = CATALOGUE[code]
    web = typed(form, {}, draft=True)
    assert web.validate(), web.errors
    announced = {field.name for field in asked_fields(form) if web[field.name].flags.announced}
    asked = [field for field in asked_fields(form) if field.type is not FieldType.BOOL]
    assert announced == {field.name for field in asked if field.required or field.required_when}


def test_a_draft_says_which_choice_asks_for_a_field() -> None:
    web = typed(CATALOGUE["G10"], {}, draft=True)
    assert str(web["removed_posts"].flags.announced) == "cần khi trình, nếu chọn “cách chức”"
    assert str(web["penalty"].flags.announced) == "cần khi trình"
    assert str(typed(CATALOGUE["G07"], {}, draft=True)["vote_total"].flags.announced) == "cần khi ghi nhận"


def test_a_field_emptied_on_purpose_does_not_get_its_default_back() -> None:
    form = CATALOGUE["C01"]
    assert str(initial_values(form, {})["duties"]).startswith("Đoàn kiểm tra có nhiệm vụ")
    assert initial_values(form, {}, defaults=False)["duties"] is None


def test_a_day_that_cannot_be_read_stays_as_typed_with_a_reason() -> None:
    web = typed(CATALOGUE["C19"], {"report_back_by": "31/02/2026"}, draft=True)
    assert not web.validate()
    assert 'value="31/02/2026"' in web["report_back_by"]()
    assert "lịch" in str(web.errors["report_back_by"])


@pytest.mark.parametrize("text", ["5/3/26", "ngày mai", "2026-03-05x", "05/03/0026"])
def test_uncertain_days_are_refused_even_in_a_draft(text: str) -> None:
    assert not typed(CATALOGUE["C19"], {"report_back_by": text}, draft=True).validate()


@pytest.mark.parametrize(
    ("text", "clock"), [("8h30", time(8, 30)), ("14:05", time(14, 5)), ("8 giờ", time(8))]
)
def test_times_are_read_as_people_write_them(text: str, clock: time) -> None:
    web = typed(CATALOGUE["G07"], {"meeting_starts_at": text}, draft=True)
    assert web.validate(), web.errors
    assert web["meeting_starts_at"].data == clock


@pytest.mark.parametrize("text", ["25:00", "8:61", "sáng"])
def test_impossible_times_are_refused(text: str) -> None:
    assert not typed(CATALOGUE["G07"], {"meeting_starts_at": text}, draft=True).validate()


@pytest.mark.parametrize("text", ["-1", "1.5", "mười", "٣", "9" * 12])
def test_counts_are_whole_numbers(text: str) -> None:
    assert not typed(CATALOGUE["G07"], {"vote_total": text}, draft=True).validate()


def test_zero_votes_is_an_answer() -> None:
    form = CATALOGUE["G07"]
    web = typed(form, as_typed(form, sample_values(form) | {"vote_invalid": 0}))
    assert web.validate(), web.errors
    assert typed_values(form, web)["vote_invalid"] == 0


def test_removal_from_a_post_needs_the_post() -> None:
    form = CATALOGUE["G10"]
    values = sample_values(form) | {"penalty": "removal"}
    del values["removed_posts"]
    web = typed(form, as_typed(form, values))
    assert not web.validate()
    assert set(web.errors) == {"removed_posts"}
    assert "cách chức" in str(web.errors["removed_posts"])


def test_a_row_begun_must_be_finished_and_empty_rows_are_ignored() -> None:
    form = CATALOGUE["C19"]
    values = sample_values(form)
    sent = as_typed(form, values) | {"requests-5-content": "Nội dung", "requests-6-content": " "}
    web = typed(form, sent)
    assert not web.validate()
    assert set(web.errors) == {"requests"}
    web = typed(form, sent | {"requests-5-responsible": "Đảng ủy", "requests-5-due_on": "01/02/2026"})
    assert web.validate(), web.errors
    rows = typed_values(form, web)["requests"]
    assert isinstance(rows, list)
    assert len(rows) == 3


def test_spare_rows_are_shown_and_one_more_comes_on_request() -> None:
    form = CATALOGUE["C19"]
    shown = build_form(form)(
        formdata=None, data=initial_values(form, sample_values(form)), meta={"csrf": False}
    )
    assert len(shown["requests"].entries) == 2 + SPARE_ROWS
    asked = typed(form, as_typed(form, sample_values(form)) | {"add_row_requests": "1"}, draft=True)
    before = len(asked["requests"].entries)
    assert add_asked_row(form, asked)
    assert len(asked["requests"].entries) == before + 1
    assert not add_asked_row(form, typed(form, {}))


def test_spare_rows_carry_no_browser_check() -> None:
    web = typed(CATALOGUE["C19"], {})
    assert "required" not in web["requests"][0].form["content"]()
    assert "required" in web["strengths"]()


def test_too_long_a_text_is_refused() -> None:
    assert not typed(CATALOGUE["C19"], {"strengths": "a" * 40_001}, draft=True).validate()


def test_a_choice_nobody_offered_is_refused() -> None:
    assert not typed(CATALOGUE["G10"], {"penalty": "exile"}, draft=True).validate()


def test_the_web_form_keeps_the_order_of_the_paper(tmp_path: Path) -> None:
    form = CATALOGUE["C01"]
    names = [
        name
        for name in build_form(form)(formdata=None, meta={"csrf": False})._fields
        if "add_row" not in name
    ]
    assert names == [field.name for field in form.fields]


@pytest.mark.parametrize("code", [c for c, form in CATALOGUE.items() if form.layout is Layout.BALLOT])
def test_what_a_voter_ticks_is_never_asked_on_screen(code: str) -> None:
    form = CATALOGUE[code]
    boxes = {block.field for block in form.blocks if isinstance(block, TickBoxes)}
    assert boxes
    assert boxes.isdisjoint(build_form(form)(formdata=None, meta={"csrf": False})._fields)
    assert boxes.isdisjoint(typed_values(form, typed(form, dict.fromkeys(boxes, "warning"))))


def test_a_list_starts_with_the_lines_of_its_default() -> None:
    form = CATALOGUE["C19"].model_copy(
        update={
            "fields": (Field(name="x", label="X", type=FieldType.LIST, default="Một\nHai"),),
            "blocks": (),
        }
    )
    data = initial_values(form, {})
    assert data == {"x": ["Một", "Hai"]}
    assert "Một\nHai</textarea>" in build_form(form)(formdata=None, data=data, meta={"csrf": False})["x"]()


def test_a_number_starts_as_a_number() -> None:
    assert Field(name="x", label="X", type=FieldType.INT, default="3").starting_value == 3
