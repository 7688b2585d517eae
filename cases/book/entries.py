"""Everything in the rule book that can be looked up, as entries of one shape with their words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from cases.book.limits import LimitView
from cases.book.reading import FAMILIES, OTHER_FAMILY
from cases.text import fold
from forms.load import Catalogue
from procedures.schema import (
    Confidence,
    EligibilityRule,
    OpenPoint,
    Penalty,
    Principle,
    PrincipleArea,
    ProcedureEdition,
    Regulation,
    RuleBook,
    Step,
    TimeLimit,
    VotePrinciple,
    VoteRule,
)

KINDS: Final = {
    "limit": "Thời hạn",
    "principle": "Nguyên tắc",
    "vote": "Bỏ phiếu",
    "eligibility": "Điều kiện xem xét đơn",
    "penalty": "Hình thức kỷ luật",
    "regulation": "Văn bản",
    "step": "Bước của quy trình",
}
RULES: Final = frozenset({"limit", "principle", "vote", "eligibility", "penalty"})
"""Kinds that the commission can confirm: each has a page of its own."""
PROCEDURE_AREA: Final = "mốc do quy trình nêu"
# The letter before the dash says what a rule is about (procedures/time_limits.toml, first lines).
AREAS: Final = {
    "W": PrincipleArea.COUNTING, "T": PrincipleArea.DENUNCIATION, "K": PrincipleArea.COMPLAINT,
    "Q": PrincipleArea.EFFECT, "H": PrincipleArea.LIMITATION, "P": PrincipleArea.POSTPONEMENT,
    "D": PrincipleArea.SUSPENSION, "V": PrincipleArea.VOTE, "F": PrincipleArea.COMPETENCE,
    "I": PrincipleArea.DURATION, "R": PrincipleArea.REPORT, "L": PrincipleArea.ARCHIVE,
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One thing to find. `parts` are label and words; the first is its title. `edition` is that of a step."""

    kind: str
    id: str
    parts: tuple[tuple[str, str], ...]
    area: str
    confidence: Confidence | None
    provisional: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    edition: ProcedureEdition | None = None

    @property
    def title(self) -> str:
        return self.parts[0][1]

    @property
    def more(self) -> tuple[tuple[str, str], ...]:
        return tuple((label, words) for label, words in self.parts[1:] if words)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words of each part as they are searched; the id belongs to the title."""
        return (folded(f"{self.id} {self.title}"), *(folded(words) for _, words in self.parts[1:]))

    def in_force(self, on: date) -> bool:
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """`fold`, remembered: editions repeat each other's words."""
    return fold(text)


def entries_of(book: RuleBook, forms: Catalogue) -> Iterator[Entry]:
    """Every rule, text and step, in the order of `KINDS`."""
    yield from (_limit(one) for one in book.time_limits)
    yield from (_principle(one) for one in book.principles)
    yield from (_vote_rule(one) for one in book.vote_rules)
    yield from (_vote_principle(one) for one in book.vote_principles)
    yield from (_open_point(one) for one in book.open_points)
    yield from (_eligibility(one) for one in book.eligibility)
    yield from (_penalty(one) for one in book.penalties)
    yield from (_regulation(one) for one in book.regulations)
    for edition in book.procedures:
        yield from (_step(edition, step, forms) for step in edition.steps)


def _area(rule_id: str) -> str:
    area = AREAS.get(rule_id.partition("-")[0])
    return area.label if area else PROCEDURE_AREA


def _article(article: str | None, basis: str | None) -> tuple[str, str]:
    return "Căn cứ", ", ".join(filter(None, [article, basis]))


def _limit(one: TimeLimit) -> Entry:
    view = LimitView(one)
    parts = (
        ("Tên", one.label), ("Thời hạn", view.words), ("Tính từ", one.starts_on.label),
        ("Gia hạn", view.extension), ("Cấp", ", ".join(level.label for level in one.levels)),
        ("Đối tượng", ", ".join(kind.label for kind in one.subject_kinds)),
        _article(one.article, one.basis), ("Ghi chú", one.note or ""),
    )  # fmt: skip
    return Entry(
        "limit", one.id, parts, _area(one.id), one.confidence, one.provisional, one.valid_from, one.valid_to
    )


