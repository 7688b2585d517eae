"""Screen forms about sessions and secret ballots. Values are judged by the operations."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from flask_babel import LazyString, lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from forms.fields import DAY_KEYWORDS, ClockField, DayField, NumberField

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
    again_reason = TextAreaField(
        _l("Lý do bỏ phiếu lại"),
        [_at_most(2000)],
        description=_l("Kỳ họp trước đã bỏ phiếu về hồ sơ này."),
    )
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


class Line(Protocol):
    """One line of a ballot: a form of discipline, or what may become of a complaint."""

    @property
    def id(self) -> str: ...

    @property
    def label(self) -> str: ...


def tally_form(lines: Iterable[Line]) -> type[FlaskForm]:
    """The slips and one number per line of the ballot, in fields `votes_<id>`, in their order."""
    fields: dict[str, Any] = {
        "issued": _count(_l("Số phiếu phát ra")),
        "returned": _count(_l("Số phiếu thu về")),
        "valid": _count(_l("Số phiếu hợp lệ")),
        "invalid": _count(_l("Số phiếu không hợp lệ")),
    }
    return type("TallyForm", (FlaskForm,), fields | _votes(lines))


def outside_vote_form(lines: Iterable[Line], *, correcting: bool) -> type[FlaskForm]:
    """What the minutes of another body's vote say; correcting asks why."""
    asked: dict[str, Any] = {
        "body_name": StringField(
            _l("Tổ chức đảng bỏ phiếu"), [REQUIRED, _at_most(200)],
            description=_l("Ví dụ: Chi bộ Văn phòng; Ban Thường vụ Đảng ủy xã An Bình"),
        ),
        "held_on": DayField(_l("Ngày họp"), [REQUIRED], render_kw=DAY_KEYWORDS),
        "minutes_note": StringField(_l("Biên bản kiểm phiếu (số, ngày)"), [_at_most(200)]),
        "base_total": _count(
            _l("Tổng số đảng viên chính thức, thành viên"),
            _l("Ngưỡng tính trên tổng số, không tính theo số có mặt (V-07)."),
        ),
        "present": _count(_l("Số người có mặt, được bỏ phiếu")),
        "invalid": _count(_l("Số phiếu không hợp lệ")),
        "subject_in_body": BooleanField(
            _l("Đối tượng là thành viên của tổ chức bỏ phiếu"),
            description=_l("Văn bản chưa rõ có tính đối tượng vào tổng số hay không (V-08)."),
        ),
    }  # fmt: skip
    if correcting:
        asked["reason"] = TextAreaField(_l("Lý do sửa"), [REQUIRED, _at_most(2000)])
    return type("OutsideVoteForm", (FlaskForm,), asked | _votes(lines))


def _votes(lines: Iterable[Line]) -> dict[str, NumberField]:
    return {f"votes_{line.id}": _count(_l("Số phiếu: %(form)s", form=line.label)) for line in lines}


def _count(label: LazyString, text: LazyString | str = "") -> NumberField:
    keywords = {"inputmode": "numeric", "autocomplete": "off"}
    return NumberField(label, [REQUIRED], description=text, render_kw=keywords)
