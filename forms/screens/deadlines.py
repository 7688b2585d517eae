"""Screen forms about deadlines and the working calendar."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, RadioField, StringField

from forms.fields import NumberField
from forms.screens.lifecycle import REQUIRED, at_most, day, pick, select, words


class ExtensionForm(FlaskForm):
    amount = NumberField(_l("Số xin gia hạn"), [REQUIRED])
    reason = words(_l("Lý do"), REQUIRED)


class PauseForm(FlaskForm):
    reason_code = select(_l("Trường hợp tạm dừng"), REQUIRED)
    pause_from = day(_l("Tạm dừng từ ngày"), REQUIRED)
    pause_to = day(_l("Đến hết ngày"), text=_l("Để trống khi chưa biết ngày kết thúc"))
    reason = words(_l("Lý do"), REQUIRED)


class DecisionForm(FlaskForm):
    grant = RadioField(
        _l("Quyết định"), [REQUIRED], choices=pick([("yes", _l("Đồng ý")), ("no", _l("Không đồng ý"))]),
        validate_choice=False,
    )  # fmt: skip
    reason = words(_l("Ý kiến"), text=_l("Bắt buộc khi không đồng ý"))


class ResumeForm(FlaskForm):
    on = day(_l("Tính tiếp từ ngày"), REQUIRED)


class CalendarRow(Form):
    """One day of a year that differs from the week."""

    day = day(_l("Ngày"))
    kind = select(_l("Là ngày"))
    name = StringField(_l("Tên ngày nghỉ, lý do làm bù"), [at_most(120)])


class CalendarForm(FlaskForm):
    days = FieldList(
        FormField(CalendarRow), label=_l("Ngày nghỉ và ngày làm bù"), min_entries=1, max_entries=60
    )


class ConfirmYearForm(FlaskForm):
    """The notice a year stands on."""

    notice = StringField(
        _l("Số, ký hiệu thông báo nghỉ"), [REQUIRED, at_most(280)],
        description=_l("Ví dụ: 9441/TB-BNV. Có nhiều văn bản thì ghi đủ, cách nhau bằng dấu chấm phẩy"),
    )  # fmt: skip
    notice_on = day(_l("Ngày thông báo"), REQUIRED, text=_l("Ngày của văn bản ghi sau cùng"))
