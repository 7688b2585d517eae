"""The flow of a procedure as boxes and arrows with computed places, drawn by templates as SVG.

A band is one mandatory step with the conditional steps that follow it: the main line runs down on the left,
conditional steps and ways out stand to the right of it on dashed arrows. Every band is whole in itself, so a
print may break between any two.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from cases.book.reading import EditionView, StepView
from cases.book.shapes import Arrow, Band, Box, Diagram, box
from procedures.schema import LinkKind, ProcedureEdition

WIDTH: Final = 760
MAIN_X: Final = 20
MAIN_WIDTH: Final = 330
SIDE_X: Final = 410
SIDE_WIDTH: Final = 300
OUT_RAIL: Final = 380
BACK_RAIL: Final = 732
AXIS: Final = 215
"""Where the main line runs: right of the names of the stages, which stand at the left."""
TOP_ROOM: Final = 18
TITLE_ROOM: Final = 46
GAP: Final = 14
FOOT_ROOM: Final = 22
HANGING: Final = 24


@dataclass(frozen=True)
class _Part:
    """What a band is made of: a mandatory step, unless a stage begins without one, and choices.

    `before` and `following` are the mandatory steps around it; `near` are the steps that follow in turn.
    """

    main: StepView | None
    choices: tuple[StepView, ...]
    title: str
    tone: int
    before: StepView | None = None
    following: StepView | None = None
    near: frozenset[str] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(one.step.key for one in self.choices)


def draw(view: EditionView, name_of: Callable[[str], str]) -> Diagram:
    """Lay out an edition; `name_of` gives the code under which people know a procedure."""
    bands, y = [], 0.0
    for part in _placed(list(_parts(view))):
        band = _Pen(view.edition, part, name_of).band()
        band.y, y = y, y + band.height
        bands.append(band)
    return Diagram(WIDTH, y, tuple(bands))


def _parts(view: EditionView) -> Iterator[_Part]:
    """The steps in bands; a stage always begins with a band of its own, which bears its name."""
    for number, stage in enumerate(view.stages):
        title, main = f"{number + 1}. {stage.stage.label}", None
        choices: list[StepView] = []
        for one in stage.steps:
            if one.step.conditional:
                choices.append(one)
                continue
            if main is not None or choices:
                yield _Part(main, tuple(choices), title, number % 2)
                title = ""
            main, choices = one, []
        yield _Part(main, tuple(choices), title, number % 2)


def _placed(parts: list[_Part]) -> Iterator[_Part]:
    """Each part with what comes before and after it."""
    for number, part in enumerate(parts):
        after = parts[number + 1 :]
        following = next((one.main for one in after if one.main is not None), None)
        near = set(part.keys)
        for one in after:
            near |= {one.main.step.key} if one.main is not None else one.keys
            if one.main is not None:
                break
        before = next((one.main for one in reversed(parts[:number]) if one.main is not None), None)
        yield replace(part, before=before, following=following, near=frozenset(near))


class _Pen:
    """Draws one band."""

    def __init__(self, edition: ProcedureEdition, part: _Part, name_of: Callable[[str], str]) -> None:
        self._part = part
        self._name_of = name_of
        self._order = {step.key: place for place, step in enumerate(edition.steps)}
        self._band = Band(part.title, part.tone)

    def band(self) -> Band:
        band, part = self._band, self._part
        top = TITLE_ROOM if band.title else TOP_ROOM
        main = self._main(part.main, top) if part.main is not None else None
        entered, returning = self._side(top)
        band.height = max(one.bottom for one in band.boxes) + FOOT_ROOM
        self._branch_out(main, entered)
        if part.following is not None:
            self._go_on(main, part.following)
            if returning:
                self._come_back(returning)
        return band

    def _main(self, one: StepView, top: float) -> Box:
        """The mandatory step, the arrow into it, and the end of the procedure below the last one."""
        band, before = self._band, self._part.before
        drawn = box("step", MAIN_X, top, MAIN_WIDTH, _name(one), _about(one))
        band.boxes.append(drawn)
        if self._order[one.step.key]:
            follows = before is None or one.step.key in before.step.next
            band.arrows.append(Arrow(((AXIS, 0), (AXIS, top)), dashed=not follows))
        if not one.step.next and one.outcome:
            end = box("exit", MAIN_X, drawn.bottom + GAP + 4, MAIN_WIDTH, f"Kết thúc: {one.outcome}")
            band.boxes.append(end)
            band.arrows.append(Arrow(((AXIS, drawn.bottom), (AXIS, end.y)), dashed=False))
        return drawn

    def _side(self, top: float) -> tuple[list[Box], list[Box]]:
        """The right column: boxes entered from the main line, and those from which the flow comes back."""
        entered: list[Box] = []
        returning: list[Box] = []
        y = top
        for words in self._exits(self._part.main) if self._part.main is not None else ():
            entered.append(box("exit", SIDE_X, y, SIDE_WIDTH, words))
            y = entered[-1].bottom + GAP
        self._band.boxes += entered
        for one in self._part.choices:
            drawn = box("choice", SIDE_X, y, SIDE_WIDTH, _name(one), _about(one))
            entered.append(drawn)
            if self._part.near.intersection(one.step.next):
                returning.append(drawn)
            self._band.boxes.append(drawn)
            y = self._hang_exits(drawn, self._exits(one)) + GAP
        return entered, returning

    def _hang_exits(self, above: Box, exits: list[str]) -> float:
        """Ways out of a choice hang below it; the answer is where the last one ends."""
        middle = SIDE_X + SIDE_WIDTH / 2
        for words in exits:
            below = box("exit", SIDE_X + HANGING, above.bottom + GAP, SIDE_WIDTH - HANGING, words)
            self._band.boxes.append(below)
            self._band.arrows.append(Arrow(((middle, above.bottom), (middle, below.y)), dashed=True))
            above = below
        return above.bottom

    def _branch_out(self, main: Box | None, entered: list[Box]) -> None:
        for number, target in enumerate(entered):
            if main is None:
                points = [(AXIS, target.entry), (target.x, target.entry)]
            elif number == 0:
                points = [(main.x + main.width, target.entry), (target.x, target.entry)]
            else:
                points = [(OUT_RAIL, main.entry), (OUT_RAIL, target.entry), (target.x, target.entry)]
            self._band.arrows.append(Arrow(tuple(points), dashed=True))

    def _go_on(self, main: Box | None, following: StepView) -> None:
        leads = self._part.main is not None and following.step.key in self._part.main.step.next
        top = main.bottom if main is not None else 0
        self._band.arrows.append(Arrow(((AXIS, top), (AXIS, self._band.height)), not leads, headed=False))

    def _come_back(self, returning: list[Box]) -> None:
        """From the right edge of each choice down one rail, and under all boxes back to the main line."""
        join = self._band.height - FOOT_ROOM / 2
        for other in returning[1:]:
            into = ((other.x + other.width, other.entry), (BACK_RAIL, other.entry))
            self._band.arrows.append(Arrow(into, dashed=True, headed=False))
        first = returning[0]
        start = (first.x + first.width, first.entry)
        points = (start, (BACK_RAIL, first.entry), (BACK_RAIL, join), (AXIS, join))
        self._band.arrows.append(Arrow(points, dashed=True))

    def _exits(self, one: StepView) -> list[str]:
        """Every way out of a step that is not the next step: other procedures, results, leaps."""
        words = []
        for link in one.links:
            codes = ", ".join(self._name_of(code) for code in (*link.to, *link.later))
            words.append(f"{link.kind.label[:1].upper()}{link.kind.label[1:]}: {codes}")
        switched = any(link.kind is LinkKind.SWITCH for link in one.links)
        if one.outcome and one.step.next and not switched:
            words.append(f"Kết thúc: {one.outcome}")
        return words + [self._leap(one, key) for key in one.step.next if self._leaps(one, key)]

    def _back(self, one: StepView, key: str) -> bool:
        return self._order[key] <= self._order[one.step.key]

    def _leaps(self, one: StepView, key: str) -> bool:
        return self._back(one, key) or key not in self._part.near

    def _leap(self, one: StepView, key: str) -> str:
        return f"Trở lại {key}" if self._back(one, key) else f"Đi thẳng đến {key}"


def _name(one: StepView) -> str:
    return f"{one.step.key}. {one.step.label}"


def _about(one: StepView) -> str:
    """Who, how long, how often: the second line of a box."""
    limit = f"hạn {one.limit.words}{'' if one.limit.confirmed else ' (chưa xác nhận)'}" if one.limit else ""
    again = "có thể làm nhiều lần" if one.step.repeatable else ""
    return " · ".join(filter(None, [one.step.actor.label, limit, again]))
