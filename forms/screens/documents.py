"""Screen forms about papers and approvals."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from forms.fields import DAY_KEYWORDS, Announced, DayField

_LINE = Length(max=120, message=_l("Dài quá %(max)d ký tự."))
# Asked only on papers another body signs; the operation refuses them empty there.
_ASKED = Announced(_l("bắt buộc"))
_TEXT = Length(max=4000, message=_l("Dài quá %(max)d ký tự."))


class SubmitForm(FlaskForm):
    approver = SelectField(_l("Trình đến"), choices=[], validate_choice=False)
    note = TextAreaField(_l("Lời trình"), [_TEXT])


class IssueForm(FlaskForm):
    issued_on = DayField(
        _l("Ngày ban hành"), [InputRequired(_l("Ghi ngày ban hành."))], render_kw=DAY_KEYWORDS
    )
    signer = SelectField(_l("Người ký"), choices=[], validate_choice=False)
    symbol = StringField(
        _l("Số, ký hiệu"), [_ASKED, _LINE], description=_l("Số do Văn phòng cơ quan ký cấp. Ví dụ: 12-QĐ/TU")
    )
    signer_title = StringField(_l("Chức vụ người ký"), [_ASKED, _LINE], description=_l("Ví dụ: Phó Bí thư"))
    signer_name = StringField(_l("Họ và tên người ký"), [_ASKED, _LINE])


class VoidForm(FlaskForm):
    reason = TextAreaField(_l("Lý do hủy"), [InputRequired(_l("Ghi lý do hủy.")), _TEXT])


class DecideForm(FlaskForm):
    remarks = TextAreaField(_l("Ý kiến"), [_TEXT], description=_l("Bắt buộc khi trả lại: ghi rõ cần sửa gì."))
