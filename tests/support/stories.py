"""Acts out a scenario file on the product's own operations and says what differs from what it tells."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from cases.audit.models import AuditEvent
from cases.deadlines import operations as deadlines
from cases.deadlines.models import Deadline, DeadlineChange
from cases.errors import UserFacingError
from cases.lifecycle import operations as lifecycle
from cases.lifecycle.branches import DISCIPLINE
from cases.lifecycle.models import Allegation, Case, CaseStep
from cases.lifecycle.operations import NewCase
from cases.lifecycle.progress import edition_of, latest_row, parties_of
from cases.people.actor import Actor
from cases.people.models import Commission
from procedures.schema import LinkKind, Role
from tests.support.letters import open_vault
from tests.support.papers import drawn_at_once
from tests.support.running_cases import a_team, who_may
from tests.support.story_checks import differences
from tests.support.story_files import Act, Scenario, Story
from tests.support.story_world import letters_of, moment, packs_on, papers_for, parties_in, programme_item
from tests.support.worlds import Staff, a_staffed_commission


def tell(scenario: Scenario, *, name: str, folder: Path) -> None:
    """Act a scenario out; the first act that goes otherwise fails the test with what differed."""
    with packs_on(scenario.story.packs), drawn_at_once():
        open_vault()
        teller = Teller(scenario.story, folder)
        _at(f"{name}, opening", teller.open)
        for number, act in enumerate(scenario.act, start=1):
            what = " ".join(filter(None, (act.do, act.case, *act.keys, act.limit, act.to)))
            _at(f"{name}, act {number} ({act.on:%d/%m/%Y} {what})", partial(teller.play, act))


def _at(place: str, what: Callable[[], list[str]]) -> None:
    try:
        differs = what()
    except UserFacingError as error:
        differs = [f"refused: {error.message}"]
    if differs:
        pytest.fail("\n  ".join([f"{place}:", *differs]), pytrace=False)


def _expecting(refusal: str, what: Callable[[], object]) -> list[str]:
    """Do it; or, when a story says that it is refused, see that it is, in these words, without a trace."""
    if not refusal:
        what()
        return []
    before = AuditEvent.select().count()
    try:
        what()
    except UserFacingError as error:
        differs = [] if refusal in error.message else [f"refused: {error.message}; told: {refusal}"]
        return differs + (["what was refused left a trace"] if AuditEvent.select().count() != before else [])
    return [f"not refused; told: {refusal}"]


@dataclass
class Teller:
    """The world of one story: its people, and its cases by the names the story gives them."""

    story: Story
    folder: Path
    staff: Staff = field(default_factory=a_staffed_commission)
    cases: dict[str, int] = field(default_factory=dict)

    def open(self) -> list[str]:
        """Everything that stands before the first step."""
        story = self.story
        Commission.update(level=story.level).execute()
        now = moment(story.opened_on or story.started_on)
        parties = parties_in(story)
        new = NewCase(
            procedure=story.procedure, started_on=story.started_on, run_by=story.run_by, parties=parties,
            team=a_team(self.staff), directing_id=self.staff.users[Role.COMMISSIONER].id,
            letter_ids=letters_of(self.staff, story, parties, now=now),
            programme_item_id=programme_item(self.staff, story), allegations=story.allegations,
        )  # fmt: skip

        def opening() -> None:
            self.cases[""] = lifecycle.open_case(self.staff.actor(Role.CHAIR), new, now=now).id

        differs = _expecting(story.refused, opening)
        return differs or ([] if story.refused else differences(self._case(""), story.expect))

    def play(self, act: Act) -> list[str]:
        """One act and what must be so after it."""
        if act.case not in self.cases:
            return [f"no case is called {act.case!r}"]
        differs = _expecting(act.refused, lambda: self._done(act))
        return differs or differences(self._case(act.case), act.expect)

    def _done(self, act: Act) -> None:
        verb: Callable[[Act, Case], None] = getattr(self, f"_{act.do}")
        verb(act, self._case(act.case))

    def _complete(self, act: Act, case: Case) -> None:
        for key in act.keys:
            row = _row(case, key)
            reasons = self._papers(act, case, key)
            lifecycle.complete_step(
                self._recorder(act, case, key), row.id, on=act.on, note=act.reason, without_papers=reasons,
                now=moment(act.on),
            )  # fmt: skip

    def _take(self, act: Act, case: Case) -> None:
        for key in act.keys:
            who = self._recorder(act, case, key)
            lifecycle.take_step(who, case.id, key, reason=act.reason, now=moment(act.on))

    def _skip(self, act: Act, case: Case) -> None:
        who = self._recorder(act, case, act.step)
        lifecycle.skip_step(who, _row(case, act.step).id, reason=act.reason, now=moment(act.on))

    def _repeat(self, act: Act, case: Case) -> None:
        who = self._actor(act, Role.TEAM_HEAD)
        lifecycle.repeat_step(who, _row(case, act.step).id, reason=act.reason, now=moment(act.on))

    def _return(self, act: Act, case: Case) -> None:
        who, row = self._recorder(act, case, act.step), _row(case, act.step)
        lifecycle.return_step(who, row.id, to=act.to, reason=act.reason, now=moment(act.on))

    def _extend(self, act: Act, case: Case) -> None:
        asked = deadlines.request_extension(
            self._actor(act, Role.TEAM_HEAD), _clock(case, act.limit).id, amount=act.amount,
            reason=act.reason, now=moment(act.on),
        )  # fmt: skip
        self._decide(asked, act)

    def _pause(self, act: Act, case: Case) -> None:
        asked = deadlines.request_pause(
            self._actor(act, Role.TEAM_HEAD), _clock(case, act.limit).id, reason_code=act.because,
            reason=act.reason, pause_from=act.since or act.on, pause_to=act.until, now=moment(act.on),
        )  # fmt: skip
        self._decide(asked, act)

    def _decide(self, asked: DeadlineChange, act: Act) -> None:
        reason = "" if act.granted else "Chưa có lý do chính đáng"
        deadlines.decide_change(
            self.staff.actor(Role.CHAIR), asked.id, grant=act.granted, reason=reason, now=moment(act.on)
        )

    def _resume(self, act: Act, case: Case) -> None:
        paused = DeadlineChange.select().where(
            DeadlineChange.deadline == _clock(case, act.limit).id, DeadlineChange.kind == "pause"
        )
        running = paused.where(DeadlineChange.pause_to.is_null()).get()
        who = self._actor(act, Role.TEAM_HEAD)
        deadlines.resume(who, running.id, on=act.since or act.on, now=moment(act.on))

    def _hold(self, act: Act, case: Case) -> None:
        lifecycle.hold_case(
            self._actor(act, Role.CHAIR), case.id, held_from=act.since or act.on, reason_code=act.because,
            reason=act.reason, now=moment(act.on),
        )  # fmt: skip

    def _go_on(self, act: Act, case: Case) -> None:
        who = self._actor(act, Role.CHAIR)
        lifecycle.go_on(who, case.id, on=act.since or act.on, reason=act.reason, now=moment(act.on))

    def _switch(self, act: Act, case: Case) -> None:
        opened = lifecycle.switch_case(
            self._actor(act, Role.TEAM_HEAD), case.id, to=act.to, reason=act.reason,
            without_papers=self._papers(act, case, _way_out(case, (LinkKind.SWITCH,), act.to)),
            now=moment(act.on),
        )  # fmt: skip
        self.cases[act.opens or act.to] = opened.id

    def _branch(self, act: Act, case: Case) -> None:
        kinds = (act.kind,) if act.kind else DISCIPLINE
        chosen = [party.id for party in parties_of(case) if not act.parties or party.name in act.parties]
        opened = lifecycle.open_branch(
            self._actor(act, Role.TEAM_HEAD), case.id, party_ids=chosen, reason=act.reason,
            to=act.to or None, kinds=kinds, now=moment(act.on),
            without_papers=self._papers(act, case, _way_out(case, kinds, act.to)),
        )  # fmt: skip
        self.cases[act.opens or act.to] = opened.id

    def _conclude(self, act: Act, case: Case) -> None:
        item = Allegation.get(Allegation.case == case.id, Allegation.number == act.allegation)
        lifecycle.conclude_allegation(
            self._actor(act, Role.TEAM_HEAD), item.id, conclusion=act.conclusion, verified=act.reason,
            now=moment(act.on),
        )  # fmt: skip

    def _close(self, act: Act, case: Case) -> None:
        who = self._actor(act, Role.TEAM_HEAD)
        lifecycle.close_case(who, case.id, outcome=act.outcome, now=moment(act.on))

    def _papers(self, act: Act, case: Case, key: str) -> dict[str, str]:
        how = act.papers or self.story.papers
        return papers_for(self.staff, case, key, how=how, on=act.on, folder=self.folder)

    def _case(self, name: str) -> Case:
        found: Case = Case.get_by_id(self.cases[name])
        return found

    def _actor(self, act: Act, usual: Role) -> Actor:
        return self.staff.actor(act.by or usual)

    def _recorder(self, act: Act, case: Case, key: str) -> Actor:
        return self.staff.actor(act.by) if act.by else who_may(self.staff, case, key)


def _row(case: Case, key: str) -> CaseStep:
    row = latest_row(case, key)
    if row is None:
        pytest.fail(f"step {key} never came up", pytrace=False)
    return row


def _clock(case: Case, limit: str) -> Deadline:
    """The clock of a limit that a request is about: the latest one."""
    clocks = Deadline.select().where(Deadline.case == case.id, Deadline.limit_id == limit)
    found: Deadline | None = clocks.order_by(Deadline.id.desc()).first()
    if found is None:
        pytest.fail(f"clock {limit} never started", pytrace=False)
    return found


def _way_out(case: Case, kinds: tuple[LinkKind, ...], to: str) -> str:
    """The step that leads to the other procedure."""
    links = [link for link in edition_of(case).links if link.kind in kinds and (not to or to in link.to)]
    return links[0].step if links else edition_of(case).steps[0].key
