"""Compares a case with what a story says of it; every difference is one readable line."""

from collections.abc import Iterable, Iterator
from datetime import date

from cases.deadlines.calendar import CalendarNotConfirmed
from cases.deadlines.models import Deadline
from cases.deadlines.queries import DeadlineSheet, count_sheet
from cases.documents.models import Document
from cases.lifecycle.models import Case, CaseStep
from cases.lifecycle.papers import papers_of
from cases.lifecycle.progress import edition_of, latest_row, parties_of, progress_of
from tests.support.story_files import Expect

NOT_YET = "never"


def differences(case: Case, told: Expect) -> list[str]:
    """Every point in which the stored case is not as told; empty when all is as told."""
    case = Case.get_by_id(case.id)
    found = [*_about_case(case, told), *_about_steps(case, told), *_about_clocks(case, told)]
    return [*found, *_about_papers(case, told)]


def _about_case(case: Case, told: Expect) -> Iterator[str]:
    edition = edition_of(case)
    opened = Case.select().where(Case.parent == case.id).order_by(Case.id)
    branches = [f"{one.branch_kind} {one.procedure}" for one in opened]
    yield from _same("edition", case.edition, told.edition)
    yield from _same("edition of its own records", edition.valid_from, told.edition)
    yield from _same("legal basis", sorted(edition.legal_basis), _sorted(told.basis))
    yield from _same("state", case.state, told.state)
    yield from _same("outcome", case.outcome, told.outcome)
    yield from _same("branches", branches, _listed(told.branches))
    yield from _same("comes from", case.parent.procedure if case.parent else "", told.parent)
    yield from _same("parties", sorted(party.name for party in parties_of(case)), _sorted(told.parties))


def _about_steps(case: Case, told: Expect) -> Iterator[str]:
    progress = progress_of(case)
    yield from _same("ready", [step.key for step in progress.ready()], _listed(told.ready))
    yield from _same("on offer", [step.key for step in progress.possible()], _listed(told.offered))
    for key, state in told.steps.items():
        row = latest_row(case, key)
        yield from _same(f"step {key}", row.state if row else NOT_YET, state)


def _about_clocks(case: Case, told: Expect) -> Iterator[str]:
    clocks = list(Deadline.select().where(Deadline.case == case.id))
    running = {one.limit_id: one for one in clocks if one.state == "running"}
    if told.running is not None:
        for limit in sorted(running.keys() | told.running.keys()):
            shown = _due(running[limit]) if limit in running else NOT_YET
            yield from _same(f"clock {limit} due", shown, told.running.get(limit, NOT_YET))
    met = {one.limit_id: one.met_on for one in clocks if one.state == "met"}
    for limit, day in told.met.items():
        yield from _same(f"clock {limit} met", met.get(limit, NOT_YET), day)
    cancelled = sorted(one.limit_id for one in clocks if one.state == "cancelled")
    yield from _same("clocks cancelled", cancelled, _sorted(told.cancelled))
    latest = {one.limit_id: one for one in sorted(clocks, key=lambda one: one.id)}
    for limit, day in told.rolled.items():
        yield from _same(f"clock {limit} rolled", _rolled(latest.get(limit)), day)
    for limit, words in told.warnings.items():
        said = " ".join(_warnings(latest.get(limit)))
        if words not in said:
            yield f"clock {limit} warns: {said or 'nothing'}; told: {words}"


def _about_papers(case: Case, told: Expect) -> Iterator[str]:
    for key, forms in told.lacking.items():
        papers = papers_of(case, edition_of(case).step(key), latest_row(case, key))
        yield from _same(
            f"papers {key} lacks", sorted(one.form for one in papers if one.lacking), sorted(forms)
        )
    for key, forms in told.without.items():
        row = CaseStep.select().where(CaseStep.case == case.id, CaseStep.key == key).first()
        yield from _same(f"papers {key} went without", sorted(row.missing_papers), sorted(forms))
    if told.issued:
        query = Document.select().where(Document.case == case.id, Document.state == "issued")
        yield from _same("papers issued", sorted({one.form for one in query}), sorted(told.issued))


def _due(clock: Deadline) -> date | str:
    """The day shown, with the sheet counted anew from the events; the stored copy must be the same."""
    try:
        sheet = count_sheet(clock)
    except CalendarNotConfirmed as error:
        return f"year {error.year}"
    if sheet.due_effective != clock.due_on:
        return f"{sheet.due_effective} on the sheet, {clock.due_on} in the lists"
    return clock.due_on or "paused"


def _sheet(clock: Deadline | None) -> DeadlineSheet | None:
    return count_sheet(clock) if clock else None


def _rolled(clock: Deadline | None) -> date | str | None:
    sheet = _sheet(clock)
    if sheet is None:
        return NOT_YET
    return sheet.due_rolled if sheet.extension is None else sheet.due_extended_rolled


def _warnings(clock: Deadline | None) -> Iterable[str]:
    try:
        sheet = _sheet(clock)
    except CalendarNotConfirmed as error:
        return (error.message,)
    return sheet.warnings if sheet else ()


def _same(what: str, found: object, told: object) -> Iterator[str]:
    if told is not None and found != told:
        yield f"{what}: {_shown(found)}; told: {_shown(told)}"


def _shown(value: object) -> str:
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


def _listed(told: tuple[str, ...] | None) -> list[str] | None:
    return None if told is None else list(told)


def _sorted(told: tuple[str, ...] | None) -> list[str] | None:
    return None if told is None else sorted(told)
