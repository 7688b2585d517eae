"""Register R06, the discipline decisions, with the columns of the paper book (forms.md R06)."""

from collections.abc import Sequence
from typing import Final

from cases.decisions.models import Decision
from cases.definitions import rules
from cases.lifecycle.terms import violation_groups
from cases.parties.labels import MANAGEMENT
from cases.sessions.terms import SUBJECT_KINDS
from cases.workbook import Column

TITLE: Final = "SỔ ĐĂNG KÝ QUYẾT ĐỊNH KỶ LUẬT"


def penalty_label(decision: Decision, penalty: str) -> str:
    return rules().penalty(penalty, SUBJECT_KINDS[decision.subject_kind]).label if penalty else ""


def _violation(decision: Decision) -> str:
    group = violation_groups(decision.subject_kind).get(decision.group, decision.group)
    return f"{decision.violation} ({group})" if group and decision.violation else decision.violation or group


def _origin(decision: Decision) -> str:
    """The way by which the violation came up: the procedure of the case, or what the old register says."""
    names = {edition.code: edition.short_name for edition in rules().procedures}
    return names.get(decision.origin, decision.origin)


def _form(decision: Decision) -> str:
    label = penalty_label(decision, decision.penalty)
    return f"{label} ({decision.removed_post})" if decision.removed_post else label


def _note(decision: Decision) -> str:
    refused = f"Không nhận quyết định: {decision.refusal}" if decision.refusal else ""
    return "; ".join(part for part in (refused, decision.note) if part)


COLUMNS: Final[Sequence[Column[Decision]]] = (
    Column("Số quyết định", 18, lambda one: one.number_text),
    Column("Ngày", 12, lambda one: one.signed_on),
    Column("Đối tượng (đảng viên, tổ chức đảng)", 28, lambda one: one.subject_name),
    Column("Ngày sinh", 12, lambda one: one.birth_date),
    Column("Chức vụ", 24, lambda one: one.post),
    Column("Đơn vị", 28, lambda one: one.unit),
    Column("Diện quản lý", 22, lambda one: str(MANAGEMENT.get(one.managed_by, one.managed_by))),
    Column("Nội dung vi phạm (nhóm thống kê)", 50, _violation),
    Column("Hình thức", 18, _form),
    Column("Cấp quyết định", 26, lambda one: one.deciding_body),
    Column("Nguồn", 22, _origin),
    Column("Ngày công bố", 12, lambda one: one.announced_on),
    Column("Ngày đối tượng nhận", 12, lambda one: one.received_on),
    Column("Khiếu nại", 22, lambda one: one.complaint),
    Column("Thay đổi hình thức", 18, lambda one: penalty_label(one, one.changed_to)),
    Column("Ngày hết hiệu lực", 12, lambda one: one.ends_on),
    Column("Ghi chú", 28, _note),
)
