"""The rule book and every type it holds: the one module other rooms import from.

Terms live in ``terms``, dated facts in ``facts``, procedures in ``editions``, votes in ``votes``.
"""

from __future__ import annotations

from datetime import date

from procedures.editions import Bar, Fits, Link, Outcome, ProcedureEdition, Runner, Step
from procedures.errors import RuleBookError, RuleNotFound, RuleProblem
from procedures.facts import (
    CalendarDay,
    Dated,
    Extension,
    Fraction,
    HolidayYear,
    Regulation,
    RegulationArea,
    Rule,
    Text,
    TimeLimit,
)
from procedures.postponements import PostponementGround
from procedures.principles import Principle, Question
from procedures.terms import (
    Carried,
    Confidence,
    EligibilityCheck,
    EligibilityEffect,
    EventType,
    IdentityStatus,
    LetterKind,
    Level,
    LinkKind,
    Measure,
    NoLimitGround,
    Origin,
    Owner,
    PauseReason,
    PostponementEffect,
    PrincipleArea,
    Role,
    RollPolicy,
    Severity,
    Stage,
    StepActor,
    StepType,
    SubjectKind,
    Unit,
    VoteKind,
)
from procedures.votes import EligibilityRule, OpenPoint, Penalty, VotePrinciple, VoteRule


class ProcedureName(Rule):
    """A procedure by code and name, whether or not an edition of it is loaded.

    ``number`` is the commission's own number for it; ``replaces`` names procedures that it merges or splits:
    no new case is opened under those once an edition of this one is in force.
    """

    code: Text
    name: Text
    number: str | None = None
    replaces: tuple[str, ...] = ()


class Pack(Rule):
    """A set of supporting procedures that a commission may switch on."""

    id: Text
    name: Text
    description: Text
    basis: str | None = None
    confidence: Confidence
    source: Text


class Source(Rule):
    """Where a fact was read: ``key`` is cited in ``source`` fields as ``TL:S01`` or ``QT:S04``."""

    key: Text
    address: Text


