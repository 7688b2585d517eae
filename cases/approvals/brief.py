"""A case in ten lines, for who has to decide on one of its papers."""

from flask_babel import gettext as _

from cases.deadlines.models import Deadline
from cases.definitions import rules
from cases.documents.models import Document
from cases.lifecycle.models import Case
from cases.lifecycle.views import next_steps
from cases.text import short_date

LATEST_PAPERS = 3


def case_in_ten_lines(case: Case) -> list[tuple[str, str]]:
    """Pairs of label and value; what is not known has an empty value."""
    head = case.team.where(case.team.model.position == "head", case.team.model.left_on.is_null()).first()
    due = Deadline.get_or_none(Deadline.case == case.id, Deadline.step.is_null())
    return [
        (_("Số hồ sơ"), case.code),
        (_("Quy trình"), rules().edition(case.procedure, case.edition).name),
        (_("Đối tượng"), ", ".join(party.name for party in case.parties)),
        (_("Nội dung"), _first_matter(case)),
        (_("Mốc thời gian"), _period(case)),
        (_("Chỉ đạo"), case.directing.full_name if case.directing else ""),
        (_("Trưởng đoàn"), head.user.full_name if head else ""),
        (_("Bước đang làm"), ", ".join(view.step.label for view in next_steps(case))),
        (_("Thời hạn giải quyết"), short_date(due.due_on) if due and due.due_on else ""),
        (_("Văn bản gần nhất"), ", ".join(_latest_symbols(case))),
    ]


def _first_matter(case: Case) -> str:
    texts = [one.text for one in case.allegations.order_by(case.allegations.model.number)]
    if len(texts) > 1:
        return _("%(first)s (và %(count)d nội dung khác)", first=texts[0], count=len(texts) - 1)
    return texts[0] if texts else case.scope or case.title


def _period(case: Case) -> str:
    if case.period_from is None or case.period_to is None:
        return ""
    return f"{short_date(case.period_from)} – {short_date(case.period_to)}"


def _latest_symbols(case: Case) -> list[str]:
    issued = Document.select().where(
        Document.case == case.id, Document.state == "issued", Document.number.is_null(False)
    )
    return [paper.symbol for paper in issued.order_by(Document.issued_at.desc()).limit(LATEST_PAPERS)]
