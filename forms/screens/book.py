"""Screen forms of the rule book: what the commission states about a rule."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Optional

from forms.fields import NumberField
from forms.screens.lifecycle import REQUIRED, at_most, select, words

BASIS = _l("Số văn bản, điều, khoản mà Ủy ban đã đối chiếu. Ví dụ: 21-QĐ/TW, Điều 20")


class ConfirmRuleForm(FlaskForm):
    basis = StringField(_l("Căn cứ"), [REQUIRED, at_most(300)], description=BASIS)
    note = words(_l("Ghi chú"))


class CorrectLimitForm(FlaskForm):
    """The numbers of a limit as they should read; an empty box leaves that part as it is."""

    amount = NumberField(_l("Độ dài thời hạn"), [Optional()])
    unit = select(_l("Đơn vị tính"))
    extension_amount = NumberField(
        _l("Gia hạn mỗi lần"), [Optional()], description=_l("Để trống thì giữ như quy định đang ghi")
    )
    extension_times = NumberField(
        _l("Số lần gia hạn"), [Optional()], description=_l("Ghi 0 nếu không được gia hạn")
    )
    roll = select(_l("Khi ngày cuối là ngày nghỉ"))
    basis = StringField(_l("Căn cứ"), [REQUIRED, at_most(300)], description=BASIS)
    note = words(_l("Ghi chú"))


class CorrectWordsForm(FlaskForm):
    """How a rule that is no limit reads."""

    text = words(_l("Nội dung đúng của quy định"), REQUIRED, rows=5)
    basis = StringField(_l("Căn cứ"), [REQUIRED, at_most(300)], description=BASIS)
    note = words(_l("Ghi chú"))
