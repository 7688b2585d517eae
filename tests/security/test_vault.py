"""The denouncer vault: sealed is sealed, keys match names and tell nothing."""

import pytest
from cryptography.fernet import InvalidToken

from cases.intake.vault import SenderIdentity, Vault

SENDER = SenderIdentity(name="Hoàng Thị Kín", address="thôn 4, Phước Hội", contact="0900 000 001")


@pytest.fixture
def vault() -> Vault:
    return Vault("bí mật của bài kiểm thử")


def test_what_is_sealed_opens_again_whole(vault: Vault) -> None:
    assert vault.open(vault.seal(SENDER)) == SENDER


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_a_seal_opens_in_whatever_shape_a_database_gives_it_back(vault: Vault, kind: type) -> None:
    assert vault.open(kind(vault.seal(SENDER))) == SENDER


def test_no_part_of_the_identity_can_be_read_in_the_seal_or_the_keys(vault: Vault) -> None:
    kept = vault.seal(SENDER) + vault.name_key(SENDER.name).encode() + vault.word_keys(SENDER.name).encode()
    for word in ("Hoàng", "Kín", "hoang", "kin", "Phước", "0900"):
        assert word.encode() not in kept


def test_the_same_identity_is_never_sealed_to_the_same_bytes(vault: Vault) -> None:
    assert vault.seal(SENDER) != vault.seal(SENDER)


def test_another_key_opens_nothing(vault: Vault) -> None:
    with pytest.raises(InvalidToken):
        Vault("một bí mật khác").open(vault.seal(SENDER))


@pytest.mark.parametrize("place", [0, 10, 40, -1])
def test_a_seal_with_one_changed_byte_does_not_open(vault: Vault, place: int) -> None:
    changed = bytearray(vault.seal(SENDER))
    changed[place] = ord("A") if changed[place] != ord("A") else ord("B")
    with pytest.raises(InvalidToken):
        vault.open(bytes(changed))


@pytest.mark.parametrize(
    "written", ["hoang thi kin", "HOÀNG THỊ KÍN", "Hoàng  Thị Kín ", "Hoa\u0300ng Thi\u0323 Ki\u0301n"]
)
def test_one_name_has_one_key_however_it_is_written(vault: Vault, written: str) -> None:
    assert vault.name_key(written) == vault.name_key(SENDER.name)


def test_another_name_or_another_installation_has_another_key(vault: Vault) -> None:
    assert vault.name_key("Hoàng Thị Kim") != vault.name_key(SENDER.name)
    assert Vault("một bí mật khác").name_key(SENDER.name) != vault.name_key(SENDER.name)


def test_no_name_has_no_key(vault: Vault) -> None:
    assert vault.name_key("  ") == vault.word_keys("") == ""


def test_a_word_of_the_name_matches_wherever_it_stands(vault: Vault) -> None:
    assert set(vault.word_keys("Kín").split()) <= set(vault.word_keys(SENDER.name).split())
    assert not set(vault.word_keys("Kim").split()) & set(vault.word_keys(SENDER.name).split())
