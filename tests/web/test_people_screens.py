"""The screens about people: first administrator, users, the commission, the own account."""

import pytest
from flask import Flask

from cases.people.models import Commission, SignInSession, User
from cases.people.operations import make_first_admin_code
from procedures.schema import Role
from tests.support.page_client import Page, PageClient
from tests.support.running_app import signed_in
from tests.support.worlds import NOW, PASSWORD, Staff, a_member, an_organisation

OWN = "một câu của riêng tôi"


@pytest.fixture
def administrator(app: Flask, staff: Staff) -> PageClient:
    return signed_in(app, staff.users[Role.ADMINISTRATOR])


def first_admin(client: PageClient, code: str, *, expected: int, **changes: str) -> Page:
    page = client.get("/khoi-tao", expected=200)
    answers = {
        "code": code,
        "commission_name": "Ủy ban Kiểm tra Tỉnh ủy An Sơn",
        "level": "tinh",
        "superior_line": "TỈNH ỦY AN SƠN",
        "symbol_suffix": "UBKTTU",
        "place": "An Sơn",
        "term_name": "2025-2030",
        "full_name": "Lý Thị Trị",
        "username": "quan.tri",
        "password": OWN,
        "repeat": OWN,
        **changes,
    }
    return client.submit(page, expected=expected, answers=answers)


def test_an_empty_installation_leads_to_the_first_administrator_page(app: Flask) -> None:
    client = PageClient(app)
    page = client.follow(client.get("/dang-nhap", expected=302))
    assert page.h1 == "Khởi tạo hệ thống" and page.has("chỉ dùng được một lần")


def test_the_code_of_the_console_opens_the_installation_once(app: Flask) -> None:
    client = PageClient(app)
    code = app.test_cli_runner().invoke(args=["first-admin", "code"]).output.strip()
    page = client.follow(first_admin(client, code, expected=302))
    assert page.has("Đã lập ủy ban kiểm tra và người quản trị.")
    client.submit_and_follow(page, username="quan.tri", password=OWN)
    assert PageClient(app).get("/khoi-tao", expected=302).location == "/dang-nhap"
    again = app.test_cli_runner().invoke(args=["first-admin", "code"])
    assert again.exit_code == 1 and "Hệ thống đã có người dùng" in again.output


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "sai"}, "Mã khởi tạo không đúng"),
        ({"repeat": "khác"}, "Hai lần nhập mật khẩu không giống nhau."),
        ({"username": "quản trị"}, "Dùng 3–60 chữ cái không dấu"),
        ({"place": ""}, "Chưa điền mục này."),
        ({"term_name": "x" * 21}, "Dài quá 20 ký tự."),
        ({"password": "ngắn", "repeat": "ngắn"}, "ít nhất 10 ký tự"),
    ],
)
def test_a_mistake_at_set_up_is_named_and_what_was_typed_stays(
    app: Flask, changes: dict[str, str], words: str
) -> None:
    code = make_first_admin_code(now=NOW)
    client = PageClient(app)
    status = 422 if {"code", "password"} & set(changes) else 200
    page = first_admin(client, **{"code": code, **changes}, expected=status)
    assert any(words in error for error in page.errors)
    assert page.form(button="Khởi tạo").values["commission_name"] == "Ủy ban Kiểm tra Tỉnh ủy An Sơn"
    assert User.select().count() == Commission.select().count() == 0


def test_users_are_listed_with_roles_and_state_in_name_order(administrator: PageClient) -> None:
    User.update(active=False).where(User.username == "clerk").execute()
    rows = administrator.get("/nguoi-dung", expected=200).table("Người dùng của ủy ban kiểm tra")
    assert len(rows) == len(Role)
    assert rows[0]["Họ và tên"] == "Ngô Văn Đoàn" and rows[0]["Vai trò"] == "Trưởng đoàn"
    assert (rows[-1]["Họ và tên"], rows[-1]["Trạng thái"]) == ("Lê Văn Thư", "Ngừng")


def test_a_user_is_added_and_the_temporary_password_is_shown_once(
    app: Flask, administrator: PageClient
) -> None:
    page = administrator.follow(administrator.get("/nguoi-dung", expected=200), "Thêm người dùng")
    shown = administrator.submit(
        page,
        expected=200,
        button="Lưu",
        full_name="Nguyễn Văn Mới",
        username="nguyen.moi",
        roles=["clerk", "inspector"],
        post="Kiểm tra viên",
    )
    assert shown.h1 == "Mật khẩu tạm của Nguyễn Văn Mới" and shown.has("chỉ hiện một lần")
    password = next("".join(code.itertext()) for code in shown.root.iter("code"))
    newcomer = PageClient(app)
    page = newcomer.get("/dang-nhap", expected=200)
    newcomer.submit(page, expected=302, username="nguyen.moi", password=password)
    assert newcomer.get("/", expected=302).location == "/mat-khau"


def test_a_user_name_that_is_taken_is_named_beside_its_field(administrator: PageClient) -> None:
    page = administrator.get("/nguoi-dung/moi", expected=200)
    page = administrator.submit(
        page, expected=422, button="Lưu", full_name="Người Khác", username="clerk", roles=["clerk"]
    )
    assert page.errors == ["Tên đăng nhập: Tên đăng nhập “clerk” đã có người dùng."] or page.has(
        "Tên đăng nhập “clerk” đã có người dùng."
    )
    assert page.form(button="Lưu").values["full_name"] == "Người Khác"


