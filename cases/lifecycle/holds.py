"""A case that stands still for a time: held with a reason, and going on again."""

from datetime import date, datetime, timedelta

from cases.audit.operations import act
from cases.db import lock_row
from cases.deadlines.changes import recompute
from cases.deadlines.models import Deadline
from cases.errors import Invalid, Refused
from cases.lifecycle.holding import CASE_STATES, hold_open, require_day, require_text
from cases.lifecycle.models import Case, CaseHold
from cases.lifecycle.queries import case_of
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import clean_text, short_date
from procedures.schema import PauseReason


def hold_case(
    actor: Actor, case_id: int, *, held_from: date, reason_code: str, reason: str, now: datetime
) -> CaseHold:
    """Let a case stand still from a day on; nothing is recorded in it until it goes on.

    A time limit stands still with it only where its rule allows that reason: others run on, and say so.
    """
    actor.require(Permission.HOLD_CASES)
    case_of(actor, case_id)
    words = require_text(clean_text(reason), what="lý do tạm dừng", field="reason")
    if reason_code not in set(PauseReason):
        raise Invalid("Chọn lý do tạm dừng.", field="reason_code")
    with act(actor, "case.held", now=now) as event:
        case = hold_open(case_id)
        require_day(held_from, case=case, now=now, field="held_from")
        hold = CaseHold.create(
            case=case, held_from=held_from, reason_code=reason_code, reason=words, held_by=actor.user_id,
            held_at=now,
        )  # fmt: skip
        case.state = "suspended"
        case.save()
        _recount(case)
        event.about(case)
        event.say(code=case.code, held_from=held_from.isoformat(), reason_code=reason_code, reason=words)
    return hold


def go_on(actor: Actor, case_id: int, *, on: date, reason: str, now: datetime) -> CaseHold:
    """Take up a held case again: `on` is the first day that counts again."""
    actor.require(Permission.HOLD_CASES)
    case_of(actor, case_id)
    words = require_text(clean_text(reason), what="lý do tiếp tục", field="reason")
    with act(actor, "case.went_on", now=now) as event:
        case: Case = lock_row(Case.select().where(Case.id == case_id)).get()
        if case.state != "suspended":
            raise Refused(f"Hồ sơ {case.code} {CASE_STATES[case.state]}, không ở trạng thái tạm dừng.")
        hold = running_hold(case)
        require_day(on, case=case, now=now)
        if on <= hold.held_from:
            raise Invalid(
                f"Ngày tiếp tục phải sau ngày bắt đầu tạm dừng ({short_date(hold.held_from)}).", field="on"
            )
        hold.held_to, hold.resumed_by_id, hold.resumed_at = on - timedelta(days=1), actor.user_id, now
        hold.resumed_reason = words
        hold.save()
        case.state, case.version = "open", case.version + 1
        case.save()
        _recount(case)
        event.about(case)
        event.say(code=case.code, on=on.isoformat(), reason=words)
    return hold


def running_hold(case: Case) -> CaseHold:
    """The hold of a case that stands still now."""
    found: CaseHold = CaseHold.get(CaseHold.case == case.id, CaseHold.held_to.is_null())
    return found


def _recount(case: Case) -> None:
    for deadline in Deadline.select().where(Deadline.case == case.id, Deadline.state == "running"):
        recompute(deadline)
