"""A commission's first day: the six sample registers into an empty installation, and once more."""

from datetime import date

import pytest
from peewee import Database

from cases.audit.models import AuditEvent
from cases.audit.operations import first_broken_event
from cases.db import all_models
from cases.decisions.models import Decision
from cases.imports.columns import Kind
from cases.imports.models import ImportFile, RepairRow
from cases.imports.privacy import opened
from cases.imports.readers import read_register
from cases.intake.models import Letter, Sender
from cases.intake.sealing import sealed_identity
from cases.parties.models import Member, MemberPost, Organisation
from cases.people.models import Commission, NumberSeries, User, UserRole
from cases.plans.models import ProgrammeItem
from procedures.schema import Role
from tests.support.registers import SAMPLES, bring_samples
from tests.support.worlds import TODAY

pytestmark = pytest.mark.both_databases
FILES = {
    "to-chuc-dang.csv": (Organisation, 99, 0),
    "dang-vien.csv": (Member, 420, 0),
    "can-bo-ubkt.csv": (User, 26, 0),
    "so-tiep-nhan-don-2026.xlsx": (Letter, 240, 9),
    "so-quyet-dinh-ky-luat.xlsx": (Decision, 60, 0),
    "chuong-trinh-kiem-tra-giam-sat-2026.xlsx": (ProgrammeItem, 28, 0),
}


def test_every_row_is_stored_or_waits_with_its_reason_and_a_second_import_stores_nothing(
    database: Database,
) -> None:
    first = bring_samples()
    assert set(first.reports) == set(FILES) and not first.refused
    for name, (model, read, troubled) in FILES.items():
        report = first.reports[name]
        assert (report.read, report.stored, report.unchanged, report.troubled) == (
            read, read - troubled, 0, troubled,
        ), name  # fmt: skip
        assert model.select().count() == read - troubled
        assert len({problem.row for problem in report.problems}) == troubled
        assert all(problem.reason for problem in report.problems)
    assert first.reports["so-tiep-nhan-don-2026.xlsx"].stored >= 240 * 95 // 100
    _nothing_is_lost()
    _senders_stand_nowhere_in_clear(database)
    _the_people_and_the_tree_are_as_the_registers_say()
    _letters_and_decisions_are_tied_to_people()

    counts = {model: model.select().count() for model in all_models()}
    again = bring_samples()
    for name, (_model, read, troubled) in FILES.items():
        report = again.reports[name]
        assert (report.stored, report.unchanged, report.troubled) == (0, read - troubled, troubled), name
    grown = {model for model in counts if model.select().count() != counts[model]}
    assert grown == {ImportFile, AuditEvent}
    assert first_broken_event() is None


def test_a_dry_run_reports_the_same_and_leaves_nothing(database: Database) -> None:
    report = bring_samples(dry_run=True)
    assert {name: (one.read, one.stored, one.troubled) for name, one in report.reports.items()} == {
        name: (read, read - troubled, troubled) for name, (_model, read, troubled) in FILES.items()
    }
    assert [model for model in all_models() if model.select().exists()] == []


def _nothing_is_lost() -> None:
    """Rows of the file = letters + rows to repair, one by one."""
    reading = read_register(SAMPLES / "so-tiep-nhan-don-2026.xlsx", today=TODAY)
    waiting = {row.row_number: opened(row.raw, row.sealed) for row in RepairRow.select()}
    letters = {(letter.number, letter.part): letter for letter in Letter.select()}
    assert len(waiting) + len(letters) == len(reading.rows)
    for row in reading.rows:
        if row.row_number in waiting:
            assert waiting[row.row_number] == row.raw
            continue
        letter = letters[row.values["number"]]
        assert letter.summary == row.values["summary"]
        assert letter.received_on == row.values["received_on"]
        assert sealed_identity(letter).name == (row.values["sender_name"] or "")


def _senders_stand_nowhere_in_clear(database: Database) -> None:
    """A denouncer who is nobody else in the registers must be in no column of any table."""
    reading = read_register(SAMPLES / "so-tiep-nhan-don-2026.xlsx", today=TODAY)
    everybody = {member.full_name for member in Member.select()} | {user.full_name for user in User.select()}
    everybody |= {organisation.secretary for organisation in Organisation.select()}
    everybody |= {str(row.values["subject_name"]) for row in reading.rows}
    names = {
        str(row.values["sender_name"])
        for row in reading.rows
        if row.values["sender_name"] and row.values["identity"] == "clear"
    } - everybody
    waiting = {str(row.values["sender_name"]) for row in reading.with_problems} & names
    assert len(names) > 50 and waiting, "the scan must look for somebody"
    told = "\n".join(
        str(bytes(cell) if isinstance(cell, memoryview) else cell)
        for model in all_models()
        for record in database.execute_sql(f'select * from "{model._meta.table_name}"').fetchall()
        for cell in record
    )
    assert "Đảng bộ" in told, "the scan must see what is stored in clear"
    assert [name for name in sorted(names) if name in told] == []


def _the_people_and_the_tree_are_as_the_registers_say() -> None:
    commission = Commission.get()
    assert (commission.name, commission.place) == ("Ủy ban Kiểm tra Tỉnh ủy An Sơn", "An Sơn")
    assert (commission.superior_line, commission.symbol_suffix) == ("TỈNH ỦY AN SƠN", "UBKTTU")
    assert commission.organisation.code == "TU"
    closed = Organisation.get(Organisation.code == "H01")
    assert (closed.parent.code, closed.valid_to) == ("TU", date(2025, 6, 30))
    assert Organisation.select().where(Organisation.parent.is_null()).count() == 1
    lan = Member.get(Member.card_number == "93.100001")
    assert (lan.branch.code, lan.party_post) == ("S06.1", "Bí thư đảng ủy")
    assert [post.title for post in MemberPost.select().where(MemberPost.member == lan)] == ["Bí thư đảng ủy"]
    chair, senior, head = (User.get(User.username == name) for name in ("cb01", "cb17", "cb15"))
    assert _roles(chair) == {Role.CHAIR, Role.COMMISSIONER}
    assert _roles(senior) == {Role.INSPECTOR, Role.TEAM_HEAD}
    assert (head.unit, head.password_hash) == ("Nghiệp vụ 1", "")
    voters = UserRole.select(UserRole.user).where(UserRole.role == Role.COMMISSIONER).distinct()
    assert voters.count() == 11


def _roles(user: User) -> set[str]:
    return {held.role for held in UserRole.select().where(UserRole.user == user)}


def _letters_and_decisions_are_tied_to_people() -> None:
    assert Letter.select().where(Letter.subject_organisation.is_null(False)).count() == 44
    assert Letter.select().where(Letter.subject_member.is_null(False)).count() >= 110
    assert Sender.select().count() >= 220
    assert Decision.select().where(Decision.subject_member.is_null()).count() == 0
    ended = Decision.select().where(Decision.ends_on.is_null(False))
    assert ended.count() == 49, "all but expulsions and those complained about"
    series = {(one.series, one.term): one.next_number for one in NumberSeries.select()}
    assert series == {("letters", "2026"): 241, ("QĐ", "2025-2030"): 61}
    assert ProgrammeItem.select().where(ProgrammeItem.subject_organisation.is_null()).count() == 0
    kinds = {file.kind for file in ImportFile.select()}
    assert kinds == {kind.value for kind in Kind}
