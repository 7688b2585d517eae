"""Words for what a case holds: conclusions, violation groups, states, origins."""

import tomllib
from functools import cache
from pathlib import Path

CONCLUSIONS = {
    "false": "Tố cáo sai",
    "unfounded": "Không có cơ sở, không đủ căn cứ kết luận",
    "true_shortcoming": "Tố cáo đúng, có khuyết điểm",
    "true_violation": "Tố cáo đúng, có vi phạm",
}
STATES = {
    "open": "Đang giải quyết",
    "suspended": "Tạm đình chỉ",
    "switched": "Đã chuyển quy trình",
    "closed": "Đã kết thúc",
}
ORIGINS = {
    "letter": "Đơn thư",
    "programme": "Chương trình kiểm tra, giám sát",
    "branch": "Hồ sơ khác",
    "other": "Nguồn khác",
}
BRANCHES = {
    "switch": "chuyển quy trình",
    "dual": "quy trình kép",
    "discipline": "thi hành kỷ luật",
    "referral": "đề nghị cấp có thẩm quyền",
    "suspension": "đình chỉ sinh hoạt, hoạt động",
    "inspection": "kiểm tra khi có dấu hiệu vi phạm",
    "restoration": "xin lỗi, phục hồi quyền lợi",
}
SECRECY = {"none": "Không", "mat": "Mật", "toi_mat": "Tối mật", "tuyet_mat": "Tuyệt mật"}
URGENCY = {"none": "Thường", "khan": "Khẩn", "thuong_khan": "Thượng khẩn", "hoa_toc": "Hỏa tốc"}


@cache
def violation_groups(kind: str) -> dict[str, str]:
    """The statistical groups of violations for members or bodies: id → label."""
    path = Path(__file__).with_name("violation_groups.toml")
    groups: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return groups[kind]
