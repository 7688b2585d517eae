"""Limitation as people see it: at intake, in the case, before the vote. It warns and never decides (H-14).

Every rule is taken as the commission states it. Nothing here skips a step or takes a form off a ballot.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cases.deadlines.confirmations import limit_version
from cases.decisions.rules import Limitation, limitation
from cases.definitions import rules
from cases.intake.models import Letter
from cases.lifecycle.models import Allegation, Case, CaseStep, Finding, Party, Postponement
from cases.lifecycle.postponements import ground_label, ground_of, is_running, last_day_of
from cases.lifecycle.progress import edition_of, parties_of
from cases.sessions.queries import penalties_on_ballot
from cases.text import short_date
from procedures.schema import EventType, LetterKind, Measure, Penalty, SubjectKind, TimeLimit, Unit

CONCLUDES: Final = EventType.SESSION_HELD
# What was found not to be a violation, or not one to be disciplined for, has no limitation to watch.
SETTLED_WITHOUT_VIOLATION: Final = ("false", "unfounded", "true_shortcoming")
NOT_ABOUT_VIOLATIONS: Final = frozenset({LetterKind.COMPLAINT.value, LetterKind.PETITION.value})


@dataclass(frozen=True, slots=True)
class FormPeriod:
    """One form of discipline for one violation: until when, under which rule."""

    penalty: Penalty
    limit: TimeLimit
    counted: Limitation

    @property
    def unlimited(self) -> bool:
        return self.limit.measure is Measure.NONE


@dataclass(frozen=True, slots=True)
class Violation:
    """A violation found, or an act only told of (`finding_id` None), with the days it counts from."""

    text: str
    ended_on: date | None
    detected_on: date | None = None
    finding_id: int | None = None
    no_limit: bool = False


@dataclass(frozen=True, slots=True)
class ViolationPeriods:
    """One violation with its period under every form."""

    act: Violation
    forms: tuple[FormPeriod, ...]

    def under(self, penalty: Penalty) -> FormPeriod:
        return next(one for one in self.forms if one.penalty.id == penalty.id)


@dataclass(frozen=True, slots=True)
class FormSummary:
    """One form over all violations of a party: which violation decides, and how it stands, in words.

    `expired` None: not known while a day is missing.
    """

    penalty: Penalty
    expired: bool | None
    words: str
    unlimited: bool = False

    @property
    def line(self) -> str:
        """The words with the name of the form before them."""
        return f"{self.penalty.label}: {self.words[0].lower()}{self.words[1:]}"


@dataclass(frozen=True, slots=True)
class PartyPeriods:
    """A party with its violations, the forms it may get, and the times that do not count."""

    party: Party
    concluded_on: date
    concluded: bool
    violations: tuple[ViolationPeriods, ...]
    postponements: tuple[Postponement, ...]
    forms: tuple[FormSummary, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a voter must know: forms whose period is over for every violation."""
        return tuple(form.line for form in self.forms if form.expired)

    @property
    def held(self) -> tuple[str, ...]:
        """Why the party may not be disciplined yet on that day, in words (P-01 to P-05)."""
        return tuple(
            f"{ground_label(one)}, từ ngày {short_date(one.from_on)}{_effect(one)}."
            for one in self.postponements
            if is_running(one, self.concluded_on)
        )


def periods_in(case: Case, *, today: date) -> list[PartyPeriods]:
    """Limitation of every party of a case, as concluded, or as if concluded today."""
    concluded_on = concluded_day(case)
    return [
        periods_of(party, on=concluded_on or today, concluded=concluded_on is not None)
        for party in parties_of(case)
    ]


def periods_of(party: Party, *, on: date, concluded: bool = False) -> PartyPeriods:
    """Limitation of one party on the day the competent body concludes (H-10)."""
    penalties = [one for one in penalties_on_ballot(party) if one.limitation is not None and one.weight]
    postponed = subject_postponements(party)
    limits = _limits(penalties, on, party.case.commission_id)
    others = _other_findings(party)
    found = [
        ViolationPeriods(act=one, forms=_forms(limits, one, on, postponed, _restarts(one, others)))
        for one in _violations(party)
    ]
    return PartyPeriods(
        party=party, concluded_on=on, concluded=concluded, violations=tuple(found),
        postponements=tuple(postponed),
        forms=tuple(_summary(penalty, found) for penalty, _ in limits) if found else (),
    )  # fmt: skip


def vote_warnings(case: Case, *, on: date) -> list[PartyPeriods]:
    """The parties of a case about whom the voters must be warned on the day of the vote.

    A form's limitation is over, or discipline is not to be considered yet.
    """
    told = [periods_of(party, on=on) for party in parties_of(case)]
    return [one for one in told if one.warnings or one.held]


def _effect(postponement: Postponement) -> str:
    ground = ground_of(postponement)
    return f" ({ground.effect.label})" if ground and ground.effect else ""


def letter_periods(letter: Letter, *, today: date) -> tuple[FormPeriod, ...] | None:
    """Limitation of what a letter tells of, as if concluded today; None for a letter about something else.

    Without the day on which the act ended each form says what is missing.
    """
    if letter.kind in NOT_ABOUT_VIOLATIONS:
        return None
    body = letter.subject_organisation_id is not None
    kind = SubjectKind.BODY if body else SubjectKind.MEMBER
    penalties = [one for one in rules().penalties_for(kind) if one.limitation is not None and one.weight]
    limits = _limits(penalties, today, letter.commission_id)
    return _forms(limits, Violation(letter.summary, letter.violation_ended_on), today, (), ())


