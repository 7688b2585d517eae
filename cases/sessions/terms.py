"""Words of sessions and ballots, and the stored values read back as terms."""

from procedures.schema import SubjectKind, VoteKind

SUBJECT_KINDS = {kind.value: kind for kind in SubjectKind}
STAGES = {kind.value: kind for kind in (VoteKind.PROPOSE, VoteKind.DECIDE)}
STAGE_NAMES = {
    VoteKind.PROPOSE.value: "Bỏ phiếu đề nghị thi hành kỷ luật",
    VoteKind.DECIDE.value: "Bỏ phiếu quyết định thi hành kỷ luật",
}
COMPLAINT_STAGE_NAMES = {
    VoteKind.PROPOSE.value: "Bỏ phiếu đề nghị giải quyết khiếu nại",
    VoteKind.DECIDE.value: "Bỏ phiếu quyết định giải quyết khiếu nại",
}
SESSION_STATES = {"planned": "Chưa khai mạc", "open": "Đang họp", "closed": "Đã bế mạc"}
ITEM_STATES = {"planned": "Chưa kết luận", "concluded": "Đã kết luận", "postponed": "Đã hoãn"}
BALLOT_STATES = {"open": "Chờ kiểm phiếu", "counted": "Đã kiểm phiếu"}
TELLER_DUTIES = {"head": "Tổ trưởng", "secretary": "Thư ký", "member": "Thành viên"}
