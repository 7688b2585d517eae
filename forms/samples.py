"""A filled example of any form, always the same: for rule editors' previews and for the tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from forms.schema import Column, Field, FieldType, FormDef
from forms.usage import asked_fields

DAY = dt.date(2026, 3, 5)
_NAMED: Mapping[str, object] = {
    "subject.full_name": "Lê Thị Bình",
    "subject.names": ["Ban Thường vụ Đảng ủy xã An Phước", "đồng chí Lê Thị Bình, Bí thư Đảng ủy xã"],
    "subject.birth_date": dt.date(1978, 9, 2),
    "subject.party_post": "Bí thư Đảng ủy xã",
    "subject.unit": "Đảng ủy xã An Phước",
    "subject.cell": "Chi bộ Văn phòng Đảng ủy",
    "subject.committee": "Đảng bộ xã An Phước",
    "team.members": [
        {"full_name": "Trần Văn Cường", "post": "Phó Chủ nhiệm Ủy ban Kiểm tra", "duty": "Trưởng đoàn"},
        {"full_name": "Phạm Thị Dung", "post": "Ủy viên Ủy ban Kiểm tra", "duty": "Phó Trưởng đoàn"},
        {"full_name": "Đỗ Ngọc Hưởng", "post": "Kiểm tra viên", "duty": "Thư ký đoàn"},
    ],
    "legal.grounds": [
        "Căn cứ Điều lệ Đảng Cộng sản Việt Nam",
        "Căn cứ quy định về công tác kiểm tra, giám sát và kỷ luật của Đảng có hiệu lực vào ngày ký",
        "Căn cứ Quy chế làm việc của Ủy ban Kiểm tra",
    ],
    "decision.team_decision": "Quyết định số 12-QĐ/UBKTTU, ngày 02/3/2026",
}
_SENTENCE = (
    "Việc lãnh đạo, chỉ đạo thực hiện nghị quyết và quy chế làm việc trong thời gian được xem xét, gắn với "
    "trách nhiệm của tập thể và từng cá nhân có liên quan"
)


def sample_values(form: FormDef, *, repeat: int = 1) -> dict[str, object]:
    """Values for every field that is typed; `repeat` > 1 lengthens texts and lists over more pages."""
    return {field.name: _value(field, repeat) for field in asked_fields(form)}


def _value(field: Field, repeat: int) -> object:
    if (
        field.origin is not None
        and field.origin in _NAMED
        and field.type not in (FieldType.ENUM, FieldType.INT)
    ):
        return _NAMED[field.origin]
    match field.type:
        case FieldType.TEXT:
            return "\n".join(f"{field.label}, đoạn {n + 1}: {_SENTENCE}." for n in range(repeat))
        case FieldType.LIST:
            return [f"{field.label} thứ {n + 1}: {_SENTENCE}" for n in range(1 + repeat)]
        case FieldType.ROWS:
            return [{c.name: _cell(c, n) for c in field.columns} for n in range(1 + repeat)]
        case FieldType.ENUM:
            return field.options[0].id
        case FieldType.DATE:
            return DAY
        case FieldType.TIME:
            return dt.time(8, 30)
        case FieldType.INT:
            return 12
        case FieldType.BOOL:
            return True
        case FieldType.STR | FieldType.REF:
            return f"{field.label} (ví dụ)"


def _cell(column: Column, row: int) -> object:
    match column.type:
        case "date":
            return DAY
        case "time":
            return dt.time(8, 30)
        case "int":
            return row + 1
        case "enum":
            return column.options[0].id
        case _:
            return f"{column.label} {row + 1}"
