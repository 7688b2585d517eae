"""The closed vocabularies of the rules, each term with its official Vietnamese label."""

from __future__ import annotations

from enum import StrEnum


class Term(StrEnum):
    """A value stored in data and rule files, with the words shown to people in ``label``."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Term:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Role(Term):
    """What a user of the commission may be."""

    CLERK = "clerk", "Văn thư – tiếp nhận"
    INSPECTOR = "inspector", "Kiểm tra viên"
    TEAM_HEAD = "team_head", "Trưởng đoàn"
    HEAD_OF_SECTION = "head_of_section", "Trưởng phòng, Chánh Văn phòng"
    COMMISSIONER = "commissioner", "Ủy viên Ủy ban Kiểm tra"
    CHAIR = "chair", "Thường trực Ủy ban Kiểm tra"
    STATISTICIAN = "statistician", "Cán bộ tổng hợp, thống kê"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"


class StepActor(Term):
    """Who does a step in life; ``recorder`` is the role that records it in the system."""

    CLERK = "clerk", "Văn thư – tiếp nhận"
    INSPECTOR = "inspector", "Kiểm tra viên"
    TEAM_HEAD = "team_head", "Trưởng đoàn"
    TEAM = "team", "Đoàn kiểm tra"
    HEAD_OF_SECTION = "head_of_section", "Trưởng phòng, Chánh Văn phòng"
    COMMISSIONER = "commissioner", "Thành viên Ủy ban chỉ đạo"
    CHAIR = "chair", "Thường trực Ủy ban Kiểm tra"
    COMMISSION = "commission", "Tập thể Ủy ban Kiểm tra"
    PARTY_BODY = "party_body", "Tổ chức đảng có liên quan"
    SUBJECT = "subject", "Đối tượng kiểm tra"
    COMMITTEE = "committee", "Cấp ủy, ban thường vụ cấp ủy"
    ADVISORY = "advisory", "Cơ quan tham mưu của cấp ủy"

    @property
    def recorder(self) -> Role:
        """The role that records the step: its own, or the one standing for a body or an outsider."""
        return _RECORDERS.get(self) or Role[self.name]


_RECORDERS: dict[StepActor, Role] = {
    StepActor.TEAM: Role.TEAM_HEAD,
    StepActor.COMMISSION: Role.CHAIR,
    StepActor.PARTY_BODY: Role.TEAM_HEAD,
    StepActor.SUBJECT: Role.INSPECTOR,
    StepActor.COMMITTEE: Role.HEAD_OF_SECTION,
    StepActor.ADVISORY: Role.INSPECTOR,
}


class StepType(Term):
    """The canonical steps every procedure is made of."""

    INTAKE = "INTAKE", "Tiếp nhận, phân loại"
    PROPOSE = "PROPOSE", "Đề xuất"
    LETTER_MEET = "LETTER_MEET", "Làm việc với người gửi đơn"
    DECIDE = "DECIDE", "Ban hành quyết định, kế hoạch"
    TEAM_PREP = "TEAM_PREP", "Đoàn chuẩn bị"
    ANNOUNCE = "ANNOUNCE", "Triển khai quyết định, kế hoạch"
    SELF_REPORT = "SELF_REPORT", "Báo cáo của đối tượng"
    VERIFY = "VERIFY", "Thẩm tra, xác minh"
    CONSULT = "CONSULT", "Trao đổi, lấy ý kiến"
    ADJUST = "ADJUST", "Điều chỉnh, gia hạn"
    EXPERT = "EXPERT", "Trưng cầu giám định, phối hợp"
    DUAL = "DUAL", "Quy trình kép"
    SWITCH = "SWITCH", "Chuyển sang kiểm tra khi có dấu hiệu vi phạm"
    SUSPEND = "SUSPEND", "Đình chỉ"
    DRAFT = "DRAFT", "Dự thảo báo cáo"
    MEETING = "MEETING", "Hội nghị tổ chức đảng"
    FINALISE = "FINALISE", "Hoàn chỉnh, báo cáo người chỉ đạo"
    HEAR = "HEAR", "Nghe đối tượng trình bày"
    SESSION = "SESSION", "Kỳ họp xem xét, kết luận"
    VOTE = "VOTE", "Bỏ phiếu kín"
    REFER = "REFER", "Chuyển, đề nghị, kiến nghị"
    SIGN = "SIGN", "Ký ban hành"
    PUBLISH = "PUBLISH", "Triển khai, công bố"
    REVIEW = "REVIEW", "Họp rút kinh nghiệm"
    ARCHIVE = "ARCHIVE", "Lập, nộp lưu hồ sơ"
    FOLLOW = "FOLLOW", "Theo dõi thực hiện"
    RESTORE = "RESTORE", "Xin lỗi, phục hồi quyền lợi"


class EventType(Term):
    """Dated facts that start or meet a time limit."""

    LETTER_RECEIVED = "letter_received", "Ngày tổ chức có thẩm quyền nhận đơn"
    LETTER_CLASSIFIED = "letter_classified", "Ngày phân loại, đề xuất xử lý đơn"
    LETTER_FORWARDED = "letter_forwarded", "Ngày chuyển đơn"
    ACCEPTANCE_NOTIFIED = "acceptance_notified", "Ngày báo việc thụ lý cho người gửi đơn"
    CASE_OPENED = "case_opened", "Ngày mở hồ sơ vụ việc"
    PLAN_SIGNED = "plan_signed", "Ngày ký kế hoạch"
    TEAM_DECISION_SIGNED = "team_decision_signed", "Ngày ký quyết định thành lập đoàn"
    TEAM_DECISION_ANNOUNCED = "team_decision_announced", "Ngày triển khai quyết định, kế hoạch"
    SELF_REPORT_RECEIVED = "self_report_received", "Ngày nhận báo cáo của đối tượng"
    REPORT_FINALISED = "report_finalised", "Ngày hoàn chỉnh báo cáo kết quả"
    SESSION_HELD = "session_held", "Ngày họp Ủy ban"
    VOTE_RESULT_ANNOUNCED = "vote_result_announced", "Ngày công bố kết quả bỏ phiếu"
    CONCLUSION_SIGNED = "conclusion_signed", "Ngày ký thông báo kết luận"
    CONCLUSION_NOTICED = "conclusion_noticed", "Ngày thông báo kết luận"
    CONCLUSION_CARRIED_OUT = "conclusion_carried_out", "Ngày thực hiện xong kết luận"
    DENOUNCER_INFORMED = "denouncer_informed", "Ngày báo kết quả cho người tố cáo"
    DECISION_SIGNED = "decision_signed", "Ngày ký quyết định"
    DECISION_ANNOUNCED = "decision_announced", "Ngày công bố quyết định"
    DECISION_RECEIVED = "decision_received", "Ngày nhận quyết định"
    DECISION_IN_FORCE = "decision_in_force", "Ngày quyết định có hiệu lực"
    DECISION_EXPIRED = "decision_expired", "Ngày quyết định hết hiệu lực"
    COMPLAINT_LODGED = "complaint_lodged", "Ngày gửi đơn khiếu nại"
    COMPLAINT_RECEIVED = "complaint_received", "Ngày nhận đơn khiếu nại"
    COMPLAINT_SETTLED = "complaint_settled", "Ngày giải quyết khiếu nại"
    SUSPENSION_STARTED = "suspension_started", "Ngày bắt đầu đình chỉ"
    SUSPENSION_ENDED = "suspension_ended", "Ngày chấm dứt đình chỉ"
    LIMIT_ENDED = "limit_ended", "Ngày hết thời hạn"
    VIOLATION_ENDED = "violation_ended", "Ngày chấm dứt hành vi vi phạm"
    VIOLATION_CONCLUDED = "violation_concluded", "Ngày kết luận vi phạm đến mức kỷ luật"
    STATE_DECISION_SIGNED = "state_decision_signed", "Ngày cơ quan nhà nước quyết định"
    STATE_NOTICE_RECEIVED = "state_notice_received", "Ngày nhận thông báo của cơ quan nhà nước"
    STATE_DISCIPLINE_DECIDED = "state_discipline_decided", "Ngày kỷ luật hành chính"
    FRONT_REPORT_RECEIVED = "front_report_received", "Ngày nhận văn bản của Mặt trận"
    FRONT_REPORT_ANSWERED = "front_report_answered", "Ngày trả lời Mặt trận"
    CONGRESS_OPENED = "congress_opened", "Ngày khai mạc đại hội"
    FILE_ARCHIVED = "file_archived", "Ngày nộp lưu hồ sơ"
    CASE_CLOSED = "case_closed", "Ngày kết thúc hồ sơ vụ việc"


class Stage(Term):
    CB = "CB", "Bước chuẩn bị"
    TH = "TH", "Bước tiến hành"
    KT = "KT", "Bước kết thúc"


class Unit(Term):
    CALENDAR_DAY = "calendar_day", "ngày"
    WORKING_DAY = "working_day", "ngày làm việc"
    MONTH = "month", "tháng"


class Confidence(Term):
    """How well a fact is known; it stays with the fact wherever it is shown."""

    SOURCE = "source", "đã đọc trong văn bản"
    SECONDARY = "secondary", "theo tài liệu dẫn lại, chưa xác nhận"
    INFERRED = "inferred", "suy ra, chưa xác nhận"
    UNKNOWN = "unknown", "chưa rõ, chưa xác nhận"


class RollPolicy(Term):
    """What happens when the last day is a day off."""

    KEEP = "keep", "giữ nguyên ngày cuối"
    NEXT_WORKING_DAY = "next_working_day", "lùi sang ngày làm việc kế tiếp"
    SHOW_BOTH = "show_both", "hiện cả hai ngày, nhắc theo ngày sớm hơn"


class PauseReason(Term):
    """Why a clock may stand still; each limit lists the ones it allows."""

    POSTPONEMENT = "postponement", "chưa xem xét kỷ luật (thai sản, nuôi con nhỏ, ốm nặng)"
    CRIMINAL_PROCEEDINGS = "criminal_proceedings", "đang điều tra, truy tố, xét xử"
    EXPERT_OPINION = "expert_opinion", "chờ kết quả giám định"
    FORCE_MAJEURE = "force_majeure", "bất khả kháng (thiên tai, dịch bệnh)"


class Measure(Term):
    """Where the length of a limit comes from."""

    NUMBER = "number", "theo số ngày, tháng quy định"
    PLAN_DATE = "plan_date", "theo ngày ghi trong kế hoạch hoặc kết luận"
    NONE = "none", "không giới hạn thời gian"


class Level(Term):
    """Party levels; DISTRICT stays for cases older than the two-tier change."""

    CENTRAL = "central", "Trung ương"
    PROVINCE = "province", "tỉnh ủy, thành ủy"
    DISTRICT = "district", "huyện ủy (trước 01/7/2025)"
    SUPERIOR = "superior", "cấp trên trực tiếp của tổ chức cơ sở đảng"
    GRASSROOTS = "grassroots", "tổ chức cơ sở đảng"
    CELL = "cell", "chi bộ"


class SubjectKind(Term):
    MEMBER = "member", "đảng viên"
    BODY = "body", "tổ chức đảng"


class Owner(Term):
    COMMISSION = "commission", "Ủy ban Kiểm tra"
    COMMITTEE = "committee", "cấp ủy, ban thường vụ cấp ủy"
    ADVISORY = "advisory", "cơ quan tham mưu của cấp ủy"
    CELL = "cell", "chi bộ"


class LinkKind(Term):
    """How one case leads to another; only a switch ends the case it leaves."""

    SWITCH = "switch", "chuyển sang quy trình khác"
    DUAL = "dual", "quy trình kép"
    DISCIPLINE = "discipline", "chuyển xem xét, thi hành kỷ luật"
    REFERRAL = "referral", "đề nghị, chuyển cấp có thẩm quyền"
    SUSPENSION = "suspension", "đình chỉ sinh hoạt, hoạt động"
    INSPECTION = "inspection", "mở kiểm tra khi có dấu hiệu vi phạm"
    RESTORATION = "restoration", "xin lỗi, phục hồi quyền lợi"


class Carried(Term):
    """What goes along when one case opens another."""

    PARTIES = "parties", "đối tượng, người liên quan"
    EVIDENCE = "evidence", "tài liệu, chứng cứ"
    ALLEGATIONS = "allegations", "nội dung tố cáo, dấu hiệu vi phạm"
    FINDINGS = "findings", "kết quả thẩm tra, xác minh"
    TEAM = "team", "đoàn kiểm tra"


class VoteKind(Term):
    PROPOSE = "propose", "bỏ phiếu đề nghị"
    DECIDE = "decide", "bỏ phiếu quyết định"
    CONCLUDE = "conclude", "biểu quyết kết luận"


class LetterKind(Term):
    DENUNCIATION = "denunciation", "tố cáo"
    COMPLAINT = "complaint", "khiếu nại"
    FEEDBACK = "feedback", "phản ánh"
    PETITION = "petition", "kiến nghị"
    MIXED = "mixed", "đơn có nhiều nội dung"


class IdentityStatus(Term):
    CLEAR = "clear", "rõ họ tên, địa chỉ"
    ANONYMOUS = "anonymous", "giấu tên"
    IMPERSONATED = "impersonated", "mạo tên"
    UNCLEAR = "unclear", "không rõ họ tên, địa chỉ"


class Origin(Term):
    """Where a case comes from."""

    LETTER = "letter", "đơn thư"
    PROGRAMME = "programme", "chương trình kiểm tra, giám sát"
    AREA_OFFICER = "area_officer", "cán bộ theo dõi địa bàn"
    SUPERVISION = "supervision", "giám sát"
    CASE = "case", "vụ việc khác"
    CONCLUSION = "conclusion", "kết luận của Ủy ban Kiểm tra"


class EligibilityCheck(Term):
    """What a pure function can compute about a letter before a person decides."""

    ANONYMOUS = "anonymous", "đơn giấu tên, mạo tên, không rõ địa chỉ"
    ANONYMOUS_BUT_SPECIFIC = "anonymous_but_specific", "đơn giấu tên nhưng có nội dung, đối tượng rõ"
    ALREADY_CONCLUDED = "already_concluded", "đã được cấp có thẩm quyền kết luận"
    WITHDRAWN_BEFORE = "withdrawn_before", "đã rút tố cáo, nay tố cáo lại"
    INCAPABLE_OR_SLANDER = "incapable_or_slander", "không có năng lực hành vi dân sự hoặc vu khống"
    COPY_OR_COSIGNED = "copy_or_cosigned", "bản sao chữ ký hoặc nhiều người cùng ký"
    WITHDRAWAL = "withdrawal", "người tố cáo xin rút đơn"
    MIXED = "mixed", "đơn vừa khiếu nại vừa tố cáo"
    COMPETENCE = "competence", "thẩm quyền giải quyết"
    BRANCH_SCOPE = "branch_scope", "phạm vi chi bộ được giải quyết"
    CONFIDENTIALITY = "confidentiality", "giữ bí mật người tố cáo"
    FOUR_CONCLUSIONS = "four_conclusions", "kết luận từng nội dung tố cáo"


class EligibilityEffect(Term):
    NOT_SETTLED = "not_settled", "không giải quyết theo quy trình tố cáo"
    USE_AS_INFORMATION = "use_as_information", "dùng làm thông tin để xem xét kiểm tra"
    STOP_OR_CONTINUE = "stop_or_continue", "xem xét dừng hoặc tiếp tục giải quyết"
    SPLIT = "split", "tách nội dung"
    ROUTE = "route", "chuyển đúng thẩm quyền"
    DUTY = "duty", "việc bắt buộc phải làm"


class PostponementEffect(Term):
    """What may be done about a subject while a ground of postponement holds."""

    NOT_YET = "not_yet", "chưa xem xét kỷ luật"
    CONCLUDE_FIRST = "conclude_first", "kết luận vi phạm, chưa thi hành kỷ luật"
    CONCLUDE_ONLY = "conclude_only", "kết luận vi phạm, không thi hành kỷ luật"


class PrincipleArea(Term):
    """What a rule that is not a time limit is about."""

    COUNTING = "counting", "cách tính thời hạn"
    DENUNCIATION = "denunciation", "đơn thư, tố cáo"
    COMPLAINT = "complaint", "khiếu nại kỷ luật đảng"
    EFFECT = "effect", "hiệu lực, công bố quyết định"
    LIMITATION = "limitation", "thời hiệu kỷ luật"
    POSTPONEMENT = "postponement", "chưa kỷ luật, không kỷ luật"
    SUSPENSION = "suspension", "đình chỉ sinh hoạt, hoạt động"
    VOTE = "vote", "bỏ phiếu"
    COMPETENCE = "competence", "hình thức, thẩm quyền kỷ luật"
    DURATION = "duration", "thời gian kiểm tra, giám sát"
    REPORT = "report", "báo cáo, thống kê"
    ARCHIVE = "archive", "hồ sơ, lưu trữ, việc khác"


class NoLimitGround(Term):
    """Violations to which no limitation applies (H-06)."""

    DIPLOMA = "diploma", "sử dụng văn bằng, chứng chỉ giả hoặc không hợp pháp"
    INTERNAL_POLITICS = "internal_politics", "vi phạm về chính trị nội bộ"
    NATIONAL_INTEREST = (
        "national_interest",
        "vi phạm xâm hại lợi ích quốc gia (quốc phòng, an ninh, đối ngoại)",
    )


class Severity(Term):
    INFO = "info", "thông tin"
    WARNING = "warning", "cảnh báo"
    ERROR = "error", "lỗi"
