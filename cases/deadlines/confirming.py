"""What a commission states about its rules: confirmed, corrected, withdrawn; clocks are counted anew.

A statement is drafted first, so that the same words show which clocks would move and are then stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cases.audit.operations import act
from cases.deadlines.confirmations import (
    Statements,
    key_of,
    rule_day,
    statement_of,
    statements_about,
    written_version,
)
from cases.deadlines.confirmed import CONFIRMED, CORRECTED, as_confirmed, differs
from cases.deadlines.models import Deadline, RuleConfirmation
from cases.deadlines.queries import current_calendar, visible_to
from cases.deadlines.recount import Move, counted, said, write
from cases.deadlines.rule_versions import version_of
from cases.deadlines.trace import CountOutOfRange, check_range
from cases.errors import Invalid, Stale
from cases.lifecycle.models import Case
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import clean_line, clean_text
from procedures.schema import RollPolicy, TimeLimit, Unit

LONGEST_BASIS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """How a rule reads instead; None and "" leave that part as it is."""

    amount: int | None = None
    unit: str = ""
    extension_amount: int | None = None
    extension_times: int | None = None
    roll: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a statement would do: the moves the person may see, how many others move, how many depend."""

    moves: tuple[Move, ...]
    others: int
    depend: int


def drafted(
    actor: Actor,
    rule_id: str,
    first_day: date | None,
    *,
    basis: str,
    note: str = "",
    correction: Correction | None = None,
    now: datetime,
) -> RuleConfirmation:
    """A statement in the actor's words, checked and not stored. With a `correction` it is one."""
    actor.require(Permission.CONFIRM_RULES)
    rule = version_of(rule_id, first_day)
    stated = clean_line(basis)
    if not stated:
        raise Invalid("Ghi số văn bản và điều, khoản làm căn cứ.", field="basis")
    if len(stated) > LONGEST_BASIS:
        raise Invalid(f"Căn cứ dài quá {LONGEST_BASIS} ký tự; phần còn lại ghi ở ghi chú.", field="basis")
    draft = RuleConfirmation(
        commission=actor.commission_id, rule_id=rule_id, version_from=first_day, basis=stated,
        note=clean_text(note), verdict=CONFIRMED, confirmed_by=actor.user_id, confirmed_at=now,
    )  # fmt: skip
    if correction is not None:
        _correct(draft, rule if isinstance(rule, TimeLimit) else None, correction)
    return draft


def effect_of(actor: Actor, draft: RuleConfirmation) -> Effect:
    """Which running deadlines a drafted statement would move."""
    return _effect(actor, draft, _moves(draft, _with(draft)))


def effect_of_withdrawal(actor: Actor, statement_id: int) -> Effect:
    """Which running deadlines would move if a statement were withdrawn."""
    actor.require(Permission.CONFIRM_RULES)
    statement = statement_of(actor, statement_id)
    return _effect(actor, statement, _moves(statement, _without(statement)))


def confirm_rule(
    actor: Actor, rule_id: str, first_day: date | None, *, basis: str, note: str = "", now: datetime
) -> RuleConfirmation:
    """State that a version of a rule is as written, on the basis named."""
    draft = drafted(actor, rule_id, first_day, basis=basis, note=note, now=now)
    return _store(actor, draft, "rule.confirmed", now=now)


def correct_rule(
    actor: Actor,
    rule_id: str,
    first_day: date | None,
    *,
    correction: Correction,
    basis: str,
    note: str = "",
    now: datetime,
) -> RuleConfirmation:
    """State how a version of a rule reads instead, on the basis named."""
    draft = drafted(actor, rule_id, first_day, basis=basis, note=note, correction=correction, now=now)
    return _store(actor, draft, "rule.corrected", now=now)


def withdraw_confirmation(actor: Actor, statement_id: int, *, reason: str, now: datetime) -> RuleConfirmation:
    """Take a statement back; the one before it counts again, or the rule as written."""
    actor.require(Permission.CONFIRM_RULES)
    statement = statement_of(actor, statement_id)
    words = clean_text(reason)
    if not words:
        raise Invalid("Ghi lý do rút xác nhận.", field="reason")
    moves = _moves(statement, _without(statement))
    with act(actor, "rule.withdrawn", now=now) as event:
        changed = (
            RuleConfirmation.update(withdrawn_by=actor.user_id, withdrawn_at=now, withdrawn_reason=words)
            .where(RuleConfirmation.id == statement.id, RuleConfirmation.withdrawn_at.is_null())
            .execute()
        )
        if not changed:
            raise Stale("Xác nhận này vừa được rút. Mở lại trang để xem quy định.")
        write(_moved(moves))
        event.about(statement)
        event.say(**_said(statement, moves), reason=words)
    return RuleConfirmation.get_by_id(statement.id)