class RuleBook(Rule):
    """Everything the rules say, read once at start and never changed."""

    regulations: tuple[Regulation, ...]
    time_limits: tuple[TimeLimit, ...]
    catalogue: tuple[ProcedureName, ...]
    procedures: tuple[ProcedureEdition, ...]
    penalties: tuple[Penalty, ...]
    vote_rules: tuple[VoteRule, ...]
    vote_principles: tuple[VotePrinciple, ...]
    open_points: tuple[OpenPoint, ...]
    eligibility: tuple[EligibilityRule, ...]
    calendar: tuple[HolidayYear, ...]
    principles: tuple[Principle, ...]
    postponement_grounds: tuple[PostponementGround, ...]
    questions: tuple[Question, ...]
    packs: tuple[Pack, ...] = ()
    packs_on: tuple[str, ...] = ()
    sources: tuple[Source, ...]

    def procedure(self, code: str, on: date) -> ProcedureEdition:
        """The edition of a procedure in force on a day; raises RuleNotFound."""
        for edition in self.procedures:
            if edition.code == code and edition.in_force(on):
                return edition
        raise RuleNotFound(what=f"quy trình {code} có hiệu lực ngày {on:%d/%m/%Y}", where="quy trình")

    def procedures_in_force(self, on: date) -> tuple[ProcedureEdition, ...]:
        """The editions a case may be opened under that day; procedures merged or split are left out."""
        return tuple(
            edition
            for edition in self.procedures
            if edition.in_force(on) and not self.replacements(edition.code, on)
        )

    def replacements(self, code: str, on: date) -> tuple[str, ...]:
        """The procedures that serve instead of this one that day: the merged one, or the parts of a split."""
        serving = {edition.code for edition in self.procedures if edition.in_force(on)}
        return tuple(one.code for one in self.catalogue if code in one.replaces and one.code in serving)

    def procedure_name(self, code: str) -> ProcedureName:
        """A procedure by code, also one without edition; raises RuleNotFound."""
        for one in self.catalogue:
            if one.code == code:
                return one
        raise RuleNotFound(what=f"quy trình {code}", where="danh mục quy trình")

    def editions_of(self, code: str) -> tuple[ProcedureEdition, ...]:
        """Every edition of a procedure, oldest first."""
        found = (edition for edition in self.procedures if edition.code == code)
        return tuple(sorted(found, key=lambda edition: edition.valid_from))

    def edition(self, code: str, valid_from: date) -> ProcedureEdition:
        """The edition a case is pinned to; raises RuleNotFound."""
        for edition in self.procedures:
            if edition.code == code and edition.valid_from == valid_from:
                return edition
        raise RuleNotFound(what=f"quy trình {code} bản ngày {valid_from:%d/%m/%Y}", where="quy trình")

    def time_limit(self, limit_id: str, on: date | None = None) -> TimeLimit:
        """The version of a limit in force on a day, or the latest one; raises RuleNotFound."""
        found = [limit for limit in self.time_limits if limit.id == limit_id]
        if on is not None:
            found = [limit for limit in found if limit.in_force(on)]
        if not found:
            raise RuleNotFound(what=f"thời hạn {limit_id}{_on(on)}", where="time_limits.toml")
        return max(found, key=lambda limit: limit.valid_from or date.min)

    def limits_in_force(
        self, on: date, *, starts_on: EventType | None = None, level: Level | None = None
    ) -> tuple[TimeLimit, ...]:
        """Limits applying on a day, by start event and level (a limit without levels fits every level)."""
        return tuple(
            limit
            for limit in self.time_limits
            if limit.in_force(on)
            and (starts_on is None or limit.starts_on is starts_on)
            and limit.applies_to(level)
        )

    def limit_for(self, limit_id: str, level: Level, subject_kind: SubjectKind | None = None) -> str:
        """The id under which a rule applies at a level and to a subject: its own, or that of a twin.

        The sources give one rule several numbers by level or subject (GS of a province, of a commune);
        a procedure names the rule once. Without a fitting twin the id itself comes back.
        """
        family = [limit for limit in self.time_limits if limit_id in (limit.id, limit.same_rule_as)]
        fitting = [limit.id for limit in family if limit.applies_to(level, subject_kind)]
        return limit_id if limit_id in fitting or not fitting else fitting[-1]

    def penalty(self, penalty_id: str, subject_kind: SubjectKind = SubjectKind.MEMBER) -> Penalty:
        """A form of discipline for members or bodies; raises RuleNotFound."""
        for penalty in self.penalties:
            if penalty.id == penalty_id and penalty.subject_kind is subject_kind:
                return penalty
        raise RuleNotFound(
            what=f"hình thức kỷ luật {penalty_id} ({subject_kind.label})", where="penalties.toml"
        )

    def penalties_for(self, subject_kind: SubjectKind) -> tuple[Penalty, ...]:
        """Forms of discipline, the heaviest first; "không kỷ luật" comes last."""
        fitting = (penalty for penalty in self.penalties if penalty.subject_kind is subject_kind)
        return tuple(sorted(fitting, key=lambda penalty: -penalty.weight))

    def postponement_ground(self, ground_id: str) -> PostponementGround:
        """A ground for not considering discipline yet; raises RuleNotFound."""
        for ground in self.postponement_grounds:
            if ground.id == ground_id:
                return ground
        raise RuleNotFound(what=f"lý do chưa xem xét kỷ luật {ground_id}", where="postponements.toml")

    def principle(self, rule_id: str) -> Principle:
        """A rule in words by id; raises RuleNotFound."""
        for principle in self.principles:
            if principle.id == rule_id:
                return principle
        raise RuleNotFound(what=f"nguyên tắc {rule_id}", where="principles.toml")

    def vote_rule(self, rule_id: str) -> VoteRule:
        """A vote rule by id; raises RuleNotFound."""
        for rule in self.vote_rules:
            if rule.id == rule_id:
                return rule
        raise RuleNotFound(what=f"quy tắc bỏ phiếu {rule_id}", where="votes.toml")

    def regulation(self, number: str) -> Regulation:
        """A regulation by number; raises RuleNotFound."""
        for regulation in self.regulations:
            if regulation.number == number:
                return regulation
        raise RuleNotFound(what=f"văn bản {number}", where="regulations.toml")

    def regulation_in_force(
        self, area: RegulationArea, on: date, subject_kind: SubjectKind | None = None
    ) -> Regulation:
        """The latest main text of an area on a day (amending texts left out); raises RuleNotFound."""
        found = [
            text
            for text in self.regulations
            if text.area is area
            and text.in_force(on)
            and not text.amends
            and (subject_kind is None or not text.subject_kinds or subject_kind in text.subject_kinds)
        ]
        if not found:
            raise RuleNotFound(what=f"văn bản về {area.label}{_on(on)}", where="regulations.toml")
        return max(found, key=lambda regulation: regulation.valid_from)

    def amendments_in_force(self, area: RegulationArea, on: date) -> tuple[Regulation, ...]:
        return tuple(r for r in self.regulations if r.area is area and r.in_force(on) and r.amends)

    def holiday_year(self, year: int) -> HolidayYear:
        """The calendar seed of a year; raises RuleNotFound."""
        for item in self.calendar:
            if item.year == year:
                return item
        raise RuleNotFound(what=f"lịch năm {year}", where="calendar.toml")


def _on(day: date | None) -> str:
    return f" có hiệu lực ngày {day:%d/%m/%Y}" if day else ""


__all__ = [
    "Bar", "CalendarDay", "Carried", "Confidence", "Dated", "EligibilityCheck", "EligibilityEffect",
    "EligibilityRule", "EventType", "Extension", "Fits", "Fraction", "HolidayYear", "IdentityStatus",
    "LetterKind", "Level", "Link", "LinkKind", "Measure", "NoLimitGround", "OpenPoint", "Origin",
    "Outcome", "Owner", "Pack", "PauseReason", "Penalty", "PostponementEffect", "PostponementGround",
    "Principle", "PrincipleArea", "ProcedureEdition", "ProcedureName", "Question", "Regulation",
    "RegulationArea", "Role", "RollPolicy", "RuleBook", "RuleBookError", "RuleNotFound", "RuleProblem",
    "Runner", "Severity", "Source", "Stage", "Step", "StepActor", "StepType", "SubjectKind", "TimeLimit",
    "Unit", "VoteKind", "VotePrinciple", "VoteRule",
]  # fmt: skip
