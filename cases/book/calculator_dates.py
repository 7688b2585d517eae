"""Dates of the batch calculator: a number of days, a limit of the rule book, days back from an event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from cases.book.calculator_input import LEVELS, SUBJECTS, UNITS, Asked, BadInput, Length
from cases.deadlines.calendar import Calendar, CalendarNotConfirmed, TraceDay
from cases.deadlines.extensions import Verdict, check_extension_of
from cases.deadlines.rules import count, count_back, extension_amount, sheet_for
from cases.deadlines.sheet import DeadlineSheet
from cases.errors import Refused, UserFacingError
from cases.text import short_date
from procedures.schema import Dated, Regulation, RuleBook, RuleNotFound, TimeLimit

Answer = dict[str, Any]
V = TypeVar("V", bound=Dated)


@dataclass(frozen=True, slots=True)
class Law:
    """What every answer rests on: the rule book and the confirmed calendar."""

    rules: RuleBook
    calendar: Calendar


class ExtensionRefused(Refused):
    """The rule does not let the limit be extended so far, or so often."""


BAD_INPUT: Final = "bad_input"
CODES: Final[dict[type[UserFacingError], str]] = {
    CalendarNotConfirmed: "calendar_not_confirmed",
    ExtensionRefused: "extension_refused",
}


def error_of(error: UserFacingError) -> Answer:
    """What `error` says in an answer: the code for programs, the sentence for people."""
    return {"code": CODES.get(type(error), BAD_INPUT), "message": error.message}


def due(asked: Asked, law: Law) -> Answer:
    """The last day of a limit, by number and unit, or by the id of a limit of the rule book.

    Where only the move off a day off needs a year nobody has confirmed, the answer has the unmoved days
    and the error beside them.
    """
    if asked.has("limit"):
        return _due_of_limit(asked, law)
    start, amount = asked.day("start"), asked.whole("amount")
    extensions = asked.lengths("extension")
    granted = _granted(start, amount, extensions)
    sheet = count(
        start, amount, asked.one_of("unit", UNITS), law.calendar, asked.intervals("pauses"),
        sum(granted) if extensions else None, refuse_open_roll=False,
    )  # fmt: skip
    return _answer(sheet)


def back(asked: Asked, law: Law) -> Answer:
    """The first of so many days before an event."""
    sheet = count_back(
        asked.day("end"), asked.whole("amount"), asked.one_of("unit", UNITS), law.calendar
    )  # fmt: skip
    return {"first_day": iso(sheet.due), "trace": _trace(sheet.trace)}


def _due_of_limit(asked: Asked, law: Law) -> Answer:
    if asked.has("amount") or asked.has("unit"):
        raise BadInput("Chỉ ghi limit, hoặc amount và unit; không ghi cả hai.", field="limit")
    start = asked.day("start")
    limit = _limit(asked, law.rules, start)
    granted = _granted(start, limit.amount or 0, asked.lengths("extension"))
    for number, more in enumerate(granted):
        # The bounds of a rule hold in a calculation also while nobody has confirmed the rule.
        said = check_extension_of(limit, more, granted=granted[:number], confirmed_by_commission=True)
        if said.verdict is Verdict.REFUSED:
            raise ExtensionRefused(" ".join(said.reasons), field="extension")
    sheet = sheet_for(
        limit, start, law.calendar, pauses=asked.intervals("pauses"), granted=granted,
        refuse_open_roll=False,
    )  # fmt: skip
    first = {"first_day": iso(sheet.due)} if limit.backwards else {}
    return _answer(sheet) | first | {
        "limit": limit.id,
        "basis": limit.basis,
        "article": limit.article,
        "confidence": limit.confidence.value,
        "confirmed": limit.confirmed_by_source,
    }  # fmt: skip


def _granted(start: date, amount: int, extensions: Iterable[Length]) -> list[int]:
    return [extension_amount(start, amount, one) or 0 for one in extensions]


def _limit(asked: Asked, rules: RuleBook, start: date) -> TimeLimit:
    """The version of the limit asked for, or of its twin at that level or for that kind of subject."""
    name = asked.word("limit")
    known = {limit.id: limit for limit in rules.time_limits}
    if name not in known:
        raise BadInput("Không có thời hạn này trong bộ quy định.", field="limit")
    first = known[name].same_rule_as or name
    level, subject = asked.one_of_if_any("level", LEVELS), asked.one_of_if_any("subject", SUBJECTS)
    fitting = [
        limit
        for limit in rules.time_limits
        if first in (limit.id, limit.same_rule_as)
        and (limit.id == name or level is not None or subject is not None)
        and limit.applies_to(level, subject)
    ]
    own = [limit for limit in fitting if limit.id == name]
    edition = asked.word("edition") if asked.has("edition") else None
    return version_under(own or fitting, edition, rules, on=start, what=f"Thời hạn {known[name].id}")


def version_under(versions: Sequence[V], edition: str | None, rules: RuleBook, *, on: date, what: str) -> V:
    """The version in force on a day; with an edition, one that was law under that text.

    Where there were several, the one of the day comes first, then that of the first day of the text.
    """
    text = _text(edition, rules) if edition is not None else None
    days = (on,) if text is None else (on, text.valid_from)
    found = [one for one in versions if text is None or _overlap(one, text)]
    for day in days:
        for version in found:
            if version.in_force(day):
                return version
    if text is None or not found:
        when = f"ngày {short_date(on)}" if text is None else f"theo {text.number}"
        raise BadInput(f"{what} không có bản nào áp dụng {when}.", field="limit")
    return found[0]


def _text(number: str, rules: RuleBook) -> Regulation:
    try:
        return rules.regulation(number)
    except RuleNotFound as error:
        raise BadInput("Không có văn bản này trong bộ quy định.", field="edition") from error


def _overlap(one: Dated, other: Dated) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)


def _answer(sheet: DeadlineSheet) -> Answer:
    answer: Answer = {
        "due": iso(sheet.due),
        "due_rolled": iso(sheet.due_rolled),
        "due_extended": iso(sheet.due_extended),
        "due_extended_rolled": iso(sheet.due_extended_rolled),
        "trace": _trace(sheet.trace),
    }
    if sheet.extension is not None:
        answer["extension_trace"] = _trace(sheet.extension_trace)
    if sheet.running_pause is not None:
        answer["remaining"] = sheet.remaining
    for day, rolled in ((sheet.due, sheet.due_rolled), (sheet.due_extended, sheet.due_extended_rolled)):
        if day is not None and rolled is None:
            answer["error"] = error_of(CalendarNotConfirmed(day.year))
    return answer


def _trace(days: Iterable[TraceDay]) -> list[Answer]:
    return [
        {"day": day.isoformat(), "counted": counted, "number": number, "reason": reason}
        for day, counted, number, reason in days
    ]


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
