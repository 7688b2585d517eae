"""Opening a case: its procedure and edition, where it comes from, its parties and people."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from cases.audit.operations import act
from cases.clock import local_day
from cases.deadlines.operations import event_happened
from cases.definitions import rules
from cases.errors import Invalid, Refused
from cases.intake.models import Letter
from cases.intake.numbers import full_number
from cases.intake.queries import letter_of
from cases.lifecycle.holding import hold_open, index_case, refresh_steps
from cases.lifecycle.models import Allegation, Case, CaseLetter, CaseStep, Party
from cases.lifecycle.people_on_case import TeamPost, check_directing, check_team, put_team
from cases.lifecycle.progress import edition_of
from cases.lifecycle.queries import case_of
from cases.lifecycle.subjects import NewParty, check_parties, put_parties, require_kinds
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.people.series import take_number
from cases.plans.models import ProgrammeItem
from cases.text import clean_line, clean_text, short_date
from procedures.schema import EventType, Owner, ProcedureEdition, RuleNotFound, SubjectKind

SERIES = "cases"
USABLE_LETTERS = frozenset({"accepted", "held", "joined"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """Everything needed to open a case. `started_on` is the day of the start event: it pins the edition."""

    procedure: str
    started_on: date
    parties: Sequence[NewParty]
    run_by: Owner | None = None  # None: whoever usually runs the procedure
    team: Sequence[TeamPost] = ()
    directing_id: int | None = None
    letter_ids: Sequence[int] = ()
    programme_item_id: int | None = None
    title: str = ""
    scope: str = ""
    period_from: date | None = None
    period_to: date | None = None
    unit: str = ""
    secrecy: str = "none"
    urgency: str = "none"
    allegations: Sequence[str] = field(default=())


@dataclass(frozen=True, slots=True)
class Branch:
    """The case a new one comes from, and how: switch, dual or discipline."""

    parent: Case
    kind: str


def open_case(actor: Actor, new: NewCase, *, now: datetime) -> Case:
    """Open a case from letters, from the programme or on its own. Raises Invalid with the field at fault."""
    actor.require(Permission.OPEN_CASES)
    letters = [_usable_letter(actor, number) for number in dict.fromkeys(new.letter_ids)]
    item = _programme_item(actor, new.programme_item_id)
    parties = check_parties(actor, new.parties)
    with act(actor, "case.opened", now=now) as event:
        case = create_case(actor, new, parties=parties, letters=letters, item=item, now=now)
        event.about(case)
        event.say(code=case.code, procedure=case.procedure, title=case.title)
    return case


def create_case(
    actor: Actor,
    new: NewCase,
    *,
    parties: Sequence[Party],
    letters: Sequence[Letter] = (),
    item: ProgrammeItem | None = None,
    branch: Branch | None = None,
    now: datetime,
) -> Case:
    """Write a case with all it starts with; `parties` are rows not yet stored. Call inside `act`."""
    edition = _edition(new, today=local_day(now))
    run_by = new.run_by or edition.owner
    _require_runner(edition, run_by, on=new.started_on)
    require_kinds(parties, edition.subject_kinds)
    check_team(actor, new.team, parties=parties, directing_id=new.directing_id)
    check_directing(actor, new.directing_id, parties=parties)
    _check_period(new)
    year = str(local_day(now).year)
    case = Case.create(
        commission=actor.commission_id, procedure=edition.code, edition=edition.valid_from, run_by=run_by,
        code=f"HS-{year}-{take_number(actor.commission_id, SERIES, year):03d}",
        title=_title(new, edition, parties), origin=_origin(letters, item, branch), programme_item=item,
        parent=branch.parent if branch else None, branch_kind=branch.kind if branch else "",
        started_on=new.started_on, opened_at=now, opened_by=actor.user_id, directing=new.directing_id,
        unit=clean_line(new.unit)[:120] or actor.unit, secrecy=new.secrecy, urgency=new.urgency,
        period_from=new.period_from, period_to=new.period_to, scope=clean_text(new.scope),
    )  # fmt: skip
    put_parties(case, parties)
    put_team(case, new.team, on=local_day(now))
    for letter in letters:
        CaseLetter.create(case=case, letter=letter)
    _put_allegations(case, new.allegations, letters)
    index_case(case)
    _lay_out_steps(case, edition, on=local_day(now))
    _start_clocks(case, actor=actor, now=now)
    return case


def join_letter(actor: Actor, case_id: int, letter_id: int, *, now: datetime) -> Case:
    """Put one more letter into an open case."""
    actor.require(Permission.OPEN_CASES)
    case_of(actor, case_id)
    letter = letter_of(actor, letter_id)
    with act(actor, "case.letter_joined", now=now) as event:
        case = hold_open(case_id)
        if CaseLetter.select().where(CaseLetter.case == case.id, CaseLetter.letter == letter.id).exists():
            raise Refused(f"Đơn số {full_number(letter)} đã có trong hồ sơ {case.code}.", field="letter_id")
        CaseLetter.create(case=case, letter=letter)
        index_case(case)
        event.about(case)
        event.letter_id = letter.id
        event.say(code=case.code, letter=full_number(letter))
    return case


def _usable_letter(actor: Actor, letter_id: int) -> Letter:
    letter = letter_of(actor, letter_id)
    number = full_number(letter)
    if letter.handling not in USABLE_LETTERS:
        raise Refused(
            f"Đơn số {number} chưa có quyết định thụ lý. "
            "Trình người có thẩm quyền quyết định xử lý đơn trước.",
            field="letter_ids",
        )
    busy = (
        Case.select(Case.code)
        .join(CaseLetter)
        .where(CaseLetter.letter == letter.id, Case.state == "open", Case.commission == actor.commission_id)
        .first()
    )
    if busy is not None:
        raise Refused(f"Đơn số {number} đang được giải quyết trong hồ sơ {busy.code}.", field="letter_ids")
    return letter


def _programme_item(actor: Actor, item_id: int | None) -> ProgrammeItem | None:
    if item_id is None:
        return None
    item = ProgrammeItem.get_or_none(
        ProgrammeItem.id == item_id, ProgrammeItem.commission == actor.commission_id
    )
    if item is None:
        raise Invalid("Không có mục này trong chương trình.", field="programme_item_id")
    return item


def _edition(new: NewCase, *, today: date) -> ProcedureEdition:
    if new.started_on > today:
        raise Invalid("Ngày bắt đầu ở sau hôm nay.", field="started_on")
    instead = rules().replacements(new.procedure, new.started_on)
    if instead:
        raise Invalid(
            f"Quy trình {new.procedure} đã được thay bằng {', '.join(instead)}. Chọn quy trình đó.",
            field="procedure",
        )
    try:
        return rules().procedure(new.procedure, on=new.started_on)
    except RuleNotFound:
        raise Invalid(
            f"Không có quy trình {clean_line(new.procedure)[:20]} có hiệu lực ngày "
            f"{short_date(new.started_on)}. "
            "Kiểm tra ngày bắt đầu hoặc chọn quy trình khác.",
            field="procedure",
        ) from None


def _require_runner(edition: ProcedureEdition, owner: Owner, *, on: date) -> None:
    """Who may run it is the law's to say: what it bars is refused with its article (296 art. 5)."""
    if edition.runner(owner, on) is not None:
        return
    bar = edition.bar(owner)
    allowed = ", ".join(dict.fromkeys(one.owner.label for one in edition.runners if one.in_force(on)))
    why = bar.why if bar else f"Quy trình {edition.code} do {allowed} tiến hành."
    raise Invalid(why, field="run_by")


