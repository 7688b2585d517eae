"""Opening a case on screen, and putting one more letter into it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.errors import UserFacingError
from cases.intake.models import Letter
from cases.lifecycle import choosing, operations, queries
from cases.lifecycle.blueprint import ask, blueprint
from cases.lifecycle.fitting import Choice
from cases.lifecycle.operations import NewCase, NewParty, TeamPost
from cases.lifecycle.terms import SECRECY, URGENCY
from cases.people.access import actor, now, requires, today
from cases.people.permissions import Permission
from cases.text import typed_id
from forms.screens.fill import show_refusal
from forms.screens.lifecycle import LetterChoiceForm, NewCaseForm, pick
from procedures.schema import Owner

# Where the operation names a value, the screen has one or more fields.
FIELDS = {"team": "head", "parties": "subjects", "letter_ids": "letters", "directing_id": "directing"}


@blueprint.route("/ho-so/mo", methods=["GET", "POST"])
@requires(Permission.OPEN_CASES)
def new_case() -> ResponseReturnValue:
    form = NewCaseForm(data=_asked_for() if request.method == "GET" else None)
    _offer(form)
    if request.method == "GET" or "search" in request.form or _add_row(form):
        return _page(form)
    if not form.validate_on_submit():
        return _page(form, status=422)
    try:
        case = operations.open_case(actor(), typed_case(form), now=now())
    except UserFacingError as error:
        error.field = FIELDS.get(error.field or "", error.field)
        return _page(form, status=show_refusal(form, error))
    flash(_("Đã mở hồ sơ %(code)s.", code=case.code), "success")
    return redirect(url_for("lifecycle.case", case_id=case.id))


@blueprint.route("/ho-so/<int:case_id>/ghep-don", methods=["GET", "POST"])
@requires(Permission.OPEN_CASES)
def join_letter(case_id: int) -> ResponseReturnValue:
    case = queries.case_of(actor(), case_id)
    form = LetterChoiceForm()
    form.letter_id.choices = pick(choosing.letter_pairs(choosing.usable_letters(actor())))
    back = url_for("lifecycle.case", case_id=case.id)
    return ask(
        form, lambda: operations.join_letter(actor(), case.id, typed_id(form.letter_id.data) or 0, now=now()),
        heading=_("Ghép đơn vào hồ sơ"), submit=_("Ghép vào hồ sơ"), done=_("Đã ghép đơn vào hồ sơ."),
        back=back, parent=(case.code, back),
    )  # fmt: skip


def typed_case(form: NewCaseForm) -> NewCase:
    """What the person typed, as the operation wants it."""
    return NewCase(
        procedure=form.procedure.data or "", started_on=form.started_on.data,
        parties=[typed_party(row.form) for row in form.subjects if row.form.name.data or row.form.found.data],
        run_by=next((owner for owner in Owner if owner == form.run_by.data), None),
        team=typed_team(form), directing_id=typed_id(form.directing.data),
        letter_ids=[number for number in map(typed_id, form.letters.data or []) if number],
        programme_item_id=typed_id(form.programme_item.data), title=form.title.data or "",
        scope=form.scope.data or "", period_from=form.period_from.data, period_to=form.period_to.data,
        secrecy=form.secrecy.data if form.secrecy.data in SECRECY else "none",
        urgency=form.urgency.data if form.urgency.data in URGENCY else "none",
        allegations=form.allegations.data or [],
    )  # fmt: skip


def typed_team(form: Any) -> list[TeamPost]:
    """The team as chosen: one head, perhaps a deputy and a secretary, and members."""
    chosen = [(form.head.data, "head"), (form.deputy.data, "deputy"), (form.secretary.data, "secretary")]
    chosen += [(user, "member") for user in form.members.data or []]
    named = [(typed_id(user), position) for user, position in chosen]
    return [TeamPost(user, position) for user, position in named if user is not None]


def offer_team(form: Any) -> None:
    """Fill the lists of people a team is chosen from."""
    people = choosing.team_pairs(actor())
    form.head.choices = pick([("", "–"), *people])
    form.deputy.choices = form.secretary.choices = pick([choosing.NOBODY, *people])
    form.members.choices = pick(people)


def _offer(form: NewCaseForm) -> None:
    form.letters.choices = pick(choosing.letter_pairs(choosing.usable_letters(actor())))
    form.programme_item.choices = pick(choosing.programme_pairs(actor(), today().year))
    form.procedure.choices = pick((one.edition.code, _called(one)) for one in _choices(form))
    form.run_by.choices = pick([choosing.NOBODY, *((owner.value, owner.label) for owner in Owner)])
    form.directing.choices = pick([choosing.NOBODY, *choosing.directing_pairs(actor())])
    form.secrecy.choices, form.urgency.choices = pick(SECRECY.items()), pick(URGENCY.items())
    offer_team(form)
    for row in form.subjects:
        row.form.found.choices = pick(choosing.subject_pairs(actor(), row.form.name.data or ""))


def _choices(form: NewCaseForm) -> tuple[Choice, ...]:
    wanted = {number for number in map(typed_id, form.letters.data or []) if number}
    letters = [one for one in choosing.usable_letters(actor()) if one.id in wanted]
    kinds = {(row.form.found.data or "").partition(":")[0] for row in form.subjects}
    return choosing.offered(
        letters, on=form.started_on.data or today(), programme=bool(form.programme_item.data),
        kind=next(iter(kinds - {""}), ""),
    )  # fmt: skip


def _called(choice: Choice) -> str:
    known = _("phù hợp") if choice.fits else _("có điểm chưa phù hợp")
    fits = known if choice.reasons else _("chưa đủ thông tin để so sánh")
    return f"{choice.edition.code} – {choice.edition.short_name} ({fits})"


def _asked_for() -> dict[str, Any]:
    """What the address already says: letters (don=…) or an item of the programme (chuong-trinh=…)."""
    numbers = request.args.getlist("don", type=int) + request.args.getlist("letter_id", type=int)
    letters = [one for one in choosing.usable_letters(actor()) if one.id in set(numbers)]
    item = request.args.get("chuong_trinh", type=int) or request.args.get("chuong-trinh", type=int)
    return {
        "letters": [str(one.id) for one in letters],
        "programme_item": str(item) if item else "",
        "started_on": letters[0].received_on if letters else today(),
        "subjects": [_subject(one) for one in letters[:1]],
        "allegations": [one.summary for one in letters],
    }


def _subject(letter: Letter) -> dict[str, str]:
    found = f"member:{letter.subject_member_id}" if letter.subject_member_id else ""
    if letter.subject_organisation_id:
        found = f"body:{letter.subject_organisation_id}"
    return {"name": letter.subject_name, "found": found, "unit": letter.subject_post}


def _add_row(form: NewCaseForm) -> bool:
    if "add_subject" not in request.form:
        return False
    row = form.subjects.append_entry()
    row.form.found.choices = pick(choosing.subject_pairs(actor(), ""))
    return True


def typed_party(row: Any) -> NewParty:
    """A subject as typed: one chosen from the registers, else the name alone."""
    kind, _colon, number = (row.found.data or "").partition(":")
    if kind == "member":
        return NewParty(member_id=typed_id(number))
    if kind == "body":
        return NewParty(kind="body", organisation_id=typed_id(number))
    return NewParty(name=row.name.data or "", party_post=row.unit.data or "")


def _page(form: NewCaseForm, *, status: int = 200) -> ResponseReturnValue:
    page = render_template("screens/lifecycle/new_case.html", form=form, choices=_choices(form))
    return page, status