def _store(actor: Actor, draft: RuleConfirmation, verb: str, *, now: datetime) -> RuleConfirmation:
    """Days are counted before the transaction, which then holds the database only to write them."""
    moves = _moves(draft, _with(draft))
    with act(actor, verb, now=now) as event:
        draft.save(force_insert=True)
        write(_moved(moves))
        event.about(draft)
        event.say(**_said(draft, moves), verdict=draft.verdict, basis=draft.basis, **_stated(draft))
    return draft


def _correct(draft: RuleConfirmation, limit: TimeLimit | None, correction: Correction) -> None:
    draft.verdict = CORRECTED
    draft.text = clean_text(correction.text)
    if limit is None:
        if not draft.text:
            raise Invalid("Ghi nội dung đúng của quy định.", field="text")
        return
    _check_numbers(limit, correction)
    for name in ("amount", "unit", "extension_amount", "extension_times", "roll"):
        setattr(draft, name, getattr(correction, name))
    if not differs(limit, draft):
        raise Invalid(
            "Các số ghi ở đây đều như quy định đang ghi. Nếu quy định đúng, hãy chọn “Xác nhận”.",
            field="amount",
        )
    _leave_what_is_the_same(draft, limit)


def _check_numbers(limit: TimeLimit, correction: Correction) -> None:
    if correction.unit not in ("", *Unit):
        raise Invalid("Chọn đơn vị tính trong danh sách.", field="unit")
    if correction.roll not in ("", *RollPolicy):
        raise Invalid("Chọn cách tính ngày cuối trong danh sách.", field="roll")
    if correction.extension_amount == 0:
        raise Invalid("Không được gia hạn thì ghi 0 ở số lần gia hạn.", field="extension_amount")
    if limit.extension is None and correction.extension_times and not correction.extension_amount:
        raise Invalid("Ghi độ dài mỗi lần gia hạn.", field="extension_amount")
    unit = Unit(correction.unit) if correction.unit else limit.unit
    for field in ("amount", "extension_amount", "extension_times"):
        try:
            check_range(date(2000, 1, 1), getattr(correction, field) or 0, unit)
        except CountOutOfRange:
            raise Invalid("Số lớn quá, không tính ngày được.", field=field) from None


def _leave_what_is_the_same(draft: RuleConfirmation, limit: TimeLimit) -> None:
    """Keep only what the statement changes, so that it says no more than the commission did."""
    stated = as_confirmed(limit, draft)
    for name, empty in (
        ("amount", None), ("unit", ""), ("extension_amount", None), ("extension_times", None), ("roll", ""),
    ):  # fmt: skip
        kept = getattr(draft, name)
        setattr(draft, name, empty)
        if as_confirmed(limit, draft) != stated:
            setattr(draft, name, kept)


def _with(draft: RuleConfirmation) -> Statements:
    """What would be in force with a draft."""
    known = statements_about(draft.commission_id, draft.rule_id)
    return Statements({**known.in_force, key_of(draft): draft})


def _without(statement: RuleConfirmation) -> Statements:
    """What would be in force without a statement: the one before it, if any."""
    before = (
        RuleConfirmation.select()
        .where(
            RuleConfirmation.commission == statement.commission_id,
            RuleConfirmation.rule_id == statement.rule_id,
            RuleConfirmation.withdrawn_at.is_null(),
            RuleConfirmation.id != statement.id,
        )
        .order_by(RuleConfirmation.id)
    )
    return Statements({key_of(row): row for row in before})


def _moves(statement: RuleConfirmation, statements: Statements) -> list[Move]:
    """Every running deadline bound by the version a statement is about, with its day under `statements`."""
    own = Case.select(Case.id).where(Case.commission == statement.commission_id)
    among = Deadline.select().where(Deadline.limit_id == statement.rule_id, Deadline.case.in_(own))
    found = [
        Move(one, one.due_on, day)
        for one, day in counted(current_calendar(), among, statements=statements)
        if written_version(one.limit_id, rule_day(one)).valid_from == statement.version_from
    ]
    return sorted(found, key=lambda move: (move.deadline.case.code, move.deadline.id))


def _effect(actor: Actor, statement: RuleConfirmation, found: Sequence[Move]) -> Effect:
    seen = {one.id for one in visible_to(actor).where(Deadline.limit_id == statement.rule_id)}
    moved = _moved(found)
    shown = tuple(move for move in moved if move.deadline.id in seen)
    return Effect(moves=shown, others=len(moved) - len(shown), depend=len(found))


def _moved(found: Sequence[Move]) -> list[Move]:
    return [move for move in found if move.before != move.after]


def _said(statement: RuleConfirmation, found: Sequence[Move]) -> dict[str, object]:
    first_day = statement.version_from
    return {
        "rule": statement.rule_id,
        "version": first_day.isoformat() if first_day else None,
        "moved": said(_moved(found)),
    }


def _stated(statement: RuleConfirmation) -> dict[str, object]:
    names = ("amount", "unit", "extension_amount", "extension_times", "roll", "text", "note")
    return {name: getattr(statement, name) for name in names if getattr(statement, name) not in (None, "")}
