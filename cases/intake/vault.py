"""The denouncer vault: who sent a letter is sealed; keyed hashes let letters be matched without reading."""

import base64
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass

from cryptography.fernet import Fernet

from cases.text import fold


@dataclass(frozen=True)
class SenderIdentity:
    name: str = ""
    address: str = ""
    contact: str = ""

    @property
    def known(self) -> bool:
        return bool(self.name.strip())


class Vault:
    """Seals and opens sender identities with a key derived from the installation's vault secret."""

    def __init__(self, secret: str) -> None:
        digest = hashlib.sha256(b"sealing" + secret.encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(digest))
        self._matching = hashlib.sha256(b"matching" + secret.encode()).digest()

    def seal(self, sender: SenderIdentity) -> bytes:
        return self._fernet.encrypt(json.dumps(asdict(sender), ensure_ascii=False).encode())

    def open(self, sealed: bytes) -> SenderIdentity:
        return SenderIdentity(**json.loads(self._fernet.decrypt(bytes(sealed))))

    def seal_bytes(self, data: bytes) -> bytes:
        """Seal what may name senders among other things: a whole register, cells of one."""
        return self._fernet.encrypt(data)

    def open_bytes(self, sealed: bytes) -> bytes:
        return self._fernet.decrypt(bytes(sealed))

    def name_key(self, name: str) -> str:
        """The same key for the same folded name; empty for no name."""
        return self._key(fold(name)) if name.strip() else ""

    def word_keys(self, name: str) -> str:
        """One short key per word, space separated, to search a sender by part of the name."""
        return " ".join(self._key(word)[:16] for word in fold(name).split())

    def _key(self, text: str) -> str:
        return hmac.new(self._matching, text.encode(), hashlib.sha256).hexdigest()
