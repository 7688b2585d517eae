"""Says a validation error in words a rule editor understands: what is wrong, what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_WORDS = {
    "missing": "thiếu mục bắt buộc này; hãy thêm vào",
    "extra_forbidden": "mục lạ, không có trong mẫu; kiểm tra chính tả hoặc xóa đi",
    "string_too_short": "để trống; hãy ghi nội dung",
    "string_type": "phải là chữ trong dấu ngoặc kép",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "date_type": "phải là ngày dạng 2026-04-11, không có ngoặc kép",
    "date_from_datetime_parsing": "phải là ngày dạng 2026-04-11, không có ngoặc kép",
    "tuple_type": "phải là danh sách trong ngoặc vuông",
    "model_type": "phải là một nhóm mục trong ngoặc nhọn",
}


def sentence(error: ErrorDetails) -> str:
    """One Vietnamese sentence for a pydantic error; the English text is the last resort."""
    kind = error["type"]
    context = error.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return f'giá trị "{error["input"]}" không hợp lệ; chọn một trong: {context["expected"]}'
    if kind == "value_error":
        return str(context["error"])
    if kind in ("greater_than", "greater_than_equal", "less_than_equal"):
        return f"số {error['input']} ngoài khoảng cho phép ({error['msg']})"
    return _WORDS.get(kind, f"giá trị không đúng kiểu ({error['msg']})")


def key_path(parts: Sequence[int | str]) -> str:
    """``("steps", 3, "limit")`` → ``steps[4].limit``; positions are counted from 1, as people do."""
    path = ""
    for part in parts:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if path else part
    return path
