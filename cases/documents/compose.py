"""Form + values + issuing facts → the `Paper` that every renderer draws."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from cases.documents.blocks import blocks_of
from cases.documents.paper import (
    SPACE_TO_WRITE,
    BlockView,
    House,
    Issue,
    Letterhead,
    Paper,
    Run,
    Signature,
    SignatureView,
    Style,
    TextView,
)
from cases.documents.values import Values, lines
from cases.documents.wording import Pen, capitalised, respell, words_of
from cases.text import clean_line, official_date
from forms.schema import Address, Family, FormDef, Issuer, Layout, Signer
from forms.usage import ADDRESSEES
from forms.wording import Wording

REPORTED: Final = "(để báo cáo)"
_ADDRESS_WORDS: Mapping[Address, str] = {Address.TO: "Kính gửi", Address.SUBMIT: "Kính trình"}


def compose(
    form: FormDef,
    values: Values,
    *,
    house: House,
    wording: Wording,
    family: Family,
    issue: Issue,
    team: str = "",
    advisory: str = "",
) -> Paper:
    """Build the paper. `values` are typed (`forms.build` data); `team` names the team's letterhead,
    empty for the family's own word; `advisory` the advisory body that runs the case.

    Missing values print as gaps. Raises PaperValueError for a value no field can hold, and KeyError
    for a name the catalogue check would have refused.
    """
    signers = _signers(form, issue)
    spoken = wording.families[family]
    names = _Names(clean_line(team) or capitalised(spoken.team), clean_line(advisory))
    head = _letterhead(form, house=house, signers=signers, names=names)
    words = words_of(spoken, head=head, commission=house.commission, committee=house.committee)
    pen = Pen(form, values, words, house.spelling)
    letter = form.layout is Layout.OFFICIAL_LETTER
    abstract = pen.write(form.abstract).replace("\n", " ")
    return Paper(
        code=form.code,
        edition=form.edition,
        size=form.paper,
        landscape=form.orientation == "landscape",
        superior=respell(head.superior_line, house.spelling),
        issuer=respell(head.issuer_line, house.spelling),
        symbol=_symbol(form, issue, head),
        secrecy=issue.secrecy.upper(),
        urgency=issue.urgency.upper(),
        draft=f"Dự thảo lần {issue.draft_no}" if issue.draft_no else "",
        letter_abstract=abstract if letter else "",
        place_date=f"{head.place}, {_day(issue)}",
        type_name="" if letter else pen.write(form.title),
        abstract="" if letter else abstract,
        blocks=_address(pen) + blocks_of(pen),
        signatures=tuple(_signature(pen, signer, issue.signatures) for signer in signers),
        recipients=_recipients(pen, issue, by_committee=head is house.committee),
    )


def _signers(form: FormDef, issue: Issue) -> tuple[Signer, ...]:
    """The form's signers, or the alternative that a given signature names."""
    named = {signature.signer for signature in issue.signatures}
    other = next((signer for signer in form.signer_alternatives if signer.id in named), None)
    return (other,) if other else form.signers


class _Names(NamedTuple):
    """Who stands at the top left where it is neither the commission nor the committee."""

    team: str
    advisory: str


def _letterhead(form: FormDef, *, house: House, signers: tuple[Signer, ...], names: _Names) -> Letterhead:
    issuer = form.issuer or (signers[0].issuer if signers else Issuer.COMMISSION)
    commission = house.commission
    match issuer:
        case Issuer.COMMITTEE:
            return house.committee
        case Issuer.TEAM:
            return Letterhead(
                superior_line=commission.full_name.upper(),
                issuer_line=names.team.upper(),
                full_name=names.team,
                symbol_suffix=commission.symbol_suffix,
                place=commission.place,
            )
        case Issuer.ADVISORY:
            return Letterhead(
                superior_line=commission.superior_line,
                issuer_line=names.advisory.upper(),
                full_name=names.advisory,
                symbol_suffix=SPACE_TO_WRITE,
                place=commission.place,
            )
        case Issuer.NONE:
            return Letterhead("", "", "", commission.symbol_suffix, commission.place)
        case Issuer.COMMISSION:
            return commission


def _symbol(form: FormDef, issue: Issue, head: Letterhead) -> str:
    """`Số 05-QĐ/UBKTTU`; without a number a gap wide enough for a pen. No symbol on unnumbered papers."""
    if not form.numbered:
        return ""
    if issue.symbol:
        return f"Số {issue.symbol}"
    number = SPACE_TO_WRITE if issue.number is None else f" {issue.number:02d}"
    return f"Số{number}-{form.abbreviation}/{head.symbol_suffix}"


def _day(issue: Issue) -> str:
    if issue.day is not None:
        return official_date(issue.day)
    return f"ngày{SPACE_TO_WRITE}tháng{SPACE_TO_WRITE}năm {issue.year}"


def _address(pen: Pen) -> tuple[BlockView, ...]:
    if pen.form.address is None:
        return ()
    word = _ADDRESS_WORDS[pen.form.address]
    fixed = tuple(pen.write(line) for line in pen.form.address_lines)
    to = fixed or lines(pen.values.get(ADDRESSEES)) or (pen.word(ADDRESSEES),)
    if len(to) == 1:
        return (TextView(Style.ADDRESS_ONE, (Run(f"{word}: ", italic=True), Run(to[0]))),)
    items = (
        *(TextView(Style.ADDRESS_ITEM, (Run(f"- {line};"),)) for line in to[:-1]),
        TextView(Style.ADDRESS_LAST, (Run(f"- {to[-1]}."),)),
    )
    return (TextView(Style.ADDRESS, (Run(f"{word}:", italic=True),)), *items)


def _signature(pen: Pen, signer: Signer, given: tuple[Signature, ...]) -> SignatureView:
    found = next((s for s in given if s.signer == signer.id), Signature(signer.id))
    title = found.title or pen.write(signer.titles[0])
    line1, line2 = _authority(signer, title, collective=pen.write(signer.collective))
    return SignatureView(
        line1=line1 if found.line1 is None else found.line1,
        title=line2,
        note=signer.note,
        name=clean_line(found.name),
    )


def _authority(signer: Signer, title: str, *, collective: str) -> tuple[str, str]:
    """Bold line and plain line: the body speaks in bold; a person alone signs under a bold title."""
    match signer.authority:
        case "":
            return title, ""
        case "Q.":
            return f"Q. {title}", ""
        case authority:
            return f"{authority} {collective}", title


def _recipients(pen: Pen, issue: Issue, *, by_committee: bool) -> tuple[str, ...]:
    """Lines of “Nơi nhận”, each closed by ; and the last by a full stop; none when the form has none.

    The committee does not report to itself.
    """
    form = pen.form
    own = issue.recipients if issue.recipients is not None else tuple(pen.write(r) for r in form.recipients)
    if by_committee:
        own = tuple(line for line in own if not line.endswith(REPORTED))
    if not own:
        return ()
    first = ("Như trên",) if form.layout is Layout.OFFICIAL_LETTER or form.abbreviation == "TTr" else ()
    entries = first + own + (pen.write(form.archive),)
    return tuple(f"- {line}{'.' if place == len(entries) else ';'}" for place, line in enumerate(entries, 1))
