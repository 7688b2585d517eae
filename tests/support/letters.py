"""Letters for tests, in the state a test needs; made through the product's own operations."""

from datetime import date, datetime
from typing import Any

from cases.intake import operations
from cases.intake.models import Letter
from cases.intake.sealing import use_vault
from cases.intake.terms import Classification, LetterData
from cases.intake.vault import SenderIdentity, Vault
from procedures.schema import Role
from tests.support.worlds import NOW, TODAY, Staff

SENDER = SenderIdentity(name="Hoàng Thị Kín", address="thôn 4, Phước Hội", contact="0900 000 001")
SUMMARY = "Tố cáo đồng chí Phạm Văn Mẫu cấp đất sai đối tượng, không qua bốc thăm tại khu dân cư mới"


def open_vault() -> Vault:
    """Seal with a vault of the tests' own, as the application does with the installation's."""
    vault = Vault("bí mật của bài kiểm thử")
    use_vault(vault)
    return vault


def typed(**changes: Any) -> LetterData:
    """A denunciation as a clerk types it."""
    given: dict[str, Any] = {
        "received_on": TODAY, "written_on": date(2026, 11, 18), "sender": SENDER, "kind": "denunciation",
        "subject_name": "Phạm Văn Mẫu", "subject_post": "Phó Chủ tịch UBND xã", "summary": SUMMARY,
        "pages": 3,
    }  # fmt: skip
    return LetterData(**{**given, **changes})


def a_logged_letter(staff: Staff, *, now: datetime = NOW, **changes: Any) -> Letter:
    return operations.log_letter(staff.actor(Role.CLERK), typed(**changes), now=now)


def a_classified_letter(
    staff: Staff,
    *,
    kind: str = "denunciation",
    identity: str = "clear",
    handler: Role | None = Role.INSPECTOR,
    **changes: Any,
) -> Letter:
    letter = a_logged_letter(staff, kind=kind, **changes)
    what = Classification(
        kind=kind, identity=identity, member_id=letter.subject_member_id,
        handler_id=staff.users[handler].id if handler else None,
    )  # fmt: skip
    return operations.classify_letter(staff.actor(Role.CLERK), letter.id, what, now=NOW)


def a_proposed_letter(staff: Staff, *, proposal: str = "accepted", **changes: Any) -> Letter:
    letter = a_classified_letter(staff, **changes)
    return operations.propose(
        staff.actor(Role.INSPECTOR), letter.id, proposal=proposal, note="Đủ điều kiện thụ lý.", now=NOW
    )


def a_decided_letter(staff: Staff, *, handling: str = "accepted", **changes: Any) -> Letter:
    letter = a_proposed_letter(staff, proposal=handling, **changes)
    return operations.decide_letter(
        staff.actor(Role.CHAIR), letter.id, handling=handling, reason="Đồng ý với đề xuất.",
        target="Đảng ủy xã Đại Thành", now=NOW,
    )  # fmt: skip
