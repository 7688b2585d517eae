"""Requests to extend or pause a deadline: asked with a reason, decided by somebody else."""

from datetime import date, datetime, timedelta

from cases.audit.operations import act
from cases.db import lock_row
from cases.deadlines.extensions import Answer, Verdict, check_extension_of, check_pause_of
from cases.deadlines.models import Deadline, DeadlineChange
from cases.deadlines.queries import change_of, changes_of, deadline_of, due_day, is_confirmed, limit_of
from cases.errors import Invalid, NotAllowed, Refused, Stale
from cases.lifecycle.models import Case
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import clean_text, short_date
from procedures.schema import Role, TimeLimit


def request_extension(
    actor: Actor, deadline_id: int, *, amount: int, reason: str, now: datetime
) -> DeadlineChange:
    """Ask for `amount` more units (those of the limit's extension). Refused beyond a confirmed cap."""
    actor.require(Permission.REQUEST_DEADLINES)
    deadline_of(actor, deadline_id)
    words = _reason(reason)
    if amount < 1:
        raise Invalid("Số ngày, tháng gia hạn phải từ 1 trở lên.", field="amount")
    with act(actor, "deadline.change_requested", now=now) as event:
        deadline = _hold_running(deadline_id)
        warning = _allowed(_judge_extension(deadline, amount), field="amount")
        change = DeadlineChange.create(
            deadline=deadline, kind="extension", amount=amount, reason=words, warning=warning,
            requested_by=actor.user_id, requested_at=now,
        )  # fmt: skip
        event.about(deadline)
        event.say(change=change.id, kind="extension", label=deadline.label, amount=amount, reason=words)
    return change


def request_pause(
    actor: Actor,
    deadline_id: int,
    *,
    reason_code: str,
    reason: str,
    pause_from: date,
    pause_to: date | None = None,
    now: datetime,
) -> DeadlineChange:
    """Ask to stop the clock from a day on, until a day or until it is resumed."""
    actor.require(Permission.REQUEST_DEADLINES)
    deadline_of(actor, deadline_id)
    words = _reason(reason)
    if pause_to is not None and pause_to < pause_from:
        raise Invalid(
            f"Ngày kết thúc tạm dừng ({short_date(pause_to)}) trước ngày bắt đầu ({short_date(pause_from)}).",
            field="pause_to",
        )
    with act(actor, "deadline.change_requested", now=now) as event:
        deadline = _hold_running(deadline_id)
        if pause_from <= deadline.started_on:
            raise Invalid(
                f"Thời hạn bắt đầu tính sau ngày {short_date(deadline.started_on)}; "
                "ngày tạm dừng phải sau ngày đó.",
                field="pause_from",
            )
        answer = check_pause_of(
            limit_of(deadline), reason_code, confirmed_by_commission=is_confirmed(deadline)
        )
        change = DeadlineChange.create(
            deadline=deadline, kind="pause", pause_from=pause_from, pause_to=pause_to,
            reason_code=reason_code, reason=words, warning=_allowed(answer, field="reason_code"),
            requested_by=actor.user_id, requested_at=now,
        )  # fmt: skip
        event.about(deadline)
        event.say(change=change.id, kind="pause", label=deadline.label, reason=words)
    return change


def decide_change(
    actor: Actor, change_id: int, *, grant: bool, reason: str = "", now: datetime
) -> DeadlineChange:
    """Grant or refuse a request of somebody else; a refusal says why."""
    actor.require(Permission.DECIDE_DEADLINES)
    change = change_of(actor, change_id)
    _require_decider(actor, change)
    words = clean_text(reason)
    if not grant and not words:
        raise Invalid("Ghi lý do không đồng ý.", field="reason")
    verb = "deadline.change_granted" if grant else "deadline.change_refused"
    with act(actor, verb, now=now) as event:
        deadline = _hold_running(change.deadline_id)
        if grant and change.kind == "extension":
            change.warning = _allowed(_judge_extension(deadline, change.amount or 0), field="grant")
        changed = (
            DeadlineChange.update(
                state="granted" if grant else "refused", decided_by=actor.user_id, decided_at=now,
                decision_reason=words, warning=change.warning,
            )
            .where(DeadlineChange.id == change.id, DeadlineChange.state == "requested")
            .execute()
        )  # fmt: skip
        if not changed:
            raise Stale("Đề nghị này vừa có người quyết định. Mở lại trang để xem kết quả.")
        recompute(deadline)
        event.about(deadline)
        event.say(change=change.id, kind=change.kind, label=deadline.label, reason=words or change.reason)
    return DeadlineChange.get_by_id(change.id)


