"""Forms: errors with a way to each field, values kept, sent as people send them."""

import io
from datetime import date

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from forms.fields import DayField, Needed, NumberField, RowsField
from tests.support.page_client import PageClient
from tests.support.sample_app import SampleUser, add_form_page, make_app, shown, source_of

EMPTY = InputRequired("Chưa điền mục này.")


class RowForm(Form):
    name = StringField("Họ và tên", [EMPTY])


class SampleForm(FlaskForm):
    case = HiddenField(default="12")
    received = DayField("Ngày nhận", [InputRequired("Chưa điền ngày nhận.")])
    kind = RadioField(
        "Loại đơn",
        [InputRequired("Chưa chọn loại đơn.")],
        choices=[SelectChoice("a", "Tố cáo"), SelectChoice("b", "Khiếu nại")],
    )
    unit = SelectField("Phòng", choices=[SelectChoice("1", "Nghiệp vụ I"), SelectChoice("2", "Nghiệp vụ II")])
    signs = SelectMultipleField(
        "Dấu hiệu",
        choices=[SelectChoice("x", "Điều lệ"), SelectChoice("y", "Pháp luật")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    text = TextAreaField("Nội dung", description="Nêu hành vi, nơi xảy ra")
    copy = FileField("Bản chụp")
    secret = BooleanField("Đơn mật")
    people = FieldList(FormField(RowForm), "Người liên quan", min_entries=1)


FORM = source_of(
    "{% call form_page(form, 'Ghi vào sổ', cancel_url='/', multipart=true) %}{{ field(form.received) }}"
    "{{ field(form.kind) }}{{ field(form.unit) }}{{ field(form.signs) }}{{ field(form.text, rows=4) }}"
    "{{ field(form.copy) }}{{ field(form.secret) }}"
    "{% call(row) repeatable(form.people, 'Người liên quan', 'them', 'Thêm người') %}"
    "{{ field(row.form.name) }}{% endcall %}{% endcall %}",
    form="form_page, repeatable",
    field="field",
)


@pytest.fixture
def sent() -> list[SampleForm]:
    return []


@pytest.fixture
def app(sent: list[SampleForm]) -> Flask:
    app = make_app(SampleUser())

    def form() -> SampleForm:
        sent.append(SampleForm())
        return sent[-1]

    add_form_page(app, "/moi", FORM, endpoint="new", form=form, done="/moi")
    return app


def test_a_form_sent_empty_lists_each_error_with_a_link_to_its_field(app: Flask) -> None:
    client = PageClient(app)
    page = client.submit(client.get("/moi", expected=200), button="Ghi vào sổ", expected=422)
    assert page.errors == [
        "Ngày nhận: Chưa điền ngày nhận.",
        "Loại đơn: Chưa chọn loại đơn.",
        "Họ và tên: Chưa điền mục này.",
    ]
    assert [page.links[words] for words in page.errors] == ["#received", "#kind-0", "#people-0-name"]
    assert page.has("Có 3 chỗ cần sửa")


def test_a_field_in_error_keeps_its_value_and_is_tied_to_its_message(app: Flask) -> None:
    client = PageClient(app)
    page = client.submit(
        client.get("/moi", expected=200),
        button="Ghi vào sổ",
        expected=422,
        received="31/02/2026",
        text="Lấn đất <b>",
    )
    item = next(item for item in page.root.iter("input") if item.get("name") == "received")
    assert item.get("value") == "31/02/2026" and item.get("aria-invalid") == "true"
    assert item.get("aria-describedby") == "received-help received-error"
    assert page.form(button="Ghi vào sổ").values["text"] == "Lấn đất <b>"


def test_required_and_optional_are_said_in_words(app: Flask) -> None:
    page = PageClient(app).get("/moi", expected=200)
    assert page.has("Ngày nhận (bắt buộc)") and page.has("Nội dung (nếu có)")
    assert page.has("Loại đơn (bắt buộc)") and not page.has("Phòng (nếu có)")


def test_a_filled_form_reaches_the_view_as_it_was_typed(app: Flask, sent: list[SampleForm]) -> None:
    client = PageClient(app)
    page = client.get("/moi", expected=200)
    client.submit_and_follow(
        page,
        button="Ghi vào sổ",
        received="05/03/2026",
        kind="b",
        unit="2",
        signs=["x", "y"],
        text="Lấn đất",
        copy=(io.BytesIO(b"%PDF-1.7"), "don.pdf"),
        secret=True,
        answers={"people-0-name": "Phạm Văn Mẫu"},
    )
    form = sent[-2]  # the last one is the page that was opened afterwards
    assert (form.received.data, form.kind.data, form.unit.data) == (date(2026, 3, 5), "b", "2")
    assert (form.signs.data, form.secret.data, form.case.data) == (["x", "y"], True, "12")
    assert form.copy.data.filename == "don.pdf"
    assert form.people.data == [{"name": "Phạm Văn Mẫu"}]


def test_the_client_refuses_a_field_the_page_does_not_offer(app: Flask) -> None:
    client = PageClient(app)
    page = client.get("/moi", expected=200)
    with pytest.raises(AssertionError, match="no field 'salary'"):
        client.submit(page, button="Ghi vào sổ", expected=302, salary="1")
    with pytest.raises(AssertionError, match="does not offer 'z'"):
        client.submit(page, button="Ghi vào sổ", expected=302, kind="z")
    with pytest.raises(AssertionError, match="0 forms fit"):
        client.submit(page, button="Xóa", expected=302)


def test_the_client_says_what_it_expected(app: Flask) -> None:
    client = PageClient(app)
    with pytest.raises(AssertionError, match=r"GET /khong-co \(404, 'Không tìm thấy trang'\): expected 200"):
        client.get("/khong-co", expected=200)
    with pytest.raises(AssertionError, match="expected 302 – Ngày nhận: Chưa điền ngày nhận"):
        client.submit(client.get("/moi", expected=200), button="Ghi vào sổ", expected=302)


def test_a_one_button_form_carries_its_values_and_says_what_it_acts_on() -> None:
    page = shown(
        "{{ post_button('/don-thu/214/chuyen', 'Chuyển', about='đơn số 214', values={'toi': 'xa'}) }}",
        action="post_button",
    )
    form = page.form(action="/chuyen", button="Chuyển đơn số 214")
    assert form.values["toi"] == "xa" and form.values["csrf_token"]


def test_a_confirmation_says_the_consequence_and_offers_the_way_out() -> None:
    content = (
        "{% call confirm_page(form, 'Cấp số xong thì không sửa được nữa.', 'Ban hành', '/ho-so/1') %}"
        "<p>Quyết định kỷ luật</p>{% endcall %}"
    )
    app = make_app(SampleUser())
    add_form_page(
        app,
        "/ban-hanh",
        source_of(content, confirm="confirm_page"),
        endpoint="issue",
        form=FlaskForm,
        done="/ban-hanh",
    )
    client = PageClient(app)
    page = client.get("/ban-hanh", expected=200)
    assert page.has("không sửa được nữa") and page.has("Quyết định kỷ luật")
    assert page.link("Không, quay lại") == "/ho-so/1"
    client.submit(page, button="Ban hành", expected=302)


class CountForm(Form):
    what = StringField("Vật chứng")
    count = NumberField("Số lượng")


class GeneratedForm(FlaskForm):
    signed_on = DayField("Ngày ký", [Needed()])
    items = RowsField(
        FormField(CountForm), "Tang vật", [Needed()], min_entries=2, description="Mỗi vật một dòng"
    )
    add_items = SubmitField("Thêm dòng")


def test_a_form_made_from_a_definition_is_drawn_whole_and_can_ask_for_another_row() -> None:
    content = "{% call form_page(form, 'Lưu') %}{{ form_fields(form, 'add_') }}{% endcall %}"
    source = source_of(content, form="form_page", form_fields="form_fields")
    made: list[GeneratedForm] = []

    def form() -> GeneratedForm:
        made.append(GeneratedForm())
        if made[-1].add_items.data:
            made[-1].items.append_entry()
        return made[-1]

    app = make_app(SampleUser())
    add_form_page(app, "/bien-ban", source, endpoint="made", form=form, done="/bien-ban")
    client = PageClient(app)
    page = client.submit(client.get("/bien-ban", expected=200), button="Lưu", expected=422)
    assert page.errors == ["Ngày ký: Chưa điền mục này.", "Tang vật: Chưa điền mục này."]
    more = client.submit(page, button="Thêm dòng", expected=422, answers={"items-1-what": "Sổ thu chi"})
    values = more.form(button="Lưu").values
    assert values["items-1-what"] == "Sổ thu chi" and "items-2-what" in values
    assert "Dòng 3" in more.main
