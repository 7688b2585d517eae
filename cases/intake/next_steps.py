"""What has to happen next with a letter, and who is waited for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask_babel import LazyString, lazy_gettext as _l

from cases.intake.eligibility import CheckView
from cases.intake.models import Letter
from cases.intake.rules import Verdict
from cases.intake.terms import HANDLINGS, Handling, State
from cases.people.actor import Actor
from cases.people.permissions import Permission
from procedures.schema import LetterKind

# Forms of group A by what is proposed or done (forms.md 2.1); A03 goes with every proposal.
PROPOSAL_PAPER: Final = "A03"
_PAPERS: Final = {
    Handling.TRANSFERRED: ("A04",),
    Handling.GUIDED: ("A05", "A06"),
    Handling.ACCEPTED: ("A07", "A10", "A11"),
    Handling.FILED: ("A08",),
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next act: `endpoint` is empty when this person cannot do it; `waits_for` says who can."""

    label: LazyString
    waits_for: LazyString | str
    endpoint: str = ""


def next_step(actor: Actor, letter: Letter, views: Iterable[CheckView], *, has_case: bool) -> NextStep | None:
    """The one next act on a letter; None when nothing is left to do."""
    if letter.state == State.SPLIT:
        return None
    if letter.state == State.DECIDED:
        return _after_decision(actor, letter, has_case=has_case)
    if letter.state == State.PROPOSED:
        free = actor.user_id not in (letter.created_by_id, letter.proposed_by_id)
        may = actor.may(Permission.DECIDE_LETTERS) and free
        return NextStep(
            _l("Quyết định xử lý"), _l("Thường trực Ủy ban Kiểm tra"), "intake.decide" if may else ""
        )
    label, endpoint = _before_proposal(letter, views)
    waits_for = letter.handler_name or _l("bộ phận tiếp nhận đơn")
    return NextStep(label, waits_for, endpoint if actor.may(Permission.CLASSIFY_LETTERS) else "")


def _before_proposal(letter: Letter, views: Iterable[CheckView]) -> tuple[LazyString, str]:
    if letter.state == State.LOGGED:
        return _l("Phân loại đơn"), "intake.classify"
    if letter.kind == LetterKind.MIXED:
        return _l("Tách đơn"), "intake.split"
    unseen = any(not view.is_duty and view.verdict is Verdict.NEEDS_PERSON for view in views)
    return (_l("Rà soát điều kiện"), "intake.checks") if unseen else (_l("Đề xuất xử lý"), "intake.propose")


def _after_decision(actor: Actor, letter: Letter, *, has_case: bool) -> NextStep | None:
    if letter.handling == Handling.ACCEPTED and not has_case:
        endpoint = "lifecycle.new_case" if actor.may(Permission.OPEN_CASES) else ""
        return NextStep(_l("Mở hồ sơ"), letter.handler_name or _l("cán bộ được phân công"), endpoint)
    may = actor.may(Permission.CLASSIFY_LETTERS)
    waits_for = letter.handler_name or _l("bộ phận tiếp nhận đơn")
    if letter.handling == Handling.HELD:
        return NextStep(_l("Đề xuất lại sau khi nắm tình hình"), waits_for, "intake.propose" if may else "")
    if letter.handling in (Handling.TRANSFERRED, Handling.GUIDED) and not letter.result:
        return NextStep(_l("Ghi kết quả"), waits_for, "intake.result" if may else "")
    return None


def papers_for(letter: Letter) -> tuple[str, ...]:
    """The form codes that fit what is proposed or decided."""
    handling = HANDLINGS.get(letter.handling or letter.proposal)
    if letter.state in (State.LOGGED, State.SPLIT) or handling is None:
        return (PROPOSAL_PAPER,) if letter.state == State.CLASSIFIED else ()
    if letter.kind == LetterKind.COMPLAINT and handling in (Handling.ACCEPTED, Handling.FILED):
        return PROPOSAL_PAPER, "A09"
    return PROPOSAL_PAPER, *_PAPERS.get(handling, ())
