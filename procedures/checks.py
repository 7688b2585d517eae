"""Checks across records: ids that lead nowhere, steps nobody reaches, dates that overlap."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from procedures.draft import EDITION, HOME, IDENTITY, Draft, Entry, identity
from procedures.editions import ProcedureEdition, Step
from procedures.errors import RuleProblem
from procedures.facts import Dated, Regulation, TimeLimit
from procedures.graph import steps_without_outcome, unreachable_steps
from procedures.lock import lock_problems
from procedures.postponements import PostponementGround
from procedures.principles import Question
from procedures.votes import Penalty, VoteRule
from procedures.words import key_path

SOURCE_KEY = re.compile(r"\b[A-Z]{2}:S\d+")
# The kinds of rules that a question to the commission may be about.
NUMBERED = ("time_limit", "eligibility", "vote_rule", "vote_principle", "open_point", "principle")


def find_problems(draft: Draft, *, known_forms: Collection[str] | None = None) -> Iterator[RuleProblem]:
    """Every problem between records, in no particular order."""
    yield from _text_problems(draft)
    yield from _duplicates(draft)
    yield from _overlaps(draft)
    yield from _dangling_regulations(draft)
    yield from _dangling_sources(draft)
    yield from _penalty_problems(draft)
    yield from _twin_problems(draft)
    yield from _question_problems(draft)
    yield from _ground_problems(draft)
    yield from _edition_problems(draft, known_forms)
    yield from lock_problems(draft.folder)


def _edition_problems(draft: Draft, known_forms: Collection[str] | None) -> Iterator[RuleProblem]:
    """Problems of editions; what is wrong in a base is told there, not in every edition based on it."""
    unsound: set[str] = set()
    entries = sorted(draft.rules(EDITION, ProcedureEdition), key=lambda one: draft.depth(one[0].file))
    for entry, edition in entries:
        if draft.based_on.get(entry.file) in unsound:
            unsound.add(entry.file)
            continue
        found = [
            *_place_problems(draft, entry, edition),
            *_own_edition_problems(draft, entry, edition),
            *_step_problems(draft, entry, edition, known_forms),
            *_flow_problems(entry, edition),
            *_link_problems(draft, entry, edition),
        ]
        if found:
            unsound.add(entry.file)
        yield from found


def _own_edition_problems(draft: Draft, entry: Entry, edition: ProcedureEdition) -> Iterator[RuleProblem]:
    own = entry.file in draft.local
    if own and edition.decision is None:
        yield entry.problem("decision", "bản riêng phải ghi [decision] với number, date, issuer")
    if not own and edition.decision is not None:
        yield entry.problem("decision", "chỉ bản trong thư mục quy trình riêng mới ghi decision")
    same = [
        other
        for other, one in draft.rules(EDITION, ProcedureEdition)
        if other is not entry and (one.code, one.valid_from) == (edition.code, edition.valid_from)
    ]
    if own and same:
        yield entry.problem("valid_from", f"trùng ngày hiệu lực với {same[0].file}; chọn ngày khác")


def _text_problems(draft: Draft) -> Iterator[RuleProblem]:
    for file, raw in draft.files.items():
        for path, text in _texts(raw, ()):
            if not unicodedata.is_normalized("NFC", text):
                message = f'chữ "{text}" chưa ở dạng Unicode dựng sẵn (NFC); gõ lại bằng bộ gõ Unicode'
                yield RuleProblem(file, key_path(path), message)


def _texts(value: Any, path: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from _texts(item, (*path, position))


def _duplicates(draft: Draft) -> Iterator[RuleProblem]:
    for kind, keys in IDENTITY.items():
        seen: set[tuple[str, ...]] = set()
        for entry in draft.entries.get(kind, []):
            known_as = identity(kind, entry.raw)
            if known_as in seen:
                yield entry.problem(keys[-1], f'mã "{known_as[-1]}" khai báo hai lần; bỏ một')
            seen.add(known_as)


def _overlaps(draft: Draft) -> Iterator[RuleProblem]:
    versions: dict[str, list[tuple[Entry, Dated]]] = {}
    for entry, limit in draft.rules("time_limit", TimeLimit):
        versions.setdefault(limit.id, []).append((entry, limit))
    for entry, edition in draft.rules(EDITION, ProcedureEdition):
        versions.setdefault(edition.code, []).append((entry, edition))
    for name, items in versions.items():
        items.sort(key=lambda item: item[1].valid_from or date.min)
        for (_, earlier), (entry, later) in pairwise(items):
            if (earlier.valid_to or date.max) >= (later.valid_from or date.min):
                message = f"hai bản của {name} cùng hiệu lực; ghi valid_to của bản trước sớm hơn"
                yield entry.problem("valid_from", message)


def _dangling_regulations(draft: Draft) -> Iterator[RuleProblem]:
    for entry in (entry for entries in draft.entries.values() for entry in entries):
        basis = getattr(entry.rule, "basis", None)
        if basis is not None and draft.lacks("regulation", basis, "number"):
            yield entry.problem("basis", _absent("văn bản", basis, "regulations.toml"))
    for entry, regulation in draft.rules("regulation", Regulation):
        for number in regulation.amends:
            if draft.lacks("regulation", number, "number"):
                yield entry.problem("amends", _absent("văn bản", number, "regulations.toml"))
    for entry, edition in draft.rules(EDITION, ProcedureEdition):
        for number in edition.legal_basis:
            if draft.lacks("regulation", number, "number"):
                yield entry.problem("legal_basis", _absent("văn bản", number, "regulations.toml"))


def _dangling_sources(draft: Draft) -> Iterator[RuleProblem]:
    for file, raw in draft.files.items():
        for path, text in _texts(raw, ()):
            if path[-1] == "source":
                for key in SOURCE_KEY.findall(text):
                    if draft.lacks("source", key, "key"):
                        yield RuleProblem(file, key_path(path), _absent("nguồn", key, "sources.toml"))


def _penalty_problems(draft: Draft) -> Iterator[RuleProblem]:
    stages = {rule.id: rule.stage for _, rule in draft.rules("vote_rule", VoteRule)}
    for entry, penalty in draft.rules("penalty", Penalty):
        for key, rule_id in (("propose_rule", penalty.propose_rule), ("decide_rule", penalty.decide_rule)):
            if draft.lacks("vote_rule", rule_id):
                yield entry.problem(key, _absent("quy tắc bỏ phiếu", rule_id, "votes.toml"))
            elif stages.get(rule_id, key[:-5]) != key[:-5]:
                yield entry.problem(key, f'quy tắc "{rule_id}" không dùng cho lần bỏ phiếu này')
        if penalty.limitation is not None and draft.lacks("time_limit", penalty.limitation):
            yield entry.problem("limitation", _absent("thời hạn", penalty.limitation, "time_limits.toml"))


def _twin_problems(draft: Draft) -> Iterator[RuleProblem]:
    for entry, limit in draft.rules("time_limit", TimeLimit):
        if limit.same_rule_as is not None and draft.lacks("time_limit", limit.same_rule_as):
            yield entry.problem("same_rule_as", _absent("thời hạn", limit.same_rule_as, "time_limits.toml"))


def _question_problems(draft: Draft) -> Iterator[RuleProblem]:
    if not all(HOME[kind] in draft.files for kind in NUMBERED):
        return  # a file that could not be read is blamed once, not by every question
    known = set().union(*(draft.known(kind) for kind in NUMBERED))
    for entry, question in draft.rules("question", Question):
        for rule_id in question.rules:
            if rule_id not in known:
                yield entry.problem("rules", _absent("quy tắc", rule_id, "các tệp quy định"))


def _ground_problems(draft: Draft) -> Iterator[RuleProblem]:
    for entry, ground in draft.rules("postponement_ground", PostponementGround):
        for key, rule_id in (("rule", ground.rule), ("lift_rule", ground.lift_rule)):
            if rule_id is not None and draft.lacks("principle", rule_id):
                yield entry.problem(key, _absent("nguyên tắc", rule_id, "principles.toml"))


def _place_problems(draft: Draft, entry: Entry, edition: ProcedureEdition) -> Iterator[RuleProblem]:
    *_, folder, name = entry.file.split("/")
    wanted = f"{edition.valid_from.isoformat()}.toml"
    if name != wanted:
        yield entry.problem("valid_from", f"ngày hiệu lực khác tên tệp; tên tệp phải là {wanted}")
    prefix = edition.code.lower().replace("-", "_")
    if not folder.startswith(f"{prefix}_"):
        yield entry.problem("code", f'mã khác tên thư mục; thư mục phải bắt đầu bằng "{prefix}_"')
    if draft.lacks("procedure", edition.code, "code"):
        yield entry.problem("code", _absent("quy trình", edition.code, "catalogue.toml"))
    if edition.total_limit is not None:
        yield from _limit_problems(draft, entry, edition, "total_limit", edition.total_limit)
    for limit_id in edition.other_limits:
        yield from _limit_problems(draft, entry, edition, "other_limits", limit_id)


def _step_problems(
    draft: Draft, entry: Entry, edition: ProcedureEdition, known_forms: Collection[str] | None
) -> Iterator[RuleProblem]:
    outcomes = {outcome.id for outcome in edition.outcomes}
    keys = [step.key for step in edition.steps]
    for position, step in enumerate(edition.steps):
        where = f"steps[{position + 1}] ({step.key})"
        if step.key in keys[:position]:
            yield entry.problem(f"{where}.key", f'bước "{step.key}" khai báo hai lần; đổi mã một bước')
        for target in step.next:
            if target not in keys:
                yield entry.problem(f"{where}.next", _absent("bước", target, "quy trình này"))
        if step.vote_only_after is not None and step.vote_only_after not in keys:
            message = _absent("bước", step.vote_only_after, "quy trình này")
            yield entry.problem(f"{where}.vote_only_after", message)
        if step.outcome is not None and step.outcome not in outcomes:
            yield entry.problem(f"{where}.outcome", _absent("kết quả", step.outcome, "outcomes"))
        for code in step.forms:
            if known_forms is not None and code not in known_forms:
                yield entry.problem(f"{where}.forms", _absent("mẫu biểu", code, "danh mục mẫu"))
        if step.limit is not None:
            yield from _limit_problems(draft, entry, edition, f"{where}.limit", step.limit)
            yield from _meeting_problems(draft, entry, f"{where}.limit", step, step.limit)


def _limit_problems(
    draft: Draft, entry: Entry, edition: ProcedureEdition, key: str, limit_id: str
) -> Iterator[RuleProblem]:
    if draft.lacks("time_limit", limit_id):
        yield entry.problem(key, _absent("thời hạn", limit_id, "time_limits.toml"))
        return
    versions = draft.versions(limit_id)
    for day in (edition.valid_from, edition.valid_to or date.max):
        if versions and not any(limit.in_force(day) for limit in versions):
            yield entry.problem(key, f'thời hạn "{limit_id}" không có bản nào phủ hết hiệu lực của quy trình')
            return


def _meeting_problems(
    draft: Draft, entry: Entry, key: str, step: Step, limit_id: str
) -> Iterator[RuleProblem]:
    """A step's limit must be met by the very event the step records, or no deadline would ever close."""
    ends = {limit.ends_on for limit in draft.versions(limit_id)}
    if ends and ends != {step.event}:
        yield entry.problem(key, f'thời hạn "{limit_id}" kết thúc bằng sự kiện khác với event của bước')


