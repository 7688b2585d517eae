"""Which engine prints, and what happens when it does not."""

import time
from pathlib import Path

import pytest

from cases.documents import wkhtmltopdf
from cases.documents.errors import PdfEngineFailed, PdfTimeout
from cases.documents.pdf import Engine, default_engine, pdf
from tests.documents.sample_papers import paper_of


def program(folder: Path, script: str) -> str:
    path = folder / "wkhtmltopdf"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_hung_engine_is_stopped_with_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    mark = tmp_path / "still-alive"
    hung = program(tmp_path, f"sleep 2; touch {mark}")
    started = time.monotonic()
    with pytest.raises(PdfTimeout) as stopped:
        pdf(paper_of("C01"), engine=Engine.PDFKIT, executable=hung, timeout=0.3)
    assert time.monotonic() - started < 1.8
    assert stopped.value.data["seconds"] == 0.3
    assert ".docx" in stopped.value.message
    time.sleep(2.2)
    assert not mark.exists()


def test_an_engine_that_fails_is_named_with_its_own_words(tmp_path: Path) -> None:
    broken = program(tmp_path, "echo no display >&2; exit 3")
    with pytest.raises(PdfEngineFailed) as failed:
        pdf(paper_of("C01"), engine=Engine.PDFKIT, executable=broken)
    assert "no display" in str(failed.value.data["detail"])


def test_an_engine_that_answers_something_else_than_a_pdf_has_failed(tmp_path: Path) -> None:
    with pytest.raises(PdfEngineFailed):
        pdf(paper_of("C01"), engine=Engine.PDFKIT, executable=program(tmp_path, "cat"))


def test_the_engine_gets_no_secrets_from_our_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "khoa-bi-mat")
    with pytest.raises(PdfEngineFailed) as failed:
        pdf(paper_of("C01"), engine=Engine.PDFKIT, executable=program(tmp_path, "env >&2; exit 1"))
    assert "khoa-bi-mat" not in str(failed.value.data["detail"])


def test_the_command_forbids_scripts_files_and_the_network(tmp_path: Path) -> None:
    spy = program(tmp_path, 'echo "$@" >&2; exit 1')
    with pytest.raises(PdfEngineFailed) as failed:
        pdf(paper_of("C01"), engine=Engine.PDFKIT, executable=spy)
    for order in ("--disable-javascript", "--disable-local-file-access", "--no-images", "--proxy"):
        assert order in str(failed.value.data["detail"])


def test_weasyprint_prints_where_wkhtmltopdf_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wkhtmltopdf, "program", lambda: None)
    assert default_engine() is Engine.WEASYPRINT
    assert pdf(paper_of("C01")).startswith(b"%PDF")
    with pytest.raises(PdfEngineFailed):
        pdf(paper_of("C01"), engine=Engine.PDFKIT)


def test_an_engine_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="dot-matrix"):
        pdf(paper_of("C01"), engine="dot-matrix")
