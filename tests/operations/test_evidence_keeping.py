"""Evidence: bytes decide what a file is; it is kept once, withdrawn with a reason, never changed."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from peewee import Database

from cases.errors import Invalid, NotAllowed, NotFound, Refused
from cases.evidence import operations, queries
from cases.evidence.models import Evidence
from cases.evidence.operations import EvidenceData, Upload
from cases.files import read
from cases.lifecycle.models import Case
from procedures.schema import Role
from tests.support.running_cases import an_open_case, subject
from tests.support.worlds import NOW, TODAY, Staff, a_staffed_commission, a_user

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PIECE = EvidenceData(title="Biên bản bốc thăm", kind="minutes", received_on=TODAY)


@pytest.fixture
def staff(database: Database) -> Iterator[Staff]:
    yield a_staffed_commission()


@pytest.fixture
def case(staff: Staff) -> Case:
    return an_open_case(staff)


def an_upload(folder: Path, data: bytes = PDF, name: str = "bien-ban.pdf") -> Upload:
    return Upload(name, data, folder, 1)


def add(staff: Staff, case: Case, upload: Upload | None = None, **changes: object) -> Evidence:
    piece = replace(PIECE, **changes)  # type: ignore[arg-type]
    return operations.add_evidence(staff.actor(Role.INSPECTOR), case.id, piece, upload=upload, now=NOW)


def test_a_file_is_kept_under_its_hash_once_and_read_back_unchanged(
    staff: Staff, case: Case, tmp_path: Path
) -> None:
    first, second = add(staff, case, an_upload(tmp_path)), add(staff, case, an_upload(tmp_path))
    assert [first.number, second.number] == [1, 2]
    assert first.sha256 == second.sha256 == hashlib.sha256(PDF).hexdigest()
    assert read(tmp_path, first.sha256) == PDF
    assert len(list(tmp_path.glob(f"*/{first.sha256}"))) == 1


def test_what_the_bytes_say_counts_not_the_name(staff: Staff, case: Case, tmp_path: Path) -> None:
    kept = add(staff, case, an_upload(tmp_path, name="anh.jpg"))
    assert kept.media_type == "application/pdf"
    program, page, too_large = b"MZ\x90\x00" + b"\x00" * 200, b"<html></html>", PDF + b"x" * 1024 * 1024
    for data in (program, page, too_large, b""):
        with pytest.raises(Invalid) as refusal:
            add(staff, case, an_upload(tmp_path, data=data))
        assert refusal.value.field == "file"
    assert Evidence.select().count() == 1


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\thu\\muc\\đơn.pdf", "/đơn.pdf", "a\u202efdp.exe"])
def test_a_file_name_keeps_no_folder_and_no_hidden_letters(
    staff: Staff, case: Case, tmp_path: Path, name: str
) -> None:
    kept = add(staff, case, an_upload(tmp_path, name=name)).file_name
    assert not set(kept) & {"/", "\\", "\u202e"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"kind": "gossip"}, "kind"),
        ({"original": "maybe"}, "original"),
        ({"pages": 0}, "pages"),
        ({"received_on": TODAY.replace(year=2027)}, "received_on"),
    ],
)
def test_a_piece_that_cannot_be_right_is_named_by_its_field(
    staff: Staff, case: Case, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        add(staff, case, **changes)
    assert refusal.value.field == field


def test_a_withdrawn_piece_keeps_number_and_bytes_and_is_withdrawn_once(
    staff: Staff, case: Case, tmp_path: Path
) -> None:
    piece, actor = add(staff, case, an_upload(tmp_path)), staff.actor(Role.INSPECTOR)
    with pytest.raises(Invalid):
        operations.withdraw_evidence(actor, piece.id, reason=" ", now=NOW)
    gone = operations.withdraw_evidence(actor, piece.id, reason="Thu nhầm", now=NOW)
    assert (gone.withdrawn_reason, gone.number) == ("Thu nhầm", 1)
    assert read(tmp_path, gone.sha256) == PDF
    with pytest.raises(Refused):
        operations.withdraw_evidence(actor, piece.id, reason="Lần nữa", now=NOW)
    assert add(staff, case).number == 2


def test_evidence_is_out_of_reach_of_the_subject_and_of_those_without_the_right(
    staff: Staff, case: Case
) -> None:
    piece = add(staff, case)
    accused = a_user(staff.commission, Role.CHAIR, Role.INSPECTOR, member=subject()).as_actor()
    with pytest.raises(NotFound):
        queries.evidence_of(accused, piece.id)
    with pytest.raises(NotAllowed):
        operations.add_evidence(staff.actor(Role.CHAIR), case.id, PIECE, now=NOW)
