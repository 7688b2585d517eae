"""What every verb about a case does first and last: hold it, and bring the states of its steps up to date."""

from datetime import date, datetime

from cases.clock import local_day
from cases.db import lock_row
from cases.errors import Invalid, NotAllowed, Refused
from cases.intake.numbers import full_number
from cases.lifecycle.models import Case, CaseLetter, CaseStep, Party
from cases.lifecycle.progress import edition_of, progress_of, rows_of
from cases.lifecycle.rules import SETTLED, StepState
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import fold, short_date
from procedures.schema import Role, Step, StepActor

CASE_STATES = {
    "open": "đang giải quyết",
    "suspended": "đang tạm đình chỉ",
    "switched": "đã chuyển quy trình",
    "closed": "đã kết thúc",
}
STANDING_ACTORS = frozenset({StepActor.CHAIR, StepActor.COMMISSION, StepActor.COMMISSIONER})


def hold_open(case_id: int) -> Case:
    """Lock a case for the rest of the transaction and read it anew; refuse when it is not open."""
    case: Case = lock_row(Case.select().where(Case.id == case_id)).get()
    if case.state != "open":
        raise Refused(
            f"Hồ sơ {case.code} {CASE_STATES[case.state]} nên không ghi thêm được. "
            "Mở lại trang hồ sơ để xem tình trạng hiện tại.",
            case_id=case.id,
        )
    Case.update(version=Case.version + 1).where(Case.id == case.id).execute()
    case.version += 1
    return case


def refresh_steps(case: Case, *, on: date) -> None:
    """Store the state each open step has now: some became ready, some wait again."""
    rows = rows_of(case)
    progress = progress_of(case, rows)
    for row in rows:
        if StepState(row.state) in SETTLED:
            continue
        state = progress.state_of(row.key)
        if state != row.state:
            row.state = state.value
            row.ready_on = on if state is StepState.READY else None
            row.save()


def add_occurrence(
    case: Case, key: str, *, ready_on: date | None, reason: str = "", note: str = ""
) -> CaseStep:
    """Put a step on the list once more."""
    edition = edition_of(case)
    last = CaseStep.select().where(CaseStep.case == case.id, CaseStep.key == key).count()
    return CaseStep.create(
        case=case, key=key, occurrence=last + 1, position=edition.steps.index(edition.step(key)),
        state=(StepState.READY if ready_on else StepState.WAITING).value, ready_on=ready_on,
        reason=reason, note=note,
    )  # fmt: skip


def index_case(case: Case) -> None:
    """Renew what a search without tones looks through."""
    names = [f"{party.name} {party.unit}" for party in Party.select().where(Party.case == case.id)]
    numbers = [full_number(link.letter) for link in CaseLetter.select().where(CaseLetter.case == case.id)]
    text = fold(" ".join([case.code, case.procedure, case.title, *names, *numbers, case.unit]))
    Case.update(search_text=text).where(Case.id == case.id).execute()
    case.search_text = text


def require_recorder(actor: Actor, step: Step, *, proved: bool = False) -> None:
    """Who may record that a step is done: its own role, or a case worker.

    What the standing members do themselves a case worker records only from an issued paper (`proved`)
    or when the step has no paper at all.
    """
    own = {step.actor.recorder, step.approval}
    if step.actor in STANDING_ACTORS:
        own.add(Role.CHAIR)
    if actor.roles & own:
        return
    actor.require(Permission.RUN_CASES)
    if step.actor in STANDING_ACTORS and step.forms and not proved:
        raise NotAllowed(
            f"Bước “{step.label}” thuộc {step.actor.label}. Ban hành văn bản của bước này trước, "
            f"hoặc đề nghị {step.actor.recorder.label} ghi nhận.",
            step=step.key,
        )


def require_day(day: date, *, case: Case, now: datetime, field: str = "on") -> None:
    """A day on which something was done lies between the start of the case and today."""
    today = local_day(now)
    if day > today:
        raise Invalid(
            f"Ngày {short_date(day)} ở sau hôm nay ({short_date(today)}). Chỉ ghi việc đã làm.", field=field
        )
    if day < case.started_on:
        raise Invalid(
            f"Ngày {short_date(day)} ở trước ngày bắt đầu hồ sơ ({short_date(case.started_on)}). "
            "Kiểm tra lại ngày đã nhập.",
            field=field,
        )


def require_text(text: str, *, what: str, field: str) -> str:
    """A reason or content that must not be empty."""
    if not text.strip():
        raise Invalid(f"Chưa ghi {what}.", field=field)
    return text.strip()
