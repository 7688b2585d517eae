"""What is wrong with the form definitions, in words a rule editor understands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

_WORDS = {
    "missing": "thiếu khóa bắt buộc này",
    "extra_forbidden": "khóa này không có trong cấu trúc mẫu; xem lại chính tả",
    "enum": "giá trị không thuộc danh sách cho phép",
    "literal_error": "giá trị không thuộc danh sách cho phép",
    "union_tag_invalid": "loại khối không thuộc danh sách cho phép",
    "union_tag_not_found": "khối chưa ghi kind",
    "string_type": "phải là chữ, đặt trong ngoặc kép",
    "bool_type": "phải là true hoặc false",
    "string_pattern_mismatch": "không đúng dạng tên quy định",
}


@dataclass(frozen=True, slots=True, order=True)
class FormProblem:
    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.message}"


class FormCatalogueError(Exception):
    """All problems of a catalogue at once."""

    def __init__(self, problems: Iterable[FormProblem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("Danh mục mẫu biểu có lỗi:\n" + "\n".join(map(str, self.problems)))


def from_validation(file: str, error: ValidationError) -> list[FormProblem]:
    """One problem per key refused by the schema."""
    found = []
    for detail in error.errors(include_url=False):
        key = ".".join(str(part) for part in detail["loc"]) or "(cả tệp)"
        message = _WORDS.get(detail["type"], detail["msg"].removeprefix("Value error, "))
        expected = detail.get("ctx", {}).get("expected")
        found.append(FormProblem(file, key, f"{message} ({expected})" if expected else message))
    return found