def _check_period(new: NewCase) -> None:
    if new.period_from and new.period_to and new.period_to < new.period_from:
        raise Invalid("Mốc thời gian: ngày cuối trước ngày đầu.", field="period_to")


def _title(new: NewCase, edition: ProcedureEdition, parties: Sequence[Party]) -> str:
    who = ", ".join(_called(party) for party in parties)
    return (clean_line(new.title) or f"{edition.short_name}: {who}")[:400]


def _called(party: Party) -> str:
    return f"đồng chí {party.name}" if party.kind == SubjectKind.MEMBER else str(party.name)


def _origin(letters: Sequence[Letter], item: ProgrammeItem | None, branch: Branch | None) -> str:
    if branch is not None:
        return "branch"
    if letters:
        return "letter"
    return "programme" if item is not None else "other"


def _put_allegations(case: Case, texts: Sequence[str], letters: Sequence[Letter]) -> None:
    """Each item as told; when its act ended is known where one letter alone told of it."""
    ended_on = letters[0].violation_ended_on if len(letters) == 1 else None
    written = [clean_text(text) for text in texts if text.strip()]
    for number, text in enumerate(written, start=1):
        Allegation.create(case=case, number=number, text=text, ended_on=ended_on)


def _lay_out_steps(case: Case, edition: ProcedureEdition, *, on: date) -> None:
    for position, step in enumerate(edition.steps):
        if not step.conditional:
            CaseStep.create(case=case, key=step.key, position=position)
    refresh_steps(case, on=on)


def _start_clocks(case: Case, *, actor: Actor, now: datetime) -> None:
    """The start event counts from its own day; a branch has no letter of its own to count from."""
    start = edition_of(case).start_event
    if start is not None and case.origin == "letter":
        event_happened(case, start, case.started_on, actor=actor, now=now)
    event_happened(case, EventType.CASE_OPENED, local_day(now), actor=actor, now=now)
