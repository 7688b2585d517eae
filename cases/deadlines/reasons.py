"""Words for the reasons a limit may be paused for; the limits say which of them they know."""

from cases.definitions import rules

_WORDS = {
    "expert_opinion": "Chờ kết quả giám định",
    "criminal_proceedings": "Cơ quan tố tụng đang giải quyết",
    "force_majeure": "Sự kiện bất khả kháng",
    "postponement": "Hoãn xem xét, xử lý kỷ luật",
}


def pause_reasons() -> dict[str, str]:
    """Every reason that some limit of the rule book names, with its words; an unnamed one shows its code."""
    codes = {code for limit in rules().time_limits for code in limit.pauses}
    return {code: _WORDS.get(code, code) for code in sorted(codes)} | {"other": "Lý do khác"}
