"""Reads the rule files into one frozen rule book, or reports every problem at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from procedures.checks import find_problems
from procedures.draft import EDITION, Draft
from procedures.editions import ProcedureEdition
from procedures.errors import RuleBookError
from procedures.facts import HolidayYear, Regulation, Rule, TimeLimit
from procedures.postponements import PostponementGround
from procedures.principles import Principle, Question
from procedures.reading import read_draft
from procedures.schema import Pack, ProcedureName, RuleBook, Source
from procedures.votes import EligibilityRule, OpenPoint, Penalty, VotePrinciple, VoteRule

R = TypeVar("R", bound=Rule)
RULES_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Summary:
    """What ``rules check`` prints, without the packs; ``steps`` are those of each latest edition.

    ``rules`` counts the numbered rules of every kind (T-04 and T-04-TW are one), ``principles`` those of
    them that are no time limit. The packs switched on are counted beside.
    """

    procedures: int
    editions: int
    steps: int
    packs_on: int
    pack_procedures: int
    limits: int
    unconfirmed_limits: int
    rules: int
    principles: int


def load_rulebook(
    folder: Path | None = None,
    *,
    known_forms: Collection[str] | None = None,
    packs: Collection[str] = (),
    local: Path | None = None,
) -> RuleBook:
    """The rule book of a folder (the product's own by default), the packs switched on and a local folder.

    ``known_forms``: form codes that exist; None leaves form codes unchecked.
    Raises RuleBookError carrying all problems, sorted by file and key.
    """
    draft = read_draft(folder or RULES_FOLDER, packs=packs, local=local)
    problems = {*draft.problems, *find_problems(draft, known_forms=known_forms)}
    if problems:
        raise RuleBookError(tuple(sorted(problems)))
    return _build(draft, packs)


def summary(book: RuleBook) -> Summary:
    """Counts for the command line; a limit counts once however many versions it has."""
    own = [edition for edition in book.procedures if edition.pack is None]
    latest: dict[str, ProcedureEdition] = {}
    for edition in sorted(own, key=lambda item: item.valid_from):
        latest[edition.code] = edition
    newest: dict[str, TimeLimit] = {}
    for limit in sorted(book.time_limits, key=lambda item: item.valid_from or date.min):
        newest[limit.id] = limit
    confirmed = Counter(limit.confirmed_by_source for limit in newest.values())
    return Summary(
        procedures=len(latest),
        editions=len(own),
        steps=sum(len(edition.steps) for edition in latest.values()),
        packs_on=len(book.packs_on),
        pack_procedures=len({edition.code for edition in book.procedures if edition.pack}),
        limits=len(newest),
        unconfirmed_limits=confirmed[False],
        rules=len(rule_numbers(book)),
        principles=len(book.principles),
    )


def rule_numbers(book: RuleBook) -> frozenset[str]:
    """The numbers of all rules; `T-04-TW` and `V-02-propose` are the same rule at another level or stage."""
    ids = [
        *(one.id for one in book.time_limits),
        *(one.id for one in book.eligibility),
        *(one.id for one in book.vote_rules),
        *(one.id for one in book.vote_principles),
        *(one.id for one in book.open_points),
        *(one.id for one in book.principles),
    ]
    return frozenset("-".join(one.split("-")[:2]) for one in ids)


def _build(draft: Draft, packs: Collection[str]) -> RuleBook:
    def all_of(kind: str, model: type[R]) -> tuple[R, ...]:
        return tuple(rule for _, rule in draft.rules(kind, model))

    return RuleBook(
        regulations=all_of("regulation", Regulation),
        time_limits=all_of("time_limit", TimeLimit),
        catalogue=all_of("procedure", ProcedureName),
        procedures=tuple(
            sorted(all_of(EDITION, ProcedureEdition), key=lambda one: (one.code, one.valid_from))
        ),
        penalties=all_of("penalty", Penalty),
        vote_rules=all_of("vote_rule", VoteRule),
        vote_principles=all_of("vote_principle", VotePrinciple),
        open_points=all_of("open_point", OpenPoint),
        eligibility=all_of("eligibility", EligibilityRule),
        calendar=all_of("holiday_year", HolidayYear),
        packs=all_of("pack", Pack),
        packs_on=tuple(sorted(packs)),
        principles=all_of("principle", Principle),
        postponement_grounds=all_of("postponement_ground", PostponementGround),
        questions=tuple(sorted(all_of("question", Question), key=lambda one: one.order)),
        sources=all_of("source", Source),
    )
