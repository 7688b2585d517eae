"""Fixed words of a form turned into the words of one paper: placeholders filled, spelling applied."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from cases.documents.paper import DATE_GAP, Letterhead
from cases.documents.values import Value, Values, is_blank, sentence
from forms.schema import Column, Field, FieldType, FormDef
from forms.text import fill
from forms.wording import FamilyWords

_KINDS_OF_BODY: Final = frozenset(
    {"TỈNH", "THÀNH", "ĐẢNG", "HUYỆN", "ỦY", "BỘ", "PHỐ", "XÃ", "PHƯỜNG", "ĐẶC", "KHU", "BAN", "THƯỜNG", "VỤ"}
)


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes one paper: knows the form, its values, the words of the family and the house's spelling."""

    form: FormDef
    values: Values
    words: Mapping[str, str]
    spelling: Literal["ủy", "uỷ"]

    def write(self, text: str) -> str:
        """Fill a fixed text of the form."""
        return fill(respell(text, self.spelling), self.word)

    def word(self, name: str) -> str:
        if name in self.words:
            return respell(self.words[name], self.spelling)
        field = self.form.field(name)
        if field is None:
            raise KeyError(f"{self.form.code}.{name}")
        return self._sentence(self.values.get(name), field)

    def row(self, text: str, row: Mapping[str, Value], columns: Mapping[str, Column]) -> str:
        """Fill a text whose placeholders are the columns of a row."""
        return fill(respell(text, self.spelling), lambda name: self._sentence(row.get(name), columns[name]))

    def _sentence(self, value: Value, field: Field | Column) -> str:
        if is_blank(value) and field.type == FieldType.DATE:
            return DATE_GAP
        return sentence(value, field, name=field.name)


def words_of(
    family: FamilyWords, *, head: Letterhead, commission: Letterhead, committee: Letterhead
) -> dict[str, str]:
    """The built-in words of a form (`forms.usage.WORDS`)."""
    return {
        **family.model_dump(),
        "body": head.full_name,
        "commission": commission.full_name,
        "committee": committee.full_name,
        "place": head.place,
        "head_title": head_title(family.team),
    }


def head_title(team: str) -> str:
    """Who leads it: a group (tổ) has a `tổ trưởng`, every other team a `trưởng đoàn`."""
    return "tổ trưởng" if team.startswith("tổ ") else "trưởng đoàn"


def capitalised(text: str) -> str:
    """The text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def body_name(line: str) -> str:
    """A letterhead line in capitals as running text writes it: `TỈNH ỦY AN SƠN` → `Tỉnh ủy An Sơn`."""
    words = line.split()
    kind = 0
    while kind < len(words) and words[kind].upper() in _KINDS_OF_BODY:
        kind += 1
    name = [capitalised(word.lower()) for word in words[kind:]]
    return capitalised(" ".join([*(word.lower() for word in words[:kind]), *name]))


def respell(text: str, spelling: Literal["ủy", "uỷ"]) -> str:
    """Fixed words are kept with `ủy`; a house may print `uỷ` (sources differ)."""
    if spelling == "ủy":
        return text
    return text.replace("ủy", "uỷ").replace("Ủy", "Uỷ").replace("ỦY", "UỶ")
