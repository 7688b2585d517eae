"""What becomes of single rows: stored, unchanged, kept for repair; and what a second import may add."""

from datetime import date

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.db import all_models
from cases.decisions.models import Decision
from cases.errors import NotAllowed
from cases.imports.models import ImportFile, RepairRow
from cases.intake.models import Letter
from cases.intake.sealing import sealed_identity
from cases.intake.terms import SEALED
from cases.parties.models import Member, Organisation
from cases.people.models import Commission, NumberSeries, User
from cases.people.passwords import matches
from procedures.schema import Role
from tests.support.registers import bring, letter
from tests.support.worlds import a_commission, a_member, a_staffed_commission, a_user, an_organisation


def test_a_letter_is_entered_under_its_paper_number_and_the_series_goes_on_after_it(
    database: Database,
) -> None:
    commission = a_commission()
    report = bring(commission, letter(Số_đến="57"), letter(Số_đến="12b"))
    assert (report.read, report.stored, report.troubled) == (2, 2, 0)
    stored = {(one.number, one.part): one for one in Letter.select()}
    assert set(stored) == {(57, ""), (12, "b")}
    assert (stored[57, ""].kind, stored[57, ""].state) == ("denunciation", "classified")
    assert sealed_identity(stored[57, ""]).name == "Hoàng Thị Kín"
    assert NumberSeries.get(NumberSeries.series == "letters", NumberSeries.term == "2026").next_number == 58


def test_importing_twice_adds_nothing_whatever_the_order_of_columns_and_the_shape_of_dates(
    database: Database,
) -> None:
    commission = a_commission()
    bring(commission, letter())
    turned = dict(reversed(letter(Ngày_đến="2026-01-05").items()))
    again = bring(commission, turned)
    assert (again.stored, again.unchanged, again.troubled) == (0, 1, 0)
    assert Letter.select().count() == 1


def test_a_row_in_trouble_is_kept_once_however_often_it_comes(database: Database) -> None:
    commission = a_commission()
    for _time in range(2):
        report = bring(commission, letter(Ngày_đến=""), letter(Ngày_đến="", Số_đến="2"))
        assert (report.read, report.stored, report.unchanged, report.troubled) == (2, 0, 0, 2)
    assert RepairRow.select().count() == 2
    assert ImportFile.select().count() == 2


def test_copies_of_one_row_in_one_file_each_keep_their_place_in_the_list(database: Database) -> None:
    commission = a_commission()
    for expected in (1, 0):
        report = bring(commission, letter(), letter(), letter())
        assert (report.stored, report.unchanged, report.troubled) == (expected, 1 - expected, 2)
    assert [(row.row_number, row.occurrence) for row in RepairRow.select().order_by(RepairRow.id)] == [
        (3, 2), (4, 3),
    ]  # fmt: skip


def test_a_number_already_taken_by_other_content_is_left_to_a_person(database: Database) -> None:
    commission = a_commission()
    bring(commission, letter())
    report = bring(commission, letter(Tóm_tắt_nội_dung="Tố cáo việc khác"))
    (problem,) = report.problems
    assert (report.stored, report.troubled, problem.column) == (0, 1, "Tóm tắt nội dung")
    assert "Tố cáo cấp đất sai đối tượng" in problem.reason
    assert RepairRow.get().conflict
    assert Letter.get().summary == "Tố cáo cấp đất sai đối tượng"


def test_a_blank_cell_contradicts_nothing(database: Database) -> None:
    commission = a_commission()
    bring(commission, letter(Ghi_chú="Đã hẹn gặp"))
    assert bring(commission, letter(Ghi_chú="")).unchanged == 1
    assert Letter.get().note == "Đã hẹn gặp"


def test_a_sender_stands_in_no_report_and_in_no_readable_column(database: Database) -> None:
    commission = a_commission()
    shouted = letter(Số_đến="2", Người_gửi="HOÀNG THỊ KÍN")
    named = letter(
        Số_đến="3", Tóm_tắt_nội_dung="Bà Hoàng Thị Kín tố cáo cấp đất", Mã_riêng="kín 0900 000 001"
    )
    broken = letter(Số_đến="4", Ngày_đến="hôm qua")
    report = bring(commission, letter(), shouted, named, broken)
    assert (report.stored, report.troubled) == (2, 2)
    told = repr([report.problems, report.notes, report.as_json()])
    for model in all_models():
        told += "".join(map(repr, model.select().dicts()))
    for word in ("Hoàng Thị Kín", "HOÀNG THỊ KÍN", "Phước Hội", "0900 000 001"):
        assert word not in told
    assert SEALED in told


