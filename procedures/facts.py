"""Dated facts of the law: regulations, time limits, calendar years. Frozen, closed to unknown keys."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from procedures.terms import (
    Confidence,
    EventType,
    Level,
    Measure,
    PauseReason,
    Role,
    RollPolicy,
    SubjectKind,
    Term,
    Unit,
)

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


FRIDAY = 5


class Rule(BaseModel):
    """Base of every rule record: immutable, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Dated(Rule):
    """A rule in force from ``valid_from`` to ``valid_to``, both days included; None means open."""

    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to đứng trước valid_from; sửa lại ngày bắt đầu hoặc ngày hết hiệu lực")
        return self

    def in_force(self, on: dt.date) -> bool:
        """Whether the rule applies on this day."""
        return (self.valid_from or dt.date.min) <= on <= (self.valid_to or dt.date.max)


class RegulationArea(Term):
    CHARTER = "charter", "Điều lệ Đảng"
    CHARTER_GUIDANCE = "charter_guidance", "thi hành Điều lệ Đảng"
    INSPECTION = "inspection", "kiểm tra, giám sát, kỷ luật đảng"
    INSPECTION_GUIDANCE = "inspection_guidance", "hướng dẫn kiểm tra, giám sát, kỷ luật đảng"
    DISCIPLINE = "discipline", "kỷ luật tổ chức đảng, đảng viên vi phạm"
    DISCIPLINE_GUIDANCE = "discipline_guidance", "hướng dẫn kỷ luật tổ chức đảng, đảng viên vi phạm"
    PROHIBITIONS = "prohibitions", "những điều đảng viên không được làm"
    COMMISSION_PROCEDURES = "commission_procedures", "quy trình của Ủy ban Kiểm tra"
    COMMITTEE_PROCEDURES = "committee_procedures", "quy trình của cấp ủy"
    CENTRAL_PROCEDURES = "central_procedures", "quy trình ở Trung ương"
    COMPLAINT_PROCEDURES = "complaint_procedures", "quy trình giải quyết khiếu nại"
    ADVISORY_PROCEDURES = "advisory_procedures", "kiểm tra, giám sát của cơ quan tham mưu"
    SUPERVISION_GUIDANCE = "supervision_guidance", "hướng dẫn giám sát"
    TEAMS = "teams", "hoạt động của đoàn kiểm tra"
    FRONT = "front", "giám sát của Mặt trận Tổ quốc"
    CONGRESS = "congress", "giải quyết đơn thư trước đại hội"
    REPORTS = "reports", "báo cáo, thống kê"
    RESTORATION = "restoration", "xin lỗi, phục hồi quyền lợi"
    PAPERS = "papers", "thể loại, thẩm quyền ban hành văn bản của Đảng"
    PAPERS_GUIDANCE = "papers_guidance", "thể thức, kỹ thuật trình bày văn bản của Đảng"
    LOCAL = "local", "quy định của tỉnh ủy, thành ủy"
    CALENDAR = "calendar", "ngày nghỉ, ngày làm bù"


class Regulation(Dated):
    """One legal text. ``amends`` names texts it changes without replacing them.

    ``subject_kinds`` empty: it is about members and Party organisations alike.
    """

    number: Text
    date: dt.date
    issuer: Text
    title: Text
    area: RegulationArea
    subject_kinds: tuple[SubjectKind, ...] = ()
    replaces: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    valid_from: dt.date
    confidence: Confidence
    source: Text
    note: str | None = None


class Fraction(Rule):
    """A share of the original limit, kept as integers; the rounding rule is W-08 (down)."""

    numerator: int = Field(gt=0)
    denominator: int = Field(gt=0)


class Extension(Rule):
    """How far a limit may be extended: a number, a fraction, or (both None) a length nobody has read.

    ``amount`` is in ``unit`` per extension; ``cap`` is the longest total including extensions, same unit.
    ``times`` None means no count was set, only the cap.
    """

    amount: int | None = Field(default=None, gt=0)
    fraction: Fraction | None = None
    cap: int | None = Field(default=None, gt=0)
    unit: Unit
    times: int | None = Field(default=None, gt=0)
    decided_by: Role
    confidence: Confidence
    note: str | None = None

    @model_validator(mode="after")
    def _one_measure_only(self) -> Self:
        if self.amount is not None and self.fraction is not None:
            raise ValueError("gia hạn chỉ ghi một trong hai: amount hoặc fraction")
        if self.amount is None and self.fraction is None and self.confidence is not Confidence.UNKNOWN:
            raise ValueError('gia hạn không có amount, fraction thì confidence phải là "unknown"')
        return self


