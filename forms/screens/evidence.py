"""Screen forms about evidence."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import StringField

from forms.fields import NumberField
from forms.screens.lifecycle import REQUIRED, at_most, day, radio, select, words


class EvidenceForm(FlaskForm):
    title = StringField(_l("Tên tài liệu, chứng cứ"), [REQUIRED, at_most(300)])
    kind = select(_l("Loại"), REQUIRED)
    original = radio(_l("Bản"), REQUIRED)
    received_on = day(_l("Ngày nhận"), REQUIRED)
    received_from = StringField(_l("Nhận từ"), [at_most(200)])
    pages = NumberField(_l("Số trang"))
    file = FileField(_l("Tệp"), description=_l("PDF, Word, Excel, ảnh, âm thanh, phim, ZIP"))
    note = words(_l("Ghi chú"))
