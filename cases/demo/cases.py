"""Demonstration cases, one at every stage, made through the product's own operations on past days.

The demonstration's today is 22/11/2026: the letters and members come from its registers.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from cases.approvals.operations import approve, submit
from cases.deadlines.changes import request_extension
from cases.deadlines.models import Deadline
from cases.decisions.operations import announce_decision, record_decision
from cases.demo.cast import Cast, at
from cases.documents.models import Document
from cases.documents.operations import draft_document, issue_document, save_draft
from cases.documents.rendering import form_of
from cases.documents.rules import approving_role, missing_values
from cases.documents.stored import values_of
from cases.intake.models import Letter
from cases.intake.operations import decide_letter, propose
from cases.lifecycle.models import Allegation, Case, Party
from cases.lifecycle.operations import (
    FindingData,
    NewCase,
    NewParty,
    add_follow_up,
    close_case,
    conclude_allegation,
    open_case,
    open_discipline,
    record_finding,
    switch_case,
)
from cases.parties.models import Member
from cases.people.models import User
from cases.people.queries import voting_members
from cases.plans.models import ProgrammeItem
from cases.sessions.ballots import count_ballot, open_ballot
from cases.sessions.models import Session
from cases.sessions.operations import (
    add_item,
    close_session,
    conclude_item,
    open_session,
    plan_session,
    record_attendance,
)
from procedures.schema import Role, VoteKind


def build_cases(cast: Cast) -> None:
    """Make the demonstration cases; call once, on a commission that has its registers and no case."""
    letters = _denunciations()
    _whole_chain(cast, next(letters))
    _near_its_limit(cast, _after(letters, date(2026, 8, 24)))
    _being_verified(cast, _after(letters, date(2026, 9, 10)))
    _waiting_for_approval(cast, _after(letters, date(2026, 10, 5)))
    _from_the_programme(cast)
    _waiting_for_the_vote(cast, _after(letters, date(2026, 10, 12)))
    for letter in (_after(letters, date(2026, 11, 1)), next(letters)):
        _propose(cast, letter, letter.received_on + timedelta(days=3))


def _denunciations() -> Iterator[Letter]:
    """Named denunciations of members in the registers, oldest first, each member once."""
    named = Letter.select().where(
        Letter.kind == "denunciation", Letter.identity == "clear", Letter.state == "classified",
        Letter.subject_member.is_null(False), Letter.duplicate_of.is_null(), Letter.received_on >= date(2026, 4, 13),
    )  # fmt: skip
    seen: set[int] = set()
    for letter in named.order_by(Letter.received_on, Letter.number):
        if letter.subject_member_id not in seen:
            seen.add(letter.subject_member_id)
            yield letter


def _after(letters: Iterator[Letter], day: date) -> Letter:
    return next(letter for letter in letters if letter.received_on >= day)


def _propose(cast: Cast, letter: Letter, day: date) -> None:
    propose(
        cast.actor(cast.section), letter.id, proposal="accepted", now=at(day),
        note="Đơn có họ tên, địa chỉ rõ ràng, nội dung cụ thể, thuộc thẩm quyền của Ủy ban Kiểm tra.",
    )  # fmt: skip


def _denunciation_case(cast: Cast, letter: Letter) -> Case:
    """Accept a letter and open its case under TC-03, a few days after it came."""
    received = letter.received_on
    _propose(cast, letter, received + timedelta(days=2))
    decide_letter(
        cast.actor(cast.deputy), letter.id, handling="accepted", now=at(received + timedelta(days=3)),
        reason="Thụ lý giải quyết theo quy trình giải quyết tố cáo đối với đảng viên.",
    )  # fmt: skip
    new = NewCase(
        procedure="TC-03", started_on=received, parties=[NewParty(member_id=letter.subject_member_id)],
        team=cast.team(), directing_id=cast.user(cast.directing).id, letter_ids=[letter.id],
        unit=cast.user(cast.section).unit, period_from=date(2021, 1, 1), period_to=date(2025, 12, 31),
        allegations=[_without_person(letter)],
    )  # fmt: skip
    return open_case(cast.actor(cast.section), new, now=at(received + timedelta(days=4)))


def _without_person(letter: Letter) -> str:
    """The matter of a letter as an allegation: what was done, not who wrote."""
    matter = letter.summary.split(letter.subject_name)[-1].strip(" ,.;:")
    return (matter[:1].upper() + matter[1:]) if len(matter) > 15 else str(letter.summary)


def _run(cast: Cast, case: Case, keys: str, start: date, *, every: int = 4) -> date:
    """Complete steps `every` few days from `start`; returns the day of the last."""
    days = {key: start + timedelta(days=every * place) for place, key in enumerate(keys.split())}
    cast.complete(case, days)
    return max(days.values())


def _whole_chain(cast: Cast, letter: Letter) -> None:
    """TC-03 → KT-04 → KL-02 → vote → decision issued and announced → followed up."""
    denunciation = _denunciation_case(cast, letter)
    day = _run(cast, denunciation, "CB1 CB2 CB3 CB4 CB5 TH1 TH2 TH3", letter.received_on + timedelta(days=5))
    head = cast.actor(cast.head)
    inspection = switch_case(
        head, denunciation.id, to="KT-04", now=at(day + timedelta(days=2)), without_papers={"B05": "Đã có tờ trình"},
        reason="Quá trình xác minh phát hiện dấu hiệu vi phạm ngoài nội dung đơn.",
    )  # fmt: skip
    start = day + timedelta(days=3)
    _run(cast, inspection, "CB1 CB2 CB3 TH1 TH2 TH3 TH7 TH9 TH10", start, every=3)
    party = Party.get(Party.case == inspection)
    record_finding(
        head, inspection.id, now=at(start + timedelta(days=26)),
        data=FindingData(
            text="Thiếu trách nhiệm trong lãnh đạo, chỉ đạo quản lý đất đai, để xảy ra cấp đất sai đối tượng",
            rule_broken="Quy định về những điều đảng viên không được làm", group="land", party_id=party.id,
            ended_on=date(2025, 6, 30), detected_on=start, disciplinary=True,
        ),
    )  # fmt: skip
    _conclude_allegations(cast, inspection, "true_violation", start + timedelta(days=26))
    day = _run(cast, inspection, "KT1 KT3 KT4", start + timedelta(days=28), every=2)
    discipline = open_discipline(
        head, inspection.id, party_ids=[party.id], now=at(day + timedelta(days=1)),
        reason="Vi phạm đến mức phải xem xét kỷ luật theo kết luận của Ủy ban Kiểm tra.",
    )  # fmt: skip
    _run(cast, inspection, "KT6 KT7", day + timedelta(days=2))
    start = day + timedelta(days=2)
    day = _run(cast, discipline, "CB1 CB3 TH1 TH2 TH3 TH5 TH6", start)
    _vote_and_decide(cast, discipline, day + timedelta(days=3))


def _conclude_allegations(cast: Cast, case: Case, conclusion: str, day: date) -> None:
    for allegation in Allegation.select().where(Allegation.case == case, Allegation.conclusion == ""):
        conclude_allegation(
            cast.actor(cast.head), allegation.id, conclusion=conclusion, now=at(day),
            verified="Qua làm việc với đối tượng, tổ chức đảng quản lý và đối chiếu hồ sơ, nội dung là có cơ sở.",
        )  # fmt: skip


def _session(cast: Cast, day: date) -> Session:
    return plan_session(
        cast.actor(cast.section), held_on=day, starts_at="08:00", place="Phòng họp số 1, trụ sở Ủy ban Kiểm tra",
        chair_id=cast.user(cast.chair).id, secretary_id=cast.user(cast.section).id, now=at(day - timedelta(days=4)),
    )  # fmt: skip


def _vote_and_decide(cast: Cast, case: Case, day: date) -> None:
    secretary, party = cast.actor(cast.section), Party.get(Party.case == case)
    session = _session(cast, day)
    members = [user.id for user in voting_members(case.commission_id).order_by(User.name_sort)]
    record_attendance(secretary, session.id, present=members[:-1], reasons={members[-1]: "Đi công tác"}, now=at(day, 8))
    open_session(secretary, session.id, now=at(day, 8))
    item = add_item(secretary, session.id, case_id=case.id, now=at(day, 8))
    ballot = open_ballot(
        secretary, item.id, party_id=party.id, stage=VoteKind.DECIDE, now=at(day, 9),
        tellers=[{"full_name": cast.user("cb07").full_name, "post": "Ủy viên", "duty": "Tổ trưởng",
                  "user_id": cast.user("cb07").id}],
    )  # fmt: skip
    present = ballot.present
    count_ballot(
        cast.actor("cb07"), ballot.id, issued=present, returned=present, valid=present, invalid=0, now=at(day, 10),
        votes={"warning": present - 3, "reprimand": 3},
    )  # fmt: skip
    conclude_item(
        secretary, item.id, reporter=cast.user(cast.head).full_name, now=at(day, 10),
        discussion="Các đồng chí thảo luận, thống nhất về nội dung, tính chất, mức độ và nguyên nhân vi phạm.",
        conclusion="Thi hành kỷ luật bằng hình thức cảnh cáo theo kết quả bỏ phiếu kín.",
    )  # fmt: skip
    close_session(secretary, session.id, ends_at="11:00", now=at(day, 11))
    cast.complete(case, {"KT1": day, "KT2": day})
    decision = record_decision(secretary, ballot.id, now=at(day, 14))
    paper = _issue(cast, case, "G10", day + timedelta(days=2))
    cast.complete(case, {"KT4": paper.issued_on or day})
    announce_decision(
        cast.actor(cast.chair), decision.id, announced_on=day + timedelta(days=9), now=at(day + timedelta(days=9)),
        received_on=day + timedelta(days=9),
    )  # fmt: skip
    cast.complete(case, {"KT5": day + timedelta(days=9), "KT6": day + timedelta(days=12), "KT7": day + timedelta(days=14)})
    add_follow_up(
        cast.actor(cast.head), case.id, text="Báo cáo kết quả khắc phục vi phạm về quản lý đất đai",
        responsible=party.name, due_on=date(2026, 12, 15), now=at(day + timedelta(days=12)),
    )  # fmt: skip


def _issue(cast: Cast, case: Case, code: str, day: date) -> Document:
    """Draft a paper from the case, have it approved by another person and numbered by the clerk."""
    drafter = cast.actor(cast.head)
    document = draft_document(drafter, form=code, case_id=case.id, vault=cast.vault, now=at(day - timedelta(days=1)))
    known = {name: value for name, value in values_of(form_of(document), document.values).items() if value is not None}
    document = save_draft(
        drafter, document.id, values=known | {"effective_on": day}, version=document.version,
        now=at(day - timedelta(days=1)),
    )  # fmt: skip
    if missing := missing_values(form_of(document), values_of(form_of(document), document.values)):
        raise ValueError(f"{code}: {missing}")
    if approving_role(form_of(document)) is Role.CHAIR:
        approval = submit(drafter, document.id, now=at(day, 8))
        approve(cast.actor(cast.chair), approval.id, now=at(day, 9))
    return issue_document(
        cast.actor(cast.clerk), document.id, issued_on=day, signer_id=cast.user(cast.chair).id,
        settings=cast.settings, now=at(day, 10),
    )  # fmt: skip


def _near_its_limit(cast: Cast, letter: Letter) -> None:
    """A denunciation whose limit ends this week; its head asks for an extension, nobody decided yet."""
    case = _denunciation_case(cast, letter)
    _run(cast, case, "CB1 CB2 CB3 CB4 CB5 TH1 TH2", letter.received_on + timedelta(days=5), every=6)
    total = Deadline.get(Deadline.case == case, Deadline.limit_id == "T-01")
    request_extension(
        cast.actor(cast.head), total.id, amount=20, now=at(date(2026, 11, 20)),
        reason="Vụ việc phức tạp, cần làm việc thêm với ba tổ chức đảng có liên quan.",
    )  # fmt: skip


def _being_verified(cast: Cast, letter: Letter) -> None:
    case = _denunciation_case(cast, letter)
    _run(cast, case, "CB1 CB2 CB3 CB4 CB5 TH1 TH2", letter.received_on + timedelta(days=5))


def _waiting_for_approval(cast: Cast, letter: Letter) -> None:
    """A case whose team decision was written and waits for the standing members."""
    case = _denunciation_case(cast, letter)
    _run(cast, case, "CB1 CB2 CB3", letter.received_on + timedelta(days=5))
    drafter = cast.actor(cast.inspector)
    document = draft_document(drafter, form="E01", case_id=case.id, vault=cast.vault, now=at(date(2026, 11, 19)))
    if not missing_values(form_of(document), values_of(form_of(document), document.values)):
        submit(drafter, document.id, now=at(date(2026, 11, 20)), note="Kính trình đồng chí xem xét, ký ban hành.")


def _from_the_programme(cast: Cast) -> None:
    """An inspection opened from the yearly programme, closed without a violation."""
    item = ProgrammeItem.select().where(ProgrammeItem.kind == "KT-04").order_by(ProgrammeItem.number).first()
    member = Member.select().where(Member.party_post.contains("Bí thư")).order_by(Member.name_sort).first()
    started = date(2026, 5, 11)
    new = NewCase(
        procedure="KT-04", started_on=started, parties=[NewParty(member_id=member.id)], team=cast.team(),
        directing_id=cast.user("cb07").id, programme_item_id=item.id if item else None,
        unit=cast.user(cast.section).unit, scope="Việc thực hiện quy chế làm việc và trách nhiệm nêu gương",
        period_from=date(2021, 1, 1), period_to=date(2025, 12, 31),
    )  # fmt: skip
    case = open_case(cast.actor(cast.section), new, now=at(started))
    keys = "CB1 CB2 CB3 TH1 TH2 TH3 TH7 TH9 TH10 KT1 KT3 KT4 KT6 KT7 KT8"
    day = _run(cast, case, keys, started + timedelta(days=1), every=5)
    close_case(
        cast.actor(cast.section), case.id, outcome="no_violation", now=at(day + timedelta(days=1)),
        note="Không có vi phạm; kiến nghị rút kinh nghiệm trong chỉ đạo.",
    )  # fmt: skip


def _waiting_for_the_vote(cast: Cast, letter: Letter) -> None:
    """A discipline case on the agenda of the coming session."""
    case = _denunciation_case(cast, letter)
    start = letter.received_on + timedelta(days=4)
    day = _run(cast, case, "CB1 CB2 CB3 CB4 CB5 TH1 TH2 TH3 TH8 TH9", start, every=2)
    _conclude_allegations(cast, case, "true_violation", day)
    party = Party.get(Party.case == case)
    record_finding(
        cast.actor(cast.head), case.id, now=at(day),
        data=FindingData(
            text="Vi phạm quy định về kê khai tài sản, thu nhập", rule_broken="Quy định về kê khai tài sản, thu nhập",
            group="assets", party_id=party.id, ended_on=date(2025, 12, 31), detected_on=day, disciplinary=True,
        ),
    )  # fmt: skip
    day = _run(cast, case, "KT1 KT3 KT4 KT5", day + timedelta(days=1), every=1)
    discipline = open_discipline(
        cast.actor(cast.head), case.id, party_ids=[party.id], now=at(day),
        reason="Vi phạm đến mức phải xem xét kỷ luật.",
    )  # fmt: skip
    _run(cast, discipline, "CB1 CB3 TH1 TH2 TH3 TH5 TH6", day, every=1)
    session = _session(cast, date(2026, 11, 25))
    add_item(cast.actor(cast.section), session.id, case_id=discipline.id, now=at(date(2026, 11, 21)))