class TimeLimit(Dated):
    """One version of a limit; versions share ``id`` and differ in validity.

    ``amount`` is in ``unit``; 0 means at once. ``provisional`` marks a default shown as
    "chưa xác nhận" because the number is unknown: it may warn, never block.
    ``same_rule_as`` names the limit this one is the twin of, for other ``levels`` or ``subject_kinds``.
    """

    id: Text
    same_rule_as: Text | None = None
    label: Text
    measure: Measure = Measure.NUMBER
    amount: int | None = Field(default=None, ge=0)
    unit: Unit
    starts_on: EventType
    ends_on: EventType | None = None
    backwards: bool = False
    levels: tuple[Level, ...] = ()
    subject_kinds: tuple[SubjectKind, ...] = ()
    extension: Extension | None = None
    pauses: tuple[PauseReason, ...] = ()
    roll: RollPolicy = RollPolicy.SHOW_BOTH
    basis: str | None = None
    article: str | None = None
    source: Text
    confidence: Confidence
    provisional: bool = False
    note: str | None = None

    @model_validator(mode="after")
    def _number_goes_with_measure(self) -> Self:
        if (self.measure is Measure.NUMBER) != (self.amount is not None):
            raise ValueError('amount phải có khi measure = "number" và phải bỏ trống khi không')
        return self

    @model_validator(mode="after")
    def _an_unknown_number_never_passes_as_law(self) -> Self:
        numbered = self.amount is not None
        if numbered and self.confidence is Confidence.UNKNOWN and not self.provisional:
            raise ValueError('con số chưa rõ (confidence = "unknown") phải ghi provisional = true')
        if self.provisional and self.confidence in (Confidence.SOURCE, Confidence.SECONDARY):
            raise ValueError("số tạm tính (provisional) không được ghi là đã có nguồn xác nhận")
        if self.basis is None and not self.provisional:
            raise ValueError("thời hạn không có căn cứ (basis); ghi số văn bản hoặc provisional = true")
        return self

    def applies_to(self, level: Level | None, subject_kind: SubjectKind | None = None) -> bool:
        """Whether it binds at this level and, where it names one, this kind of subject; None: any."""
        if level is not None and self.levels and level not in self.levels:
            return False
        return subject_kind is None or not self.subject_kinds or subject_kind in self.subject_kinds

    @property
    def confirmed_by_source(self) -> bool:
        """Whether the article itself was read and the number is not a stand-in."""
        return self.confidence is Confidence.SOURCE and not self.provisional


class CalendarDay(Rule):
    day: dt.date
    name: Text


class HolidayYear(Rule):
    """Seed of one calendar year: weekdays off and Saturdays worked. A person confirms it before use."""

    year: int = Field(ge=2000, le=2100)
    complete: bool
    days_off: tuple[CalendarDay, ...] = ()
    worked_days: tuple[CalendarDay, ...] = ()
    notice: Text
    confidence: Confidence
    note: str | None = None

    @model_validator(mode="after")
    def _days_belong_to_the_year(self) -> Self:
        for item in (*self.days_off, *self.worked_days):
            if item.day.year != self.year:
                raise ValueError(f"ngày {item.day:%d/%m/%Y} không thuộc năm {self.year}")
        return self

    @model_validator(mode="after")
    def _only_exceptions_to_the_week(self) -> Self:
        for item in self.days_off:
            if item.day.isoweekday() > FRIDAY:
                raise ValueError(f"ngày nghỉ {item.day:%d/%m/%Y} là cuối tuần; chỉ ghi ngày thường")
        for item in self.worked_days:
            if item.day.isoweekday() <= FRIDAY:
                raise ValueError(f"ngày làm bù {item.day:%d/%m/%Y} không phải thứ Bảy, Chủ nhật")
        return self
