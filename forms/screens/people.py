"""Screen forms about people: signing in, users, passwords, the commission's own particulars."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from procedures.schema import Role

REQUIRED = InputRequired(_l("Chưa điền mục này."))


def _at_most(length: int) -> Length:
    return Length(max=length, message=_l("Dài quá %(max)d ký tự."))


class SignInForm(FlaskForm):
    username = StringField(_l("Tên đăng nhập"), [REQUIRED, _at_most(60)])
    password = PasswordField(_l("Mật khẩu"), [REQUIRED, _at_most(200)])
    next = HiddenField()


class FirstAdminForm(FlaskForm):
    code = StringField(_l("Mã khởi tạo"), [REQUIRED], description=_l("In trên màn hình máy chủ khi khởi động."))
    commission_name = StringField(_l("Tên ủy ban kiểm tra"), [REQUIRED, _at_most(200)])
    superior_line = StringField(
        _l("Cơ quan cấp trên trên văn bản"), [REQUIRED, _at_most(120)], description=_l("Ví dụ: TỈNH ỦY AN SƠN")
    )
    symbol_suffix = StringField(
        _l("Ký hiệu cơ quan"), [REQUIRED, _at_most(20)], default="UBKTTU", description=_l("Ví dụ: UBKTTU")
    )
    place = StringField(_l("Địa danh trên văn bản"), [REQUIRED, _at_most(60)])
    term_name = StringField(_l("Nhiệm kỳ"), [REQUIRED, _at_most(20)], default="2025-2030")
    level = SelectField(_l("Cấp"), choices=[("tinh", _l("Tỉnh")), ("xa", _l("Xã, phường, đặc khu"))])
    full_name = StringField(_l("Họ và tên người quản trị"), [REQUIRED, _at_most(120)])
    username = StringField(_l("Tên đăng nhập"), [REQUIRED, Regexp(r"^[A-Za-z0-9._-]{3,60}$", message=_l(
        "Dùng 3–60 chữ cái không dấu, chữ số, dấu chấm, gạch."))])
    password = PasswordField(_l("Mật khẩu"), [REQUIRED])
    repeat = PasswordField(
        _l("Nhập lại mật khẩu"), [REQUIRED, EqualTo("password", _l("Hai lần nhập mật khẩu không giống nhau."))]
    )


class UserForm(FlaskForm):
    full_name = StringField(_l("Họ và tên"), [REQUIRED, _at_most(120)])
    username = StringField(_l("Tên đăng nhập"), [REQUIRED, Regexp(r"^[A-Za-z0-9._-]{3,60}$", message=_l(
        "Dùng 3–60 chữ cái không dấu, chữ số, dấu chấm, gạch."))])
    post = StringField(_l("Chức vụ"), [_at_most(120)])
    unit = StringField(_l("Phòng, bộ phận"), [_at_most(120)])
    rank = StringField(_l("Ngạch"), [_at_most(120)])
    email = StringField(_l("Thư điện tử"), [Optional(), _at_most(200), Regexp(r"^[^@\s]+@[^@\s]+$", message=_l("Địa chỉ thư không đúng."))])
    phone = StringField(_l("Điện thoại"), [_at_most(30)])
    card_number = StringField(
        _l("Số thẻ đảng viên"), [_at_most(20)],
        description=_l("Để hệ thống không cho người này xem hồ sơ về chính mình."),
    )  # fmt: skip
    roles = SelectMultipleField(
        _l("Vai trò"), choices=[(role.value, role.label) for role in Role],
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    active = BooleanField(_l("Đang làm việc"), default=True)


class ChangePasswordForm(FlaskForm):
    old_password = PasswordField(_l("Mật khẩu hiện tại"), [REQUIRED])
    password = PasswordField(_l("Mật khẩu mới"), [REQUIRED])
    repeat = PasswordField(
        _l("Nhập lại mật khẩu mới"), [REQUIRED, EqualTo("password", _l("Hai lần nhập mật khẩu không giống nhau."))]
    )


class CommissionForm(FlaskForm):
    name = StringField(_l("Tên ủy ban kiểm tra"), [REQUIRED, _at_most(200)])
    superior_line = StringField(_l("Cơ quan cấp trên trên văn bản"), [REQUIRED, _at_most(120)])
    issuer_line = StringField(_l("Cơ quan ban hành trên văn bản"), [REQUIRED, _at_most(120)])
    symbol_suffix = StringField(_l("Ký hiệu cơ quan"), [REQUIRED, _at_most(20)])
    place = StringField(_l("Địa danh trên văn bản"), [REQUIRED, _at_most(60)])
    term_name = StringField(_l("Nhiệm kỳ"), [REQUIRED, _at_most(20)])
