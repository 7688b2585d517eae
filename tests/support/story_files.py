"""The format of tests/scenarios/*.toml: what happens in a whole case, act by act, and what must be so then.

The README of that folder explains it to whoever writes a story; here it is closed to unknown keys.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from procedures.schema import LinkKind, Owner, Role

FOLDER = Path(__file__).resolve().parent.parent / "scenarios"
Verb = Literal[
    "complete", "skip", "take", "repeat", "return", "extend", "pause", "resume", "hold", "go_on", "switch",
    "branch", "conclude", "close",
]  # fmt: skip
# How a required paper is dealt with: a reason why there is none, the paper itself, or nothing at all.
Papers = Literal["explained", "issued", "none"]


class Told(BaseModel):
    """Base of the format: immutable, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Expect(Told):
    """What must be so after an act. What is left out is not looked at.

    `running` names every running clock of the case: a day, "paused", or "year 2027" for a calendar that
    nobody has confirmed. `rolled` is the last day moved to a working day, `warnings` a part of the words on
    the sheet of a clock.
    """

    edition: date | None = None
    basis: tuple[str, ...] | None = None
    state: str | None = None
    outcome: str | None = None
    ready: tuple[str, ...] | None = None
    offered: tuple[str, ...] | None = None
    steps: dict[str, str] = {}
    running: dict[str, date | str] | None = None
    met: dict[str, date] = {}
    cancelled: tuple[str, ...] | None = None
    rolled: dict[str, date] = {}
    warnings: dict[str, str] = {}
    lacking: dict[str, tuple[str, ...]] = {}
    without: dict[str, tuple[str, ...]] = {}
    issued: tuple[str, ...] = ()
    branches: tuple[str, ...] | None = None
    parent: str | None = None
    parties: tuple[str, ...] | None = None


class Act(Told):
    """One thing that people do on a day; `refused`: the words with which the product must not let them."""

    on: date
    do: Verb
    case: str = ""
    by: Role | None = None
    step: str = ""
    steps: tuple[str, ...] = ()
    reason: str = ""
    to: str = ""
    kind: LinkKind | None = None
    opens: str = ""
    parties: tuple[str, ...] = ()
    limit: str = ""
    amount: int = 0
    granted: bool = True
    because: str = ""
    since: date | None = None
    until: date | None = None
    outcome: str = ""
    allegation: int = 1
    conclusion: str = ""
    papers: Papers | None = None
    refused: str = ""
    expect: Expect = Field(default_factory=Expect)

    @property
    def keys(self) -> tuple[str, ...]:
        return self.steps or (self.step,)


class Story(Told):
    """A case from its opening on: who, under which procedure, from what and when."""

    text: str = Field(min_length=80)
    procedure: str
    started_on: date
    opened_on: date | None = None
    run_by: Owner | None = None
    level: Literal["tinh", "xa"] = "tinh"
    origin: Literal["letter", "programme", "other"] = "other"
    members: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    allegations: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    papers: Papers = "explained"
    refused: str = ""
    expect: Expect = Field(default_factory=Expect)


class Scenario(Told):
    """One file. A story that is refused at the opening has no acts; every other one ends."""

    story: Story
    act: tuple[Act, ...] = ()

    @model_validator(mode="after")
    def _days_go_forward(self) -> "Scenario":
        days = [self.story.opened_on or self.story.started_on, *(act.on for act in self.act)]
        if days != sorted(days):
            raise ValueError("the days of the acts do not go forward")
        if bool(self.act) == bool(self.story.refused):
            raise ValueError("either acts, or the words that refuse the opening")
        return self


def scenario_files() -> list[Path]:
    return sorted(FOLDER.glob("*.toml"))


def read_scenario(path: Path) -> Scenario:
    return Scenario.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
