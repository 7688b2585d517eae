"""Argon2id through argon2-cffi, and the rules a password must meet."""

import hashlib

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cases.errors import Invalid

MINIMUM_LENGTH = 10
_hasher = PasswordHasher()
# Checked when the user name is unknown, so that the answer takes as long as for a known one.
_NOBODY = _hasher.hash("không ai có mật khẩu này")


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def matches(stored: str, password: str) -> bool:
    """Whether `password` belongs to the stored hash; an empty or broken hash matches nothing."""
    try:
        _hasher.verify(stored or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(stored)


def is_outdated(stored: str) -> bool:
    """Whether a hash was made with other parameters than those in use now."""
    return _hasher.check_needs_rehash(stored)


def require_strong(password: str, *, username: str) -> None:
    if len(password) < MINIMUM_LENGTH:
        raise Invalid(f"Mật khẩu cần ít nhất {MINIMUM_LENGTH} ký tự.", field="password")
    if username.casefold() in password.casefold():
        raise Invalid("Mật khẩu không được chứa tên đăng nhập.", field="password")
    if len(set(password)) < 5:
        raise Invalid("Mật khẩu lặp lại quá ít ký tự, dễ bị đoán.", field="password")


def token_hash(token: str) -> str:
    """What the database keeps of a session token: enough to recognise it, too little to use it."""
    return hashlib.sha256(token.encode()).hexdigest()
