"""What can be said about a letter before a person decides: eligibility and the split of mixed letters.

The questions are data (eligibility rules T-30 to T-41); here each is answered from the facts.
Nothing here refuses a letter: a finding explains, a person decides.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from procedures.schema import EligibilityCheck, EligibilityRule, IdentityStatus, LetterKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What is known of a letter. None means nobody has looked yet, so a person must."""

    kind: LetterKind | None
    identity: IdentityStatus
    has_address: bool = True
    content_clear: bool | None = None
    subject_clear: bool | None = None
    concluded_before: bool | None = None
    new_evidence: bool | None = None
    withdrawn_before: bool | None = None
    sender_capable: bool | None = None
    slander: bool | None = None
    original_signature: bool | None = None
    signers: int = 1
    concrete_basis: bool | None = None
    withdrawal_asked: bool = False
    withdrawal_signed: bool | None = None
    withdrawal_forced: bool | None = None
    competent: bool | None = None
    settled_by_branch: bool = False
    within_branch_scope: bool | None = None


class Verdict(StrEnum):
    """What the facts say to one question."""

    OK = "ok"
    FAILS = "fails"
    NEEDS_PERSON = "needs_person"


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one eligibility rule, explained in Vietnamese."""

    rule_id: str
    verdict: Verdict
    explanation: str


Answer = tuple[Verdict, str]


def check_eligibility(facts: LetterFacts, rules: Iterable[EligibilityRule]) -> tuple[Finding, ...]:
    """Answer every rule, in the order given, from the facts of one letter."""
    return tuple(Finding(rule.id, *_answer(rule.check, facts)) for rule in rules)


def _answer(check: EligibilityCheck, facts: LetterFacts) -> Answer:
    # A letter nobody has classified yet may be a denunciation.
    may_denounce = facts.kind in (LetterKind.DENUNCIATION, LetterKind.MIXED, None)
    if not may_denounce and check not in _ASKED_OF_EVERY_LETTER:
        return Verdict.OK, "Chỉ xét đối với đơn tố cáo."
    return _CHECKS[check](facts)


def _unless(problems: Mapping[str, bool | None], *, fine: str) -> Answer:
    """Fail on the problems that are so; ask a person about those nobody has looked at."""
    found = [words for words, is_so in problems.items() if is_so]
    if found:
        return Verdict.FAILS, f"Đơn {', '.join(found)}."
    unknown = [words for words, is_so in problems.items() if is_so is None]
    if unknown:
        return Verdict.NEEDS_PERSON, f"Chưa rõ có phải đơn {', '.join(unknown)} hay không; cần người xem xét."
    return Verdict.OK, fine


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _all(*values: bool | None) -> bool | None:
    """Three-valued "and": one False settles it, else one None leaves it open."""
    if False in values:
        return False
    return None if None in values else True


def _anonymous(facts: LetterFacts) -> Answer:
    named = facts.identity is IdentityStatus.CLEAR
    problems = {
        facts.identity.label: not named,
        "không ghi địa chỉ": not facts.has_address,
        "nội dung không rõ": _not(facts.content_clear),
    }
    return _unless(problems, fine="Đơn rõ họ tên, địa chỉ và nội dung.")


def _anonymous_but_specific(facts: LetterFacts) -> Answer:
    if facts.identity is IdentityStatus.CLEAR:
        return Verdict.OK, "Đơn có tên, không thuộc trường hợp này."
    specific = _all(facts.subject_clear, facts.content_clear)
    if specific is False:
        return Verdict.FAILS, "Đơn không rõ đối tượng hoặc nội dung, chưa dùng làm thông tin kiểm tra được."
    if specific is None:
        return Verdict.NEEDS_PERSON, "Cần xem đối tượng và nội dung nêu trong đơn có rõ hay không."
    return (
        Verdict.NEEDS_PERSON,
        "Đơn rõ đối tượng và nội dung: có thể kết hợp thông tin khác "
        "để xem xét kiểm tra khi có dấu hiệu vi phạm.",
    )


def _already_concluded(facts: LetterFacts) -> Answer:
    repeated = _all(facts.concluded_before, _not(facts.new_evidence))
    words = "đã được cấp có thẩm quyền kết luận mà không có tài liệu, chứng cứ mới"
    return _unless({words: repeated}, fine="Chưa được kết luận, hoặc có tài liệu, chứng cứ mới.")


def _withdrawn_before(facts: LetterFacts) -> Answer:
    repeated = _all(facts.withdrawn_before, _not(facts.new_evidence))
    words = "đã tự nguyện rút, nay tố cáo lại mà không có gì mới"
    return _unless({words: repeated}, fine="Chưa từng rút, hoặc có tài liệu, chứng cứ mới.")


def _incapable_or_slander(facts: LetterFacts) -> Answer:
    problems = {
        "do người không có năng lực hành vi dân sự ký": _not(facts.sender_capable),
        "có nội dung vu khống": facts.slander,
    }
    return _unless(problems, fine="Người ký có năng lực hành vi dân sự, nội dung không phải vu khống.")


def _copy_or_cosigned(facts: LetterFacts) -> Answer:
    problems = {
        "không có chữ ký trực tiếp": _not(facts.original_signature),
        "có nhiều người cùng ký": facts.signers > 1,
        "không có căn cứ cụ thể để xác minh": _not(facts.concrete_basis),
    }
    return _unless(problems, fine="Đơn một người ký trực tiếp, có căn cứ cụ thể.")


def _withdrawal(facts: LetterFacts) -> Answer:
    if not facts.withdrawal_asked:
        return Verdict.OK, "Người gửi không xin rút đơn."
    if facts.withdrawal_forced:
        return Verdict.OK, "Rút đơn do bị đe dọa, ép buộc hoặc mua chuộc: vẫn tiếp tục giải quyết."
    if facts.withdrawal_signed and facts.withdrawal_forced is False:
        return (
            Verdict.FAILS,
            "Người gửi tự nguyện ký rút đơn: dừng giải quyết; nội dung vẫn có thể dùng để xem xét kiểm tra.",
        )
    return Verdict.NEEDS_PERSON, "Cần xác định việc rút đơn có chữ ký và tự nguyện hay không."


def _mixed(facts: LetterFacts) -> Answer:
    if facts.kind is LetterKind.MIXED:
        return Verdict.NEEDS_PERSON, "Đơn vừa khiếu nại vừa tố cáo: tách thành từng phần để xử lý."
    if facts.kind is None:
        return Verdict.NEEDS_PERSON, "Đơn chưa phân loại."
    return Verdict.OK, "Đơn chỉ có một loại nội dung."


def _competence(facts: LetterFacts) -> Answer:
    return _unless({"không thuộc thẩm quyền giải quyết": _not(facts.competent)}, fine="Đơn thuộc thẩm quyền.")


def _branch_scope(facts: LetterFacts) -> Answer:
    if not facts.settled_by_branch:
        return Verdict.OK, "Không do chi bộ giải quyết."
    words = "có nội dung ngoài phạm vi chi bộ được giải quyết"
    return _unless({words: _not(facts.within_branch_scope)}, fine="Nội dung trong phạm vi chi bộ.")


def _confidentiality(_: LetterFacts) -> Answer:
    return Verdict.OK, "Phải giữ bí mật họ tên, địa chỉ, bút tích của người tố cáo."


def _four_conclusions(_: LetterFacts) -> Answer:
    return Verdict.OK, "Khi kết luận phải nêu kết quả từng nội dung tố cáo."


_CHECKS: Final[Mapping[EligibilityCheck, Callable[[LetterFacts], Answer]]] = {
    EligibilityCheck.ANONYMOUS: _anonymous,
    EligibilityCheck.ANONYMOUS_BUT_SPECIFIC: _anonymous_but_specific,
    EligibilityCheck.ALREADY_CONCLUDED: _already_concluded,
    EligibilityCheck.WITHDRAWN_BEFORE: _withdrawn_before,
    EligibilityCheck.INCAPABLE_OR_SLANDER: _incapable_or_slander,
    EligibilityCheck.COPY_OR_COSIGNED: _copy_or_cosigned,
    EligibilityCheck.WITHDRAWAL: _withdrawal,
    EligibilityCheck.MIXED: _mixed,
    EligibilityCheck.COMPETENCE: _competence,
    EligibilityCheck.BRANCH_SCOPE: _branch_scope,
    EligibilityCheck.CONFIDENTIALITY: _confidentiality,
    EligibilityCheck.FOUR_CONCLUSIONS: _four_conclusions,
}


_ASKED_OF_EVERY_LETTER: Final = frozenset({EligibilityCheck.MIXED, EligibilityCheck.COMPETENCE})


class PartAction(StrEnum):
    """What T-37 says to do with one part of a mixed letter."""

    SETTLE = "settle"
    GUIDE = "guide"


@dataclass(frozen=True, slots=True)
class LetterPart:
    """One part of a split letter: suffix of its register number, kind, what to do, why."""

    suffix: str
    kind: LetterKind
    action: PartAction
    explanation: str


def split_mixed(kind: LetterKind | None) -> tuple[LetterPart, ...]:
    """Return the parts a letter is split into (T-37); empty when the letter is not mixed."""
    if kind is not LetterKind.MIXED:
        return ()
    return (
        LetterPart("a", LetterKind.COMPLAINT, PartAction.SETTLE, "Phần khiếu nại: xem xét, giải quyết."),
        LetterPart(
            "b",
            LetterKind.DENUNCIATION,
            PartAction.GUIDE,
            "Phần còn lại: hướng dẫn người gửi làm đơn tố cáo riêng đến cấp có thẩm quyền.",
        ),
    )
