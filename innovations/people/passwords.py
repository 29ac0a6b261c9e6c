"""Password hashes: argon2id at about 50 ms, two at a time, and the same work for a service number nobody has."""

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: ≈ 50 ms on a small server; argon2-cffi's defaults take 212–400 ms, which is 5–9 sign-ins a second on two cores.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_two_at_a_time = threading.BoundedSemaphore(2)
_nobodys_hash = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """argon2id hash of the NFC form, so that every keyboard's spelling of a letter is the same password."""
    with _two_at_a_time:
        return _hasher.hash(unicodedata.normalize("NFC", password))


def needs_new_hash(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's; the next right password makes a new one."""
    return _hasher.check_needs_rehash(stored)


def matches(stored: str | None, password: str) -> bool:
    """Whether ``password`` is the one behind ``stored``; ``None`` costs the same time and is never true."""
    with _two_at_a_time:
        try:
            right = _hasher.verify(stored or _nobodys_hash, unicodedata.normalize("NFC", password))
        except (VerificationError, InvalidHashError):
            return False
    return right and stored is not None