def test_what_an_anonymous_sender_is_called_is_no_name(database: Database) -> None:
    row = letter(Người_gửi="Người dân", Danh_tính="Nặc danh", Tóm_tắt_nội_dung="Tố cáo lấy đất của người dân")
    assert bring(a_commission(), row).stored == 1


def test_how_far_a_letter_has_come_is_told_from_the_register(database: Database) -> None:
    commission = a_commission()
    handler = a_user(commission, Role.INSPECTOR, name="Trần Thị Kiểm")
    report = bring(
        commission,
        letter(Loại_đơn=""),
        letter(Số_đến="2", Đề_xuất="Chuyển đơn", Cán_bộ_xử_lý="Trần Thị Kiểm"),
        letter(
            Số_đến="3", Hình_thức_xử_lý="Lưu đơn", Ngày_văn_bản_xử_lý="20/01/2026", Cán_bộ_xử_lý="Lê Văn Lạ",
            Trùng_với_đơn_số="5",
        ),
        letter(Số_đến="4", Hình_thức_xử_lý="Thụ lý"),
        letter(Số_đến="5"),
    )  # fmt: skip
    states = {one.number: (one.state, one.handling, one.handler_id) for one in Letter.select()}
    assert states == {
        1: ("logged", "", None), 2: ("proposed", "", handler.id), 3: ("decided", "filed", None),
        5: ("classified", "", None),
    }  # fmt: skip
    assert [problem.column for problem in report.problems] == ["Ngày văn bản xử lý"]
    third = Letter.get(Letter.number == 3)
    assert (third.handler_name, third.duplicate_of.number) == ("Lê Văn Lạ", 5)
    assert any(note.column == "Cán bộ xử lý" for note in report.notes)


def test_a_subject_several_members_are_called_by_is_left_to_a_person(database: Database) -> None:
    commission = a_commission()
    a_member("Phạm Văn Mẫu", card="90.1")
    a_member("Phạm Văn Mẫu", card="90.2")
    report = bring(commission, letter())
    assert Letter.get().subject_member is None and Letter.get().subject_name == "Phạm Văn Mẫu"
    assert [note.column for note in report.notes] == ["Đối tượng bị tố cáo"]


def test_organisations_come_in_any_order_and_the_root_is_the_commissions(database: Database) -> None:
    commission = a_commission()
    report = bring(
        commission,
        {"Mã": "X1.1", "Tên": "Chi bộ thôn 1", "Cấp": "chi bộ", "Cấp trên": "X1"},
        {"Mã": "X1", "Tên": "Đảng bộ xã Một", "Cấp": "cap_tren_truc_tiep_co_so", "Cấp trên": "TU"},
        {"Mã": "TU", "Tên": "Tỉnh ủy Thử", "Cấp": "tinh", "Cấp trên": ""},
        {"Mã": "X9.1", "Tên": "Chi bộ lạc", "Cấp": "chi bộ", "Cấp trên": "X9"},
    )
    assert (report.stored, report.troubled) == (3, 1)
    assert Commission.get_by_id(commission.id).organisation.code == "TU"
    assert Organisation.get(Organisation.code == "X1.1").parent.parent.code == "TU"
    assert (report.problems[0].row, report.problems[0].value) == (5, "X9")


def test_a_row_that_waited_for_its_superior_is_stored_when_the_file_comes_again(database: Database) -> None:
    commission = a_commission()
    lost = {"Số thẻ": "90.5", "Họ tên": "Lê Thị Chờ", "Chi bộ": "CB1"}
    assert bring(commission, lost).troubled == 1
    an_organisation("CB1")
    again = bring(commission, lost)
    assert (again.stored, again.troubled) == (1, 0)
    assert Member.get().branch.code == "CB1"
    assert RepairRow.get().state == "repaired"


