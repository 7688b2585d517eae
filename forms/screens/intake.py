"""Screen forms about letters. Values are judged by the operations; these only say what can be typed."""

from collections.abc import Iterable
from typing import Any

from flask_babel import LazyString, lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from forms.fields import DAY_KEYWORDS, DayField, NumberField
from procedures.schema import EligibilityRule, IdentityStatus, LetterKind

Choices = list[tuple[str, str]]
REQUIRED = InputRequired(_l("Chưa điền mục này."))


def _at_most(length: int) -> Length:
    return Length(max=length, message=_l("Dài quá %(max)d ký tự."))


def _day(label: LazyString, *checks: object, text: LazyString | str = "") -> DayField:
    return DayField(label, checks, render_kw=DAY_KEYWORDS, description=text)


def pick(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Pairs of value and words as WTForms wants them."""
    return [SelectChoice(value, label) for value, label in pairs]


def _select(label: LazyString, choices: Iterable[tuple[str, Any]] = ()) -> SelectField:
    return SelectField(label, choices=pick(choices), validate_choice=False)


def _radio(label: LazyString | str, *checks: object, choices: Iterable[tuple[str, Any]] = ()) -> RadioField:
    return RadioField(label, checks, choices=pick(choices), validate_choice=False)


KINDS = [(kind.value, kind.label) for kind in LetterKind]
IDENTITIES = [(identity.value, identity.label) for identity in IdentityStatus]


class LetterForm(FlaskForm):
    """A letter in the order in which it is read: envelope, sender, whom it is about, what it says."""

    received_on = _day(_l("Ngày đến"), REQUIRED)
    source = _select(_l("Nguồn"))
    transfer_reference = StringField(
        _l("Số công văn chuyển"),
        [_at_most(120)],
        description=_l("Khi cơ quan khác chuyển đến, ví dụ 700-CV/BNCTU"),
    )
    written_on = _day(_l("Ngày trên đơn"))
    sender_name = StringField(_l("Người gửi"), [_at_most(300)], description=_l("Để trống nếu không ghi tên"))
    sender_address = StringField(_l("Địa chỉ người gửi"), [_at_most(300)])
    identity = _select(_l("Danh tính"), [("", _l("theo họ tên, địa chỉ đã ghi")), *IDENTITIES])
    kind = _select(_l("Loại đơn"), [("unclassified", _l("chưa phân loại")), *KINDS])
    subject_name = StringField(_l("Người, tổ chức bị nêu trong đơn"), [_at_most(300)])
    subject = _radio(_l("Chọn đúng đối tượng"))
    subject_post = StringField(_l("Chức vụ"), [_at_most(200)])
    subject_place = StringField(_l("Tổ chức đảng, đơn vị"), [_at_most(300)])
    summary = TextAreaField(
        _l("Tóm tắt nội dung"),
        [REQUIRED, _at_most(5000)],
        description=_l("Không ghi họ tên người gửi đơn ở đây"),
    )
    violation_ended_on = _day(
        _l("Ngày chấm dứt hành vi (nếu biết)"),
        text=_l("Để xem sớm thời hiệu kỷ luật; để trống khi hành vi còn tiếp diễn hoặc chưa rõ"),
    )
    pages = NumberField(_l("Số trang"))
    enclosures = StringField(_l("Tài liệu kèm"), [_at_most(2000)])
    posted_on = _day(_l("Ngày dấu bưu điện"))
    sender_contact = StringField(_l("Điện thoại, thư điện tử người gửi"), [_at_most(200)])
    note = StringField(_l("Ghi chú"), [_at_most(2000)])
    version = HiddenField(default="0")


class ClassifyForm(FlaskForm):
    kind = _radio(_l("Loại đơn"), REQUIRED, choices=KINDS)
    identity = _select(_l("Danh tính người gửi"), IDENTITIES)
    subject = _radio(_l("Đối tượng trong danh sách"))
    search = StringField(_l("Tìm đối tượng khác"), [_at_most(300)], description=_l("Gõ không dấu cũng được"))
    handler_id = _select(_l("Cán bộ xử lý"))
    version = HiddenField()


class SplitForm(FlaskForm):
    a_summary = TextAreaField(_l("Nội dung khiếu nại"), [REQUIRED, _at_most(5000)])
    a_subject_name = StringField(_l("Đối tượng của phần khiếu nại"), [_at_most(300)])
    a_handler_id = _select(_l("Cán bộ xử lý phần khiếu nại"))
    b_summary = TextAreaField(_l("Nội dung tố cáo"), [REQUIRED, _at_most(5000)])
    b_subject_name = StringField(_l("Người, tổ chức bị tố cáo"), [_at_most(300)])
    b_handler_id = _select(_l("Giao cán bộ nắm tình hình phần tố cáo"))
    version = HiddenField()


class ProposeForm(FlaskForm):
    proposal = _radio(_l("Đề xuất"), REQUIRED)
    note = TextAreaField(_l("Lý do đề xuất"), [REQUIRED, _at_most(5000)])
    version = HiddenField()


class DecideForm(FlaskForm):
    handling = _radio(_l("Hình thức xử lý"), REQUIRED)
    reason = TextAreaField(_l("Ý kiến, lý do"), [REQUIRED, _at_most(5000)])
    target = StringField(
        _l("Nơi nhận đơn, nơi hướng dẫn đến"), [_at_most(300)], description=_l("Bắt buộc khi chuyển đơn")
    )
    reference = StringField(_l("Số văn bản xử lý"), [_at_most(120)])
    case_id = _select(_l("Ghép vào hồ sơ"))
    due_on = _day(_l("Hạn xử lý"))
    version = HiddenField()


class DuplicateForm(FlaskForm):
    number = StringField(
        _l("Trùng với đơn số"), [_at_most(20)], description=_l("Ví dụ 12/2026; để trống là không trùng")
    )


class SenderForm(FlaskForm):
    reason = StringField(_l("Lý do cần xem danh tính"), [REQUIRED, _at_most(500)])


class FindSenderForm(FlaskForm):
    name = StringField(
        _l("Họ tên người gửi"),
        [REQUIRED, _at_most(120)],
        description=_l("Một phần họ tên, không dấu cũng được"),
    )


class ResultForm(FlaskForm):
    result = TextAreaField(_l("Kết quả"), [REQUIRED, _at_most(5000)])


class ExportForm(FlaskForm):
    with_senders = BooleanField(_l("Kèm họ tên, địa chỉ người gửi"))
    reason = StringField(_l("Lý do cần kèm danh tính"), [_at_most(500)])


def checks_form(rules: Iterable[EligibilityRule]) -> type[FlaskForm]:
    """A form with one answer and one note per rule; the fields are named `T-30` and `T-30-note`."""
    answers = [
        ("", _l("chưa trả lời")),
        ("ok", _l("đạt, không vướng")),
        ("fails", _l("không đạt, vướng điều kiện này")),
    ]
    fields: dict[str, Any] = {"version": HiddenField()}
    for rule in rules:
        fields[rule.id] = _radio(rule.question, choices=answers)
        fields[f"{rule.id}-note"] = StringField(_l("Ghi chú, căn cứ"), [_at_most(2000)])
    return type("ChecksForm", (FlaskForm,), fields)
