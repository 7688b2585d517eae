"""The commission of an empty installation, told from the root of the organisations it brings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from cases.audit.operations import act
from cases.errors import Invalid
from cases.imports.columns import Kind
from cases.imports.readers import RegisterReading
from cases.people.models import Commission
from cases.text import fold

_PROVINCE: Final = "tinh"
_PROVINCE_SUFFIX, _COMMUNE_SUFFIX = "UBKTTU", "UBKTĐU"
_BEFORE_PLACE: Final = re.compile(
    r"(?:Tỉnh ủy|Thành ủy|Đảng bộ tỉnh|Đảng bộ thành phố|(?:Đảng ủy|Đảng bộ) (?:xã|phường|đặc khu)) (.+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the papers of a commission say about it; empty where it is to be told from the registers."""

    code: str = ""
    name: str = ""
    place: str = ""
    superior_line: str = ""
    symbol_suffix: str = ""
    term_name: str = "2025-2030"


def create_commission(
    given: Particulars, readings: Sequence[RegisterReading], *, now: datetime
) -> Commission:
    """Set up the first commission; raises Invalid when its name is neither given nor to be told."""
    told, level = _told(readings)
    merged = replace(
        given,
        **{name: getattr(given, name) or getattr(told, name) for name in Particulars.__dataclass_fields__},
    )
    if not (merged.name and merged.place and merged.superior_line):
        raise Invalid(
            "Hệ thống chưa có ủy ban kiểm tra và các tệp không cho biết tên cấp ủy. "
            "Nhập kèm danh sách tổ chức đảng, hoặc ghi --name, --place và --superior."
        )
    with act(None, "commission.created", now=now) as event:
        made = Commission.create(
            code=merged.code or "ubkt", name=merged.name, level=level, superior_line=merged.superior_line,
            issuer_line="ỦY BAN KIỂM TRA", symbol_suffix=merged.symbol_suffix, place=merged.place,
            term_name=merged.term_name,
        )  # fmt: skip
        event.about(made)
        event.say(name=made.name)
    return made


def _told(readings: Sequence[RegisterReading]) -> tuple[Particulars, str]:
    """What the only organisation without a superior says of the committee that is in charge."""
    rows = [row for one in readings if one.kind is Kind.ORGANISATIONS for row in one.clean]
    roots = [row for row in rows if not row.values.get("parent_code") and not row.values.get("valid_to")]
    if len(roots) != 1:
        return Particulars(), _PROVINCE
    name, at_province = str(roots[0].values["name"]), roots[0].values["level"] == _PROVINCE
    committee = re.sub("^Đảng bộ", "Tỉnh ủy" if at_province else "Đảng ủy", name, flags=re.IGNORECASE)
    committee = committee.replace("Tỉnh ủy tỉnh ", "Tỉnh ủy ").replace("Tỉnh ủy thành phố ", "Thành ủy ")
    place = _BEFORE_PLACE.fullmatch(name)
    return Particulars(
        name=f"Ủy ban Kiểm tra {committee}" if fold(committee) else "",
        place=place[1] if place else "",
        superior_line=committee.upper(),
        symbol_suffix=_PROVINCE_SUFFIX if at_province else _COMMUNE_SUFFIX,
    ), _PROVINCE if at_province else "xa"