def test_staff_cannot_sign_in_before_the_administrator_gives_a_password(database: Database) -> None:
    commission = a_commission()
    report = bring(
        commission,
        {
            "Họ tên": "Ngô Văn Mới",
            "Vai trò": "kiem_tra_vien",
            "Chức vụ": "Trưởng phòng Nghiệp vụ 3",
            "Email": "moi@x.example",
        },
        {"Họ tên": "Ngô Văn Không", "Vai trò": "van_thu", "Chức vụ": "", "Email": ""},
    )
    assert (report.stored, report.troubled) == (1, 1)
    user = User.get(User.username == "moi")
    assert user.unit == "Nghiệp vụ 3" and not matches(user.password_hash, "")


@pytest.mark.parametrize(
    ("role", "row"),
    [
        (Role.CLERK, {"Họ tên": "Ngô Văn Mới", "Vai trò": "quan_tri", "Email": "moi@x.example"}),
        (Role.ADMINISTRATOR, letter()),
        (Role.INSPECTOR, {"Số thẻ": "90.5", "Họ tên": "Lê Thị Chờ", "Chi bộ": "CB1"}),
    ],
)
def test_nobody_brings_in_what_they_may_not_keep(database: Database, role: Role, row: dict[str, str]) -> None:
    staff = a_staffed_commission()
    with pytest.raises(NotAllowed):
        bring(staff.commission, row, actor=staff.actor(role))
    assert ImportFile.select().count() == 0


def test_a_commune_cannot_touch_organisations_and_members_of_others(database: Database) -> None:
    staff = a_staffed_commission()
    own, other = an_organisation("X1", level="co_so"), an_organisation("X2", level="co_so")
    staff.commission.organisation = own
    staff.commission.save()
    foreign = a_member("Lê Văn Xa", card="90.9", branch=other)
    clerk = staff.actor(Role.CLERK)
    moved = {"Số thẻ": "90.9", "Họ tên": "Lê Văn Gần", "Chi bộ": "X1"}
    renamed = {"Mã": "X2", "Tên": "Đảng bộ khác", "Cấp": "cơ sở", "Cấp trên": "X1"}
    assert bring(staff.commission, moved, actor=clerk).troubled == 1
    assert bring(staff.commission, renamed, actor=clerk).troubled == 1
    assert Member.get_by_id(foreign.id).full_name == "Lê Văn Xa"


def test_a_dry_run_leaves_nothing_but_its_report(database: Database) -> None:
    commission = a_commission()
    report = bring(commission, letter(), letter(Số_đến="2", Ngày_đến=""), dry_run=True)
    assert (report.stored, report.troubled, report.file_id) == (1, 1, None)
    for model in (Letter, RepairRow, ImportFile, AuditEvent, NumberSeries):
        assert model.select().count() == 0


def test_one_event_tells_of_one_file(database: Database) -> None:
    staff = a_staffed_commission()
    report = bring(staff.commission, letter(), letter(Số_đến="2"), actor=staff.actor(Role.CLERK))
    (event,) = AuditEvent.select()
    assert (event.verb, event.object_id, event.data["stored"]) == ("file.imported", report.file_id, 2)


def test_a_decision_ends_a_year_after_its_announcement_unless_it_is_open(database: Database) -> None:
    row = {
        "Số QĐ": "07-QĐ/UBKTTU", "Ngày ký": "10/01/2026", "Họ tên": "Phạm Văn Mẫu",
        "Ngày sinh": "12/04/1975", "Hình thức": "Cảnh cáo", "Ngày công bố": "20/01/2026", "Khiếu nại": "",
    }  # fmt: skip
    member = a_member()
    commission = a_commission()
    bring(commission, row, {**row, "Số QĐ": "08-QĐ/UBKTTU", "Khiếu nại": "Có khiếu nại"})
    ends = {one.number: (one.ends_on, one.subject_member_id) for one in Decision.select()}
    assert ends == {7: (date(2027, 1, 20), member.id), 8: (None, member.id)}
    assert NumberSeries.get(NumberSeries.series == "QĐ").next_number == 9
