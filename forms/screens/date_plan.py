"""What if: the facts a person may put in place of today's, asked for in the address (nothing is stored)."""

from flask_babel import lazy_gettext as _l
from wtforms import Form
from wtforms.validators import Optional

from forms.fields import NumberField
from forms.screens.lifecycle import day, select


class WhatIfForm(Form):
    """Every field may stay empty; names are those of the address."""

    bat_dau = day(_l("Nếu ngày bắt đầu là"), Optional())
    ban = select(_l("Nếu theo bản quy trình"))
    gia_han_cho = select(_l("Nếu gia hạn thời hạn"))
    gia_han = NumberField(
        _l("Thêm"), [Optional()], description=_l("Số ngày hoặc tháng, theo đơn vị của thời hạn")
    )
    tam_dung_cho = select(_l("Nếu tạm dừng"))
    tam_dung_tu = day(_l("Từ ngày"), Optional())
    tam_dung_den = day(_l("Đến hết ngày"), Optional())
