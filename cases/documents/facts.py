"""What a case and its letter know, under the origin names that form fields ask for (forms/origins.py).

Values are plain: str, int, date, lists of lines, or rows as dicts keyed by the column names of
forms/common_fields.toml. A masked form is handed facts from which the sender was left out, so no
template can reach the denouncer, whatever it asks for.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from cases.decisions.models import Decision
from cases.definitions import forms, rules
from cases.documents.case_facts import (
    about_case,
    about_earlier_decisions,
    about_plan,
    about_team,
    papers_of,
)
from cases.documents.letter_facts import about_letter, about_sender, first_letter
from cases.documents.models import Document
from cases.documents.signing import signer_of_case
from cases.documents.stored import from_stored
from cases.documents.vote_facts import (
    about_ballot,
    about_decision,
    about_meeting,
    about_session,
    last_ballot,
    last_item,
)
from cases.documents.wording import body_name
from cases.intake.models import Letter
from cases.intake.vault import Vault
from cases.lifecycle.models import Case, Party
from cases.parties.labels import MANAGEMENT
from cases.people.models import Commission, User
from cases.people.queries import voting_members
from cases.text import official_date
from forms.origins import DOCUMENT_ORIGIN, SENDER
from forms.schema import FormDef, Issuer
from procedures.schema import RegulationArea, SubjectKind

Facts = Mapping[str, Any]

MINUTES_OF_SESSIONS: Final = ("C18", "G07")
WORKING_RULES: Final = {
    None: "Ủy ban Kiểm tra",
    Issuer.COMMITTEE: "cấp ủy, ban thường vụ cấp ủy",
    Issuer.ADVISORY: "cơ quan tham mưu của cấp ủy",
}
PLAIN_MEMBER: Final = "Đảng viên"
BODY_KINDS: Final = {
    "tinh": "đảng bộ tỉnh",
    "cap_tren_truc_tiep_co_so": "đảng bộ cấp trên trực tiếp của tổ chức cơ sở đảng",
    "co_so": "tổ chức cơ sở đảng",
    "bo_phan": "đảng bộ bộ phận",
    "chi_bo": "chi bộ",
}


def facts_for(
    form: FormDef,
    *,
    commission: Commission,
    case: Case | None,
    letter: Letter | None,
    vault: Vault,
    today: date,
) -> dict[str, Any]:
    """All facts known for a paper, by origin name, empty ones left out. Masked forms get no `sender.*`."""
    facts: dict[str, Any] = {"today": today, "legal.grounds": legal_grounds(form, on=today, case=case)}
    facts |= _prefixed("commission", _commission(commission))
    if case is not None:
        facts |= _prefixed("case", about_case(case)) | _prefixed("subject", _subject(case))
        facts |= _prefixed("team", about_team(case)) | _prefixed("plan", about_plan(case))
        facts |= _prefixed("decision", _decision(case))
        facts |= _sessions(form, case) | _earlier_papers(form, case)
        letter = letter or first_letter(case)
    if letter is not None:
        facts |= _prefixed("letter", about_letter(letter))
        if not form.masked:
            facts |= _prefixed("sender", about_sender(letter, vault))
    return permitted(form, {name: value for name, value in facts.items() if value not in (None, "", [], ())})


def permitted(form: FormDef, facts: Facts) -> dict[str, Any]:
    """The facts this form may be filled from: a masked one never learns who sent a letter."""
    return {name: value for name, value in facts.items() if not (form.masked and name.startswith(SENDER))}


def legal_grounds(form: FormDef, *, on: date, case: Case | None = None) -> list[str]:
    """The texts in force on a day that a paper of this kind stands on, without dash or punctuation; the last
    is the working rules of the body that signs it."""
    book = rules()
    areas = [RegulationArea.INSPECTION]
    if any(family.value.startswith("KL") for family in form.families) and form.code.startswith("G"):
        areas.append(RegulationArea.DISCIPLINE)
    lines = ["Căn cứ Điều lệ Đảng Cộng sản Việt Nam"]
    for area in areas:
        text = book.regulation_in_force(area, on)
        subject = text.title[:1].lower() + text.title[1:]
        lines.append(
            f"Căn cứ Quy định số {text.number}, {official_date(text.date)} của {text.issuer} về {subject}"
        )
    signer = signer_of_case(form, case)
    return [*lines, f"Căn cứ Quy chế làm việc của {WORKING_RULES[signer.issuer if signer else None]}"]


def _prefixed(group: str, facts: Facts) -> dict[str, Any]:
    return {f"{group}.{name}": value for name, value in facts.items()}


def _commission(commission: Commission) -> Facts:
    chair = (
        User.select().where(User.commission == commission.id, User.post == "Chủ nhiệm", User.active).first()
    )
    return {
        "name": commission.name,
        "superior": body_name(commission.superior_line),
        "place": commission.place,
        "office": commission.name,
        "chair": chair.full_name if chair else "",
        "member_total": voting_members(commission.id).count(),
    }


def _subject(case: Case) -> Facts:
    """The first subject in full, and how papers list all of them."""
    parties = list(case.parties)
    return about_party(parties[0]) | {"names": [_with_post(p) for p in parties]} if parties else {}


def _with_post(party: Party) -> str:
    """`đồng chí Lê Văn A, Bí thư Đảng ủy xã`; an organisation by its name."""
    if party.kind != "member":
        return str(party.name)
    posts = [post for post in (party.party_post, party.government_post) if post and post != PLAIN_MEMBER]
    return ", ".join([f"đồng chí {party.name}", *(posts or filter(None, [party.unit]))])


def about_party(party: Party) -> dict[str, Any]:
    """What is known of one subject, by the names of the group `subject`; unknown ones are None or empty."""
    facts: dict[str, Any] = {
        "full_name": party.name,
        "names": [_with_post(party)],
        "kind": party.kind,
        "reference": f"đồng chí {party.name}" if party.kind == "member" else party.name,
        "party_post": party.party_post,
        "state_post": party.government_post,
        "unit": party.unit,
        "managed_by": str(MANAGEMENT.get(party.managed_by, party.managed_by)),
    }
    if party.member is not None:
        member, branch = party.member, party.member.branch
        facts |= {
            "birth_date": member.birth_date,
            "gender": member.gender,
            "home_town": member.hometown,
            "residence": member.address,
            "joined_on": member.joined_on,
            "official_on": member.official_on,
            "card_number": member.card_number,
            "cell": branch.name if branch else "",
            "committee": branch.parent.name if branch and branch.parent else "",
            "past_penalties": _past_penalties(member.id),
        }
    if party.organisation is not None:
        body = party.organisation
        facts |= {
            "body_kind": BODY_KINDS.get(body.level, ""),
            "superior": body.parent.name if body.parent else "",
            "secretary": body.secretary,
            "member_count": body.members.count() or None,
        }
    return facts


def _past_penalties(member_id: int) -> str:
    book = rules()
    decisions = Decision.select().where(
        Decision.subject_member == member_id, Decision.signed_on.is_null(False)
    )
    return "\n".join(
        f"{book.penalty(d.penalty, SubjectKind(d.subject_kind)).label} (Quyết định số {d.number_text})"
        for d in decisions.order_by(Decision.signed_on)
    )


def _decision(case: Case) -> Facts:
    found = {**about_earlier_decisions(case), "violations": violations(case)}
    decision = Decision.select().where(Decision.case == case.id).order_by(Decision.id.desc()).first()
    return found | dict(about_decision(decision)) if decision else found


def violations(case: Case, party_id: int | None = None) -> list[dict[str, str]]:
    """The violations that reach discipline, of one subject or of all, as rows of a decision."""
    return [
        {"content": finding.text, "rule": finding.rule_broken}
        for finding in case.findings
        if finding.disciplinary and party_id in (None, finding.party_id or party_id)
    ]


def _sessions(form: FormDef, case: Case) -> dict[str, Any]:
    """The last session and the last counted ballot of a case; the meeting only where it is that session."""
    item, ballot = last_item(case), last_ballot(case)
    found: dict[str, Any] = {}
    if item is not None:
        found |= _prefixed("session", about_session(item))
        if form.code in MINUTES_OF_SESSIONS:
            found |= _prefixed("meeting", about_meeting(item))
    return found | (_prefixed("vote", about_ballot(ballot)) if ballot is not None else {})


def _earlier_papers(form: FormDef, case: Case) -> dict[str, Any]:
    """Values of earlier papers of the same case that a field asks for (`document.C16.strengths`).

    A masked form takes nothing from a paper on which the sender may stand.
    """
    found: dict[str, Any] = {}
    for field in form.fields:
        match = DOCUMENT_ORIGIN.match(field.origin or "")
        if match is None or (form.masked and not forms()[match[1]].masked):
            continue
        paper = (
            papers_of(case)
            .where(Document.form == match[1], Document.state != "void")
            .order_by(Document.id.desc())
            .first()
        )
        if paper is not None:
            found[field.origin or ""] = from_stored(paper.values.get(match[2]), field.type)
    return found
