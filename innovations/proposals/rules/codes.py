"""Addresses and numbers of proposals: temporary address, permanent code, receipt number.

The counters stand in the database (one per unit and year, in the transaction of the event); here are the shapes only.
"""

from __future__ import annotations

import re

CODE_PATTERN = re.compile(r"SK-(?P<base>[A-Z0-9-]{1,12})-(?P<year>\d{4})-(?P<number>\d{4,5})", re.ASCII)
DRAFT_PATTERN = re.compile(r"N-[A-Z0-9]{10}")
_DRAFT_RANDOM_BYTES = 10
# Without 0/O and 1/I/L, which people mistake when they read an address aloud.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def proposal_code(base_code: str, year: int, number: int) -> str:
    """Return the permanent code: ``("E1A", 2026, 7)`` → ``"SK-E1A-2026-0007"``; five digits past 9999."""
    return f"SK-{base_code}-{year:04d}-{number:04d}"


def draft_code(random: bytes) -> str:
    """Return the temporary address of a draft, ``N-`` and ten characters, from ten random bytes or more.

    :raises ValueError: for fewer bytes, which would repeat.
    """
    if len(random) < _DRAFT_RANDOM_BYTES:
        raise ValueError("a draft's address needs ten random bytes")
    letters = (_ALPHABET[byte % len(_ALPHABET)] for byte in random[:_DRAFT_RANDOM_BYTES])
    return "N-" + "".join(letters)


def receipt_number(unit_code: str, year: int, number: int) -> str:
    """Return the number of a receipt slip: ``("E1A", 2026, 7)`` → ``"BN-E1A-2026-0007"``."""
    return f"BN-{unit_code}-{year:04d}-{number:04d}"
