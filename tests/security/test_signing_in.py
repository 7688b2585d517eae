"""Signing in: the same words for every failure, the throttle, and sessions that end when they must."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask

from cases.clock import FixedClock
from cases.people import operations
from cases.people.models import SignInFailure, SignInSession, User
from cases.people.passwords import MINIMUM_LENGTH, is_outdated
from procedures.schema import Role
from tests.support.page_client import Page, PageClient
from tests.support.running_app import signed_in
from tests.support.worlds import PASSWORD, Staff, a_staffed_commission

NEW = "một câu khác hẳn"


@pytest.fixture
def staff(app: Flask) -> Staff:
    return a_staffed_commission()


def typed(app: Flask, username: str, password: str, *, expected: int, at: str = "/dang-nhap") -> Page:
    client = PageClient(app)
    page = client.get(at, expected=200)
    return client.submit(page, expected=expected, username=username, password=password)


def test_the_right_password_leads_to_the_home_page(app: Flask, staff: Staff) -> None:
    client = PageClient(app)
    page = client.get("/dang-nhap", expected=200)
    home = client.submit_and_follow(page, username="clerk", password=PASSWORD)
    assert home.address == "/" and home.has("Lê Văn Thư")


@pytest.mark.parametrize("username", ["CLERK", " clerk ", "Clerk"])
def test_capitals_and_spaces_in_the_user_name_do_not_matter(app: Flask, staff: Staff, username: str) -> None:
    typed(app, username, PASSWORD, expected=302)


def test_passwords_are_kept_as_argon2id_and_nowhere_as_typed(app: Flask, staff: Staff) -> None:
    operations.create_user(
        staff.actor(Role.ADMINISTRATOR),
        commission=staff.commission,
        username="moi",
        full_name="Người Mới",
        roles=[Role.CLERK],
        password=NEW,
        now=app.extensions["clock"].now(),
    )
    stored = User.get(User.username == "moi").password_hash
    assert stored.startswith("$argon2id$") and NEW not in stored


def test_unknown_name_wrong_password_and_closed_account_are_refused_in_the_same_words(
    app: Flask, staff: Staff
) -> None:
    User.update(active=False).where(User.username == "inspector").execute()
    answers = [
        typed(app, "khong-co-ai", PASSWORD, expected=409),
        typed(app, "clerk", "sai mật khẩu", expected=409),
        typed(app, "inspector", PASSWORD, expected=409),
    ]
    assert len({(page.main, tuple(page.errors)) for page in answers}) == 1
    assert answers[0].errors == [
        "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra lại bộ gõ và phím Caps Lock."
    ]


def test_the_typed_user_name_stays_and_the_password_does_not(app: Flask, staff: Staff) -> None:
    page = typed(app, "clerk", "sai mật khẩu", expected=409)
    assert page.form(button="Đăng nhập").values["username"] == "clerk"
    assert "sai mật khẩu" not in page.html


@pytest.mark.parametrize("name", ["clerk", "khong-co-ai", "a" * 60])
def test_after_five_failures_even_the_right_password_waits_fifteen_minutes(
    app: Flask, staff: Staff, clock: FixedClock, name: str
) -> None:
    for _ in range(5):
        assert "không đúng" in typed(app, name, "sai mật khẩu", expected=409).text
    assert typed(app, name, PASSWORD, expected=409).has("đã nhập sai 5 lần")
    clock.moment += timedelta(minutes=15)
    assert "đã nhập sai" not in typed(app, name, "sai mật khẩu", expected=409).text


def test_the_right_password_works_again_when_the_time_is_over(
    app: Flask, staff: Staff, clock: FixedClock
) -> None:
    for _ in range(6):
        typed(app, "clerk", "sai mật khẩu", expected=409)
    clock.moment += timedelta(minutes=15)
    typed(app, "clerk", PASSWORD, expected=302)


def test_failures_of_one_name_lock_nobody_else(app: Flask, staff: Staff) -> None:
    for _ in range(6):
        typed(app, "clerk", "sai mật khẩu", expected=409)
    typed(app, "inspector", PASSWORD, expected=302)


def test_a_success_forgets_the_failures_before_it(app: Flask, staff: Staff) -> None:
    for _ in range(4):
        typed(app, "clerk", "sai mật khẩu", expected=409)
    typed(app, "clerk", PASSWORD, expected=302)
    for _ in range(4):
        typed(app, "clerk", "sai mật khẩu", expected=409)
    typed(app, "clerk", PASSWORD, expected=302)


def test_old_failures_are_not_kept_for_ever(app: Flask, staff: Staff, clock: FixedClock) -> None:
    typed(app, "khong-co-ai", "sai mật khẩu", expected=409)
    clock.moment += timedelta(minutes=16)
    typed(app, "khong-co-ai", "sai mật khẩu", expected=409)
    assert SignInFailure.select().count() == 1


def test_a_hash_with_old_parameters_is_renewed_at_the_next_sign_in(app: Flask, staff: Staff) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    User.update(password_hash=weak).where(User.username == "clerk").execute()
    typed(app, "clerk", PASSWORD, expected=302)
    stored = User.get(User.username == "clerk").password_hash
    assert stored != weak and not is_outdated(stored)
    typed(app, "clerk", PASSWORD, expected=302)


def test_a_session_planted_before_signing_in_is_worth_nothing_after_it(app: Flask, staff: Staff) -> None:
    client = PageClient(app)
    with client.client.session_transaction() as session:
        session["planted"], session["token"] = "x", "known-to-the-attacker"
    page = client.get("/dang-nhap", expected=200)
    token_before = page.form(button="Đăng nhập").values["csrf_token"]
    client.submit(page, expected=302, username="clerk", password=PASSWORD)
    with client.client.session_transaction() as session:
        assert "planted" not in session and session["token"] != "known-to-the-attacker"
    client.post("/dang-xuat", {"csrf_token": token_before}, expected=400)


def test_the_table_keeps_only_the_hash_of_the_token_in_the_cookie(app: Flask, staff: Staff) -> None:
    client = PageClient(app)
    client.submit(client.get("/dang-nhap", expected=200), expected=302, username="clerk", password=PASSWORD)
    with client.client.session_transaction() as session:
        token = session["token"]
    stored = SignInSession.get().token_hash
    assert len(token) >= 40 and token not in stored and len(stored) == 64


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://xau.example/",
        "//xau.example/",
        "///xau.example",
        "/\\xau.example",
        "\\\\xau.example",
        "https:xau",
        "/\t/xau.example",
        "/%0d%0aLocation:x",
        "javascript:alert(1)",
        "/\n/xau.example",
        "xau.example",
        "/dang-xuat",
        "/khong-co-trang-nay",
        "http:///xau.example",
    ],
)
def test_signing_in_leads_to_no_other_place(app: Flask, staff: Staff, elsewhere: str) -> None:
    client = PageClient(app)
    page = client.get("/dang-nhap", expected=200)
    sent = page.form(button="Đăng nhập").filled({"username": "clerk", "password": PASSWORD})
    sent["next"] = elsewhere
    assert client.post("/dang-nhap", sent, expected=302).location == "/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(app: Flask, staff: Staff) -> None:
    client = PageClient(app)
    page = client.follow(client.get("/dang-vien?tim=an", expected=302))
    assert page.has("Đồng chí cần đăng nhập để mở trang này.")
    assert (
        client.submit(page, expected=302, username="clerk", password=PASSWORD).location == "/dang-vien?tim=an"
    )


def test_signing_out_is_a_post_and_ends_the_session_on_the_server(app: Flask, staff: Staff) -> None:
    client = signed_in(app, staff.users[Role.CLERK])
    stolen = client.client.get_cookie("ky_cuong")
    client.get("/dang-xuat", expected=405)
    page = client.submit_and_follow(client.get("/tai-khoan", expected=200), action="/dang-xuat")
    assert page.has("Đồng chí đã đăng xuất.")
    assert stolen is not None
    client.client.set_cookie("ky_cuong", stolen.value)
    client.get("/tai-khoan", expected=302)


def test_a_session_ends_after_ten_hours_however_busy(app: Flask, staff: Staff, clock: FixedClock) -> None:
    client = signed_in(app, staff.users[Role.CLERK])
    for _ in range(11):
        clock.moment += timedelta(minutes=54)
        client.get("/tai-khoan", expected=200)
    clock.moment += timedelta(minutes=6)
    client.get("/tai-khoan", expected=302)


def test_a_session_ends_after_an_hour_without_a_page(app: Flask, staff: Staff, clock: FixedClock) -> None:
    client = signed_in(app, staff.users[Role.CLERK])
    clock.moment += timedelta(minutes=59)
    client.get("/tai-khoan", expected=200)
    clock.moment += timedelta(minutes=60)
    client.get("/tai-khoan", expected=302)


def test_that_somebody_is_still_there_is_written_at_most_once_a_minute(
    app: Flask, staff: Staff, clock: FixedClock
) -> None:
    client = signed_in(app, staff.users[Role.CLERK])
    opened = clock.moment
    clock.moment = opened + timedelta(seconds=59)
    client.get("/tai-khoan", expected=200)
    assert SignInSession.get().last_seen_at == opened
    clock.moment = opened + timedelta(seconds=60)
    client.get("/tai-khoan", expected=200)
    assert SignInSession.get().last_seen_at == opened + timedelta(seconds=60)


def test_closing_an_account_and_resetting_a_password_sign_the_person_out(app: Flask, staff: Staff) -> None:
    administrator, moment = staff.actor(Role.ADMINISTRATOR), app.extensions["clock"].now()
    clerk, inspector = staff.users[Role.CLERK], staff.users[Role.INSPECTOR]
    first, second = signed_in(app, clerk), signed_in(app, inspector)
    operations.change_user(
        administrator,
        clerk.id,
        full_name=clerk.full_name,
        roles=[Role.CLERK],
        post="",
        unit="",
        rank="",
        email="",
        phone="",
        card_number="",
        active=False,
        now=moment,
    )
    first.get("/tai-khoan", expected=302)
    second.get("/tai-khoan", expected=200)
    operations.reset_password(administrator, inspector.id, now=moment)
    second.get("/tai-khoan", expected=302)


def test_roles_taken_away_count_at_once(app: Flask, staff: Staff) -> None:
    user = staff.users[Role.CLERK]
    client = signed_in(app, user)
    client.get("/don-thu/moi", expected=200)
    operations.change_user(
        staff.actor(Role.ADMINISTRATOR),
        user.id,
        full_name=user.full_name,
        roles=[Role.STATISTICIAN],
        post="",
        unit="",
        rank="",
        email="",
        phone="",
        card_number="",
        active=True,
        now=app.extensions["clock"].now(),
    )
    client.get("/don-thu/moi", expected=403)


def test_a_temporary_password_opens_nothing_but_its_own_replacement(app: Flask, staff: Staff) -> None:
    now = app.extensions["clock"].now()
    password = operations.reset_password(staff.actor(Role.ADMINISTRATOR), staff.users[Role.CLERK].id, now=now)
    client = PageClient(app)
    client.submit(client.get("/dang-nhap", expected=200), expected=302, username="clerk", password=password)
    for address in ("/", "/don-thu", "/tai-khoan", "/dang-vien"):
        assert client.get(address, expected=302).location == "/mat-khau"
    page = client.get("/mat-khau", expected=200)
    assert (
        page.has("Đồng chí đang dùng mật khẩu tạm.") and "Đăng xuất" in page.form(action="/dang-xuat").buttons
    )
    same = client.submit(
        page, expected=422, button="Đổi mật khẩu", old_password=password, password=password, repeat=password
    )
    assert same.has("Mật khẩu mới phải khác mật khẩu hiện tại.")
    client.submit(same, expected=302, button="Đổi mật khẩu", old_password=password, password=NEW, repeat=NEW)
    client.get("/don-thu", expected=200)


def test_a_temporary_password_lets_its_holder_sign_out(app: Flask, staff: Staff) -> None:
    User.update(must_change_password=True).where(User.username == "clerk").execute()
    client = signed_in(app, staff.users[Role.CLERK])
    page = client.submit_and_follow(client.get("/mat-khau", expected=200), button="Đăng xuất")
    assert page.h1 == "Đăng nhập"


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(app: Flask, staff: Staff) -> None:
    here, elsewhere = signed_in(app, staff.users[Role.CLERK]), signed_in(app, staff.users[Role.CLERK])
    page = here.get("/mat-khau", expected=200)
    here.submit(page, expected=302, button="Đổi mật khẩu", old_password=PASSWORD, password=NEW, repeat=NEW)
    here.get("/tai-khoan", expected=200)
    elsewhere.get("/tai-khoan", expected=302)


def test_guessing_the_old_password_on_the_password_page_is_throttled_too(app: Flask, staff: Staff) -> None:
    client = signed_in(app, staff.users[Role.CLERK])
    page = client.get("/mat-khau", expected=200)
    for _ in range(5):
        page = client.submit(
            page, expected=422, button="Đổi mật khẩu", old_password="đoán", password=NEW, repeat=NEW
        )
        assert page.has("Mật khẩu hiện tại không đúng.")
    page = client.submit(
        page, expected=409, button="Đổi mật khẩu", old_password=PASSWORD, password=NEW, repeat=NEW
    )
    assert page.has("đã nhập sai 5 lần")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("a1b2c3d4e", f"Mật khẩu cần ít nhất {MINIMUM_LENGTH} ký tự."),
        ("xin chào clerk nhé", "Mật khẩu không được chứa tên đăng nhập."),
        ("abababababab", "Mật khẩu lặp lại quá ít ký tự, dễ bị đoán."),
    ],
)
def test_a_weak_password_is_refused_beside_its_field(
    app: Flask, staff: Staff, password: str, words: str
) -> None:
    client = signed_in(app, staff.users[Role.CLERK])
    page = client.get("/mat-khau", expected=200)
    page = client.submit(
        page, expected=422, button="Đổi mật khẩu", old_password=PASSWORD, password=password, repeat=password
    )
    assert any(words in error for error in page.errors)
