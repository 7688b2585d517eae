"""Users and the commission's own particulars, for administrators."""

from typing import Any, TypedDict

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.errors import UserFacingError
from cases.people import operations, queries
from cases.people.access import actor, now, requires
from cases.people.blueprint import blueprint
from cases.people.models import Commission, User
from cases.people.permissions import Permission
from cases.people.vote_settings import choice_words, chosen, vote_points
from forms.screens.fill import show_refusal
from forms.screens.people import ChangeUserForm, CommissionForm, NewUserForm, UserForm, commission_form
from procedures.schema import Role


class Particulars(TypedDict):
    """What can be typed about a person, except user name, roles and state."""

    full_name: str
    post: str
    rank: str
    unit: str
    email: str
    phone: str
    card_number: str


@blueprint.route("/nguoi-dung")
@requires(Permission.MANAGE_USERS)
def users() -> ResponseReturnValue:
    found = list(queries.visible_to(actor()).order_by(User.active.desc(), User.name_sort))
    return render_template("screens/people/users.html", users=found, roles=queries.roles_of(found))


@blueprint.route("/nguoi-dung/moi", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def new_user() -> ResponseReturnValue:
    form = NewUserForm()
    status = 200
    if form.validate_on_submit():
        password = operations.temporary_password()
        try:
            user = operations.create_user(
                actor(), commission=queries.commission_of(actor()), username=form.username.data,
                password=password, roles=_roles(form), now=now(), **_particulars(form),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            return render_template("screens/people/new_password.html", user=user, password=password)
    return render_template("screens/people/user.html", form=form, user=None), status


@blueprint.route("/nguoi-dung/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def edit_user(user_id: int) -> ResponseReturnValue:
    user = queries.user_of(actor(), user_id)
    form = ChangeUserForm(data=_stored(user))
    status = 200
    if form.validate_on_submit():
        try:
            operations.change_user(
                actor(), user_id, roles=_roles(form), active=form.active.data, now=now(),
                **_particulars(form),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã lưu thông tin người dùng."), "success")
            return redirect(url_for("people.users"))
    return render_template("screens/people/user.html", form=form, user=user), status


@blueprint.route("/nguoi-dung/<int:user_id>/mat-khau", methods=["POST"])
@requires(Permission.MANAGE_USERS)
def reset_password(user_id: int) -> ResponseReturnValue:
    password = operations.reset_password(actor(), user_id, now=now())
    user = queries.user_of(actor(), user_id)
    return render_template("screens/people/new_password.html", user=user, password=password)


@blueprint.route("/uy-ban", methods=["GET", "POST"])
@requires(Permission.MANAGE_COMMISSION)
def commission() -> ResponseReturnValue:
    own = queries.commission_of(actor())
    form = _commission_form(own)
    status = 200
    if form.validate_on_submit():
        try:
            operations.change_commission(
                actor(), name=form.name.data, superior_line=form.superior_line.data,
                issuer_line=form.issuer_line.data, symbol_suffix=form.symbol_suffix.data,
                place=form.place.data, term_name=form.term_name.data,
                organisation_code=form.organisation_code.data, now=now(),
                vote_choices={point.setting: form[point.setting].data for point in vote_points()},
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã lưu thông tin ủy ban kiểm tra."), "success")
            return redirect(url_for("people.commission"))
    return (
        render_template("screens/people/commission.html", form=form, points=vote_points()), status
    )  # fmt: skip


def _commission_form(own: Commission) -> CommissionForm:
    points = vote_points()
    words = {point.setting: [(one, choice_words(point, one)) for one in point.choices] for point in points}
    made = commission_form(
        (point.setting, f"{point.id}: {point.label}", words[point.setting]) for point in points
    )
    answers = {point.setting: chosen(own, point.id).choice for point in points}
    return made(obj=own, organisation_code=own.organisation.code if own.organisation else "", **answers)


def _stored(user: User) -> dict[str, Any]:
    return {
        "full_name": user.full_name, "post": user.post, "unit": user.unit, "rank": user.rank,
        "email": user.email, "phone": user.phone, "active": user.active,
        "card_number": user.member.card_number if user.member else "",
        "roles": [role.value for role in queries.roles_of([user])[user.id]],
    }  # fmt: skip


def _particulars(form: UserForm) -> Particulars:
    return Particulars(
        full_name=form.full_name.data, post=form.post.data, rank=form.rank.data, unit=form.unit.data,
        email=form.email.data, phone=form.phone.data, card_number=form.card_number.data,
    )  # fmt: skip


def _roles(form: UserForm) -> list[Role]:
    return [Role(value) for value in form.roles.data]
