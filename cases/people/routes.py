"""Signing in and out, the own account, and the first administrator."""

from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from cases.errors import UserFacingError
from cases.people import operations, queries, user_routes
from cases.people.access import actor, now, public, requires, settings
from cases.people.blueprint import blueprint
from cases.people.models import Commission, User
from cases.people.passwords import token_hash
from cases.people.permissions import Permission
from forms.screens.fill import show_refusal
from forms.screens.people import ChangePasswordForm, FirstAdminForm, SignInForm

__all__ = ["blueprint", "user_routes"]


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
            return redirect(_own_page(form.next.data) or url_for("home.index"))
    return render_template("screens/people/sign_in.html", form=form), status


def _own_page(address: str | None) -> str:
    """`address` when it leads to a page of this application, else nothing: never a way to somewhere else."""
    parts = urlsplit(address or "")
    if not address or parts.scheme or parts.netloc or not address.isprintable() or "\\" in address:
        return ""
    if not address.startswith("/") or address.startswith("//"):
        return ""
    try:
        current_app.url_map.bind_to_environ(request.environ).match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return ""  # no such page, or a button that was pressed when the session had ended
    return address


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


@blueprint.route("/tai-khoan")
@requires(Permission.SEE_HOME)
def account() -> ResponseReturnValue:
    user = queries.own_user(actor())
    open_sessions = queries.own_sessions(actor(), now=now(), lifetime=settings().session_lifetime)
    return render_template(
        "screens/people/account.html", user=user, roles=queries.roles_of([user])[user.id],
        sessions=open_sessions, here=token_hash(session["token"]),
    )  # fmt: skip


@blueprint.route("/tai-khoan/dang-xuat-noi-khac", methods=["POST"])
@requires(Permission.SEE_HOME)
def sign_out_elsewhere() -> ResponseReturnValue:
    ended = operations.sign_out_elsewhere(actor(), token=session["token"], now=now())
    flash(_("Đã đăng xuất ở %(ended)d nơi khác.", ended=ended), "success")
    return redirect(url_for("people.account"))


@blueprint.route("/mat-khau", methods=["GET", "POST"])
@requires(Permission.SEE_HOME)
def password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    status = 200
    if form.validate_on_submit():
        try:
            operations.change_password(
                actor(), old=form.old_password.data, new=form.password.data, token=session["token"], now=now()
            )
        except UserFacingError as error:
            status = show_refusal(form, error)
        else:
            flash(_("Đã đổi mật khẩu; các phiên đăng nhập khác đã kết thúc."), "success")
            return redirect(url_for("home.index"))
    return render_template("screens/people/password.html", form=form), status