def concluded_day(case: Case) -> date | None:
    """The day on which the competent body concluded, once that step is done."""
    steps = {step.key for step in edition_of(case).steps if step.event is CONCLUDES}
    done = CaseStep.select().where(
        CaseStep.case == case.id, CaseStep.key.in_(sorted(steps)), CaseStep.state == "completed"
    )
    return max((row.completed_on for row in done if row.completed_on is not None), default=None)


def subject_postponements(party: Party) -> list[Postponement]:
    """Every postponement of the same subject, in whichever case of the commission it was recorded."""
    same = _same_subject(party)
    return list(Postponement.select().where(Postponement.party.in_(same)).order_by(Postponement.from_on))


def _same_subject(party: Party) -> list[int]:
    if party.member_id is None and party.organisation_id is None:
        return [party.id]
    who = (
        Party.member == party.member_id
        if party.member_id is not None
        else Party.organisation == party.organisation_id
    )
    own = Party.select(Party.id).join(Case).where(who, Case.commission == party.case.commission_id)
    return [one.id for one in own]


def _violations(party: Party) -> list[Violation]:
    """What was found on a party to deserve discipline; before that, what is told of and not yet refuted."""
    own = Finding.party.is_null() | (Finding.party == party.id)
    findings = Finding.select().where(Finding.case == party.case_id, Finding.disciplinary, own)
    found = [
        Violation(one.text, one.ended_on, one.detected_on, one.id, bool(one.no_limit_ground))
        for one in findings.order_by(Finding.id)
    ]
    told = Allegation.select().where(
        Allegation.case == party.case_id, Allegation.conclusion.not_in(SETTLED_WITHOUT_VIOLATION)
    )
    return found or [Violation(one.text, one.ended_on) for one in told.order_by(Allegation.number)]


def _other_findings(party: Party) -> list[Finding]:
    """Violations of the same subject here and in other matters.

    A case this one came from or led to holds the same violations once more: those are left out.
    """
    subject = Finding.party.in_(_same_subject(party)) | (
        (Finding.case == party.case_id) & Finding.party.is_null()
    )
    copies = _line_of(party.case) - {party.case_id}
    return list(Finding.select().where(subject, Finding.disciplinary, Finding.case.not_in(sorted(copies))))


def _line_of(case: Case) -> set[int]:
    """The cases this one came from and led to, itself among them."""
    root = case
    while root.parent_id is not None:
        root = root.parent
    found, waiting = set(), [root.id]
    while waiting:
        found.update(waiting)
        waiting = [one.id for one in Case.select(Case.id).where(Case.parent.in_(waiting))]
    return found


def _restarts(act: Violation, others: Iterable[Finding]) -> list[date]:
    """The days of the subject's other violations: one inside the period starts it anew (H-12)."""
    days = {other.ended_on or other.detected_on for other in others if other.id != act.finding_id}
    return sorted(day for day in days if day is not None)


def _limits(penalties: Iterable[Penalty], on: date, commission_id: int) -> list[tuple[Penalty, TimeLimit]]:
    return [(one, limit_version(one.limitation or "", on, commission_id)) for one in penalties]


def _forms(
    limits: Iterable[tuple[Penalty, TimeLimit]],
    act: Violation,
    on: date,
    postponed: Sequence[Postponement],
    restarts: Sequence[date],
) -> tuple[FormPeriod, ...]:
    return tuple(
        FormPeriod(
            penalty, limit,
            limitation(
                None if act.no_limit else _months(limit), ended_on=act.ended_on,
                detected_on=act.detected_on, concluded_on=on, exclusions=_excluded(limit, postponed),
                new_violations=restarts,
            ),
        )
        for penalty, limit in limits
    )  # fmt: skip


def _months(limit: TimeLimit) -> int | None:
    return limit.amount if limit.measure is Measure.NUMBER and limit.unit is Unit.MONTH else None


def _excluded(limit: TimeLimit, postponed: Iterable[Postponement]) -> list[tuple[date, date | None]]:
    """The days that do not count: the ground says so, and the limit allows its reason (H-13)."""
    found = []
    for one in postponed:
        ground = ground_of(one)
        if ground is not None and ground.excluded_from_limitation and ground.pause_reason in limit.pauses:
            found.append((one.from_on, last_day_of(one)))
    return found


def _summary(penalty: Penalty, violations: Sequence[ViolationPeriods]) -> FormSummary:
    """The violation by which a form may be applied longest decides for that form (H-16)."""
    periods = [(one, one.under(penalty)) for one in violations]
    if any(period.unlimited for _, period in periods):
        return FormSummary(penalty, False, "Không áp dụng thời hiệu.", unlimited=True)
    known = [(one, period) for one, period in periods if period.counted.expired is not None]
    if not known:
        return FormSummary(penalty, None, "Chưa tính được, còn thiếu ngày của vi phạm.")
    one, period = max(known, key=lambda pair: pair[1].counted.last_day or date.max)
    last = period.counted.last_day
    if not period.counted.expired:
        until = f"đến hết ngày {short_date(last)}" if last else "(đang trong thời gian không tính)"
        return FormSummary(penalty, False, f"Còn thời hiệu {until}, theo vi phạm “{one.act.text}”.")
    if len(known) < len(periods):
        words = "Vi phạm đã rõ ngày đều hết thời hiệu; còn vi phạm chưa rõ ngày."
        return FormSummary(penalty, None, words)
    since = f" từ sau ngày {short_date(last)}" if last else ""
    words = (
        f"Đã hết thời hiệu{since} đối với mọi vi phạm; vi phạm có ngày cuối muộn nhất là “{one.act.text}”."
    )
    return FormSummary(penalty, True, words)
