"""Whether what was typed about a letter can be right; the refusal names the field."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

from cases.errors import Invalid
from cases.intake.sealing import cleaned_sender, refuse_sender_named
from cases.intake.terms import UNCLASSIFIED, LetterData, Source
from cases.intake.vault import SenderIdentity
from cases.text import clean_line, clean_text
from procedures.schema import IdentityStatus, LetterKind

_LONG = {"summary", "enclosures", "note"}
_LONGEST = {"transfer_reference": 120, "subject_name": 300, "subject_post": 200, "subject_place": 300}


def checked(data: LetterData, *, today: date) -> LetterData:
    """The letter cleaned and with its identity told; raises Invalid with the field at fault."""
    data = _cleaned(data)
    require_text(data.summary, "summary", "Chưa có tóm tắt nội dung. Ghi ngắn gọn đơn nêu việc gì.")
    for name, longest in _LONGEST.items():
        if len(getattr(data, name)) > longest:
            raise Invalid(f"Nội dung dài quá {longest} ký tự. Hãy ghi gọn lại.", field=name)
    require_choice(data.source, Source, "source")
    require_kind(data.kind)
    _check_days(data, today=today)
    if data.source == Source.FORWARDED and not data.transfer_reference:
        raise Invalid("Đơn do cơ quan khác chuyển đến: ghi số công văn chuyển.", field="transfer_reference")
    if data.pages is not None and not 0 <= data.pages <= 10_000:
        raise Invalid("Số trang phải từ 0 đến 10000.", field="pages")
    data = replace(data, identity=data.identity or told_identity(data.sender).value)
    require_identity(data.identity, data.sender)
    texts = [(name, getattr(data, name)) for name in ("summary", "enclosures", "note", "subject_place")]
    refuse_sender_named(data.sender, texts, kind=data.kind, subject_name=data.subject_name)
    return data


def _cleaned(data: LetterData) -> LetterData:
    changes: dict[str, Any] = {"sender": cleaned_sender(data.sender)}
    for field in fields(data):
        value = getattr(data, field.name)
        if isinstance(value, str):
            changes[field.name] = clean_text(value) if field.name in _LONG else clean_line(value)
    return replace(data, **changes)


def _check_days(data: LetterData, *, today: date) -> None:
    if data.received_on > today:
        raise Invalid("Ngày đến chưa tới. Ghi ngày cơ quan nhận được đơn.", field="received_on")
    if data.violation_ended_on is not None and data.violation_ended_on > data.received_on:
        raise Invalid(
            "Ngày chấm dứt hành vi sau ngày đến. Để trống khi hành vi còn tiếp diễn hoặc chưa rõ.",
            field="violation_ended_on",
        )
    for name, words in (("written_on", "Ngày trên đơn"), ("posted_on", "Ngày dấu bưu điện")):
        day = getattr(data, name)
        if day is not None and day > data.received_on:
            raise Invalid(
                f"{words} sau ngày đến. Xem lại hai ngày; nếu đơn ghi đúng như vậy "
                "thì để trống và nêu ở Ghi chú.",
                field=name,
            )


def told_identity(sender: SenderIdentity) -> IdentityStatus:
    """What name and address say: both clear, a name alone unclear, no name anonymous."""
    if not sender.known:
        return IdentityStatus.ANONYMOUS
    return IdentityStatus.CLEAR if sender.address else IdentityStatus.UNCLEAR


def require_identity(identity: str, sender: SenderIdentity) -> None:
    require_choice(identity, IdentityStatus, "identity")
    if identity == IdentityStatus.CLEAR and not sender.known:
        raise Invalid("Đơn không có họ tên người gửi thì danh tính không thể là “rõ”.", field="identity")
    if identity == IdentityStatus.ANONYMOUS and sender.known:
        raise Invalid(
            "Đã ghi họ tên người gửi thì không phải đơn giấu tên. Chọn “mạo tên” nếu tên không thật.",
            field="identity",
        )


def require_kind(kind: str, *, classified: bool = False) -> None:
    if kind == UNCLASSIFIED and not classified:
        return
    require_choice(kind, LetterKind, "kind")


def require_choice(value: str, choices: Iterable[str], field: str) -> None:
    if value not in {str(choice) for choice in choices}:
        raise Invalid("Chọn một giá trị trong danh sách.", field=field)


def require_text(text: str, field: str, message: str) -> str:
    """The text cleaned; raises Invalid with `message` when nothing is left of it."""
    cleaned = clean_text(text)
    if not cleaned:
        raise Invalid(message, field=field)
    return cleaned
