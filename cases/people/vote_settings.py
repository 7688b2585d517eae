"""What a commission chose where the rules on voting are open (V-06, V-08, V-09), in words for its members."""

from dataclasses import dataclass
from typing import Final

from cases.definitions import rules
from cases.people.models import Commission
from procedures.schema import OpenPoint

NO_MAJORITY: Final = "V-06"
SUBJECT_IN_BASE: Final = "V-08"
REVOTE: Final = "V-09"

WORDS: Final = {
    ("V-06", "not_enough_votes"): "ghi “không đủ phiếu”, xin ý kiến trước khi làm tiếp",
    ("V-06", "vote_again"): "bỏ phiếu lại ở một kỳ họp khác; bước bỏ phiếu chưa xong",
    ("V-06", "ask_superior"): "báo cáo cấp ủy, Ủy ban Kiểm tra cấp trên cho ý kiến",
    ("V-08", "excluded"): "đối tượng không bỏ phiếu và không tính vào tổng số",
    ("V-08", "in_base_without_vote"): "đối tượng tính vào tổng số nhưng không bỏ phiếu",
    ("V-08", "in_base_with_vote"): "đối tượng tính vào tổng số và được bỏ phiếu",
    ("V-09", "ask_each_time"): "bỏ phiếu lại được khi ghi lý do từng lần",
    ("V-09", "never"): "không bỏ phiếu lại",
    ("V-09", "always"): "được bỏ phiếu lại",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """One open point with the commission's answer; `own` is false while it is only the default."""

    point: OpenPoint
    choice: str
    own: bool

    @property
    def words(self) -> str:
        return choice_words(self.point, self.choice)

    @property
    def line(self) -> str:
        """The answer as a sentence that says whose it is."""
        whose = "Ủy ban đã chọn" if self.own else "mặc định, Ủy ban chưa chọn"
        return f"{self.point.id}: {self.point.label} – {self.words} ({whose}; văn bản chưa rõ)."


def vote_points() -> tuple[OpenPoint, ...]:
    """The open points on voting."""
    return rules().open_points


def chosen(commission: Commission, point_id: str) -> Chosen:
    """The commission's answer to an open point, or the default the rules state."""
    point = next(point for point in vote_points() if point.id == point_id)
    answer = str(commission.settings.get(point.setting, ""))
    own = answer in point.choices
    return Chosen(point, answer if own else point.default, own)


def choice_words(point: OpenPoint, choice: str) -> str:
    """A choice in words; a choice that a local rule file adds stands as it is written there."""
    return WORDS.get((point.id, choice), choice)