def resume(actor: Actor, change_id: int, *, on: date, now: datetime) -> DeadlineChange:
    """End a running pause: `on` is the first day that counts again."""
    if not actor.may(Permission.DECIDE_DEADLINES):
        actor.require(Permission.REQUEST_DEADLINES)
    change = change_of(actor, change_id)
    if change.pause_from is None or change.state != "granted" or change.pause_to is not None:
        raise Refused("Thời hạn này không ở trong thời gian tạm dừng chưa kết thúc.")
    if on <= change.pause_from:
        raise Invalid(
            f"Ngày tính tiếp phải sau ngày bắt đầu tạm dừng ({short_date(change.pause_from)}).", field="on"
        )
    with act(actor, "deadline.resumed", now=now) as event:
        deadline = _hold_running(change.deadline_id)
        changed = (
            DeadlineChange.update(pause_to=on - timedelta(days=1))
            .where(DeadlineChange.id == change.id, DeadlineChange.pause_to.is_null())
            .execute()
        )
        if not changed:
            raise Stale("Lần tạm dừng này vừa có người kết thúc. Mở lại trang để xem thời hạn.")
        recompute(deadline)
        event.about(deadline)
        event.say(label=deadline.label, on=on.isoformat())
    return DeadlineChange.get_by_id(change.id)


def recompute(deadline: Deadline) -> None:
    """Count the copy kept for lists anew."""
    Deadline.update(due_on=due_day(deadline)).where(Deadline.id == deadline.id).execute()


def deciders(limit: TimeLimit, kind: str) -> frozenset[Role]:
    """The roles that may decide a request on this limit."""
    named = limit.extension.decided_by if limit.extension and kind == "extension" else Role.COMMISSIONER
    return frozenset({named, Role.CHAIR})


def _require_decider(actor: Actor, change: DeadlineChange) -> None:
    if change.requested_by_id == actor.user_id:
        raise NotAllowed("Người đề nghị không được tự quyết định. Đề nghị người có thẩm quyền khác.")
    allowed = deciders(limit_of(change.deadline), change.kind)
    if not actor.roles & allowed:
        names = " hoặc ".join(sorted(role.label for role in allowed))
        raise NotAllowed(f"Đề nghị này do {names} quyết định.")


def _judge_extension(deadline: Deadline, amount: int) -> Answer:
    granted = [
        change.amount
        for change in changes_of(deadline)
        if change.amount is not None and change.state == "granted"
    ]
    return check_extension_of(
        limit_of(deadline), amount, granted=granted, confirmed_by_commission=is_confirmed(deadline)
    )


def _allowed(answer: Answer, *, field: str) -> str:
    if answer.verdict is Verdict.REFUSED:
        raise Refused(" ".join(answer.reasons), field=field)
    return " ".join(answer.reasons)


def _hold_running(deadline_id: int) -> Deadline:
    """Lock the case, as every verb about it does first, then read the deadline anew."""
    owner = Deadline.select(Deadline.case).where(Deadline.id == deadline_id)
    case = lock_row(Case.select().where(Case.id.in_(owner))).get()
    deadline = Deadline.get_by_id(deadline_id)
    if deadline.state != "running" or case.state != "open":
        raise Refused("Thời hạn này không còn đang tính nên không thay đổi được.")
    return deadline


def _reason(reason: str) -> str:
    words = clean_text(reason)
    if not words:
        raise Invalid("Ghi lý do của đề nghị.", field="reason")
    return words