def _flow_problems(entry: Entry, edition: ProcedureEdition) -> Iterator[RuleProblem]:
    if not edition.steps:
        yield entry.problem("steps", "quy trình không có bước nào; thêm ít nhất một [[steps]]")
    for key in unreachable_steps(edition):
        yield entry.problem(f"steps ({key}).next", f'không bước nào dẫn đến bước "{key}"; thêm vào next')
    for key in steps_without_outcome(edition):
        message = f'từ bước "{key}" không đến được kết quả nào; ghi outcome ở bước cuối hoặc thêm next'
        yield entry.problem(f"steps ({key}).outcome", message)


def _link_problems(draft: Draft, entry: Entry, edition: ProcedureEdition) -> Iterator[RuleProblem]:
    codes = draft.known(EDITION, "code")
    for position, link in enumerate(edition.links, start=1):
        where = f"links[{position}]"
        if edition.find_step(link.step) is None:
            yield entry.problem(f"{where}.step", _absent("bước", link.step, "quy trình này"))
        for code in link.to:
            if code not in codes | draft.elsewhere and draft.lacks("procedure", code, "code"):
                yield entry.problem(f"{where}.to", _absent("quy trình", code, "catalogue.toml"))


def _absent(what: str, name: str, where: str) -> str:
    return f'{what} "{name}" không có trong {where}; kiểm tra mã hoặc thêm vào đó'
