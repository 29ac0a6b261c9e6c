"""Password hashes: argon2id at about 50 ms, two at a time, and the same work for a service number nobody has."""

import secrets
import threading
import unicodedata
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from innovations.people.rules.passwords import SPOKEN

AT_ONCE = 2
_two_at_a_time = threading.BoundedSemaphore(AT_ONCE)


@lru_cache
def _hasher(memory_kib: int) -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=memory_kib, parallelism=1)


@lru_cache
def _nobodys_hash(memory_kib: int) -> str:
    return _hasher(memory_kib).hash("nobody has this password")


def _memory_kib() -> int:
    memory: int = current_app.config["PASSWORD_HASH_KIB"]
    return memory


def _hash(memory_kib: int, password: str) -> str:
    with _two_at_a_time:
        return _hasher(memory_kib).hash(unicodedata.normalize("NFC", password))


def hash_password(password: str) -> str:
    """argon2id hash of the NFC form, so that every keyboard's spelling of a letter is the same password."""
    return _hash(_memory_kib(), password)


def hash_passwords(passwords: Iterable[str]) -> list[str]:
    """The same for many, two at a time: 2,000 take some 50 s on two cores."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(partial(_hash, _memory_kib()), passwords))


def drawn(groups: int, size: int) -> str:
    """A secret to be read from paper, 5 random bits a letter: ``drawn(2, 4)`` → ``"k3mp-x7qd"``."""
    return "-".join("".join(secrets.choice(SPOKEN) for _ in range(size)) for _ in range(groups))


def needs_new_hash(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's; the next right password makes a new one."""
    return _hasher(_memory_kib()).check_needs_rehash(stored)


def matches(stored: str | None, password: str) -> bool:
    """Whether ``password`` is the one behind ``stored``; ``None`` costs the same time and is never true."""
    memory = _memory_kib()
    with _two_at_a_time:
        try:
            right = _hasher(memory).verify(stored or _nobodys_hash(memory), unicodedata.normalize("NFC", password))
        except (VerificationError, InvalidHashError):
            return False
    return right and stored is not None
