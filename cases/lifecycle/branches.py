"""One case leading to another: switching the procedure, and opening a case beside it from what was found."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from cases.audit.operations import act
from cases.clock import local_day
from cases.definitions import rules
from cases.errors import Invalid, Refused
from cases.evidence.operations import carry_evidence
from cases.lifecycle.holding import add_occurrence, hold_open, index_case, refresh_steps, require_text
from cases.lifecycle.models import Allegation, Case, CaseLetter, CaseStep, Finding, Party
from cases.lifecycle.opening import Branch, NewCase, create_case
from cases.lifecycle.people_on_case import TeamPost
from cases.lifecycle.progress import edition_of, on_team, parties_of, progress_of
from cases.lifecycle.queries import case_of
from cases.lifecycle.rules import Progress
from cases.lifecycle.steps import NO_PAPERS, end_switched, settle
from cases.lifecycle.subjects import NewParty, check_parties, copy_party
from cases.people.actor import Actor
from cases.people.permissions import Permission
from cases.text import clean_text
from procedures.schema import Carried, Link, LinkKind

DISCIPLINE = (LinkKind.DISCIPLINE, LinkKind.DUAL)


def switch_case(
    actor: Actor,
    case_id: int,
    *,
    to: str,
    reason: str,
    others: Sequence[NewParty] = (),
    without_papers: Mapping[str, str] = NO_PAPERS,
    now: datetime,
) -> Case:
    """End a case as switched and go on with its matter under procedure `to`; returns the new case.

    The step that allows it is taken and completed in the same act. Parties the procedure is made for,
    `others` named now (the members answerable where the case was on a body), evidence and letters go
    along; who sent the letters stays with the letters.
    """
    actor.require(Permission.RUN_CASES)
    case_of(actor, case_id)
    words = require_text(clean_text(reason), what="lý do chuyển quy trình", field="reason")
    with act(actor, "case.switched", now=now) as event:
        case = hold_open(case_id)
        link = _link(case, (LinkKind.SWITCH,), to, on=local_day(now))
        _do_step(actor, case, link, words, without_papers=without_papers, now=now)
        opened = _open_branch(
            actor, case, link, to=to, parties=_fitting(case, to, on=local_day(now)), others=others,
            scope=words, now=now,
        )  # fmt: skip
        end_switched(case, note=words, actor=actor, now=now)
        event.about(case)
        event.say(code=case.code, to=to, branch=opened.code, reason=words)
    return opened


def open_branch(
    actor: Actor,
    case_id: int,
    *,
    party_ids: Sequence[int],
    reason: str,
    others: Sequence[NewParty] = (),
    to: str | None = None,
    kinds: Collection[LinkKind] = DISCIPLINE,
    without_papers: Mapping[str, str] = NO_PAPERS,
    now: datetime,
) -> Case:
    """Open another case on some of the parties, with what the rule lets go along; the first case goes on.

    `others` are subjects who were not in the first case: the members answerable where it was on a body.
    `kinds` says what for; `to` names the procedure when the step leads to several, by default the first
    one in force.
    """
    actor.require(Permission.RUN_CASES)
    case_of(actor, case_id)
    words = require_text(clean_text(reason), what="lý do mở hồ sơ", field="reason")
    with act(actor, _verb(kinds), now=now) as event:
        case = hold_open(case_id)
        chosen = [party for party in parties_of(case) if party.id in set(party_ids)]
        if not chosen and not others:
            raise Invalid("Chọn hoặc ghi ít nhất một đối tượng của hồ sơ mới.", field="party_ids")
        _refuse_twice(case, chosen, kinds)
        link = _link(case, kinds, to, on=local_day(now))
        _do_step(actor, case, link, words, without_papers=without_papers, now=now)
        opened = _open_branch(
            actor, case, link, to=to or _first_in_force(case, link), parties=chosen, others=others,
            scope=words, now=now,
        )  # fmt: skip
        event.about(case)
        event.say(
            code=case.code, branch=opened.code, parties=[party.name for party in parties_of(opened)],
            reason=words,
        )  # fmt: skip
    return opened


def _verb(kinds: Collection[LinkKind]) -> str:
    return "case.discipline_opened" if set(kinds) <= set(DISCIPLINE) else "case.branch_opened"


def ways_out(case: Case, *, on: date) -> list[Link]:
    """The links that can be used now: their step is ready, on offer or done already, their end is served.

    A procedure that another one has replaced gives way to it.
    """
    progress = progress_of(case)
    served = [link.model_copy(update={"to": _served(link, on)}) for link in edition_of(case).links]
    return [link for link in served if link.to and _usable(progress, link)]


def _served(link: Link, on: date) -> tuple[str, ...]:
    in_force = {edition.code for edition in rules().procedures_in_force(on)}
    found = [code for named in link.to for code in (rules().replacements(named, on) or (named,))]
    return tuple(code for code in dict.fromkeys(found) if code in in_force)


def _usable(progress: Progress, link: Link) -> bool:
    offered = {step.key for step in (*progress.possible(), *progress.ready())}
    return link.step in offered or (link.kind is not LinkKind.SWITCH and progress.is_settled(link.step))


def _link(case: Case, kinds: Collection[LinkKind], to: str | None, *, on: date) -> Link:
    for link in ways_out(case, on=on):
        if link.kind in kinds and (to is None or to in link.to):
            return link
    raise Refused(
        "Chưa đến bước cho phép mở quy trình này. Xem các bước của hồ sơ để biết bước nào cho phép.",
        field="to",
    )


def _fitting(case: Case, to: str, *, on: date) -> list[Party]:
    """The parties a procedure is made for."""
    kinds = rules().procedure(to, on=on).subject_kinds
    return [party for party in parties_of(case) if party.kind in kinds]


def _first_in_force(case: Case, link: Link) -> str:
    """The procedure of the link that serves these parties; its first one when none is loaded."""
    kinds = {party.kind for party in parties_of(case)}
    serving = {one.code for one in rules().procedures if kinds <= set(one.subject_kinds)}
    return next((code for code in link.to if code in serving), link.to[0])


def _do_step(
    actor: Actor,
    case: Case,
    link: Link,
    reason: str,
    *,
    without_papers: Mapping[str, str],
    now: datetime,
) -> None:
    """Take and complete the step that leads out, unless it is done already."""
    progress = progress_of(case)
    if progress.is_settled(link.step) and link.kind is not LinkKind.SWITCH:
        return
    if not progress.is_open(link.step):
        add_occurrence(case, link.step, ready_on=local_day(now), note=reason)
        refresh_steps(case, on=local_day(now))
    row = CaseStep.get(CaseStep.case == case.id, CaseStep.key == link.step, CaseStep.state == "ready")
    settle(actor, case, row.id, on=local_day(now), note=reason, without_papers=without_papers, now=now)


def _open_branch(
    actor: Actor,
    case: Case,
    link: Link,
    *,
    to: str,
    parties: Sequence[Party],
    others: Sequence[NewParty],
    scope: str,
    now: datetime,
) -> Case:
    copies = {party.id: copy_party(party) for party in parties}
    subjects = [*copies.values(), *(check_parties(actor, others) if others else ())]
    if not subjects:
        raise Invalid(
            f"Ghi đối tượng của hồ sơ mới: quy trình {to} không dùng cho đối tượng này.", field="name"
        )
    new = NewCase(
        procedure=to, started_on=local_day(now), parties=(), directing_id=case.directing_id,
        team=[TeamPost(one.user_id, one.position, one.task) for one in on_team(case)],
        scope=case.scope or scope, period_from=case.period_from, period_to=case.period_to, unit=case.unit,
        secrecy=case.secrecy, urgency=case.urgency,
    )  # fmt: skip
    with act(actor, "case.opened", now=now) as event:
        opened = create_case(actor, new, parties=subjects, branch=Branch(case, link.kind.value), now=now)
        _carry(case, opened, link, copies=copies, actor=actor, now=now)
        event.about(opened)
        event.say(code=opened.code, procedure=to, title=opened.title, parent=case.code)
    return opened


def _carry(
    case: Case, opened: Case, link: Link, *, copies: Mapping[int, Party], actor: Actor, now: datetime
) -> None:
    """Take along what the rule lets go along. Letters go with a switch: it is the same matter."""
    if Carried.EVIDENCE in link.carries:
        carry_evidence(case, opened, actor=actor, now=now)
    if Carried.ALLEGATIONS in link.carries:
        _carry_allegations(case, opened)
    if Carried.FINDINGS in link.carries:
        _carry_findings(case, opened, copies)
    if link.kind is LinkKind.SWITCH:
        for joined in CaseLetter.select().where(CaseLetter.case == case.id):
            CaseLetter.create(case=opened, letter=joined.letter_id)
        index_case(opened)


def _carry_allegations(case: Case, opened: Case) -> None:
    for item in Allegation.select().where(Allegation.case == case.id).order_by(Allegation.number):
        Allegation.create(
            case=opened, number=item.number, text=item.text, verified=item.verified,
            evidence_note=item.evidence_note, conclusion=item.conclusion, ended_on=item.ended_on,
        )  # fmt: skip


def _carry_findings(case: Case, opened: Case, copies: Mapping[int, Party]) -> None:
    """Findings on the parties that go along; one that names no party goes along as well."""
    for found in Finding.select().where(Finding.case == case.id).order_by(Finding.id):
        if found.party_id is None or found.party_id in copies:
            Finding.create(
                case=opened, party=copies.get(found.party_id or 0), text=found.text,
                rule_broken=found.rule_broken, group=found.group, ended_on=found.ended_on,
                detected_on=found.detected_on, disciplinary=found.disciplinary,
                no_limit_ground=found.no_limit_ground,
            )  # fmt: skip


def _alike(kinds: Collection[LinkKind]) -> Collection[LinkKind]:
    """Discipline beside an inspection and after it is one discipline."""
    return {*kinds, *DISCIPLINE} if set(kinds) & set(DISCIPLINE) else kinds


def _refuse_twice(case: Case, chosen: Sequence[Party], kinds: Collection[LinkKind]) -> None:
    members = [party.member_id for party in chosen if party.member_id is not None]
    bodies = [party.organisation_id for party in chosen if party.organisation_id is not None]
    running = (
        Case.select(Case.code)
        .join(Party)
        .where(
            Case.parent == case.id,
            Case.branch_kind.in_([kind.value for kind in _alike(kinds)]),
            Case.state.in_(["open", "suspended"]),
            Party.member.in_(members) | Party.organisation.in_(bodies),
        )
        .first()
    )
    if running is not None:
        raise Refused(f"Đối tượng này đang được xem xét trong hồ sơ {running.code}.", field="party_ids")
