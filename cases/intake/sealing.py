"""The vault in use, what is sealed with it, and the guard that keeps senders out of readable text."""

from collections.abc import Iterable

from cases.errors import Invalid
from cases.intake.models import Letter, Sender
from cases.intake.vault import SenderIdentity, Vault
from cases.text import clean_line, fold
from procedures.schema import LetterKind

_OWN_MATTERS = frozenset({LetterKind.COMPLAINT.value, LetterKind.PETITION.value})
_in_use: Vault | None = None


def use_vault(vault: Vault) -> None:
    """Seal and match with this vault from now on (once, when the application starts)."""
    global _in_use
    _in_use = vault


def vault() -> Vault:
    if _in_use is None:
        raise RuntimeError("use_vault() has not run")
    return _in_use


def cleaned_sender(sender: SenderIdentity) -> SenderIdentity:
    return SenderIdentity(
        name=clean_line(sender.name), address=clean_line(sender.address), contact=clean_line(sender.contact)
    )


def seal_sender(letter: Letter, sender: SenderIdentity) -> None:
    """Store who sent the letter, sealed; replaces what was sealed before. Call inside `act`."""
    Sender.delete().where(Sender.letter == letter.id).execute()
    if not (sender.name or sender.address or sender.contact):
        return
    Sender.create(
        letter=letter, sealed=vault().seal(sender), name_key=vault().name_key(sender.name),
        word_keys=vault().word_keys(sender.name),
    )  # fmt: skip


def copy_seal(letter: Letter, *, to: Letter) -> None:
    """Give another letter the same sealed sender, without opening it."""
    for sealed in Sender.select().where(Sender.letter == letter.id):
        Sender.create(letter=to, sealed=sealed.sealed, name_key=sealed.name_key, word_keys=sealed.word_keys)


def sealed_identity(letter: Letter) -> SenderIdentity:
    """Open the seal for a check made by the program. What people see goes through `queries.sender_of`."""
    sealed = Sender.get_or_none(Sender.letter == letter.id)
    return vault().open(sealed.sealed) if sealed else SenderIdentity()


def refuse_sender_named(
    sender: SenderIdentity, texts: Iterable[tuple[str, str]], *, kind: str, subject_name: str
) -> None:
    """Refuse readable text (pairs of field and text) that gives away who sent the letter.

    Complaints and petitions are about the sender's own matter, as is a letter whose subject is the
    sender: there the name is no secret.
    """
    name = fold(sender.name)
    if len(name.split()) < 2 or kind in _OWN_MATTERS or name == fold(subject_name):
        return
    for field, text in texts:
        if f" {name} " in f" {_words(text)} ":
            raise Invalid(
                "Nội dung này nêu họ tên người gửi đơn. Danh tính người gửi phải giữ bí mật: "
                "hãy viết “người gửi đơn” thay cho họ tên.",
                field=field,
            )


def refuse_sender_of(letter: Letter, *texts: tuple[str, str]) -> None:
    """Refuse text (pairs of field and text) that gives away who sent this letter."""
    refuse_sender_named(sealed_identity(letter), texts, kind=letter.kind, subject_name=letter.subject_name)


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
