"""The pages of evidence: adding a file, downloading it, withdrawing it."""

from io import BytesIO

import pytest
from flask import Flask

from cases.evidence.models import Evidence
from cases.lifecycle.models import Case
from procedures.schema import Role
from tests.support.page_client import Page, PageClient
from tests.support.running_app import signed_in
from tests.support.running_cases import an_open_case, subject
from tests.support.worlds import Staff, a_user

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def case(staff: Staff) -> Case:
    return an_open_case(staff)


@pytest.fixture
def client(app: Flask, staff: Staff) -> PageClient:
    return signed_in(app, staff.users[Role.INSPECTOR])


def added(client: PageClient, case: Case, *, name: str = "Biên bản “số 1”.pdf") -> Page:
    page = client.follow(client.get(f"/ho-so/{case.id}/noi-dung", expected=200), "Thêm tài liệu, chứng cứ")
    return client.submit_and_follow(
        page, button="Thêm vào hồ sơ", title="Biên bản bốc thăm", kind="minutes", file=(BytesIO(PDF), name)
    )


def test_a_file_is_added_and_downloaded_as_it_was(client: PageClient, case: Case) -> None:
    page = added(client, case)
    (line,) = page.table("Tài liệu, chứng cứ")
    assert (line["Tên"], line["Loại"]) == ("Biên bản bốc thăm", "Biên bản làm việc")
    download = client.get(f"/chung-cu/{Evidence.get().id}/tep", expected=200).response
    assert download.get_data() == PDF
    assert download.headers["Content-Disposition"].startswith("attachment;")
    assert "%E2%80%9Cs%E1%BB%91" in download.headers["Content-Disposition"]
    assert download.headers["X-Content-Type-Options"] == "nosniff"


def test_a_refused_file_keeps_the_other_words(client: PageClient, case: Case) -> None:
    page = client.get(f"/ho-so/{case.id}/chung-cu/them", expected=200)
    again = client.submit(
        page, button="Thêm vào hồ sơ", expected=422, title="Chương trình lạ", kind="other",
        file=(BytesIO(b"MZ" + b"\x00" * 100), "la.pdf"),
    )  # fmt: skip
    assert any("không thuộc loại được nhận" in error for error in again.errors)
    assert again.form(button="Thêm vào hồ sơ").values["title"] == "Chương trình lạ"
    assert not Evidence.select().exists()


def test_a_piece_is_withdrawn_with_its_reason(client: PageClient, case: Case) -> None:
    asked = client.follow(added(client, case), "Rút tài liệu số 1")
    page = client.submit_and_follow(asked, button="Rút tài liệu", reason="Thu nhầm")
    assert page.has("Thu nhầm")


def test_the_subject_downloads_nothing(app: Flask, staff: Staff, client: PageClient, case: Case) -> None:
    added(client, case)
    accused = signed_in(app, a_user(staff.commission, Role.CHAIR, member=subject()))
    accused.get(f"/chung-cu/{Evidence.get().id}/tep", expected=404)
