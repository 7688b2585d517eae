"""What a case and its letter know, under the origin names that form fields ask for (forms/origins.py).

Values are plain: str, int, date, lists of lines, or rows as dicts keyed by the column names of
forms/common_fields.toml. A masked form is handed facts from which the sender was left out, so no
template can reach the denouncer, whatever it asks for.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from peewee import ModelSelect

from cases.deadlines.models import Deadline
from cases.decisions.models import Decision
from cases.definitions import rules
from cases.documents.models import Document
from cases.documents.stored import from_stored
from cases.documents.vote_facts import (
    about_ballot,
    about_decision,
    about_meeting,
    about_session,
    last_ballot,
    last_item,
)
from cases.intake.models import Letter, Sender
from cases.intake.vault import SenderIdentity, Vault
from cases.lifecycle.models import Case, Party, TeamMember
from cases.people.models import Commission, User
from cases.people.queries import voting_members
from cases.text import official_date
from forms.origins import DOCUMENT_ORIGIN, SENDER
from forms.schema import FormDef
from procedures.schema import RegulationArea, SubjectKind

Facts = Mapping[str, Any]

LETTER_SOURCES = {
    "post": "bưu điện",
    "in_person": "trực tiếp",
    "forwarded": "cơ quan khác chuyển đến",
    "electronic": "thư điện tử",
    "reception": "tiếp đảng viên, công dân",
}
MINUTES_OF_SESSIONS = ("C18", "G07")
POSITIONS = {
    "head": "Trưởng đoàn",
    "deputy": "Phó Trưởng đoàn",
    "member": "Thành viên",
    "secretary": "Thư ký",
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
    """All facts known for a paper, by origin name; empty ones are left out. Masked forms get no `sender.*`."""
    facts: dict[str, Any] = {"today": today, "legal.grounds": legal_grounds(form, on=today)}
    facts |= _prefixed("commission", _commission(commission))
    if case is not None:
        facts |= _prefixed("case", _case(case)) | _prefixed("subject", _subject(case))
        facts |= _prefixed("team", _team(case)) | _prefixed("decision", _decision(case))
        facts |= _sessions(form, case) | _earlier_papers(form, case)
        letter = letter or _first_letter(case)
    if letter is not None:
        facts |= _prefixed("letter", _letter(letter))
        if not form.masked:
            facts |= _prefixed("sender", _sender(letter, vault))
    known = {name: value for name, value in facts.items() if value not in (None, "", [], ())}
    if form.masked:
        known = {name: value for name, value in known.items() if not name.startswith(SENDER)}
    return known


def legal_grounds(form: FormDef, *, on: date) -> list[str]:
    """The texts in force on a day that a paper of this kind stands on, without dash or punctuation."""
    book = rules()
    areas = [RegulationArea.CHARTER, RegulationArea.INSPECTION]
    if any(family.value.startswith("KL") for family in form.families) and form.code.startswith("G"):
        areas.append(RegulationArea.DISCIPLINE)
    lines = []
    for area in areas:
        regulation = book.regulation_in_force(area, on)
        if area is RegulationArea.CHARTER:
            lines.append("Điều lệ Đảng Cộng sản Việt Nam")
            continue
        subject = regulation.title[:1].lower() + regulation.title[1:]
        lines.append(
            f"Quy định số {regulation.number}, {official_date(regulation.date)} của {regulation.issuer} về {subject}"
        )
    return [*lines, "Quy chế làm việc của Ủy ban Kiểm tra"]


def _prefixed(group: str, facts: Facts) -> dict[str, Any]:
    return {f"{group}.{name}": value for name, value in facts.items()}


def _commission(commission: Commission) -> Facts:
    chair = (
        User.select().where(User.commission == commission.id, User.post == "Chủ nhiệm", User.active).first()
    )
    return {
        "name": commission.name,
        "superior": commission.superior_line.title().replace("Ủy", "ủy"),
        "place": commission.place,
        "office": commission.name,
        "chair": chair.full_name if chair else "",
        "member_total": voting_members(commission.id).count(),
    }


def _case(case: Case) -> Facts:
    texts = [allegation.text for allegation in case.allegations.order_by(case.allegations.model.number)]
    content = texts or [line for line in case.scope.splitlines() if line.strip()]
    due = Deadline.select().where(Deadline.case == case.id, Deadline.step.is_null()).first()
    papers = list(papers_of(case).where(Document.state == "issued").order_by(Document.issued_on, Document.id))
    return {
        "number": case.code,
        "title": case.title,
        "content": content,
        "short_content": content[0] if content else case.title,
        "period_from": case.period_from,
        "period_to": case.period_to,
        "secrecy": case.secrecy,
        "opened_on": case.started_on,
        "due_on": due.due_on if due else None,
        "allegations": texts,
        "documents": [_paper_row(number, paper) for number, paper in enumerate(papers, start=1)],
        "document_total": len(papers),
        "requests": [
            {"content": task.text, "responsible": task.responsible, "due_on": task.due_on}
            for task in case.follow_ups
        ],
    }


def _paper_row(number: int, paper: Document) -> dict[str, Any]:
    return {"number": number, "symbol": paper.symbol, "date": paper.issued_on, "abstract": paper.title}


def _subject(case: Case) -> Facts:
    parties = list(case.parties)
    return about_party(parties[0]) | {"names": [p.name for p in parties]} if parties else {}


def about_party(party: Party) -> dict[str, Any]:
    """What is known of one subject, by the names of the group `subject`; unknown ones are None or empty."""
    facts: dict[str, Any] = {
        "full_name": party.name,
        "names": [party.name],
        "kind": party.kind,
        "reference": f"đồng chí {party.name}" if party.kind == "member" else party.name,
        "party_post": party.party_post,
        "state_post": party.government_post,
        "unit": party.unit,
        "managed_by": party.managed_by,
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


def _team(case: Case) -> Facts:
    def named(position: str) -> str:
        found = case.team.where(TeamMember.position == position, TeamMember.left_on.is_null()).first()
        return found.user.full_name if found else ""

    return {
        "head": named("head"),
        "deputy": named("deputy"),
        "secretary": named("secretary"),
        "commissioner": case.directing.full_name if case.directing else "",
        "members": [
            {"full_name": m.user.full_name, "post": m.user.post, "duty": m.task or POSITIONS[m.position]}
            for m in case.team.where(TeamMember.left_on.is_null())
        ],
    }


def _decision(case: Case) -> Facts:
    found: dict[str, Any] = {}
    team = _issued(case, ("C01", "E01", "G01"))
    if team is not None and team.issued_on is not None:
        found |= {
            "team_decision": f"Quyết định số {team.symbol}, {official_date(team.issued_on)}",
        }
    found["violations"] = violations(case)
    decision = Decision.select().where(Decision.case == case.id).order_by(Decision.id.desc()).first()
    return found | dict(about_decision(decision)) if decision else found


def violations(case: Case, party_id: int | None = None) -> list[dict[str, str]]:
    """The violations that reach discipline, of one subject or of all, as rows of a decision."""
    return [
        {"content": finding.text, "rule": finding.rule_broken}
        for finding in case.findings
        if finding.disciplinary and party_id in (None, finding.party_id or party_id)
    ]


def _issued(case: Case, codes: tuple[str, ...]) -> Document | None:
    issued = papers_of(case).where(Document.form.in_(codes), Document.state == "issued")
    found: Document | None = issued.order_by(Document.id).first()
    return found


def _sessions(form: FormDef, case: Case) -> dict[str, Any]:
    """The last session and the last counted ballot of a case; the meeting only where it is that session."""
    item, ballot = last_item(case), last_ballot(case)
    found: dict[str, Any] = {}
    if item is not None:
        found |= _prefixed("session", about_session(item))
        if form.code in MINUTES_OF_SESSIONS:
            found |= _prefixed("meeting", about_meeting(item))
    return found | (_prefixed("vote", about_ballot(ballot)) if ballot is not None else {})


def _letter(letter: Letter) -> Facts:
    return {
        "number": f"{letter.number}{letter.part}/{letter.year}",
        "received_on": letter.received_on,
        "written_on": letter.written_on,
        "source": LETTER_SOURCES[letter.source],
        "forward_number": letter.transfer_reference,
        "accused": ", ".join(filter(None, [letter.subject_name, letter.subject_post, letter.subject_place])),
        "summary": letter.summary,
        "enclosures": letter.enclosures.splitlines(),
        "sheet_total": letter.pages,
        "accusation_items": [letter.summary],
        "accepted_items": [letter.summary],
        "handler": letter.handler.full_name if letter.handler else letter.handler_name,
        "due_on": letter.due_on,
        "accepted_on": letter.handled_on if letter.handling == "accepted" else None,
        "acceptance_number": f"{letter.number}{letter.part}/{letter.year}"
        if letter.handling == "accepted"
        else "",
    }


def _sender(letter: Letter, vault: Vault) -> Facts:
    sealed = Sender.get_or_none(Sender.letter == letter)
    who = vault.open(sealed.sealed) if sealed else SenderIdentity()
    return {"full_name": who.name, "address": who.address, "phone": who.contact}


def _first_letter(case: Case) -> Letter | None:
    link = case.letters.order_by(case.letters.model.id).first()
    return link.letter if link else None


def papers_of(case: Case) -> "ModelSelect[Document]":
    """Every paper of a case, whatever its state."""
    return Document.select().where(Document.case == case.id)


def _earlier_papers(form: FormDef, case: Case) -> dict[str, Any]:
    """Values of earlier papers of the same case that a field asks for (`document.C16.strengths`)."""
    found: dict[str, Any] = {}
    for field in form.fields:
        match = DOCUMENT_ORIGIN.match(field.origin or "")
        if match is None:
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
