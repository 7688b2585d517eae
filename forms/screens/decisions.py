"""Screen forms about discipline decisions."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from forms.fields import DAY_KEYWORDS, DayField

REQUIRED = InputRequired(_l("Chưa điền mục này."))


class RecordForm(FlaskForm):
    removed_post = StringField(
        _l("Chức vụ bị cách"),
        [Length(max=200, message=_l("Dài quá %(max)d ký tự."))],
        description=_l("Bắt buộc khi hình thức là cách chức; ghi rõ từng chức vụ."),
    )


class AnnounceForm(FlaskForm):
    announced_on = DayField(_l("Ngày công bố"), [REQUIRED], render_kw=DAY_KEYWORDS)
    received_on = DayField(
        _l("Ngày đối tượng nhận quyết định"),
        render_kw=DAY_KEYWORDS,
        description=_l("Từ ngày này tính thời hạn khiếu nại."),
    )
    refusal = TextAreaField(
        _l("Việc từ chối nghe hoặc nhận quyết định"),
        [Length(max=4000, message=_l("Dài quá %(max)d ký tự."))],
        description=_l("Ghi nếu đối tượng không nghe, không nhận; quyết định vẫn có hiệu lực."),
    )
