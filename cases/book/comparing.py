"""Two editions of a procedure side by side: what was added, taken out, and which words changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from cases.book.limits import LimitView
from cases.book.reading import EditionView, StepView
from cases.text import short_date
from procedures.schema import Link, Runner

Change = Literal["same", "removed", "added"]
_WORD: Final = re.compile(r"\s*\S+")
Rows = dict[str, str]


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, was taken out or came in."""

    change: Change
    text: str


@dataclass(frozen=True)
class FieldDiff:
    """One property in both editions; the pieces of `old` hold no addition, those of `new` no removal."""

    label: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


@dataclass(frozen=True)
class StepDiff:
    """A step that is not the same in both; `old` or `new` is None for one added or taken out.

    `fields` are those that differ, so all that are not empty when the step stands in one edition only.
    """

    key: str
    old: StepView | None
    new: StepView | None
    fields: tuple[FieldDiff, ...]


@dataclass(frozen=True)
class EditionDiff:
    head: tuple[FieldDiff, ...]
    steps: tuple[StepDiff, ...]
    unchanged: int

    @property
    def same(self) -> bool:
        return not self.head and not self.steps


def compare(old: EditionView, new: EditionView) -> EditionDiff:
    """Head and steps of two editions; steps are paired by their keys, in the order of the newer one."""
    steps = tuple(_step_diffs(old, new))
    keys = {one.step.key for one in old.steps} | {one.step.key for one in new.steps}
    return EditionDiff(tuple(_fields(_head(old), _head(new))), steps, len(keys) - len(steps))


def _step_diffs(old: EditionView, new: EditionView) -> Iterator[StepDiff]:
    before = {one.step.key: one for one in old.steps}
    after = {one.step.key: one for one in new.steps}
    for key in _merged(list(before), list(after)):
        was, now = before.get(key), after.get(key)
        fields = tuple(_fields(_said(was) if was else {}, _said(now) if now else {}))
        if fields:
            yield StepDiff(key, was, now, fields)


def _merged(old: list[str], new: list[str]) -> list[str]:
    """The keys of both, in the newer order; one taken out stands where it stood."""
    found = list(new)
    for place, key in enumerate(old):
        if key not in found:
            before = old[place - 1] if place else None
            found.insert(found.index(before) + 1 if before in found else 0, key)
    return found


def _head(view: EditionView) -> Rows:
    edition = view.edition
    decision = edition.decision
    return {
        "Tên": edition.name,
        "Chủ trì và ký": "\n".join(_runner(one) for one in edition.runners),
        "Không được chủ trì": "\n".join(f"{one.owner.label}: {one.why}" for one in edition.bars),
        "Đối tượng": ", ".join(kind.label for kind in edition.subject_kinds),
        "Khi nào dùng": edition.trigger,
        "Căn cứ": "\n".join(f"{one.number}: {one.title}" for one in view.legal_basis),
        "Thời hạn chung": _limit(view.total),
        "Quyết định ban hành": (
            f"{decision.number} ngày {short_date(decision.date)}, {decision.issuer}" if decision else ""
        ),
        "Kết quả": "\n".join(outcome.label for outcome in edition.outcomes),
        "Mức chắc chắn": edition.confidence.label,
        "Ghi chú": edition.note or "",
    }  # fmt: skip


def _runner(one: Runner) -> str:
    since = f" (từ {short_date(one.valid_from)})" if one.valid_from else ""
    return f"{one.owner.label}{since}; ký: {one.signer}"


def _said(view: StepView) -> Rows:
    """Everything the page of a procedure says about a step."""
    step = view.step
    return {
        "Tên bước": step.label,
        "Giai đoạn": step.stage.label,
        "Việc phải làm": step.what,
        "Ai làm": step.actor.label,
        "Văn bản": "\n".join(
            f"{one.code}{' (bắt buộc)' if one.required else ''} {one.name}".strip() for one in view.papers
        ),
        "Thời hạn": _limit(view.limit),
        "Ghi nhận ngày": step.event.label if step.event else "",
        "Người duyệt": step.approval_text or (step.approval.label if step.approval else ""),
        "Bỏ phiếu": "; ".join(
            filter(None, [step.vote.label if step.vote else "", _after(view.votes_after)])
        ),
        "Điều kiện": step.condition or "",
        "Bắt buộc": "không, chỉ khi có điều kiện" if step.conditional else "có",
        "Làm nhiều lần": "có" if step.repeatable else "không",
        "Bước sau": ", ".join(view.leads_to),
        "Sang quy trình khác": "\n".join(link_words(link) for link in view.links),
        "Kết quả": view.outcome,
        "Mức chắc chắn": step.confidence.label,
        "Ghi chú": step.note or "",
    }  # fmt: skip


def _after(label: str) -> str:
    return f"chỉ sau bước “{label}”" if label else ""


def link_words(link: Link) -> str:
    """`chuyển sang quy trình khác: KT-03, KT-04 (khi …)`."""
    return f"{link.kind.label}: {', '.join((*link.to, *link.later))} (khi: {link.when})"


def _limit(view: LimitView | None) -> str:
    if view is None:
        return ""
    doubt = "" if view.confirmed else "chưa xác nhận"
    return ", ".join(filter(None, [f"{view.id}: {view.words}", view.extension, view.article, doubt]))


def _fields(old: Rows, new: Rows) -> Iterator[FieldDiff]:
    for label in old or new:
        was, now = old.get(label, ""), new.get(label, "")
        if was != now:
            yield FieldDiff(label, *_pieces(was, now))


def _pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in runs of words. The spaces before a word belong to it, so nothing is lost."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    left, right = [], []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        same = kind == "equal"
        left.append(Piece("same" if same else "removed", "".join(before[a:b])))
        right.append(Piece("same" if same else "added", "".join(after[c:d])))
    return tuple(filter(_is_said, left)), tuple(filter(_is_said, right))


def _is_said(piece: Piece) -> bool:
    return bool(piece.text)
