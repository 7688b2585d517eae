"""Screen forms about papers and approvals."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from forms.fields import DAY_KEYWORDS, DayField

_TEXT = Length(max=4000, message=_l("Dài quá %(max)d ký tự."))


class SubmitForm(FlaskForm):
    approver = SelectField(_l("Trình đến"), choices=[], validate_choice=False)
    note = TextAreaField(_l("Lời trình"), [_TEXT])


class IssueForm(FlaskForm):
    issued_on = DayField(
        _l("Ngày ban hành"), [InputRequired(_l("Ghi ngày ban hành."))], render_kw=DAY_KEYWORDS
    )
    signer = SelectField(_l("Người ký"), choices=[], validate_choice=False)


class VoidForm(FlaskForm):
    reason = TextAreaField(_l("Lý do hủy"), [InputRequired(_l("Ghi lý do hủy.")), _TEXT])


class DecideForm(FlaskForm):
    remarks = TextAreaField(_l("Ý kiến"), [_TEXT], description=_l("Bắt buộc khi trả lại: ghi rõ cần sửa gì."))
