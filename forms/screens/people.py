"""Screen forms about people: signing in, users, passwords, the commission's own particulars."""

from collections.abc import Iterable

from flask_babel import LazyString, lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import EqualTo, InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from procedures.schema import Role

REQUIRED = InputRequired(_l("Chưa điền mục này."))
# Longer than any sentence a person remembers; hashing a longer one only costs the server.
LONGEST_PASSWORD = 200


def _at_most(length: int) -> Length:
    return Length(max=length, message=_l("Dài quá %(max)d ký tự."))


USERNAME = Regexp(
    r"^[A-Za-z0-9._-]{3,60}\Z", message=_l("Dùng 3–60 chữ cái không dấu, chữ số, dấu chấm, gạch.")
)
EMAIL = Regexp(r"^[^@\s]+@[^@\s]+\Z", message=_l("Địa chỉ thư không đúng."))


def _new_password(label: LazyString) -> PasswordField:
    help_text = _l("Ít nhất 10 ký tự; nên là một câu dễ nhớ.")
    return PasswordField(label, [REQUIRED, _at_most(LONGEST_PASSWORD)], description=help_text)


def _repeat(label: LazyString) -> PasswordField:
    same = EqualTo("password", _l("Hai lần nhập mật khẩu không giống nhau."))
    return PasswordField(label, [REQUIRED, same])


def _required(label: LazyString, length: int, text: LazyString | str = "", default: str = "") -> StringField:
    return StringField(label, [REQUIRED, _at_most(length)], description=text, default=default)


def _optional(label: LazyString, length: int, text: LazyString | str = "") -> StringField:
    return StringField(label, [_at_most(length)], description=text, default="")


LEVELS = {"tinh": _l("Tỉnh"), "xa": _l("Xã, phường, đặc khu")}
COMMISSION_NAME = _l("Tên ủy ban kiểm tra")
SUPERIOR_LINE = _l("Cơ quan cấp trên trên văn bản")
SUPERIOR_EXAMPLE = _l("Ví dụ: TỈNH ỦY AN SƠN")
SYMBOL = _l("Ký hiệu cơ quan")
SYMBOL_EXAMPLE = _l("Ví dụ: UBKTTU")
PLACE = _l("Địa danh trên văn bản")
TERM = _l("Nhiệm kỳ")
TERM_EXAMPLE = _l("Ví dụ: 2025-2030")


def _levels() -> list[SelectChoice]:
    return [SelectChoice(level, str(words)) for level, words in LEVELS.items()]


class SignInForm(FlaskForm):
    username = _required(_l("Tên đăng nhập"), 60)
    password = PasswordField(_l("Mật khẩu"), [REQUIRED, _at_most(LONGEST_PASSWORD)])
    next = HiddenField()


class FirstAdminForm(FlaskForm):
    code = _required(_l("Mã khởi tạo"), 60, _l("In trên màn hình máy chủ khi khởi động."))
    commission_name = _required(COMMISSION_NAME, 200)
    level = SelectField(
        _l("Cấp"), choices=_levels,
        invalid_choice_message=_l("Chọn một cấp trong danh sách."),
    )  # fmt: skip
    superior_line = _required(SUPERIOR_LINE, 120, SUPERIOR_EXAMPLE)
    symbol_suffix = _required(SYMBOL, 20, SYMBOL_EXAMPLE)
    place = _required(PLACE, 60)
    term_name = _required(TERM, 20, TERM_EXAMPLE)
    full_name = _required(_l("Họ và tên người quản trị"), 120)
    username = StringField(_l("Tên đăng nhập"), [REQUIRED, USERNAME])
    password = _new_password(_l("Mật khẩu"))
    repeat = _repeat(_l("Nhập lại mật khẩu"))


class UserForm(FlaskForm):
    """What can be said and changed of a person at any time."""

    full_name = _required(_l("Họ và tên"), 120)
    post = _optional(_l("Chức vụ"), 120)
    unit = _optional(_l("Phòng, bộ phận"), 120)
    rank = _optional(_l("Ngạch"), 120)
    email = StringField(_l("Thư điện tử"), [Optional(), _at_most(200), EMAIL], default="")
    phone = _optional(_l("Điện thoại"), 30)
    card_number = _optional(
        _l("Số thẻ đảng viên"), 20, _l("Để hệ thống không cho người này xem hồ sơ về chính mình.")
    )
    roles = SelectMultipleField(
        _l("Vai trò"), choices=[SelectChoice(role.value, role.label) for role in Role],
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
        invalid_choice_message=_l("Có vai trò không nằm trong danh sách."),
    )  # fmt: skip


class ChangeUserForm(UserForm):
    active = BooleanField(_l("Đang làm việc"), default=True)


class NewUserForm(UserForm):
    username = StringField(
        _l("Tên đăng nhập"), [REQUIRED, USERNAME], description=_l("Không đổi được về sau. Ví dụ: nguyen.an")
    )


class ChangePasswordForm(FlaskForm):
    old_password = PasswordField(_l("Mật khẩu hiện tại"), [REQUIRED, _at_most(LONGEST_PASSWORD)])
    password = _new_password(_l("Mật khẩu mới"))
    repeat = _repeat(_l("Nhập lại mật khẩu mới"))


class CommissionForm(FlaskForm):
    name = _required(COMMISSION_NAME, 200)
    superior_line = _required(SUPERIOR_LINE, 120, SUPERIOR_EXAMPLE)
    issuer_line = _required(_l("Cơ quan ban hành trên văn bản"), 120)
    symbol_suffix = _required(SYMBOL, 20, SYMBOL_EXAMPLE)
    place = _required(PLACE, 60)
    term_name = _required(TERM, 20, TERM_EXAMPLE)
    organisation_code = _optional(
        _l("Mã tổ chức đảng của ủy ban"), 40,
        _l("Ủy ban chỉ xem được tổ chức này và các tổ chức trực thuộc. Ví dụ: TU, X01"),
    )  # fmt: skip


def commission_form(
    vote_points: Iterable[tuple[str, str, Iterable[tuple[str, str]]]],
) -> type[CommissionForm]:
    """The particulars with one list per open point on voting: (setting, label, (choice, words)…)."""
    fields = {
        setting: SelectField(
            label, choices=[SelectChoice(choice, words) for choice, words in choices],
            invalid_choice_message=_l("Chọn một cách trong danh sách."),
        )
        for setting, label, choices in vote_points
    }  # fmt: skip
    return type("CommissionForm", (CommissionForm,), fields)
