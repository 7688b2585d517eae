"""Limitation of each violation under each form on a ballot: told to the voters, never applied for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.decisions.rules import Limitation, limitation
from cases.definitions import rules
from cases.lifecycle.models import Finding, Postponement
from cases.sessions.models import Ballot
from cases.sessions.queries import penalties_on_ballot
from procedures.schema import Measure, Penalty, RuleNotFound, TimeLimit, Unit


@dataclass(frozen=True, slots=True)
class LimitationView:
    """One violation under one form of discipline, with the rule that says for how long."""

    penalty: Penalty
    finding: Finding
    limitation: Limitation
    limit: TimeLimit | None

    @property
    def unconfirmed(self) -> bool:
        return self.limit is not None and not self.limit.confirmed_by_source


def limitations_on(ballot: Ballot) -> list[LimitationView]:
    """Every violation of the subject that reaches discipline, under every form on the slip (H-01 to H-14).

    Times in which the subject could not be disciplined do not count; a later violation restarts an earlier.
    """
    day = ballot.item.session.held_on
    own = Finding.party.is_null() | (Finding.party == ballot.party_id)
    findings = list(Finding.select().where(Finding.case == ballot.item.case_id, Finding.disciplinary, own))
    excluded = _excluded(ballot)
    found = []
    for penalty in penalties_on_ballot(ballot.party):
        if penalty.limitation is None:
            continue
        limit = _limit(penalty.limitation, ballot)
        for finding in findings:
            counted = limitation(
                _months(limit), ended_on=finding.ended_on, detected_on=finding.detected_on, concluded_on=day,
                exclusions=excluded, new_violations=_others(finding, findings),
            )  # fmt: skip
            found.append(LimitationView(penalty, finding, counted, limit))
    return found


def _excluded(ballot: Ballot) -> list[tuple[date, date | None]]:
    """Postponements of the subject (H-13); one lifted at the subject's own request ends there (P-02)."""
    return [
        (one.from_on, min((day for day in (one.to_on, one.lifted_on) if day is not None), default=None))
        for one in Postponement.select().where(Postponement.party == ballot.party_id)
    ]


def _others(finding: Finding, findings: Sequence[Finding]) -> list[date]:
    """The days of the subject's other violations, which restart this one when they fall inside (H-12)."""
    days = (one.ended_on or one.detected_on for one in findings if one.id != finding.id)
    return [day for day in days if day is not None]


def _limit(limit_id: str, ballot: Ballot) -> TimeLimit | None:
    try:
        return rules().time_limit(limit_id, on=ballot.item.session.held_on)
    except RuleNotFound:
        return None


def _months(limit: TimeLimit | None) -> int | None:
    if limit is None or limit.measure is Measure.NONE or limit.unit is not Unit.MONTH:
        return None
    return limit.amount
