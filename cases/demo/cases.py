"""Demonstration cases, one at every stage, made through the product's own operations on past days.

The demonstration's today is 22/11/2026: the letters and members come from its registers.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from cases.approvals.operations import submit
from cases.deadlines.changes import request_extension
from cases.deadlines.models import Deadline
from cases.demo.cast import Cast, at
from cases.demo.voting import plan_demo_session, vote_and_decide
from cases.documents.operations import draft_document
from cases.documents.rendering import form_of
from cases.documents.rules import missing_values
from cases.documents.stored import values_of
from cases.intake.models import Letter
from cases.intake.operations import decide_letter, propose
from cases.lifecycle.models import Allegation, Case, Party
from cases.lifecycle.operations import (
    FindingData,
    NewCase,
    NewParty,
    close_case,
    conclude_allegation,
    open_branch,
    open_case,
    record_finding,
    switch_case,
)
from cases.parties.models import Member
from cases.plans.models import ProgrammeItem
from cases.sessions.operations import (
    add_item,
)


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
        Letter.kind == "denunciation",
        Letter.identity == "clear",
        Letter.state == "classified",
        Letter.subject_member.is_null(False),
        Letter.duplicate_of.is_null(),
        Letter.received_on >= date(2026, 4, 13),
    )
    seen: set[int] = set()
    for letter in named.order_by(Letter.received_on, Letter.number):
        if letter.subject_member_id not in seen:
            seen.add(int(letter.subject_member_id or 0))
            yield letter


def _after(letters: Iterator[Letter], day: date) -> Letter:
    return next(letter for letter in letters if letter.received_on >= day)


def _propose(cast: Cast, letter: Letter, day: date) -> None:
    propose(
        cast.actor(cast.section),
        letter.id,
        proposal="accepted",
        now=at(day),
        note="Đơn có họ tên, địa chỉ rõ ràng, nội dung cụ thể, thuộc thẩm quyền của Ủy ban Kiểm tra.",
    )


def _denunciation_case(cast: Cast, letter: Letter) -> Case:
    """Accept a letter and open its case under TC-03, a few days after it came."""
    received = letter.received_on
    _propose(cast, letter, received + timedelta(days=2))
    decide_letter(
        cast.actor(cast.deputy),
        letter.id,
        handling="accepted",
        now=at(received + timedelta(days=3)),
        reason="Thụ lý giải quyết theo quy trình giải quyết tố cáo đối với đảng viên.",
    )
    new = NewCase(
        procedure="TC-03",
        started_on=received,
        parties=[NewParty(member_id=letter.subject_member_id)],
        team=cast.team(),
        directing_id=cast.user(cast.directing).id,
        letter_ids=[letter.id],
        unit=cast.user(cast.section).unit,
        period_from=date(2021, 1, 1),
        period_to=date(2025, 12, 31),
        allegations=[_without_person(letter)],
    )
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
        head,
        denunciation.id,
        to="KT-04",
        now=at(day + timedelta(days=2)),
        without_papers={"B05": "Đã có tờ trình"},
        reason="Quá trình xác minh phát hiện dấu hiệu vi phạm ngoài nội dung đơn.",
    )
    start = day + timedelta(days=3)
    _run(cast, inspection, "CB1 CB2 CB3 TH1 TH2 TH3 TH7 TH9 TH10", start, every=3)
    party = Party.get(Party.case == inspection)
    record_finding(
        head,
        inspection.id,
        now=at(start + timedelta(days=26)),
        data=FindingData(
            text="Thiếu trách nhiệm trong lãnh đạo, chỉ đạo quản lý đất đai, để xảy ra cấp đất sai đối tượng",
            rule_broken="Quy định về những điều đảng viên không được làm",
            group="land",
            party_id=party.id,
            ended_on=date(2025, 6, 30),
            detected_on=start,
            disciplinary=True,
        ),
    )
    _conclude_allegations(cast, inspection, "true_violation", start + timedelta(days=26))
    day = _run(cast, inspection, "KT1 KT3 KT4", start + timedelta(days=28), every=2)
    discipline = open_branch(
        head,
        inspection.id,
        party_ids=[party.id],
        now=at(day + timedelta(days=1)),
        reason="Vi phạm đến mức phải xem xét kỷ luật theo kết luận của Ủy ban Kiểm tra.",
    )
    _run(cast, inspection, "KT6 KT7", day + timedelta(days=2))
    start = day + timedelta(days=2)
    day = _run(cast, discipline, "CB1 CB3 TH1 TH2 TH3 TH5 TH6", start)
    vote_and_decide(cast, discipline, day + timedelta(days=3))


def _conclude_allegations(cast: Cast, case: Case, conclusion: str, day: date) -> None:
    for allegation in Allegation.select().where(Allegation.case == case, Allegation.conclusion == ""):
        conclude_allegation(
            cast.actor(cast.head),
            allegation.id,
            conclusion=conclusion,
            now=at(day),
            verified="Qua làm việc với đối tượng, tổ chức đảng quản lý và đối chiếu hồ sơ: có cơ sở.",
        )


def _near_its_limit(cast: Cast, letter: Letter) -> None:
    """A denunciation whose limit ends this week; its head asks for an extension, nobody decided yet."""
    case = _denunciation_case(cast, letter)
    _run(cast, case, "CB1 CB2 CB3 CB4 CB5 TH1 TH2", letter.received_on + timedelta(days=5), every=6)
    total = Deadline.get(Deadline.case == case, Deadline.limit_id == "T-01")
    request_extension(
        cast.actor(cast.head),
        total.id,
        amount=20,
        now=at(date(2026, 11, 20)),
        reason="Vụ việc phức tạp, cần làm việc thêm với ba tổ chức đảng có liên quan.",
    )


def _being_verified(cast: Cast, letter: Letter) -> None:
    case = _denunciation_case(cast, letter)
    _run(cast, case, "CB1 CB2 CB3 CB4 CB5 TH1 TH2", letter.received_on + timedelta(days=5))


def _waiting_for_approval(cast: Cast, letter: Letter) -> None:
    """A case whose team decision was written and waits for the standing members."""
    case = _denunciation_case(cast, letter)
    _run(cast, case, "CB1 CB2 CB3", letter.received_on + timedelta(days=5))
    drafter = cast.actor(cast.inspector)
    document = draft_document(
        drafter, form="E01", case_id=case.id, vault=cast.vault, now=at(date(2026, 11, 19))
    )
    if not missing_values(form_of(document), values_of(form_of(document), document.values)):
        submit(
            drafter, document.id, now=at(date(2026, 11, 20)), note="Kính trình đồng chí xem xét, ký ban hành."
        )


def _from_the_programme(cast: Cast) -> None:
    """An inspection opened from the yearly programme, closed without a violation."""
    item = ProgrammeItem.select().where(ProgrammeItem.kind == "KT-04").order_by(ProgrammeItem.number).first()
    member = Member.select().where(Member.party_post.contains("Bí thư")).order_by(Member.name_sort).first()
    started = date(2026, 5, 11)
    new = NewCase(
        procedure="KT-04",
        started_on=started,
        parties=[NewParty(member_id=member.id)],
        team=cast.team(),
        directing_id=cast.user("cb07").id,
        programme_item_id=item.id if item else None,
        unit=cast.user(cast.section).unit,
        scope="Việc thực hiện quy chế làm việc và trách nhiệm nêu gương",
        period_from=date(2021, 1, 1),
        period_to=date(2025, 12, 31),
    )
    case = open_case(cast.actor(cast.section), new, now=at(started))
    keys = "CB1 CB2 CB3 TH1 TH2 TH3 TH7 TH9 TH10 KT1 KT3 KT4 KT6 KT7 KT8"
    day = _run(cast, case, keys, started + timedelta(days=1), every=5)
    close_case(
        cast.actor(cast.section),
        case.id,
        outcome="no_violation",
        now=at(day + timedelta(days=1)),
        note="Không có vi phạm; kiến nghị rút kinh nghiệm trong chỉ đạo.",
    )


def _waiting_for_the_vote(cast: Cast, letter: Letter) -> None:
    """A discipline case on the agenda of the coming session."""
    case = _denunciation_case(cast, letter)
    start = letter.received_on + timedelta(days=4)
    day = _run(cast, case, "CB1 CB2 CB3 CB4 CB5 TH1 TH2 TH3 TH8 TH9", start, every=2)
    _conclude_allegations(cast, case, "true_violation", day)
    party = Party.get(Party.case == case)
    record_finding(
        cast.actor(cast.head),
        case.id,
        now=at(day),
        data=FindingData(
            text="Vi phạm quy định về kê khai tài sản, thu nhập",
            rule_broken="Quy định về kê khai tài sản, thu nhập",
            group="assets",
            party_id=party.id,
            ended_on=date(2025, 12, 31),
            detected_on=day,
            disciplinary=True,
        ),
    )
    day = _run(cast, case, "KT1 KT3 KT4 KT5", day + timedelta(days=1), every=1)
    discipline = open_branch(
        cast.actor(cast.head),
        case.id,
        party_ids=[party.id],
        now=at(day),
        reason="Vi phạm đến mức phải xem xét kỷ luật.",
    )
    _run(cast, discipline, "CB1 CB3 TH1 TH2 TH3 TH5 TH6", day, every=1)
    session = plan_demo_session(cast, date(2026, 11, 25))
    add_item(cast.actor(cast.section), session.id, case_id=discipline.id, now=at(date(2026, 11, 21)))
