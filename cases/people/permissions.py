"""Permissions and which role holds them. Whatever is not written here is denied."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from procedures.schema import Role


class Permission(StrEnum):
    label: str

    def __new__(cls, value: str, label: str) -> "Permission":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    SEE_HOME = "home.see", "Xem việc của mình"
    SEE_RULES = "rules.see", "Xem quy trình, quy định"
    SEE_LETTERS = "letters.see", "Xem đơn thư"
    LOG_LETTERS = "letters.log", "Vào sổ đơn"
    CLASSIFY_LETTERS = "letters.classify", "Phân loại, đề xuất xử lý đơn"
    DECIDE_LETTERS = "letters.decide", "Quyết định xử lý đơn"
    SEE_SENDERS = "letters.sender", "Xem danh tính người gửi đơn"
    EXPORT_LETTERS = "letters.export", "Kết xuất sổ đơn"
    SEE_CASES = "cases.see", "Xem hồ sơ vụ việc"
    OPEN_CASES = "cases.open", "Mở hồ sơ vụ việc"
    ASSIGN_CASES = "cases.assign", "Phân công đoàn và người chỉ đạo"
    RUN_CASES = "cases.run", "Thực hiện các bước của vụ việc"
    HOLD_CASES = "cases.hold", "Tạm dừng, tiếp tục hồ sơ"
    SWITCH_EDITIONS = "cases.switch_edition", "Chuyển bản quy trình áp dụng cho hồ sơ"
    REQUEST_DEADLINES = "deadlines.request", "Đề nghị gia hạn, tạm dừng"
    DECIDE_DEADLINES = "deadlines.decide", "Quyết định gia hạn, tạm dừng"
    SEE_CALENDAR = "calendar.see", "Xem lịch làm việc"
    EDIT_CALENDAR = "calendar.edit", "Sửa, xác nhận lịch làm việc"
    CONFIRM_RULES = "rules.confirm", "Xác nhận quy định"
    WRITE_DOCUMENTS = "documents.write", "Soạn văn bản"
    SEE_DOCUMENTS = "documents.see", "Xem văn bản"
    APPROVE_DOCUMENTS = "documents.approve", "Duyệt văn bản"
    ISSUE_DOCUMENTS = "documents.issue", "Lấy số, ban hành văn bản"
    SEE_SESSIONS = "sessions.see", "Xem kỳ họp"
    RUN_SESSIONS = "sessions.run", "Chuẩn bị, điều hành, ghi biên bản kỳ họp"
    COUNT_BALLOTS = "ballots.count", "Kiểm phiếu"
    SEE_DECISIONS = "decisions.see", "Xem sổ quyết định kỷ luật"
    RECORD_DECISIONS = "decisions.record", "Ghi, công bố quyết định kỷ luật"
    SEE_REGISTERS = "registers.see", "Xem, kết xuất sổ"
    SEE_PROGRAMME = "programme.see", "Xem chương trình kiểm tra, giám sát"
    IMPORT_REGISTERS = "imports.run", "Nhập sổ, sửa dòng nhập"
    SEE_PARTIES = "parties.see", "Xem tổ chức đảng, đảng viên"
    MANAGE_USERS = "users.manage", "Quản lý người dùng"
    MANAGE_COMMISSION = "commission.manage", "Quản lý thông tin ủy ban"
    SEE_JOURNAL = "journal.see", "Xem nhật ký hệ thống"


P = Permission
_EVERYBODY = {P.SEE_HOME, P.SEE_RULES, P.SEE_CALENDAR}
_CASE_WORK = {
    P.SEE_LETTERS, P.SEE_CASES, P.RUN_CASES, P.REQUEST_DEADLINES, P.WRITE_DOCUMENTS, P.SEE_DOCUMENTS,
    P.SEE_PARTIES, P.SEE_PROGRAMME, P.SEE_SESSIONS,
}  # fmt: skip

# fmt: off
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: frozenset(
        _EVERYBODY
        | {
            P.SEE_LETTERS, P.LOG_LETTERS, P.CLASSIFY_LETTERS, P.SEE_SENDERS, P.EXPORT_LETTERS, P.SEE_PARTIES,
            P.SEE_DOCUMENTS, P.ISSUE_DOCUMENTS, P.WRITE_DOCUMENTS, P.IMPORT_REGISTERS, P.SEE_REGISTERS,
            P.SEE_PROGRAMME, P.SEE_DECISIONS,
        }
    ),
    Role.INSPECTOR: frozenset(_EVERYBODY | _CASE_WORK | {P.CLASSIFY_LETTERS, P.OPEN_CASES}),
    Role.TEAM_HEAD: frozenset(
        _EVERYBODY | _CASE_WORK | {P.CLASSIFY_LETTERS, P.OPEN_CASES, P.APPROVE_DOCUMENTS}
    ),
    Role.HEAD_OF_SECTION: frozenset(
        _EVERYBODY
        | _CASE_WORK
        | {
            P.CLASSIFY_LETTERS, P.OPEN_CASES, P.ASSIGN_CASES, P.APPROVE_DOCUMENTS, P.SEE_SENDERS,
            P.SEE_REGISTERS,
            P.RUN_SESSIONS, P.COUNT_BALLOTS, P.SEE_DECISIONS, P.EXPORT_LETTERS,
        }
    ),
    Role.COMMISSIONER: frozenset(
        _EVERYBODY
        | {
            P.SEE_LETTERS, P.SEE_CASES, P.SEE_DOCUMENTS, P.APPROVE_DOCUMENTS, P.DECIDE_DEADLINES,
            P.HOLD_CASES, P.SEE_SESSIONS, P.SEE_PARTIES, P.SEE_PROGRAMME, P.SEE_DECISIONS, P.SEE_REGISTERS,
            P.COUNT_BALLOTS,
        }
    ),
    Role.CHAIR: frozenset(
        _EVERYBODY
        | {
            P.SEE_LETTERS, P.DECIDE_LETTERS, P.SEE_SENDERS, P.SEE_CASES, P.OPEN_CASES, P.ASSIGN_CASES,
            P.SEE_DOCUMENTS, P.APPROVE_DOCUMENTS, P.DECIDE_DEADLINES, P.HOLD_CASES, P.SWITCH_EDITIONS,
            P.SEE_SESSIONS, P.RUN_SESSIONS,
            P.COUNT_BALLOTS, P.SEE_PARTIES, P.SEE_PROGRAMME, P.SEE_DECISIONS, P.RECORD_DECISIONS,
            P.SEE_REGISTERS, P.CONFIRM_RULES, P.EDIT_CALENDAR, P.SEE_JOURNAL,
        }
    ),
    Role.STATISTICIAN: frozenset(
        _EVERYBODY | {P.SEE_REGISTERS, P.SEE_DECISIONS, P.SEE_PROGRAMME, P.SEE_PARTIES}
    ),
    Role.ADMINISTRATOR: frozenset(
        _EVERYBODY
        | {
            P.MANAGE_USERS, P.MANAGE_COMMISSION, P.SEE_JOURNAL, P.EDIT_CALENDAR, P.IMPORT_REGISTERS,
            P.SEE_PARTIES,
        }
    ),
}
# fmt: on


@cache
def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """All permissions of the given roles together."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))