def test_without_a_role_nobody_is_added(administrator: PageClient) -> None:
    page = administrator.get("/nguoi-dung/moi", expected=200)
    page = administrator.submit(
        page, expected=422, button="Lưu", full_name="Người Khác", username="khac", roles=[]
    )
    assert page.has("Chọn ít nhất một vai trò.")


def test_a_user_is_changed_and_keeps_the_roles_that_were_not_touched(administrator: PageClient) -> None:
    a_member(card="90.555555")
    page = administrator.follow(administrator.get("/nguoi-dung", expected=200), "Lê Văn Thư")
    assert page.form(button="Lưu").values.getlist("roles") == ["clerk"]
    listed = administrator.submit_and_follow(page, button="Lưu", unit="Văn phòng", card_number="90.555555")
    assert listed.has("Đã lưu thông tin người dùng.")
    user = User.get(User.username == "clerk")
    assert user.unit == "Văn phòng" and user.member.card_number == "90.555555"
    page = administrator.get(f"/nguoi-dung/{user.id}", expected=200)
    assert page.form(button="Lưu").values["card_number"] == "90.555555"


def test_a_role_that_does_not_exist_is_refused(administrator: PageClient) -> None:
    user = User.get(User.username == "clerk")
    form = administrator.get(f"/nguoi-dung/{user.id}", expected=200).form(button="Lưu")
    sent = form.filled({})
    sent.setlist("roles", ["god"])
    page = administrator.post(f"/nguoi-dung/{user.id}", sent, expected=200)
    assert page.has("Có vai trò không nằm trong danh sách.")


def test_half_a_form_is_answered_by_the_form_and_never_by_a_failure(administrator: PageClient) -> None:
    token = administrator.get("/nguoi-dung/moi", expected=200).form(button="Lưu").values["csrf_token"]
    for address in ("/nguoi-dung/moi", "/uy-ban", "/mat-khau"):
        administrator.post(address, {"csrf_token": token}, expected=200)
    form = {"csrf_token": token, "full_name": "A", "username": "abc", "roles": "clerk"}
    administrator.post("/nguoi-dung/moi", form, expected=200)


def test_a_password_is_reset_by_a_button_and_never_by_a_link(app: Flask, administrator: PageClient) -> None:
    user = User.get(User.username == "clerk")
    page = administrator.get(f"/nguoi-dung/{user.id}", expected=200)
    shown = administrator.submit(page, expected=200, action="/mat-khau")
    assert shown.h1 == "Mật khẩu tạm của Lê Văn Thư"
    administrator.get(f"/nguoi-dung/{user.id}/mat-khau", expected=405)


def test_the_own_page_offers_no_reset_and_refuses_to_close_itself(administrator: PageClient) -> None:
    user = User.get(User.username == "administrator")
    page = administrator.get(f"/nguoi-dung/{user.id}", expected=200)
    assert "Đặt lại mật khẩu" not in page.main
    page = administrator.submit(page, expected=409, button="Lưu", active=False)
    assert page.has("Không thể tự bỏ quyền quản trị của mình")


def test_the_commission_is_changed_and_tied_to_its_organisation(administrator: PageClient) -> None:
    an_organisation("TU", name="Tỉnh ủy An Sơn", level="tinh")
    page = administrator.get("/uy-ban", expected=200)
    page = administrator.submit_and_follow(page, button="Lưu", place="Tân Sơn", organisation_code="TU")
    assert page.has("Đã lưu thông tin ủy ban kiểm tra.")
    values = page.form(button="Lưu").values
    assert (values["place"], values["organisation_code"]) == ("Tân Sơn", "TU")
    page = administrator.submit(page, expected=422, button="Lưu", organisation_code="KHONG")
    assert page.has("Không có tổ chức đảng mang mã “KHONG”.")


def test_the_account_page_shows_the_person_and_where_they_are_signed_in(app: Flask, staff: Staff) -> None:
    here, elsewhere = signed_in(app, staff.users[Role.CLERK]), signed_in(app, staff.users[Role.CLERK])
    page = here.get("/tai-khoan", expected=200)
    assert page.has("Lê Văn Thư") and page.has("Văn thư – tiếp nhận")
    places = sorted(row["Nơi"] for row in page.table("Các phiên đang đăng nhập"))
    assert places == ["Nơi khác", "Trình duyệt này"]
    page = here.submit_and_follow(page, button="Đăng xuất ở các nơi khác")
    assert page.has("Đã đăng xuất ở 1 nơi khác.") and "Nơi khác" not in page.main
    elsewhere.get("/tai-khoan", expected=302)
    assert SignInSession.select().where(SignInSession.ended_at.is_null()).count() == 1


def test_the_header_leads_to_the_account_and_from_there_to_the_password(app: Flask, staff: Staff) -> None:
    client = signed_in(app, staff.users[Role.CLERK])
    page = client.follow(client.get("/", expected=200), "Tài khoản của tôi")
    page = client.follow(page, "Đổi mật khẩu")
    home = client.submit_and_follow(
        page, button="Đổi mật khẩu", old_password=PASSWORD, password=OWN, repeat=OWN
    )
    assert home.has("Đã đổi mật khẩu")


def test_whoever_is_signed_in_has_no_use_for_the_sign_in_page(app: Flask, staff: Staff) -> None:
    assert signed_in(app, staff.users[Role.CLERK]).get("/dang-nhap", expected=302).location == "/"
