"""A time limit in words: how long, from when, how far it may be extended, by which article, how sure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cases.deadlines.confirmations import stated, statements_of
from cases.deadlines.confirmed import CORRECTED
from cases.deadlines.models import RuleConfirmation
from procedures.schema import Confidence, Extension, Measure, RuleBook, RuleNotFound, TimeLimit

# What a commission states about versions of rules, by rule id and first day of the version.
Standing = Mapping[tuple[str, date | None], RuleConfirmation]
NOBODY: Final[Standing] = {}


def standing_of(commission_id: int) -> Standing:
    """The statements of a commission that count."""
    in_force = statements_of(commission_id).in_force
    return {(rule_id, version_from): one for (_owner, rule_id, version_from), one in in_force.items()}


@dataclass(frozen=True)
class LimitView:
    """A version of a limit as it is counted with, and the statement of the commission behind it."""

    limit: TimeLimit
    statement: RuleConfirmation | None = None

    @property
    def id(self) -> str:
        return self.limit.id

    @property
    def corrected(self) -> bool:
        return self.statement is not None and self.statement.verdict == CORRECTED

    @property
    def confirmed(self) -> bool:
        return self.limit.confirmed_by_source

    @property
    def words(self) -> str:
        """`90 ngày`, `trước 25 ngày làm việc`, or where the day is written instead of a number."""
        if self.limit.measure is not Measure.NUMBER:
            return self.limit.measure.label
        if self.limit.amount == 0:
            return "ngay trong ngày"
        return f"{'trước ' if self.limit.backwards else ''}{self.limit.amount} {self.limit.unit.label}"

    @property
    def starts(self) -> str:
        return self.limit.starts_on.label[:1].lower() + self.limit.starts_on.label[1:]

    @property
    def article(self) -> str:
        """`Điều 20, 22-QĐ/TW`, or the basis the commission states."""
        return ", ".join(filter(None, [self.limit.article, self.limit.basis]))

    @property
    def extension(self) -> str:
        return extension_words(self.limit.extension) if self.limit.extension else ""


def limit_view(book: RuleBook, limit_id: str, on: date, standing: Standing) -> LimitView | None:
    """The version in force on a day, else the latest: an old procedure explains itself. None: no rule."""
    try:
        limit = book.time_limit(limit_id, on)
    except RuleNotFound:
        try:
            limit = book.time_limit(limit_id)
        except RuleNotFound:
            return None
    statement = standing.get((limit.id, limit.valid_from))
    return LimitView(stated(limit, statement).limit, statement)


def extension_words(extension: Extension) -> str:
    """`được gia hạn 30 ngày, 1 lần`, with a doubt said where there is one."""
    if extension.amount is not None:
        length = f" {extension.amount} {extension.unit.label}"
    elif extension.fraction is not None:
        length = f" {extension.fraction.numerator}/{extension.fraction.denominator} thời hạn"
    else:
        length = ", chưa rõ độ dài"
    times = f", {extension.times} lần" if extension.times else ""
    cap = f", tổng cộng không quá {extension.cap} {extension.unit.label}" if extension.cap else ""
    doubt = "" if extension.confidence is Confidence.SOURCE else " (chưa xác nhận)"
    return f"được gia hạn{length}{times}{cap}{doubt}"
