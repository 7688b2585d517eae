"""The batch calculator for auditors: one JSON object in, one out, by the same rules as the screens.

Pure: the rule book and the calendar are given, nothing is read or written.
"""

from collections.abc import Callable
from typing import Final

from cases.book.calculator_dates import BAD_INPUT, Answer, Law, back, due, error_of
from cases.book.calculator_discipline import decision_life, limitation, regulation, vote
from cases.book.calculator_input import Asked, BadInput, read_line
from cases.errors import UserFacingError

OPERATIONS: Final[dict[str, Callable[[Asked, Law], Answer]]] = {
    "due": due,
    "back": back,
    "limitation": limitation,
    "decision_life": decision_life,
    "vote": vote,
    "regulation": regulation,
}


def calculate(asked: object, law: Law) -> Answer:
    """Answer one question, or say in `error` why there is no answer: its code and a Vietnamese sentence."""
    try:
        question = Asked(asked)
        return question.one_of("op", OPERATIONS)(question, law)
    except UserFacingError as error:
        return {"error": error_of(error)}


def calculate_line(line: bytes, law: Law) -> Answer:
    """Answer one line of a file; what is no JSON object is told as any other fault."""
    try:
        return calculate(read_line(line), law)
    except BadInput as error:
        return {"error": error_of(error)}


def is_bad(answer: Answer) -> bool:
    """Whether the line itself was at fault, not the calendar or the rule."""
    return "error" in answer and answer["error"]["code"] == BAD_INPUT
