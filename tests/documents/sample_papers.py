"""Papers made from the catalogue and from small forms written in a test."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from cases.documents.compose import compose
from cases.documents.paper import House, Issue, Letterhead, Paper, Signature
from cases.documents.pdf import Engine, pdf
from forms.load import Catalogue, load_catalogue
from forms.samples import sample_values
from forms.schema import Family, FormDef
from tests.documents.measure import Measures, measure

HOUSE = House(
    commission=Letterhead("TỈNH ỦY AN SƠN", "ỦY BAN KIỂM TRA", "Ủy ban Kiểm tra Tỉnh ủy", "UBKTTU", "An Sơn"),
    committee=Letterhead("", "TỈNH ỦY AN SƠN", "Ban Thường vụ Tỉnh ủy", "TU", "An Sơn"),
)
ISSUED = Issue(year=2026, number=5, day=date(2026, 2, 5))
CODES = tuple(load_catalogue())
# All tests of one form run on one worker (`--dist loadgroup`), which then draws its sample once.
every_form = pytest.mark.parametrize(
    "code", [pytest.param(code, marks=pytest.mark.xdist_group(f"paper-{code}")) for code in CODES]
)
both_printers = pytest.mark.parametrize("printer", list(Engine))


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


def paper_of(
    form: FormDef | str,
    values: Mapping[str, object] | None = None,
    *,
    issue: Issue = ISSUED,
    house: House = HOUSE,
    repeat: int = 1,
    team: str = "",
) -> Paper:
    """A paper of a form; signed by made-up names unless the issue names its own."""
    form = catalogue()[form] if isinstance(form, str) else form
    if not issue.signatures:
        names = tuple(Signature(signer.id, name="Nguyễn Văn Ẩn") for signer in form.signers)
        issue = Issue(**{**{n: getattr(issue, n) for n in issue.__slots__}, "signatures": names})
    return compose(
        form,
        sample_values(form, repeat=repeat) if values is None else values,
        house=house,
        wording=catalogue().wording,
        family=form.families[0] if form.families else Family.DH_DV,
        issue=issue,
        team=team,
    )


@cache
def printed(code: str, printer: Engine, repeat: int = 1) -> Measures:
    """The measures of a catalogue form's sample, printed once per run."""
    return measure(pdf(paper_of(code, repeat=repeat), engine=printer))


def form_from(folder: Path, text: str) -> FormDef:
    """The only form of a catalogue written by a test."""
    (folder / "t01_test.toml").write_text(BASE + text, encoding="utf-8")
    return next(iter(load_catalogue(folder).values()))


BASE = """
code = "T01"
name = "Mẫu thử"
gloss = "test form"
edition = "1"
valid_from = 2026-01-01
phase = "any"
wave = "core"
retention = "theo hồ sơ vụ việc"
confidence = "inferred"
source = "kiểm thử"
"""
LETTER = """
numbered = true
abbreviation = "CV"
layout = "official_letter"
signers = ["office"]
address = "to"
abstract = "về việc chuyển đơn"
recipients = ["Đảng ủy xã"]
[[blocks]]
kind = "paragraph"
text = "{Commission} chuyển đơn số {letter_number}.\\n{letter_summary}"
"""
BALLOT = """
numbered = false
layout = "ballot"
paper = "A5"
signers = []
title = "PHIẾU BIỂU QUYẾT"
abstract = "quyết định thi hành kỷ luật đối với {subject_name}"
[[fields]]
name = "penalty"
label = "Hình thức"
type = "enum"
options = [{ id = "none", label = "Không kỷ luật" }, { id = "warning", label = "Cảnh cáo" }]
[[blocks]]
kind = "tick_boxes"
field = "penalty"
instruction = "Đánh dấu X vào một ô."
"""
SUBJECT_PAPER = """
numbered = false
layout = "subject_paper"
signers = ["self_critic"]
address = "to"
title = "BẢN TỰ KIỂM ĐIỂM"
[[blocks]]
kind = "facts"
fields = ["subject_name", "subject_birth_date"]
[[blocks]]
kind = "dotted"
lines = 3
"""
