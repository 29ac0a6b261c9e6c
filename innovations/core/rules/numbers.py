"""Whole numbers as they come in: in our digits, and small enough for a database."""

from __future__ import annotations

import re

# 18 digits always fit 64 bits; ``re.ASCII`` because ``int`` also reads digits of other scripts, and ``str.isdigit`` takes "²" for one.
_WHOLE = re.compile(r"[-+]?\d{1,18}", re.ASCII)


def whole(value: object) -> int:
    """A whole number: ``" 12 "`` → 12, ``7`` → 7.

    :raises ValueError: for anything else, and for more than 18 digits, which no row's number has and no database holds.
    """
    text = str(value).strip()
    if not _WHOLE.fullmatch(text):
        raise ValueError("no whole number of at most 18 digits")
    return int(text)


def whole_or(value: object, otherwise: int) -> int:
    """The whole number, or ``otherwise`` when it is none: ``("x", 0)`` → 0."""
    try:
        return whole(value)
    except ValueError:  # said by ``otherwise``
        return otherwise
