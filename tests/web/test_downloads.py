"""A file may be named in Vietnamese; the header that names it must pass any HTTP server."""

from flask import Flask

from cases.downloads import as_download


def test_a_vietnamese_name_travels_in_letters_every_server_accepts() -> None:
    with Flask(__name__).test_request_context():
        header = as_download(b"%PDF", "61-QĐ-UBKTTU.pdf").headers["Content-Disposition"]
    assert header.isascii()
    assert "attachment" in header
    assert "61-Q%C4%90-UBKTTU.pdf" in header


def test_the_kind_follows_from_the_ending() -> None:
    with Flask(__name__).test_request_context():
        assert as_download(b"PK", "so.xlsx").mimetype.endswith("spreadsheetml.sheet")