def _principle(one: Principle) -> Entry:
    parts = (
        ("Tên", one.label), ("Nội dung", one.text), ("Áp dụng thế nào", one.why_not_a_limit),
        _article(one.article, one.basis), ("Ghi chú", one.note or ""),
    )  # fmt: skip
    return Entry(
        "principle", one.id, parts, one.area.label, one.confidence, False, one.valid_from, one.valid_to
    )


def _vote_rule(one: VoteRule) -> Entry:
    share = f"{'hơn' if one.strict else 'ít nhất'} {one.numerator}/{one.denominator} tổng số thành viên"
    parts = (
        ("Tên", one.label), ("Ngưỡng", share), ("Loại phiếu", one.stage.label),
        _article(one.article, one.basis), ("Ghi chú", one.note or ""),
    )  # fmt: skip
    return Entry("vote", one.id, parts, _area(one.id), one.confidence, False, one.valid_from, one.valid_to)


def _vote_principle(one: VotePrinciple) -> Entry:
    parts = (("Tên", one.label), _article(None, one.basis))
    return Entry("vote", one.id, parts, _area(one.id), one.confidence)


def _open_point(one: OpenPoint) -> Entry:
    parts = (("Tên", one.label), ("Mặc định", one.default), ("Ghi chú", one.note))
    return Entry("vote", one.id, parts, _area(one.id), Confidence.UNKNOWN)


def _eligibility(one: EligibilityRule) -> Entry:
    parts = (
        ("Câu hỏi", one.question), ("Hướng xử lý", one.effect.label), ("Giải thích", one.explanation),
        _article(one.article, one.basis),
    )  # fmt: skip
    return Entry(
        "eligibility", one.id, parts, _area(one.id), one.confidence, False, one.valid_from, one.valid_to
    )


def _penalty(one: Penalty) -> Entry:
    needs = ["chỉ với người có chức vụ"] if one.needs_post else []
    needs += ["chỉ với đảng viên chính thức"] if one.official_only else []
    parts = (
        ("Tên", f"{one.label} ({one.subject_kind.label})"),
        ("Bỏ phiếu", f"đề nghị theo {one.propose_rule}, quyết định theo {one.decide_rule}"),
        ("Thời hiệu", one.limitation or ""), ("Điều kiện", "; ".join(needs)),
        _article(one.article, one.basis), ("Ghi chú", one.note or ""),
    )  # fmt: skip
    area = PrincipleArea.COMPETENCE.label
    return Entry("penalty", one.id, parts, area, one.confidence, False, one.valid_from, one.valid_to)


def _regulation(one: Regulation) -> Entry:
    parts = (
        ("Tên", one.title), ("Cơ quan ban hành", one.issuer), ("Lĩnh vực", one.area.label),
        ("Thay thế", ", ".join(one.replaces)), ("Sửa đổi, bổ sung", ", ".join(one.amends)),
        ("Ghi chú", one.note or ""),
    )  # fmt: skip
    return Entry(
        "regulation", one.number, parts, one.area.label, one.confidence, False, one.valid_from, one.valid_to
    )


def _step(edition: ProcedureEdition, step: Step, forms: Catalogue) -> Entry:
    papers = (f"{code} {forms[code].name}" if code in forms else code for code in step.forms)
    parts = (
        ("Tên", step.label), ("Việc phải làm", step.what), ("Quy trình", edition.name),
        ("Ai làm", step.actor.label), ("Văn bản", "; ".join(papers)), ("Thời hạn", step.limit or ""),
        ("Người duyệt", step.approval_text or ""), ("Bỏ phiếu", step.vote.label if step.vote else ""),
        ("Điều kiện", step.condition or ""), ("Ghi chú", step.note or ""),
    )  # fmt: skip
    area = FAMILIES.get(edition.code.partition("-")[0], OTHER_FAMILY)
    return Entry(
        "step", f"{edition.code} {step.key}", parts, area, step.confidence, False,
        edition.valid_from, edition.valid_to, edition,
    )  # fmt: skip
