"""Do the slips of a secret vote add up? Every problem is reported, each with the field it sits in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The slips: members in the base, present, slips issued, returned, valid, invalid."""

    base_total: int
    present: int
    issued: int
    returned: int
    valid: int
    invalid: int


@dataclass(frozen=True, slots=True)
class TallyProblem:
    """One thing that does not add up: the field to correct and why, in Vietnamese."""

    field: str
    message: str


class TallyRejected(Invalid):
    """A tally that does not add up cannot be counted; all `problems` are listed."""

    def __init__(self, problems: Sequence[TallyProblem]) -> None:
        super().__init__(
            " ".join(problem.message for problem in problems), field=problems[0].field, problems=problems
        )
        self.problems = tuple(problems)


_NAMES = {
    "base_total": "Tổng số thành viên",
    "present": "Số người có mặt",
    "issued": "Số phiếu phát ra",
    "returned": "Số phiếu thu về",
    "valid": "Số phiếu hợp lệ",
    "invalid": "Số phiếu không hợp lệ",
}
_NEVER_MORE = (("present", "base_total"), ("issued", "present"), ("returned", "issued"))


def check_tally(tally: Tally, votes: Sequence[tuple[str, str, int]]) -> tuple[TallyProblem, ...]:
    """Return every problem of a tally; `votes` are (choice id, label, votes). Empty when it adds up."""
    numbers = {name: int(getattr(tally, name)) for name in _NAMES}
    problems = [*_negatives(numbers, votes), *_repeated(votes)]
    if tally.base_total == 0:
        problems.append(TallyProblem("base_total", "Tổng số thành viên phải từ 1 trở lên."))
    problems += (
        TallyProblem(
            part, f"{_NAMES[part]} ({numbers[part]}) lớn hơn {_NAMES[whole].lower()} ({numbers[whole]})."
        )
        for part, whole in _NEVER_MORE
        if numbers[part] > numbers[whole]
    )
    if tally.valid + tally.invalid != tally.returned:
        problems.append(
            TallyProblem(
                "valid",
                f"Phiếu hợp lệ ({tally.valid}) cộng phiếu không hợp lệ ({tally.invalid}) "
                f"phải bằng số phiếu thu về ({tally.returned}).",
            )
        )
    total = sum(count for _, _, count in votes)
    if total != tally.valid:
        problems.append(
            TallyProblem(
                "votes", f"Cộng số phiếu các hình thức được {total}, phải bằng phiếu hợp lệ ({tally.valid})."
            )
        )
    return tuple(problems)


def _negatives(numbers: dict[str, int], votes: Iterable[tuple[str, str, int]]) -> list[TallyProblem]:
    asked = [(name, _NAMES[name], number) for name, number in numbers.items()]
    asked += [(f"votes.{choice}", f"Số phiếu {label}", number) for choice, label, number in votes]
    return [TallyProblem(field, f"{name} không được âm.") for field, name, number in asked if number < 0]


def _repeated(votes: Sequence[tuple[str, str, int]]) -> list[TallyProblem]:
    ids = [choice for choice, _, _ in votes]
    labels = {choice: label for choice, label, _ in votes}
    twice = sorted(choice for choice in labels if ids.count(choice) > 1)
    return [
        TallyProblem(f"votes.{choice}", f"Hình thức {labels[choice]} có hai lần trên phiếu.")
        for choice in twice
    ]
