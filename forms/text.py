"""Small grammar of the texts in a form definition: clean Vietnamese, {placeholders}, conditions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_CONDITION = re.compile(r"^(!?)([a-z][a-z0-9_]*)(?:=([a-z0-9_]+(?:\|[a-z0-9_]+)*))?$")


def _clean(value: str) -> str:
    if value != unicodedata.normalize("NFC", value):
        raise ValueError("chữ chưa ở dạng Unicode dựng sẵn (NFC)")
    if "{" in PLACEHOLDER.sub("", value) or "}" in PLACEHOLDER.sub("", value):
        raise ValueError("dấu ngoặc nhọn chỉ dùng cho chỗ điền dạng {ten_truong}")
    return value


def _condition(value: str) -> str:
    if not _CONDITION.match(value):
        raise ValueError('điều kiện chỉ có dạng "truong", "!truong", "truong=a" hoặc "truong=a|b"')
    return value


Clean = Annotated[str, AfterValidator(_clean)]
Condition = Annotated[str, AfterValidator(_condition)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Frozen(BaseModel):
    """Base of everything read from a definition file: no unknown keys, no change after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class When:
    """A parsed condition: field, the option ids that satisfy it (empty: any value), negated or not."""

    field: str
    options: tuple[str, ...]
    negated: bool

    def holds(self, value: object) -> bool:
        met = str(value) in self.options if self.options else bool(value)
        return met is not self.negated


def parse_condition(text: str) -> When:
    """Source: the grammar above. Raises ValueError for anything else."""
    match = _CONDITION.match(text)
    if match is None:
        raise ValueError(text)
    return When(match[2], tuple(match[3].split("|")) if match[3] else (), match[1] == "!")


def placeholders(text: str) -> tuple[str, ...]:
    """Names used in a text, as written (their case asks for capitals)."""
    return tuple(PLACEHOLDER.findall(text))


def fill(text: str, value_of: Callable[[str], str]) -> str:
    """Replace each {name} by `value_of(lower-case name)`; {Name} capitalises, {NAME} is all capitals."""
    return PLACEHOLDER.sub(lambda m: recase(m[1], value_of(m[1].lower())), text)


def recase(written: str, value: str) -> str:
    if len(written) > 1 and written.isupper():
        return value.upper()
    if written[0].isupper():
        return value[:1].upper() + value[1:]
    return value
