"""What the pages of the public book say about a procedure: limits, papers and steps in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cases.book.limits import LimitView, Standing, limit_view
from cases.text import fold, search_words
from forms.schema import FormDef
from procedures.schema import (
    Link,
    Pack,
    ProcedureEdition,
    ProcedureName,
    Regulation,
    RuleBook,
    RuleNotFound,
    Runner,
    Source,
    Stage,
    Step,
)

FAMILIES: Final = {
    "KT": "Kiểm tra",
    "GS": "Giám sát",
    "KL": "Thi hành kỷ luật",
    "TC": "Giải quyết tố cáo",
    "KN": "Giải quyết khiếu nại",
}
OTHER_FAMILY: Final = "Quy trình khác"


@dataclass(frozen=True)
class PaperView:
    """A form a step may use; `name` is empty when the catalogue of forms does not hold it."""

    code: str
    name: str
    required: bool


@dataclass(frozen=True)
class StepView:
    step: Step
    limit: LimitView | None
    papers: tuple[PaperView, ...]
    links: tuple[Link, ...]
    outcome: str
    votes_after: str
    leads_to: tuple[str, ...]


@dataclass(frozen=True)
class StageView:
    stage: Stage
    steps: tuple[StepView, ...]


@dataclass(frozen=True)
class EditionView:
    """One edition with everything it refers to. `day` is the day its limits are read for."""

    edition: ProcedureEdition
    called: ProcedureName
    day: date
    total: LimitView | None
    stages: tuple[StageView, ...]
    legal_basis: tuple[Regulation, ...]
    runners: tuple[Runner, ...]
    replaced_by: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def steps(self) -> tuple[StepView, ...]:
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def name_of_code(self) -> str:
        """The code people use: the commission's own number where it has one."""
        return self.called.number or self.edition.code


@dataclass(frozen=True)
class Listing:
    """A procedure in the list; without edition it is in the catalogue only."""

    called: ProcedureName
    edition: ProcedureEdition | None
    total: LimitView | None
    replaced_by: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.called.number or self.called.code


@dataclass(frozen=True)
class Group:
    """Procedures listed together; those of a pack stand under its name."""

    name: str
    rows: tuple[Listing, ...]
    pack: Pack | None = None


class Reader:
    """Reads one rule book on one day, as one commission has confirmed it."""

    def __init__(
        self, book: RuleBook, forms: Mapping[str, FormDef], standing: Standing, *, today: date
    ) -> None:
        self.book = book
        self.today = today
        self._forms = forms
        self._standing = standing

    def current(self, code: str) -> ProcedureEdition | None:
        """The edition in force today, else the newest; None for a procedure without any."""
        editions = self.book.editions_of(code)
        in_force = [edition for edition in editions if edition.in_force(self.today)]
        return next(reversed(in_force or list(editions)), None)

    def name_of(self, code: str) -> str:
        """The code under which people know a procedure; the code itself of one that is not switched on."""
        try:
            return self.book.procedure_name(code).number or code
        except RuleNotFound:
            return code

    def reading_day(self, edition: ProcedureEdition) -> date:
        """Today for the edition in force; otherwise the day of its life that is nearest to today."""
        return min(max(self.today, edition.valid_from), edition.valid_to or date.max)

    def edition_on(self, code: str, day: date) -> ProcedureEdition:
        """The edition that starts that day, else the one in force on it; raises RuleNotFound."""
        try:
            return self.book.edition(code, day)
        except RuleNotFound:
            return self.book.procedure(code, day)

    def limit(self, limit_id: str | None, on: date) -> LimitView | None:
        return limit_view(self.book, limit_id, on, self._standing) if limit_id else None

    def view(self, edition: ProcedureEdition) -> EditionView:
        day = self.reading_day(edition)
        stages = (
            StageView(stage, tuple(self._step(edition, step, day) for step in edition.steps_of(stage)))
            for stage in edition.stages
        )
        return EditionView(
            edition=edition, called=self.book.procedure_name(edition.code), day=day,
            total=self.limit(edition.total_limit, day), stages=tuple(stages),
            legal_basis=tuple(self.book.regulation(number) for number in edition.legal_basis),
            runners=tuple(one for one in edition.runners if one.in_force(day)) or edition.runners,
            replaced_by=self.book.replacements(edition.code, day), sources=self._sources(edition),
        )  # fmt: skip

    def _step(self, edition: ProcedureEdition, step: Step, day: date) -> StepView:
        return StepView(
            step=step,
            limit=self.limit(step.limit, day),
            papers=tuple(self._paper(code, step) for code in step.forms),
            links=edition.links_from(step.key),
            outcome=edition.outcome(step.outcome).label if step.outcome else "",
            votes_after=edition.step(step.vote_only_after).label if step.vote_only_after else "",
            leads_to=step.next,
        )

    def _paper(self, code: str, step: Step) -> PaperView:
        form = self._forms.get(code)
        return PaperView(code, form.name if form else "", code in step.required_forms)

    def _sources(self, edition: ProcedureEdition) -> tuple[Source, ...]:
        said = " ".join([edition.source, *(step.source for step in edition.steps)])
        cited = set(said.replace(";", " ").replace(",", " ").split())
        return tuple(source for source in self.book.sources if source.key in cited)

    def groups(self, query: str = "") -> list[Group]:
        """Every procedure of the book by kind, then those of each pack; with a query only those it fits."""
        rows = [row for row in self._listings() if _fits(row, search_words(query))]
        own = [row for row in rows if row.edition is None or row.edition.pack is None]
        found = [Group(name, _of_family(own, prefix)) for prefix, name in FAMILIES.items()]
        found.append(Group(OTHER_FAMILY, tuple(row for row in own if _prefix(row) not in FAMILIES)))
        for pack in self.book.packs:
            of_pack = (row for row in rows if row.edition is not None and row.edition.pack == pack.id)
            found.append(Group(pack.name, tuple(of_pack), pack))
        return [group for group in found if group.rows]

    def packs_off(self) -> tuple[Pack, ...]:
        return tuple(pack for pack in self.book.packs if pack.id not in self.book.packs_on)

    def _listings(self) -> Iterator[Listing]:
        for called in self.book.catalogue:
            edition = self.current(called.code)
            total = self.limit(edition.total_limit, self.reading_day(edition)) if edition else None
            yield Listing(called, edition, total, self.book.replacements(called.code, self.today))


def _prefix(row: Listing) -> str:
    return row.called.code.partition("-")[0]


def _of_family(rows: Iterable[Listing], prefix: str) -> tuple[Listing, ...]:
    return tuple(row for row in rows if _prefix(row) == prefix)


def _fits(row: Listing, words: list[str]) -> bool:
    """Whether every word is in the codes, names, subject or step names of the procedure."""
    said = [row.called.code, row.called.number or "", row.called.name]
    if row.edition is not None:
        said += [row.edition.name, row.edition.short_name, row.edition.trigger]
        said += [step.label for step in row.edition.steps]
    text = fold(" ".join(said)) if words else ""
    return all(word in text for word in words)
