"""A limit as the commission states it: what a confirmation or correction replaces in the rule. Pure."""

from datetime import date
from typing import Final, Protocol

from cases.deadlines.extensions import longest_extension
from cases.text import short_date
from procedures.schema import Confidence, Extension, Measure, Role, RollPolicy, TimeLimit, Unit

CONFIRMED: Final = "confirmed"
CORRECTED: Final = "corrected"
VERDICTS: Final = {CONFIRMED: "xác nhận", CORRECTED: "đính chính"}


class Statement(Protocol):
    """What counting needs of a statement; what it leaves null or empty stays as in the rule."""

    @property
    def amount(self) -> int | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def extension_amount(self) -> int | None: ...
    @property
    def extension_times(self) -> int | None: ...
    @property
    def roll(self) -> str: ...
    @property
    def basis(self) -> str: ...


def as_confirmed(limit: TimeLimit, statement: Statement) -> TimeLimit:
    """The limit to count with: numbers and basis of the statement, no longer provisional.

    The commission states the rule on the text it names, so the limit counts as read in that text.
    """
    amount = limit.amount if statement.amount is None else statement.amount
    unit = Unit(statement.unit) if statement.unit else limit.unit
    return limit.model_copy(
        update={
            "measure": limit.measure if amount is None else Measure.NUMBER,
            "amount": amount,
            "unit": unit,
            "extension": _extension(limit, statement, amount, unit),
            "roll": RollPolicy(statement.roll) if statement.roll else limit.roll,
            "basis": statement.basis,
            "article": None,
            "confidence": Confidence.SOURCE,
            "provisional": False,
        }
    )


def differs(limit: TimeLimit, statement: Statement) -> bool:
    """Whether a statement changes anything that is counted with."""
    stated = as_confirmed(limit, statement)
    return _counted_with(stated) != _counted_with(limit)


def basis_line(limit: TimeLimit, verdict: str, on: date) -> str:
    """The line of a sheet that names the article of a limit the commission has stated."""
    stated = f"Ủy ban {VERDICTS[verdict]} ngày {short_date(on)}"
    return f"{limit.id} – {limit.label}. Căn cứ: {limit.basis} ({stated})."


def _extension(limit: TimeLimit, statement: Statement, amount: int | None, unit: Unit) -> Extension | None:
    """The extension as stated; 0 times: none. Its unit goes with that of the limit where they were one."""
    rule = limit.extension
    if statement.extension_times == 0 or (rule is None and statement.extension_amount is None):
        return None
    if rule is None:
        # A rule that named no extension named nobody to grant one: the standing members do.
        rule = Extension(
            amount=statement.extension_amount, unit=unit, decided_by=Role.CHAIR, confidence=Confidence.SOURCE
        )
    each = statement.extension_amount
    stated = rule.model_copy(
        update={
            "amount": rule.amount if each is None else each,
            "fraction": rule.fraction if each is None else None,
            "times": statement.extension_times or rule.times,
            "unit": unit if rule.unit is limit.unit else rule.unit,
            "confidence": Confidence.SOURCE,
        }
    )
    same = (amount, unit) == (limit.amount, limit.unit) and _length(stated) == _length(rule)
    if same or rule.cap is None:
        return stated
    return stated.model_copy(update={"cap": _cap(stated, amount, unit)})


def _length(extension: Extension) -> tuple[object, ...]:
    return (extension.amount, extension.fraction, extension.times, extension.unit)


def _cap(extension: Extension, amount: int | None, unit: Unit) -> int | None:
    """The longest total that follows from stated numbers: the old one was made of the old numbers."""
    each = longest_extension(extension, amount or 0)
    if amount is None or each is None or extension.unit is not unit:
        return None
    return amount + each * (extension.times or 1)


def _counted_with(limit: TimeLimit) -> tuple[object, ...]:
    return (limit.amount, limit.unit, limit.roll, limit.extension and _length(limit.extension))
