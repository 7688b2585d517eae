"""One row of each table that its CHECKs accept, to be spoilt in one place by a test."""

from collections.abc import Callable
from datetime import date
from typing import Any

from cases.approvals.models import Approval
from cases.db import BaseModel
from cases.deadlines.models import Deadline, DeadlineChange
from cases.decisions.models import Decision
from cases.documents.models import Document
from cases.intake.models import Letter
from cases.lifecycle.models import Case, CaseStep, Party
from cases.parties.models import Member
from cases.people.models import NumberSeries
from cases.sessions.models import AgendaItem, Ballot, Session
from procedures.schema import Role
from tests.support.worlds import NOW, TODAY, Staff

LATER = date(2026, 12, 24)


class ValidRows:
    """Rows for a staffed commission; what a row stands on is made when it is asked for."""

    def __init__(self, staff: Staff) -> None:
        self._commission = staff.commission
        self.clerk = staff.users[Role.CLERK]
        self.head = staff.users[Role.TEAM_HEAD]
        self.chair = staff.users[Role.CHAIR]

    def row(self, model: type[BaseModel]) -> dict[str, Any]:
        making: dict[type[BaseModel], Callable[[], dict[str, Any]]] = {
            Member: self._member, Letter: self._letter, Case: self._case, CaseStep: self._step,
            Party: self._party, Document: self._document, Approval: self._approval,
            Deadline: self._deadline, DeadlineChange: self._change, Session: self._session,
            AgendaItem: self._item, Ballot: self._ballot, Decision: self._decision,
            NumberSeries: self._series,
        }  # fmt: skip
        return making[model]()

    def _made(self, model: type[BaseModel]) -> Any:
        return model.create(**self.row(model))

    def _member(self) -> dict[str, Any]:
        return {
            "card_number": f"91.{Member.select().count():06}", "full_name": "Phạm Văn Mẫu",
            "name_fold": "pham van mau",
            "name_sort": "mau pham van", "joined_on": date(2001, 5, 19), "official_on": date(2002, 5, 19),
        }  # fmt: skip

    def _letter(self) -> dict[str, Any]:
        return {
            "commission": self._commission, "year": 2026, "number": 1, "received_on": TODAY, "source": "post",
            "identity": "clear", "kind": "denunciation", "summary": "Nội dung", "state": "decided",
            "handling": "accepted", "handled_on": TODAY, "handled_by": self.chair,
            "proposal": "accepted", "proposed_by": self.head, "created_by": self.clerk, "created_at": NOW,
        }  # fmt: skip

    def _case(self) -> dict[str, Any]:
        return {
            "commission": self._commission, "code": f"HS-{Case.select().count()}", "procedure": "KT-04",
            "edition": TODAY, "title": "Hồ sơ thử", "origin": "other", "started_on": TODAY, "opened_at": NOW,
            "opened_by": self.head, "state": "closed", "closed_on": LATER,
        }  # fmt: skip

    def _step(self) -> dict[str, Any]:
        return {
            "case": self._made(Case), "key": "B01", "position": 1, "state": "completed",
            "completed_on": TODAY,
        }  # fmt: skip

    def _party(self) -> dict[str, Any]:
        return {
            "case": self._made(Case), "kind": "member", "member": self._made(Member), "name": "Phạm Văn Mẫu",
        }  # fmt: skip

    def _document(self) -> dict[str, Any]:
        return {
            "commission": self._commission, "form": "G10", "form_edition": "2026-01-01", "title": "QĐ",
            "state": "issued", "series": "QĐ", "term": "2025-2030", "number": 1, "issued_on": TODAY,
            "snapshot": {"title": "QĐ"}, "pdf_sha256": "0" * 64, "created_by": self.head,
            "created_at": NOW, "updated_at": NOW,
        }  # fmt: skip

    def _approval(self) -> dict[str, Any]:
        return {
            "commission": self._commission, "document": self._made(Document), "role": "chair",
            "state": "approved", "requested_by": self.head, "requested_at": NOW,
            "decided_by": self.chair, "decided_at": NOW,
        }  # fmt: skip

    def _deadline(self) -> dict[str, Any]:
        return {
            "case": self._made(Case), "limit_id": "T-01", "label": "Thời hạn", "start_event": "case_opened",
            "started_on": TODAY, "state": "met", "met_on": LATER,
        }  # fmt: skip

    def _change(self) -> dict[str, Any]:
        return {
            "deadline": self._made(Deadline), "kind": "extension", "amount": 10, "reason": "Phức tạp",
            "state": "granted", "requested_by": self.head, "requested_at": NOW,
            "decided_by": self.chair, "decided_at": NOW,
        }  # fmt: skip

    def _session(self) -> dict[str, Any]:
        return {
            "commission": self._commission, "number": 1, "term": "2025-2030", "held_on": TODAY,
            "place": "An Sơn", "chair": self.chair, "secretary": self.clerk, "state": "open",
            "total_members": 9, "created_by": self.clerk,
        }  # fmt: skip

    def _item(self) -> dict[str, Any]:
        return {
            "session": self._made(Session), "case": self._made(Case), "position": 1, "title": "Xem xét",
            "state": "concluded", "conclusion": "Thống nhất",
        }  # fmt: skip

    def _ballot(self) -> dict[str, Any]:
        return {
            "item": self._made(AgendaItem), "party": self._made(Party), "stage": "decide",
            "body_name": "Ủy ban Kiểm tra", "base_total": 9, "present": 8, "issued": 8, "returned": 8,
            "valid": 7, "invalid": 1, "state": "counted", "counted_at": NOW,
        }  # fmt: skip

    def _decision(self) -> dict[str, Any]:
        return {
            "commission": self._commission, "case": self._made(Case), "signed_on": TODAY,
            "announced_on": LATER, "subject_name": "Phạm Văn Mẫu", "penalty": "removal",
            "removed_post": "Phó Bí thư", "created_at": NOW,
        }  # fmt: skip

    def _series(self) -> dict[str, Any]:
        return {"commission": self._commission, "series": "QĐ", "term": "2025-2030"}
