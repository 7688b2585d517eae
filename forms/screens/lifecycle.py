"""Screen forms about cases. Values are judged by the operations; these only say what can be typed."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from flask_babel import LazyString, lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from forms.fields import DAY_KEYWORDS, DayField, LinesField

HOW_TO_FIND = _l("Gõ tên, bấm “Tìm đối tượng”, rồi chọn trong danh sách")
ENDED_HELP = _l("Thời hiệu kỷ luật tính từ ngày này")
REQUIRED = InputRequired(_l("Chưa điền mục này."))
Pairs = Iterable[tuple[Any, Any]]
AnyForm = TypeVar("AnyForm", bound=FlaskForm)


def at_most(length: int) -> Length:
    return Length(max=length, message=_l("Dài quá %(max)d ký tự."))


def pick(pairs: Pairs) -> list[SelectChoice]:
    """Choices of a list, radio or checkbox field from (value, label) pairs."""
    return [SelectChoice(str(value), str(label)) for value, label in pairs]


def day(label: LazyString, *checks: object, text: LazyString | str = "") -> DayField:
    return DayField(label, checks, render_kw=DAY_KEYWORDS, description=text)


def select(label: LazyString, *checks: object, text: LazyString | str = "") -> SelectField:
    """One of a list; the operation refuses a value the list did not offer."""
    return SelectField(label, checks, choices=[], validate_choice=False, description=text)


def radio(label: LazyString, *checks: object, text: LazyString | str = "") -> RadioField:
    return RadioField(label, checks, choices=[], validate_choice=False, description=text)


def several(label: LazyString, text: LazyString | str = "") -> SelectMultipleField:
    return SelectMultipleField(
        label, choices=[], validate_choice=False, description=text,
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip


def words(label: LazyString, *checks: object, text: LazyString | str = "", rows: int = 3) -> TextAreaField:
    return TextAreaField(label, [*checks, at_most(5000)], description=text, render_kw={"rows": rows})


class SubjectRow(Form):
    """One subject: typed, searched without tones, then chosen or left as a name only."""

    name = StringField(_l("Họ tên hoặc số thẻ đảng"), [at_most(300)])
    found = select(
        _l("Chọn đúng đối tượng"), text=_l("Gõ tên, bấm “Tìm đối tượng”, rồi chọn trong danh sách")
    )
    unit = StringField(
        _l("Chức vụ, đơn vị"),
        [at_most(300)],
        description=_l("Chỉ cần khi đối tượng không có trong danh sách"),
    )


class SubjectForm(FlaskForm):
    """One subject on a page of its own."""

    name = StringField(_l("Họ tên hoặc số thẻ đảng"), [at_most(300)])
    found = select(_l("Chọn đúng đối tượng"), text=HOW_TO_FIND)
    unit = StringField(_l("Chức vụ, đơn vị"), [at_most(300)])


class NewCaseForm(FlaskForm):
    """A case in the order in which it is decided: from what, by which procedure, on whom, by whom."""

    letters = several(_l("Mở từ đơn"), _l("Chỉ hiện đơn đã có quyết định thụ lý và chưa có hồ sơ"))
    programme_item = select(_l("Theo chương trình"))
    started_on = day(
        _l("Ngày bắt đầu"), REQUIRED,
        text=_l("Ngày tổ chức có thẩm quyền nhận đơn, hoặc ngày đề xuất; quy trình áp dụng theo ngày này"),
    )  # fmt: skip
    procedure = radio(_l("Quy trình"), REQUIRED)
    run_by = select(_l("Do ai tiến hành"), text=_l("Để trống: theo quy trình. Ai tiến hành thì người đó ký"))
    subjects = FieldList(FormField(SubjectRow), label=_l("Đối tượng"), min_entries=1, max_entries=20)
    title = StringField(
        _l("Tên vụ việc"), [at_most(400)], description=_l("Để trống thì đặt theo quy trình và đối tượng")
    )
    scope = words(_l("Nội dung kiểm tra, xác minh"))
    allegations = LinesField(
        _l("Nội dung tố cáo, dấu hiệu vi phạm"),
        description=_l("Mỗi dòng một nội dung"),
        render_kw={"rows": 4},
    )
    period_from = day(_l("Mốc thời gian từ ngày"))
    period_to = day(_l("Mốc thời gian đến ngày"))
    directing = select(_l("Thành viên Ủy ban chỉ đạo"))
    head = select(_l("Trưởng đoàn"), REQUIRED)
    deputy = select(_l("Phó Trưởng đoàn"))
    secretary = select(_l("Thư ký"))
    members = several(_l("Thành viên"))
    secrecy = select(_l("Độ mật"))
    urgency = select(_l("Độ khẩn"))


class TeamForm(FlaskForm):
    head = select(_l("Trưởng đoàn"), REQUIRED)
    deputy = select(_l("Phó Trưởng đoàn"))
    secretary = select(_l("Thư ký"))
    members = several(_l("Thành viên"))


class DirectingForm(FlaskForm):
    directing = select(_l("Thành viên Ủy ban chỉ đạo"), REQUIRED)


class ConflictForm(FlaskForm):
    user_id = select(_l("Người có xung đột lợi ích"), REQUIRED)
    reason = words(_l("Lý do"), REQUIRED)


class LetterChoiceForm(FlaskForm):
    letter_id = select(_l("Đơn đưa vào hồ sơ"), REQUIRED)


class ReasonForm(FlaskForm):
    """An act that needs nothing but its reason."""

    reason = words(_l("Lý do"), REQUIRED)


class RepeatForm(FlaskForm):
    reason = words(_l("Nội dung làm thêm"))


class ReturnForm(FlaskForm):
    to = select(_l("Trả lại bước"), REQUIRED)
    reason = words(_l("Lý do"), REQUIRED)


class CompleteForm(FlaskForm):
    on = day(_l("Ngày thực hiện"), REQUIRED)
    note = words(_l("Kết quả, ghi chú"))


def with_papers(form: type[AnyForm], lacking: Sequence[tuple[str, str]]) -> type[AnyForm]:
    """The form with one more field for each required paper (code, name) not issued: why it is not needed."""
    fields = {
        paper_field(code): StringField(
            _l("Lý do không cần văn bản %(code)s – %(name)s", code=code, name=name), [at_most(500)]
        )
        for code, name in lacking
    }
    return type(form.__name__, (form,), fields)


def paper_field(code: str) -> str:
    return f"without_{code}"


def another_subject() -> tuple[StringField, SelectField, StringField]:
    """A subject of a new case who was not in this one, such as a member answerable for a body."""
    return (
        StringField(_l("Đối tượng khác (nếu có)"), [at_most(300)], description=HOW_TO_FIND),
        select(_l("Chọn đúng đối tượng khác")),
        StringField(_l("Chức vụ, đơn vị của đối tượng khác"), [at_most(300)]),
    )


class BranchForm(FlaskForm):
    """Going on under another procedure."""

    to = select(_l("Quy trình chuyển sang"), REQUIRED)
    name, found, unit = another_subject()
    reason = words(_l("Lý do"), REQUIRED)


class HoldForm(FlaskForm):
    """Letting a case stand still."""

    held_from = day(_l("Tạm dừng từ ngày"), REQUIRED)
    reason_code = radio(_l("Vì"), REQUIRED)
    reason = words(_l("Lý do cụ thể"), REQUIRED)


class GoOnForm(FlaskForm):
    """Taking up a case that stood still."""

    on = day(_l("Tiếp tục từ ngày"), REQUIRED)
    reason = words(_l("Lý do"), REQUIRED)


class EditionSwitchForm(FlaskForm):
    """Going on under another edition of the procedure."""

    to = select(_l("Áp dụng bản quy trình"), REQUIRED)
    document = StringField(_l("Số, ngày văn bản quyết định"), [at_most(200)])
    reason = words(_l("Lý do"), text=_l("Bắt buộc khi quyết định chuyển"))


class OtherCaseForm(FlaskForm):
    """A case opened beside this one on some of its parties."""

    to = select(_l("Quy trình"), REQUIRED)
    party_ids = several(_l("Đối tượng chuyển sang hồ sơ mới"))
    name, found, unit = another_subject()
    reason = words(_l("Lý do"), REQUIRED)


class CloseForm(FlaskForm):
    outcome = radio(_l("Kết quả của vụ việc"), REQUIRED)
    note = words(_l("Ghi chú"))


class AllegationForm(FlaskForm):
    text = words(_l("Nội dung"), REQUIRED, rows=4)
    ended_on = day(_l("Ngày chấm dứt hành vi (nếu biết)"), text=ENDED_HELP)


class ConclusionForm(FlaskForm):
    conclusion = radio(_l("Kết luận"), REQUIRED)
    verified = words(_l("Kết quả thẩm tra, xác minh"), REQUIRED, rows=5)
    evidence_note = words(_l("Chứng cứ, bút lục"))
    ended_on = day(_l("Ngày chấm dứt hành vi (nếu biết)"), text=ENDED_HELP)


class FindingForm(FlaskForm):
    party_id = select(_l("Đối tượng"))
    text = words(_l("Hành vi, nội dung vi phạm"), REQUIRED, rows=4)
    rule_broken = words(_l("Quy định bị vi phạm"))
    group = select(_l("Nhóm nội dung vi phạm"))
    ended_on = day(_l("Ngày chấm dứt vi phạm"))
    detected_on = day(_l("Ngày phát hiện"))
    disciplinary = BooleanField(_l("Đến mức phải xem xét kỷ luật"))
    no_limit_ground = select(
        _l("Không áp dụng thời hiệu vì"), text=_l("Chỉ chọn khi vi phạm thuộc một trong các trường hợp này")
    )


class FindingDaysForm(FlaskForm):
    """When a violation ended and when it was found out."""

    ended_on = day(_l("Ngày chấm dứt vi phạm"), text=ENDED_HELP)
    detected_on = day(_l("Ngày phát hiện"), text=_l("Chỉ dùng khi không rõ ngày chấm dứt vi phạm"))


class PostponementForm(FlaskForm):
    """A time in which a party may not be disciplined yet."""

    party_id = select(_l("Đối tượng"), REQUIRED)
    ground = radio(_l("Lý do"), REQUIRED)
    from_on = day(_l("Từ ngày"), REQUIRED)
    to_on = day(_l("Đến hết ngày"), text=_l("Để trống khi chưa biết ngày kết thúc"))
    document = StringField(
        _l("Giấy tờ chứng minh"), [REQUIRED, at_most(200)],
        description=_l("Ví dụ: Giấy chứng nhận điều trị nội trú, Bệnh viện đa khoa tỉnh, 05/11/2026"),
    )  # fmt: skip
    reason = words(_l("Lý do cụ thể"), REQUIRED)


class EndPostponementForm(FlaskForm):
    on = day(_l("Ngày cuối cùng"), REQUIRED, text=_l("Ngày này vẫn chưa tính vào thời hiệu"))


class LiftPostponementForm(FlaskForm):
    on = day(_l("Ngày nhận đề nghị bằng văn bản"), REQUIRED, text=_l("Thời hiệu tính tiếp từ ngày sau đó"))
    document = StringField(_l("Đơn, văn bản đề nghị"), [REQUIRED, at_most(100)])


class FollowUpForm(FlaskForm):
    text = words(_l("Yêu cầu của kết luận"), REQUIRED)
    responsible = StringField(_l("Nơi thực hiện"), [REQUIRED, at_most(300)])
    due_on = day(_l("Hạn thực hiện"))


class FollowUpDoneForm(FlaskForm):
    done_on = day(_l("Ngày hoàn thành"), REQUIRED)
    done_note = words(_l("Kết quả thực hiện"), REQUIRED)
