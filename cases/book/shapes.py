"""Boxes, lines of text and arrows of a drawing, with every place computed; templates only write them out."""

from dataclasses import dataclass, field
from typing import Final, Literal

PAD: Final = 11
NAME_PITCH: Final = 18
SMALL_PITCH: Final = 16
# Widest usual letters of a sans-serif face at 14 and 12 units; Vietnamese marks take no width.
NAME_LETTER: Final = 7.4
SMALL_LETTER: Final = 6.1
ARROW: Final = 7.0

Kind = Literal["step", "choice", "exit"]
Point = tuple[float, float]


@dataclass(frozen=True)
class TextLine:
    y: float
    text: str
    small: bool


@dataclass(frozen=True)
class Box:
    kind: Kind
    x: float
    y: float
    width: float
    height: float
    lines: tuple[TextLine, ...]

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def entry(self) -> float:
        """Where an arrow from the left comes in."""
        return self.y + PAD + NAME_PITCH / 2


@dataclass(frozen=True)
class Arrow:
    """A line through points; `head` is the triangle at its end, empty for a line that only joins."""

    points: tuple[Point, ...]
    dashed: bool
    headed: bool = True

    @property
    def path(self) -> str:
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)

    @property
    def head(self) -> str:
        if not self.headed:
            return ""
        (from_x, from_y), (x, y) = self.points[-2:]
        if from_x == x:
            back = y - ARROW if y > from_y else y + ARROW
            corners = [(x, y), (x - ARROW / 1.6, back), (x + ARROW / 1.6, back)]
        else:
            back = x - ARROW if x > from_x else x + ARROW
            corners = [(x, y), (back, y - ARROW / 1.6), (back, y + ARROW / 1.6)]
        return " ".join(f"{one:g},{other:g}" for one, other in corners)


@dataclass
class Band:
    """One piece of the drawing, its places counted from its own top."""

    title: str
    tone: int
    y: float = 0
    height: float = 0
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)


@dataclass(frozen=True)
class Diagram:
    width: float
    height: float
    bands: tuple[Band, ...]


def box(kind: Kind, x: float, y: float, width: float, name: str, about: str = "") -> Box:
    inner = width - 2 * PAD
    lines, at = [], y + PAD
    small = kind == "exit"
    for text in wrapped(name, inner / (SMALL_LETTER if small else NAME_LETTER)):
        at += SMALL_PITCH if small else NAME_PITCH
        lines.append(TextLine(at - 5, text, small))
    for text in wrapped(about, inner / SMALL_LETTER):
        at += SMALL_PITCH
        lines.append(TextLine(at - 4, text, True))
    return Box(kind, x, y, width, at + PAD - 3 - y, tuple(lines))


def wrapped(text: str, letters: float) -> list[str]:
    """The text in lines of at most so many letters; a longer word is cut."""
    most, lines = int(letters), [""]
    for word in text.split():
        while len(word) > most:
            lines.append(word[:most])
            word = word[most:]
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= most:
            lines[-1] = joined
        else:
            lines.append(word)
    return [line for line in lines if line]
