"""Counting a secret vote on discipline: integers only, over all members of the body.

Sources: V-01 to V-11. The thresholds themselves are data (votes.toml); here is only the arithmetic.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from cases.sessions.tally import Tally, TallyProblem, TallyRejected, check_tally
from procedures.schema import Penalty, VoteKind, VoteRule


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of all members; `strict` means more than the share, otherwise at least (V-11)."""

    numerator: int
    denominator: int
    strict: bool

    def needed(self, base_total: int) -> int:
        """Return the least number of votes that reaches the share of `base_total` members."""
        share = base_total * self.numerator
        if self.strict:
            return share // self.denominator + 1
        return -(-share // self.denominator)

    def is_exact(self, votes: int, base_total: int) -> bool:
        """Tell whether the votes are exactly the share."""
        return votes * self.denominator == base_total * self.numerator

    @property
    def label(self) -> str:
        """Return the share in Vietnamese words."""
        return f"{'quá' if self.strict else 'ít nhất'} {self.numerator}/{self.denominator} tổng số"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of the ballot with its votes. `is_none` marks "không kỷ luật", never cumulated into."""

    id: str
    label: str
    votes: int
    threshold: Threshold
    is_none: bool = False
    cumulates: bool = True


class How(StrEnum):
    """How the outcome came about."""

    DIRECT = "direct"
    CUMULATED = "cumulated"
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One choice after counting: votes it got, votes with heavier forms added, votes it needs."""

    id: str
    label: str
    votes: int
    cumulated: int | None
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteResult:
    """The counted vote. `outcome` is the id of a choice; None is "không đủ phiếu", nothing decided (V-06)."""

    outcome: str | None
    how: How
    stage: VoteKind
    standings: tuple[Standing, ...]
    steps: tuple[str, ...]
    warnings: tuple[str, ...]


def count_votes(
    choices: Sequence[Choice], tally: Tally, *, stage: VoteKind, subject_in_body: bool = False
) -> VoteResult:
    """Count a ballot whose `choices` stand from the heaviest to the lightest form.

    A form is decided by reaching its threshold alone, else by adding votes downward from the
    heaviest (V-05). Raises `TallyRejected` when the slips do not add up.
    `subject_in_body`: the person voted on belongs to the body that votes (V-08).
    """
    problems = check_tally(tally, [(choice.id, choice.label, choice.votes) for choice in choices])
    if problems:
        raise TallyRejected(problems)
    standings = _standings(choices, tally.base_total)
    steps = [f"Tổng số {tally.base_total} người, {tally.valid} phiếu hợp lệ, {tally.invalid} không hợp lệ."]
    steps += [_direct_line(choice, tally.base_total) for choice in choices]
    outcome, how = _direct(choices, standings), How.DIRECT
    if outcome is None:
        outcome, how = _cumulate(choices, standings, steps), How.CUMULATED
    if outcome is None:
        how = How.NOT_ENOUGH
    steps.append(_outcome_line(outcome, stage))
    return VoteResult(
        outcome=outcome.id if outcome else None,
        how=how,
        stage=stage,
        standings=standings,
        steps=tuple(steps),
        warnings=_warnings(how, tally, subject_in_body=subject_in_body),
    )


def _standings(choices: Sequence[Choice], base_total: int) -> tuple[Standing, ...]:
    sums = accumulate(0 if choice.is_none else choice.votes for choice in choices)
    return tuple(
        Standing(
            id=choice.id,
            label=choice.label,
            votes=choice.votes,
            cumulated=total if choice.cumulates and not choice.is_none else None,
            needed=choice.threshold.needed(base_total),
        )
        for choice, total in zip(choices, sums, strict=True)
    )


def _direct(choices: Sequence[Choice], standings: Sequence[Standing]) -> Choice | None:
    reached = (c for c, s in zip(choices, standings, strict=True) if s.votes >= s.needed)
    return next(reached, None)


def _cumulate(choices: Sequence[Choice], standings: Sequence[Standing], steps: list[str]) -> Choice | None:
    if not any(choice.cumulates for choice in choices):
        return None
    steps.append("Không hình thức nào đủ phiếu: cộng dồn từ hình thức nặng nhất xuống.")
    for choice, standing in zip(choices, standings, strict=True):
        if standing.cumulated is None:
            continue
        enough = standing.cumulated >= standing.needed
        verdict = "đủ" if enough else "chưa đủ"
        steps.append(
            f"Cộng đến {choice.label}: {standing.cumulated} phiếu, cần {standing.needed}: {verdict}."
        )
        if enough:
            return choice
    return None


def _direct_line(choice: Choice, base_total: int) -> str:
    needed = choice.threshold.needed(base_total)
    line = f"{choice.label}: {choice.votes} phiếu, cần {needed} ({choice.threshold.label})"
    if choice.threshold.strict and choice.threshold.is_exact(choice.votes, base_total):
        share = f"{choice.threshold.numerator}/{choice.threshold.denominator}"
        return f"{line}: mới bằng đúng {share}, chưa đủ."
    return f"{line}: {'đủ' if choice.votes >= needed else 'chưa đủ'}."


def _outcome_line(outcome: Choice | None, stage: VoteKind) -> str:
    if outcome is None:
        return "Kết quả: không đủ phiếu, chưa có hình thức nào được chọn."
    verb = "đề nghị" if stage is VoteKind.PROPOSE else "quyết định"
    return f"Kết quả: {verb} {outcome.label}."


def _warnings(how: How, tally: Tally, *, subject_in_body: bool) -> tuple[str, ...]:
    warnings = []
    if how is How.NOT_ENOUGH:
        warnings.append(
            "V-06: không hình thức, phương án nào đủ phiếu; chưa tìm thấy quy định cho trường hợp này. "
            "Cần xin ý kiến, hệ thống không tự kết luận."
        )
    if subject_in_body:
        warnings.append(
            "V-08: người bị xem xét là thành viên của tổ chức bỏ phiếu; chưa rõ có tính vào tổng số "
            f"và có được bỏ phiếu hay không. Kết quả này tính trên tổng số {tally.base_total}."
        )
    return tuple(warnings)


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough members attend: `present` against `needed`."""

    present: int
    needed: int

    @property
    def reached(self) -> bool:
        """Tell whether the meeting may go on."""
        return self.present >= self.needed


def quorum(*, present: int, total: int, threshold: Threshold) -> Quorum:
    """Return how attendance stands against a share of all members, given as data."""
    return Quorum(present=present, needed=threshold.needed(total))


def threshold_of(rule: VoteRule) -> Threshold:
    """Return the threshold written in a vote rule."""
    return Threshold(rule.numerator, rule.denominator, rule.strict)


def choices_for(
    penalties: Iterable[Penalty], rules: Mapping[str, VoteRule], votes: Mapping[str, int], *, stage: VoteKind
) -> tuple[Choice, ...]:
    """Return the ballot, heaviest form first and "không kỷ luật" (weight 0) last, with its votes.

    `rules` by id, `votes` by penalty id (missing means 0). KeyError for a vote on no penalty given.
    """
    listed = sorted(penalties, key=lambda penalty: -penalty.weight)
    strangers = votes.keys() - {penalty.id for penalty in listed}
    if strangers:
        raise KeyError(", ".join(sorted(strangers)))
    return tuple(
        _choice(penalty, rules[penalty.vote_rule(stage)], votes.get(penalty.id, 0)) for penalty in listed
    )


def _choice(penalty: Penalty, rule: VoteRule, votes: int) -> Choice:
    return Choice(
        id=penalty.id,
        label=penalty.label,
        votes=votes,
        threshold=threshold_of(rule),
        is_none=penalty.weight == 0,
        cumulates=rule.cumulates,
    )


__all__ = [
    "Choice", "How", "Quorum", "Standing", "Tally", "TallyProblem", "TallyRejected", "Threshold",
    "VoteResult", "check_tally", "choices_for", "count_votes", "quorum", "threshold_of",
]  # fmt: skip
