"""What a rule of any kind says, as labelled lines; a limit also as the commission states it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from cases.book.limits import LimitView, extension_words
from cases.deadlines.confirmations import stated
from cases.deadlines.models import RuleConfirmation
from cases.deadlines.rule_versions import AnyRule
from procedures.schema import (
    Confidence,
    EligibilityRule,
    Extension,
    OpenPoint,
    Penalty,
    Principle,
    TimeLimit,
    VotePrinciple,
    VoteRule,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line. `was`: what the rule itself says, where the commission states otherwise."""

    label: str
    value: str
    was: str = ""


def facts_of(rule: AnyRule, statement: RuleConfirmation | None) -> tuple[Fact, ...]:
    """The lines of a version, those of a limit with the commission's numbers in place of its own."""
    if isinstance(rule, TimeLimit):
        return tuple(_limit(rule, statement))
    lines = (Fact(label, value) for label, value in _words(rule) if value)
    if statement is not None and statement.text:
        return (Fact(_("Ủy ban đính chính"), str(statement.text)), *lines)
    return tuple(lines)


def corrections(limit: TimeLimit, statement: RuleConfirmation) -> str:
    """The numbers a statement puts in place of those of the rule, in one line."""
    return "; ".join(f"{one.label}: {one.value}" for one in _counted(limit, statement) if one.was)


def _limit(limit: TimeLimit, statement: RuleConfirmation | None) -> Iterator[Fact]:
    yield from _counted(limit, statement)
    yield Fact(_("Tính từ"), limit.starts_on.label)
    yield Fact(_("Kết thúc khi có"), limit.ends_on.label if limit.ends_on else _("không gắn với sự kiện nào"))
    yield Fact(_("Cấp áp dụng"), ", ".join(one.label for one in limit.levels) or _("mọi cấp"))
    if limit.subject_kinds:
        yield Fact(_("Đối tượng"), ", ".join(one.label for one in limit.subject_kinds))
    if extension := stated(limit, statement).limit.extension:
        yield Fact(_("Người quyết định gia hạn"), extension.decided_by.label)
        if extension.note:
            yield Fact(_("Lưu ý về gia hạn"), extension.note)
    pauses = "; ".join(one.label for one in limit.pauses)
    yield Fact(_("Được tạm dừng khi"), pauses or _("không nêu trường hợp nào"))
    if limit.note:
        yield Fact(_("Lưu ý"), limit.note)


def _counted(limit: TimeLimit, statement: RuleConfirmation | None) -> Iterator[Fact]:
    """What is counted with: length, extension, the last day."""
    now = stated(limit, statement).limit
    pairs = zip(_numbers(limit), _numbers(now), strict=True)
    for (label, was), (_label, value) in pairs:
        yield Fact(label, value, was if was != value else "")


def _numbers(limit: TimeLimit) -> Iterator[tuple[str, str]]:
    view = LimitView(limit)
    yield _("Độ dài thời hạn"), view.words
    yield _("Gia hạn"), _extension(limit.extension) if limit.extension else _("không nói đến")
    yield _("Ngày cuối là ngày nghỉ"), limit.roll.label


def _extension(extension: Extension) -> str:
    """The extension without its doubt: whether it is confirmed stands beside the whole version."""
    return extension_words(extension.model_copy(update={"confidence": Confidence.SOURCE}))


def _words(
    rule: Principle | VoteRule | VotePrinciple | OpenPoint | EligibilityRule | Penalty,
) -> Iterator[tuple[str, str]]:
    if isinstance(rule, Principle):
        yield _("Nội dung"), rule.text
        yield _("Áp dụng trong phần mềm"), rule.why_not_a_limit
    elif isinstance(rule, VoteRule):
        yield _("Ngưỡng"), _share(rule)
        yield _("Loại phiếu"), rule.stage.label
        yield _("Cách bỏ phiếu"), _("bỏ phiếu kín") if rule.secret else _("biểu quyết")
        yield (
            _("Cộng dồn"),
            _("có, từ hình thức cao xuống hình thức thấp hơn") if rule.cumulates else _("không"),
        )
    elif isinstance(rule, EligibilityRule):
        yield _("Hướng xử lý"), rule.effect.label
        yield _("Giải thích"), rule.explanation
        yield _("Phần mềm đối chiếu"), rule.check.label
    elif isinstance(rule, Penalty):
        yield from _penalty(rule)
    elif isinstance(rule, OpenPoint):
        yield _("Tình trạng"), _("Văn bản để ngỏ; Ủy ban chọn cách làm")
    yield _("Lưu ý"), getattr(rule, "note", None) or ""


def _share(rule: VoteRule) -> str:
    share = f"{rule.numerator}/{rule.denominator}"
    if rule.strict:
        return str(_("trên %(share)s tổng số thành viên", share=share))
    return str(_("ít nhất %(share)s tổng số thành viên", share=share))


def _penalty(rule: Penalty) -> Iterator[tuple[str, str]]:
    yield _("Áp dụng với"), rule.subject_kind.label
    needs = [_("người có chức vụ")] if rule.needs_post else []
    needs += [_("đảng viên chính thức")] if rule.official_only else []
    yield _("Điều kiện"), _("chỉ với %(whom)s", whom=", ".join(needs)) if needs else ""
    yield _("Phiếu đề nghị"), rule.propose_rule
    yield _("Phiếu quyết định"), rule.decide_rule
    yield _("Thời hiệu"), rule.limitation or ""
