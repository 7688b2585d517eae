"""Signing in and out, the first administrator, users and the commission's particulars."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from cases.errors import UserFacingError
from cases.people import operations, queries
from cases.people.access import actor, now, public, requires
from cases.people.models import Commission, User
from cases.people.permissions import Permission
from forms.screens.fill import show_refusal
from forms.screens.people import ChangePasswordForm, CommissionForm, FirstAdminForm, SignInForm, UserForm
from procedures.schema import Role

blueprint = Blueprint("people", __name__)


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for("home.index"))
    if not User.select().exists():
        return redirect(url_for("people.first_admin"))
    form = SignInForm(next=request.args.get("next", ""))
    status = 200
    if form.validate_on_submit():
        try:
            token = operations.sign_in(form.username.data, form.password.data, now=now())
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            session.clear()  # a session that existed before signing in is worth nothing afterwards
            session["token"] = token
            return redirect(_own_address(form.next.data) or url_for("home.index"))
    return render_template("screens/people/sign_in.html", form=form), status


def _own_address(address: str | None) -> str:
    """`address` when it is a path on this server, else nothing: never a way to somewhere else."""
    parts = urlsplit(address or "")
    safe = not parts.scheme and not parts.netloc and parts.path.startswith("/") and "\\" not in (address or "")
    return address or "" if safe and not parts.path.startswith("//") else ""


@blueprint.route("/dang-xuat", methods=["POST"])
@requires(Permission.SEE_HOME)
def sign_out() -> ResponseReturnValue:
    operations.sign_out(session["token"], actor=actor(), now=now())
    session.clear()
    flash(_("Đồng chí đã đăng xuất."), "success")
    return redirect(url_for("people.sign_in"))


@blueprint.route("/khoi-tao", methods=["GET", "POST"])
@public
def first_admin() -> ResponseReturnValue:
    if User.select().exists():
        return redirect(url_for("people.sign_in"))
    form = FirstAdminForm()
    status = 200
    if form.validate_on_submit():
        commission = Commission(
            code="ubkt", name=form.commission_name.data, level=form.level.data,
            superior_line=form.superior_line.data, issuer_line="ỦY BAN KIỂM TRA",
            symbol_suffix=form.symbol_suffix.data, place=form.place.data, term_name=form.term_name.data,
        )  # fmt: skip
        try:
            operations.create_first_admin(
                code=form.code.data, commission=commission, username=form.username.data,
                full_name=form.full_name.data, password=form.password.data, now=now(),
            )  # fmt: skip
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã lập ủy ban kiểm tra và người quản trị. Mời đồng chí đăng nhập."), "success")
            return redirect(url_for("people.sign_in"))
    return render_template("screens/people/first_admin.html", form=form), status


@blueprint.route("/mat-khau", methods=["GET", "POST"])
@requires(Permission.SEE_HOME)
def password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    status = 200
    if form.validate_on_submit():
        try:
            operations.change_password(
                actor(), old=form.old_password.data, new=form.password.data, now=now()
            )
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã đổi mật khẩu."), "success")
            return redirect(url_for("home.index"))
    return render_template("screens/people/password.html", form=form), status


@blueprint.route("/nguoi-dung")
@requires(Permission.MANAGE_USERS)
def users() -> ResponseReturnValue:
    found = queries.visible_to(actor()).order_by(User.active.desc(), User.name_sort)
    return render_template("screens/people/users.html", users=list(found), Role=Role)


@blueprint.route("/nguoi-dung/moi", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def new_user() -> ResponseReturnValue:
    form = UserForm()
    status = 200
    if form.validate_on_submit():
        password = operations.temporary_password()
        try:
            user = operations.create_user(
                actor(), commission=queries.commission_of(actor()), username=form.username.data,
                full_name=form.full_name.data, roles=[Role(value) for value in form.roles.data],
                password=password, now=now(), post=form.post.data, rank=form.rank.data, unit=form.unit.data,
                email=form.email.data, phone=form.phone.data, card_number=form.card_number.data,
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
    form = UserForm(
        obj=user, roles=[held.role for held in user.roles],
        card_number=user.member.card_number if user.member else "",
    )  # fmt: skip
    status = 200
    if form.validate_on_submit():
        try:
            operations.change_user(
                actor(), user_id, full_name=form.full_name.data, roles=[Role(value) for value in form.roles.data],
                post=form.post.data, unit=form.unit.data, rank=form.rank.data, email=form.email.data,
                phone=form.phone.data, card_number=form.card_number.data, active=form.active.data, now=now(),
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
    form = CommissionForm(obj=queries.commission_of(actor()))
    if form.validate_on_submit():
        fields = ("name", "superior_line", "issuer_line", "symbol_suffix", "place", "term_name")
        operations.change_commission(actor(), now=now(), **{name: form[name].data for name in fields})
        flash(_("Đã lưu thông tin ủy ban kiểm tra."), "success")
        return redirect(url_for("people.commission"))
    return render_template("screens/people/commission.html", form=form)
