"""An edition written as its differences from another: ``based_on = "KT-04@2021-12-22"``.

Keys at the top replace those of the base (``valid_from``, ``valid_to``, ``note``, ``decision`` never come
along). A ``[[steps]]`` with a known key replaces just the keys it names; a new one says ``after`` which
step it stands and, without ``next`` of its own, is put in between. ``without_steps`` takes steps out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procedures.errors import RuleProblem

Raw = dict[str, Any]
OWN = ("valid_from", "valid_to", "note", "decision")
WRITING = ("steps", "without_steps")


class Inheritance:
    """All editions as read, by file; ``chain`` finds their bases, ``merged`` gives each in full."""

    def __init__(self, raws: Mapping[str, Raw]) -> None:
        self._raws = raws
        self._file_of = {edition_id(raw): file for file, raw in raws.items()}
        self.problems: list[RuleProblem] = []

    def base_file(self, file: str) -> str | None:
        """The file an edition is directly based on; None for one written in full, or a dangling base."""
        return self._file_of.get(str(self._raws[file].get("based_on")))

    def chain(self, file: str) -> tuple[str, ...]:
        """The file, its base, the base of that …; empty when it dangles or goes round (see ``problems``)."""
        chain = [file]
        while "based_on" in self._raws[chain[-1]]:
            base = self.base_file(chain[-1])
            if base is None or base in chain:
                why = "dẫn vòng tròn" if base else "không có bản quy trình này; ghi dạng KT-04@2021-12-22"
                wanted = self._raws[chain[-1]]["based_on"]
                self.problems.append(RuleProblem(chain[-1], "based_on", f'"{wanted}": {why}'))
                return ()
            chain.append(base)
        return tuple(chain)

    def merged(self, chain: tuple[str, ...]) -> Raw:
        """The edition at the head of a chain in full."""
        whole = self._raws[chain[-1]]
        for name in reversed(chain[:-1]):
            whole = self._put_over(name, whole, self._raws[name])
        return whole

    def _put_over(self, file: str, base: Raw, own: Raw) -> Raw:
        kept = {key: value for key, value in base.items() if key not in OWN}
        whole = kept | {key: value for key, value in own.items() if key not in WRITING}
        steps = [dict(step) for step in _tables(base, "steps")]
        gone = self._named(file, own)
        for key in gone:
            steps = self._without(file, steps, key)
        for position, step in enumerate(_tables(own, "steps"), start=1):
            steps = self._with(file, f"steps[{position}]", steps, step)
        if "links" not in own:
            whole["links"] = [link for link in _tables(base, "links") if link.get("step") not in gone]
        return whole | {"steps": steps}

    def _named(self, file: str, own: Raw) -> list[str]:
        wanted = own.get("without_steps", [])
        if isinstance(wanted, list) and all(isinstance(key, str) for key in wanted):
            return wanted
        self.problems.append(RuleProblem(file, "without_steps", "phải là danh sách mã bước"))
        return []

    def _without(self, file: str, steps: list[Raw], key: str) -> list[Raw]:
        """Take a step out; what led to it now leads to what came after it."""
        taken = next((step for step in steps if step.get("key") == key), None)
        if taken is None:
            message = f'bản gốc không có bước "{key}"; kiểm tra mã bước'
            self.problems.append(RuleProblem(file, "without_steps", message))
            return steps
        after = taken.get("next", [])
        return [
            step | ({"next": _spliced(step["next"], key, after)} if key in step.get("next", []) else {})
            for step in steps
            if step is not taken
        ]

    def _with(self, file: str, where: str, steps: list[Raw], own: Raw) -> list[Raw]:
        keys = [step.get("key") for step in steps]
        if own.get("key") in keys:
            return [step | own if step.get("key") == own["key"] else step for step in steps]
        if own.get("after") not in keys:
            message = "bước mới phải ghi after = mã của bước đứng ngay trước nó"
            self.problems.append(RuleProblem(file, f"{where}.after", message))
            return steps
        place = keys.index(own["after"])
        before = steps[place]
        new = {"next": before.get("next", [])} | {key: value for key, value in own.items() if key != "after"}
        before = before | {"next": [own.get("key"), *before.get("next", [])]}
        return [*steps[:place], before, new, *steps[place + 1 :]]


def _tables(raw: Raw, key: str) -> list[Raw]:
    """The [[…]] groups under a key; what is written otherwise is left out here."""
    found = raw.get(key, [])
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def edition_id(raw: Raw) -> str:
    """The id as written in the file, also of an edition with other mistakes in it."""
    return f"{raw.get('code')}@{raw.get('valid_from')}"


def _spliced(targets: list[str], gone: str, instead: list[str]) -> list[str]:
    found = [new for target in targets for new in (instead if target == gone else [target])]
    return list(dict.fromkeys(found))
