"""The repair list: a row is mended, set aside, or one of two versions is chosen; nothing is lost."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from peewee import Database

from cases.audit.models import AuditEvent
from cases.errors import Invalid, NotFound, Refused, Stale
from cases.imports import operations, queries
from cases.imports.models import RepairRow
from cases.imports.privacy import opened
from cases.intake.models import Letter
from cases.intake.sealing import sealed_identity
from cases.people.models import Commission
from procedures.schema import Role
from tests.support.databases import opened as opened_database
from tests.support.letters import a_proposed_letter
from tests.support.registers import bring, letter
from tests.support.worlds import NOW, TODAY, Staff, a_commission, a_member, a_staffed_commission, a_user


@pytest.fixture
def staff(database: Database) -> Staff:
    return a_staffed_commission()


def waiting_row(staff: Staff, **changes: str) -> RepairRow:
    bring(staff.commission, letter(**changes))
    return RepairRow.select().order_by(RepairRow.id.desc()).get()


def test_a_mended_row_is_stored_with_its_sealed_sender_and_does_not_come_back(staff: Staff) -> None:
    row = waiting_row(staff, Ngày_đến="")
    done = operations.repair_row(staff.actor(Role.CLERK), row.id, {"Ngày đến": "05/01/2026"}, now=NOW)
    assert (done.state, done.settled_by_id) == ("repaired", staff.users[Role.CLERK].id)
    assert sealed_identity(Letter.get()).name == "Hoàng Thị Kín"
    again = bring(staff.commission, letter(Ngày_đến=""), letter())
    assert (again.stored, again.unchanged, again.troubled) == (0, 2, 0)


def test_a_row_still_wrong_stays_with_the_changed_cells_and_its_new_problem(staff: Staff) -> None:
    row = waiting_row(staff, Ngày_đến="", Tóm_tắt_nội_dung="")
    done = operations.repair_row(staff.actor(Role.CLERK), row.id, {"Ngày đến": "31/02/2026"}, now=NOW)
    assert done.state == "open" and Letter.select().count() == 0
    assert {problem["column"] for problem in done.problems} == {"Ngày đến", "Tóm tắt nội dung"}
    assert opened(done.raw, done.sealed)["Ngày đến"] == "31/02/2026"


def test_a_missing_sender_is_typed_sealed_and_never_kept_readable(staff: Staff) -> None:
    row = waiting_row(staff, Người_gửi="", Ngày_đến="")
    typed = {"Người gửi": "Hoàng Thị Mới"}
    still = operations.repair_row(staff.actor(Role.CLERK), row.id, typed, now=NOW)
    assert still.state == "open" and "Hoàng Thị Mới" not in repr(RepairRow.select().dicts().get())
    operations.repair_row(staff.actor(Role.CLERK), row.id, {"Ngày đến": "05/01/2026"}, now=NOW)
    assert sealed_identity(Letter.get()).name == "Hoàng Thị Mới"


def test_an_unchanged_row_is_not_read_again(staff: Staff) -> None:
    row = waiting_row(staff, Ngày_đến="")
    with pytest.raises(Invalid):
        operations.repair_row(staff.actor(Role.CLERK), row.id, {"Ngày đến": ""}, now=NOW)


def test_two_people_do_not_settle_one_row(staff: Staff) -> None:
    row = waiting_row(staff, Ngày_đến="")
    clerk = staff.actor(Role.CLERK)
    seen = queries.mark_of(row)
    operations.repair_row(clerk, row.id, {"Tóm tắt nội dung": "Tố cáo khác"}, seen=seen, now=NOW)
    with pytest.raises(Stale):
        operations.repair_row(clerk, row.id, {"Ngày đến": "05/01/2026"}, seen=seen, now=NOW)
    operations.set_aside(clerk, row.id, reason="Số bỏ trống trong sổ", now=NOW)
    with pytest.raises(Refused):
        operations.set_aside(clerk, row.id, reason="Số bỏ trống trong sổ", now=NOW)


def test_a_row_is_set_aside_only_with_a_reason_and_then_rests(staff: Staff) -> None:
    row = waiting_row(staff, Ngày_đến="")
    with pytest.raises(Invalid):
        operations.set_aside(staff.actor(Role.CLERK), row.id, reason=" ", now=NOW)
    operations.set_aside(staff.actor(Role.CLERK), row.id, reason="Số bỏ trống trong sổ", now=NOW)
    again = bring(staff.commission, letter(Ngày_đến=""))
    assert (again.unchanged, again.troubled) == (1, 0)
    assert AuditEvent.select().where(AuditEvent.verb == "row.set_aside").count() == 1


def test_the_version_of_the_register_takes_the_place_of_the_stored_one(staff: Staff) -> None:
    bring(staff.commission, letter(Ghi_chú="Đã hẹn gặp"))
    row = waiting_row(staff, Tóm_tắt_nội_dung="Tố cáo việc khác", Người_gửi="Hoàng Thị Khác")
    clerk = staff.actor(Role.CLERK)
    conflict = queries.conflict_of(clerk, row, now=NOW, today=TODAY)
    assert conflict is not None
    assert {one.field.name for one in conflict.differences} == {"summary", "sender_name"}
    assert "Hoàng" not in repr(conflict)
    with pytest.raises(Stale):
        operations.replace_stored(clerk, row.id, seen="cũ", now=NOW)
    operations.replace_stored(clerk, row.id, seen=conflict.seen, now=NOW)
    (stored,) = Letter.select()
    assert (stored.summary, stored.note) == ("Tố cáo việc khác", "Đã hẹn gặp")
    assert sealed_identity(stored).name == "Hoàng Thị Khác"
    assert RepairRow.get_by_id(row.id).state == "repaired"


def test_blank_cells_of_the_register_take_nothing_back(staff: Staff) -> None:
    known = letter(
        Nguồn="Chuyển đến", Số_CV_chuyển="12-CV/TU", Danh_tính="Mạo danh", Hình_thức_xử_lý="Lưu đơn",
        Ngày_xử_lý="20/01/2026", Ghi_chú="Đã hẹn gặp",
    )  # fmt: skip
    bring(staff.commission, known)
    poorer = {name: letter()[name] for name in ("Số đến", "Ngày đến", "Người gửi")}
    bring(staff.commission, {**poorer, "Tóm tắt nội dung": "Tố cáo việc khác", "Diện quản lý": "Chi bộ"})
    clerk, row = staff.actor(Role.CLERK), RepairRow.get()
    conflict = queries.conflict_of(clerk, row, now=NOW, today=TODAY)
    assert conflict is not None
    operations.replace_stored(clerk, row.id, seen=conflict.seen, now=NOW)
    kept = Letter.get()
    assert kept.summary == "Tố cáo việc khác"
    assert (kept.source, kept.identity, kept.state, kept.handling, kept.kind, kept.note) == (
        "forwarded", "impersonated", "decided", "filed", "denunciation", "Đã hẹn gặp",
    )  # fmt: skip


def test_a_letter_handled_in_the_system_is_not_overwritten_by_its_register(staff: Staff) -> None:
    a_member()
    mine = a_proposed_letter(staff)
    row = waiting_row(staff, Số_đến=str(mine.number), Ngày_đến="20/11/2026")
    conflict = queries.conflict_of(staff.actor(Role.CLERK), row, now=NOW, today=TODAY)
    assert conflict is not None
    with pytest.raises(Refused):
        operations.replace_stored(staff.actor(Role.CLERK), row.id, seen=conflict.seen, now=NOW)
    assert Letter.get_by_id(mine.id).summary == mine.summary
    assert RepairRow.get_by_id(row.id).state == "open"


def test_rows_of_others_and_about_oneself_do_not_exist_for_a_person(staff: Staff) -> None:
    row = waiting_row(staff, Ngày_đến="", Đối_tượng_bị_tố_cáo="Lê Văn Thư")
    far = a_commission("xa", name="Ủy ban Kiểm tra Đảng ủy xã Xa", level="xa")
    stranger = a_user(far, Role.CLERK, name="Lê Thị Xa").as_actor()
    for actor in (staff.actor(Role.CLERK), stranger, staff.actor(Role.ADMINISTRATOR)):
        with pytest.raises(NotFound):
            operations.set_aside(actor, row.id, reason="Không cần", now=NOW)
    assert queries.open_count(stranger) == 0


_CELLS = st.fixed_dictionaries(
    {
        "Số đến": st.sampled_from(["1", "2", "3", "7a", "", "mười"]),
        "Ngày đến": st.sampled_from(["05/01/2026", "2026-01-06", "", "hôm qua", "01/01/2030"]),
        "Người gửi": st.sampled_from(["Hoàng Thị Kín", "", "TRẦN VĂN GIẤU"]),
        "Danh tính": st.sampled_from(["Rõ", "Nặc danh", "Mạo danh"]),
        "Loại đơn": st.sampled_from(["TC", "KN", "", "lạ"]),
        "Nguồn": st.sampled_from(["Bưu điện", "Chuyển đến", ""]),
        "Tóm tắt nội dung": st.sampled_from(["Tố cáo cấp đất", "Bà Hoàng Thị Kín tố cáo", ""]),
        "Hình thức xử lý": st.sampled_from(["", "Lưu đơn"]),
    }
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(_CELLS, min_size=1, max_size=8), again=st.integers(1, 2))
def test_every_row_of_any_register_is_a_letter_or_waits_whole(fresh_database, rows, again) -> None:
    with fresh_database() as url, opened_database(url):
        a_commission()
        reports = [bring(Commission.get(), *rows) for _time in range(again)]
        first = reports[0]
        assert first.read == len(rows) == first.stored + first.unchanged + first.troubled
        assert first.stored == Letter.select().count() and first.unchanged == 0
        assert first.troubled == RepairRow.select().count() == len({one.row for one in first.problems})
        kept = {row.row_number: opened(row.raw, row.sealed) for row in RepairRow.select()}
        assert all(kept[number] == rows[number - 2] for number in kept)
        for later in reports[1:]:
            assert (later.stored, later.unchanged, later.troubled) == (0, first.stored, first.troubled)
