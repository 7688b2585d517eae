"""The forms we ship: each one complete, in the house's Vietnamese, and printable filled or empty."""

import re
import tomllib
import unicodedata

import pytest

from cases.documents.plain_text import plain_text
from forms.load import FOLDER, HOUSE, load_catalogue
from forms.origins import DOCUMENT_ORIGIN, ORIGINS, SENDER
from forms.samples import sample_values
from forms.schema import Family, FieldType, Layout
from forms.usage import FAMILY_WORDS
from forms.wording import FamilyWords
from tests.documents.sample_papers import paper_of

CATALOGUE = load_catalogue()
every_form = pytest.mark.parametrize("code", tuple(CATALOGUE))
masked_forms = pytest.mark.parametrize("code", [c for c, form in CATALOGUE.items() if form.masked])


def test_every_file_is_named_by_its_code() -> None:
    for path in FOLDER.glob("*.toml"):
        code = tomllib.loads(path.read_text(encoding="utf-8"))["code"]
        assert re.fullmatch(rf"{code.lower()}_[a-z0-9_]+\.toml", path.name), path.name


def test_every_text_file_of_the_forms_is_composed_unicode_with_the_house_spelling() -> None:
    for path in [*FOLDER.glob("*.toml"), *HOUSE.glob("*.toml")]:
        text = path.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text), path.name
        assert not re.search("[uU]ỷ|UỶ", text), path.name
        assert "./." not in text, path.name


def test_every_family_has_its_words() -> None:
    assert set(CATALOGUE.wording.families) == set(Family)
    assert set(FAMILY_WORDS) == set(FamilyWords.model_fields)


@every_form
def test_a_numbered_paper_bears_the_type_of_its_abbreviation(code: str) -> None:
    form = CATALOGUE[code]
    if form.numbered and form.layout is not Layout.OFFICIAL_LETTER:
        assert form.abbreviation is not None
        assert form.title == CATALOGUE.wording.abbreviations[form.abbreviation]


@every_form
def test_every_word_of_the_sample_reaches_the_paper(code: str) -> None:
    form = CATALOGUE[code]
    text = plain_text(paper_of(code))
    for name, value in sample_values(form).items():
        field = form.field(name)
        assert field is not None
        if field.printed and field.required and field.type is FieldType.TEXT:
            assert str(value).splitlines()[0] in text, name


@every_form
def test_an_empty_form_prints_with_gaps_and_no_leftover_braces(code: str) -> None:
    text = plain_text(paper_of(code, {}))
    assert not re.search(r"[{}]|\bNone\b", text)
    assert "…" in text or not any(field.printed for field in CATALOGUE[code].fields)


@masked_forms
def test_a_masked_form_cannot_reach_the_sender(code: str) -> None:
    for field in CATALOGUE[code].fields:
        assert not (field.origin or "").startswith(SENDER), field.name


@masked_forms
def test_a_masked_paper_does_not_print_a_sender_even_when_handed_one(code: str) -> None:
    values = {
        **sample_values(CATALOGUE[code]),
        "sender_name": "Qwxz Gửi Đơn",
        "sender_address": "Phố Qwxz",
    }
    text = plain_text(paper_of(code, values))
    assert "Qwxz" not in text


def test_a_masked_form_is_filled_from_masked_papers_only() -> None:
    for form in CATALOGUE.values():
        for field in form.fields:
            chain = DOCUMENT_ORIGIN.match(field.origin or "")
            assert not (form.masked and chain) or CATALOGUE[chain[1]].masked, (form.code, field.name)


def test_ballots_keep_no_voter_and_no_signature() -> None:
    for form in CATALOGUE.values():
        if form.layout is Layout.BALLOT:
            assert form.signers == ()
            assert not any("voter" in field.name for field in form.fields)


def test_every_origin_is_described_in_vietnamese() -> None:
    assert all(text and text == unicodedata.normalize("NFC", text) for text in ORIGINS.values())


def test_forms_are_found_by_family() -> None:
    found = {form.code for form in CATALOGUE.for_family(Family.DH_DV)}
    assert {"C01", "C19", "G10"} <= found
    assert all(Family.DH_DV in CATALOGUE[code].families for code in found)
