"""Passwords that stand in published leaks: 11,600 of the commonest, eight characters and longer (ASVS 5.0, 6.2.4; NIST SP 800-63B-4, 3.1.1.2).

Kept as the first eight bytes of each one's SHA-256, ascending: the words themselves are nothing to read, and 90 KB hold them.
``tools/leaked.py`` makes the file; where the list comes from stands in ``THIRD_PARTY.md``.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from pathlib import Path

#: Bytes kept of a digest: two different passwords that share them are not to be expected.
KEPT = 8
FILE = Path(__file__).with_name("passwords.sha256")


def digest_of(password: str) -> bytes:
    """What is kept of a password; capitals do not matter, for whoever tries a list tries those too."""
    return hashlib.sha256(password.casefold().encode()).digest()[:KEPT]


def as_file(passwords: Iterable[str]) -> bytes:
    """The content of the file for these passwords."""
    return b"".join(sorted({digest_of(password) for password in passwords}))


def is_leaked(password: str) -> bool:
    """Whether ``password``, in its normal form, stands in the list: ``is_leaked("corvette")``."""
    held, wanted = _held(), digest_of(password)
    place = bisect_left(range(len(held) // KEPT), wanted, key=lambda number: held[number * KEPT : (number + 1) * KEPT])
    return held[place * KEPT : (place + 1) * KEPT] == wanted


@cache
def _held() -> bytes:
    return FILE.read_bytes()
