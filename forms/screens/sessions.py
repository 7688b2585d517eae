"""Screen forms about sessions and secret ballots. Values are judged by the operations."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import LazyString, lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from forms.fields import DAY_KEYWORDS, ClockField, DayField, NumberField
from procedures.schema import Penalty

REQUIRED = InputRequired(_l("Chưa điền mục này."))


def _at_most(length: int) -> Length:
    return Length(max=length, message=_l("Dài quá %(max)d ký tự."))


class PlanForm(FlaskForm):
    held_on = DayField(_l("Ngày họp"), [REQUIRED], render_kw=DAY_KEYWORDS)
    starts_at = ClockField(_l("Giờ khai mạc"), [REQUIRED], description=_l("Ví dụ 08:00"))
    place = StringField(_l("Địa điểm"), [REQUIRED, _at_most(200)])
    chair = SelectField(_l("Chủ trì"), choices=[], validate_choice=False)
    secretary = SelectField(_l("Người ghi biên bản"), choices=[], validate_choice=False)


class OpenForm(FlaskForm):
    """Nothing is typed to open a session; the form carries the token and the refusal."""


class CloseForm(FlaskForm):
    ends_at = ClockField(_l("Giờ bế mạc"), [REQUIRED], description=_l("Ví dụ 11:30"))


class AddItemForm(FlaskForm):
    case = RadioField(_l("Hồ sơ đưa vào chương trình"), [REQUIRED], choices=[], validate_choice=False)
    title = StringField(_l("Tên nội dung"), [_at_most(400)], description=_l("Để trống thì lấy tên hồ sơ."))
    reporter = StringField(_l("Người báo cáo"), [_at_most(120)])


class ConcludeForm(FlaskForm):
    reporter = StringField(_l("Người báo cáo"), [_at_most(120)])
    discussion = TextAreaField(_l("Ý kiến thảo luận"), [_at_most(20000)])
    conclusion = TextAreaField(
        _l("Kết luận của Ủy ban Kiểm tra"),
        [REQUIRED, _at_most(20000)],
        description=_l("Kết luận của tập thể; phần này vào biên bản kỳ họp."),
    )


class PostponeForm(FlaskForm):
    reason = TextAreaField(_l("Lý do hoãn"), [REQUIRED, _at_most(4000)])


class BallotForm(FlaskForm):
    party = RadioField(_l("Bỏ phiếu về"), [REQUIRED], choices=[], validate_choice=False)
    stage = RadioField(_l("Loại phiếu"), [REQUIRED], choices=[], validate_choice=False)
    teller_head = SelectField(_l("Tổ trưởng tổ kiểm phiếu"), [REQUIRED], choices=[], validate_choice=False)
    teller_secretary = SelectField(_l("Thư ký tổ kiểm phiếu"), choices=[], validate_choice=False)
    teller_member = SelectField(_l("Thành viên tổ kiểm phiếu"), choices=[], validate_choice=False)


class CopiesForm(FlaskForm):
    copies = NumberField(_l("Số phiếu in"), [REQUIRED])


def attendance_form(members: Iterable[Any], present: Iterable[int], reasons: Mapping[int, str]) -> FlaskForm:
    """One checkbox list of who is present, and one reason per member in `reason_<id>`."""
    listed = list(members)
    fields: dict[str, Any] = {
        "present": SelectMultipleField(
            _l("Thành viên có mặt"), coerce=int, choices=[], validate_choice=False,
            widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
        )
    }  # fmt: skip
    for member in listed:
        label = _l("Lý do vắng của đồng chí %(name)s", name=member.full_name)
        fields[f"reason_{member.id}"] = StringField(label, [_at_most(300)])
    made: type[FlaskForm] = type("AttendanceForm", (FlaskForm,), fields)
    data = {f"reason_{number}": text for number, text in reasons.items()}
    return made(data={"present": list(present), **data})


def tally_form(penalties: Iterable[Penalty]) -> type[FlaskForm]:
    """The slips and one number per form of discipline, in fields `votes_<id>`, heaviest first."""
    fields: dict[str, Any] = {
        "issued": _count(_l("Số phiếu phát ra")),
        "returned": _count(_l("Số phiếu thu về")),
        "valid": _count(_l("Số phiếu hợp lệ")),
        "invalid": _count(_l("Số phiếu không hợp lệ")),
    }
    for penalty in penalties:
        fields[f"votes_{penalty.id}"] = _count(_l("Số phiếu: %(form)s", form=penalty.label))
    return type("TallyForm", (FlaskForm,), fields)


def _count(label: LazyString) -> NumberField:
    return NumberField(label, [REQUIRED], render_kw={"inputmode": "numeric", "autocomplete": "off"})
